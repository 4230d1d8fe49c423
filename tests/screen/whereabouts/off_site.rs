//! Elsewhere by arrangement: who is there, and who says so.

use firstbell::domain::act::{Act, Confirm, ReportAbsence};
use firstbell::domain::people::pupil::PupilId;

use crate::support::{COLOUR, Office, am, pm, reported};

/// Three are with Harbour AP, one is at another school.
fn office() -> Office {
    let office = Office::new();
    for (pupils, code, words) in [(vec![6, 7, 12], "B", "Harbour AP"), (vec![9], "D", "")] {
        let pupils: Vec<_> = pupils.into_iter().map(PupilId).collect();
        let (by, words) = ("Ms Lee".to_owned(), words.to_owned());
        office.perform("08:00", ReportAbsence { by, words, ..reported(&pupils, code, am(), pm()) });
    }
    office
}

#[test]
fn the_list_at_80x24_and_120x40() {
    let office = office();
    for (name, size) in [("80x24", (80, 24)), ("120x40", (120, 40))] {
        let mut desk = office.desk_with("09:31", size, COLOUR, "S Marsh");
        desk.press("o y 'Mr' space 'Hall' enter x");
        insta::assert_snapshot!(format!("off_site_{name}"), desk.dialog());
    }
}

#[test]
fn who_is_not_there_is_unexplained_and_the_detail_says_who_says_so() {
    let office = office();
    let (pupils, said_by) = (vec![PupilId(12)], "Mr Hall".to_owned());
    office.perform("09:21", Act::Confirm(Confirm { pupils, at: am(), there: false, said_by }));
    let mut desk = office.desk("09:31");
    desk.press("2 G");
    for _ in 0..20 {
        if desk.line_with("── ").contains("── Sukarno") {
            break;
        }
        desk.press("k");
    }
    assert!(desk.shows("  NOT there, says Mr Hall 09:21"), "{}", desk.text());
}

#[test]
fn one_answer_speaks_for_everybody_with_the_provider() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("o");
    assert!(desk.shows("Off site AM  4"), "{}", desk.text());
    assert!(desk.line_with("Gray, Zoë").contains("waiting until 10:00"));
    desk.press("Y");
    assert!(desk.shows("Who says all 3 there?"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(desk.status(), "Type who confirmed it, at the provider.");
    desk.press("'Mr' space 'Hall' enter");
    assert_eq!(
        office.ask("SELECT pupil, there, said_by FROM confirmation"),
        "6 | 1 | Mr Hall\n7 | 1 | Mr Hall\n12 | 1 | Mr Hall"
    );
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'confirm'"), "1");
    assert!(desk.line_with("Sukarno").contains("there 09:31, Mr Hall"));
    desk.press("u");
    assert!(desk.line_with("Sukarno").contains("waiting"));
}

#[test]
fn the_name_given_is_offered_for_the_next_with_the_same_provider() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("o y 'Mr' space 'Hall' enter y enter");
    assert_eq!(office.ask("SELECT pupil, said_by FROM confirmation"), "6 | Mr Hall\n7 | Mr Hall");
    desk.press("down y enter");
    assert_eq!(desk.status(), "Type who confirmed it, at the provider.", "another provider");
    desk.press("esc esc");
    assert!(!desk.shows("Off site AM"));
}

#[test]
fn it_opens_on_the_first_who_must_still_be_asked() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("o y 'Mr' space 'Hall' enter esc o x");
    assert!(desk.shows("Who says O’Neill-Smith, Siobhán NOT there?"), "{}", desk.text());
}

#[test]
fn who_is_not_there_or_not_confirmed_in_time_is_due() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("o x 'Mr' space 'Hall' enter");
    assert!(desk.line_with("Gray, Zoë").contains("NOT THERE 09:31, Mr Hall"));
    assert_eq!(desk.status(), "✓ Gray, Zoë 9BW NOT there, says Mr Hall   u undo");
    desk.clock("10:00");
    assert!(desk.shows("Off site AM  4, 3 due"), "{}", desk.text());
    assert!(desk.line_with("Sukarno").contains("DUE: ask"));
    desk.press("Y enter");
    assert!(desk.line_with("Gray, Zoë").contains("NOT THERE"), "an answer given is not swept away");
    assert!(desk.line_with("Sukarno").contains("there 10:00, Mr Hall"));
}

#[test]
fn the_house_s_keys_are_about_the_chosen_pupil() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("o enter");
    assert!(desk.shows("Gray, Zoë 9BW") && desk.shows("B: report B by Ms Lee"), "{}", desk.text());
    desk.press("esc o m");
    assert!(desk.shows("Gray, Zoë"), "{}", desk.text());
}

#[test]
fn nobody_elsewhere_is_a_sentence() {
    let mut desk = Office::new().desk("09:31");
    desk.press("o");
    assert!(desk.shows("Nobody is elsewhere by arrangement."));
    desk.press("y");
    assert_eq!(desk.status(), "Nobody is chosen.");
}
