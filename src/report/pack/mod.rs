//! A pack: what is in the record of one pupil or several, put together for a panel, a review, a court, or the local authority. Nothing in
//! it is typed again; every line of the chronology says which act it comes from.

mod certificate;
mod lists;
pub mod referral;

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::layout::table::{About, Column, Row, Table, Unit};
use super::layout::{Part, Report, Section};
use super::reports::rows::{attendance, number, pupil_cells, pupil_columns};
use super::tables::cell::Cell;
use crate::domain::calendar::session::{SessionDate, minutes_after};
use crate::domain::cases::chronology::{Line, MarkChange, MarkHeld};
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::purpose::Purpose;
use crate::domain::code::Code;
use crate::domain::figures::Figures;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::school::roll::Roll;

/// What a pack is made of.
pub struct Pack {
    /// For whom it is.
    pub purpose: Purpose,
    /// The roll.
    pub roll: Arc<Roll>,
    /// Its first date and its last.
    pub dates: (NaiveDate, NaiveDate),
    /// Now, school-local.
    pub now: NaiveDateTime,
    /// When the first pupil is heard, and how many minutes each has; `None` where nobody has said.
    pub times: Option<(NaiveTime, u32)>,
    /// The pupils, in the order in which they are heard.
    pub pupils: Vec<PupilPack>,
}

/// What is in the record of one pupil.
pub struct PupilPack {
    /// Who.
    pub pupil: PupilId,
    /// Date of birth, as it may be shown.
    pub born: String,
    /// The case file.
    pub file: CaseFile,
    /// The chronology of its dates.
    pub lines: Vec<Line>,
    /// The figures of its dates.
    pub figures: Figures,
    /// The marks of its dates.
    pub marks: Vec<MarkHeld>,
    /// The changes of these marks.
    pub changes: Vec<MarkChange>,
    /// What should be in it and is not.
    pub missing: Vec<String>,
}

