//! Leaving while the gate has something to save: it is asked back about, from the gate, from the panes and behind a lock.

use std::fs::rename;

use firstbell::domain::school::pin::Pin;
use firstbell::domain::school::staff::Role;
use firstbell::screen::{Event, Request};
use firstbell::store::Store;

use super::{ARRIVALS, gate_of, login};
use crate::support::{Desk, Office, at, codes};

/// A gate with two arrivals that cannot be written, and what puts the file back.
fn with_two_waiting(office: &Office) -> (Desk, impl FnOnce()) {
    let pin = Pin::chosen("471108").unwrap();
    Store::open(&office.path, codes()).unwrap().set_pin(&login("J Ito", Role::Gate), &pin, at("08:00")).unwrap();
    let mut gate = gate_of(office, "09:12");
    let (path, away) = (office.path.clone(), office.path.with_extension("away"));
    rename(&path, &away).unwrap();
    gate.press("'mori' enter b 'gray' enter t").look();
    assert!(gate.shows("2 not saved yet"), "{}", gate.text());
    (gate, move || rename(away, path).unwrap())
}

#[test]
fn a_locked_gate_says_what_waits_and_leaves_once_it_is_saved() {
    let office = Office::new();
    let (mut gate, put_back) = with_two_waiting(&office);
    gate.press("f3 ctrl-c");
    assert!(!gate.quit && gate.shows("2 not saved yet. Leave all the same? Once more."), "{}", gate.text());
    put_back();
    gate.look();
    assert!(gate.quit);
    assert_eq!(office.ask(ARRIVALS).lines().count(), 2);
}

#[test]
fn a_locked_gate_that_is_asked_again_leaves_all_the_same() {
    let office = Office::new();
    let (mut gate, _) = with_two_waiting(&office);
    gate.press("f3 ctrl-c");
    assert!(!gate.quit);
    gate.press("ctrl-c");
    assert!(gate.quit);
}

#[test]
fn a_gate_put_by_is_not_dropped_from_the_panes() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    desk.press("f4");
    let away = office.path.with_extension("away");
    rename(&office.path, &away).unwrap();
    desk.press("'mori' enter b 'gray' enter t esc esc").look();
    assert!(desk.shows("Unexplained"), "{}", desk.text());
    desk.press("q");
    assert!(!desk.quit && desk.shows("2 not saved yet. Leave all the same? Once more."), "{}", desk.text());
    desk.press("q");
    assert!(desk.quit);
}

#[test]
fn whoever_would_leave_a_locked_gate_reads_first_what_was_refused() {
    let office = Office::new();
    let (mut gate, put_back) = with_two_waiting(&office);
    gate.press("f3 ctrl-c");
    put_back();
    let mut other = gate_of(&office, "09:13");
    other.press("'gray' enter b 'mori' enter b");
    gate.look();
    assert!(!gate.quit);
    gate.press("ctrl-c");
    assert!(gate.quit);
}

#[test]
fn what_is_not_asked_for_yet_is_saved_when_the_line_drops() {
    for event in [Event::HangUp, Event::Terminate] {
        let office = Office::new();
        let mut gate = gate_of(&office, "09:12");
        // While the disk is slow three more are logged, of whom the last is taken back again.
        let mut asked = Vec::new();
        for keys in ["'mori' enter b", "'gray' enter t", "'max' enter b", "ctrl-z"] {
            asked.extend(gate.press_only(keys));
        }
        asked.extend(gate.send_only(event));
        assert_eq!(asked.last(), Some(&Request::Quit));
        asked.into_iter().for_each(|request| gate.obey(request));
        assert_eq!(office.ask(ARRIVALS).lines().count(), 2, "{}", office.ask(ARRIVALS));
    }
}

#[test]
fn what_could_not_be_written_is_saved_first_when_the_line_drops() {
    for event in [Event::HangUp, Event::Terminate] {
        let office = Office::new();
        let (mut gate, put_back) = with_two_waiting(&office);
        put_back();
        gate.send_only(event).into_iter().for_each(|request| gate.obey(request));
        assert_eq!(office.ask(ARRIVALS).lines().count(), 2, "{}", office.ask(ARRIVALS));
    }
}

#[test]
fn what_could_not_be_written_and_was_taken_back_is_not_saved_when_the_line_drops() {
    let office = Office::new();
    let (mut gate, put_back) = with_two_waiting(&office);
    // Both are taken back, and one more comes.
    gate.press("ctrl-z ctrl-z 'max' enter b");
    put_back();
    gate.send_only(Event::HangUp).into_iter().for_each(|request| gate.obey(request));
    let arrivals = office.ask(ARRIVALS);
    assert!(arrivals.lines().count() == 1 && !arrivals.contains("Mori"), "{arrivals}");
}

#[test]
fn what_is_typed_in_the_office_comes_after_what_was_logged_at_the_gate() {
    let office = Office::new();
    let mut desk = office.desk("09:12");
    desk.press("f4");
    // While the disk is slow two are logged, and the last is taken back from the panes.
    let asked = desk.press_only("'mori' enter b 'gray' enter t esc u");
    assert!(desk.shows("Unexplained"), "{}", desk.text());
    asked.into_iter().for_each(|request| desk.obey(request));
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | bus");
}

#[test]
fn an_undo_that_could_not_be_written_is_saved_when_the_line_drops() {
    let office = Office::new();
    let mut gate = gate_of(&office, "09:12");
    gate.press("'mori' enter b 'gray' enter t");
    let away = office.path.with_extension("away");
    rename(&office.path, &away).unwrap();
    gate.press("ctrl-z ctrl-z");
    rename(away, &office.path).unwrap();
    gate.send_only(Event::HangUp).into_iter().for_each(|request| gate.obey(request));
    // The store worker tries once more what it was asked for.
    gate.look();
    assert_eq!(office.ask(ARRIVALS), "8 | 09:12 | bus");
}
