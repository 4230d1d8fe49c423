//! The fire list and its roll calls.

use firstbell::domain::act::ReportAbsence;
use firstbell::domain::facts::presence::Way;
use firstbell::domain::people::pupil::PupilId;

use crate::support::{AMIRA, COLOUR, Desk, Office, am, came, moved, pm, reported};

/// A morning at 10:42: 8KM and 9BW are in, 10DP has a blank; Max Firth has gone out, Zoë Gray is ill, Siobhán
/// O’Neill-Smith on a trip.
fn office() -> Office {
    let office = Office::new();
    office.register("08:55", "9BW", "Mr Webb", &[(6, "N"), (7, "N"), (8, "/"), (9, "/")]);
    let report = |pupil: i64, code: &str| {
        let (by, words) = ("Ms Lee".to_owned(), "museum".to_owned());
        ReportAbsence { by, words, ..reported(&[PupilId(pupil)], code, am(), pm()) }
    };
    office.perform("09:05", report(6, "I"));
    office.perform("09:06", report(7, "V"));
    office.perform("09:31", came(AMIRA, "09:31"));
    office.perform("10:05", moved(PupilId(5), Way::Out, "10:05", "dentist"));
    office
}

fn counts(desk: &Desk) -> String {
    desk.line_with("to account for").trim_matches(['│', ' ']).to_owned()
}

#[test]
fn the_list_at_80x24_and_120x40() {
    let office = office();
    for (name, size) in [("80x24", (80, 24)), ("120x40", (120, 40))] {
        let mut desk = office.desk_with("10:42", size, COLOUR, "S Marsh");
        desk.press("f");
        insta::assert_snapshot!(format!("fire_{name}"), desk.dialog());
    }
}

#[test]
fn after_the_days_end_the_list_says_so() {
    let office = office();
    let mut desk = office.desk_with("15:21", (80, 24), COLOUR, "S Marsh");
    desk.press("f");
    insta::assert_snapshot!("fire_over_80x24", desk.dialog());
}

#[test]
fn a_roll_call_is_ticked_with_one_key_a_pupil() {
    let office = office();
    let mut desk = office.desk("10:42");
    desk.press("f");
    assert_eq!(counts(&desk), "9 UNACCOUNTED FOR · 0 accounted · 9 to account for");
    desk.press("space space");
    assert_eq!(counts(&desk), "7 UNACCOUNTED FOR · 2 accounted · 9 to account for");
    assert_eq!(
        office.ask("SELECT pupil, seen, place FROM sighting"),
        "3 | 1 | roll call 10:42\n4 | 1 | roll call 10:42"
    );
    assert!(desk.line_with("Doyle, Erin").contains("[x] Doyle, Erin"));
    assert_eq!(desk.status(), "✓ Evans, Llŷr 8KM seen, roll call 10:42");
    desk.press("-");
    assert_eq!(counts(&desk), "7 UNACCOUNTED FOR · 2 accounted · 9 to account for");
    assert!(desk.line_with("Khan, Amira").contains("[!] Khan, Amira"));
    assert!(desk.line_with("Khan, Amira").contains("? look for: NOT SEEN 10:42; U 09:31"));
    for _ in 0..6 {
        desk.press("space");
    }
    assert_eq!(counts(&desk), "1 UNACCOUNTED FOR · 8 accounted · 9 to account for");
    desk.press("'khan' space");
    assert!(desk.shows("✓ EVERYBODY IS ACCOUNTED FOR · 9 accounted · 9 to account for"), "{}", desk.text());
}