impl Pack {
    /// The report.
    pub fn report(&self) -> Report {
        let (roll, purpose) = (&self.roll, self.purpose);
        let is_of_several = self.pupils.len() > 1;
        let mut sections = if is_of_several { vec![self.running_order()] } else { Vec::new() };
        for one in &self.pupils {
            let Some(pupil) = roll.pupil(one.pupil) else { continue };
            let mut own = self.of(pupil, one);
            if let Some(first) = own.first_mut() {
                first.begins_page = is_of_several;
            }
            sections.extend(own);
        }
        Report {
            title: format!("Pack: {}", purpose.describe()),
            audience: purpose.audience().to_owned(),
            school: roll.school.name.clone(),
            only: String::new(),
            dates: self.dates,
            as_of: self.now,
            made: self.now,
            pupils: self.pupils.len(),
            sections,
            notes: self.notes(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let source = "Each line of a chronology ends in the act of the record that it comes from. Percentages are of possible sessions; a \
                      blank is a session without a mark, and counts in nothing.";
        let certificate = "A certificate of attendance is evidence once the head teacher has signed it (section 566 of the Education Act \
                           1996). All else in this pack is for information.";
        let certificate = (self.purpose == Purpose::Court).then(|| certificate.to_owned());
        [Some(source.to_owned()), certificate].into_iter().flatten().collect()
    }

    /// Who is heard, in order.
    fn running_order(&self) -> Section {
        let own = [
            Column::new("stage", Unit::Text),
            Column::name("owner"),
            Column::new("att. %", Unit::Percent),
            Column::new("possible", Unit::Number),
            Column::new("unauth.", Unit::Number),
            Column::new("blank", Unit::Number),
        ];
        let columns = [Column::new("time", Unit::Text)].into_iter().chain(pupil_columns()).chain(own).collect();
        let rows = (0_u32..).zip(&self.pupils).filter_map(|(place, one)| {
            let pupil = self.roll.pupil(one.pupil)?;
            let case = one.file.open_case();
            let (stage, owner) = case.map_or_else(Default::default, |case| (case.stage, case.owner));
            let time = self.times.map(|(first, minutes)| minutes_after(first, i64::from(place) * i64::from(minutes)));
            let figures = one.figures;
            let own = [
                Cell::text(stage),
                Cell::text(owner),
                attendance(figures),
                number(figures.possible),
                number(figures.unauthorised),
                number(figures.blanks),
            ];
            let time = Cell::some(time, Cell::Time);
            Some(Row::pupil([time].into_iter().chain(pupil_cells(&self.roll, pupil)).chain(own).collect()))
        });
        Section::new("Running order", vec![Part::Table(Table::new(columns, "Nobody.").with(rows))])
    }

    /// The sections about one pupil.
    fn of(&self, pupil: &Pupil, one: &PupilPack) -> Vec<Section> {
        let name = format!("{}, {}", pupil.list_name(), self.roll.group_name(pupil));
        let mut first = vec![Part::Table(self.who(pupil, one))];
        if !one.missing.is_empty() {
            first.push(Part::Table(missing(&one.missing)));
        }
        first.push(Part::Table(figures(one)));
        // The certificate has them for a court.
        if self.purpose != Purpose::Court {
            first.push(Part::Table(certificate::codes(&self.roll, &one.marks)));
        }
        let mut sections = vec![Section::new(&name, first)];
        if self.purpose == Purpose::Court {
            sections.push(certificate::section(self, pupil, one).on_new_page());
        }
        let told = one.lines.iter().filter(|line| self.purpose.tells(line.kind));
        let chronology = Section::new("Chronology", vec![Part::Table(chronology(told))]);
        sections.push(if self.purpose == Purpose::Court { chronology.on_new_page() } else { chronology });
        sections.extend(lists::sections(self.dates, &one.file));
        if self.purpose == Purpose::Court {
            let annex = Section::new("Annex: changes of marks", vec![Part::Table(changes(&one.changes))]);
            sections.push(annex.on_new_page());
        }
        sections
    }

    fn who(&self, pupil: &Pupil, one: &PupilPack) -> Table {
        let case = one.file.open_case();
        let year = self.roll.year_of(pupil).map(|year| year.to_string()).unwrap_or_default();
        let targets = case.iter().flat_map(|case| &case.targets).map(|(what, by)| match by {
            Some(by) => format!("{what} by {}", said(*by)),
            None => what.clone(),
        });
        let targets = targets.collect::<Vec<_>>().join("; ");
        let of_case = case.iter().flat_map(|case| {
            [
                ("Stage", format!("{} since {}", case.stage, said(case.stage_since))),
                ("Owner", case.owner.clone()),
                ("Case opened", format!("{}: {}", said(case.opened), case.opening.why)),
                ("The plan aims at", targets.clone()),
            ]
        });
        let number = pupil.admission_no.clone().unwrap_or_default();
        let own = [("Admission number", number), ("Year group", year)];
        // What a case is opened for is no business of a court's.
        facts("Pupil", own.into_iter().chain(of_case.filter(|_| self.purpose != Purpose::Court)))
    }
}

/// A table of what is said and it, one below the other; what is empty is left out.
fn facts(caption: &str, facts: impl IntoIterator<Item = (&'static str, String)>) -> Table {
    let rows = facts.into_iter().filter(|(_, it)| !it.is_empty());
    let rows = rows.map(|(said, it)| Row::pupil(vec![Cell::text(said), Cell::text(it)]));
    let columns = vec![Column::new("what", Unit::Text), Column::name("as recorded")];
    Table::new(columns, "Nothing is recorded.").called(caption).with(rows)
}

/// What should be there and is not.
fn missing(missing: &[String]) -> Table {
    let rows = missing.iter().map(|one| Row::pupil(vec![Cell::text(one.clone())]));
    Table::new(vec![Column::name("missing")], "").called("Not in the record").with(rows)
}

fn figures(one: &PupilPack) -> Table {
    let figures = one.figures;
    let unresolved = one.marks.iter().filter(|mark| mark.code == Code::N).count();
    let columns = vec![
        Column::new("att. %", Unit::Percent),
        Column::new("attended", Unit::Number),
        Column::new("possible", Unit::Number),
        Column::new("auth.", Unit::Number),
        Column::new("unauth.", Unit::Number),
        Column::new("of these N", Unit::Number),
        Column::new("lates", Unit::Number),
        Column::new("blank", Unit::Number),
    ];
    let cells = vec![
        attendance(figures),
        number(figures.attended),
        number(figures.possible),
        number(figures.authorised),
        number(figures.unauthorised),
        number(unresolved),
        number(figures.lates),
        number(figures.blanks),
    ];
    Table::new(columns, "").called("Attendance on these dates").with([Row::pupil(cells)])
}

fn chronology<'l>(lines: impl Iterator<Item = &'l Line>) -> Table {
    let columns = vec![
        Column::new("date", Unit::Date),
        Column::new("time", Unit::Text),
        Column::new("kind", Unit::Text),
        Column::name("what"),
        Column::name("with"),
        Column::name("by"),
        Column::new("source", Unit::Text),
    ];
    let rows = lines.map(|line| {
        Row::pupil(vec![
            Cell::Date(line.date),
            Cell::some(line.time, Cell::Time),
            Cell::text(line.kind.as_str()),
            Cell::text(line.what.clone()),
            Cell::text(line.with.clone()),
            Cell::text(line.who.clone()),
            Cell::text(format!("act {}", line.act.0)),
        ])
    });
    Table::new(columns, "Nothing is in the record on these dates.").with(rows)
}

/// Every change of the marks (reg 6): what changed after a warning will be asked about.
fn changes(changes: &[MarkChange]) -> Table {
    let columns = vec![
        Column::new("date", Unit::Date),
        Column::new("session", Unit::Text),
        Column::new("was", Unit::Text),
        Column::new("is", Unit::Text),
        Column::new("changed", Unit::Text),
        Column::name("by"),
        Column::name("why"),
        Column::new("source", Unit::Text),
    ];
    let rows = changes.iter().map(|one| {
        let mark = |mark: Option<_>| Cell::text(crate::domain::facts::evidence::or_blank(mark));
        Row {
            about: About::Pupil,
            cells: vec![
                Cell::Date(one.at.date),
                Cell::text(one.at.session.as_str()),
                mark(one.was),
                mark(one.is),
                Cell::Moment(one.changed),
                Cell::text(one.who.clone()),
                Cell::text(one.reason.clone()),
                Cell::text(format!("act {}", one.act.0)),
            ],
        }
    });
    Table::new(columns, "No mark of these dates was changed.").with(rows)
}

/// "Thu 5 Mar 2026".
fn said(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// The dates of marks, in order and each once.
fn dates_of(marks: &[MarkHeld]) -> Vec<NaiveDate> {
    let mut dates: Vec<NaiveDate> = marks.iter().map(|mark| mark.at.date).collect();
    dates.dedup();
    dates
}

/// The mark of a session.
fn mark_at(marks: &[MarkHeld], at: SessionDate) -> Option<&MarkHeld> {
    marks.binary_search_by_key(&at, |mark| mark.at).ok().and_then(|place| marks.get(place))
}
