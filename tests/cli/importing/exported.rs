//! What is exported is read back: into the same record it changes nothing, into a fresh one it brings the same marks.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;

use firstbell::domain::act::LogCall;
use firstbell::domain::people::contact::CallOutcome;
use proptest::prelude::*;

use crate::support::*;

/// Harrington High on Tuesday, with Monday's marks, a pupil from the gate whom the register has otherwise, and a decision.
fn with_two_days() -> Desk {
    let desk = Desk::harrington();
    let rows: Vec<String> = (1..8)
        .flat_map(|number| [format!("{number},2026-11-23,AM,/,"), format!("{number},2026-11-23,PM,\\,")])
        .collect();
    let rows = rows.join("\n").replacen("1,2026-11-23,AM,/,", "1,2026-11-23,AM,L,12", 1);
    desk.import("monday.csv", &format!("admission_no,date,session,code,minutes\n{rows}\n"), &[]).ends(0);
    desk.run(&["late", "kofi", "--at", "08:57"]).ends(0);
    desk.run(&["mark", "1", "I", "--reason", "rang"]).ends(0);
    desk.run(&["mark", "4", "M", "--reason", "dentist"]).ends(0);
    desk
}

fn at(desk: &Desk, name: &str) -> (PathBuf, String) {
    let path = desk.folder.path().join(name);
    let text = path.to_str().unwrap().to_owned();
    (path, text)
}

/// What stands in the record, without numbers of rows, times and signatures.
fn plain(desk: &Desk, name: &str) -> Vec<u8> {
    let (path, text) = at(desk, name);
    desk.run(&["archive", &text, "--plain"]).ends(0);
    fs::read(path).unwrap()
}

/// Every mark that stands.
fn standing(desk: &Desk, minutes: &str) -> Vec<Vec<Option<String>>> {
    desk.ask(&format!(
        "SELECT p.admission_no, m.date, m.session, m.code, {minutes} FROM mark m JOIN pupil p ON p.id = m.pupil \
         WHERE m.code IS NOT NULL ORDER BY p.id, m.date, m.session"
    ))
}

/// Every pupil has a UPN, by which alone the DfE's columns know them.
fn with_upns(desk: &Desk) {
    let upns = ["B", "Q", "E", "U", "H", "X", "L"];
    let record = rusqlite::Connection::open(&desk.db).unwrap();
    for (number, letter) in (1..).zip(upns) {
        let upn = format!("{letter}80120000500{number}");
        assert_eq!(record.execute("UPDATE pupil SET upn = ?1 WHERE id = ?2", (upn, number)).unwrap(), 1);
    }
}

#[test]
fn an_export_of_each_shape_changes_nothing_here_and_is_the_same_elsewhere() {
    let desk = with_two_days();
    with_upns(&desk);
    let before = plain(&desk, "before.zip");
    for (shape, names) in [("long", "ours"), ("day", "ours"), ("week", "ours"), ("long", "dfe")] {
        for end in ["csv", "xlsx"] {
            let (_, file) = at(&desk, &format!("{shape}-{names}.{end}"));
            let range = ["export", "marks", "--from", "2026-11-23", "--shape", shape, "--names", names, "--to", &file];
            let said = desk.run(&range).ends(0).out;
            assert!(said.contains(" of marks, 2026-11-23 to 2026-11-24, written to "), "{said}");
            let said = desk.run(&["import", &file]).ends(0).out;
            assert!(said.starts_with("Everything was so already"), "{shape}.{end}: {said}");
            assert!(said.contains("Marks: 0 new, 0 changed, 19 the same"), "{shape}.{end}: {said}");
            assert!(!said.contains("of another record"), "{shape}.{end}: {said}");
            let fresh = Desk::bare();
            fresh.create();
            with_upns(&fresh);
            fresh.run(&["import", &file]).ends(0);
            // A week has no minutes, nor have the DfE's columns.
            let minutes = if shape == "week" || names == "dfe" { "''" } else { "m.minutes" };
            assert_eq!(standing(&fresh, minutes), standing(&desk, minutes), "{shape}.{end}");
        }
    }
    assert!(before == plain(&desk, "after.zip"), "the record is as it was");
}

