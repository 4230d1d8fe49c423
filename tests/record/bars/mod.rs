//! Who must not be contacted: a person, whatever a file calls them, until somebody lifts the bar.

mod examples;
mod hold;
mod two_of_a_name;

use firstbell::domain::absence::unexplained::next_call;
use firstbell::domain::act::{Act, Bar, LiftBar, LogCall, Refusal, Undo};
use firstbell::domain::act_id::ActId;
use firstbell::domain::incoming::{Incoming, IncomingContact};
use firstbell::domain::people::contact::{CallOutcome, Contact, ContactId};
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::staff::Role;
use firstbell::store::NotDone;
use firstbell::store::merge::Merged;

use crate::support::*;

/// "Mr Khan, father, 07700 900456"; a part left out is a column that the file has not.
pub fn row(order: i64, text: &str) -> IncomingContact {
    contact_row(1, order, text)
}

pub fn rows(texts: &[&str]) -> Vec<IncomingContact> {
    (1..).zip(texts).map(|(order, text)| row(order, text)).collect()
}

pub fn bring(desk: &mut Desk, rows: impl IntoIterator<Item = IncomingContact>) -> Merged {
    desk.merge(&Incoming { contacts: placed(rows), ..Incoming::default() })
}

/// Amira with no contact who is barred.
fn without_bars() -> Desk {
    let mut desk = Desk::new();
    desk.done("08:00", lift(2, "order ended"));
    desk
}

/// Amira's contacts: her mother, and her father, who is barred.
pub fn with_father() -> Desk {
    let mut desk = without_bars();
    let mut before = rows(&["Mrs Begum, mother, 07700 900111", "Mr Khan, father, 07700 900456"]);
    before[1] =
        IncomingContact { do_not_contact: Some(true), note: Some("court order".to_owned()), ..before[1].clone() };
    bring(&mut desk, before);
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900111; Mr Khan barred (court order)");
    desk
}

/// Amira's contacts: each with the numbers they may be rung on, or why they are barred.
pub fn standing(desk: &mut Desk) -> String {
    standing_of(desk, AMIRA)
}

pub fn standing_of(desk: &mut Desk, pupil: PupilId) -> String {
    let day = desk.store.day(november(24)).unwrap();
    let text = |one: &Contact| {
        let numbers: Vec<&str> = one.numbers_to_ring().map(|phone| phone.number.as_str()).collect();
        let in_brackets = |why: &String| if why.is_empty() { String::new() } else { format!(" ({why})") };
        let note = one.note.as_ref().map(in_brackets).unwrap_or_default();
        match &one.bar {
            Some(why) => format!("{} barred{}", one.name, in_brackets(why)),
            None => format!("{} {}{note}", one.name, numbers.join(" or ")),
        }
    };
    day.roll.contacts(pupil).iter().map(text).collect::<Vec<_>>().join("; ")
}

pub fn warned(merged: &Merged) -> Vec<String> {
    merged.warnings.iter().map(|one| one.text.clone()).collect()
}

#[test]
fn a_bar_and_its_note_outlive_every_spelling_place_and_number() {
    for (after, stands) in [
        (&["MR KHAN, father, 07700 900456"][..], "MR KHAN barred (court order)"),
        (&["Mr. I. Khan, Dad, +447700900456"], "Mr. I. Khan barred (court order)"),
        (&["Khan Imran, father, 01632 960999"], "Khan Imran barred (court order)"),
        (&["Khan", "Mrs Begum"], "Khan barred (court order); Mrs Begum 07700 900111"),
        (&["Mr Khan, , 07700 900111", "Mrs Begum"], "Mr Khan barred (court order); Mrs Begum "),
        (&["J Smith, friend, 07700 900456"], "J Smith barred (court order)"),
        // Another with his number is another: that number is not rung.
        (&["Mr Khan, father, 07700 900456", "Mrs Ali, aunt, 07700 900456"], "Mr Khan barred (court order); Mrs Ali "),
    ] {
        let mut desk = with_father();
        bring(&mut desk, rows(after));
        assert_eq!(standing(&mut desk), stands, "{after:?}");
        // Once gone, back again, and by the name that he had first.
        bring(&mut desk, rows(&["Mrs Begum, mother, 07700 900111"]));
        bring(&mut desk, rows(&["Mr Khan, father, 01632 960001", "Mrs Begum, mother, 07700 900111"]));
        assert!(
            standing(&mut desk).starts_with("Mr Khan barred (court order); "),
            "{after:?}: {}",
            standing(&mut desk)
        );
    }
}

