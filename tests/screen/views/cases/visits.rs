//! Home visits by keys: who is to go, by area; they leave, are overdue from the minute on, and are back.

use firstbell::domain::act::Officer;
use firstbell::domain::incoming::{Incoming, IncomingPupil};
use firstbell::domain::school::staff::Role;

use super::{BILAL, met, office, opened, type_in, visiting};
use crate::support::{AMIRA, COLOUR, Office, detailed, officer, placed, pupil};

/// Amira is to be visited today, and lives in ZZ99; staff are out to Bilal.
fn morning() -> Office {
    let office = office();
    let amira = detailed(IncomingPupil { year: Some(8), ..pupil(1, ("Khan", "Amira", "8KM")) });
    office.bring(&Incoming { pupils: placed([amira]), ..Incoming::default() });
    office.perform("08:10", opened(AMIRA, "Concern", "S Marsh", Some((24, "home visit with Mr Cole"))));
    office.perform("08:12", met(BILAL, "see the GP", 27));
    office.perform("09:20", visiting(BILAL, "09:20", "10:15"));
    office
}

#[test]
fn they_leave_are_overdue_from_the_minute_on_and_are_back() {
    let office = morning();
    let mut desk = office.desk_of("09:31", (120, 40), COLOUR, Officer { role: Role::Officer, ..officer("S Marsh") });
    desk.press("f8 v");
    insta::assert_snapshot!("visits_of_today", desk.dialog());
    // The address is shown once that is put down.
    assert!(!desk.shows("14 Mill Lane"), "{}", desk.text());
    desk.press("v");
    assert!(desk.shows("14 Mill Lane"), "{}", desk.text());
    let put_down = "SELECT shown, what FROM disclosure ORDER BY id DESC LIMIT 1";
    assert_eq!(office.ask(put_down), "number | addresses, on the list of home visits");
    // Nobody who has not left can be back.
    desk.press("b");
    assert_eq!(desk.status(), "They have not left yet.");
    desk.press("o 's' tab '10:30' tab tab 'J' space 'Ito' enter");
    assert!(desk.shows("Home visits  0 to go  2 out  0 overdue"), "{}", desk.text());
    // The other is overdue in this minute, and says so on the list as on every desk.
    desk.clock("10:16");
    assert!(desk.shows("2 out  1 overdue") && desk.shows("OVERDUE since 10:15, J Ito"), "{}", desk.text());
    insta::assert_snapshot!("a_visit_is_overdue", desk.dialog());
    let mut other = office.desk("10:16");
    assert!(other.status().contains("J Ito is not back from the home visit to Khan, Bilal"), "{}", other.text());
    other.press("f8 v G b 'no-' tab 'n' tab 'n' enter");
    assert!(other.shows("back 10:16, J Ito: no answer, card left"), "{}", other.text());
    desk.look();
    assert!(desk.shows("1 out  0 overdue"), "{}", desk.text());
    // What is to be known stands in the next visit's form already.
    desk.press("b 'seen' tab 'y' tab 'y' tab tab");
    type_in(&mut desk, "Up and dressed.").press("tab");
    type_in(&mut desk, "ring tomorrow").press("tab 'y' enter");
    assert!(desk.shows("back 10:16, S Marsh and J Ito: child seen well"), "{}", desk.text());
}

#[test]
fn a_reader_is_shown_no_visits_and_a_list_on_paper_keeps_masked_what_is() {
    let office = morning();
    let mut reader = office.desk_of("09:31", (120, 40), COLOUR, Officer { role: Role::Reader, ..officer("R Reader") });
    reader.press("f8 v");
    assert!(!reader.shows("Home visits"), "{}", reader.text());
    let mut small = office.desk_of("09:31", (80, 24), COLOUR, Officer { role: Role::Officer, ..officer("S Marsh") });
    small.press("f8 v");
    insta::assert_snapshot!("visits_80x24", small.dialog());
}