#[test]
fn letters_find_a_name_and_the_tick_clears_them() {
    let office = office();
    let mut desk = office.desk("10:42");
    desk.press("f 'suk'");
    assert!(desk.shows("Sukarno") && !desk.shows("Doyle, Erin"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(office.ask("SELECT pupil FROM sighting"), "12");
    assert!(desk.shows("Doyle, Erin"));
    // An Enter too many ticks nobody else.
    desk.press("enter enter");
    assert_eq!(desk.status(), "Type a name first; the chosen pupil is ticked by another key.");
    assert_eq!(office.ask("SELECT pupil FROM sighting"), "12");
    desk.press("'zzz'");
    assert!(desk.shows("Nobody on roll has a name that begins so."));
    desk.press("esc");
    assert!(desk.shows("Doyle, Erin"));
    desk.press("esc");
    assert!(!desk.shows("Fire list"));
}

#[test]
fn who_was_not_expected_is_found_and_ticked_too() {
    let office = office();
    let mut desk = office.desk("10:42");
    desk.press("f");
    assert!(!desk.shows("Gray, Zoë"));
    desk.press("'gray'");
    assert!(desk.line_with("Gray, Zoë").contains("not expected: I"));
    desk.press("space");
    assert_eq!(counts(&desk), "9 UNACCOUNTED FOR · 1 accounted · 10 to account for");
}

#[test]
fn a_tick_is_taken_back_by_the_same_key() {
    let office = office();
    let mut desk = office.desk("10:42");
    desk.press("f space up space");
    assert_eq!(counts(&desk), "9 UNACCOUNTED FOR · 0 accounted · 9 to account for");
    assert_eq!(office.ask("SELECT count(*) FROM sighting WHERE withdrawn IS NULL"), "0");
    assert!(desk.line_with("Doyle, Erin").contains("[ ] Doyle, Erin"));
}

#[test]
fn groups_are_stepped_through_and_only_who_is_left_is_shown() {
    let office = office();
    let mut desk = office.desk("10:42");
    desk.press("f tab space");
    assert_eq!(office.ask("SELECT pupil FROM sighting"), "8", "Yui Mori is the first of 9BW to account for");
    desk.press("tab shift-tab shift-tab");
    assert!(desk.shows("8KM, Mrs Kemp: 3 of 3 unaccounted"), "{}", desk.text());
    desk.press("ctrl-t");
    assert!(!desk.shows("] Mori, Yui"));
    desk.press("space");
    assert!(!desk.shows("] Doyle, Erin"));
    assert!(desk.shows("8KM, Mrs Kemp: 2 of 3 unaccounted"), "the next is chosen: {}", desk.text());
    desk.press("ctrl-t");
    assert!(desk.shows("[x] Doyle, Erin"));
}

#[test]
fn two_desks_tick_one_roll_call() {
    let office = office();
    let mut one = office.desk("10:42");
    one.press("f space");
    let mut other = office.desk_with("10:44", (80, 24), COLOUR, "J Ito");
    other.press("f");
    assert!(other.shows("Fire list, roll call 10:42"));
    assert_eq!(counts(&other), "8 UNACCOUNTED FOR · 1 accounted · 9 to account for");
    other.press("'suk' space");
    one.look();
    assert_eq!(counts(&one), "7 UNACCOUNTED FOR · 2 accounted · 9 to account for");
    assert_eq!(office.ask("SELECT DISTINCT place FROM sighting"), "roll call 10:42");
}

#[test]
fn whoever_opened_before_the_first_tick_joins_it() {
    let office = office();
    let mut one = office.desk("10:42");
    one.press("f");
    let mut other = office.desk_with("10:43", (80, 24), COLOUR, "J Ito");
    other.press("f");
    one.press("space");
    other.look();
    assert!(other.shows("Fire list, roll call 10:42"), "{}", other.text());
    other.press("space");
    assert_eq!(office.ask("SELECT DISTINCT place FROM sighting"), "roll call 10:42");
}

#[test]
fn a_new_roll_call_begins_with_nobody_ticked_and_the_others_follow() {
    let office = office();
    let mut one = office.desk("10:42");
    let mut other = office.desk_with("10:42", (80, 24), COLOUR, "J Ito");
    one.press("f space ctrl-r");
    assert_eq!(one.status(), "This roll call has just begun.");
    other.look().press("f");
    one.clock("10:50").press("ctrl-r");
    assert_eq!(counts(&one), "9 UNACCOUNTED FOR · 0 accounted · 9 to account for");
    one.press("space");
    other.clock("10:50").look();
    assert!(other.shows("Fire list, roll call 10:50"));
    assert_eq!(counts(&other), "8 UNACCOUNTED FOR · 1 accounted · 9 to account for");
    let mut later = office.desk("11:50");
    later.press("f");
    assert!(later.shows("Fire list, roll call 11:50"), "an hour later it is another: {}", later.text());
}

#[test]
fn news_moves_nobody_under_the_finger() {
    let office = office();
    let mut desk = office.desk("10:42");
    desk.press("f down");
    office.register("10:43", "8KM", "Mrs Kemp", &[(1, "/"), (3, "I"), (4, "/"), (5, "/")]);
    desk.clock("10:43").look().press("space");
    assert_eq!(office.ask("SELECT pupil FROM sighting"), "4");
}