#[test]
fn two_named_alike_do_not_change_bars() {
    let mut desk = without_bars();
    let uncles = ["Mr Khan, uncle, 07700 900456", "Mr Khan, uncle, 07700 900111"];
    let mut before = rows(&uncles);
    before[0].do_not_contact = Some(true);
    bring(&mut desk, before);
    bring(&mut desk, rows(&[uncles[1], uncles[0]]));
    assert_eq!(standing(&mut desk), "Mr Khan 07700 900111; Mr Khan barred");
    let merged = bring(&mut desk, rows(&["Mr Khan, uncle, 01632 960001", "Mr Khan, uncle, 01632 960002"]));
    assert_eq!(standing(&mut desk), "Mr Khan barred (may be Mr Khan); Mr Khan barred");
    assert_eq!(
        warned(&merged),
        [
            "Khan, Amira: Mr Khan may be Mr Khan, who must not be contacted, and is barred too: look who it is, and if it is another \
          person, firstbell bar NAME --contact 1 --lift --reason WHY"
        ]
    );
}

#[test]
fn a_barred_number_is_not_rung_whatever_stands_beside_it_in_a_cell() {
    for cell in ["07700 900111 / 07700 900456", "07700 900456 ext 2", "(home) 07700 900456, 9 to 5"] {
        let mut desk = with_father();
        let mother = IncomingContact { phones: Some(vec![cell.to_owned()]), ..row(1, "Mrs Begum, mother") };
        bring(&mut desk, [mother, row(2, "Mr Khan, father, 07700 900456")]);
        assert_eq!(standing(&mut desk), "Mrs Begum ; Mr Khan barred (court order)", "{cell}");
    }
}

#[test]
fn who_vanished_is_told_and_whoever_may_be_they_is_barred_and_told() {
    let mut desk = with_father();
    let gone = bring(&mut desk, rows(&["Mrs Begum, mother, 07700 900111"]));
    let text = "Khan, Amira: Mr Khan, who must not be contacted, is not in this file: the bar stands, and holds when they come back";
    assert_eq!(warned(&gone), [text]);
    let mut desk = with_father();
    let merged = bring(&mut desk, rows(&["Mrs Begum, mother, 07700 900111", "Imran Kahn, father, 01632 960999"]));
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900111; Imran Kahn barred (may be Mr Khan: court order)");
    assert!(warned(&merged)[0].starts_with("Khan, Amira: Imran Kahn may be Mr Khan, who must not be contacted"));
    let again = bring(&mut desk, rows(&["Mrs Begum, mother, 07700 900111", "Imran Kahn, father, 01632 960999"]));
    assert!(!again.moved() && again.warnings.is_empty(), "{again:?}");
}

#[test]
fn the_household_says_what_other_number_a_barred_contact_has() {
    let after = ["Mrs Begum, mother, 07700 900111", "J Smith, friend, 01632 960999"];
    let mut desk = with_father();
    bring(&mut desk, rows(&after));
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900111; J Smith 01632 960999", "nobody knows of it");
    let mut desk = with_father();
    let both = ["07700 900456", "01632 960999"].map(str::to_owned).to_vec();
    let brothers = IncomingContact { pupil: key("0002"), phones: Some(both), ..row(1, "Imran Khan, father") };
    bring(&mut desk, [brothers]);
    bring(&mut desk, rows(&after));
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900111; J Smith barred (court order)");
}

#[test]
fn a_number_of_somebody_barred_is_not_rung_whatever_is_written_with_it() {
    for written in [
        "07700 900456 (after 5)",
        "07700 900456 ext 12",
        "1470 07700 900456",
        "07700900456.0",
        "011447700900456",
        "07700 90O456",
        "07700 900111 / 07700 900456",
    ] {
        for [his, hers] in [["07700 900456", written], [written, "+44 7700 900456"]] {
            let mut desk = without_bars();
            let mut both = rows(&[&format!("Mrs Begum, mother, {hers}"), &format!("Mr Khan, father, {his}")]);
            both[1].do_not_contact = Some(true);
            bring(&mut desk, both);
            assert_eq!(standing(&mut desk), "Mrs Begum ; Mr Khan barred", "{hers}, where his is {his}");
        }
    }
}

#[test]
fn who_was_gone_and_comes_back_misspelt_is_barred_and_told_until_it_is_lifted() {
    for back in ["Mr Khann, father, 01632 960999", "Mr Kahn", "Dad", "Imran Akhtar, dad, 01632 960999"] {
        let mut desk = with_father();
        bring(&mut desk, rows(&["Mrs Begum, mother, 07700 900111"]));
        let file = ["Mrs Begum, mother, 07700 900111", back];
        let merged = bring(&mut desk, rows(&file));
        let name = back.split(',').next().unwrap();
        assert_eq!(standing(&mut desk), format!("Mrs Begum 07700 900111; {name} barred (may be Mr Khan: court order)"));
        let text = format!("Khan, Amira: {name} may be Mr Khan, who must not be contacted, and is barred too");
        assert!(warned(&merged)[0].starts_with(&text), "{merged:?}");
        let id = desk.store.day(november(24)).unwrap().roll.contacts(AMIRA)[1].id.0;
        desk.done("09:00", lift(id, "her uncle"));
        assert!(!bring(&mut desk, rows(&file)).moved(), "{back}: lifted is lifted");
        let stands = standing(&mut desk);
        assert!(!stands.contains("barred") && !stands.contains("court order"), "{back}: {stands}");
    }
}

