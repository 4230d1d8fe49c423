//! Lates and the minutes they cost: by week, year group, tutor group and reason, and who was late most.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{by_week, late_cells, late_columns, number, part_name, part_row, pupil_cells, pupil_columns, pupils};
use super::{Gathered, Needs, ReportKind, Stretch};
use crate::domain::figures::Figures;
use crate::domain::figures::split::{self, By, Key};
use crate::domain::people::pupil::PupilId;
use crate::report::layout::chart::{Chart, Series, Shape};
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// Lates by tutor group and year.
pub const KIND: ReportKind = ReportKind {
    name: "lates",
    title: "Lates and minutes lost",
    audience: "heads of year and tutors",
    rhythm: "weekly",
    usual: Stretch::Week,
    needs: &[Needs::Counts, Needs::Lates],
    make,
};

/// How many of those who were late most are named.
const MOST: usize = 20;

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let sections = vec![
        Section::new("By week", vec![Part::Chart(weeks(gathered))]),
        Section::new("By year group", vec![Part::Table(years(gathered))]),
        Section::new("By tutor group", vec![Part::Table(groups(gathered))]),
        Section::new("By reason", vec![Part::Table(reasons(gathered))]),
        Section::new("Late most often", vec![Part::Table(most(gathered))]),
    ];
    let note = "L is late before the register closed and counts as present; U is after it and counts as unauthorised absence. Minutes \
                are those that are known: a tutor's L may have none.";
    (sections, vec![note.to_owned()])
}

fn weeks(gathered: &Gathered) -> Chart {
    let counts = &gathered.counts;
    let of = |which: fn(Figures) -> u32| by_week(counts, |week| Some(which(week).into()));
    let (labels, before) = of(|week| week.late_before_close);
    let (_, after) = of(|week| week.late_after_close);
    Chart {
        title: "Lates by week".to_owned(),
        unit: Unit::Number,
        shape: Shape::Bars,
        axis: "week from".to_owned(),
        labels,
        series: vec![Series::new("L", before), Series::new("U", after)],
        pupils: pupils(&counts.school()),
    }
}

fn columns(first: &str) -> Vec<Column> {
    let before = [Column::new(first, Unit::Text), Column::new("pupils", Unit::Pupils)];
    let per = Column::new("lates per pupil", Unit::Text);
    before.into_iter().chain(late_columns()).chain([per]).collect()
}

fn cells(name: String, part: &split::Part) -> Vec<Cell<'static>> {
    let lates = u64::from(part.figures.lates);
    // Tenths, rounded half up.
    let per = (lates * 20 + pupils(part) as u64).checked_div(pupils(part) as u64 * 2);
    let per = per.map(|tenths| Cell::text(format!("{}.{}", tenths / 10, tenths % 10)));
    let before = [Cell::text(name), number(pupils(part))];
    before.into_iter().chain(late_cells(part.figures)).chain([per.unwrap_or(Cell::Blank)]).collect()
}

fn years(gathered: &Gathered) -> Table {
    let rows = rows(gathered, By::Year);
    let all = Row::total(cells("All".to_owned(), &gathered.counts.school()));
    Table::new(columns("year"), "").with(rows.into_iter().chain([all]))
}

fn groups(gathered: &Gathered) -> Table {
    Table::new(columns("group"), "Nobody is on roll.").with(rows(gathered, By::Group))
}

fn rows(gathered: &Gathered, by: By) -> Vec<Row> {
    let roll = &gathered.roll;
    let row = |part: &split::Part| part_row(roll, part, cells(part_name(roll, part), part));
    gathered.counts.parts(by).iter().map(row).collect()
}

/// What the lates of one reason add up to.
#[derive(Default)]
struct Given {
    pupils: BTreeSet<PupilId>,
    lates: usize,
    minutes: i64,
}

fn reasons(gathered: &Gathered) -> Table {
    let mut reasons: BTreeMap<String, Given> = BTreeMap::new();
    // Words of one's own tell of a pupil; those of the list do not.
    let listed = |reason: &String| gathered.roll.school.late_reasons.iter().any(|one| one.says == *reason);
    for late in &gathered.lates {
        let reason = match late.reason.as_ref().filter(|reason| !reason.is_empty()) {
            None => "no reason given",
            Some(reason) if listed(reason) => reason,
            Some(_) => "in other words",
        };
        let given = reasons.entry(reason.to_owned()).or_default();
        given.pupils.insert(late.pupil);
        given.lates += 1;
        given.minutes += late.mark.minutes.unwrap_or(0);
    }
    let mut reasons: Vec<(String, Given)> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, given)| std::cmp::Reverse(given.lates));
    let columns = vec![
        Column::new("reason", Unit::Text),
        Column::new("lates", Unit::Number),
        Column::new("pupils", Unit::Pupils),
        Column::new("min late", Unit::Minutes),
    ];
    let rows = reasons.into_iter().map(|(reason, given)| {
        let cells =
            vec![Cell::text(reason), number(given.lates), number(given.pupils.len()), Cell::Minutes(given.minutes)];
        Row::group(given.pupils.len(), None, cells)
    });
    Table::new(columns, "Nobody has come late.").with(rows)
}

fn most(gathered: &Gathered) -> Table {
    let roll = &gathered.roll;
    let mut late = gathered.counts.parts(By::Pupil);
    late.retain(|part| part.figures.lates > 0);
    late.sort_by_key(|part| std::cmp::Reverse((part.figures.lates, part.figures.minutes)));
    let rows = late.into_iter().take(MOST).filter_map(|part| {
        let Key::Pupil(id) = part.key else { return None };
        let cells = pupil_cells(roll, roll.pupil(id)?).into_iter().chain(late_cells(part.figures));
        Some(Row::pupil(cells.collect()))
    });
    let columns = pupil_columns().into_iter().chain(late_columns()).collect();
    Table::new(columns, "Nobody has come late.")
        .with(rows)
        .called(&format!("Those who were late most often, {MOST} at most"))
}
