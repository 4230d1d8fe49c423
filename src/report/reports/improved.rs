//! Whose attendance rose most, for certificates: pupils and tutor groups. Those at 100 % are in the league.

use std::cmp::Reverse;

use super::rows::{attendance, change, number, part_name, part_row, pupil_cells, pupil_columns, pupils, same_of};
use super::{Gathered, Needs, ReportKind, Stretch};
use crate::domain::figures::impact::{Became, Impact};
use crate::domain::figures::split::By;
use crate::domain::figures::trend;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// Most improved attendance.
pub const KIND: ReportKind = ReportKind {
    name: "improved",
    title: "Most improved attendance",
    audience: "heads of year and assembly",
    rhythm: "half-termly",
    usual: Stretch::HalfTerm,
    needs: &[Needs::Counts, Needs::Before],
    make,
};

/// How many pupils are told.
const MOST: usize = 50;

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let sections = vec![
        Section::new("Pupils", vec![Part::Table(pupils_improved(gathered))]),
        Section::new("Tutor groups", vec![Part::Table(groups(gathered))]),
    ];
    let note = "Attendance beside as many weeks before, in points. A pupil has improved by two points or more, with twenty possible \
                sessions or more on either side.";
    (sections, vec![note.to_owned()])
}

fn columns() -> [Column; 5] {
    [
        Column::new("before %", Unit::Percent),
        Column::new("now %", Unit::Percent),
        Column::new("change", Unit::Points),
        Column::new("possible", Unit::Number),
        Column::new("blank", Unit::Number),
    ]
}

fn pupils_improved(gathered: &Gathered) -> Table {
    let roll = &gathered.roll;
    let of = |id| Impact { before: gathered.before.of(id), after: gathered.counts.of(id) };
    let all = roll.pupils.iter().map(|pupil| (pupil, of(pupil.id)));
    let mut improved: Vec<_> = all.filter(|(_, impact)| impact.became() == Became::Improved).collect();
    improved.sort_by_key(|(_, impact)| Reverse(impact.points()));
    let count = improved.len();
    let rows = improved.into_iter().take(MOST).map(|(pupil, Impact { before, after })| {
        let own = [
            attendance(before),
            attendance(after),
            change(after, before),
            number(after.possible),
            number(after.blanks),
        ];
        Row::pupil(pupil_cells(roll, pupil).into_iter().chain(own).collect())
    });
    let columns = pupil_columns().into_iter().chain(columns()).collect();
    let caption = if count > MOST { format!("The {MOST} of {count} who improved most") } else { String::new() };
    Table::new(columns, "Nobody has improved by two points.").with(rows).called(&caption)
}

fn groups(gathered: &Gathered) -> Table {
    let roll = &gathered.roll;
    let before = gathered.before.parts(By::Group);
    let mut groups = gathered.counts.parts(By::Group);
    groups.sort_by_key(|group| Reverse(trend::change(&same_of(&before, group), &group.figures)));
    let rows = groups.iter().map(|group| {
        let earlier = same_of(&before, group);
        let own = [
            attendance(earlier),
            attendance(group.figures),
            change(group.figures, earlier),
            number(group.figures.possible),
            number(group.figures.blanks),
        ];
        let cells = [Cell::text(part_name(roll, group)), number(pupils(group))].into_iter().chain(own);
        part_row(roll, group, cells.collect())
    });
    let first = [Column::new("group", Unit::Text), Column::new("pupils", Unit::Pupils)];
    Table::new(first.into_iter().chain(columns()).collect(), "Nobody is on roll.").with(rows)
}
