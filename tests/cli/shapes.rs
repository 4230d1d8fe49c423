//! The shapes of `--json`: `firstbell schema` says them, every answer fits them, and `docs/commands.md` names every field.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::LazyLock;

use firstbell::domain::act::LogCall;
use firstbell::domain::people::contact::CallOutcome;
use firstbell::domain::school::pin::Pin;
use firstbell::store::Store;
use serde_json::{Map, Value};

use crate::support::*;

/// What the program says of its answers.
static SHAPES: LazyLock<Value> = LazyLock::new(|| schema(&[]));

fn schema(args: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firstbell"));
    read_output(command.env_clear().arg("schema").args(args).output().unwrap()).ends(0).json()
}

/// Every answer that is asked for in JSON has the shape of its command. Called for whatever a test runs.
#[track_caller]
pub fn assert_fits(args: &[&str], output: &CommandOutput) {
    let Some(shape) = args.first().and_then(|command| SHAPES["properties"].get(command)) else { return };
    for line in output.out.lines().filter(|line| args.contains(&"--json") && line.starts_with('{')) {
        let answer = serde_json::from_str(line).unwrap();
        let fits = misfit(&answer, shape);
        assert_eq!(fits, None, "{args:?}: {line}");
    }
}

/// Why `value` is not of this shape, by the words of JSON Schema that shapes are written in. A field that the shape does not name
/// is one too many.
fn misfit(value: &Value, shape: &Value) -> Option<String> {
    let no_fields = Map::new();
    let fields = value.as_object().unwrap_or(&no_fields);
    let listed = |of: &Value| of.as_array().unwrap().clone();
    let unless = |fits: bool, text: String| (!fits).then_some(text);
    shape.as_object().unwrap().iter().find_map(|(word, of)| match word.as_str() {
        // Names and types are compared, not sizes.
        "description" | "format" | "minimum" | "minLength" | "maxLength" => None,
        "additionalProperties" => fields.values().filter(|_| of.is_object()).find_map(|value| misfit(value, of)),
        "$ref" => misfit(value, SHAPES.pointer(&of.as_str().unwrap()[1..]).unwrap()),
        "anyOf" | "oneOf" => {
            let misfits: Option<Vec<String>> = listed(of).iter().map(|shape| misfit(value, shape)).collect();
            misfits.map(|misfits| misfits.join(" / "))
        }
        "const" => unless(value == of, format!("{value} is not {of}")),
        "type" => {
            let is = match value {
                Value::Null => "null",
                Value::Bool(_) => "boolean",
                Value::Number(number) if number.is_f64() => "number",
                Value::Number(_) => "integer",
                Value::String(_) => "string",
                Value::Array(_) => "array",
                Value::Object(_) => "object",
            };
            unless(*of == is || of.as_array().is_some_and(|of| of.contains(&is.into())), format!("{value} is not {of}"))
        }
        "items" => value.as_array()?.iter().find_map(|value| misfit(value, of)),
        "required" => {
            listed(of).iter().find_map(|name| unless(fields.contains_key(name.as_str()?), format!("{name} is missing")))
        }
        "properties" => fields.iter().find_map(|(name, value)| match of.get(name) {
            Some(shape) => misfit(value, shape).map(|text| format!("{name}: {text}")),
            None => Some(format!("{name} is not in the shape")),
        }),
        word => panic!("no test knows the word {word}"),
    })
}

