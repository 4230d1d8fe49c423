//! New contacts, leavers, tutor groups and joiners, before the system has them.

use chrono::NaiveDate;
use firstbell::domain::act::{Act, AddContact, ChangeGroup, Enrol, Leave, NumberJoiner, Undo};
use firstbell::domain::act_id::ActId;
use firstbell::domain::incoming::{Incoming, IncomingGroup, IncomingPupil, PupilKey};
use firstbell::domain::people::pupil::{GroupId, PupilId};
use proptest::prelude::*;

use super::{FATHER, MOTHER, parents, told};
use crate::bars::{bring, rows, standing};
use crate::support::*;

const AUNT: &str = "Ms Adeyemi, aunt, 07700 900321";

fn aunt(order: Option<usize>) -> Act {
    AddContact {
        pupil: AMIRA,
        name: "Ms Adeyemi".to_owned(),
        relationship: "aunt".to_owned(),
        number: "07700 900321".to_owned(),
        email: String::new(),
        note: String::new(),
        order,
    }
    .into()
}

#[test]
fn a_new_contact_outlives_files_that_have_them_not_and_ends_with_one_that_has() {
    let mut desk = parents();
    let act = desk.done("08:10", aunt(Some(1))).act;
    let held = "Ms Adeyemi 07700 900321; Mrs Begum 07700 900111; Mr Khan 07700 900456";
    assert_eq!(standing(&mut desk), held);
    for files in [[MOTHER, FATHER], [FATHER, MOTHER], [MOTHER, FATHER]] {
        let merged = bring(&mut desk, rows(&files));
        assert_eq!(told(&merged)[0], "Khan, Amira: Ms Adeyemi is not in the system yet; firstbell keeps them");
        assert!(standing(&mut desk).starts_with("Ms Adeyemi 07700 900321; "));
    }
    assert_eq!(desk.refused("08:20", aunt(None)), "Ms Adeyemi, aunt is a contact already: put right what is held");
    let before = desk.standing();
    let merged = bring(&mut desk, rows(&[AUNT, MOTHER, FATHER]));
    assert!(merged.changes.iter().any(|one| one.ends_with("Ms Adeyemi, whom firstbell had first, has come")));
    assert_eq!(standing(&mut desk), held);
    assert!(desk.store.day(november(24)).unwrap().roll.corrections.is_empty());
    desk.undo("08:30", merged.act.unwrap());
    assert_eq!(desk.standing(), before);
    desk.undo("08:31", act);
    assert_eq!(standing(&mut desk), "Mrs Begum 07700 900111; Mr Khan 07700 900456");
}

#[test]
fn a_new_contact_who_may_be_somebody_barred_is_barred_too() {
    let mut desk = crate::bars::with_father();
    let uncle = AddContact {
        pupil: AMIRA,
        name: "I Khan".to_owned(),
        relationship: "uncle".to_owned(),
        number: "07700 900456".to_owned(),
        email: String::new(),
        note: String::new(),
        order: None,
    };
    let receipt = desk.done("08:10", uncle);
    assert!(receipt.but.is_none() || receipt.but.unwrap().contains("must not be contacted"));
    let now = standing(&mut desk);
    assert!(!now.contains("I Khan 07700 900456"), "whoever answers it may be he: {now}");
}

fn leave(on: Option<NaiveDate>, saw: Option<NaiveDate>) -> Act {
    Leave { pupil: AMIRA, on, destination: "Elm High".to_owned(), saw }.into()
}

fn until(desk: &mut Desk) -> Option<NaiveDate> {
    desk.store.day(november(24)).unwrap().roll.pupil(AMIRA).unwrap().until
}

