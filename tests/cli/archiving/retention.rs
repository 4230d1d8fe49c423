//! What is past six years is listed, and removed only by an admin who types the school's name.

use std::fs;

use super::{archived, at, files};
use crate::support::*;

/// When the school year of [`NOW`] is past keeping; and a day too soon.
const LATER: &str = "2033-08-01T09:00";
const SOON: &str = "2033-07-31T09:00";

fn count(desk: &Desk, table: &str) -> i64 {
    desk.ask(&format!("SELECT count(*) FROM {table}"))[0][0].clone().unwrap().parse().unwrap()
}

/// What `retention` lists, as "2026/27 marks 5".
fn listed(desk: &Desk, now: &str) -> Vec<String> {
    let rows = desk.run_at(now, &["retention", "--json"]).ends(0).rows();
    let of = |row: &serde_json::Value| -> Vec<String> {
        let counts = row["counts"].as_array().unwrap().iter();
        counts
            .map(|one| format!("{} {} {}", row["year"].as_str().unwrap(), one["kind"].as_str().unwrap(), one["rows"]))
            .collect()
    };
    rows.iter().flat_map(of).collect()
}

#[test]
fn a_school_year_is_listed_six_years_after_its_last_day_and_not_before() {
    let desk = Desk::harrington();
    desk.run(&["call", "amira", "--contact", "1", "--outcome", "unaware"]).ends(0);
    assert_eq!(listed(&desk, SOON), [""; 0]);
    let output = desk.run_at(SOON, &["retention", "--remove", "Harrington High"]).ends(0);
    assert!(output.out.contains("There is nothing of them."), "{}", output.out);
    let found = listed(&desk, LATER);
    let marks = format!("2026/27 marks {}", count(&desk, "mark"));
    assert!(found.contains(&marks) && found.contains(&"2026/27 calls 1".to_owned()), "{found:?}");
    let text = desk.run_at(LATER, &["retention"]).ends(0).out;
    assert!(
        text.contains("Past 6 years: what is about days up to Sat 31 Jul 2027, and was entered by then."),
        "{text}"
    );
}

#[test]
fn nothing_is_removed_unless_the_school_s_name_is_typed() {
    let desk = Desk::harrington();
    let before = crate::roles::whole(&desk);
    let output = desk.run_at(LATER, &["retention", "--remove", "Harrington"]).ends(1);
    assert!(output.err.contains("that is not the name of the school, Harrington High: nothing was removed"));
    let mut command = desk.command();
    command.args(["--now", LATER, "retention", "--remove"]).stdin(std::process::Stdio::null());
    let output = read_output(command.output().unwrap()).ends(2);
    assert!(output.err.contains("confirm with --remove \"Harrington High\""), "{}", output.err);
    // By another clock than the computer's, nothing of a real school is.
    desk.is_real();
    let output = desk.run_at(LATER, &["retention", "--remove", "Harrington High"]).ends(1);
    assert!(output.err.contains("leave --now out"), "{}", output.err);
    let lines =
        |text: String| text.lines().filter(|line| !line.ends_with("demo")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(crate::roles::whole(&desk)), lines(before));
}

#[test]
fn what_is_past_keeping_goes_and_the_rest_stays() {
    let desk = crate::every_act::everything(|_, _| {});
    let db = desk.db.to_str().unwrap().to_owned();
    desk.run(&["watch", "add", "kofi", "--reason", "a case that is open"]).ends(0);
    desk.run(&["mark", "bilal", "I", "--reason", "an unheard-of fever"]).ends(0);
    // Pupil 4 is watched too: that they were dropped was taken back.
    let [kofi, other] = ["mark WHERE pupil = 3", "mark WHERE pupil = 4"].map(|of| count(&desk, of));
    // An entry that was made since is kept, whatever it is about.
    let late = "admission_no,date,session,code\n5,2026-11-25,AM,I\n";
    desk.import_at("2031-09-08T16:00", "late.csv", late, &[]).ends(0);
    let found = listed(&desk, LATER);
    assert!(found.iter().any(|one| one.starts_with("2026/27 journal ")), "{found:?}");
    assert!(found.iter().all(|one| one.starts_with("2026/27 ")), "{found:?}");

    let said = desk.run_at(LATER, &["retention", "--remove", "Harrington Hall", "--json"]).ends(0).json();
    assert!(said["says"].as_str().unwrap().ends_with("rows up to Sat 31 Jul 2027 are removed for good"), "{said}");
    assert_eq!(listed(&desk, LATER), [""; 0]);
    let file = rusqlite::Connection::open(&desk.db).unwrap();
    let sound = |question: &str| file.query_row(question, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(sound("PRAGMA integrity_check"), "ok");
    assert_eq!(sound("SELECT count(*) || '' FROM pragma_foreign_key_check"), "0");
    for (pupil, had) in [(3, kofi), (4, other)] {
        assert_eq!(count(&desk, &format!("mark WHERE pupil = {pupil}")), had, "the case is open");
    }
    assert_eq!(count(&desk, "mark WHERE pupil NOT IN (3, 4) AND date < '2027-08-01'"), 1);
    assert_eq!(count(&desk, "pupil"), 8, "nobody of the roll goes but who left");
    let line = desk.ask("SELECT detail, who FROM act ORDER BY id DESC LIMIT 1").remove(0);
    let detail = line[0].clone().unwrap();
    assert!(detail.starts_with(r#"{"cleared":{"until":"2027-07-31","counts":["#), "{detail}");
    assert_eq!(line[1].as_deref(), Some("S Marsh"));
    // It is nowhere in the file any more.
    drop(file);
    for suffix in ["", "-wal"] {
        let bytes = fs::read(format!("{db}{suffix}")).unwrap_or_default();
        let word = "unheard-of fever".as_bytes();
        assert!(!bytes.windows(word.len()).any(|window| window == word), "{suffix}");
    }
    let history = desk.run_at(LATER, &["history", "settings", "--json"]).ends(0).rows();
    assert!(history[0]["says"].as_str().unwrap().starts_with("removed what was past keeping, up to 2027-07-31: "));
    desk.run_at(LATER, &["undo", &history[0]["act"].to_string()]).ends(1);

    // The file is worked on, and archived, as any other.
    archived(&desk, &db, "after.zip", &[]);
    let (path, archive) = at(&desk, "after.zip");
    assert!(files(&path)["marks.jsonl"].lines().count() as i64 >= kofi);
    let (_, restored) = at(&desk, "restored.db");
    desk.run(&["restore", &archive, "--into", &restored]).ends(0);
    desk.run_at(LATER, &["who", "amira khan"]).ends(0);
}

#[test]
fn whoever_has_an_open_case_is_kept_whole_and_a_case_that_is_closed_goes() {
    for closes in [false, true] {
        let desk = Desk::harrington();
        desk.run(&["case", "open", "1", "--why", "below 90 %"]).ends(0);
        desk.run(&["case", "add", "contact", "1", "--way", "letter", "--with", "1"]).ends(0);
        if closes {
            desk.run(&["case", "close", "1", "improved"]).ends(0);
        }
        desk.run_at(LATER, &["retention", "--remove", "Harrington High"]).ends(0);
        let left = if closes { 0 } else { 1 };
        for rows in ["case_opened", "case_contact", "mark WHERE pupil = 1"] {
            assert_eq!(count(&desk, rows), left, "{rows}");
        }
        assert_eq!(count(&desk, "case_change"), 0);
        assert_eq!(listed(&desk, LATER), [""; 0]);
    }
}
