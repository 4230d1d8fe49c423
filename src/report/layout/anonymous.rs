//! A report without names: rows about one pupil go, and groups of fewer than five are left out. Where what is left out could be
//! reckoned from what is told, more is left out with it.

use hashbrown::HashMap;

use super::chart::Chart;
use super::table::{About, Row, Table, Unit};
use super::{Part, Report, Section};
use crate::domain::counted::counted;
use crate::report::tables::cell::Cell;

/// Groups of fewer pupils are left out.
pub const FEW: usize = 5;

/// What stands in the place of a number that is left out.
const LEFT_OUT: &str = "left out";

impl Report {
    /// The same without names.
    pub fn anonymous(mut self) -> Report {
        self.notes.push(format!(
            "Names are left out, and every group of fewer than {FEW} pupils; where that could be reckoned from the \
             others, the next smallest with it."
        ));
        if (1..FEW).contains(&self.pupils) {
            let words = format!("Of fewer than {FEW} pupils nothing can be told without telling who they are.");
            self.sections = vec![Section::new("", vec![Part::Words(words)])];
            return self;
        }
        for section in &mut self.sections {
            section.parts = std::mem::take(&mut section.parts).into_iter().map(part).collect();
        }
        self
    }
}

fn part(part: Part) -> Part {
    match part {
        Part::Words(words) => Part::Words(words),
        Part::Table(table) if table.rows.iter().any(|row| row.about == About::Pupil) => {
            let rows = table.rows.iter().filter(|row| row.about == About::Pupil).count();
            let caption = if table.caption.is_empty() { String::new() } else { format!("{}: ", table.caption) };
            let count = if rows < FEW { format!("fewer than {FEW} rows") } else { counted(rows, "row") };
            Part::Words(format!("{caption}{count} by pupil, left out."))
        }
        Part::Table(table) => Part::Table(without_names(without_few(table))),
        Part::Chart(chart) if chart.pupils < FEW => {
            Part::Words(format!("{}: left out, of fewer than {FEW} pupils.", chart.title))
        }
        Part::Chart(chart) => Part::Chart(chart_without_few(chart)),
    }
}

fn without_names(mut table: Table) -> Table {
    let keeps: Vec<bool> = table.columns.iter().map(|column| !column.is_name).collect();
    let mut kept = keeps.iter();
    table.columns.retain(|_| kept.next().copied().unwrap_or(true));
    for row in &mut table.rows {
        let mut kept = keeps.iter();
        row.cells.retain(|_| kept.next().copied().unwrap_or(true));
    }
    table
}

fn without_few(mut table: Table) -> Table {
    let mut parts: HashMap<Option<i64>, Vec<(usize, usize)>> = HashMap::new();
    for (place, row) in table.rows.iter().enumerate() {
        if let About::Group { pupils, of } = row.about {
            parts.entry(of).or_default().push((place, pupils));
        }
    }
    let mut gone = vec![false; table.rows.len()];
    for rows in parts.values() {
        let sizes: Vec<usize> = rows.iter().map(|(_, pupils)| *pupils).collect();
        put(&mut gone, rows, hidden(&sizes, vec![false; rows.len()]));
    }
    let columns = table.columns.iter().enumerate().filter(|(_, column)| column.unit == Unit::Pupils);
    let columns: Vec<(usize, Vec<bool>)> =
        columns.map(|(column, _)| (column, few_of(&table, column, &parts, &gone))).collect();
    for (row, _) in table.rows.iter_mut().zip(&gone).filter(|(_, gone)| **gone) {
        row.cells.iter_mut().skip(1).for_each(|cell| *cell = Cell::Blank);
        row.cells.iter_mut().skip(1).take(1).for_each(|cell| *cell = Cell::text(LEFT_OUT));
    }
    for (column, few) in columns {
        let has_share = table.columns.get(column + 1).is_some_and(|next| next.is_share);
        let rows = table.rows.iter_mut().zip(few.iter().zip(&gone));
        for (row, _) in rows.filter(|(_, (few, gone))| **few && !**gone) {
            let cells = row.cells.iter_mut().skip(column).take(1 + usize::from(has_share));
            cells.for_each(|cell| *cell = Cell::text(LEFT_OUT));
        }
    }
    table
}

/// Which rows tell too few pupils in a column, each among those it is a part of with; what is `gone` whole is left out there too.
fn few_of(table: &Table, column: usize, parts: &HashMap<Option<i64>, Vec<(usize, usize)>>, gone: &[bool]) -> Vec<bool> {
    let count = |place: usize| match table.rows.get(place).and_then(|row| row.cells.get(column)) {
        Some(Cell::Number(number)) => usize::try_from(*number).unwrap_or_default(),
        _ => 0,
    };
    // The sum of few is few.
    let is_few = |(place, row): (usize, &Row)| row.about == About::Total && (1..FEW).contains(&count(place));
    let mut few: Vec<bool> = table.rows.iter().enumerate().map(is_few).collect();
    for rows in parts.values() {
        let counts: Vec<usize> = rows.iter().map(|(place, _)| count(*place)).collect();
        let is_gone = |(place, _): &(usize, usize)| gone.get(*place).copied().unwrap_or_default();
        put(&mut few, rows, hidden(&counts, rows.iter().map(is_gone).collect()));
    }
    few
}