#[test]
fn marks_that_count_in_nothing_are_left_out_and_told() {
    let desk = with_two_days();
    let all = desk.run(&["export", "marks", "--from", "2026-11-23", "--shape", "long"]).ends(0);
    assert_eq!(all.err, "");
    // Monday was no school day, it turns out.
    desk.import("dates.csv", "kind,name,from,until\nunexpected,Snow,2026-11-23,\n", &[]).ends(0);
    for (shape, names) in [("long", "ours"), ("day", "ours"), ("week", "ours"), ("long", "dfe")] {
        let (path, file) = at(&desk, &format!("{shape}-{names}.csv"));
        let range = ["export", "marks", "--from", "2026-11-23", "--shape", shape, "--names", names, "--to", &file];
        let said = desk.run(&range).ends(0).out;
        let why = "14 marks are left out, which count in nothing: the school was closed then, or the pupil had not joined or had left";
        assert!(said.contains(&format!("But {why}")), "{said}");
        let text = fs::read_to_string(path).unwrap();
        assert!(!text.contains("2026-11-23,L") && !text.contains("23 November 2026"), "{text}");
    }
    let printed = desk.run(&["export", "marks", "--from", "2026-11-23", "--shape", "long"]).ends(0);
    assert!(printed.err.starts_with("firstbell: 14 marks are left out"), "{}", printed.err);
    assert!(!desk.run(&["export", "lates", "--from", "2026-11-23"]).ends(0).out.contains("2026-11-23,"));
}

