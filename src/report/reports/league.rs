//! Tutor groups beside each other: attendance and its change, who missed nothing, lates. Small groups have no rank.

use std::cmp::Reverse;

use super::rows::{
    attendance, change, number, part_name, part_row, pupil_cells, pupil_columns, pupils, same_of, year_name, year_of,
};
use super::{Gathered, Needs, ReportKind, Stretch};
use crate::domain::figures::Figures;
use crate::domain::figures::split::{self, By};
use crate::domain::people::pupil::Pupil;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// The tutor groups' league.
pub const KIND: ReportKind = ReportKind {
    name: "league",
    title: "Tutor groups and 100 %",
    audience: "assembly and the board",
    rhythm: "weekly",
    usual: Stretch::Week,
    needs: &[Needs::Counts, Needs::Before],
    make,
};

/// Groups of fewer pupils have no rank.
const RANKED: usize = 5;

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let sections = vec![
        Section::new("Tutor groups", vec![Part::Table(groups(gathered))]),
        Section::new("100 %", vec![Part::Table(full(gathered))]),
    ];
    let note = format!(
        "The change is against as many weeks before, in points. Groups with the same attendance have the same rank; a group of fewer than \
         {RANKED} pupils has none. Illness and disability are no fault: set those who have improved beside those at 100 %."
    );
    (sections, vec![note])
}

/// The higher the earlier: attended of possible, compared without rounding.
fn share(figures: Figures) -> u64 {
    (u64::from(figures.attended) * 1_000_000_000).checked_div(u64::from(figures.possible)).unwrap_or(0)
}

fn groups(gathered: &Gathered) -> Table {
    let roll = &gathered.roll;
    let before = gathered.before.parts(By::Group);
    let mut groups = gathered.counts.parts(By::Group);
    groups.sort_by_key(|group| Reverse(share(group.figures)));
    let is_ranked = |group: &&split::Part| pupils(group) >= RANKED && group.figures.possible > 0;
    let shares: Vec<u64> = groups.iter().filter(is_ranked).map(|group| share(group.figures)).collect();
    let columns = vec![
        Column::new("group", Unit::Text),
        Column::new("rank", Unit::Number),
        Column::new("pupils", Unit::Pupils),
        Column::new("att. %", Unit::Percent),
        Column::new("change", Unit::Points),
        Column::new("at 100 %", Unit::Number),
        Column::new("lates", Unit::Number),
        Column::new("min late", Unit::Minutes),
        Column::new("possible", Unit::Number),
        Column::new("blank", Unit::Number),
    ];
    let rows = groups.iter().map(|group| {
        let figures = group.figures;
        let rank = is_ranked(&group).then(|| 1 + shares.iter().filter(|other| **other > share(figures)).count());
        let cells = vec![
            Cell::text(part_name(roll, group)),
            Cell::some(rank, number),
            number(pupils(group)),
            attendance(figures),
            change(figures, same_of(&before, group)),
            number(group.missed.nothing),
            number(figures.lates),
            Cell::Minutes(i64::from(figures.minutes)),
            number(figures.possible),
            number(figures.blanks),
        ];
        part_row(roll, group, cells)
    });
    Table::new(columns, "Nobody is on roll.").with(rows)
}

fn full(gathered: &Gathered) -> Table {
    let roll = &gathered.roll;
    let missed_none = |id| {
        let figures = gathered.counts.of(id);
        figures.possible > 0 && figures.absent() == 0
    };
    let group_place = |pupil: &Pupil| {
        let place = roll.groups.iter().position(|group| Some(group.id) == pupil.group);
        place.unwrap_or(usize::MAX)
    };
    let mut pupils: Vec<_> = roll.pupils.iter().filter(|pupil| missed_none(pupil.id)).collect();
    pupils.sort_by_key(|pupil| (year_of(roll, pupil), group_place(pupil)));
    let columns = pupil_columns()
        .into_iter()
        .chain([Column::new("year", Unit::Text), Column::new("sessions", Unit::Number)])
        .collect();
    let rows = pupils.into_iter().map(|pupil| {
        let own = [Cell::text(year_name(year_of(roll, pupil))), number(gathered.counts.of(pupil.id).possible)];
        Row::pupil(pupil_cells(roll, pupil).into_iter().chain(own).collect())
    });
    Table::new(columns, "Nobody missed nothing.").with(rows).called("Pupils who missed no session")
}