/// The names of all fields that a schema speaks of.
fn fields(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => object.iter().for_each(|(word, schema)| {
            if let ("properties", Value::Object(named)) = (word.as_str(), schema) {
                found.extend(named.keys().cloned());
            }
            fields(schema, found);
        }),
        Value::Array(list) => list.iter().for_each(|schema| fields(schema, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_field_is_named_in_the_page_of_commands() {
    let text = include_str!("../../docs/commands.md").split("\n## JSON").nth(1).unwrap().split("\n## ").next().unwrap();
    let text: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    // The settings have a page of their own.
    for command in SHAPES["properties"].as_object().unwrap().keys().filter(|command| *command != "settings") {
        let mut found = BTreeSet::new();
        fields(&schema(&[command]), &mut found);
        let untold: Vec<&String> = found.iter().filter(|name| !text.contains(name.as_str())).collect();
        assert!(untold.is_empty() && found.len() > 6, "{command}: {untold:?} of {found:?}");
    }
}

#[test]
fn the_answers_of_every_command_have_its_shape() {
    let desk = crate::roles::staffed();
    let file = |name: &str, text: &str| {
        let path = desk.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let marks = "admission_no,date,session,code,shoe\n1,2026-11-24,AM,N,4\n99,2026-11-24,AM,N,4\n4,2026-11-23,AM,7,4\n";
    let marks = file("marks.csv", marks);
    let lessons = file("lessons.csv", "admission_no,date,period,class,code\n1,2026-11-24,1,8KM Maths,N\n");
    let inbox = crate::importing::feeding::inbox(&desk).to_str().unwrap().to_owned();
    std::fs::write(format!("{inbox}/marks.csv"), "admission_no,date,session,code\n1,2026-11-23,PM,N\n").unwrap();
    let messages = "received,name,number,words,from\n2026-11-24 07:58,Kofi Osei,07700 900123,poorly,2026-11-24\n";
    let messages = file("messages.csv", messages);
    let settings = file("again.toml", &desk.run(&["settings"]).out.replace("Harrington High", "Harrington Hall"));
    let [copy, archive, restored, table, page, post, pack] =
        ["copy.db", "copy.zip", "restored.db", "marks.csv.xlsx", "league.html", "post", "pack.html"]
            .map(|name| desk.folder.path().join(name));
    let pin = Pin::chosen("471108").unwrap();
    Store::open(&desk.db, codes()).unwrap().set_pin(&officer(), &pin, now("09:00")).unwrap();
    let mut unanswered: BTreeSet<&str> = SHAPES["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    let mut ask = |desk: &Desk, command: &[&str]| {
        let output = desk.run(&[command, &["--json"]].concat()).ends(0);
        assert!(output.out.starts_with('{'), "{command:?}: {}", output.out);
        unanswered.remove(command[0]);
    };
    ask(&Desk::bare(), &["init", "--name", "Harrington High"]);
    for command in [
        &["watch", "add", "amira", "--reason", "truancy"][..],
        &["chase", "10DP"],
        &["cpoms", "amira khan", "--logged"],
        &["mark", "bilal", "I", "--reason", "rang"],
        &["undo"],
        &["redo"],
        &["import", &lessons],
        &["out", "amira", "dentist"],
        &["call", "amira", "--outcome", "unaware"],
        &["step", "amira", "dsl", "Ms Grey"],
        &["bar", "amira", "--contact", "2", "--reason", "court order"],
        &["settings"],
        &["settings", &settings],
        &["pin", "--forget", &officer().login],
    ] {
        ask(&desk, command);
    }
    desk.perform("09:15", LogCall { outcome: CallOutcome::WrongNumber, ..call(AMIRA, 1) });
    for command in [
        &["import", &marks][..],
        &["late", "kofi", "--at", "08:57"],
        &["late-step", "kofi", "met"],
        &["unmarked"],
        &["unexplained"],
        &["board"],
        &["board", "--year", "8", "--group", "8KM", "--code", "N"],
        &["search", "amira"],
        &["search", "amira", "--note", "toilets, no"],
        &["searches"],
        &["checks"],
        &["ageing"],
        &["lates"],
        &["handover"],
        &["tape"],
        &["list", "dsl"],
        &["list", "lates"],
        &["cpoms", "amira khan"],
        &["fire"],
        &["fire", "8KM", "--seen"],
        &["report-absence", "amira", "--code", "B", "--until", "2026-11-24", "--by", "Ms Lee", "--words", "Harbour AP"],
        &["confirm", "amira", "--by", "Mr Hall"],
        &["back", "amira"],
        &["off-site"],
        &["arrange", "amira", "--code", "V", "--title", "Museum", "--from", "2026-12-01"],
        &["arrangements"],
        &["numbers"],
        &["correct", "contact", "amira", "--contact", "1", "--number", "07700 900999"],
        &["corrections"],
        &["watch"],
        &["watch", "rules"],
        &["sweep", "8KM", "--seen"],
        &["check", "7", "--leave", "somebody else"],
        &["snooze", "10DP"],
        &["cover", "10DP", "--teacher", "Ms Ali"],
        &["register", "10DP", "bilal=N"],
        &["who", "amira khan"],
        &["who", "kofi"],
        &["who", "smith"],
        &["desks"],
        &["staff"],
        &["profile"],
        &["profile", "show", "marks-grid"],
        &["history", "settings"],
        &["imports"],
        &["imports", "1"],
        &["quarantine"],
        &["quarantine", "map", "7", "I"],
        &["quarantine", "meanings"],
        &["leavers"],
        &["refused"],
        &["feed", &inbox, "--once", "--settle", "0"],
        &["handback", "waiting"],
        &["handback"],
        &["handback", "list"],
        &["handback", "show", "1"],
        &["handback", "refuse", "1", "--rows", "1", "--reason", "locked"],
        &["handback", "confirm", "1"],
        &["import", &messages],
        &["inbox"],
        &["disclosures"],
        &["amendments", "kofi"],
        &["case", "open", "amira khan", "--why", "below 90 %"],
        &[
            "case",
            "add",
            "leave",
            "amira khan",
            "--from",
            "2026-12-01",
            "--until",
            "2026-12-02",
            "--by",
            "1",
            "--reason",
            "wedding",
        ],
        &["case"],
        &["case", "show", "amira khan"],
        &["chronology", "amira khan"],
        &["visits"],
        &["letter"],
        &["letter", "suggest"],
        &["letter", "make", "concern-1", "amira khan", "--out", post.to_str().unwrap()],
        &["impact", "amira khan"],
        &["pack", "amira khan", "--for", "panel", "--anyway", "--out", pack.to_str().unwrap()],
        &["year", "amira khan"],
        &["triggers", "--all", "--evidence"],
        &["triggers", "amira khan"],
        &["figures", "--by", "school"],
        &["keys"],
        &["retention"],
        &["sql", "SELECT 1"],
        &["backup", copy.to_str().unwrap()],
        &["archive", archive.to_str().unwrap()],
        &["export", "marks", "--to", table.to_str().unwrap()],
        &["report"],
        &["report", "--due"],
        &["report", "league", "--out", page.to_str().unwrap()],
        &["restore", archive.to_str().unwrap(), "--into", restored.to_str().unwrap()],
    ] {
        ask(&desk, command);
    }
    assert_eq!(unanswered, BTreeSet::from(["demo", "gate"]), "these open the screen");
    for refused in [&["late", "kofi", "--at", "08:58"][..], &["late", "khan"], &["gate", "--as", "reader"]] {
        assert!(desk.run(&[refused, &["--json"]].concat()).ends(1).json()["refused"].is_string());
    }
}
