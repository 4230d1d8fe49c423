//! Marks at N by their age: how many stand for how long, and each of them.

use std::collections::BTreeSet;

use super::rows::{number, pupil_cells, pupil_columns};
use super::{Gathered, Needs, ReportKind, Stretch};
use crate::domain::absence::unresolved::{DAYS, UnresolvedN, unresolved_ns};
use crate::domain::day::Day;
use crate::report::layout::chart::{Chart, Series, Shape};
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// Unexplained absences by age.
pub const KIND: ReportKind = ReportKind {
    name: "unexplained",
    title: "Unexplained absences by age",
    audience: "the office and heads of year",
    rhythm: "daily",
    usual: Stretch::Day,
    needs: &[Needs::Today],
    make,
};

/// How old, and how it is said: the first school day and the last.
const AGES: [(usize, usize, &str); 4] = [
    (0, 0, "today"),
    (1, 2, "1 or 2 school days"),
    (3, DAYS, "3 to 5 school days"),
    (DAYS + 1, usize::MAX, "more than 5"),
];

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let Some(day) = &gathered.today else { return (Vec::new(), Vec::new()) };
    let is_meant =
        |one: &UnresolvedN| day.roll.pupil(one.pupil).is_some_and(|pupil| gathered.whom.includes(&day.roll, pupil));
    let open: Vec<UnresolvedN> = unresolved_ns(day).into_iter().filter(is_meant).collect();
    let sections = vec![
        Section::new("By age", vec![Part::Chart(chart(&open)), Part::Table(ages(&open))]),
        Section::new("Each of them", vec![Part::Table(each(day, &open))]),
    ];
    let note = format!(
        "Of today and before, whatever dates are asked for. An N may stand until {DAYS} school days after its own; what is older is \
         to be settled."
    );
    (sections, vec![note])
}

fn chart(open: &[UnresolvedN]) -> Chart {
    let count =
        |(from, until, _): &(usize, usize, &str)| open.iter().filter(|one| (*from..=*until).contains(&one.day)).count();
    let values = AGES.iter().map(|age| i64::try_from(count(age)).ok()).collect();
    Chart {
        title: "Sessions at N, by how long they have stood".to_owned(),
        unit: Unit::Number,
        shape: Shape::Bars,
        axis: "age".to_owned(),
        labels: AGES.iter().map(|(.., said)| (*said).to_owned()).collect(),
        series: vec![Series::new("sessions", values)],
        pupils: open.iter().map(|one| one.pupil).collect::<BTreeSet<_>>().len(),
    }
}

fn ages(open: &[UnresolvedN]) -> Table {
    let columns = vec![
        Column::new("age", Unit::Text),
        Column::new("sessions", Unit::Number),
        Column::new("pupils", Unit::Pupils),
        Column::new("past their deadline", Unit::Number),
    ];
    let row = |name: &str, ones: &[&UnresolvedN]| {
        let pupils = ones.iter().map(|one| one.pupil).collect::<BTreeSet<_>>().len();
        let overdue = ones.iter().filter(|one| one.is_overdue()).count();
        (pupils, vec![Cell::text(name.to_owned()), number(ones.len()), number(pupils), number(overdue)])
    };
    let rows = AGES.iter().map(|(from, until, said)| {
        let ones: Vec<&UnresolvedN> = open.iter().filter(|one| (*from..=*until).contains(&one.day)).collect();
        let (pupils, cells) = row(said, &ones);
        Row::group(pupils, None, cells)
    });
    let all = row("all", &open.iter().collect::<Vec<_>>()).1;
    Table::new(columns, "").with(rows.chain([Row::total(all)]))
}

fn each(day: &Day, open: &[UnresolvedN]) -> Table {
    let own = [
        Column::new("date", Unit::Date),
        Column::new("session", Unit::Text),
        Column::new("school days", Unit::Number),
        Column::new("may stand until", Unit::Date),
        Column::new("state", Unit::Text),
    ];
    let columns = pupil_columns().into_iter().chain(own).collect();
    let rows = open.iter().filter_map(|one| {
        let pupil = day.roll.pupil(one.pupil)?;
        let own = [
            Cell::Date(one.at.date),
            Cell::text(one.at.session.as_str()),
            number(one.day),
            Cell::some(one.deadline, Cell::Date),
            Cell::text(one.describe()),
        ];
        Some(Row::pupil(pupil_cells(&day.roll, pupil).into_iter().chain(own).collect()))
    });
    Table::new(columns, "No mark stands at N.").with(rows)
}