#[test]
fn a_leaver_is_expected_no_longer_whatever_files_say() {
    let mut desk = Desk::new();
    let last = november(23);
    let act = desk.done("08:10", leave(Some(last), None)).act;
    let is_expected = |desk: &mut Desk| desk.store.day(november(24)).unwrap().on_roll().any(|one| one.id == AMIRA);
    assert!(!is_expected(&mut desk));
    let still =
        "Khan, Amira: the last day of Khan, Amira is still nothing in the system; firstbell keeps Mon 23 Nov 2026";
    for row in [amira(), IncomingPupil { stays: true, ..amira() }] {
        let merged = desk.merge(&pupils([row.clone()]));
        assert_eq!(told(&merged).iter().any(|one| still.ends_with(*one)), row.stays, "{:?}", told(&merged));
        assert_eq!(until(&mut desk), Some(last));
    }
    let third = desk.merge(&pupils([IncomingPupil { until: Some(november(27)), ..amira() }]));
    assert!(told(&third).iter().any(|one| one.contains("Fri 27 Nov 2026 in the system")), "{:?}", told(&third));
    assert_eq!(until(&mut desk), Some(last), "not guessed");
    let come = desk.merge(&pupils([IncomingPupil { until: Some(last), ..amira() }]));
    assert!(come.changes.iter().any(|one| one.contains("has come as it was corrected")), "{:?}", come.changes);
    let refused = desk.refused("08:30", Act::Undo(Undo { act }));
    assert!(refused.contains("was changed since by “import"), "{refused}");
    desk.undo("08:31", come.act.unwrap());
    desk.undo("08:32", act);
    assert_eq!(until(&mut desk), Some(november(27)), "what the system says holds again");
}

#[test]
fn a_leaver_whom_the_system_brings_back_is_expected_again() {
    for until_then in [None, Some(november(30))] {
        let mut desk = Desk::new();
        desk.done("08:10", leave(Some(november(20)), None));
        let before = desk.standing();
        let back = IncomingPupil { from: Some(november(23)), until: until_then, ..amira() };
        let merged = desk.merge(&pupils([back]));
        let says = "Khan, Amira comes back on Mon 23 Nov 2026: the last day put down here, Fri 20 Nov 2026, ends";
        assert!(merged.changes.iter().any(|one| one == says), "{:?}", merged.changes);
        let day = desk.store.day(november(24)).unwrap();
        assert!(day.on_roll().any(|one| one.id == AMIRA));
        assert_eq!((until(&mut desk), day.roll.corrections.len()), (until_then, 0));
        desk.undo("08:20", merged.act.unwrap());
        assert_eq!((until(&mut desk), desk.standing()), (Some(november(20)), before));
    }
}

#[test]
fn a_last_day_that_moved_or_cannot_be_is_refused() {
    let mut desk = Desk::new();
    desk.done("08:10", leave(Some(november(27)), None));
    let refused = "the last day of Khan, Amira 8KM is Fri 27 Nov 2026 by now, and was none when you saw it";
    assert_eq!(desk.refused("08:11", leave(Some(november(30)), None)), refused);
    let refused = desk.refused("08:12", leave(Some(NaiveDate::from_ymd_opt(2020, 1, 1).unwrap()), Some(november(27))));
    assert!(refused.starts_with("the last day of Khan, Amira 8KM cannot be before the first"), "{refused}");
    desk.done("08:13", leave(None, Some(november(27))));
    assert!(desk.store.day(november(24)).unwrap().roll.corrections.is_empty(), "as the system has it");
}

fn group_on(desk: &mut Desk, day: u32) -> GroupId {
    desk.store.day(november(day)).unwrap().roll.pupil(AMIRA).unwrap().group.unwrap()
}

#[test]
fn a_tutor_group_changes_on_its_day_and_stays_changed() {
    let mut desk = Desk::new();
    let change = ChangeGroup { pupil: AMIRA, group: G9TR, from: november(26), saw: Some(G8KM) };
    let act = desk.done("08:10", change.clone()).act;
    assert_eq!((group_on(&mut desk, 24), group_on(&mut desk, 26)), (G8KM, G9TR));
    assert_eq!((group_on(&mut desk, 25), group_on(&mut desk, 27)), (G8KM, G9TR));
    let merged = desk.merge(&pupils([amira()]));
    let still = "the tutor group of Khan, Amira is still 8KM in the system; firstbell keeps 9TR from Thu 26 Nov 2026";
    assert!(told(&merged).contains(&still), "{:?}", told(&merged));
    assert_eq!(group_on(&mut desk, 26), G9TR);
    desk.undo("08:20", act);
    assert_eq!(group_on(&mut desk, 26), G8KM);
    desk.done("08:21", change);
    let come = desk.merge(&pupils([IncomingPupil { group: Some("9TR".to_owned()), ..amira() }]));
    assert!(come.changes.iter().any(|one| one.contains("has come as it was corrected")), "{:?}", come.changes);
    assert!(desk.store.day(november(24)).unwrap().roll.corrections.is_empty());
    let saw = ChangeGroup { pupil: AMIRA, group: G8KM, from: november(26), saw: Some(G8KM) };
    let refused = "the tutor group of Khan, Amira is 9TR by now, and was 8KM when you saw it";
    assert_eq!(desk.refused("08:40", saw), refused);
}

