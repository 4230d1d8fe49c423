//! A table of a report: columns of one kind each, and rows that know whom they are about.

use crate::domain::counted::counted;
use crate::report::tables::cell::Cell;

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// What it shows; may be empty where the heading above says it.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows: as many cells as there are columns.
    pub rows: Vec<Row>,
    /// What is said where there is no row.
    pub none: String,
    /// Where its rows are written.
    pub shown: Shown,
    /// Whether its percentages of attendance have a colour each, where there are any.
    pub has_bands: bool,
}

/// Where the rows of a table are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// Everywhere.
    Everywhere,
    /// In CSV and workbooks: too many or too wide for text and paper, which say how many there are.
    InSpreadsheets,
}

/// A column of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its heading, with the unit where there is one: "attendance %".
    pub heading: String,
    /// What its cells are.
    pub unit: Unit,
    /// Whether it names somebody, if only a teacher.
    pub is_name: bool,
    /// Whether it is the share of all that the pupils counted in the column before are: it tells how many these are.
    pub is_share: bool,
}

/// What the cells of a column are, or the values of a chart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Texts.
    Text,
    /// Whole numbers.
    Number,
    /// Whole numbers of pupils.
    Pupils,
    /// Tenths of a percent.
    Percent,
    /// Tenths of a point, up or down.
    Points,
    /// Minutes.
    Minutes,
    /// Days.
    Date,
}

/// A row of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Whom it is about.
    pub about: About,
    /// Its cells.
    pub cells: Vec<Cell<'static>>,
}

/// Whom a row is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// All of the rows above together.
    Total,
    /// So many pupils. Those of one `of` add up to something that is told elsewhere.
    Group {
        /// How many.
        pupils: usize,
        /// What they are a part of: a year group; `None` is the whole.
        of: Option<i64>,
    },
    /// One pupil.
    Pupil,
    /// No pupil: a register.
    Nobody,
}

impl Unit {
    /// A value of it.
    pub fn cell(self, value: i64) -> Cell<'static> {
        match self {
            Unit::Text | Unit::Number | Unit::Pupils | Unit::Date => Cell::Number(value),
            Unit::Percent => Cell::Percent(value),
            Unit::Points => Cell::Points(value),
            Unit::Minutes => Cell::Minutes(value),
        }
    }

    /// Whether its cells are numbers, and stand at the right.
    pub fn is_number(self) -> bool {
        !matches!(self, Unit::Text | Unit::Date)
    }

    /// What stands behind a value that stands alone: " %".
    pub fn sign(self) -> &'static str {
        match self {
            Unit::Percent => " %",
            Unit::Points => " points",
            Unit::Minutes => " min",
            Unit::Text | Unit::Number | Unit::Pupils | Unit::Date => "",
        }
    }
}

impl Column {
    /// A column under this heading.
    pub fn new(heading: &str, unit: Unit) -> Column {
        Column { heading: heading.to_owned(), unit, is_name: false, is_share: false }
    }

    /// The share that the pupils counted in the column before are.
    pub fn share(heading: &str) -> Column {
        Column { is_share: true, ..Column::new(heading, Unit::Percent) }
    }

    /// One that names somebody.
    pub fn name(heading: &str) -> Column {
        Column { is_name: true, ..Column::new(heading, Unit::Text) }
    }
}

impl Row {
    /// A row about so many pupils, who are a part of `of`.
    pub fn group(pupils: usize, of: Option<i64>, cells: Vec<Cell<'static>>) -> Row {
        Row { about: About::Group { pupils, of }, cells }
    }

    /// A row about one pupil.
    pub fn pupil(cells: Vec<Cell<'static>>) -> Row {
        Row { about: About::Pupil, cells }
    }

    /// The sum of the rows above.
    pub fn total(cells: Vec<Cell<'static>>) -> Row {
        Row { about: About::Total, cells }
    }
}

impl Table {
    /// A table without rows yet.
    pub fn new(columns: Vec<Column>, none: &str) -> Table {
        Table {
            caption: String::new(),
            columns,
            rows: Vec::new(),
            none: none.to_owned(),
            shown: Shown::Everywhere,
            has_bands: false,
        }
    }

    /// The same with these rows.
    pub fn with(self, rows: impl IntoIterator<Item = Row>) -> Table {
        Table { rows: rows.into_iter().collect(), ..self }
    }

    /// The same under a caption.
    pub fn called(self, caption: &str) -> Table {
        Table { caption: caption.to_owned(), ..self }
    }

    /// The same, its rows in spreadsheets alone.
    pub fn for_spreadsheets(self) -> Table {
        Table { shown: Shown::InSpreadsheets, ..self }
    }

    /// The same, its percentages coloured.
    pub fn with_bands(self) -> Table {
        Table { has_bands: true, ..self }
    }

    /// What is said in the place of rows that are in spreadsheets alone; `None` where they are written here too.
    pub fn elsewhere(&self) -> Option<String> {
        let is_elsewhere = self.shown == Shown::InSpreadsheets && !self.rows.is_empty();
        is_elsewhere
            .then(|| format!("{}, in the CSV file and the workbook of this report.", counted(self.rows.len(), "row")))
    }

    /// Every text of it but its cells.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let headings = self.columns.iter_mut().map(|column| &mut column.heading);
        headings.chain([&mut self.caption, &mut self.none])
    }
}