/// Put down which of these rows are left out.
fn put(all: &mut [bool], rows: &[(usize, usize)], hides: Vec<bool>) {
    for ((place, _), hides) in rows.iter().zip(hides) {
        all.get_mut(*place).into_iter().for_each(|one| *one = hides);
    }
}

fn chart_without_few(mut chart: Chart) -> Chart {
    if chart.unit == Unit::Pupils {
        for series in &mut chart.series {
            let counts =
                series.values.iter().map(|value| usize::try_from(value.unwrap_or_default()).unwrap_or_default());
            let counts: Vec<usize> = counts.collect();
            let hides = hidden(&counts, vec![false; counts.len()]);
            for (value, _) in series.values.iter_mut().zip(hides).filter(|(_, hides)| *hides) {
                *value = None;
            }
        }
    }
    chart
}

/// Which of these numbers of pupils are left out: those that are already, those under five, and the next smallest until what is left out is more than one of
/// them and not few altogether. Nobody is hidden in nought.
fn hidden(pupils: &[usize], already: Vec<bool>) -> Vec<bool> {
    let mut hides = already;
    hides.iter_mut().zip(pupils).for_each(|(hides, pupils)| *hides |= (1..FEW).contains(pupils));
    loop {
        let left_out = || pupils.iter().zip(&hides).filter(|(_, hides)| **hides).map(|(pupils, _)| *pupils);
        let (count, sum) = (left_out().count(), left_out().sum::<usize>());
        if count == 0 || (count > 1 && sum >= FEW) {
            return hides;
        }
        let others =
            pupils.iter().enumerate().filter(|(place, pupils)| **pupils > 0 && hides.get(*place) == Some(&false));
        let Some((next, _)) = others.min_by_key(|(_, pupils)| **pupils) else { return hides };
        hides.get_mut(next).into_iter().for_each(|one| *one = true);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::layout::table::Column;

    #[test]
    fn one_that_is_left_out_cannot_be_reckoned_from_the_others() {
        for (pupils, hides) in [
            (&[28, 3, 30][..], &[true, true, false][..]),
            (&[28, 3, 4], &[false, true, true]),
            (&[28, 1, 2], &[true, true, true]),
            (&[28, 0, 30], &[false, false, false]),
            (&[3], &[true]),
            (&[5, 5], &[false, false]),
        ] {
            assert_eq!(hidden(pupils, vec![false; pupils.len()]), hides, "{pupils:?}");
        }
        // Beside one that is left out for another reason, of whom none counts.
        assert_eq!(hidden(&[0, 7, 9], vec![true, false, false]), [true, true, false]);
    }

    /// A kind of cohort adds up to everybody, whose number is told elsewhere: neither part of it is told where one is few.
    #[test]
    fn few_are_not_told_by_the_rest_of_their_own_kind() {
        let row = |of, name: &'static str, pupils: i64, missed: i64| {
            let cells = vec![Cell::text(name), Cell::Number(pupils), Cell::Number(missed)];
            Row::group(usize::try_from(pupils).unwrap(), Some(of), cells)
        };
        let columns = ["cohort", "n", "PA"]
            .map(|name| Column::new(name, if name == "cohort" { Unit::Text } else { Unit::Pupils }));
        let rows = [
            row(1, "F", 12, 5),
            row(1, "M", 12, 2),
            row(2, "FSM", 30, 9),
            row(2, "not FSM", 40, 12),
            row(3, "K", 3, 1),
            row(3, "none", 21, 6),
        ];
        let table = without_few(Table::new(columns.into(), "").with(rows));
        let told: Vec<String> = table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.written()).collect::<Vec<_>>().join("|"))
            .collect();
        assert_eq!(
            told,
            ["F|12|left out", "M|12|left out", "FSM|30|9", "not FSM|40|12", "K|left out|", "none|left out|"]
        );
    }

    proptest! {
        #[test]
        fn what_is_left_out_is_never_one_alone_nor_few(pupils in prop::collection::vec(0_usize..40, 0..12)) {
            let hides = hidden(&pupils, vec![false; pupils.len()]);
            let left_out: Vec<usize> = pupils.iter().zip(&hides).filter(|(_, hides)| **hides).map(|(pupils, _)| *pupils).collect();
            prop_assert!(pupils.iter().zip(&hides).all(|(pupils, hides)| *hides || *pupils == 0 || *pupils >= FEW));
            let all = pupils.iter().filter(|pupils| **pupils > 0).count();
            prop_assert!(left_out.is_empty() || left_out.len() == all || (left_out.len() > 1 && left_out.iter().sum::<usize>() >= FEW));
        }
    }
}
