//! What the rows of an archive's files are, as a JSON Schema.

use serde_json::{Map, Value, json};

use super::file_name;
use crate::store::archive::Scope;
use crate::store::archive::kind::{Column, Holds, Kind};

/// The shape of a line of each file of an archive of so much: a definition for each file.
pub fn schema(scope: Scope) -> Value {
    let rows = |kind: &'static Kind| (file_name(kind.file), row(scope, kind));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A firstbell archive",
        "description": "Each line of a file is one of these; a null is nothing.",
        "$defs": scope.kinds().map(rows).collect::<Map<_, _>>(),
    })
}

fn row(scope: Scope, kind: &'static Kind) -> Value {
    let columns = scope.columns(kind);
    let required: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let properties: Map<_, _> = columns.iter().map(|one| (one.name.to_owned(), value(scope, one))).collect();
    json!({
        "type": "object",
        "description": kind.says,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn value(scope: Scope, column: &Column) -> Value {
    let (kind, more) = match column.holds {
        _ if scope.stands_for(column) => (json!("string"), json!({})),
        Holds::Number | Holds::Act => (json!("integer"), json!({})),
        Holds::Text => (json!("string"), json!({})),
        Holds::Date => (json!("string"), json!({ "format": "date" })),
        Holds::Time => (json!("string"), json!({ "pattern": "^[0-2][0-9]:[0-5][0-9]$" })),
        Holds::Instant => (json!("string"), json!({ "format": "date-time" })),
        Holds::Session => (json!("string"), json!({ "enum": ["AM", "PM"] })),
        Holds::Code => (json!("string"), json!({ "maxLength": 3 })),
        Holds::Any => (json!(["string", "integer"]), json!({})),
    };
    let kind = match (kind, column.or_nothing || scope.stands_for(column)) {
        (kind, false) => kind,
        (kind, true) => json!([kind, "null"]),
    };
    let mut value = Map::from_iter([("type".to_owned(), kind)]);
    if !column.says.is_empty() {
        value.insert("description".to_owned(), column.says.into());
    }
    value.extend(more.as_object().cloned().unwrap_or_default());
    value.into()
}
