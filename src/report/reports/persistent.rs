//! Persistent absentees with their distance from the line, and those close to it; how many pupils miss how much.

use super::rows::{attendance, number, pupil_cells, pupil_columns};
use super::{Gathered, Needs, ReportKind, Stretch};
use crate::domain::figures::Figures;
use crate::domain::people::pupil::Pupil;
use crate::report::layout::chart::{Chart, Series, Shape};
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
/// Bands of absence, five points each; the last is all above.
const BANDS: u32 = 11;

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let (mut over, mut close) = (Vec::new(), Vec::new());
    for pupil in &gathered.roll.pupils {
        let figures = gathered.year.of(pupil.id);
        match figures.to_persistent() {
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
    close.sort_by_key(|(_, figures)| figures.to_persistent());
    let sections = vec![
        Section::new("How many", vec![Part::Table(counts(gathered)), Part::Chart(bands(gathered))]),
        Section::new("Persistent absentees", vec![Part::Table(table(gathered, &over, "to clear", Figures::to_clear))]),
        Section::new(
            "Close to the line",
            vec![Part::Table(table(gathered, &close, "to the line", Figures::to_persistent))],
        ),
    ];
    let note = format!(
        "Of the school year up to the last date. Persistent is a tenth or more of the possible sessions, severe a half or more. “To \
         clear” is how many sessions on end must be attended to come below a tenth; “to the line” how many can be missed before it is \
         reached, the last of them one too many. Close is {CLOSE} or fewer."
    );
    (sections, vec![note])
}

fn counts(gathered: &Gathered) -> Table {
    let whole = gathered.year.whole(&gathered.roll);
    let columns = vec![
        Column::new("absence", Unit::Text),
        Column::new("number", Unit::Pupils),
        Column::new("of pupils %", Unit::Percent),
    ];
    let counted = gathered.year.pupils.values().filter(|tally| tally.figures.possible > 0).count() as u64;
    let row = |name: &str, pupils: usize| {
        let tenths = (pupils as u64 * 2000 + counted).checked_div(counted * 2);
        let share = Cell::some(tenths.and_then(|tenths| i64::try_from(tenths).ok()), Cell::Percent);
        Row::group(pupils, None, vec![Cell::text(name.to_owned()), number(pupils), share])
    };
    Table::new(columns, "")
        .with([row("persistent, a tenth or more", whole.persistent), row("of these severe", whole.severe)])
}

fn bands(gathered: &Gathered) -> Chart {
    let band = |figures: Figures| (figures.absent() * 20).checked_div(figures.possible).map(|band| band.min(BANDS - 1));
    let of = |wanted: u32| {
        let tallies = gathered.year.pupils.values();
        i64::try_from(tallies.filter(|tally| band(tally.figures) == Some(wanted)).count()).ok()
    };
    let said = |band: u32| match band + 1 == BANDS {
        true => format!("{} % or more", band * 5),
        false => format!("{} to under {} %", band * 5, band * 5 + 5),
    };
    Chart {
        title: "Pupils by absence".to_owned(),
        unit: Unit::Pupils,
        shape: Shape::Bars,
        axis: "absence".to_owned(),
        labels: (0..BANDS).map(said).collect(),
        series: vec![Series::new("pupils", (0..BANDS).map(of).collect())],
        pupils: gathered.year.pupils.len(),
    }
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
