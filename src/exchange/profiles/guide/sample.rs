//! What stands in each column of a table: its different cells, how often and since which line.

use hashbrown::HashMap;

use crate::exchange::Read;
use crate::exchange::fault::ReadFault;
use crate::exchange::table::layout::Layout;
use crate::exchange::table::{Column, ROWS_MAX, Table};
use crate::exchange::unsaved::UNSAVED;

/// So many different cells of a column are held: more than there are dates or marks, and enough numbers of pupils.
const VALUES_MAX: usize = 20_000;

/// One of the different cells of a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Value {
    /// What stands there.
    pub text: String,
    /// In how many rows.
    pub rows: usize,
    /// On which line first.
    pub line: u64,
}

/// What stands in a column.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cells {
    /// Its heading, as it stands there.
    pub heading: String,
    /// The how manyth it is of the columns of that heading, from 1; of one alone, none.
    pub which: Option<usize>,
    /// Its different cells that are not blank, the first first.
    pub values: Vec<Value>,
    /// Rows in which something stands.
    pub rows: usize,
}

impl Cells {
    /// Of its different cells, how many are so.
    pub fn count(&self, is: impl Fn(&str) -> bool) -> usize {
        self.values.iter().filter(|one| is(&one.text)).count()
    }

    /// Whether nearly all of its different cells are so, and there are any: nine of ten, or of a few all but one.
    pub fn are(&self, is: impl Fn(&str) -> bool) -> bool {
        let (fit, all) = (self.count(is), self.values.len());
        all > 0 && (fit * 10 >= all * 9 || (fit > 2 && fit + 1 == all))
    }

    /// Whether no two rows have the same.
    pub fn are_each_once(&self) -> bool {
        self.rows > 1 && self.values.len() == self.rows
    }
}

/// The columns of the table that lies in `text` as `layout` says, and how many rows it has.
pub fn cells(file: &str, text: &str, layout: &Layout) -> Result<(Vec<Cells>, usize), ReadFault> {
    let mut quiet = |_: crate::exchange::Progress<'_>| {};
    let mut table = Table::laid_out(file, text, layout, &[], ROWS_MAX, &mut quiet);
    table.leave_foot();
    let mut columns: Vec<Cells> = headed(&layout.headings);
    let mut places: Vec<HashMap<String, usize>> = vec![HashMap::new(); columns.len()];
    let (mut read, mut rows) = (Read::default(), 0);
    while let Some(row) = table.next(&mut read.rejects) {
        rows += 1;
        for (place, (column, places)) in columns.iter_mut().zip(&mut places).enumerate() {
            let cell = row.cell(Column::new("", Some(place)));
            // What was not saved is no cell to judge by; the rows are refused when they are read.
            if cell.is_blank() || cell.as_str() == UNSAVED {
                continue;
            }
            column.rows += 1;
            match places.get(cell.as_str()).copied() {
                Some(at) => column.values.iter_mut().skip(at).take(1).for_each(|value| value.rows += 1),
                None if column.values.len() < VALUES_MAX => {
                    places.insert(cell.as_str().to_owned(), column.values.len());
                    column.values.push(Value { text: cell.as_str().to_owned(), rows: 1, line: row.line() });
                }
                None => {}
            }
        }
    }
    table.close(&mut read)?;
    Ok((columns, rows))
}

fn headed(headings: &[String]) -> Vec<Cells> {
    let same = |one: &str, other: &str| super::plain_heading(one) == super::plain_heading(other);
    let which = |place: usize, heading: &String| {
        let before = headings.iter().take(place).filter(|one| same(one, heading)).count();
        let is_alone = headings.iter().filter(|one| same(one, heading)).count() == 1;
        (!is_alone).then_some(before + 1)
    };
    let column = |(place, heading): (usize, &String)| Cells {
        heading: heading.trim().to_owned(),
        which: which(place, heading),
        ..Cells::default()
    };
    headings.iter().enumerate().map(column).collect()
}