#[test]
fn a_tutor_group_goes_on_until_the_day_of_the_next() {
    let change = |group, from, saw| ChangeGroup { pupil: AMIRA, group, from: november(from), saw: Some(saw) };
    // To 9TR on Monday, and back on Thursday.
    let mut desk = Desk::new();
    desk.done("08:10", change(G9TR, 23, G8KM));
    let back = desk.done("08:11", change(G8KM, 26, G9TR)).act;
    let groups = |desk: &mut Desk| [20, 23, 24, 25, 26, 27].map(|day| group_on(desk, day));
    assert_eq!(groups(&mut desk), [G8KM, G9TR, G9TR, G9TR, G8KM, G8KM]);
    let merged = desk.merge(&pupils([amira()]));
    assert!(told(&merged)[0].contains("firstbell keeps 9TR from Mon 23 Nov 2026"), "{:?}", told(&merged));
    assert_eq!(groups(&mut desk), [G8KM, G9TR, G9TR, G9TR, G8KM, G8KM]);
    desk.undo("08:12", back);
    assert_eq!(groups(&mut desk), [G8KM, G9TR, G9TR, G9TR, G9TR, G9TR]);
    // The day alone was wrong.
    desk.done("08:13", change(G9TR, 26, G9TR));
    assert_eq!(groups(&mut desk), [G8KM, G8KM, G8KM, G8KM, G9TR, G9TR]);
}

#[test]
fn with_the_last_of_several_tutor_groups_those_before_it_have_come_too() {
    let change = |group, from, saw| ChangeGroup { pupil: AMIRA, group, from: november(from), saw: Some(saw) };
    let mut desk = Desk::new();
    let group = IncomingGroup { name: "8XX".to_owned(), year: Some(8), ..IncomingGroup::default() };
    desk.merge(&Incoming { groups: placed([group]), ..Incoming::default() });
    let third = desk.store.day(november(24)).unwrap().roll.groups.iter().find(|one| one.name == "8XX").unwrap().id;
    desk.done("08:10", change(G9TR, 23, G8KM));
    desk.done("08:11", change(third, 26, G9TR));
    let before = [23, 25, 26].map(|day| group_on(&mut desk, day));
    assert_eq!(before, [G9TR, G9TR, third]);
    let come = desk.merge(&pupils([IncomingPupil { group: Some("8XX".to_owned()), ..amira() }]));
    assert!(desk.store.day(november(24)).unwrap().roll.corrections.is_empty(), "{:?}", told(&come));
    assert_eq!(group_on(&mut desk, 27), third);
    desk.undo("08:20", come.act.unwrap());
    assert_eq!([23, 25, 26].map(|day| group_on(&mut desk, day)), before);
}

fn joe(admission_no: &str) -> Enrol {
    Enrol {
        surname: "Quill".to_owned(),
        forename: "Joe".to_owned(),
        year: None,
        group: G8KM,
        from: november(24),
        admission_no: admission_no.to_owned(),
        upn: String::new(),
    }
}

fn joe_row(number: &str) -> IncomingPupil {
    IncomingPupil {
        key: PupilKey { admission_no: Some(number.to_owned()), ..PupilKey::default() },
        surname: "Quill".to_owned(),
        forename: "Joe".to_owned(),
        group: Some("8KM".to_owned()),
        ..IncomingPupil::default()
    }
}

fn quills(desk: &mut Desk) -> Vec<PupilId> {
    let roll = desk.store.day(november(24)).unwrap().roll;
    roll.pupils.iter().filter(|one| one.surname == "Quill").map(|one| one.id).collect()
}

