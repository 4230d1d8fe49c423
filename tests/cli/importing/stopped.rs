//! An import that is stopped with ctrl-c, at any moment, leaves the file as it was, or has done all of it.

use std::fmt::Write as _;
use std::process::Stdio;
use std::time::Duration;

use chrono::{Days, NaiveDate};
use firstbell::clock::Ticks;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rustix::process::{Pid, Signal, kill_process};

use crate::support::*;

/// A term of marks of everybody.
fn marks() -> String {
    let mut text = "admission_no,date,session,code\n".to_owned();
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
