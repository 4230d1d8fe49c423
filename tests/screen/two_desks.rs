//! Two screens on one file: what is done at one reaches the other, and each is told that another is calling about the pupil.

use firstbell::domain::facts::desk_presence::Place;
use firstbell::screen::{Event, Request, answering, asking};

use crate::support::{AMIRA, COLOUR, Desk, ERIN, Office, at};

fn second(office: &Office, time: &str) -> Desk {
    office.desk_with(time, (80, 24), COLOUR, "J Ito")
}

#[test]
fn a_late_logged_at_one_leaves_the_others_unexplained_list() {
    let office = Office::new();
    let mut gate = office.desk_with("09:12", (80, 24), COLOUR, "J Ito");
    let mut desk = office.desk("09:12");
    assert!(desk.line_with("2 Unexplained").contains("2 Unexplained  4"));
    gate.press("l 'khan' space 'am' enter t enter");
    desk.look();
    assert!(desk.line_with("2 Unexplained").contains("2 Unexplained  3"));
    desk.press("/ 'khan' space 'am' enter");
    assert!(desk.shows("U 32 min: gate 09:12 beats tutor N 08:50"));
    assert!(desk.shows("gate 09:12, J Ito: traffic"));
}

#[test]
fn the_chosen_row_stays_the_same_pupil_and_anothers_act_leaves_nobody_chosen() {
    let office = Office::new();
    let mut gate = office.desk_with("09:12", (80, 24), COLOUR, "J Ito");
    let mut desk = office.desk("09:12");
    desk.press("j");
    assert!(desk.shows("── Evans, Llŷr"));
    gate.press("l 'khan' space 'am' enter t enter");
    desk.look();
    assert!(desk.shows("── Evans, Llŷr"));
    gate.press("l 'evans' enter t enter");
    desk.look();
    assert!(!desk.shows("── "));
    desk.press("n");
    assert_eq!(desk.status(), "Choose a pupil first.");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "0");
    desk.press("j");
    assert!(desk.shows("── "));
}

#[test]
fn both_see_registers_come_in() {
    let office = Office::new();
    let mut desk = office.desk("09:02");
    assert!(desk.shows("1 Unmarked registers  2 of 3"));
    office.register("09:02", "9BW", "Mr Webb", &[(6, "/"), (7, "/"), (8, "/"), (9, "/")]);
    desk.look();
    assert!(desk.shows("1 Unmarked registers  1 of 3"));
    assert!(desk.shows("3/4 1 blank"));
}

#[test]
fn the_call_card_shows_the_mark_change_while_the_call_goes_on() {
    let office = Office::new();
    let mut gate = office.desk_with("09:12", (80, 24), COLOUR, "J Ito");
    let mut desk = office.desk("09:12");
    desk.press("c s i");
    assert!(desk.shows("Call about Khan, Amira 8KM: AM N"));
    gate.press("l 'khan' space 'am' enter t enter");
    desk.look();
    assert!(desk.shows("Call about Khan, Amira 8KM: AM U 32"), "{}", desk.text());
}

#[test]
fn the_other_desk_reads_who_is_calling_since_when_and_calls_all_the_same() {
    let office = Office::new();
    let (mut desk, mut other) = (office.desk("09:31"), second(&office, "09:31"));
    other.press("c");
    assert!(!other.shows("is calling since"));
    desk.press("c");
    other.look();
    assert!(other.shows("S Marsh is calling since 09:31"), "{}", other.text());
    assert!(!desk.shows("S Marsh is calling"), "nobody is told of themselves: {}", desk.text());
    desk.look();
    assert!(desk.shows("J Ito is calling since 09:31"));
    other.press("s i enter");
    assert!(other.status().starts_with("✓ Khan, Amira 8KM: spoke"), "{}", other.status());
    desk.look();
    assert!(!desk.shows("J Ito is calling"), "saved is done: {}", desk.text());
}

#[test]
fn a_claim_is_renewed_while_the_card_is_open_and_ends_with_it() {
    let office = Office::new();
    let (mut desk, mut other) = (office.desk("09:31"), second(&office, "09:31"));
    desk.press("c");
    for time in ["09:32", "09:33", "09:34", "09:35", "09:36", "09:37"] {
        desk.clock(time);
    }
    other.clock("09:37").look().press("c");
    assert!(other.shows("S Marsh is calling since 09:31"), "{}", other.text());
    desk.press("esc");
    other.look();
    assert!(!other.shows("S Marsh is calling"));
}

#[test]
fn a_claim_of_a_desk_that_says_nothing_more_ends_by_itself() {
    let office = Office::new();
    let (mut desk, mut other) = (office.desk("09:31"), second(&office, "09:31"));
    desk.press("c");
    drop(desk);
    other.look().press("c");
    assert!(other.shows("S Marsh is calling since 09:31"));
    other.clock("09:35");
    assert!(other.shows("S Marsh is calling since 09:31"));
    other.clock("09:36");
    assert!(!other.shows("S Marsh is calling"), "{}", other.text());
}

#[test]
fn the_next_pupil_takes_the_place_of_the_one_before() {
    let office = Office::new();
    let mut desk = office.desk("09:31");
    desk.press("c esc j j c");
    assert_eq!(office.ask("SELECT pupil, who FROM sitting"), format!("{} | S Marsh", ERIN.0));
    let renewed = desk.send_only(Event::Minute);
    assert_eq!(renewed, [Request::ReportPresence(Place::Office, Some(ERIN))]);
    let closed = desk.send_only(Event::Key("esc".parse().unwrap()));
    assert_eq!(closed, [Request::ForgetUnshown, Request::ReportPresence(Place::Office, None)]);
    assert_eq!(desk.send_only(Event::Minute), [Request::ReportPresence(Place::Office, None)]);
}

#[test]
fn whoever_leaves_in_the_middle_of_a_call_is_calling_no_more() {
    let office = Office::new();
    let desk = office.desk("09:31");
    let ((ask, asked), (answering, ..)) = (asking(), answering().unwrap());
    ask.ask(Request::ReportPresence(Place::Office, Some(AMIRA)), at("09:31"));
    drop(ask);
    desk.worker.run(&asked, &answering);
    assert_eq!(office.ask("SELECT count(*) FROM sitting"), "0");
}
