//! What the reports' tables have in common: how pupils, groups and figures stand in their cells.

use crate::domain::figures::Figures;
use crate::domain::figures::split::{By, Key, Missed, Part};
use crate::domain::figures::tally::Tally;
use crate::domain::figures::trend;
use crate::domain::people::pupil::Pupil;
use crate::domain::school::roll::Roll;
use crate::report::figures;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::tables::cell::Cell;

/// A year group as it is sorted: whoever has none comes last.
pub type Year = (bool, Option<i64>);

/// The year group of a pupil.
pub fn year_of(roll: &Roll, pupil: &Pupil) -> Year {
    let year = roll.year_of(pupil);
    (year.is_none(), year)
}

/// "Year 8".
pub fn year_name((_, year): Year) -> String {
    year.map_or_else(|| "No year group".to_owned(), |year| format!("Year {year}"))
}

/// What a part is called: "Year 8", "8KM".
pub fn part_name(roll: &Roll, part: &Part) -> String {
    let name = figures::name(roll, &part.key);
    // A cell begins with a capital, a name as it is.
    if matches!(part.key, Key::Year(None) | Key::Group(None)) { name.replacen("no ", "No ", 1) } else { name }
}

/// How many pupils a part is of.
pub fn pupils(part: &Part) -> usize {
    part.pupils.and_then(|pupils| usize::try_from(pupils).ok()).unwrap_or_default()
}

/// A row about the pupils of a part: those of a tutor group are part of a year group.
pub fn part_row(roll: &Roll, part: &Part, cells: Vec<Cell<'static>>) -> Row {
    let of = if let Key::Group(Some(group)) = part.key { roll.group(group).and_then(|group| group.year) } else { None };
    Row::group(pupils(part), of, cells)
}

/// The figures of the same part of another split; none where it has no such part.
pub fn same_of(parts: &[Part], part: &Part) -> Figures {
    parts.iter().find(|other| other.key == part.key).map(|other| other.figures).unwrap_or_default()
}

/// The columns under which a pupil stands.
pub fn pupil_columns() -> [Column; 3] {
    [Column::name("pupil"), Column::new("number", Unit::Text), Column::new("group", Unit::Text)]
}

/// Their cells.
pub fn pupil_cells(roll: &Roll, pupil: &Pupil) -> [Cell<'static>; 3] {
    let number = pupil.admission_no.clone().unwrap_or_default();
    [Cell::text(pupil.list_name()), Cell::text(number), Cell::text(roll.group_name(pupil).to_owned())]
}

/// Attendance in tenths of a percent; blank where nothing was possible.
pub fn attendance(figures: Figures) -> Cell<'static> {
    Cell::some(figures.attendance_tenths(), |tenths| Cell::Percent(i64::from(tenths)))
}

/// How much higher attendance is than it was, in points.
pub fn change(now: Figures, before: Figures) -> Cell<'static> {
    Cell::some(trend::change(&before, &now), |points| Cell::Points(i64::from(points.0)))
}

/// So many of so many, in tenths of a percent rounded half up; blank of none.
pub fn share(some: u32, of: u32) -> Cell<'static> {
    let tenths = (u64::from(some) * 2000 + u64::from(of)).checked_div(u64::from(of) * 2);
    Cell::some(tenths.and_then(|tenths| i64::try_from(tenths).ok()), Cell::Percent)
}

/// A count.
pub fn number(count: impl TryInto<i64>) -> Cell<'static> {
    Cell::Number(count.try_into().unwrap_or(i64::MAX))
}

/// How many of some pupils are persistently and how many severely absent.
pub fn how_many(missed: Missed) -> Table {
    let columns =
        vec![Column::new("absence", Unit::Text), Column::new("number", Unit::Pupils), Column::share("of pupils %")];
    let row = |name: &str, pupils: u32| {
        let cells = vec![Cell::text(name.to_owned()), number(pupils), share(pupils, missed.of)];
        Row::group(usize::try_from(pupils).unwrap_or_default(), None, cells)
    };
    let rows = [row("persistent, a tenth or more", missed.persistent), row("of these severe", missed.severe)];
    Table::new(columns, "").with(rows)
}

/// The columns of what pupils add up to.
pub fn sum_columns() -> Vec<Column> {
    vec![
        Column::new("pupils", Unit::Pupils),
        Column::new("att. %", Unit::Percent),
        Column::new("possible", Unit::Number),
        Column::new("auth.", Unit::Number),
        Column::new("unauth.", Unit::Number),
        Column::new("blank", Unit::Number),
    ]
}

/// Their cells.
pub fn sum_cells(part: &Part) -> Vec<Cell<'static>> {
    let figures = part.figures;
    vec![
        number(pupils(part)),
        attendance(figures),
        number(figures.possible),
        number(figures.authorised),
        number(figures.unauthorised),
        number(figures.blanks),
    ]
}

/// The columns of lates.
pub fn late_columns() -> [Column; 3] {
    [Column::new("L", Unit::Number), Column::new("U", Unit::Number), Column::new("min late", Unit::Minutes)]
}

/// Their cells.
pub fn late_cells(figures: Figures) -> [Cell<'static>; 3] {
    [number(figures.late_before_close), number(figures.late_after_close), Cell::Minutes(i64::from(figures.minutes))]
}

/// The weeks of what is counted: "23 Nov", and the value of each.
pub fn by_week(tally: &Tally, value: impl Fn(Figures) -> Option<i64>) -> (Vec<String>, Vec<Option<i64>>) {
    let week = |part: &Part| {
        let Key::Week(monday) = part.key else { return None };
        Some((monday.format("%-d %b %Y").to_string(), value(part.figures)))
    };
    tally.parts(By::Week).iter().filter_map(week).unzip()
}
