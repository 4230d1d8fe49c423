//! What the reports' tables have in common: how pupils, groups and figures stand in their cells.

use chrono::NaiveDate;

use super::counts::{Counts, Sum};
use crate::domain::figures::Figures;
use crate::domain::people::pupil::{GroupId, Pupil};
use crate::domain::school::roll::Roll;
use crate::report::layout::table::{Column, Unit};
use crate::report::tables::cell::Cell;

/// A year group as it is sorted: whoever has none comes last.
pub type Year = (bool, Option<i64>);

/// A tutor group as it is sorted, by its place in the roll: whoever has none comes last.
pub type Group = (usize, Option<GroupId>);

/// The year group of a pupil.
pub fn year_of(roll: &Roll, pupil: &Pupil) -> Year {
    let year = roll.year_of(pupil);
    (year.is_none(), year)
}

/// "Year 8".
pub fn year_name((_, year): Year) -> String {
    year.map_or_else(|| "No year group".to_owned(), |year| format!("Year {year}"))
}

/// The tutor group of a pupil.
pub fn group_of(roll: &Roll, pupil: &Pupil) -> Group {
    let place = roll.groups.iter().position(|group| Some(group.id) == pupil.group);
    (place.unwrap_or(usize::MAX), pupil.group.filter(|_| place.is_some()))
}

/// "8KM".
pub fn group_name(roll: &Roll, (_, group): Group) -> String {
    group.and_then(|id| roll.group(id)).map_or_else(|| "No tutor group".to_owned(), |group| group.name.clone())
}

/// Which year group a tutor group is a part of.
pub fn year_of_group(roll: &Roll, (_, group): Group) -> Option<i64> {
    roll.group(group?)?.year
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
    let both = now.attendance_tenths().zip(before.attendance_tenths());
    Cell::some(both, |(now, before)| Cell::Points(i64::from(now) - i64::from(before)))
}

/// A count.
pub fn number(count: impl TryInto<i64>) -> Cell<'static> {
    Cell::Number(count.try_into().unwrap_or(i64::MAX))
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
pub fn sum_cells(sum: &Sum) -> Vec<Cell<'static>> {
    let figures = sum.tally.figures;
    vec![
        number(sum.pupils),
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
pub fn late_cells(sum: &Sum) -> [Cell<'static>; 3] {
    let tally = &sum.tally;
    [
        number(tally.figures.late_before_close),
        number(tally.figures.late_after_close),
        Cell::Minutes(i64::from(tally.figures.minutes)),
    ]
}

/// The weeks of what is counted: "23 Nov", and the value of each.
pub fn by_week(counts: &Counts, value: impl Fn(&NaiveDate) -> Option<i64>) -> (Vec<String>, Vec<Option<i64>>) {
    let labels = counts.weeks.keys().map(|monday| monday.format("%-d %b %Y").to_string()).collect();
    (labels, counts.weeks.keys().map(value).collect())
}
