//! Staff who are not back from a home visit: a line on every desk, by what its role may know, until they are.

use firstbell::domain::act::Officer;
use firstbell::domain::school::staff::Role;

use super::{BILAL, office, visiting};
use crate::support::{COLOUR, officer};

#[test]
fn a_visit_that_is_not_back_is_a_line_on_every_desk_until_it_is() {
    let office = office();
    office.perform("09:30", visiting(BILAL, "09:30", "10:15"));
    let mut desk = office.desk("10:15");
    let mut small = office.desk_with("10:15", (80, 24), COLOUR, "J Ito");
    let reader = Officer { role: Role::Reader, ..officer("R Reader") };
    let mut reader = office.desk_of("10:15", (120, 40), COLOUR, reader);
    let mut gate = office.gate("10:15");
    assert!(!desk.shows("is not back"), "{}", desk.text());
    for one in [&mut desk, &mut small, &mut reader, &mut gate] {
        one.clock("10:20");
    }
    let line = "✗ J Ito is not back from the home visit to Khan, Bilal 10DP, due 10:15 (+5m)   f8 see to it";
    assert_eq!(desk.status(), line);
    assert!(small.status().starts_with("✗ J Ito is not back from the home visit to Khan, Bilal"), "{}", small.text());
    assert_eq!(reader.status(), "✗ J Ito is not back from a home visit, due 10:15 (+5m)   f8 see to it");
    assert!(!gate.shows("Ito is not back"), "others read the screen there: {}", gate.text());
    // Of another day it is a line as well.
    desk.press("<");
    assert_eq!(desk.status().split("   ").next(), line.split("   ").next(), "{}", desk.text());
    desk.press("=");
    // It stands first in the caseload, though there is no case.
    desk.press("f8");
    assert!(desk.shows("+5m") && desk.shows("no case") && desk.shows("due today 0  overdue 1"), "{}", desk.text());
    desk.press("enter v 'no-' tab 'n' tab 'n' enter");
    assert!(desk.status().contains("back from the home visit: no answer, card left"), "{}", desk.text());
    for one in [&mut small, &mut reader] {
        one.look();
        assert!(!one.shows("is not back"), "{}", one.text());
    }
}