#[test]
fn no_file_lifts_a_bar() {
    let mut desk = with_father();
    let allowed = IncomingContact { do_not_contact: Some(false), ..row(1, "Mr Khan, father, 07700 900456") };
    let merged = bring(&mut desk, [allowed]);
    assert_eq!(standing(&mut desk), "Mr Khan barred (court order)");
    assert_eq!(
        warned(&merged),
        [
            "Khan, Amira: Mr Khan must not be contacted, and no file says otherwise: to lift the bar, firstbell bar NAME --contact 1 \
          --lift --reason WHY"
        ]
    );
}

fn bar(contact: i64, reason: &str) -> Act {
    Act::Bar(Bar { pupil: AMIRA, contact: ContactId(contact), reason: reason.to_owned() })
}

fn lift(contact: i64, reason: &str) -> Act {
    Act::LiftBar(LiftBar { pupil: AMIRA, contact: ContactId(contact), reason: reason.to_owned() })
}

#[test]
fn a_person_sets_and_lifts_a_bar_on_the_record_and_takes_either_back() {
    let mut desk = Desk::new();
    let standing = |desk: &mut Desk| -> Vec<bool> {
        let day = desk.store.day(november(24)).unwrap();
        day.roll.contacts(AMIRA).iter().map(Contact::is_barred).collect()
    };
    assert_eq!(standing(&mut desk), [false, true]);
    assert_eq!(desk.refused("09:00", bar(1, "  ")), "say why they must not be contacted");
    assert_eq!(desk.refused("09:00", bar(2, "again")), "Mr Khan must not be contacted already");
    assert_eq!(desk.refused("09:00", bar(3, "hers")), "there is no such contact", "that is her brother's");
    assert_eq!(desk.refused("09:00", lift(1, "x")), "no bar stands on Mrs Khan, mother");
    let set = desk.done("09:01", bar(1, " told by  the DSL "));
    assert_eq!(set.text, "Khan, Amira 8KM: Mrs Khan, mother must not be contacted: told by the DSL");
    assert_eq!(standing(&mut desk), [true, true]);
    let lifted = desk.done("09:02", lift(2, "order ended"));
    assert_eq!(lifted.text, "Khan, Amira 8KM: Mr Khan, father may be contacted: order ended");
    assert_eq!(standing(&mut desk), [true, false]);
    // A file that does not know of it changes neither.
    bring(&mut desk, rows(&["Mrs Khan, mother, 07700 900310", "Mr Khan, father, 07700 900822"]));
    assert_eq!(standing(&mut desk), [true, false]);
    desk.undo("09:03", lifted.act);
    assert_eq!(standing(&mut desk), [true, true]);
    let undone = desk.undo("09:04", set.act);
    assert_eq!(standing(&mut desk), [false, true]);
    desk.undo("09:05", undone.act);
    assert_eq!(standing(&mut desk), [true, true]);
}

#[test]
fn taking_back_a_bar_that_was_lifted_leaves_a_later_one() {
    let mut desk = Desk::new();
    let text = "the bar on Mrs Khan, mother was lifted since; one that stands now is another";
    let first = desk.done("09:01", bar(1, "told by the DSL"));
    let lifted = desk.done("09:02", lift(1, "a slip"));
    desk.done("09:03", bar(1, "court order"));
    assert_eq!(desk.refused("09:04", Act::Undo(Undo { act: first.act })), text);
    // Nor does taking back a bar's return: another lift and another bar came in between.
    let second = desk.done("09:05", lift(1, "another slip"));
    let back = desk.undo("09:06", lifted.act);
    desk.done("09:07", lift(1, "a slip all the same"));
    desk.undo("09:08", second.act);
    assert_eq!(desk.refused("09:09", Act::Undo(Undo { act: back.act })), text);
    assert!(standing(&mut desk).starts_with("Mrs Khan barred"));
}

