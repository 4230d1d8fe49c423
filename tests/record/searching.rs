//! Searches: one at a time, over once, and undone with their notes.

use firstbell::domain::act::{Act, ActId};
use firstbell::domain::search::SearchOutcome;

use crate::support::*;

fn open() -> Act {
    Act::OpenSearch { pupil: AMIRA, date: am(24).date, last_seen: "registration".to_owned() }
}

fn note(search: ActId, words: &str) -> Act {
    Act::NoteSearch { search, pupil: AMIRA, words: words.to_owned() }
}

fn found(search: ActId) -> Act {
    Act::EndSearch { search, pupil: AMIRA, outcome: SearchOutcome::Found, words: "library".to_owned() }
}

#[test]
fn two_searches_for_one_pupil_are_one_too_many() {
    let mut desk = Desk::new();
    desk.done("09:20", open());
    let refusal = desk.refused("09:21", open());
    assert_eq!(refusal, "Khan, Amira 8KM is being looked for since 09:20 by S Marsh");
}

#[test]
fn a_note_on_a_search_that_is_over_is_refused_with_its_end() {
    let mut desk = Desk::new();
    let search = desk.done("09:20", open()).act;
    desk.done("09:22", note(search, "toilets, no"));
    desk.done("09:30", found(search));
    let refusal = desk.refused("09:31", note(search, "hall, no"));
    assert!(refusal.contains("was over at 09:30: found, library, by"), "{refusal}");
    assert!(desk.refused("09:32", found(search)).contains("was over at 09:30"));
    desk.done("09:40", open());
}

#[test]
fn undoing_the_opening_takes_its_notes_with_it() {
    let mut desk = Desk::new();
    let search = desk.done("09:20", open()).act;
    desk.done("09:22", note(search, "toilets, no"));
    desk.undo("09:23", search);
    assert_eq!(desk.searches(), []);
    let next = desk.done("09:25", open()).act;
    assert_eq!(desk.searches(), [(next, 0)]);
}

#[test]
fn a_search_of_another_date_can_be_noted_and_ended_and_taken_back() {
    let mut desk = Desk::new();
    let open = Act::OpenSearch { pupil: AMIRA, date: november(23), last_seen: "registration".to_owned() };
    let search = desk.done("09:20", open.clone()).act;
    desk.done("09:22", note(search, "toilets, no"));
    let over = desk.done("09:30", found(search)).act;
    desk.done("09:31", open);
    let refusal = desk.refused("09:32", Act::Undo { act: over });
    assert_eq!(refusal, "Khan, Amira 8KM is being looked for since 09:31 by S Marsh");
}
