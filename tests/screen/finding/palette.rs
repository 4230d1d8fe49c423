//! The palette: everything that can be done here, by its name or by another word for it.

use crate::support::Office;

#[test]
fn other_words_find_what_can_be_done() {
    let office = Office::new();
    for (typed, found) in [
        ("print", "daily lists for others"),
        ("yesterday", "marks that have stood at N"),
        ("register", "to the unmarked registers"),
        ("email", "log a message about an absence"),
        ("e-mail", "log a message about an absence"),
        ("phone", "log a call about the chosen pupil"),
        ("leaver", "find a pupil"),
        ("attendance code", "enter or amend the chosen pupil's mark"),
        ("evacuation", "the fire list: who is on site now"),
        ("dentist", "goes out, or comes back"),
    ] {
        let mut desk = office.desk("09:20");
        desk.press(":");
        for word in typed.split(' ') {
            desk.press(&format!("'{word}' space"));
        }
        assert!(desk.dialog().contains(found), "{typed}:\n{}", desk.dialog());
    }
}

#[test]
fn what_is_called_so_comes_before_what_is_known_for_it() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press("2 : 'call'");
    let text = desk.dialog();
    let place = |help: &str| text.find(help).unwrap_or_else(|| panic!("{help} is not in\n{text}"));
    assert!(place("log a call about the chosen pupil") < place("the next contact did not answer"), "{text}");
    desk.press("enter");
    assert!(desk.shows("spoke, has a reason"), "{}", desk.text());
}

#[test]
fn what_prints_is_named_and_says_what_is_to_be_open() {
    let office = Office::new();
    let mut desk = office.desk("09:20");
    desk.press(": 'print' enter");
    assert_eq!(desk.status(), "Open it first: a card, a list, the hand-over. There ctrl-p prints what is shown.");
}