#[test]
fn an_officer_sets_a_bar_and_a_lead_lifts_it() {
    let mut desk = Desk::new();
    let set = desk.done("09:00", bar(1, "told by the DSL"));
    desk.officer.role = Role::Officer;
    for act in [lift(1, "a slip"), Act::Undo(Undo { act: set.act })] {
        let refused = desk.store.perform(&desk.officer, now("09:01"), &act);
        let Err(NotDone::Refused(refusal)) = refused else { panic!("{refused:?}") };
        assert!(matches!(*refusal, Refusal::NotAllowed { least: Role::Lead, .. }), "{refusal}");
    }
    desk.officer.role = Role::Lead;
    desk.done("09:02", lift(1, "a slip"));
}

fn rang(pupil: PupilId, contact: i64, covers: &[PupilId]) -> Act {
    let (outcome, code, note) = (CallOutcome::Aware, Some(code_of("I")), "flu".to_owned());
    let saw = [pupil].iter().chain(covers).map(|one| (*one, ActId(0))).collect();
    let (covers, despite) = (covers.to_vec(), Some("he rang us".to_owned()));
    LogCall { outcome, code, note, covers, saw, despite, ..call(pupil, contact) }.into()
}

#[test]
fn a_call_to_who_is_barred_for_one_child_never_speaks_for_that_child() {
    for (brothers, why) in [
        ("MR KHAN, father, +44 7700 900456", "Mr Khan must not be contacted (court order)"),
        ("Imran Khan, Dad, 01632 960999", "Mr Khan must not be contacted (court order)"),
        ("Mr Kahn, Dad, 01632 960999", "Mr Khan must not be contacted (court order)"),
        ("I. Smith, friend, 07700 900456 (work)", "Mr Khan must not be contacted (court order), whose number it is"),
        ("I. Smith, friend, 07700 900456", "Mr Khan must not be contacted (court order), whose number it is"),
    ] {
        let mut desk = with_father();
        let his = IncomingContact { pupil: key("0002"), ..row(1, brothers) };
        bring(&mut desk, [his]);
        let day = desk.store.day(november(24)).unwrap();
        let rung = day.roll.contacts(BILAL)[0].id.0;
        let text = desk.refused("09:20", rang(BILAL, rung, &[AMIRA]));
        assert_eq!(text, format!("{why}, about Khan, Amira 8KM: leave them out of the call"));
        desk.done("09:21", rang(BILAL, rung, &[]));
        assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(BILAL, am(24))], ["blank", "I"]);
    }
    // Their mother speaks for both.
    let mut desk = with_father();
    bring(&mut desk, [IncomingContact { pupil: key("0002"), ..row(1, "Ms Begum, mother, 07700 900111") }]);
    let rung = desk.store.day(november(24)).unwrap().roll.contacts(BILAL)[0].id.0;
    desk.done("09:20", rang(BILAL, rung, &[AMIRA]));
    assert_eq!(desk.mark(AMIRA, am(24)), "I");
}

#[test]
fn every_number_of_a_contact_is_kept_and_the_one_rung_is_on_the_record() {
    let mut desk = without_bars();
    let both = ["07700 900111", "01632 960222"].map(str::to_owned);
    let mother = IncomingContact { phones: Some(both.to_vec()), ..row(1, "Gwen Adams, mother") };
    bring(&mut desk, [mother.clone()]);
    assert_eq!(standing(&mut desk), "Gwen Adams 07700 900111 or 01632 960222");
    assert!(!bring(&mut desk, [mother]).moved());
    let contact = desk.store.day(november(24)).unwrap().roll.contacts(AMIRA)[0].id.0;
    let on = |rung: Option<&str>, became| {
        let mut act = rang(AMIRA, contact, &[]);
        if let Act::LogCall(LogCall { number, outcome, code, despite, .. }) = &mut act {
            (*number, *outcome, *code, *despite) = (rung.map(str::to_owned), became, None, None);
        }
        act
    };
    assert_eq!(desk.refused("09:20", on(Some("07700 900999"), CallOutcome::NoAnswer)), "there is no such number");
    desk.done("09:20", on(None, CallOutcome::NoAnswer));
    desk.done("09:21", on(Some(&both[1]), CallOutcome::WrongNumber));
    let day = desk.store.day(november(24)).unwrap();
    let rung: Vec<_> = day.calls.iter().map(|call| call.number.clone().unwrap()).collect();
    assert_eq!(rung, both);
    assert_eq!(day.wrong_numbers[0].number, both[1]);
    let (_, next) = next_call(&day, AMIRA).unwrap();
    assert_eq!(next.number, both[0], "the other is wrong");
    // The same wrong number written another way is as wrong as before.
    bring(
        &mut desk,
        [IncomingContact { phones: Some(vec!["+44 1632 960222".to_owned()]), ..row(1, "Gwen Adams, mother") }],
    );
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!((day.wrong_numbers.len(), next_call(&day, AMIRA)), (1, None));
}
