//! The week for a head of year: attendance beside the weeks before and the year, lates, who missed most, who has fallen below a
//! line, which cases are open, what waits.

use super::charts::{by_week_of_year, half_days};
use super::missed_most::missed_most;
use super::rows::{
    attendance, change, late_cells, late_columns, number, part_name, part_row, pupil_cells, pupil_columns, same_of,
    sum_cells, sum_columns,
};
use super::{Gathered, Needs, ReportKind, Stretch};
use crate::domain::absence::unresolved::unresolved_ns;
use crate::domain::counted::counted;
use crate::domain::figures::Figures;
use crate::domain::figures::split::{self, By};
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// The week of a year group.
pub const KIND: ReportKind = ReportKind {
    name: "weekly",
    title: "Weekly for heads of year",
    audience: "heads of year",
    rhythm: "weekly",
    usual: Stretch::Week,
    needs: &[Needs::Counts, Needs::Before, Needs::Year, Needs::Today, Needs::Cases],
    make,
};

/// Attendance below which a pupil is newly told of, in percent.
const LINES: [u32; 3] = [95, 93, 90];

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let sections = vec![
        Section::new("By year group", vec![Part::Table(years(gathered))]),
        Section::new("By tutor group", vec![Part::Table(groups(gathered))]),
        Section::new("The year so far", vec![Part::Chart(by_week_of_year(gathered))]),
        Section::new("Absence by half-day", vec![Part::Chart(half_days(&gathered.counts))]),
        Section::new("Missed most", vec![Part::Table(missed_most(gathered))]),
        Section::new("Newly below a line", vec![Part::Table(fallen(gathered))]),
        Section::new("Open cases", vec![Part::Table(cases(gathered))]),
        Section::new("Waiting", vec![Part::Words(waiting(gathered))]),
    ];
    let note = "The change is against as many weeks before, in points. A broken week is one in which a pupil missed a session. Year to \
                date is from 1 August to the last date. A pupil has newly fallen below a line who stood at it or above before these dates. Cases are as of today.";
    (sections, vec![note.to_owned()])
}

fn columns(first: &str) -> Vec<Column> {
    let mut columns = vec![Column::new(first, Unit::Text)];
    columns.extend(sum_columns());
    columns.insert(3, Column::new("change", Unit::Points));
    columns.insert(4, Column::new("year %", Unit::Percent));
    columns.extend(late_columns());
    columns.push(Column::new("broken weeks", Unit::Number));
    columns
}

fn cells(name: String, part: &split::Part, before: Figures, year: Figures) -> Vec<Cell<'static>> {
    let mut cells = vec![Cell::text(name)];
    cells.extend(sum_cells(part));
    cells.insert(3, change(part.figures, before));
    cells.insert(4, attendance(year));
    cells.extend(late_cells(part.figures));
    cells.push(number(part.missed.broken_weeks));
    cells
}

fn rows(gathered: &Gathered, by: By) -> Vec<Row> {
    let roll = &gathered.roll;
    let (before, year) = (gathered.before.parts(by), gathered.year.parts(by));
    let row = |part: &split::Part| {
        let cells = cells(part_name(roll, part), part, same_of(&before, part), same_of(&year, part));
        part_row(roll, part, cells)
    };
    gathered.counts.parts(by).iter().map(row).collect()
}

fn years(gathered: &Gathered) -> Table {
    let all = cells("All".to_owned(), &gathered.counts.school(), gathered.before.whole(), gathered.year.whole());
    Table::new(columns("year"), "").with(rows(gathered, By::Year).into_iter().chain([Row::total(all)]))
}

fn groups(gathered: &Gathered) -> Table {
    Table::new(columns("group"), "Nobody is on roll.").with(rows(gathered, By::Group))
}

fn fallen(gathered: &Gathered) -> Table {
    let roll = &gathered.roll;
    let own = [
        Column::new("below", Unit::Text),
        Column::new("year % before", Unit::Percent),
        Column::new("year % now", Unit::Percent),
        Column::new("absent", Unit::Number),
        Column::new("possible", Unit::Number),
    ];
    let rows = roll.pupils.iter().filter_map(|pupil| {
        let now = gathered.year.of(pupil.id);
        let before = now.without(&gathered.counts.of(pupil.id));
        // The lowest line that was crossed.
        let line =
            LINES.into_iter().rfind(|line| now.is_under(*line) && before.possible > 0 && !before.is_under(*line))?;
        let own = [
            Cell::text(format!("{line} %")),
            attendance(before),
            attendance(now),
            number(now.absent()),
            number(now.possible),
        ];
        Some(Row::pupil(pupil_cells(roll, pupil).into_iter().chain(own).collect()))
    });
    let columns = pupil_columns().into_iter().chain(own).collect();
    Table::new(columns, "Nobody.").with(rows)
}

/// Each open case, what is to be done next the soonest first.
fn cases(gathered: &Gathered) -> Table {
    let roll = &gathered.roll;
    let own = [
        Column::new("stage", Unit::Text),
        Column::new("since", Unit::Date),
        Column::name("owner"),
        Column::new("next", Unit::Text),
        Column::new("on", Unit::Date),
    ];
    let meant = roll.pupils.iter().filter(|pupil| gathered.whom.includes(roll, pupil));
    let open = meant.filter_map(|pupil| Some((pupil, gathered.facts.cases.get(&pupil.id)?.open_case()?)));
    let mut open: Vec<_> = open.collect();
    open.sort_by_key(|(_, case)| case.next.as_ref().map_or((true, case.stage_since), |next| (false, next.on)));
    let rows = open.into_iter().map(|(pupil, case)| {
        let (next, on) = case.next.map(|next| (next.what, next.on)).unzip();
        let own = [
            Cell::text(case.stage),
            Cell::Date(case.stage_since),
            Cell::text(case.owner),
            Cell::text(next.unwrap_or_default()),
            Cell::some(on, Cell::Date),
        ];
        Row::pupil(pupil_cells(roll, pupil).into_iter().chain(own).collect())
    });
    let columns = pupil_columns().into_iter().chain(own).collect();
    Table::new(columns, "No case is open.").with(rows)
}

fn waiting(gathered: &Gathered) -> String {
    let Some(day) = &gathered.today else { return String::new() };
    let open = unresolved_ns(day)
        .into_iter()
        .filter(|one| day.roll.pupil(one.pupil).is_some_and(|pupil| gathered.whom.includes(&day.roll, pupil)));
    let (overdue, open): (Vec<_>, Vec<_>) = open.partition(|one| one.is_overdue());
    let all = counted(overdue.len() + open.len(), "session");
    format!("As of today at N: {all}, of these {} for more than 5 school days.", overdue.len())
}
