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
    desk.press("'amira' space");
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
fn a_space_within_a_name_ticks_nobody() {
    let office = office();
    let mut desk = office.desk("10:42");
    desk.press("f 'khan' space");
    assert_eq!(desk.status(), "2 are called so: type on. The same key again ticks the first.");
    assert_eq!(office.ask("SELECT count(*) FROM sighting"), "0");
    desk.press("'b' space");
    assert_eq!(desk.status(), "✓ Khan, Bilal 10DP seen, roll call 10:42");
    desk.press("'khan' space space");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM seen, roll call 10:42");
    desk.press("'mori' space '8km' space");
    assert_eq!(desk.status(), "✓ Doyle, Erin 8KM seen, roll call 10:42", "of a group the first is ticked at once");
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

fn seen(office: &Office) -> String {
    let list = "SELECT group_concat(pupil, ' ') FROM (SELECT pupil FROM sighting WHERE withdrawn IS NULL AND seen ORDER BY pupil)";
    office.ask(list)
}

#[test]
fn a_key_ticks_the_group_and_goes_on_to_the_next() {
    let office = office();
    let mut desk = office.desk("10:42");
    desk.press("f +");
    assert_eq!(desk.status(), "✓ 3 of 8KM seen; roll call 10:42");
    assert_eq!(seen(&office), "1 3 4");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'sight-group'"), "1");
    assert!(desk.shows("Fire list, roll call 10:42, at 10:42: 1 of 3 groups, 6 not accounted for"), "{}", desk.text());
    assert!(desk.chosen_text().contains("Mori, Yui"), "{}", desk.chosen_text());
    // One key takes back the group, and the list goes back to it.
    desk.press("ctrl-z");
    assert_eq!(seen(&office), "");
    assert!(desk.chosen_text().contains("Doyle, Erin"), "{}", desk.chosen_text());
    desk.press("ctrl-z");
    assert_eq!(desk.status(), "Nothing was ticked here that could be taken back.");
}

#[test]
fn all_but_those_who_are_said_not_to_be_seen() {
    let office = office();
    let mut desk = office.desk("10:42");
    desk.press("f - tab shift-tab");
    desk.press("+");
    assert_eq!(desk.status(), "✓ 2 of 8KM seen, all but Doyle, Erin; roll call 10:42");
    assert_eq!(seen(&office), "1 4");
    assert!(desk.line_with("Doyle, Erin").contains("[!] Doyle, Erin"));
    assert!(desk.shows("!1/3"), "{}", desk.text());
    // Of one who was ticked with the others the tick is not taken back by itself: they are said not to be seen.
    desk.press("'amira' space");
    assert!(
        desk.status().starts_with("Khan, Amira 8KM was ticked with the group: - says not seen"),
        "{}",
        desk.status()
    );
    desk.press("-");
    assert_eq!(seen(&office), "1 4", "both are in the record");
    assert!(desk.line_with("Khan, Amira").contains("[!] Khan, Amira"), "{}", desk.text());
    desk.press("'khan' -");
    assert!(desk.line_with("Khan, Amira").contains("[x] Khan, Amira"), "{}", desk.text());
}

#[test]
fn the_group_s_key_pressed_on_and_on_ticks_one_group() {
    let office = office();
    let mut desk = office.desk("10:42");
    desk.press("f");
    for _ in 0..20 {
        desk.press("+");
        desk.now += chrono::TimeDelta::milliseconds(400);
    }
    assert_eq!(seen(&office), "1 3 4");
    assert!(desk.status().starts_with("Nothing recorded: the list has gone on to Mori, Yui 9BW"), "{}", desk.status());
    desk.press("space");
    assert_eq!(seen(&office), "1 3 4", "nor is a pupil of it ticked");
    // Whoever chooses the group, or waits, means it.
    desk.press("tab shift-tab +");
    assert_eq!(seen(&office), "1 3 4 8 9");
    desk.now += chrono::TimeDelta::seconds(4);
    desk.press("+");
    assert_eq!(seen(&office), "1 2 3 4 8 9 10 11 12");
    assert!(desk.shows("EVERYBODY IS ACCOUNTED FOR"));
    assert!(desk.shows("3 of 3 groups, 0 not accounted for"));
    desk.now += chrono::TimeDelta::seconds(4);
    desk.press("+");
    assert_eq!(desk.status(), "Every group is gone through.");
}

#[test]
fn a_group_that_is_gone_through_is_passed_over() {
    let office = office();
    let mut desk = office.desk("10:42");
    let mut other = office.desk_with("10:42", (80, 24), COLOUR, "J Ito");
    desk.press("f space");
    other.look().press("f tab +");
    assert_eq!(seen(&office), "3 8 9");
    desk.look().press("+");
    assert_eq!(seen(&office), "1 3 4 8 9");
    assert!(desk.chosen_text().contains("10DP"), "9BW is gone through: {}", desk.chosen_text());
    desk.press("shift-tab +");
    assert_eq!(desk.status(), "9BW is gone through: on to 10DP. Nothing recorded.");
    desk.press("+");
    assert!(desk.shows("Nothing recorded: the list has gone on to "), "{}", desk.text());
    assert_eq!(seen(&office), "1 3 4 8 9");
}

#[test]
fn a_group_of_which_only_a_part_is_shown_is_not_ticked() {
    let office = office();
    let mut desk = office.desk("10:42");
    desk.press("f 'suk' +");
    assert_eq!(desk.status(), "Only a part of 10DP is shown: nobody is ticked unseen.");
    desk.press("esc '10dp' +");
    assert_eq!(seen(&office), "2 10 11 12");
    desk.press("'gray' +");
    assert_eq!(desk.status(), "Choose somebody of the group first.");
}

#[test]
fn two_desks_tick_one_group_at_once() {
    let office = office();
    let mut one = office.desk("10:42");
    one.press("f +");
    let mut other = office.desk_with("10:43", (120, 40), COLOUR, "J Ito");
    let mut third = office.desk_with("10:43", (120, 40), COLOUR, "L Lee");
    other.press("f tab");
    third.press("f tab");
    // Both have the same list before them.
    third.press("-");
    other.press("+");
    assert_eq!(other.status(), "✓ 1 of 9BW seen; roll call 10:42; Mori, Yui: said not to be seen 10:43 by L Lee");
    third.press("+");
    assert!(third.status().starts_with("✗ Not done: nobody of 9BW is left: "), "{}", third.status());
    assert_eq!(seen(&office), "1 3 4 9", "nothing doubled, nothing lost");
    assert_eq!(office.ask("SELECT count(*) FROM sighting WHERE pupil IN (8, 9)"), "2");
}

#[test]
fn the_gate_ticks_a_group_too() {
    let office = office();
    let mut desk = office.gate("10:42");
    desk.press("f6 +");
    assert_eq!(desk.status(), "✓ 3 of 8KM seen; roll call 10:42");
}

#[test]
fn frames_of_a_roll_call_by_groups() {
    for (name, size) in [("80x24", (80, 24)), ("100x30", (100, 30)), ("120x40", (120, 40)), ("200x60", (200, 60))] {
        let office = office();
        let mut desk = office.desk_with("10:42", size, COLOUR, "S Marsh");
        desk.press("f - +");
        insta::assert_snapshot!(format!("groups_{name}"), desk.dialog());
    }
}
