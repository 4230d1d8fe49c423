//! For the senior team, each fortnight and each half-term: year groups and cohorts, when and why pupils are away, and what was tried.

use super::{GAPS, NOTE, beside, cohorts, stretch, stretch_columns, year_groups};
use crate::domain::figures::split::{By, Key};
use crate::report::figures;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::reports::charts::{bands, half_days};
use crate::report::reports::done;
use crate::report::reports::rows::{how_many, number, pupils, share};
use crate::report::reports::{Gathered, Needs, ReportKind, Stretch};
use crate::report::tables::cell::Cell;

/// The senior team's fortnight.
pub const KIND: ReportKind = ReportKind {
    name: "slt",
    title: "Attendance and punctuality for the senior team",
    audience: "the senior team",
    rhythm: "fortnightly",
    usual: Stretch::Fortnight,
    needs: &[Needs::Counts, Needs::Before, Needs::Year, Needs::Done, Needs::England],
    make,
};

/// Their half-term.
pub const HALF_TERM: ReportKind = ReportKind {
    name: "half-term",
    title: "The half-term for the senior team",
    rhythm: "half-termly",
    usual: Stretch::HalfTerm,
    ..KIND
};

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let sections = vec![
        Section::new("The school", vec![Part::Table(school(gathered))]),
        Section::new("By year group", vec![Part::Table(year_groups(gathered))]),
        Section::new("By group of pupils", vec![Part::Table(cohorts(gathered))]),
        Section::new(
            "Persistently and severely absent",
            vec![Part::Table(how_many(gathered.year.school().missed)), Part::Chart(bands(&gathered.year))],
        ),
        Section::new("Absence by half-day", vec![Part::Chart(half_days(&gathered.counts))]),
        Section::new("Marks by code", vec![Part::Table(codes(gathered))]),
        Section::new("What was done", vec![Part::Table(done::by_kind(gathered))]),
        Section::new(
            "Beside the targets",
            vec![beside::targets(gathered), Part::Table(beside::pupils_with_targets(gathered))],
        ),
        Section::new("Beside England", beside::england(gathered)),
    ];
    let own = "The change is against as many weeks before, in points. Groups of pupils, PA, SA and bands are of the school year so far.";
    (sections, [own, NOTE, GAPS, done::NOTE, beside::NOTE].map(str::to_owned).to_vec())
}

fn school(gathered: &Gathered) -> Table {
    let rows = [
        stretch("these dates", &gathered.counts),
        stretch("as many weeks before", &gathered.before),
        stretch("this school year", &gathered.year),
    ];
    Table::new(stretch_columns(), "").with(rows)
}

/// Each code, in how many sessions.
fn codes(gathered: &Gathered) -> Table {
    let whole = gathered.counts.school();
    let columns = vec![
        Column::new("code", Unit::Text),
        Column::new("sessions", Unit::Number),
        Column::new("of all %", Unit::Percent),
    ];
    let rows = gathered.counts.parts(By::Code).into_iter().map(|part| {
        let name =
            if part.key == Key::Code(None) { "blank".to_owned() } else { figures::name(&gathered.roll, &part.key) };
        let cells = vec![Cell::text(name), number(part.sessions), share(part.sessions, whole.sessions)];
        Row::group(pupils(&whole), None, cells)
    });
    Table::new(columns, "Nothing is marked.").with(rows)
}
