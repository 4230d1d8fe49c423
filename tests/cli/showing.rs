//! What each role is shown, and that what is not shown to everybody is recorded before it is shown.

use serde_json::Value;

use crate::roles::{over_ssh, staffed};

#[test]
fn the_gate_sees_who_is_in_and_why_they_were_last_late_and_nothing_else() {
    let desk = staffed();
    desk.run(&["late", "kofi", "--at", "08:57", "--reason", "bus", "--as", "gate"]).ends(0);
    assert!(
        over_ssh(&desk, "gate", "who kofi").ends(0).out.contains("\nOsei, Kofi, 9BW: in, last late 24 Nov: bus.\n")
    );
    let card = over_ssh(&desk, "gate", "who amira --json").ends(0);
    let row = card.rows().remove(0);
    assert_eq!((&row["name"], &row["is_in"], &row["says"]), (&"Khan, Amira".into(), &false.into(), &"not in".into()));
    assert_eq!(
        (&row["flags"], &row["tier"], &row["last_reason"]),
        (&serde_json::json!([]), &Value::Null, &Value::Null)
    );
    for asked in
        ["who amira", "who khan", "lates", "fire", "late khan", "who amira --json", "lates --json", "fire --json"]
    {
        let output = over_ssh(&desk, "gate", asked);
        for hidden in ["07700", "••••", "CP", "EHC", "vulnerable", "Mrs Khan"] {
            assert!(
                !output.out.contains(hidden) && !output.err.contains(hidden),
                "{asked}: {}{}",
                output.out,
                output.err
            );
        }
    }
    assert_eq!(desk.ask("SELECT count(*) FROM disclosure")[0][0].as_deref(), Some("0"));
}

#[test]
fn a_line_for_each_of_several_and_a_card_for_one() {
    let desk = staffed();
    let output = over_ssh(&desk, "reader", "who smi").ends(0);
    assert!(
        output
            .out
            .ends_with("3 pupils.\nO’Neill-Smith, Zoë, 8KM: in.\nSmith, Jo, 8KM: in.\nSmith, Jo, 9BW: no mark yet.\n"),
        "{}",
        output.out
    );
    let output = over_ssh(&desk, "reader", "who khan amira").ends(0);
    assert!(output.out.contains("1. Mrs Khan, mother, phone •••• 310, ring next."), "{}", output.out);
    let output = over_ssh(&desk, "reader", "who O'Neill zoë").ends(0);
    assert!(output.out.contains("Pupil card."), "{}{}", output.out, output.err);
}

