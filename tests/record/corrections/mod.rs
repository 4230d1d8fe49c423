//! What the office puts right of the roll, and what imports do with it.

mod people;

use firstbell::domain::act::{Act, CorrectContact};
use firstbell::domain::act_id::ActId;
use firstbell::domain::incoming::{Incoming, IncomingContact};
use firstbell::domain::people::contact::ContactId;
use firstbell::domain::people::correction::ContactField;
use firstbell::store::merge::Merged;
use proptest::prelude::*;

use crate::bars::{bring, row, rows, standing};
use crate::support::*;

const MOTHER: &str = "Mrs Begum, mother, 07700 900111";
const FATHER: &str = "Mr Khan, father, 07700 900456";

/// Amira's mother and father, both of whom may be rung.
fn parents() -> Desk {
    let mut desk = Desk::new();
    let lift = firstbell::domain::act::LiftBar { pupil: AMIRA, contact: ContactId(2), reason: "ended".to_owned() };
    desk.done("08:00", Act::LiftBar(lift));
    bring(&mut desk, rows(&[MOTHER, FATHER]));
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900111; Mr Khan 07700 900456");
    desk
}

fn id_of(desk: &mut Desk, name: &str) -> ContactId {
    let roll = desk.store.day(november(24)).unwrap().roll;
    roll.contacts(AMIRA).iter().find(|one| one.name == name).unwrap().id
}

fn correct(desk: &mut Desk, name: &str, field: ContactField, saw: &str, becomes: &str) -> Act {
    let contact = id_of(desk, name);
    let (saw, becomes) = (saw.to_owned(), becomes.to_owned());
    Act::CorrectContact(CorrectContact { pupil: AMIRA, contact, field, saw, becomes })
}

fn mothers_number(desk: &mut Desk, saw: &str, becomes: &str) -> Act {
    correct(desk, "Mrs Begum", ContactField::Number, saw, becomes)
}

/// A mother with a corrected number.
fn corrected() -> (Desk, ActId) {
    let mut desk = parents();
    let act = mothers_number(&mut desk, "07700 900111", "07700 900999");
    let act = desk.done("08:10", act).act;
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900999; Mr Khan 07700 900456");
    (desk, act)
}

fn told(merged: &Merged) -> Vec<&str> {
    merged.warnings.iter().map(|one| one.text.as_str()).collect()
}

fn mother(phone: &str) -> Vec<IncomingContact> {
    rows(&[&format!("Mrs Begum, mother, {phone}"), FATHER])
}

#[test]
fn an_import_of_the_old_number_loses_nothing_and_is_told_every_time() {
    let (mut desk, _) = corrected();
    for _ in 0..3 {
        let merged = bring(&mut desk, mother("07700 900111"));
        assert!(!merged.moved());
        let still = "Khan, Amira: the number of Mrs Begum is still •••• 111 in the system; firstbell keeps •••• 999";
        assert_eq!(told(&merged), [still]);
        assert_eq!(standing(&mut desk), "Mrs Begum 07700 900999; Mr Khan 07700 900456");
    }
}

#[test]
fn an_import_of_the_right_number_ends_the_correction() {
    let (mut desk, act) = corrected();
    let merged = bring(&mut desk, mother("+44 7700 900999"));
    let come = "Khan, Amira: the number of Mrs Begum has come as it was corrected: the correction ends";
    assert!(merged.changes.iter().any(|one| one == come), "{:?}", merged.changes);
    assert_eq!(told(&merged), [""; 0]);
    // From now on the system's word holds again.
    let refused = desk.refused("09:00", Act::Undo(firstbell::domain::act::Undo { act }));
    assert!(refused.contains("was changed since by “import"), "{refused}");
    bring(&mut desk, mother("07700 900777"));
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900777; Mr Khan 07700 900456");
}

#[test]
fn an_import_that_ended_a_correction_is_taken_back_whole() {
    let (mut desk, act) = corrected();
    let before = desk.standing();
    let import = bring(&mut desk, mother("07700 900999")).act.unwrap();
    let after = desk.standing();
    let undo = desk.undo("09:00", import).act;
    assert_eq!(desk.standing(), before, "the correction stands again");
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900999; Mr Khan 07700 900456");
    let again = desk.undo("09:01", undo).act;
    assert_eq!(desk.standing(), after);
    desk.undo("09:02", again);
    desk.undo("09:03", act);
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900111; Mr Khan 07700 900456");
}

#[test]
fn a_third_number_is_not_guessed_at() {
    let (mut desk, _) = corrected();
    let merged = bring(&mut desk, mother("07700 900555"));
    let differs = "Khan, Amira: the number of Mrs Begum is •••• 555 in the system, and was •••• 111; firstbell keeps •••• 999: \
                   look which is right";
    assert_eq!(told(&merged), [differs]);
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900999 or 07700 900555; Mr Khan 07700 900456");
}

#[test]
fn a_correction_is_taken_back_and_done_again() {
    let (mut desk, act) = corrected();
    let corrected = desk.standing();
    let undo = desk.undo("08:20", act).act;
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900111; Mr Khan 07700 900456");
    desk.undo("08:21", undo);
    assert_eq!(desk.standing(), corrected);
    // Corrected again: the first is not taken back alone.
    let second = mothers_number(&mut desk, "07700 900999", "07700 900888");
    desk.done("08:30", second);
    let refused = desk.refused("08:31", Act::Undo(firstbell::domain::act::Undo { act }));
    assert!(refused.contains("was changed since by “correction of Mrs Begum, mother, about Khan, Amira"), "{refused}");
    // Back to what the system says: no correction is left.
    let back = mothers_number(&mut desk, "07700 900888", "07700 900111");
    let receipt = desk.done("08:32", back).text;
    assert!(receipt.ends_with("number •••• 888 → •••• 111, as the system has it"), "{receipt}");
    assert!(desk.store.day(november(24)).unwrap().roll.corrections.is_empty());
}

