//! The columns of whoever comes in: what differs from what is held is written, and told in words.

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use super::super::Count;
use crate::domain::incoming::Said;
use crate::store::tables::roll_change::{self, Relation};

/// One column to be written: its name and the value.
pub type Column = (&'static str, Said<Value>);

/// A text, where there is one.
pub fn text(value: Option<&str>) -> Said<Value> {
    Said::of(false, value.map(|text| Value::Text(text.to_owned())))
}

/// A number, where there is one.
pub fn number(value: Option<i64>) -> Said<Value> {
    Said::of(false, value.map(Value::Integer))
}

/// What a file says, as the text of a column.
pub fn said<T>(said: &Said<T>, text: impl Fn(&T) -> String) -> Said<Value> {
    said.as_ref().map(|value| Value::Text(text(value)))
}

/// Columns of which only that they changed is told.
const PRIVATE: [&str; 4] = ["date_of_birth", "language", "address", "postcode"];

/// A column in words.
fn called(column: &str) -> String {
    match column {
        "source_id" => "number in another system".to_owned(),
        "upn" => "UPN".to_owned(),
        "admission_no" => "admission number".to_owned(),
        other => other.replace('_', " "),
    }
}

/// Insert a row, or update what differs; what is not said leaves what is held. Returns the row's number.
pub fn put(
    connection: &Connection,
    relation: Relation,
    known: Option<i64>,
    columns: &[Column],
    count: &mut Count,
) -> rusqlite::Result<(i64, Vec<String>)> {
    let table = relation.table();
    let Some(id) = known else {
        let number = roll_change::new_number(connection, relation)?;
        let columns = [&[("id", Said::Value(Value::Integer(number)))], columns].concat();
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let marks: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
        let sql = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), marks.join(", "));
        connection.prepare_cached(&sql)?.execute(params_from_iter(columns.iter().map(|(_, said)| said.value())))?;
        count.new += 1;
        return Ok((number, Vec::new()));
    };
    let set: Vec<&Column> = columns.iter().filter(|(_, said)| *said != Said::Nothing).collect();
    let names: Vec<&str> = set.iter().map(|(name, _)| *name).collect();
    let select = format!("SELECT {} FROM {table} WHERE id = ?1", names.join(", "));
    let held: Vec<Value> = connection
        .prepare_cached(&select)?
        .query_row([id], |row| (0..set.len()).map(|column| row.get(column)).collect())?;
    let mut changed = Vec::new();
    for ((name, said), held) in set.into_iter().zip(held) {
        let value = said.value().unwrap_or(&Value::Null);
        if held != *value {
            let update = format!("UPDATE {table} SET {name} = ?2 WHERE id = ?1");
            connection.prepare_cached(&update)?.execute(params![id, value])?;
            let what = called(name);
            if PRIVATE.contains(name) {
                changed.push(format!("{what} changed"));
                continue;
            }
            let [held, given] = [&held, value].map(|value| shown(connection, name, value));
            changed.push(format!("{what}: {} → {}", held?, given?));
        }
    }
    if changed.is_empty() {
        count.same += 1;
    } else {
        count.changed += 1;
    }
    Ok((id, changed))
}

/// A value in words: of a group, a tutor or a household, its name.
fn shown(connection: &Connection, column: &str, value: &Value) -> rusqlite::Result<String> {
    let named = match column {
        "tutor_group" => "SELECT name FROM tutor_group WHERE id = ?1",
        "tutor" => "SELECT name FROM staff WHERE id = ?1",
        "household" => "SELECT key FROM household WHERE id = ?1",
        _ => "SELECT replace(CAST(?1 AS TEXT), char(10), ', ')",
    };
    match value {
        Value::Null => Ok("nothing".to_owned()),
        value @ (Value::Integer(_) | Value::Real(_) | Value::Text(_) | Value::Blob(_)) => {
            connection.prepare_cached(named)?.query_row([value], |row| row.get(0))
        }
    }
}