#[test]
fn what_is_not_shown_to_everybody_is_put_down_first() {
    let desk = staffed();
    for asked in ["who amira", "who bilal", "who amira --numbers", "unexplained --numbers", "unexplained", "fire"] {
        over_ssh(&desk, "reader", asked).ends(0);
    }
    for asked in ["list dsl", "list lates", "cpoms amira", "handover", "amendments kofi"] {
        over_ssh(&desk, "officer", asked).ends(0);
    }
    desk.run(&["sql", "SELECT 1"]).ends(0);
    let rows = over_ssh(&desk, "admin", "disclosures --json").ends(0).rows();
    let rows = rows.iter().map(|row| {
        let [by, shown, what, whom] = [&row["by"], &row["shown"], &row["what"], &row["whom"]["name"]];
        [by, shown, what, whom].map(|cell| cell.as_str().unwrap_or("-")).join(" | ")
    });
    insta::assert_snapshot!(rows.collect::<Vec<_>>().join("\n"), @r"
    R Reader | card | opened on the command line | Khan, Amira
    R Reader | card | opened on the command line | Khan, Amira
    R Reader | number | contacts 1, 2 | Khan, Amira
    R Reader | number | contact 1 | Khan, Amira
    O Officer | export | list for the DSL | -
    O Officer | export | list for heads of year | -
    O Officer | export | text for CPOMS | Khan, Amira
    O Officer | export | hand-over | -
    O Officer | export | amendment record | Osei, Kofi
    S Marsh | export | answer to a question in SQL | -
    ");
    let text = over_ssh(&desk, "admin", "disclosures").ends(0).out;
    assert!(text.contains("09:20: number, Khan, Amira, 8KM, contacts 1, 2, shown to R Reader at reader@"), "{text}");
    assert_eq!(over_ssh(&desk, "admin", "disclosures --date 2026-11-23 --json").ends(0).rows(), Vec::<Value>::new());
}

#[test]
fn what_cannot_be_put_down_is_not_shown() {
    let desk = staffed();
    let file = rusqlite::Connection::open(&desk.db).unwrap();
    file.execute_batch("CREATE TRIGGER full BEFORE INSERT ON disclosure BEGIN SELECT raise(ABORT, 'no room'); END")
        .unwrap();
    let copy = desk.folder.path().join("copy.db");
    for command in [
        &["who", "kofi", "--numbers"][..],
        &["unexplained", "--numbers"],
        &["list", "dsl"],
        &["cpoms", "amira"],
        &["handover"],
        &["amendments", "amira"],
        &["sql", "SELECT surname FROM pupil"],
        &["backup", copy.to_str().unwrap()],
    ] {
        let output = desk.run(command);
        let nobodys = command[1..] == ["kofi", "--numbers"];
        assert_eq!((output.exit, output.out.is_empty()), if nobodys { (0, false) } else { (3, true) }, "{command:?}");
    }
    assert!(!copy.exists());
    // Whether she is in needs no putting down.
    for command in [&["who", "amira"][..], &["who", "amira", "--numbers"]] {
        let output = desk.run(command).ends(3);
        assert!(output.out.ends_with("1 pupil.\nKhan, Amira, 8KM, flags CP: not in.\n"), "{}", output.out);
    }
}

#[test]
fn a_question_reads_this_file_and_nothing_else() {
    let desk = staffed();
    let other = desk.folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE secret (word TEXT)").unwrap();
    let other = other.to_str().unwrap();
    let before = desk.ask("SELECT count(*) FROM pupil");
    for question in [
        format!("ATTACH '{other}' AS other"),
        format!("SELECT 1; ATTACH '{other}' AS other"),
        format!("WITH a AS (SELECT 1) ATTACH '{other}' AS other"),
        format!("VACUUM INTO '{other}.copy'"),
        format!("SELECT load_extension('{other}')"),
        format!("SELECT LOAD_EXTENSION('{other}')"),
        format!("SELECT writefile('{other}.copy', 'x')"),
        format!("SELECT readfile('{other}')"),
        "SELECT * FROM pragma_database_list".to_owned(),
        "PRAGMA writable_schema = 1".to_owned(),
        "WITH a AS (SELECT 1) DELETE FROM pupil".to_owned(),
        "WITH a AS (SELECT 1) INSERT INTO pupil SELECT * FROM pupil".to_owned(),
        "CREATE TEMP TABLE a (b)".to_owned(),
        "SELECT hash FROM pin".to_owned(),
        "SELECT * FROM pin".to_owned(),
        "SELECT count(hash) FROM pin".to_owned(),
    ] {
        let output = desk.run(&["sql", &question]).ends(1);
        assert!(output.out.is_empty(), "{question}: {}", output.out);
    }
    assert!(!std::path::Path::new(&format!("{other}.copy")).exists());
    assert_eq!(desk.ask("SELECT count(*) FROM pupil"), before);
    desk.run(&[
        "sql",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT max(i) FROM n",
    ])
    .ends(0);
    desk.run(&["sql", "SELECT group_concat(upper(surname), ', ') FROM pupil ORDER BY 1"]).ends(0);
    desk.run(&["sql", "SELECT name, sql FROM sqlite_schema"]).ends(0);
}
