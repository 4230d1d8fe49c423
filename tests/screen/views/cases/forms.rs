//! The forms of casework: what nobody typed is not recorded, and what cannot be is refused with what was typed kept.

use firstbell::domain::act::{Act, LogCaseEvent, Officer};
use firstbell::domain::cases::event::{CaseEvent, LeaveRequest, Party};
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::staff::Role;

use super::{BILAL, met, november, office, opened, three, type_in};
use crate::support::{AMIRA, COLOUR, Office, officer};

/// Somebody's family asks for leave on Monday.
fn asks_for_leave(pupil: PupilId) -> Act {
    let by = Party { contact: None, name: "Mrs Khan".to_owned() };
    let (first, last) = (november(30), november(30));
    let reason = "a wedding".to_owned();
    let event = CaseEvent::Leave(LeaveRequest { asked: november(20), by, first, last, reason });
    LogCaseEvent { pupil, event }.into()
}

fn acts(office: &Office) -> String {
    office.ask("SELECT count(*) FROM act")
}

#[test]
fn enter_alone_records_nothing_in_any_form() {
    let office = three();
    office.perform("08:20", asks_for_leave(BILAL));
    let before = acts(&office);
    let mut desk = office.desk_of("09:31", (120, 40), COLOUR, Officer { role: Role::Lead, ..officer("S Marsh") });
    desk.press("f8");
    for keys in ["c", "m", "v", "l", "d", "a", "i", "s", "w", "x", "t", "e"] {
        desk.press(&format!("enter {keys} enter"));
        let text = desk.text();
        assert!(desk.status() == "Nothing is typed yet, so nothing is put down.", "{keys}: {text}");
        // Nor is moving through it anything typed.
        desk.press("tab left end tab enter");
        assert!(desk.status() == "Nothing is typed yet, so nothing is put down.", "{keys}: {}", desk.text());
        desk.press("esc esc");
    }
    assert_eq!(acts(&office), before);
}

#[test]
fn a_refusal_says_what_is_missing_and_keeps_what_was_typed() {
    let office = three();
    let mut desk = office.desk("09:31");
    desk.press("f8 enter m tab");
    type_in(&mut desk, "Mrs Khan").press("enter");
    assert!(desk.status().ends_with("say what was said and decided: the minutes"), "{}", desk.text());
    assert!(desk.shows("Present     Mrs Khan"), "{}", desk.text());
    desk.press("tab 'Talked.' tab");
    type_in(&mut desk, "see the GP / Mrs Khan").press("enter");
    assert!(
        desk.status().starts_with("Agreed: “see the GP / Mrs Khan” is not what, who and by when"),
        "{}",
        desk.text()
    );
    type_in(&mut desk, " / 4/12").press("enter");
    assert!(desk.status().contains("meeting, 1 action agreed"), "{}", desk.text());
    desk.press("c 'x' enter");
    assert_eq!(
        desk.status(),
        "How: type one of letter, hand-delivered, call, text, email, in-person, or how it begins."
    );
    desk.press("backspace 'l' tab '9' enter");
    assert!(desk.status().starts_with("With: there is no contact 9: "), "{}", desk.text());
    assert!(desk.shows("letter") && desk.shows("Contact: Khan, Bilal"), "{}", desk.text());
}

#[test]
fn of_several_that_are_open_it_asks_which() {
    let office = three();
    office.perform("08:20", met(BILAL, "a lift to school", 27));
    let mut desk = office.desk("09:31");
    desk.press("f8 enter a");
    assert!(desk.shows("1 see the GP, Mrs Khan, by 20 Nov; 2 a lift"), "{}", desk.text());
    desk.press("tab 'y' enter");
    assert_eq!(desk.status(), "Which: type which, from 1 to 2.");
    desk.press("'2'");
    assert!(desk.shows("y: a lift to school, Mrs Khan, by 27 Nov"), "{}", desk.text());
    desk.press("enter");
    assert!(desk.status().contains("done as agreed on Tue 10 Nov 2026: a lift to school"), "{}", desk.text());
    // Of the one that is left nothing is asked.
    desk.press("a 'y' enter");
    assert!(desk.status().contains("done as agreed on Tue 10 Nov 2026: see the GP"), "{}", desk.text());
    desk.press("a");
    assert_eq!(desk.status(), "Nothing that was agreed is to be done.");
}

#[test]
fn leave_is_asked_for_by_an_officer_and_decided_by_a_lead() {
    let office = office();
    office.perform("08:20", opened(AMIRA, "Concern", "S Marsh", None));
    let officer_s = Officer { role: Role::Officer, ..officer("S Marsh") };
    let mut desk = office.desk_of("09:31", (120, 40), COLOUR, officer_s);
    desk.press("f8 enter l '30/11' tab '4/12'");
    assert!(desk.shows("Fri 4 Dec 2026: 5 school days"), "{}", desk.text());
    desk.press("tab tab");
    type_in(&mut desk, "a wedding").press("enter");
    assert!(desk.status().contains("leave request for 5 school days"), "{}", desk.text());
    desk.press("d");
    assert!(desk.status().ends_with("deciding leave is for a lead: this login is an officer's"), "{}", desk.text());
    let mut lead = office.desk_of("09:40", (100, 30), COLOUR, Officer { role: Role::Lead, ..officer("A Lead") });
    lead.press("f8 enter d 'g' tab");
    type_in(&mut lead, "a sister's wedding").press("enter");
    assert!(lead.shows("leave granted for 5 school days by A Lead: a sister's wedding"), "{}", lead.text());
    desk.look().press("d");
    assert_eq!(desk.status(), "No leave is to be decided.");
}

#[test]
fn a_case_that_another_desk_has_closed_meanwhile_is_not_changed() {
    let office = three();
    office.perform("08:20", asks_for_leave(AMIRA));
    let (mut desk, mut other) = (office.desk("09:31"), office.desk_with("09:31", (80, 24), COLOUR, "J Ito"));
    desk.press("f8 j enter x");
    type_in(&mut desk, "ring again").press("tab 'fri'");
    other.press("f8 j enter e 'imp' enter");
    assert!(other.status().contains("the case is closed, improved"), "{}", other.text());
    desk.look().press("enter");
    assert_eq!(desk.status(), "Next: no case is open about the pupil any more.");
    assert!(desk.shows("ring again"), "{}", desk.text());
}
