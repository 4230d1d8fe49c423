//! What is put right by keys: a number, an e-mail address, a note, the calling order.

use firstbell::domain::act::LogCall;
use firstbell::domain::incoming::Incoming;
use firstbell::domain::people::contact::CallOutcome;
use firstbell::screen::Look;

use crate::support::{AMIRA, COLOUR, Desk, Office, call, contact, placed};

fn numbers(office: &Office) -> String {
    office.ask("SELECT contact, kind, was, becomes FROM correction WHERE ended IS NULL ORDER BY id")
}

#[test]
fn a_wrong_number_is_put_right_with_two_keys_beside_its_digits() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    // Noting it found wrong takes as many: the call, and its outcome.
    let keys = "C '07700900777' enter";
    assert_eq!(Desk::count(keys), 2 + "07700900777".len());
    desk.press(keys);
    assert!(desk.shows("number •••• 310 → •••• 777, kept until the system brings it"), "{}", desk.text());
    assert!(desk.status().contains("still for Khan, Bilal 10DP"), "a contact is a pupil's own: {}", desk.status());
    assert_eq!(numbers(&office), "1 | number | 07700 900310 | 07700900777");
    desk.press("enter v");
    assert!(desk.shows("07700900777") && !desk.shows("07700 900310"), "{}", desk.text());
    desk.press("esc u");
    assert_eq!(numbers(&office), "");
}

#[test]
fn a_number_found_wrong_is_the_one_that_is_chosen() {
    let office = Office::new();
    let father = LogCall { outcome: CallOutcome::WrongNumber, ..call(AMIRA, 2) };
    office.perform("09:15", father);
    let mut desk = office.desk("09:20");
    desk.press("ctrl-n C");
    assert!(desk.shows("found wrong 24 Nov"), "{}", desk.text());
    desk.press("'07700900778' enter ctrl-n");
    assert!(desk.shows("No number waits to be put right."), "{}", desk.text());
    assert_eq!(numbers(&office), "2 | number | 07700 900822 | 07700900778");
}

#[test]
fn enter_alone_records_nothing_and_esc_loses_only_what_is_typed() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("C enter enter");
    assert_eq!(desk.status(), "Type what it is, or - for nothing.");
    desk.press("'07' esc");
    assert!(desk.shows("Put right: Khan, Amira 8KM"), "{}", desk.text());
    desk.press("esc");
    assert!(!desk.shows("Put right:"), "{}", desk.text());
    assert_eq!(numbers(&office), "");
    // What is no number is refused, and stays typed.
    desk.press("C '0770' enter");
    assert!(desk.status().contains("“0770” is no whole telephone number"), "{}", desk.status());
    desk.press("'0900777' enter");
    assert_eq!(numbers(&office), "1 | number | 07700 900310 | 07700900777");
}

#[test]
fn an_e_mail_a_note_and_the_order_are_put_right() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    for keys in ["C j j enter 'k@example.org' enter", "C j j j enter 'nights' enter", "C j j j j '2' enter"] {
        desk.press(keys);
    }
    assert_eq!(numbers(&office), "1 | email |  | k@example.org\n1 | note |  | nights\n1 | order | 1 | 2");
    // What is not shown is not in the field: it is shown once that is put down.
    desk.press("C j j j j j");
    assert!(desk.shows("held: v shows it") && !desk.shows("nights"), "{}", desk.text());
    desk.press("v");
    assert!(desk.shows("nights"), "{}", desk.text());
    assert_eq!(office.ask("SELECT what FROM disclosure WHERE shown = 'number'"), "all contacts, to be corrected");
}

#[test]
fn what_moved_meanwhile_is_said_with_both_values() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("C '07700900777'");
    let mut other = office.desk_with("09:20", (120, 40), COLOUR, "J Ito");
    other.press("C '07700900555' enter");
    desk.look().press("enter");
    let said = "the number of Mrs Khan, mother is •••• 555 by now, and was •••• 310 when you saw it";
    assert!(desk.status().contains(said), "{}", desk.status());
    assert_eq!(numbers(&office), "1 | number | 07700 900310 | 07700900555");
}

/// A correction that the system has not brought, and one for which it has a third number.
fn differing() -> Office {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("C '07700900777' enter C j j j j j j '07700900778' enter");
    let rows = ["Mrs Khan, mother, 07700 900555", "Mr Khan, father, 07700 900822"];
    let rows = (1..).zip(rows).map(|(order, text)| contact(1, order, text));
    office.bring_at("09:25", &Incoming { contacts: placed(rows), ..Incoming::default() });
    office
}

