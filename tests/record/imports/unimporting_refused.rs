//! Imports that are not taken back, and what in the record keeps them; and bars, which no import that is taken back weakens.

use chrono::NaiveDate;
use firstbell::domain::act::{Act, Bar, LiftBar, LogCall};
use firstbell::domain::act_id::ActId;
use firstbell::domain::incoming::{Incoming, IncomingContact, IncomingDates, IncomingGroup, IncomingPupil};
use firstbell::domain::people::contact::ContactId;
use firstbell::domain::people::pupil::PupilId;

use super::unimporting::*;
use crate::support::*;

#[test]
fn a_pupil_of_whom_there_is_more_by_now_stays_and_so_does_everything() {
    let mut desk = Desk::new();
    let act = import(&mut desk, "08:00", &pupils([newcomer("101", "Firth"), newcomer("102", "Moss")]));
    let firth = PupilId(11);
    let came = desk.done("08:57", arrival(firth, "08:57")).act;
    let text = refused(&mut desk, act);
    let expected = format!(
        "Firth, Max cannot be taken away again, for \u{201c}arrival of Firth, Max 7CK at 08:57\u{201d} at 08:57 on Tue 24 Nov 2026 by S Marsh (number {}) came since: take that back first",
        came.0
    );
    assert_eq!(text, expected);
    // What was taken back is on the record all the same.
    desk.undo("09:00", came);
    assert!(refused(&mut desk, act).starts_with("Firth, Max cannot be taken away again"));
}

#[test]
fn a_bar_goes_with_the_pupil_it_came_with_and_holds_again_when_any_file_brings_them_back() {
    let mut desk = Desk::new();
    let before = (roll(&desk), desk.count("bar"));
    let moss = |name: &str, bar: Option<bool>| {
        let father = IncomingContact { do_not_contact: bar, ..contact("102", 1, name) };
        Incoming { contacts: placed([father]), ..pupils([newcomer("102", "Moss")]) }
    };
    let act = import(&mut desk, "08:00", &moss("Mr Moss", Some(true)));
    let after = (roll(&desk), desk.count("bar"));
    let undone = desk.undo("08:01", act).act;
    assert_eq!((roll(&desk), desk.count("bar")), before);
    let again = desk.undo("08:02", undone).act;
    assert_eq!((roll(&desk), desk.count("bar")), after);
    assert_eq!(callable(&mut desk, PupilId(11)), [] as [&str; 0]);
    desk.undo("08:03", again);
    // A file without the column, in another spelling, twice.
    for (at, name) in [("08:04", "MR. MOSS"), ("08:06", "Moss")] {
        let act = import(&mut desk, at, &moss(name, None));
        let day = desk.store.day(november(24)).unwrap();
        let id = day.roll.pupils.iter().find(|one| one.surname == "Moss").unwrap().id;
        assert_eq!(callable(&mut desk, id), [] as [&str; 0], "{name}");
        desk.undo("08:07", act);
        assert_eq!((roll(&desk), desk.count("bar")), before);
    }
}

#[test]
fn a_pupil_about_whom_a_bar_was_lifted_since_stays() {
    let mut desk = Desk::new();
    let barred = IncomingContact { do_not_contact: Some(true), ..contact("102", 1, "Mr Moss") };
    let files = Incoming { contacts: placed([barred]), ..pupils([newcomer("102", "Moss")]) };
    let act = import(&mut desk, "08:01", &files);
    let id = ContactId(desk.ask("SELECT max(id) FROM contact")[0][0].as_ref().unwrap().parse().unwrap());
    desk.done("08:02", LiftBar { pupil: PupilId(11), contact: id, reason: "order ended".to_owned() });
    assert_eq!(refused(&mut desk, act), "Moss, Max cannot be taken away again, for the bar on contact Mr Moss stays");
}

#[test]
fn what_was_done_again_is_not_called_undone() {
    let mut desk = Desk::new();
    let first = import(&mut desk, "08:00", &pupils([IncomingPupil { year: Some(9), ..amira() }]));
    let second = import(&mut desk, "08:01", &pupils([IncomingPupil { year: Some(10), ..amira() }]));
    let undo = desk.undo("08:02", second).act;
    desk.undo("08:03", undo);
    let text = "Khan, Amira was changed since by \u{201c}undo of an undo of import of school.csv\u{201d} at 08:03";
    let refusal_text = refused(&mut desk, first);
    assert!(refusal_text.starts_with(text), "{refusal_text}");
}

