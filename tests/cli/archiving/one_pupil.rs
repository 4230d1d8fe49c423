//! What is held of one pupil, for whoever may ask for it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{at, files, made_up};
use crate::support::*;

fn strings(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            found.insert(text.clone());
        }
        Value::Array(list) => list.iter().for_each(|one| strings(one, found)),
        Value::Object(object) => object.values().for_each(|one| strings(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn one_pupil_s_archive_has_what_is_theirs() {
    let desk = Desk::harrington();
    desk.run(&["mark", "amira", "I", "--reason", "migraine", "--json"]).ends(0);
    desk.run(&[
        "call",
        "amira",
        "--contact",
        "1",
        "--outcome",
        "spoke",
        "--note",
        "MRS  KHAN says bilal khan (004) is ill too, ring Bilal on 07700 900456 or gran@example.org; will rest by 2026-11-25",
    ])
    .ends(0);
    desk.run(&["who", "amira", "--numbers"]).ends(0);
    // A row of the roll as it was and became says nothing of the household either.
    desk.import(
        "roll.csv",
        "admission_no,surname,forename,year,tutor_group,household\n1,Khan,Amira,8,8KM,H1\n2,Khan,Bilal,8,10DP,H1\n",
        &[],
    )
    .ends(0);
    desk.run(&["late", "bilal", "--at", "08:57"]).ends(0);
    let (path, archive) = at(&desk, "amira.zip");
    let said = desk.run(&["archive", &archive, "--pupil", "amira"]).ends(0).out;
    assert!(said.starts_with("What is held of Khan, Amira"), "{said}");
    let files = files(&path);
    let rows = |name: &str| -> Vec<Value> {
        files[&format!("{name}.jsonl")].lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let mark = rows("marks").remove(0);
    assert_eq!([&mark["tutor"], &mark["code"]], ["N", "I"]);
    assert!(rows("amendments").iter().any(|row| row["reason"] == "migraine" && row["new"] == "I"));
    assert_eq!((rows("pupils").len(), &rows("pupils")[0]["forename"]), (1, &"Amira".into()));
    let changes = rows("changes");
    assert!(!changes.is_empty() && changes.iter().all(|row| !row.to_string().contains("household")), "{changes:?}");
    assert!(changes.iter().any(|row| row["became"].as_str().is_some_and(|row| row.contains("\"forename\":\"Amira\""))));
    let call = rows("calls").remove(0);
    let note =
        "[left out] says [left out] (004) is ill too, ring [left out] on •••• 456 or ••••; will rest by 2026-11-25";
    assert_eq!(call["note"], note);
    assert!(call["number"].is_null() || call["number"].as_str().unwrap().starts_with("••••"));
    assert!(rows("contacts").iter().all(|row| row.get("name").is_none() && row["relationship"].is_string()));
    assert!(rows("disclosures").iter().any(|row| row["shown"] == "number"));
    let kinds: BTreeSet<String> = rows("journal").iter().map(|row| row["kind"].as_str().unwrap().to_owned()).collect();
    assert!(kinds.contains("amend") && kinds.contains("call"), "{kinds:?}");
    assert!(rows("journal").iter().all(|row| row.get("detail").is_none()));
    // It is for a person, and no school can be made of it.
    let (_, new) = at(&desk, "new.db");
    let output = desk.run(&["restore", &archive, "--into", &new]).ends(3);
    assert!(output.err.contains("is not of the whole record"), "{}", output.err);
    desk.run(&["archive", &archive, "--pupil", "nobody at all"]).ends(1);
    desk.run(&["archive", &archive, "--pupil", "amira", "--plain"]).ends(2);
    assert_eq!(desk.run(&["disclosures", "--json"]).rows().last().unwrap()["what"], "archive of the pupil");
}

#[test]
fn nothing_of_anybody_else_is_in_one_pupil_s_archive() {
    let (desk, _) = made_up();
    let ids = desk.ask("SELECT id FROM pupil ORDER BY id LIMIT 12");
    let others = |question: &str, pupil: &str| -> Vec<String> {
        desk.ask(&question.replace("?1", pupil)).into_iter().flatten().flatten().collect()
    };
    let mut held = 0;
    for id in ids.into_iter().flatten().flatten() {
        let number = desk.ask(&format!("SELECT admission_no FROM pupil WHERE id = {id}"))[0][0].clone().unwrap();
        let (path, archive) = at(&desk, &format!("{id}.zip"));
        desk.run(&["archive", &archive, "--pupil", &number]).ends(0);
        let mut found = BTreeSet::new();
        for (name, text) in files(&path).into_iter().filter(|(name, _)| name.ends_with(".jsonl")) {
            for line in text.lines() {
                let row: Value = serde_json::from_str(line).unwrap();
                assert!(row.get("pupil").is_none_or(|pupil| *pupil == id.parse::<i64>().unwrap()), "{name}: {line}");
                strings(&row, &mut found);
                held += 1;
            }
        }
        let all: String = found.into_iter().collect::<Vec<_>>().join("\n");
        for question in [
            "SELECT upn FROM pupil WHERE id <> ?1 AND upn IS NOT NULL",
            "SELECT surname || ', ' || forename FROM pupil p WHERE id <> ?1
             AND NOT EXISTS (SELECT 1 FROM pupil WHERE id = ?1 AND surname = p.surname AND forename = p.forename)",
            "SELECT phone FROM contact WHERE phone <> ''",
            "SELECT email FROM contact WHERE email <> ''",
            "SELECT c.name FROM contact c WHERE NOT EXISTS (SELECT 1 FROM staff WHERE name = c.name)",
            "SELECT key FROM household WHERE length(key) > 3",
        ] {
            for secret in others(question, &id) {
                assert!(!all.contains(&secret), "{secret} is in the archive of {id}");
            }
        }
    }
    assert!(held > 1_000, "{held}");
}

#[test]
fn a_pupil_s_case_file_names_nobody_else() {
    let desk = Desk::harrington();
    desk.run(&["case", "open", "1", "--why", "Mrs Oldroyd rang", "--from", "referral", "--of", "Mr Webb"]).ends(0);
    let contact =
        ["case", "add", "contact", "1", "--way", "letter", "--with", "Mrs Oldroyd", "--words", "to Mrs Oldroyd"];
    desk.run(&contact).ends(0);
    let (path, archive) = at(&desk, "amira.zip");
    desk.run(&["archive", &archive, "--pupil", "1"]).ends(0);
    let files = files(&path);
    for name in ["cases", "case-contacts"] {
        let rows = &files[&format!("{name}.jsonl")];
        assert_eq!(rows.lines().count(), 1, "{name}");
        assert!(!rows.contains("Oldroyd") && !rows.contains("Webb"), "{rows}");
    }
    assert!(files["case-contacts.jsonl"].contains("to [left out]"));
}