#[test]
fn every_size_shows_what_waits_and_what_differs() {
    let office = differing();
    for (name, size, look) in [
        ("80x24", (80, 24), COLOUR),
        ("100x30", (100, 30), COLOUR),
        ("120x40", (120, 40), COLOUR),
        ("200x60", (200, 60), COLOUR),
        ("plain_80x24", (80, 24), Look::default()),
    ] {
        let mut desk = office.desk_with("09:30", size, look, "S Marsh");
        desk.press("C");
        insta::assert_snapshot!(format!("corrections_{name}"), desk.dialog());
        desk.press("'0770'");
        insta::assert_snapshot!(format!("corrections_typing_{name}"), desk.dialog());
    }
}

#[test]
fn whoever_records_nothing_puts_nothing_right() {
    let office = Office::new();
    let mut gate = office.gate("09:20");
    gate.press("C");
    assert!(!gate.shows("Put right"), "{}", gate.text());
    let reader = firstbell::domain::act::Officer {
        role: firstbell::domain::school::staff::Role::Reader,
        ..crate::support::officer("R Reader")
    };
    let mut reader = office.desk_of("09:20", (120, 40), COLOUR, reader);
    reader.press("j C");
    assert!(!reader.shows("Put right"), "{}", reader.text());
}

#[test]
fn a_leaver_a_tutor_group_and_a_new_contact_are_put_down() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("C G k enter '9bw' space 'mon' enter");
    assert!(desk.shows("tutor group 8KM → 9BW from Mon 30 Nov 2026"), "{}", desk.text());
    desk.press("C G '4/12' space 'Elm' enter");
    assert!(desk.shows("leaves, last day Fri 4 Dec 2026, to Elm"), "{}", desk.text());
    desk.press("C G k k enter 'Ms' space 'Adeyemi' tab 'aunt' tab '07700900321' enter");
    assert!(desk.shows("Ms Adeyemi, aunt is a contact, kept until the system brings them"), "{}", desk.text());
    let kinds = office.ask("SELECT group_concat(kind, ' ') FROM (SELECT kind FROM correction ORDER BY id)");
    assert_eq!(kinds, "group last-day contact number");
    desk.press("u u u");
    assert_eq!(numbers(&office), "");
}

#[test]
fn a_joiner_is_put_down_from_the_palette_and_from_finding_nobody() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    for (keys, name) in [(": 'joiner' enter", "Quill"), ("/ 'zzzq' enter", "Zander"), ("alt-j", "Vane")] {
        desk.press(keys);
        assert!(desk.shows("A joiner"), "{}", desk.text());
        // What it takes beside the names themselves.
        desk.press(&format!("'{name}' tab 'Jo' tab '8km' enter"));
        assert!(desk.shows(&format!("{name}, Jo joins 8KM from Tue 24 Nov 2026")), "{}", desk.text());
    }
    assert_eq!(Desk::count("alt-j tab tab enter"), 4);
    assert_eq!(office.ask("SELECT count(*) FROM pupil WHERE forename = 'Jo'"), "3");
    desk.press("alt-j 'Novak,' space 'Jo' tab tab '8km' enter");
    assert!(desk.shows("Novak, Jo joins 8KM from Tue 24 Nov 2026"), "{}", desk.text());
    let novak = office.ask("SELECT surname, forename FROM pupil WHERE surname LIKE 'Novak%'");
    assert_eq!(novak, "Novak | Jo", "as a list has the name");
    let mut desk = office.desk("09:22");
    desk.press("alt-j enter");
    assert_eq!(desk.status(), "Say the joiner's family name.");
    desk.press("'Quill' tab 'Jo' tab '8km' enter");
    assert!(desk.status().contains("Quill, Jo 8KM is on the roll already"), "{}", desk.status());
}

#[test]
fn the_forms_at_every_size() {
    let office = Office::new();
    for (name, size) in [("80x24", (80, 24)), ("100x30", (100, 30)), ("120x40", (120, 40)), ("200x60", (200, 60))] {
        let mut desk = office.desk_with("09:30", size, COLOUR, "S Marsh");
        desk.press("C G k k enter 'Ms'");
        insta::assert_snapshot!(format!("new_contact_{name}"), desk.dialog());
        desk.press("esc alt-j 'Quill'");
        insta::assert_snapshot!(format!("joiner_{name}"), desk.dialog());
    }
}

#[test]
fn who_must_not_be_contacted_is_barred_here_too() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("C j j j j j enter 'order' enter");
    assert!(desk.shows("Mrs Khan, mother must not be contacted: order"), "{}", desk.text());
    desk.press("C");
    assert!(desk.shows("NO: order"), "{}", desk.text());
    desk.press("j j j j j enter '-ended' enter");
    assert!(desk.status().contains("may be contacted: ended"), "{}", desk.status());
}
