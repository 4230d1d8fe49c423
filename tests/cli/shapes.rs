//! The shapes of `--json`: whoever reads them reads `docs/commands.md`, so every field is named there.

use std::collections::BTreeSet;

use firstbell::domain::act::LogCall;
use firstbell::domain::people::contact::CallOutcome;
use serde_json::Value;

use crate::support::{AMIRA, call};

fn fields(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| {
            found.insert(name.clone());
            fields(value, found);
        }),
        Value::Array(list) => list.iter().for_each(|value| fields(value, found)),
        _ => {}
    }
}

#[test]
fn every_field_is_named_in_the_page_of_commands() {
    let desk = crate::roles::staffed();
    let file = desk.folder.path().join("marks.csv");
    let marks = "admission_no,date,session,code,shoe\n1,2026-11-24,AM,N,4\n99,2026-11-24,AM,N,4\n";
    std::fs::write(&file, marks).unwrap();
    desk.run(&["watch", "add", "amira", "--reason", "truancy"]).ends(0);
    desk.run(&["chase", "10DP"]).ends(0);
    desk.run(&["cpoms", "amira khan", "--logged"]).ends(0);
    desk.run(&["mark", "bilal", "I", "--reason", "rang"]).ends(0);
    desk.run(&["undo"]).ends(0);
    desk.import("lessons.csv", "admission_no,date,period,class,code\n1,2026-11-24,1,8KM Maths,N\n", &[]).ends(0);
    desk.run(&["out", "amira", "dentist"]).ends(0);
    desk.perform("09:15", LogCall { outcome: CallOutcome::WrongNumber, ..call(AMIRA, 1) });
    let mut found = BTreeSet::new();
    for command in [
        &["import", file.to_str().unwrap()][..],
        &["late", "kofi", "--at", "08:57"],
        &["late", "kofi", "--at", "08:58"],
        &["late", "khan"],
        &["unmarked"],
        &["unexplained"],
        &["checks"],
        &["searches"],
        &["ageing"],
        &["lates"],
        &["handover"],
        &["tape"],
        &["list", "dsl"],
        &["list", "lates"],
        &["cpoms", "amira khan"],
        &["fire"],
        &["report-absence", "amira", "--code", "B", "--until", "2026-11-24", "--by", "Ms Lee", "--words", "Harbour AP"],
        &["confirm", "amira", "--by", "Mr Hall"],
        &["off-site"],
        &["numbers"],
        &["watch"],
        &["watch", "rules"],
        &["who", "amira khan"],
        &["who", "kofi"],
        &["who", "smith"],
        &["staff"],
        &["disclosures"],
        &["amendments", "kofi"],
        &["keys"],
        &["sql", "SELECT 1"],
    ] {
        fields(&desk.run(&[command, &["--json"]].concat()).json(), &mut found);
    }
    assert!(found.len() > 80, "{}", found.len());
    let told = include_str!("../../docs/commands.md").split("\n## JSON").nth(1).unwrap().split("\n## ").next().unwrap();
    let told: BTreeSet<&str> = told.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let untold: Vec<&String> = found.iter().filter(|name| !told.contains(name.as_str())).collect();
    assert!(untold.is_empty(), "{untold:?}");
}
