//! A pupil walked by keys from a trigger to a meeting and a visit; then the chronology says so.

use super::{office, type_in};
use crate::support::AMIRA;

const ACTS: &str = "SELECT kind FROM act WHERE kind LIKE '%case%' ORDER BY id";

#[test]
fn from_a_trigger_to_a_meeting_and_a_visit() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.caught_up().press("f9 / 'khan' space 'am' space 'pers' enter c");
    insta::assert_snapshot!("opening_from_a_trigger", desk.dialog());
    type_in(&mut desk, "below 90 % since September").press("enter");
    assert!(desk.status().starts_with("✓ Khan, Amira 8KM: case opened at Concern, for S Marsh"), "{}", desk.text());
    // The list is gone back to; the same key now leads to the case.
    assert!(desk.shows("Triggers “khan am pers”"), "{}", desk.text());
    desk.press("c");
    assert!(desk.shows("Khan, Amira 8KM  Concern") && desk.shows("opened 24 Nov 2026 from a trigger (persistent)"));
    assert!(desk.shows("persistent,"), "{}", desk.text());
    // A meeting: what it is is offered, and today.
    desk.clock("10:02").press("m tab");
    type_in(&mut desk, "Mrs Khan, Mr Webb").press("tab");
    type_in(&mut desk, "Mornings are hard.").press("tab");
    type_in(&mut desk, "see the GP / Mrs Khan / fri; a lift from Bilal / Mrs Khan / 1/12");
    insta::assert_snapshot!("a_meeting", desk.dialog());
    desk.press("enter");
    assert!(desk.status().starts_with("✓ Khan, Amira 8KM: meeting, 2 actions agreed"), "{}", desk.text());
    assert!(desk.shows("due Fri 27 Nov: see the GP, Mrs Khan"), "{}", desk.text());
    // A visit: the staff leave.
    desk.clock("10:20").press("v 's' tab '11:00'");
    insta::assert_snapshot!("leaving_for_a_visit", desk.dialog());
    desk.press("enter");
    assert!(desk.status().contains("due back 11:00: the first visit to a family is made by two"), "{}", desk.text());
    assert!(desk.shows("due today 11:00: back from the home visit, S Marsh"), "{}", desk.text());
    // They are back: the same key.
    desk.clock("10:55").press("v 'seen' tab 'y' tab 'y' tab");
    type_in(&mut desk, "Mrs Khan").press("tab");
    type_in(&mut desk, "Up and dressed.");
    insta::assert_snapshot!("back_from_a_visit", desk.dialog());
    desk.press("enter");
    assert!(!desk.shows("due today 11:00"), "{}", desk.text());
    for (when, what) in [
        ("24 Nov 2026 10:55", "back from the home visit: child seen well; child seen yes, spoken to yes, met Mrs Khan"),
        ("24 Nov 2026 10:20", "home visit, safe and well: S Marsh, due back 11:00"),
        ("24 Nov 2026 ", "with Mrs Khan, Mr Webb: meeting with the family: Mornings are hard."),
        ("24 Nov 2026 09:31", "case opened at Concern, from a trigger: persistent: below 90 % since September"),
    ] {
        assert!(desk.line_with(what).contains(when), "{what}: {}", desk.text());
    }
    assert_eq!(office.ask(ACTS), "open-case\nlog-case-event\nlog-case-event\nend-case-event");
    // Oldest first; and what was just done is taken back, with a line that says so.
    desk.press("r");
    assert!(desk.shows("oldest first"), "{}", desk.text());
    desk.press("u");
    assert!(desk.shows("taken back: what became of it") && desk.shows("due today 11:00"), "{}", desk.text());
}

#[test]
fn a_case_is_opened_from_a_card_and_by_its_name_and_its_stage_and_next_step_are_said() {
    let office = office();
    let mut desk = office.desk("09:31");
    // Amira is the first of the unexplained; she is vulnerable, and that her case is opened is put down.
    desk.press("/ 'khan' space 'am' enter K");
    assert!(desk.shows("Khan, Amira 8KM  no case open"), "{}", desk.text());
    let put_down = office.ask("SELECT shown, pupil FROM disclosure ORDER BY id DESC LIMIT 1");
    assert_eq!(put_down, format!("card | {}", AMIRA.0));
    desk.press("s");
    assert_eq!(desk.status(), "No case is open about the pupil.");
    desk.press("o");
    type_in(&mut desk, "late and tired").press("tab tab tab tab tab");
    type_in(&mut desk, "ring Mrs Khan").press("enter");
    assert_eq!(desk.status(), "When: type when that is to be done.");
    desk.press("'fri' enter");
    assert!(desk.shows("due Fri 27 Nov: ring Mrs Khan"), "{}", desk.text());
    desk.press("s '2'");
    assert!(desk.shows("Meeting; not done before: contact"), "{}", desk.text());
    desk.press("enter");
    assert!(desk.shows("Khan, Amira 8KM  Meeting"), "{}", desk.text());
    desk.press("x");
    type_in(&mut desk, "write to both parents").press("tab 'tomorrow' enter");
    assert!(desk.shows("due Wed 25 Nov: write to both parents"), "{}", desk.text());
    desk.press("t");
    type_in(&mut desk, "95 % by Christmas").press("enter w");
    type_in(&mut desk, "J Ito").press("enter");
    assert!(desk.shows("Target: 95 % by Christmas") && desk.shows("J Ito sees to it"), "{}", desk.text());
    desk.press("e 'imp' enter");
    assert!(desk.shows("no case open") && desk.shows("The last case was closed"), "{}", desk.text());
    desk.press("esc : 'pupil's' space 'case' enter");
    assert!(desk.shows("no case open"), "{}", desk.text());
}
