//! The status goes when its time is over: with the next thing that is done, and by itself when it could be read.

use chrono::TimeDelta;
use firstbell::screen::Event;

use crate::support::Office;

#[test]
fn what_was_done_is_said_until_something_else_is_done() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("n");
    assert!(desk.status().starts_with("✓ "), "{}", desk.text());
    // A key that means nothing here leaves it.
    desk.press("f9");
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
