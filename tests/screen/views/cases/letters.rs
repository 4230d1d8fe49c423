//! Letters by keys: suggested, listed, made by the same act as by command, printed, followed until they have gone; and for whom they are.

use firstbell::domain::act::{Bar, Officer};
use firstbell::domain::people::contact::ContactId;
use firstbell::domain::school::staff::Role;
use firstbell::screen::Request;
use firstbell::store::Store;

use super::{office, opened, type_in};
use crate::support::{AMIRA, COLOUR, Desk, Office, change_settings, codes, officer};

/// Amira's week of O, and rules that leave nobody out.
fn suggesting() -> Office {
    let office = office();
    change_settings(&mut Store::open(&office.path, codes()).unwrap(), |school| {
        school.printer = "lp".to_owned();
        for rule in &mut school.letter_rules {
            (rule.not_for, rule.sessions) = (vec![], 5);
        }
    });
    office.perform("08:10", opened(AMIRA, "Concern", "S Marsh", None));
    office
}

fn desk(office: &Office, role: Role) -> Desk {
    office.desk_of("09:31", (120, 40), COLOUR, Officer { role, ..officer("S Marsh") })
}

/// A parent of Amira's must not be contacted.
fn barred(contact: i64) -> Bar {
    Bar { pupil: AMIRA, contact: ContactId(contact), reason: "court order".to_owned() }
}

#[test]
fn letters_that_are_suggested_are_made_printed_and_followed() {
    let office = suggesting();
    let mut desk = desk(&office, Role::Officer);
    desk.press("f8 enter L");
    insta::assert_snapshot!("letters_that_are_suggested", desk.dialog());
    // What is typed stands in the letter at once.
    desk.press("tab");
    type_in(&mut desk, "Please ring Mrs Kemp.");
    desk.press("pagedown");
    assert!(desk.shows("Please ring Mrs Kemp."), "{}", desk.text());
    let before = office.ask("SELECT count(*) FROM act WHERE kind = 'make-letter'");
    desk.press("enter");
    insta::assert_snapshot!("letters_that_were_made", desk.dialog());
    let made = || office.ask("SELECT count(*) FROM act WHERE kind = 'make-letter'");
    assert_eq!((before.as_str(), made().as_str()), ("0", "2"), "{}", desk.text());
    // Once made they are not made again.
    desk.press("enter");
    assert_eq!(made(), "2");
    // On paper there is an address, and that they are printed is put down.
    let requests = desk.press_only("p");
    for request in requests {
        desk.obey(request);
    }
    let put_down = office.ask("SELECT shown, pupil, what FROM disclosure ORDER BY id DESC LIMIT 1");
    assert_eq!(put_down, format!("export | {} | the letters, printed", AMIRA.0));
    // Until it is said how they went they are to go by the next school day.
    desk.press("esc");
    assert!(desk.shows("due Wed 25 Nov: letter concern-2 to Mrs Khan is to be sent, S Marsh"), "{}", desk.text());
    desk.press("h");
    insta::assert_snapshot!("how_a_letter_went", desk.dialog());
    desk.press("tab 'ha' enter");
    assert!(desk.status().contains("letter concern-2 of Tue 24 Nov 2026 handed over by S Marsh"), "{}", desk.text());
    // The other one is the only one left, and is posted.
    desk.press("h 'po' enter");
    assert!(!desk.shows("is to be sent"), "{}", desk.text());
    let went = "SELECT outcome, time FROM letter_delivery ORDER BY act";
    assert_eq!(office.ask(went), "hand | 09:31\npost | 09:31");
    // It comes back.
    desk.press("h 'ret' enter");
    assert!(desk.status().contains("came back"), "{}", desk.text());
    desk.press("h");
    assert_eq!(desk.status(), "No letter waits to be sent.");
    // The same letter is not suggested again.
    desk.press("L");
    assert!(
        desk.shows("Not suggested: concern-2") && desk.shows("the same letter was made that day"),
        "{}",
        desk.text()
    );
}

#[test]
fn who_gets_none_is_listed_and_nothing_is_made_where_something_is_lacking() {
    let office = suggesting();
    office.perform("08:20", barred(1));
    let mut desk = desk(&office, Role::Officer);
    desk.press("f8 enter L");
    assert!(desk.shows("1 letter, ") && desk.shows("1 not made"), "{}", desk.text());
    assert!(desk.line_with("not made: ").contains("Mrs Khan"), "{}", desk.text());
    // An invitation wants to know when and where.
    desk.press("ctrl-u 'meet' enter");
    assert_eq!(desk.status(), "There is no letter to be made.");
    assert!(desk.shows("not made: when and where the meeting is"), "{}", desk.text());
    desk.press("tab tab 'fri' tab '9:30' tab");
    type_in(&mut desk, "the library");
    insta::assert_snapshot!("an_invitation", desk.dialog());
    desk.press("ctrl-u enter");
    assert_eq!(desk.status(), "There is no letter to be made.");
    // A word that is no letter's name says so.
    desk.press("shift-tab shift-tab shift-tab shift-tab ctrl-u 'xyz' enter");
    assert_eq!(desk.status(), "Letter: there is no letter “xyz”, or more than one begins so.");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'make-letter'"), "0");
}

#[test]
fn who_makes_letters_by_command_makes_them_by_key_and_nobody_else() {
    let office = suggesting();
    let made = || office.ask("SELECT count(*) FROM act WHERE kind = 'make-letter'");
    // An officer is not offered a penalty warning, and makes none.
    let mut own = desk(&office, Role::Officer);
    own.press("f8 enter L ctrl-u 'penalty-w' enter");
    let refusal = "the letter penalty-warning is for a lead: this login is an officer's";
    assert!(own.status().contains(refusal), "{}", own.text());
    assert!(!own.shows("to be handed over"), "{}", own.text());
    assert_eq!(made(), "0");
    let mut lead = desk(&office, Role::Lead);
    lead.press("f8 enter L ctrl-u 'penalty-w' enter");
    assert_eq!(made(), "2", "{}", lead.text());
    // A reader comes to no case, and so to no letter.
    let mut reader = desk(&office, Role::Reader);
    reader.press("f8 enter L");
    assert!(!reader.shows("Letters to the parents"), "{}", reader.text());
    assert_eq!(made(), "2");
}

#[test]
fn a_second_letter_that_is_refused_leaves_the_first_made() {
    let office = suggesting();
    let mut desk = desk(&office, Role::Officer);
    desk.press("f8 enter L");
    // Both are listed; then the second parent may not be contacted any more, and this desk does not know that yet.
    office.perform("09:30", barred(2));
    desk.press("enter");
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'make-letter'"), "1", "{}", desk.text());
    assert!(desk.status().contains("must not be contacted"), "{}", desk.text());
    assert!(desk.shows("1 letter made"), "{}", desk.text());
    assert!(matches!(desk.press_only("p").first(), Some(Request::Disclose(_))), "{}", desk.text());
}