#[test]
fn a_value_that_moved_meanwhile_is_refused_with_both() {
    let (mut desk, _) = corrected();
    for (kind, saw, becomes, refused) in [
        (
            ContactField::Number,
            "07700 900111",
            "07700 900222",
            "the number of Mrs Begum, mother is •••• 999 by now, and was •••• 111 when you saw it",
        ),
        (ContactField::Number, "07700 900999", "07700", "“07700” is no whole telephone number"),
        (
            ContactField::Number,
            "07700 900999",
            "+44 7700 900999",
            "that is what is held: the number of Mrs Begum, mother",
        ),
        (ContactField::Email, "", "nobody", "“nobody” is no e-mail address"),
        (ContactField::Order, "1", "3", "the place in the calling order is a number from 1 to 2"),
        (
            ContactField::Order,
            "2",
            "1",
            "the place in the calling order of Mrs Begum, mother is 1 by now, and was 2 when you saw it",
        ),
    ] {
        let act = correct(&mut desk, "Mrs Begum", kind, saw, becomes);
        assert_eq!(desk.refused("08:30", act), refused);
    }
}

#[test]
fn an_e_mail_a_note_and_the_order_are_kept_likewise() {
    let mut desk = parents();
    for (name, kind, saw, becomes) in [
        ("Mrs Begum", ContactField::Email, "", "begum@example.org"),
        ("Mrs Begum", ContactField::Note, "", "works nights"),
        ("Mr Khan", ContactField::Order, "2", "1"),
    ] {
        let act = correct(&mut desk, name, kind, saw, becomes);
        desk.done("08:10", act);
    }
    let held = "Mr Khan 07700 900456; Mrs Begum 07700 900111 (works nights)";
    assert_eq!(standing(&mut desk), held);
    let with = |email: &str, note: &str| {
        let mut both = rows(&[MOTHER, FATHER]);
        (both[0].email, both[0].note) = (Some(email.to_owned()), Some(note.to_owned()));
        both
    };
    for files in [with("", "evenings only"), rows(&[MOTHER, FATHER]), with("other@example.org", "evenings only")] {
        bring(&mut desk, files);
        assert_eq!(standing(&mut desk), held);
    }
    let turned: Vec<_> = rows(&[FATHER, MOTHER]);
    let merged = bring(&mut desk, turned);
    assert!(merged.changes.iter().any(|one| one.contains("the place in the calling order of Mr Khan has come")));
    assert_eq!(standing(&mut desk), held);
    assert_eq!(desk.store.day(november(24)).unwrap().roll.corrections.len(), 2);
}

#[test]
fn a_contact_who_leaves_the_file_and_comes_back_is_corrected_still() {
    let (mut desk, _) = corrected();
    bring(&mut desk, [row(1, FATHER)]);
    assert_eq!(standing(&mut desk), "Mr Khan 07700 900456");
    bring(&mut desk, mother("07700 900111"));
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900999; Mr Khan 07700 900456");
}

#[test]
fn a_bar_holds_under_a_corrected_number() {
    let mut desk = parents();
    let contact = id_of(&mut desk, "Mr Khan");
    desk.done("08:05", firstbell::domain::act::Bar { pupil: AMIRA, contact, reason: "court order".to_owned() });
    let number = correct(&mut desk, "Mr Khan", ContactField::Number, "07700 900456", "01632 960777");
    let act = desk.done("08:10", number).act;
    let undo = desk.undo("08:11", act).act;
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900111; Mr Khan barred (court order)");
    desk.undo("08:12", undo);
    // Whoever comes with that number may be he.
    let files = rows(&[MOTHER, "I Akhtar, friend, 01632 960777"]);
    bring(&mut desk, files);
    let now = standing(&mut desk);
    assert!(now.starts_with("Mrs Begum 07700 900111; I Akhtar barred"), "{now}");
    bring(&mut desk, rows(&[MOTHER, FATHER]));
    assert!(standing(&mut desk).contains("Mr Khan barred (court order)"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever the system sends, however often and in whatever order: what was corrected stands until it comes.
    #[test]
    fn no_import_loses_a_correction(files in prop::collection::vec((0_u8..4, any::<bool>()), 0..6)) {
        let (mut desk, _) = corrected();
        for (number, turned) in &files {
            let mother = format!("Mrs Begum, mother, 07700 90022{number}");
            bring(&mut desk, if *turned { rows(&[FATHER, &mother]) } else { rows(&[&mother, FATHER]) });
            let now = standing(&mut desk);
            prop_assert!(now.contains("Mrs Begum 07700 900999"), "{}", now);
        }
        // The last file alone says what stands, not those before it.
        let (mut other, _) = corrected();
        if let Some((number, turned)) = files.last() {
            let mother = format!("Mrs Begum, mother, 07700 90022{number}");
            bring(&mut other, if *turned { rows(&[FATHER, &mother]) } else { rows(&[&mother, FATHER]) });
        }
        prop_assert_eq!(standing(&mut desk), standing(&mut other));
        bring(&mut desk, mother("07700 900999"));
        prop_assert!(desk.store.day(november(24)).unwrap().roll.corrections.is_empty());
    }
}

#[test]
fn nobody_else_s_contacts_are_touched() {
    let (mut desk, _) = corrected();
    let files = Incoming { contacts: placed([contact("0002", 1, "Mrs Khan")]), ..Incoming::default() };
    let merged = desk.merge(&files);
    assert_eq!(told(&merged), [""; 0]);
}
