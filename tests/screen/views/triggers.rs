//! Triggers: how many there are waits in the title, and each opens onto the sessions it rests on.

use chrono::NaiveDate;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::code::Code;
use firstbell::domain::facts::evidence::Mark;
use firstbell::domain::incoming::{Incoming, IncomingMark};

use crate::support::{Office, key, placed};

/// A week of O of Amira's, a fortnight of illness of another's.
fn office() -> Office {
    let office = Office::new();
    let day = |day: u32| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    let of = |pupil, code: &str, days: &[u32]| -> Vec<IncomingMark> {
        let mark = Mark::plain(Code::parse(code).unwrap());
        let sessions = days.iter().flat_map(|one| Session::BOTH.map(|session| SessionDate::new(day(*one), session)));
        sessions.map(|at| IncomingMark { pupil: key(pupil), at, mark, by: Some("Mrs Kemp".to_owned()) }).collect()
    };
    let marks = [of(1, "O", &[9, 10, 11, 12, 13]), of(2, "I", &[9, 10, 11, 12, 13, 16, 17, 18, 19, 20])].concat();
    office.bring(&Incoming { marks: placed(marks).into(), ..Incoming::default() });
    office
}

#[test]
fn their_number_waits_in_the_title() {
    let office = office();
    let mut desk = office.desk("09:31");
    assert!(!desk.shows("trigger"), "{}", desk.text());
    desk.caught_up();
    assert!(desk.shows("f9 1 trigger"), "{}", desk.text());
}

#[test]
fn each_opens_onto_its_sessions() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press("f9");
    insta::assert_snapshot!(desk.frame());
    desk.press("/ 'bilal' space 'pers'");
    assert!(desk.shows("Triggers “bilal pers”: 1 of 9") && desk.shows("I Mon 9 Nov-Fri 20 Nov"), "{}", desk.text());
    desk.press("backspace ".repeat(10).trim());
    desk.press("'khan' space 'pen' enter enter");
    assert!(desk.shows("Khan, Amira"), "{}", desk.text());
    // The list is gone back to, as it was left.
    desk.press("esc");
    assert!(desk.shows("Triggers “khan pen”: 1 of "), "{}", desk.text());
}

#[test]
fn it_is_found_by_its_name() {
    let office = office();
    let mut desk = office.desk("09:31");
    desk.press(": 'trigg' enter");
    assert!(desk.shows("O Mon 9 Nov-Fri 13 Nov"), "{}", desk.text());
}
