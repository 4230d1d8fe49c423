//! A chart of a report: values under labels, in one series or several.

use super::table::{About, Column, Row, Table, Unit};
use crate::report::tables::cell::Cell;

/// A chart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// What its values are.
    pub unit: Unit,
    /// How it is drawn.
    pub shape: Shape,
    /// What the labels are of: "week".
    pub axis: String,
    /// The labels, in order.
    pub labels: Vec<String>,
    /// Its series: one value for each label.
    pub series: Vec<Series>,
    /// How many pupils it is about.
    pub pupils: usize,
}

/// How a chart is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A bar for each label, from nought.
    Bars,
    /// A line for each series.
    Lines,
    /// A row for each series, a column for each label, darker where the value is higher.
    Heat,
}

/// One series.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Series {
    /// What it is of.
    pub name: String,
    /// Its values; `None` where there is none.
    pub values: Vec<Option<i64>>,
    /// Of how many sessions each value is; empty where that is not said.
    pub of: Vec<i64>,
}

impl Series {
    /// A series that does not say of how many its values are.
    pub fn new(name: &str, values: Vec<Option<i64>>) -> Series {
        Series { name: name.to_owned(), values, of: Vec::new() }
    }
}

impl Chart {
    /// Its numbers as a table: a row for each label, or of a heat map one for each series.
    pub fn table(&self) -> Table {
        let table = match self.shape {
            Shape::Bars | Shape::Lines => self.by_label(),
            Shape::Heat => self.by_series(),
        };
        Table { caption: self.title.clone(), ..table }
    }

    fn by_label(&self) -> Table {
        let own = self.series.iter().map(|series| Column::new(&series.name, self.unit));
        let columns = [Column::new(&self.axis, Unit::Text)].into_iter().chain(own).collect();
        let rows = self.labels.iter().enumerate().map(|(place, label)| {
            let values = self.series.iter().map(|series| self.cell(series, place));
            self.row([Cell::text(label.clone())].into_iter().chain(values).collect())
        });
        Table::new(columns, "").with(rows)
    }

    fn by_series(&self) -> Table {
        let own = self.labels.iter().map(|label| Column::new(label, self.unit));
        let columns = [Column::new(&self.axis, Unit::Text)].into_iter().chain(own).collect();
        let rows = self.series.iter().flat_map(|series| {
            let values = (0..self.labels.len()).map(|place| self.cell(series, place));
            let row = [Cell::text(series.name.clone())].into_iter().chain(values);
            let of = [Cell::text(format!("{}: of sessions", series.name))].into_iter();
            let of = (!series.of.is_empty()).then(|| of.chain(series.of.iter().map(|of| Cell::Number(*of))));
            [Some(self.row(row.collect())), of.map(|of| self.row(of.collect()))].into_iter().flatten()
        });
        Table::new(columns, "").with(rows)
    }

    fn row(&self, cells: Vec<Cell<'static>>) -> Row {
        Row { about: About::Group { pupils: self.pupils, of: None }, cells }
    }

    fn cell(&self, series: &Series, place: usize) -> Cell<'static> {
        Cell::some(series.values.get(place).copied().flatten(), |value| self.unit.cell(value))
    }

    /// Every text of it.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let names = self.series.iter_mut().map(|series| &mut series.name);
        names.chain(&mut self.labels).chain([&mut self.title, &mut self.axis])
    }
}
