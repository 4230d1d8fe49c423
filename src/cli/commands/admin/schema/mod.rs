//! `schema`: the shape of every command's JSON answer, for authors of programs that read it.

#[cfg(test)]
mod tests;

use std::io::Write;

use serde_json::{Map, Value};

use crate::cli::Failure;
use crate::cli::desk::print;

/// What every command answers with --json, as a JSON Schema
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Only what this command answers: `who`
    command: Option<String>,
}

/// The shapes of all answers: a property for each command. A test makes the file from the structs that are answered with.
const ANSWERS: &str = include_str!("../../../../../data/answers.schema.json");

/// Print it.
pub fn run(args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let all = serde_json::from_str(ANSWERS).map_err(damaged)?;
    let shown = match &args.command {
        Some(command) => of(command, &all)?,
        None => all,
    };
    serde_json::to_string_pretty(&shown).map_err(damaged)?.lines().try_for_each(|line| print(out, line))
}

fn damaged(error: serde_json::Error) -> Failure {
    Failure::Program(error.to_string())
}

/// The schema of one command's answer, with the definitions that it needs and no others.
fn of(command: &str, all: &Value) -> Result<Value, Failure> {
    let Some(Value::Object(mut schema)) = all.pointer(&format!("/properties/{command}")).cloned() else {
        return Err(Failure::Usage(format!("no answer in JSON is called “{command}”: give the name of a command")));
    };
    let mut needed = Map::new();
    schema.values().for_each(|value| gather(value, all, &mut needed));
    schema.insert("$defs".to_owned(), Value::Object(needed));
    schema.extend(all.get("$schema").map(|dialect| ("$schema".to_owned(), dialect.clone())));
    Ok(Value::Object(schema))
}

/// Put the definitions that `schema` refers to into `needed`, and those that they refer to themselves.
fn gather(schema: &Value, all: &Value, needed: &mut Map<String, Value>) {
    match schema {
        Value::Object(object) => object.values().for_each(|value| gather(value, all, needed)),
        Value::Array(list) => list.iter().for_each(|value| gather(value, all, needed)),
        Value::String(text) => {
            let Some(name) = text.strip_prefix("#/$defs/").filter(|name| !needed.contains_key(*name)) else { return };
            let Some(definition) = all.pointer(&format!("/$defs/{name}")) else { return };
            needed.insert(name.to_owned(), definition.clone());
            gather(definition, all, needed);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
