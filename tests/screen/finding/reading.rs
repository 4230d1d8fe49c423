//! What is read: cards, documents and help, from the first line to the last, searched, and never cut.

use firstbell::domain::act::LogCall;
use firstbell::domain::incoming::{Incoming, IncomingContact};
use firstbell::domain::people::contact::CallOutcome;

use crate::support::{AMIRA, COLOUR, Office, call, contact, placed};

const NOTE: &str =
    "Works nights until seven and sleeps until two, so ring the grandmother first unless it is about an accident";
const SAID: &str =
    "She was sick in the night and we think that she will be back on Thursday if the doctor lets her come back";

fn with_words() -> Office {
    let office = Office::new();
    let mother = contact(3, 2, "Mr Doyle, father, 07700 900333");
    let (email, note) = (Some("p.doyle@example.org".to_owned()), Some(NOTE.to_owned()));
    office.bring(&Incoming { contacts: placed([IncomingContact { email, note, ..mother }]), ..Incoming::default() });
    office.perform("09:10", LogCall { outcome: CallOutcome::Aware, note: SAID.to_owned(), ..call(AMIRA, 1) });
    office
}

/// The words of the screen, borders and line ends taken as blanks.
fn words(text: &str) -> String {
    text.replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn words_of_parents_go_on_below_and_e_mail_addresses_are_on_the_card() {
    let office = with_words();
    for size in [(60, 60), (80, 60), (120, 60)] {
        let mut desk = office.desk_with("09:20", size, COLOUR, "S Marsh");
        desk.press("/ 'amira' enter");
        assert!(words(&desk.text()).contains(SAID), "{}", desk.text());
        desk.press("esc / 'doyle' enter");
        let text = desk.text();
        assert!(words(&text).contains(NOTE) && text.contains("e-mail p.doyle@example.org"), "{text}");
    }
}

#[test]
fn the_first_and_the_last_line_are_a_key_away() {
    let office = Office::new();
    for open in ["?", "h", "/ 'amira' enter"] {
        let mut desk = office.desk_with("09:20", (80, 12), COLOUR, "S Marsh");
        desk.press(open);
        let first = desk.text();
        assert!(first.contains("lines more below"), "{open}: {first}");
        desk.press("G");
        assert!(!desk.shows("lines more below") && desk.text() != first, "{open}: {}", desk.text());
        // Backwards from the end, however fast it is typed.
        desk.press("g G k");
        assert!(desk.shows("lines more below"), "{open}: {}", desk.text());
        desk.press("g");
        assert_eq!(desk.text(), first, "{open}");
    }
}

#[test]
fn what_is_read_is_searched_and_letters_are_no_keys_meanwhile() {
    let office = Office::new();
    let mut desk = office.desk_with("09:20", (80, 16), COLOUR, "S Marsh");
    desk.press("? / 'lateness'");
    assert!(desk.shows("Search lateness") && desk.shows("to the lateness queue"), "{}", desk.text());
    let first = desk.text();
    desk.press("enter n");
    assert!(desk.text() != first, "{}", desk.text());
    desk.press("/ 'qzq'");
    assert!(desk.shows("not in it"), "{}", desk.text());
    // Back to reading, and only then out.
    desk.press("esc");
    assert!(desk.shows("All keys") && !desk.shows("Search"), "{}", desk.text());
    desk.press("esc");
    assert!(!desk.shows("All keys"));
    // On a card `v` shows the numbers, and here it is a letter.
    desk.press("/ 'amira' enter / 'very'");
    assert!(desk.shows("Search very") && !desk.shows("07700 900310"), "{}", desk.text());
    desk.press("esc v");
    assert!(desk.shows("07700 900310"), "{}", desk.text());
}
