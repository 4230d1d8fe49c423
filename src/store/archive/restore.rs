//! A new file of an archive's rows. It is laid down as the schema of the archive had it, and upgraded as a file of that time would be:
//! SQLite itself refuses a row that is none.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveTime};
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, ErrorCode, params_from_iter};
use serde_json::{Map, Value};

use super::kind::{Holds, Kind};
use crate::domain::code::{Code, CodeTable};
use crate::store::Fault;
use crate::store::file::open;
use crate::store::file::schema;
use crate::store::read::roll;

/// Why a row was not taken.
#[derive(Debug)]
pub enum RowFault {
    /// It is no valid row: why, to follow "line 3".
    NoRow(String),
    /// The file that is made.
    Fault(Fault),
}

/// The tables of a new file, to be filled.
pub struct Rows<'c> {
    path: &'c Path,
    connection: &'c Connection,
    tables: HashMap<&'static str, Table>,
}

/// A table as the schema of the archive has it.
struct Table {
    columns: Vec<(String, Option<Holds>)>,
    insert: String,
}

/// Make the file, or none.
pub fn restore<E: From<Fault>>(
    path: &Path,
    number: i64,
    fill: impl FnOnce(&mut Rows<'_>) -> Result<(), E>,
) -> Result<(), E> {
    open::create_by(path, open::patient, |connection, part| {
        let fault = |error: rusqlite::Error| Fault::from_sqlite(path, &error);
        let mut failed = None;
        let filled = schema::create_of(connection, number, |connection| {
            let mut rows = Rows { path: part, connection, tables: HashMap::new() };
            fill(&mut rows).map_err(|why| {
                failed = Some(why);
                rusqlite::Error::InvalidQuery
            })
        });
        if let Some(why) = failed {
            return Err(why);
        }
        filled.map_err(fault)?;
        schema::upgrade(connection).map_err(fault)?;
        // What no table refuses must be readable as a school all the same.
        let codes = CodeTable::national()
            .map_err(|error| Fault::Unreadable { path: path.to_owned(), what: error.to_string() })?;
        roll::load(connection, codes.into(), NaiveDate::MAX).map_err(fault)?;
        Ok(())
    })
}

impl Rows<'_> {
    /// Put a row into its table.
    pub fn put(&mut self, kind: &'static Kind, row: &Map<String, Value>) -> Result<(), RowFault> {
        let connection = self.connection;
        let fault = |error: rusqlite::Error| RowFault::Fault(Fault::from_sqlite(self.path, &error));
        let table = match self.tables.entry(kind.table) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Table::of(connection, kind).map_err(fault)?),
        };
        if let Some(other) = row.keys().find(|name| !table.columns.iter().any(|(column, _)| column == *name)) {
            return Err(RowFault::NoRow(format!("has “{other}”, which is no column of it")));
        }
        let cells: Vec<Cell> = table
            .columns
            .iter()
            .map(|(name, holds)| match row.get(name) {
                Some(value) => cell(name, *holds, value),
                None => Err(format!("lacks “{name}”")),
            })
            .collect::<Result<_, _>>()
            .map_err(RowFault::NoRow)?;
        let put =
            connection.prepare_cached(&table.insert).and_then(|mut insert| insert.execute(params_from_iter(cells)));
        put.map(|_| ()).map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch) => RowFault::NoRow(match &error {
                rusqlite::Error::SqliteFailure(_, Some(text)) => format!("is no row of it: {text}"),
                other => format!("is no row of it: {other}"),
            }),
            _ => fault(error),
        })
    }

    /// Whether the schema of the archive has this table.
    pub fn knows(&self, kind: &Kind) -> Result<bool, RowFault> {
        let found = self
            .connection
            .query_row("SELECT count(*) FROM pragma_table_info(?1)", [kind.table], |row| row.get::<_, i64>(0));
        found.map(|columns| columns > 0).map_err(|error| RowFault::Fault(Fault::from_sqlite(self.path, &error)))
    }
}

impl Table {
    fn of(connection: &Connection, kind: &Kind) -> rusqlite::Result<Table> {
        let mut statement = connection.prepare_cached("SELECT name FROM pragma_table_info(?1)")?;
        let names = statement.query_map([kind.table], |row| row.get::<_, String>(0))?;
        let names = names.collect::<rusqlite::Result<Vec<_>>>()?;
        let insert = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            kind.table,
            names.join(", "),
            vec!["?"; names.len()].join(", "),
        );
        let holds = |name: &str| kind.columns.iter().find(|column| column.name == name).map(|column| column.holds);
        let columns = names
            .into_iter()
            .map(|name| {
                let holds = holds(&name);
                (name, holds)
            })
            .collect();
        Ok(Table { columns, insert })
    }
}

/// What is kept of a value; or why it is none of this column.
fn cell(name: &str, holds: Option<Holds>, value: &Value) -> Result<Cell, String> {
    let number = |value: &Value| value.as_i64().map(Cell::Integer);
    let text =
        |fits: fn(&str) -> bool| value.as_str().filter(|text| fits(text)).map(|text| Cell::Text(text.to_owned()));
    let (found, wanted) = match (value, holds) {
        (Value::Null, _) => (Some(Cell::Null), ""),
        (_, Some(Holds::Number | Holds::Act)) => (number(value), "a whole number"),
        (_, Some(Holds::Text)) => (text(|_| true), "text"),
        (_, Some(Holds::Date)) => (text(is_date), "a date"),
        (_, Some(Holds::Time)) => (text(is_time), "a time"),
        (_, Some(Holds::Instant)) => (text(is_instant), "an instant"),
        (_, Some(Holds::Session)) => (text(|text| ["AM", "PM"].contains(&text)), "AM or PM"),
        (_, Some(Holds::Code)) => (text(|text| Code::parse(text).is_some_and(|code| code.as_str() == text)), "a code"),
        (_, Some(Holds::Any) | None) => (number(value).or_else(|| text(|_| true)), "text or a whole number"),
    };
    found.ok_or_else(|| format!("has a wrong “{name}”: {wanted} is wanted there"))
}

fn is_date(text: &str) -> bool {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok_and(|date| date.to_string() == text)
}

fn is_time(text: &str) -> bool {
    NaiveTime::parse_from_str(text, "%H:%M").is_ok_and(|time| time.format("%H:%M").to_string() == text)
}

fn is_instant(text: &str) -> bool {
    text.ends_with('Z') && DateTime::parse_from_rfc3339(text).is_ok()
}
