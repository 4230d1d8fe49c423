//! A report as data: for whom it is, of which dates, when it was true, and what stands in it. How it is written is the renderer's.

mod anonymous;
pub mod chart;
pub mod table;

use chrono::{NaiveDate, NaiveDateTime};

use super::tables::cell::Cell;
use crate::domain::name::clean;
use chart::Chart;
use table::Table;

/// A report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// What it is: "Lates".
    pub title: String,
    /// For whom it is: "heads of year".
    pub audience: String,
    /// The school's name.
    pub school: String,
    /// Whose figures, where these are not everybody's: "Year 9".
    pub only: String,
    /// Its first date and its last.
    pub dates: (NaiveDate, NaiveDate),
    /// As of when it was true, school-local.
    pub as_of: NaiveDateTime,
    /// When it was made, school-local.
    pub made: NaiveDateTime,
    /// How many pupils it is about.
    pub pupils: usize,
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// What must be known to read it.
    pub notes: Vec<String>,
}

/// What stands under one heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// "By tutor group".
    pub heading: String,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// Whether it begins a page of its own on paper.
    pub begins_page: bool,
}

/// A part of a section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// A sentence or several; it names nobody.
    Words(String),
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
}

impl Section {
    /// A section of these parts.
    pub fn new(heading: &str, parts: Vec<Part>) -> Section {
        Section { heading: heading.to_owned(), parts, begins_page: false }
    }

    /// The same on a page of its own.
    #[must_use]
    pub fn on_new_page(self) -> Section {
        Section { begins_page: true, ..self }
    }
}

impl Report {
    /// What stands below the title: what is said, and it.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![
            ("School", self.school.clone()),
            ("For", self.audience.clone()),
            ("Dates", stretch(self.dates)),
            ("As recorded", moment(self.as_of)),
        ];
        if self.made != self.as_of {
            facts.push(("Made", moment(self.made)));
        }
        if !self.only.is_empty() {
            facts.push(("Only", self.only.clone()));
        }
        facts
    }

    /// The same with every text cleaned of what commands a terminal.
    pub fn cleaned(mut self) -> Report {
        let of = |text: &mut String| *text = clean(text);
        [&mut self.title, &mut self.audience, &mut self.school, &mut self.only].into_iter().for_each(of);
        self.notes.iter_mut().for_each(of);
        for section in &mut self.sections {
            of(&mut section.heading);
            for part in &mut section.parts {
                match part {
                    Part::Words(words) => of(words),
                    Part::Table(table) => table.texts().for_each(of),
                    Part::Chart(chart) => chart.texts().for_each(of),
                }
                if let Part::Table(table) = part {
                    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                        if let Cell::Text(text) = cell {
                            *cell = Cell::text(text.clone().into_owned());
                        }
                    }
                }
            }
        }
        self
    }
}

/// "Tue 24 Nov 2026", or "Mon 23 Nov 2026 to Fri 27 Nov 2026".
fn stretch((first, last): (NaiveDate, NaiveDate)) -> String {
    let said = |date: NaiveDate| date.format("%a %-d %b %Y").to_string();
    if first == last { said(first) } else { format!("{} to {}", said(first), said(last)) }
}

/// "10:42 on Tue 24 Nov 2026".
fn moment(at: NaiveDateTime) -> String {
    at.format("%H:%M on %a %-d %b %Y").to_string()
}
