//! Two screens on one file, and a file that somebody else holds.

use std::time::Duration;

use rusqlite::Connection;
use rustix::process::Signal;

use crate::support::Desk;
use crate::terminal::Terminal;

/// Log the arrival of a pupil found by part of a name, for the first reason.
fn log_a_late(terminal: &mut Terminal, name: &str) {
    terminal.keys(&format!("l{name}\r"));
    terminal.shows(&["Arrived", "A reason's letter"]);
    terminal.keys("\r");
}

#[test]
fn a_late_logged_at_the_gate_appears_in_the_office_by_itself() {
    let desk = Desk::school();
    let (mut office, mut gate) = (desk.screen(), desk.screen_of(80, 24));
    office.shows(&["Rahman, Yusuf"]);
    log_a_late(&mut gate, "yusuf");
    gate.shows(&["✓", "Rahman"]);
    office.until("Rahman among the late", |office| {
        let left: Vec<String> = office.screen().rows(0, 38).collect();
        left.iter().any(|line| line.contains("Rahman"))
    });
    // And away from the unexplained.
    office.until("Rahman explained", |office| {
        let middle: Vec<String> = office.screen().rows(38, 60).collect();
        !middle.iter().any(|line| line.contains("Rahman, Yusuf"))
    });
    desk.is_whole();
}

#[test]
fn an_act_waits_for_a_lock_that_goes_in_time() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    let other = Connection::open(&desk.db).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    log_a_late(&mut terminal, "yusuf");
    terminal.shows(&["saving"]);
    // Nothing is asked of the disk to go on moving, and to draw.
    terminal.resize(100, 30);
    terminal.shows(&["saving", "Arrived"]);
    other.execute_batch("ROLLBACK").unwrap();
    terminal.shows(&["✓", "Rahman"]);
    terminal.hides("A reason's letter");
    desk.is_whole();
}

#[test]
fn a_lock_that_stays_is_told_in_a_sentence_and_what_was_typed_is_saved_when_it_goes() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    let acts = desk.acts();
    let other = Connection::open(&desk.db).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    terminal.keys("2gw");
    terminal.shows(&["Why"]);
    terminal.keys("often late\r");
    terminal.shows(&["saving"]);
    terminal.shows(&["is locked by another program", "often late"]);
    // The sentence stays while it is so, and what was to be saved is saved when it is so no more.
    terminal.listen(Duration::from_secs(1));
    terminal.shows(&["is locked by another program", "often late"]);
    other.execute_batch("ROLLBACK").unwrap();
    terminal.shows(&["✓", "undo"]);
    terminal.hides("not up to date");
    assert_eq!(desk.acts(), acts + 1);
    assert_eq!(desk.ask("select reason from watched order by id desc limit 1"), ["often late"]);
}

#[test]
fn a_lock_keeps_nobody_who_must_leave() {
    let desk = Desk::school();
    let acts = desk.acts();
    let other = Connection::open(&desk.db).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    for leave in ["a signal", "q twice"] {
        let mut terminal = desk.screen();
        terminal.keys("1c");
        terminal.shows(&["saving"]);
        match leave {
            "q twice" => terminal.keys("qq"),
            _ => terminal.signal(Signal::TERM),
        }
        let (status, took) = terminal.ends();
        assert_eq!(status.code(), Some(0), "{leave}");
        assert!(took < Duration::from_secs(3), "{leave}: {took:?}");
        terminal.is_given_back();
    }
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(desk.acts(), acts);
}
