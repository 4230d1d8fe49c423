//! Searches: one at a time, over once, and undone with their notes.

use firstbell::domain::act::{Act, EndSearch, NoteSearch, OpenSearch, Undo};
use firstbell::domain::act_id::ActId;
use firstbell::domain::code::OnSite;
use firstbell::domain::facts::search::{FoundWhere, SearchOutcome};
use firstbell::domain::whereabouts::fire::on_site;

use crate::support::*;

fn open() -> Act {
    Act::OpenSearch(OpenSearch { pupil: AMIRA, date: am(24).date, last_seen: "registration".to_owned() })
}

fn note(search: ActId, words: &str) -> Act {
    Act::NoteSearch(NoteSearch { search, pupil: AMIRA, words: words.to_owned() })
}

fn found(search: ActId) -> Act {
    found_there(search, None)
}

fn found_there(search: ActId, found: Option<FoundWhere>) -> Act {
    Act::EndSearch(EndSearch {
        search,
        pupil: AMIRA,
        outcome: SearchOutcome::Found,
        found,
        words: "library".to_owned(),
    })
}

#[test]
fn who_is_found_in_school_was_seen_there_and_who_is_found_elsewhere_was_not() {
    for (found, seen) in [(Some(FoundWhere::OnSite), 1), (Some(FoundWhere::Elsewhere), 0), (None, 0)] {
        let mut desk = Desk::new();
        desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")]));
        let search = desk.done("09:20", open()).act;
        let over = desk.done("09:30", found_there(search, found)).act;
        let sightings = |desk: &mut Desk| desk.store.day(november(24)).unwrap().sightings.clone();
        let all = sightings(&mut desk);
        assert_eq!(all.len(), seen, "{found:?}");
        assert!(all.iter().all(|one| one.seen && one.place == "library" && one.who == "S Marsh"));
        let fire = on_site(&desk.store.day(november(24)).unwrap(), local(november(24), "09:31").time());
        let amira = fire.groups.iter().flat_map(|group| &group.pupils).find(|one| one.pupil == AMIRA).unwrap();
        assert_eq!(amira.on_site == OnSite::Yes, seen == 1, "{found:?}");
        let back = desk.undo("09:32", over).act;
        assert_eq!((sightings(&mut desk).len(), desk.searches().len()), (0, 1), "looked for again");
        desk.undo("09:33", back);
        assert_eq!(sightings(&mut desk).len(), seen);
    }
}

#[test]
fn the_end_of_a_search_from_before_places_were_kept_is_read() {
    let old = r#"{"end-search":{"search":3,"pupil":1,"outcome":"found","words":"library"}}"#;
    let Act::EndSearch(EndSearch { found, .. }) = serde_json::from_str(old).unwrap() else { panic!("{old}") };
    assert_eq!(found, None);
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
    let open = Act::OpenSearch(OpenSearch { pupil: AMIRA, date: november(23), last_seen: "registration".to_owned() });
    let search = desk.done("09:20", open.clone()).act;
    desk.done("09:22", note(search, "toilets, no"));
    let over = desk.done("09:30", found(search)).act;
    desk.done("09:31", open);
    let refusal = desk.refused("09:32", Act::Undo(Undo { act: over }));
    assert_eq!(refusal, "Khan, Amira 8KM is being looked for since 09:31 by S Marsh");
}