#[test]
fn a_joiner_is_on_the_roll_and_becomes_the_pupil_of_the_same_number() {
    let mut desk = Desk::new();
    let act = desk.done("08:10", joe("9001")).act;
    let held = quills(&mut desk);
    assert_eq!(held.len(), 1);
    desk.merge(&pupils([amira()]));
    assert_eq!(quills(&mut desk), held);
    let before = desk.standing();
    let merged = desk.merge(&pupils([joe_row("9001")]));
    assert!(
        merged.changes.iter().any(|one| one == "Quill, Joe, whom firstbell had first, has come"),
        "{:?}",
        merged.changes
    );
    assert_eq!(quills(&mut desk), held, "one pupil");
    assert!(desk.store.day(november(24)).unwrap().roll.corrections.is_empty());
    assert!(!desk.merge(&pupils([joe_row("9001")])).moved());
    desk.undo("08:20", merged.act.unwrap());
    assert_eq!(desk.standing(), before);
    desk.undo("08:21", act);
    assert_eq!(quills(&mut desk), []);
}

#[test]
fn a_joiner_is_never_matched_by_the_name() {
    let mut desk = Desk::new();
    desk.done("08:10", joe(""));
    let held = quills(&mut desk);
    let merged = desk.merge(&pupils([joe_row("9001")]));
    assert!(merged.rejects[0].reason.starts_with("a joiner of this name was put down here, and may be this one"));
    assert_eq!(quills(&mut desk), held);
    let number = NumberJoiner { pupil: held[0], admission_no: "9001".to_owned(), upn: String::new() };
    desk.done("08:20", number.clone());
    desk.merge(&pupils([joe_row("9001")]));
    assert_eq!(quills(&mut desk), held);
    let refused = "Quill, Joe 8KM is in the system: its numbers are put right there";
    assert_eq!(desk.refused("08:30", number), refused);
    for (again, refused) in [
        (joe("9002"), "Quill, Joe 8KM is on the roll already"),
        (Enrol { surname: "Other".to_owned(), ..joe("9001") }, "Quill, Joe 8KM has this number"),
        (Enrol { surname: " ".to_owned(), ..joe("") }, "say the joiner's family name"),
    ] {
        assert_eq!(desk.refused("08:31", again), refused);
    }
}

#[test]
fn a_joiner_who_has_been_marked_is_not_taken_back() {
    let mut desk = Desk::new();
    let act = desk.done("08:10", joe("9001")).act;
    let joiner = quills(&mut desk)[0];
    desk.done("08:50", arrival(joiner, "08:50"));
    let refused = desk.refused("08:55", Act::Undo(Undo { act }));
    assert!(
        refused.contains("Quill, Joe cannot be taken away again, for “")
            && refused.contains("came since: take that back first"),
        "{refused}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// Whatever files say, however often and in whatever order, but the thing itself: everything put right stands.
    #[test]
    fn no_import_loses_anybody(files in prop::collection::vec(0_u8..4, 0..6)) {
        let mut desk = parents();
        desk.done("08:10", aunt(None));
        desk.done("08:11", joe("9001"));
        desk.done("08:12", leave(Some(november(25)), None));
        desk.done("08:13", ChangeGroup { pupil: AMIRA, group: G9TR, from: november(24), saw: Some(G8KM) });
        let mut acts: Vec<Option<ActId>> = Vec::new();
        for file in files {
            let merged = match file {
                0 => bring(&mut desk, rows(&[MOTHER, FATHER])),
                1 => bring(&mut desk, rows(&[FATHER])),
                2 => desk.merge(&pupils([IncomingPupil { stays: true, ..amira() }])),
                _ => desk.merge(&pupils([IncomingPupil { until: Some(november(27)), ..amira() }])),
            };
            acts.push(merged.act);
            prop_assert!(standing(&mut desk).contains("Ms Adeyemi 07700 900321"));
            prop_assert_eq!(quills(&mut desk).len(), 1);
            prop_assert_eq!((until(&mut desk), group_on(&mut desk, 24)), (Some(november(25)), G9TR));
        }
        // Each of the imports is taken back, the last first, and everything stands still.
        for act in acts.into_iter().rev().flatten() {
            desk.undo("09:00", act);
            prop_assert!(standing(&mut desk).contains("Ms Adeyemi 07700 900321"));
            prop_assert_eq!((until(&mut desk), group_on(&mut desk, 24)), (Some(november(25)), G9TR));
        }
        prop_assert_eq!(standing(&mut desk), "Mrs Begum 07700 900111; Mr Khan 07700 900456; Ms Adeyemi 07700 900321");
    }
}
