use proptest::prelude::*;

use super::*;
use crate::domain::testing::{AMIRA, at};

fn correction(kind: CorrectionKind, was: &str, becomes: &str) -> Correction {
    Correction {
        id: CorrectionId(1),
        act: ActId(7),
        pupil: AMIRA,
        contact: Some(ContactId(1)),
        kind,
        was: was.to_owned(),
        becomes: becomes.to_owned(),
        from: None,
        words: String::new(),
        at: at("09:31"),
        who: "S Marsh".to_owned(),
    }
}

fn lines(text: &str) -> Vec<String> {
    text.split(", ").filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

#[test]
fn a_correction_waits_arrives_or_differs() {
    use Beside::{Arrived, Differs, Waits};
    use CorrectionKind::{Email, Note, Number, Order};
    for (kind, was, becomes, system, beside) in [
        (Number, "07700 900001", "07700 900002", "07700 900001", Waits),
        (Number, "07700 900001", "07700 900002", "+44 7700 900002", Arrived),
        (Number, "07700 900001", "07700 900002", "07700 900003", Differs),
        (Number, "07700 900001", "07700 900002", "", Differs),
        // The right one has come, and the wrong one is there still.
        (Number, "07700 900001", "07700 900002", "07700 900002, 07700 900001", Waits),
        (Number, "07700 900001", "07700 900002", "01632 960001, 07700 900002", Arrived),
        // One more number, and one less.
        (Number, "", "07700 900002", "07700 900001", Waits),
        (Number, "", "07700 900002", "07700 900001, 07700900002", Arrived),
        (Number, "07700 900001", "", "07700 900001", Waits),
        (Number, "07700 900001", "", "07700 900003", Arrived),
        (Email, "a@b.example", "c@d.example", "A@B.example", Waits),
        (Email, "a@b.example", "c@d.example", "C@d.example", Arrived),
        (Email, "a@b.example", "c@d.example", "e@f.example", Differs),
        (Email, "", "c@d.example", "", Waits),
        (Email, "", "c@d.example", "e@f.example", Differs),
        (Email, "a@b.example", "", "", Arrived),
        (Note, "works nights", "speaks Polish", "works nights", Waits),
        (Note, "works nights", "speaks Polish", "ring the gran", Differs),
        (Order, "2", "1", "2", Waits),
        (Order, "2", "1", "1", Arrived),
        (Order, "2", "1", "3", Differs),
    ] {
        let system = lines(system);
        assert_eq!(correction(kind, was, becomes).beside(&system), beside, "{kind:?} {was} → {becomes}, {system:?}");
    }
}

#[test]
fn what_is_told_names_no_number_whole_and_no_words() {
    use CorrectionKind::{Email, Number, Order};
    for (kind, was, becomes, system, told) in [
        (
            Number,
            "07700 900310",
            "07700 900999",
            "07700 900310",
            "still •••• 310 in the system; firstbell keeps •••• 999",
        ),
        (
            Number,
            "07700 900310",
            "07700 900999",
            "07700 900555",
            "•••• 555 in the system, and was •••• 310; firstbell keeps •••• 999: look which is right",
        ),
        (Number, "", "07700 900999", "", "still nothing in the system; firstbell keeps •••• 999"),
        (
            Email,
            "a@b.example",
            "c@d.example",
            "a@b.example",
            "still the old one in the system; firstbell keeps the correction by S Marsh",
        ),
        (Order, "2", "1", "2", "still 2 in the system; firstbell keeps 1"),
    ] {
        let says = correction(kind, was, becomes).tell("Mrs Khan", &lines(system));
        assert_eq!(says, format!("the {} of Mrs Khan is {told}", kind.describe()));
    }
    let come = correction(Number, "07700 900310", "07700 900999").tell("Mrs Khan", &lines("07700 900999"));
    assert_eq!(come, "the number of Mrs Khan has come as it was corrected: the correction ends");
}

#[test]
fn numbers_keep_their_place_and_nothing_of_the_system_s_is_lost() {
    for (system, corrections, expected) in [
        ("07700 900001, 07700 900002", &[("07700 900001", "07700 900009")][..], "07700 900009, 07700 900002"),
        ("07700 900001", &[("", "07700 900009")], "07700 900001, 07700 900009"),
        ("07700 900001, 07700 900002", &[("07700 900002", "")], "07700 900001"),
        // A third one: which is right is not guessed.
        ("07700 900005", &[("07700 900001", "07700 900009")], "07700 900009, 07700 900005"),
        ("07700 900009, 07700 900001", &[("07700 900001", "07700 900009")], "07700 900009"),
        (
            "07700 900001, 07700 900002",
            &[("07700 900001", "07700 900008"), ("07700 900002", "07700 900009")],
            "07700 900008, 07700 900009",
        ),
    ] {
        let corrections: Vec<_> =
            corrections.iter().map(|(was, becomes)| correction(CorrectionKind::Number, was, becomes)).collect();
        assert_eq!(numbers(&lines(system), corrections.iter()), lines(expected), "{system}");
    }
}

#[test]
fn a_correction_of_a_correction_says_what_the_system_had() {
    let held = [correction(CorrectionKind::Number, "07700 900001", "07700 900009")];
    let on = |saw: &str, becomes: &str| next(CorrectionKind::Number, held.iter(), saw, becomes);
    let first = Some(CorrectionId(1));
    let was = || "07700 900001".to_owned();
    assert_eq!(on("07700 900009", "07700 900008"), Next { was: was(), replaces: first, is_back: false });
    assert_eq!(on("07700 900009", "07700 900001"), Next { was: was(), replaces: first, is_back: true });
    let other = Next { was: "07700 900002".to_owned(), replaces: None, is_back: false };
    assert_eq!(on("07700 900002", "07700 900003"), other);
}

proptest! {
    /// Whatever the system says, and in whatever order it says it: the right number is held, the wrong one is not, nothing else goes.
    #[test]
    fn what_is_corrected_stands_beside_anything(system in prop::collection::vec(0_u8..6, 0..5), was in 0_u8..6, becomes in 0_u8..6) {
        prop_assume!(was != becomes);
        let number = |n: u8| format!("07700 90000{n}");
        let mut system: Vec<String> = system.into_iter().map(number).collect();
        system.sort();
        system.dedup();
        let one = correction(CorrectionKind::Number, &number(was), &number(becomes));
        let held = numbers(&system, [&one].into_iter());
        prop_assert!(held.contains(&number(becomes)) && !held.contains(&number(was)));
        for other in system.iter().filter(|other| **other != number(was)) {
            prop_assert!(held.contains(other));
        }
        // What has arrived needs no correction.
        if one.beside(&system) == Beside::Arrived {
            prop_assert_eq!(held, system);
        }
    }

    /// However the system turns its contacts round, who is to be rung first is.
    #[test]
    fn who_is_put_first_is_rung_first(ids in Just([1_i64, 2, 3, 4]).prop_shuffle(), who in 1_i64..=4, place in 1_usize..=4) {
        let system: Vec<ContactId> = ids.into_iter().map(ContactId).collect();
        let one = Correction { contact: Some(ContactId(who)), ..correction(CorrectionKind::Order, "1", &place.to_string()) };
        let ordered = order(system.clone(), [&one].into_iter());
        prop_assert_eq!(ordered.get(place - 1), Some(&ContactId(who)));
        let others = |all: &[ContactId]| all.iter().copied().filter(|id| id.0 != who).collect::<Vec<_>>();
        prop_assert_eq!(others(&ordered), others(&system));
    }
}
