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
