//! The record row by row, for an archive: every table as of one moment, and a new file filled from such rows.

pub mod kind;
mod kinds;
mod others;
mod restore;

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};

use self::kind::{Column, Holds, Kind, Own, Plain};
pub use self::kinds::kinds;
use self::others::Others;
pub use self::restore::{RowFault, Rows};
use super::columns::unreadable;
use super::file::open::{connect, patient};
use super::file::schema;
use super::{Fault, Store};
use crate::domain::people::contact::masked;
use crate::domain::people::numbers_in_words::without_numbers;
use crate::domain::people::pupil::PupilId;

/// What an archive is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// The whole record.
    Whole,
    /// What is held of one pupil, for whoever may ask for it: nothing of others.
    Pupil(PupilId),
    /// What stands, without numbers of rows, instants and signatures: what two records can be compared by.
    Plain,
}

impl Scope {
    /// The word an archive says it by.
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Whole => "whole",
            Scope::Pupil(_) => "pupil",
            Scope::Plain => "plain",
        }
    }

    /// Whether it says whose it is.
    pub fn is_signed(self) -> bool {
        match self {
            Scope::Whole | Scope::Pupil(_) => true,
            Scope::Plain => false,
        }
    }

    /// Whether it has, in this column, a name of what the record has a number of.
    pub fn stands_for(self, column: &Column) -> bool {
        self == Scope::Plain && matches!(column.plain, Plain::As(_))
    }

    /// The tables that it has rows of.
    pub fn kinds(self) -> impl Iterator<Item = &'static Kind> {
        kinds().filter(move |kind| match self {
            Scope::Whole => true,
            Scope::Pupil(_) => kind.own.is_some() || kind.table == JOURNAL,
            Scope::Plain => kind.plain.is_some(),
        })
    }

    /// The columns that it has of a table, by their names.
    pub fn columns(self, kind: &'static Kind) -> Vec<&'static Column> {
        let mut columns: Vec<&Column> = kind.columns.iter().filter(|column| self.has(column)).collect();
        columns.sort_by_key(|column| column.name);
        columns
    }

    fn has(self, column: &Column) -> bool {
        match self {
            Scope::Whole => true,
            Scope::Pupil(_) => column.own != Own::Left,
            Scope::Plain => column.plain != Plain::Left,
        }
    }

    /// Which rows of a table it has, in SQL about the row `t`.
    fn condition(self, kind: &Kind) -> String {
        match self {
            Scope::Whole => "1".to_owned(),
            Scope::Pupil(pupil) if kind.table == JOURNAL => {
                format!("t.id IN ({})", entries_of(self).replace("?1", &pupil.0.to_string()))
            }
            Scope::Pupil(pupil) => kind.own.unwrap_or("0").replace("?1", &pupil.0.to_string()),
            Scope::Plain => kind.plain.unwrap_or("0").to_owned(),
        }
    }
}

/// The table of the journal.
const JOURNAL: &str = "act";

/// The numbers of the journal that one pupil's rows bear, in SQL.
fn entries_of(scope: Scope) -> String {
    let of_table = |kind: &'static Kind| {
        let rows = kind.own.filter(|_| kind.table != JOURNAL);
        let bears = move |column: &&Column| column.holds == Holds::Act;
        rows.into_iter().flat_map(move |rows| {
            let from = format!("FROM {} t WHERE {rows}", kind.table);
            kind.columns.iter().filter(bears).map(move |column| format!("SELECT t.{} {from}", column.name))
        })
    };
    scope.kinds().flat_map(of_table).collect::<Vec<_>>().join(" UNION ")
}

/// Why an archive was not written: the file, or whatever takes the rows.
#[derive(Debug)]
pub enum Stopped<E> {
    /// The file.
    Fault(Fault),
    /// Whatever takes the rows.
    Taker(E),
}

/// The file as it is at one moment, whatever others write meanwhile.
pub struct Snapshot {
    path: PathBuf,
    connection: Connection,
    scope: Scope,
    /// What stands for others in words about one pupil.
    others: Others,
}

impl Store {
    /// The file as it is now, for an archive of so much. While an import is under way in it there is none: it would have a part of that.
    pub fn snapshot(&self, scope: Scope) -> Result<Snapshot, Fault> {
        let connection = connect(&self.path, patient)?;
        // The moment is that of the first read.
        let begin = "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; BEGIN; SELECT one FROM school;";
        connection.execute_batch(begin).map_err(|error| self.fault(&error))?;
        self.is_whole(&connection)?;
        let others = match scope {
            Scope::Pupil(pupil) => Others::known(&connection, pupil).map_err(|error| self.fault(&error))?,
            Scope::Whole | Scope::Plain => Others::default(),
        };
        Ok(Snapshot { path: self.path.clone(), connection, scope, others })
    }

