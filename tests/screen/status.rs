//! The status goes when its time is over: with the next thing that is done, and by itself when it could be read. What stands there
//! once school has ended, and what the panes say before there are pupils.

use chrono::TimeDelta;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::school::School;
use firstbell::screen::{Event, Look};
use firstbell::store::Store;

use crate::support::{AMIRA, Office, codes, date, officer, reported};

#[test]
fn what_was_done_is_said_until_something_else_is_done() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("n");
    assert!(desk.status().starts_with("✓ "), "{}", desk.text());
    // A key that means nothing here leaves it.
    desk.press("f12");
    assert!(desk.status().starts_with("✓ "), "{}", desk.text());
    desk.press("3");
    assert_eq!(desk.status(), "");
    assert!(desk.text().lines().last().unwrap().contains("u undo"), "{}", desk.text());
}

#[test]
fn a_hint_and_a_refusal_go_with_the_next_key_and_come_again_when_asked_again() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("3 c");
    assert_eq!(desk.status(), "Choose a pupil first, or find one.");
    desk.press("c");
    assert_eq!(desk.status(), "Choose a pupil first, or find one.");
    desk.press("2");
    assert_eq!(desk.status(), "");
    desk.press("u");
    assert!(desk.status().starts_with("✗ Not done: "), "{}", desk.text());
    desk.press("j");
    assert_eq!(desk.status(), "");
}

#[test]
fn it_goes_by_itself_at_the_first_minute_after_half_a_minute() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    for (keys, sign) in [("n", "✓ "), ("3 c", "Choose"), ("2 T esc u u", "✗ Not done: ")] {
        desk.press(keys);
        let said = desk.now;
        desk.now = said + TimeDelta::seconds(29);
        desk.send(Event::Minute);
        assert!(desk.status().starts_with(sign), "{keys}: {}", desk.text());
        desk.now = said + TimeDelta::seconds(60);
        desk.send(Event::Minute);
        assert_eq!(desk.status(), "", "{keys}");
    }
}

#[test]
fn a_fault_and_what_is_not_saved_stay_until_they_are_put_right() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    let away = office.path.with_extension("away");
    std::fs::rename(&office.path, &away).unwrap();
    desk.press("n");
    assert!(desk.shows("not saved yet"), "{}", desk.text());
    desk.clock("09:24").press("j");
    assert!(desk.shows("not saved yet"), "{}", desk.text());
    std::fs::rename(&away, &office.path).unwrap();
    desk.look();
    assert!(desk.status().starts_with("✓ "), "{}", desk.text());
}

#[test]
fn a_school_without_pupils_says_what_to_do_next_in_each_pane() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    drop(Store::create(&path, &School::usual().unwrap(), codes()).unwrap());
    let office = Office::of(path, folder);
    let desk = office.desk("09:20");
    for text in ["This school has no pupils yet.", "firstbell import pupils.csv", "firstbell demo"] {
        assert!(desk.shows(text), "{}", desk.text());
    }
    assert_eq!(desk.text().matches("Nothing here until").count(), 3, "{}", desk.text());
    let mut small = office.desk_of("09:20", (60, 16), Look::default(), officer("S Marsh"));
    for pane in ["1", "2", "3", "4"] {
        small.press(pane);
        assert!(small.shows("firstbell import pupils.csv"), "{pane}: {}", small.text());
    }
}

#[test]
fn once_school_has_ended_the_quiet_status_says_what_the_day_came_to() {
    let office = Office::new();
    let mut desk = office.desk("15:09");
    assert_eq!(desk.status(), "");
    desk.clock("15:10");
    let ended = "School ended 15:10: 0 in, 0 explained, 4 unexplained (4 at N), 8 blank";
    assert_eq!(desk.status(), ended);
    // What is done is said in its place, and goes again.
    desk.press("c");
    desk.press("n enter");
    assert!(desk.status().starts_with("✓ "), "{}", desk.text());
    desk.clock("15:12");
    assert!(desk.status().starts_with("School ended 15:10"), "{}", desk.text());
    // At the gate others read the screen.
    desk.press("f4");
    assert!(!desk.shows("School ended"), "{}", desk.text());
}

#[test]
fn the_hand_over_shows_who_is_known_to_be_away_next() {
    let office = Office::new();
    let wednesday = |session| SessionDate::new(date() + chrono::Days::new(1), session);
    office.perform("10:00", reported(&[AMIRA], "I", wednesday(Session::Am), wednesday(Session::Pm)));
    let mut desk = office.desk("12:00");
    desk.press("h");
    assert!(!desk.shows("Known to be away"), "{}", desk.text());
    desk.press("esc").clock("15:20").press("h");
    assert!(desk.shows("Left for Wednesday 25 November: 4 unexplained"), "{}", desk.text());
    desk.press("pagedown pagedown pagedown");
    assert!(desk.shows("Khan, Amira 8KM: Wed 25 Nov, I"), "{}", desk.text());
}
