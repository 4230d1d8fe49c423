//! Two screens on one file.

use crate::support::{COLOUR, Office};

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