    /// Make a new file at `path` of the rows that `fill` gives, as the schema of that number has them, and bring it up to the schema of
    /// today. If anything fails there is no file.
    pub fn restore<E: From<Fault>>(
        path: &Path,
        schema: i64,
        fill: impl FnOnce(&mut Rows<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        restore::restore(path, schema, fill)
    }

    /// The number of the schema that this program writes.
    pub fn schema() -> i64 {
        schema::known()
    }
}

impl Snapshot {
    /// What it is for an archive of.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Give each row of a table to `take`, in order, its columns by their names; answers how many there are.
    pub fn rows<E>(
        &self,
        kind: &'static Kind,
        mut take: impl FnMut(&Map<String, Value>) -> Result<(), E>,
    ) -> Result<u64, Stopped<E>> {
        let fault = |error: rusqlite::Error| Stopped::Fault(Fault::from_sqlite(&self.path, &error));
        let columns = self.scope.columns(kind);
        let mut statement = self.connection.prepare(&self.question(kind, &columns)).map_err(fault)?;
        let mut rows = statement.query([]).map_err(fault)?;
        let mut count = 0;
        while let Some(row) = rows.next().map_err(fault)? {
            let mut object = Map::new();
            for (place, column) in columns.iter().enumerate() {
                let value = row.get_ref(place).and_then(|value| json(place, value)).map_err(fault)?;
                object.insert(column.name.to_owned(), self.seen(column, value));
            }
            take(&object).map_err(Stopped::Taker)?;
            count += 1;
        }
        Ok(count)
    }

    fn question(&self, kind: &Kind, columns: &[&Column]) -> String {
        let told = |column: &&Column| match (self.scope, column.plain) {
            (Scope::Plain, Plain::As(sql)) => format!("{sql} AS {}", column.name),
            _ => format!("t.{0} AS {0}", column.name),
        };
        let told: Vec<String> = columns.iter().map(told).collect();
        let order = match self.scope {
            // Numbers of rows say in which order they came, which is not compared.
            Scope::Plain => (1..=columns.len()).map(|place| place.to_string()).collect::<Vec<_>>().join(", "),
            Scope::Whole | Scope::Pupil(_) => {
                kind.order.split(", ").map(|one| format!("t.{one}")).collect::<Vec<_>>().join(", ")
            }
        };
        let rows = self.scope.condition(kind);
        format!("SELECT {} FROM {} t WHERE {rows} ORDER BY {order}", told.join(", "), kind.table)
    }

    /// A row of `table` that another table has as JSON: what of it is seen in its own.
    fn row_seen(&self, table: &str, row: &str) -> Value {
        let row = serde_json::from_str::<Map<String, Value>>(row).unwrap_or_default();
        let kind = kinds().find(|kind| kind.table == table);
        let column = |name: &str| kind.and_then(|kind| kind.columns.iter().find(|column| column.name == name));
        let seen = row.into_iter().filter_map(|(name, value)| {
            let column = column(&name).filter(|column| self.scope.has(column))?;
            Some((name, self.seen(column, value)))
        });
        Value::Object(seen.collect()).to_string().into()
    }

    fn seen(&self, column: &Column, value: Value) -> Value {
        match (self.scope, column.own, value) {
            (Scope::Pupil(_), Own::Masked, Value::String(numbers)) => {
                numbers.lines().map(masked).collect::<Vec<_>>().join("\n").into()
            }
            (Scope::Pupil(_), Own::Words, Value::String(words)) => {
                without_numbers(&self.others.left_out_of(&words)).into()
            }
            (Scope::Pupil(_), Own::Row(table), Value::String(row)) => self.row_seen(table, &row),
            (_, _, value) => value,
        }
    }
}

/// A value as JSON. The record holds texts and whole numbers only.
fn json(place: usize, value: ValueRef<'_>) -> rusqlite::Result<Value> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(number.into()),
        ValueRef::Text(_) => Ok(value.as_str().map_err(|_| unreadable(place, "not UTF-8"))?.into()),
        ValueRef::Real(number) => Err(unreadable(place, &number.to_string())),
        ValueRef::Blob(_) => Err(unreadable(place, "bytes")),
    }
}
