//! An import that is stopped with ctrl-c, or killed, at any moment, leaves the file as it was, or has done all of it.

use std::fmt::Write as _;
use std::process::Stdio;
use std::time::Duration;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use firstbell::clock::Ticks;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rustix::process::{Pid, Signal, kill_process};

use crate::support::*;

/// A term of marks of everybody.
fn marks() -> String {
    let mut text = marks_heading();
    let first = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    for date in (0..52).map(|day| first + Days::new(day)) {
        for pupil in 1..=7 {
            writeln!(text, "{pupil},{date},AM,/\n{pupil},{date},PM,\\").unwrap();
        }
    }
    text
}

#[test]
fn stopped_at_any_moment_it_has_done_all_or_nothing() {
    let desk = Desk::harrington();
    let file = desk.folder.path().join("marks.csv");
    std::fs::write(&file, marks()).unwrap();
    let question = "SELECT (SELECT count(*) FROM act), (SELECT count(*) FROM mark), (SELECT count(*) FROM register)";
    let before = desk.ask(question);
    let ticks = Ticks::start();
    desk.run(&["import", file.to_str().unwrap(), "--dry-run"]).ends(0);
    let usual = ticks.read();
    assert_eq!(desk.ask(question), before, "a trial changes nothing");
    let (mut chance, mut stopped) = (ChaCha8Rng::seed_from_u64(7), 0);
    for _ in 0..30 {
        let mut command = desk.command();
        let command = command.args(["--now", NOW, "import"]).arg(&file);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(chance.random_range(Duration::ZERO..usual * 3 / 2));
        let (Ok(()) | Err(_)) = kill_process(Pid::from_child(&child), Signal::INT);
        if child.wait().unwrap().success() {
            break;
        }
        let now = desk.ask(question);
        if now != before {
            // It was stopped after all was done, and before it could say so.
            break;
        }
        stopped += 1;
    }
    assert!(stopped > 0, "one at least is stopped in time");
    assert_eq!(
        rusqlite::Connection::open(&desk.db)
            .unwrap()
            .query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))
            .unwrap(),
        "ok"
    );
    // Whole, whoever did it; and a second time it changes nothing.
    desk.run(&["import", file.to_str().unwrap()]).ends(0);
    let whole = desk.ask(question);
    assert_ne!(whole, before);
    desk.run(&["import", file.to_str().unwrap()]).ends(0);
    assert_eq!(desk.ask(question), whole);
}

/// Pupils, and more marks of them than come in one change.
fn many() -> [String; 2] {
    let (mut pupils, mut marks) = ("admission_no,surname,forename,tutor_group,from\n".to_owned(), marks_heading());
    for n in 100..190 {
        writeln!(pupils, "{n},Made-up {n},Up,7X{},2026-09-01", n / 30).unwrap();
    }
    let first = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let is_weekday = |date: &NaiveDate| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    for date in (0..52).map(|day| first + Days::new(day)).filter(is_weekday) {
        for n in 100..190 {
            writeln!(marks, "{n},{date},AM,/\n{n},{date},PM,\\").unwrap();
        }
    }
    [pupils, marks]
}

fn marks_heading() -> String {
    "admission_no,date,session,code\n".to_owned()
}

/// The whole record, as an archive has it, but for the archives made of it: each is put down.
fn archived(desk: &Desk) -> Vec<u8> {
    rusqlite::Connection::open(&desk.db).unwrap().execute("DELETE FROM disclosure", []).unwrap();
    let path = desk.folder.path().join("whole.zip");
    if path.exists() {
        std::fs::remove_file(&path).unwrap();
    }
    desk.run(&["archive", path.to_str().unwrap()]).ends(0);
    std::fs::read(path).unwrap()
}

#[test]
fn many_marks_stopped_or_killed_at_any_moment_leave_the_record_as_it_was() {
    let desk = Desk::harrington();
    let [pupils, marks] = many();
    desk.import("pupils.csv", &pupils, &[]).ends(0);
    let file = desk.folder.path().join("marks.csv");
    std::fs::write(&file, &marks).unwrap();
    let before = archived(&desk);
    let copy = desk.folder.path().join("copy.db");
    desk.run(&["backup", copy.to_str().unwrap()]).ends(0);
    let ticks = Ticks::start();
    desk.run(&["import", file.to_str().unwrap(), "--dry-run"]).ends(0);
    let mut usual = ticks.read();
    let (mut chance, mut stopped) = (ChaCha8Rng::seed_from_u64(7), 0);
    for turn in 0..12 {
        let mut command = desk.command();
        let command = command.args(["--now", NOW, "import"]).arg(&file);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(chance.random_range(usual / 3..usual * 2));
        let signal = if turn % 2 == 0 { Signal::INT } else { Signal::KILL };
        let (Ok(()) | Err(_)) = kill_process(Pid::from_child(&child), signal);
        child.wait().unwrap();
        if archived(&desk) == before {
            stopped += 1;
            continue;
        }
        // It was stopped after all was done, and perhaps before it could say so.
        let brought = "SELECT count(*) FROM mark m JOIN pupil p ON p.id = m.pupil WHERE p.surname LIKE 'Made-up%'";
        assert_eq!(desk.ask(brought).concat(), [Some((marks.lines().count() - 1).to_string())]);
        for beside in ["-wal", "-shm"] {
            let (Ok(()) | Err(_)) = std::fs::remove_file(desk.folder.path().join(format!("school.db{beside}")));
        }
        std::fs::copy(&copy, &desk.db).unwrap();
        usual = usual * 2 / 3;
    }
    assert!(stopped > 0, "one at least is stopped in time");
    // Whole, whoever did it; and a second time it changes nothing.
    desk.run(&["import", file.to_str().unwrap()]).ends(0);
    let whole = archived(&desk);
    assert!(whole != before);
    desk.run(&["import", file.to_str().unwrap()]).ends(0);
    assert!(archived(&desk) == whole);
}