#[test]
fn rows_that_a_later_import_changed_are_taken_back_after_it() {
    let mut desk = Desk::new();
    let first = import(&mut desk, "08:00", &pupils([IncomingPupil { year: Some(9), ..amira() }]));
    let second = import(&mut desk, "08:01", &pupils([IncomingPupil { year: Some(10), ..amira() }]));
    let text = format!(
        "Khan, Amira was changed since by \u{201c}import of school.csv\u{201d} at 08:01 on Tue 24 Nov 2026 by S Marsh (number {}): take that back first",
        second.0
    );
    assert_eq!(refused(&mut desk, first), text);
    desk.undo("08:02", second);
    desk.undo("08:03", first);
    assert_eq!(desk.store.day(november(24)).unwrap().roll.pupil(AMIRA).unwrap().year, None);
    let again = refused(&mut desk, first);
    assert_eq!(again, "that was taken back already at 08:03 by S Marsh");
    // A group that somebody has come into since stays too.
    let groups = placed([IncomingGroup { name: "7XY".to_owned(), ..Default::default() }]);
    let group = import(&mut desk, "08:04", &Incoming { groups, ..Incoming::default() });
    import(&mut desk, "08:05", &pupils([IncomingPupil { group: Some("7XY".to_owned()), ..amira() }]));
    assert_eq!(refused(&mut desk, group), "7XY cannot be taken away again, for Khan, Amira belongs to it");
}

#[test]
fn a_row_that_was_changed_by_hand_stays() {
    let mut desk = Desk::new();
    let act = import(&mut desk, "08:00", &pupils([IncomingPupil { year: Some(9), ..amira() }]));
    rusqlite::Connection::open(&desk.path)
        .unwrap()
        .execute("UPDATE pupil SET surname = 'Kahn' WHERE id = 1", [])
        .unwrap();
    assert_eq!(refused(&mut desk, act), "Khan, Amira is no longer as it was left: nothing is taken back");
}

#[test]
fn what_a_row_belonged_to_must_be_there_still() {
    let mut desk = Desk::new();
    let groups = placed([IncomingGroup { name: "7XY".to_owned(), ..Default::default() }]);
    let group = import(&mut desk, "08:00", &Incoming { groups, ..Incoming::default() });
    let to = |name: &str| pupils([IncomingPupil { group: Some(name.to_owned()), ..amira() }]);
    import(&mut desk, "08:01", &to("7XY"));
    let back = import(&mut desk, "08:02", &to("8KM"));
    desk.undo("08:03", group);
    assert_eq!(refused(&mut desk, back), "Khan, Amira cannot be as it was: what it belonged to is there no longer");
}

#[test]
fn marks_made_since_keep_their_day_open_and_their_pupil_on_the_roll() {
    let mut desk = Desk::new();
    let act = import(&mut desk, "08:00", &calendar([IncomingDates::Open { from: november(2), until: november(2) }]));
    let stays = IncomingPupil { until: None, stays: true, ..incoming().pupils.pop().unwrap().1 };
    let back = import(&mut desk, "08:01", &pupils([stays]));
    let late = am(2);
    desk.done("08:02", amend(AMIRA, late, "/", "was here", ActId(0)));
    let text = refused(&mut desk, act);
    assert!(
        text.starts_with(
            "Mon 2 Nov AM cannot be taken out of the calendar, for \u{201c}/ of Khan, Amira 8KM AM\u{201d}"
        ),
        "{text}"
    );
    desk.done("08:03", report(&[LEAVER], "I", am(30), am(30)));
    let text = refused(&mut desk, back);
    assert!(text.starts_with("Oldman, Kit 8KM cannot be taken off the roll, for \u{201c}report I"), "{text}");
}

#[test]
fn a_calendar_that_clashes_with_what_came_since_stays() {
    let mut desk = Desk::new();
    let term = |name: &str, from: (u32, u32), until: (u32, u32)| IncomingDates::Term {
        name: name.to_owned(),
        from: NaiveDate::from_ymd_opt(2026, from.0, from.1).unwrap(),
        until: NaiveDate::from_ymd_opt(2026, until.0, until.1).unwrap(),
    };
    let act = import(&mut desk, "08:00", &calendar([term("Autumn 1", (9, 1), (10, 16))]));
    import(&mut desk, "08:01", &calendar([term("Extra", (10, 19), (10, 23))]));
    assert_eq!(refused(&mut desk, act), "Autumn 1 and Extra would share a day");
}

