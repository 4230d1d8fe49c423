//! Persistent absentees with their distance from the line, and those close to it; how many pupils miss how much.

use super::charts::bands;
use super::rows::{attendance, how_many, number, pupil_cells, pupil_columns};
use super::{Gathered, Needs, ReportKind, Stretch};
use crate::domain::figures::{Figures, Line};
use crate::domain::people::pupil::Pupil;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// Persistent absentees.
pub const KIND: ReportKind = ReportKind {
    name: "persistent",
    title: "Persistent absentees",
    audience: "the pastoral team",
    rhythm: "fortnightly",
    usual: Stretch::Year,
    needs: &[Needs::Year],
    make,
};

/// So many sessions from the line, a pupil is close to it.
const CLOSE: u32 = 6;

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let (mut over, mut close) = (Vec::new(), Vec::new());
    for pupil in &gathered.roll.pupils {
        let figures = gathered.year.of(pupil.id);
        match to_line(&figures) {
            _ if figures.possible == 0 => {}
            None => over.push((pupil, figures)),
            Some(left) if left <= CLOSE && figures.absent() > 0 => close.push((pupil, figures)),
            Some(_) => {}
        }
    }
    // The most absent first: absent / possible, compared without rounding.
    over.sort_by(|(_, one), (_, other)| {
        let crossed = |a: &Figures, b: &Figures| u64::from(a.absent()) * u64::from(b.possible);
        crossed(other, one).cmp(&crossed(one, other))
    });
    close.sort_by_key(|(_, figures)| to_line(figures));
    let sections = vec![
        Section::new(
            "How many",
            vec![Part::Table(how_many(gathered.year.school().missed)), Part::Chart(bands(&gathered.year))],
        ),
        Section::new("Persistent absentees", vec![Part::Table(table(gathered, &over, "to clear", to_clear))]),
        Section::new("Close to the line", vec![Part::Table(table(gathered, &close, "to the line", to_line))]),
    ];
    let note = format!(
        "Of the school year up to the last date. Persistent is a tenth or more of the possible sessions, severe a half or more. “To \
         clear” is how many sessions on end must be attended to come below a tenth; “to the line” how many can be missed before it is \
         reached, the last of them one too many. Close is {CLOSE} or fewer."
    );
    (sections, vec![note])
}

/// Sessions that can be missed on end before the line is reached, the last of them one too many.
fn to_line(figures: &Figures) -> Option<u32> {
    figures.to_reach(Line::Persistent)
}

/// Sessions to be attended on end before it is no longer reached.
fn to_clear(figures: &Figures) -> Option<u32> {
    figures.to_leave(Line::Persistent)
}

fn table(
    gathered: &Gathered,
    pupils: &[(&Pupil, Figures)],
    distance: &str,
    sessions: fn(&Figures) -> Option<u32>,
) -> Table {
    let own = [
        Column::new("att. %", Unit::Percent),
        Column::new("absent", Unit::Number),
        Column::new("possible", Unit::Number),
        Column::new("blank", Unit::Number),
        Column::new(distance, Unit::Number),
        Column::new("state", Unit::Text),
    ];
    let rows = pupils.iter().map(|(pupil, figures)| {
        let own = [
            attendance(*figures),
            number(figures.absent()),
            number(figures.possible),
            number(figures.blanks),
            Cell::some(sessions(figures), number),
            Cell::text(figures.absence_word().unwrap_or("close")),
        ];
        Row::pupil(pupil_cells(&gathered.roll, pupil).into_iter().chain(own).collect())
    });
    Table::new(pupil_columns().into_iter().chain(own).collect(), "Nobody.").with(rows)
}
