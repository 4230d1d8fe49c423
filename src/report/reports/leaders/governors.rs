//! The term for governors: nobody is named, and no group of fewer than five pupils told.

use super::{GAPS, NOTE, beside, cohorts, stretch, stretch_columns, year_groups};
use crate::domain::figures::split::{self, By, Key};
use crate::domain::figures::tally::Tally;
use crate::report::layout::chart::{Chart, Series, Shape};
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::reports::charts::bands;
use crate::report::reports::done;
use crate::report::reports::rows::{number, pupils, share};
use crate::report::reports::{Gathered, Needs, ReportKind, Stretch};
use crate::report::tables::cell::Cell;

/// The governors' term.
pub const KIND: ReportKind = ReportKind {
    name: "governors",
    title: "Attendance for governors",
    audience: "governors",
    rhythm: "termly",
    usual: Stretch::Term,
    needs: &[Needs::Counts, Needs::Before, Needs::Year, Needs::Past, Needs::Done, Needs::England, Needs::NoNames],
    make,
};

/// What the school years are called, the newest first.
const YEARS: [&str; 3] = ["this school year", "last year, up to the same day", "the year before, up to the same day"];

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let sections = vec![
        Section::new("The trend", vec![Part::Table(years(gathered)), Part::Chart(half_terms(gathered))]),
        Section::new(
            "Persistently and severely absent",
            vec![Part::Table(missed(gathered)), Part::Chart(bands(&gathered.year))],
        ),
        Section::new("By year group", vec![Part::Table(year_groups(gathered))]),
        Section::new("By group of pupils", vec![Part::Table(cohorts(gathered))]),
        Section::new("What was done", vec![Part::Table(done::by_kind(gathered))]),
        Section::new("Beside the targets", vec![beside::targets(gathered)]),
        Section::new("Beside England", beside::england(gathered)),
    ];
    let own = "Years are compared up to the same school day, 52 weeks apart, as far back as the record goes. The change of a year group is \
               against as many weeks before; groups of pupils, PA, SA and bands are of the school year so far.";
    (sections, [own, NOTE, GAPS, done::NOTE, beside::NOTE].map(str::to_owned).to_vec())
}

/// The school years of which something is held, the newest first.
fn held(gathered: &Gathered) -> impl Iterator<Item = (&'static str, &Tally)> {
    let all = YEARS.into_iter().zip(std::iter::once(&gathered.year).chain(&gathered.past));
    all.filter(|(_, tally)| tally.whole().possible > 0)
}

fn years(gathered: &Gathered) -> Table {
    Table::new(stretch_columns(), "Nothing is held.").with(held(gathered).map(|(name, tally)| stretch(name, tally)))
}

/// Attendance of each half-term, a line for each school year.
fn half_terms(gathered: &Gathered) -> Chart {
    let name = |part: &split::Part| if let Key::HalfTerm(one) = &part.key { one.name.clone() } else { String::new() };
    let years: Vec<(&str, Vec<split::Part>)> =
        held(gathered).map(|(name, tally)| (name, tally.parts(By::HalfTerm))).collect();
    let longest = years.iter().map(|(_, parts)| parts).max_by_key(|parts| parts.len());
    let labels: Vec<String> = longest.map(|parts| parts.iter().map(name).collect()).unwrap_or_default();
    let of = |parts: &[split::Part], label: &String| {
        let part = parts.iter().find(|part| name(part) == *label)?;
        part.figures.attendance_tenths().map(i64::from)
    };
    let series =
        years.iter().map(|(name, parts)| Series::new(name, labels.iter().map(|label| of(parts, label)).collect()));
    Chart {
        title: "Attendance by half-term".to_owned(),
        unit: Unit::Percent,
        shape: Shape::Lines,
        axis: "half-term".to_owned(),
        series: series.collect(),
        labels,
        pupils: pupils(&gathered.year.school()),
    }
}

/// How many are persistently and severely absent, in each school year.
fn missed(gathered: &Gathered) -> Table {
    let columns = vec![
        Column::new("dates", Unit::Text),
        Column::new("pupils", Unit::Pupils),
        Column::new("PA", Unit::Pupils),
        Column::share("PA %"),
        Column::new("SA", Unit::Pupils),
        Column::share("SA %"),
    ];
    // No year is a part of another.
    let rows = (0..).zip(held(gathered)).map(|(place, (name, tally))| {
        let part = tally.school();
        let missed = part.missed;
        let cells = vec![
            Cell::text(name),
            number(missed.of),
            number(missed.persistent),
            share(missed.persistent, missed.of),
            number(missed.severe),
            share(missed.severe, missed.of),
        ];
        Row::group(pupils(&part), Some(place), cells)
    });
    Table::new(columns, "Nothing is held.").with(rows)
}
