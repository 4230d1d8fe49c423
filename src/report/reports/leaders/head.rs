//! The week for the head: the school beside the weeks before, last year, its target and England; who is persistently absent; whom to
//! talk about; what was done.

use super::{NOTE, beside, stretch, stretch_columns, year_groups};
use crate::domain::figures::split::{By, Key, Missed};
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::reports::charts::by_week_of_year;
use crate::report::reports::done::how_often;
use crate::report::reports::missed_most::missed_most;
use crate::report::reports::rows::{number, share};
use crate::report::reports::{Gathered, Needs, ReportKind, Stretch};
use crate::report::tables::cell::Cell;

/// The head's week.
pub const KIND: ReportKind = ReportKind {
    name: "head-weekly",
    title: "Weekly for the head",
    audience: "the head teacher",
    rhythm: "weekly",
    usual: Stretch::Week,
    needs: &[Needs::Counts, Needs::Before, Needs::Year, Needs::Past, Needs::Done, Needs::England],
    make,
};

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let sections = vec![
        Section::new("The school", vec![Part::Table(school(gathered)), Part::Chart(by_week_of_year(gathered))]),
        Section::new("Persistently and severely absent", vec![Part::Table(missed(gathered))]),
        Section::new("By year group", vec![Part::Table(year_groups(gathered))]),
        Section::new("Beside the targets", vec![beside::targets(gathered)]),
        Section::new("Beside England", beside::england(gathered)),
        Section::new("Missed most", vec![Part::Table(missed_most(gathered))]),
        Section::new("What was done", vec![Part::Table(how_often(gathered))]),
    ];
    let own =
        "The change is against as many weeks before, in points. “Before these dates” is the school year without them.";
    (sections, [own, NOTE, beside::NOTE].map(str::to_owned).to_vec())
}

fn school(gathered: &Gathered) -> Table {
    let rows = [
        stretch("these dates", &gathered.counts),
        stretch("as many weeks before", &gathered.before),
        stretch("this school year", &gathered.year),
    ];
    let past = gathered.past.first().filter(|last| last.whole().possible > 0);
    let past = past.map(|last| stretch("last year, up to the same day", last));
    Table::new(stretch_columns(), "").with(rows.into_iter().chain(past))
}

/// How many are persistently and severely absent, beside how many were before these dates.
fn missed(gathered: &Gathered) -> Table {
    let now = gathered.year.school().missed;
    let mut before = Missed::default();
    for part in gathered.year.parts(By::Pupil) {
        let Key::Pupil(pupil) = part.key else { continue };
        before += Missed::one(&part.figures.without(&gathered.counts.of(pupil)), 0);
    }
    let columns = vec![
        Column::new("absence", Unit::Text),
        Column::new("before these dates", Unit::Pupils),
        Column::new("now", Unit::Pupils),
        Column::share("of pupils %"),
    ];
    let row = |name: &'static str, before: u32, count: u32| {
        let cells = vec![Cell::text(name), number(before), number(count), share(count, now.of)];
        Row::group(usize::try_from(count).unwrap_or_default(), None, cells)
    };
    Table::new(columns, "").with([
        row("persistent, a tenth or more", before.persistent, now.persistent),
        row("of these severe", before.severe, now.severe),
    ])
}
