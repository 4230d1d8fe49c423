//! Out of the building and back, by keys alone.

use firstbell::domain::facts::presence::Way;
use firstbell::domain::people::pupil::PupilId;

use crate::support::{AMIRA, Desk, Office, came, moved};

const MOVED: &str = "SELECT pupil, time, way, reason FROM movement WHERE withdrawn IS NULL ORDER BY id";

/// Amira has come late: she is in, and chosen in the lateness queue.
fn late_amira() -> Office {
    let office = Office::new();
    office.perform("08:57", came(AMIRA, "08:57"));
    office
}

#[test]
fn out_takes_three_keys_from_the_chosen_row_and_back_takes_two() {
    let office = late_amira();
    let mut desk = office.desk("10:20");
    desk.press("3");
    let keys = "b d enter";
    assert_eq!(Desk::count(keys), 3);
    desk.press(keys);
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM out 10:20, dentist   u undo");
    desk.clock("11:40").press("b enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM back 11:40   u undo");
    assert_eq!(office.ask(MOVED), "1 | 10:20 | out | dentist\n1 | 11:40 | back | ");
    desk.press("u");
    assert_eq!(office.ask(MOVED), "1 | 10:20 | out | dentist");
}

#[test]
fn anybody_can_be_picked_and_words_and_time_are_as_typed() {
    let office = Office::new();
    let mut desk = office.desk("10:20");
    desk.press("3 b 'mori' enter");
    assert!(desk.shows("Mori, Yui 9BW goes out"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(desk.status(), "Say why the pupil goes out.");
    desk.press("'vet' tab 'x' enter");
    assert_eq!(desk.status(), "The time is written 10:20.");
    desk.press("ctrl-u '10:05' enter");
    assert_eq!(desk.status(), "✓ Mori, Yui 9BW out 10:05, vet   u undo");
}

#[test]
fn another_pupils_name_is_no_reason_to_go_out() {
    let office = late_amira();
    let mut desk = office.desk("10:20");
    desk.press("3 b 'mori' enter");
    let asks = "“mori” is a name: esc finds it, enter again logs Khan, Amira 8KM out.";
    assert_eq!(desk.status(), asks);
    assert_eq!(office.ask(MOVED), "");
    desk.press("esc enter 'firth' enter");
    assert_eq!(desk.status(), "✓ Mori, Yui 9BW out 10:20, firth   u undo", "whoever was typed is meant");
    desk.press("b 'mori' enter enter");
    assert_eq!(desk.status(), "✓ Khan, Amira 8KM out 10:20, mori   u undo");
    desk.press("b 'mori' enter");
    assert!(desk.status().ends_with("enter again logs Khan, Amira 8KM back."), "{}", desk.status());
}

#[test]
fn a_time_to_come_is_refused_and_nothing_typed_is_lost() {
    let office = late_amira();
    let mut desk = office.desk("10:20");
    desk.press("3 b 'dent' tab '10:40' enter");
    assert!(desk.status().contains("Not done: 10:40 on Tue 24 Nov has not come yet"), "{}", desk.status());
    assert!(desk.shows("dent") && desk.shows("10:40"));
    desk.press("ctrl-u '10:15' enter");
    assert_eq!(office.ask(MOVED), "1 | 10:15 | out | dentist");
}

#[test]
fn two_desks_that_log_the_same_do_not_undo_each_other() {
    let office = late_amira();
    let mut desk = office.desk("10:20");
    desk.press("3 b 'dent'");
    office.perform("10:18", moved(AMIRA, Way::Out, "10:18", "dentist"));
    desk.look().press("enter");
    assert!(desk.status().contains("Not done: Khan, Amira 8KM is out already"), "{}", desk.status());
    assert_eq!(office.ask(MOVED), "1 | 10:18 | out | dentist");
}

#[test]
fn the_card_tells_it() {
    let office = Office::new();
    let mut desk = office.desk("10:20");
    office.perform("10:10", moved(PupilId(5), Way::Out, "10:10", "dentist"));
    desk.look().press("/ 'firth' enter");
    assert!(desk.line_with("Now  ").contains("out since 10:10: dentist"));
    office.perform("10:19", moved(PupilId(5), Way::Back, "10:19", ""));
    desk.look();
    assert!(desk.line_with("Now  ").contains("last seen back in 10:19"));
    assert!(desk.shows("10:10  out: dentist (J Ito)"), "{}", desk.text());
    assert!(desk.shows("10:19  back (J Ito)"), "{}", desk.text());
}