#[test]
fn a_table_is_what_was_asked_for() {
    let desk = with_two_days();
    let lines = |args: &[&str]| {
        let out = desk.run(&[&["export"], args].concat()).ends(0).out;
        out.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let has = |lines: &[String], line: &str| assert!(lines.iter().any(|one| one.contains(line)), "{line}: {lines:#?}");
    let today = lines(&["marks"]);
    assert_eq!(today[0], "admission_no,upn,surname,forename,year,tutor_group,date,am,pm,am_minutes,pm_minutes,as_of");
    has(&today, "Khan,Amira,8,8KM,2026-11-24,I,,,,2026-11-24 09:20");
    let week = lines(&["marks", "--week", "2026-11-24"]);
    assert!(week[0].ends_with("week,MonAM,MonPM,TueAM,TuePM,WedAM,WedPM,ThuAM,ThuPM,FriAM,FriPM,as_of"), "{}", week[0]);
    has(&week, "Khan,Amira,8,8KM,2026-11-23,L,\\,I,,,,,,,,2026-11-24 09:20");
    let long = lines(&["marks", "--from", "2026-11-23", "--until", "2026-11-23"]);
    has(&long, "Khan,Amira,8,8KM,2026-11-23,AM,L,12,2026-11-24 09:20");
    assert_eq!(long.len(), 15);
    let dfe = lines(&["marks", "--names", "dfe"]);
    assert_eq!(dfe[0], "Full Name,UPN,School Name,Session date,Attendance code,Period,as_of");
    has(&dfe, "\"Khan, Amira\",,Harrington High,Tuesday 24 November 2026,I,Morning attendance");
    has(&dfe, ",'--,Morning attendance");
    // Nothing commands a terminal, whatever a name holds.
    has(&dfe, "Zoë[31m2J]0;x Mc Bad");
    assert!(dfe.iter().all(|line| !line.chars().any(char::is_control)));
    let lates = lines(&["lates", "--from", "2026-11-23"]);
    has(&lates, "Khan,Amira,8,8KM,2026-11-23,AM,L,12,");
    has(&lates, ",2026-11-24,AM,L,17,08:57,,S Marsh,");
    for (args, why) in [
        (&["marks", "--day", "2026-11-25"][..], "2026-11-25 is still to come"),
        (&["marks", "--from", "2026-11-24", "--until", "2026-11-23"], "2026-11-24 is after 2026-11-23"),
        (&["marks", "--names", "dfe", "--shape", "week"], "a row for each session"),
        (&["marks", "--json"], "a table is no JSON"),
        (&["marks", "--day", "2026-11-23", "--week", "2026-11-23"], "cannot be used with"),
    ] {
        let output = desk.run(&[&["export"], args].concat()).ends(2);
        assert!(output.err.contains(why), "{}", output.err);
    }
}

#[test]
fn numbers_are_masked_until_they_are_asked_for_and_then_put_down() {
    let desk = Desk::harrington();
    desk.perform("09:05", call(AMIRA, 1));
    let note = "grandmother: 07700 900456, or gran@example.org, after 10:30 on 2026-11-25".to_owned();
    desk.perform("09:06", LogCall { outcome: CallOutcome::WrongNumber, note, ..call(AMIRA, 1) });
    let run = |args: &[&str]| desk.run(&[&["export"], args].concat()).ends(0).out;
    let number = desk.ask("SELECT number FROM call WHERE number IS NOT NULL").remove(0).remove(0).unwrap();
    for (table, shown) in [("calls", "number"), ("numbers", "number")] {
        let masked = run(&[table]);
        assert!(masked.contains("Khan,Amira") && masked.contains("•••• ") && !masked.contains(&number), "{masked}");
        assert!(run(&[table, "--numbers"]).contains(&number));
        assert!(!masked.contains("07700") && !masked.contains("gran@"), "{masked}");
        let told = desk.run(&["disclosures", "--json"]).rows();
        assert!(told.iter().any(|one| one["shown"] == shown && one["what"] == "contact 1"), "{told:?}");
    }
    let told: Vec<String> = desk
        .run(&["disclosures", "--json"])
        .rows()
        .iter()
        .map(|one| one["what"].as_str().unwrap().to_owned())
        .collect();
    assert!(told.contains(&"calls, 2026-11-24".to_owned()), "{told:?}");
    assert!(told.contains(&"telephone numbers to put right".to_owned()), "{told:?}");
    assert!(run(&["calls"]).contains("grandmother: •••• 456, or ••••, after 10:30 on 2026-11-25"));
    assert!(run(&["calls", "--numbers"]).contains("07700 900456, or gran@example.org"));
    let numbers = run(&["numbers"]);
    assert!(numbers.contains("found wrong when it was rung,2026-11-24,J Ito"), "{numbers}");
    assert!(numbers.contains("nobody can be rung about this pupil"), "{numbers}");
    // Neither is taken for something else where it is imported.
    for table in ["calls", "numbers"] {
        let (_, file) = at(&desk, &format!("{table}.csv"));
        run(&[table, "--to", &file]);
        let output = desk.run(&["import", &file]).ends(3);
        assert!(
            output.err.contains("has pupils and a column “date”, so it is not read as a list of pupils"),
            "{}",
            output.err
        );
    }
}

#[test]
fn a_file_is_for_its_owner_and_nothing_is_written_over_unless_that_is_asked() {
    let desk = with_two_days();
    let (path, file) = at(&desk, "marks.csv");
    let (letter, by_name) = at(&desk, "letter.csv");
    let (link, by_link) = at(&desk, "link.csv");
    fs::write(&letter, "Dear Mrs Khan").unwrap();
    symlink(&letter, &link).unwrap();
    for taken in [&by_name, &by_link] {
        let output = desk.run(&["export", "marks", "--to", taken]).ends(3);
        assert!(output.err.contains("exists already: nothing was changed"), "{}", output.err);
    }
    desk.run(&["export", "marks", "--to", &by_link, "--replace"]).ends(3);
    assert_eq!(fs::read_to_string(&letter).unwrap(), "Dear Mrs Khan");
    desk.run(&["export", "marks", "--to", &file]).ends(0);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let first = fs::read(&path).unwrap();
    desk.run(&["export", "lates", "--to", &file, "--replace"]).ends(0);
    assert_ne!(fs::read(&path).unwrap(), first);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    // The name says what it is, unless that is said.
    let starts = |name: &str, more: &[&str], with: &[u8]| {
        let (path, file) = at(&desk, name);
        desk.run(&[&["export", "marks", "--to", &file], more].concat()).ends(0);
        assert!(fs::read(path).unwrap().starts_with(with), "{name}");
    };
    starts("a.XLSX", &[], b"PK");
    starts("b.txt", &["--format", "xlsx"], b"PK");
    starts("c.xlsx", &["--format", "csv"], "\u{feff}admission_no".as_bytes());
    let left = fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_str().unwrap().ends_with(".part")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    /// Whatever pupils are called, an export is no formula, and comes back.
    #[test]
    fn whatever_pupils_are_called(names in prop::collection::vec("['=+@-]{0,2}[A-Z][a-zë,\"-]{0,6}", 2..5)) {
        let desk = Desk::bare();
        desk.create();
        let rows: String = (101..).zip(&names).map(|(number, name)| {
            format!("{number},\"{}\",Ann,7\n", name.replace('"', "\"\""))
        }).collect();
        desk.import("pupils.csv", &format!("admission_no,surname,forename,year\n{rows}"), &[]).ends(0);
        let marks: String = (101..).zip(&names).map(|(number, _)| format!("{number},2026-11-23,AM,/\n")).collect();
        desk.import("marks.csv", &format!("admission_no,date,session,code\n{marks}"), &[]).ends(0);
        let out = desk.run(&["export", "marks", "--day", "2026-11-23", "--shape", "long"]).ends(0).out;
        let mut table = csv::Reader::from_reader(out.trim_start_matches('\u{feff}').as_bytes());
        for record in table.records() {
            for cell in &record.unwrap() {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", cell);
            }
        }
        let said = desk.import("again.csv", &out, &[]).ends(0).out;
        prop_assert!(said.starts_with("Everything was so already"), "{}", said);
    }
}