// Bars ---------------------------------------------------------------------------------------------------------------

fn callable(desk: &mut Desk, pupil: PupilId) -> Vec<String> {
    let day = desk.store.day(november(24)).unwrap();
    day.roll.contacts(pupil).iter().filter(|one| one.can_be_rung()).map(|one| one.name.clone()).collect()
}

#[test]
fn a_bar_that_an_import_set_stays_and_the_receipt_says_so() {
    let mut desk = Desk::new();
    let barred = IncomingContact { do_not_contact: Some(true), ..contact("0003", 1, "Mr Hall") };
    let files = Incoming { contacts: placed([barred]), ..Incoming::default() };
    let act = import(&mut desk, "08:00", &files);
    let undone = desk.undo("08:01", act);
    assert_eq!(undone.but.as_deref(), Some("the bar on Mr Hall about O'Neill-Smith, Siobhan stays"));
    assert!(desk.store.day(november(24)).unwrap().roll.contacts(SIOBHAN).is_empty(), "no contact any more");
    // Whatever the next file calls him, and though it says nothing of it.
    let files = Incoming { contacts: placed([contact("0003", 1, "MR HALL")]), ..Incoming::default() };
    import(&mut desk, "08:02", &files);
    assert_eq!(callable(&mut desk, SIOBHAN), [] as [&str; 0]);
    assert!(refused(&mut desk, undone.act).contains("was changed since by"));
}

#[test]
fn a_barred_contact_s_old_number_and_new_one_both_stay_barred() {
    let mut desk = Desk::new();
    let files = |name: &str, number: &str| {
        let father = IncomingContact { phones: Some(vec![number.to_owned()]), ..contact("0001", 2, name) };
        Incoming { contacts: placed([contact("0001", 1, "Mrs Khan"), father]), ..Incoming::default() }
    };
    let act = import(&mut desk, "08:00", &files("Mr R Khan", "07700 900456"));
    let bars = desk.count("bar WHERE withdrawn IS NULL");
    desk.undo("08:01", act);
    assert_eq!(desk.count("bar WHERE withdrawn IS NULL"), bars);
    assert_eq!(callable(&mut desk, AMIRA), ["Mrs Khan"]);
    import(&mut desk, "08:02", &files("R Khan", "07700 900456"));
    assert_eq!(callable(&mut desk, AMIRA), ["Mrs Khan"]);
}

#[test]
fn contacts_about_whom_a_bar_was_set_since_stay() {
    let mut desk = Desk::new();
    let files = Incoming { contacts: placed([contact("0003", 1, "Mr Hall")]), ..Incoming::default() };
    let act = import(&mut desk, "08:00", &files);
    let id: i64 = desk.ask("SELECT max(id) FROM contact")[0][0].as_ref().unwrap().parse().unwrap();
    let bar = Act::Bar(Bar { pupil: SIOBHAN, contact: ContactId(id), reason: "court order".to_owned() });
    desk.done("08:01", bar);
    let text = refused(&mut desk, act);
    assert!(
        text.starts_with("contacts of O'Neill-Smith, Siobhan 8KM cannot be as they were, for a bar was set since"),
        "{text}"
    );
}

#[test]
fn a_contact_who_was_rung_stays() {
    let mut desk = Desk::new();
    let files = Incoming { contacts: placed([contact("0003", 1, "Mr Hall")]), ..Incoming::default() };
    let act = import(&mut desk, "08:00", &files);
    let id: i64 = desk.ask("SELECT max(id) FROM contact")[0][0].as_ref().unwrap().parse().unwrap();
    desk.done("09:30", LogCall { saw: vec![(SIOBHAN, ActId(0))], ..call(SIOBHAN, id) });
    let text = refused(&mut desk, act);
    assert!(
        text.starts_with(
            "contact Mr Hall of O'Neill-Smith, Siobhan cannot be taken away again, for \u{201c}call about"
        ),
        "{text}"
    );
}
