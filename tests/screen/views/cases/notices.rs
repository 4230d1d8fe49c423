//! Notices by keys: what is known stands in the form, and what is not ready is refused in the words of the command.

use firstbell::domain::act::{LogCaseEvent, Officer};
use firstbell::domain::cases::event::{CaseEvent, Party, PenaltyNotice};
use firstbell::domain::people::contact::ContactId;
use firstbell::domain::school::authority::Authority;
use firstbell::domain::school::staff::Role;
use firstbell::store::Store;

use super::{november, office, opened};
use crate::support::{AMIRA, COLOUR, Desk, Office, change_settings, codes, officer};

fn with_case() -> Office {
    let office = office();
    office.perform("08:10", opened(AMIRA, "Notice to improve", "S Marsh", None));
    office
}

fn desk(office: &Office, role: Role) -> Desk {
    let mut desk = office.desk_of("09:31", (120, 40), COLOUR, Officer { role, ..officer("S Marsh") });
    desk.caught_up();
    desk
}

const NOTICES: &str = "SELECT count(*) FROM act WHERE kind = 'log-case-event'";

#[test]
fn a_penalty_notice_has_what_is_known_and_goes_to_one_parent_after_the_other() {
    let office = with_case();
    let mut desk = desk(&office, Role::Lead);
    desk.press("f8 enter f");
    // The sessions of the threshold, the parent and what the notice would be stand there, and what is missing for it.
    insta::assert_snapshot!("a_penalty_notice", desk.dialog());
    desk.press("enter");
    assert_eq!(desk.status(), "Nothing is typed yet, so nothing is put down.");
    // While today's N stands, no notice rests on dates that hold it.
    desk.press("'y' tab tab tab ctrl-u '24/11' enter");
    assert_eq!(desk.status(), "First day: 1 session at N from 2026-11-09 to 2026-11-24: settle them first.");
    desk.press("tab ctrl-u '13/11'");
    desk.press("enter");
    assert!(desk.shows("penalty notice of Mrs Khan, the first in three years"), "{}", desk.text());
    // The other parent is next, for the same sessions.
    desk.press("f");
    assert!(desk.shows("Mr Khan") && desk.shows("10 sessions free for it"), "{}", desk.text());
    desk.press("'y' enter");
    assert!(desk.shows("penalty notice of Mr Khan, the first in three years"), "{}", desk.text());
    assert_eq!(office.ask(NOTICES), "2");
    // Both are locked now.
    desk.press("f 'y' enter");
    let none = "First day: no session of G, O or U from 2026-11-09 to 2026-11-13 is free for a notice.";
    assert_eq!(desk.status(), none);
    desk.press("esc P '1' tab 'paid-2' tab enter");
    assert!(desk.status().starts_with("It is: type one of paid-21"), "{}", desk.text());
    desk.press("'1' enter");
    assert!(desk.status().contains("penalty notice paid within 21 days"), "{}", desk.text());
}

#[test]
fn a_third_notice_in_three_years_is_refused_in_the_words_of_the_command() {
    let office = with_case();
    for day in [2, 3] {
        let parent = Party { contact: Some(ContactId(1)), name: "Mrs Khan".to_owned() };
        let event = CaseEvent::Penalty(PenaltyNotice { parent, issued: november(day), sessions: vec![] });
        office.perform("08:20", LogCaseEvent { pupil: AMIRA, event });
    }
    let mut desk = desk(&office, Role::Lead);
    // Mr Khan is offered; Mrs Khan has had two.
    desk.press("f8 enter f");
    assert!(desk.shows("Mr Khan") && desk.shows("the first in three years"), "{}", desk.text());
    desk.press("'y' tab ctrl-u '1' tab ctrl-u tab ctrl-u");
    let blocked = "Mrs Khan: two notices in three years: no third before 2 Nov 2029";
    assert!(desk.shows(blocked), "{}", desk.text());
    desk.press("enter");
    assert!(desk.status().ends_with(blocked), "{}", desk.text());
    assert_eq!(office.ask(NOTICES), "2");
}

#[test]
fn a_notice_to_improve_has_the_authority_s_weeks_and_goes_to_each_parent() {
    let office = with_case();
    change_settings(&mut Store::open(&office.path, codes()).unwrap(), |school| {
        school.authority = vec![Authority { from: november(1), improvement_weeks: 3, ..Authority::national() }];
    });
    let mut lead = desk(&office, Role::Lead);
    lead.press("f8 enter i tab '24/11'");
    insta::assert_snapshot!("a_notice_to_improve", lead.dialog());
    lead.press("enter");
    assert!(lead.status().contains("notice to improve") && lead.status().contains("Mrs Khan"), "{}", lead.text());
    lead.press("i tab '24/11' enter");
    assert!(lead.status().contains("Mr Khan"), "{}", lead.text());
    lead.press("I '1' tab 'ended' enter");
    assert!(lead.status().contains("notice to improve ended early"), "{}", lead.text());
    // They are a lead's, by key as by command.
    let mut own = desk(&office, Role::Officer);
    for key in ["i", "I", "f"] {
        own.press("f8 enter").press(key);
        assert!(own.status().ends_with("a notice is for a lead: this login is an officer's"), "{key}: {}", own.text());
        own.press("esc esc");
    }
    own.press("f8 enter P");
    assert_eq!(own.status(), "No penalty notice is put down.");
}
