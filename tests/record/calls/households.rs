//! One call about several children, by contacts of their own; numbers found wrong; contacts who disagree.

use firstbell::domain::act::{Act, LogCall, SiblingAnswer};
use firstbell::domain::act_id::ActId;
use firstbell::domain::incoming::Incoming;
use firstbell::domain::people::contact::{CallOutcome, ContactId};
use firstbell::domain::people::pupil::PupilId;

use crate::support::*;

/// The third of the Khans, in 9TR.
const SAMI: PupilId = PupilId(11);

fn household() -> Desk {
    let mut desk = Desk::new();
    let sami = pupil(11, ("Khan", "Sami", "9TR"));
    desk.merge(&Incoming { pupils: placed([sami]), ..Incoming::default() });
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")]));
    desk.done("08:51", register(G9TR, am(24), &[(BILAL, "N"), (SAMI, "/")]));
    desk
}

fn rang(
    outcome: CallOutcome,
    code: Option<&str>,
    covers: &[PupilId],
    sibling_answers: Vec<SiblingAnswer>,
    desk: &Desk,
) -> Act {
    let saw = [AMIRA, BILAL].map(|id| (id, desk.revision(id, am(24)))).to_vec();
    LogCall { outcome, code: code.map(code_of), covers: covers.to_vec(), sibling_answers, saw, ..call(AMIRA, 1) }.into()
}

fn sibling_answer(pupil: PupilId, outcome: CallOutcome, code: Option<&str>) -> SiblingAnswer {
    SiblingAnswer { pupil, outcome, code: code.map(code_of) }
}

/// "Khan, Amira: 07700 900310".
fn to_put_right(desk: &mut Desk) -> Vec<String> {
    let day = desk.store.day(november(24)).unwrap();
    let name = |id| day.roll.pupil(id).unwrap().list_name();
    day.wrong_numbers.iter().map(|one| format!("{}: {}", name(one.pupil), one.number)).collect()
}

fn wrong_number(desk: &Desk) -> Act {
    rang(CallOutcome::WrongNumber, None, &[], Vec::new(), desk)
}

#[test]
fn of_a_household_of_three_two_absent_are_one_call_and_two_codes() {
    let mut desk = household();
    let medical = sibling_answer(BILAL, CallOutcome::Aware, Some("M"));
    let act = rang(CallOutcome::Aware, Some("I"), &[BILAL], vec![medical], &desk);
    let receipt = desk.done("09:20", act);
    let text = "Khan, Amira 8KM: spoke, has a reason, Mrs Khan, mother, I; Khan, Bilal 9TR: spoke, has a reason, M";
    assert_eq!((receipt.text.as_str(), receipt.but), (text, None));
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(BILAL, am(24)), desk.mark(SAMI, am(24))], ["I", "M", "/"]);
    assert_eq!(desk.mark(BILAL, pm(24)), "blank", "an appointment is for the session");
    assert_eq!(
        desk.ask("SELECT count(DISTINCT act), count(*) FROM call").concat(),
        [Some("1".into()), Some("2".into())]
    );
    desk.undo("09:21", receipt.act);
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(BILAL, am(24))], ["N", "N"]);
    assert!(desk.store.day(november(24)).unwrap().calls.is_empty());
}

#[test]
fn the_code_of_a_child_marked_present_meanwhile_is_refused_and_the_call_kept() {
    let mut desk = household();
    let medical = sibling_answer(BILAL, CallOutcome::Aware, Some("M"));
    let act = rang(CallOutcome::Aware, Some("I"), &[BILAL], vec![medical], &desk);
    desk.done("09:15", register(G9TR, am(24), &[(BILAL, "/"), (SAMI, "/")]));
    let receipt = desk.done("09:20", act);
    let text = "Khan, Amira 8KM: spoke, has a reason, Mrs Khan, mother, I; Khan, Bilal 9TR: spoke, has a reason";
    assert_eq!(receipt.text, text);
    let but = receipt.but.unwrap();
    assert!(but.starts_with("no code: Khan, Bilal 9TR was changed at 09:15"), "{but}");
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(BILAL, am(24))], ["I", "/"]);
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(day.calls_about(BILAL).map(|call| (call.outcome, call.code)).next(), Some((CallOutcome::Aware, None)));
}

#[test]
fn one_may_be_missing_while_the_other_is_ill() {
    let mut desk = household();
    let act =
        rang(CallOutcome::Aware, Some("I"), &[BILAL], vec![sibling_answer(BILAL, CallOutcome::Unaware, None)], &desk);
    desk.done("09:20", act);
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(BILAL, am(24))], ["I", "N"]);
    assert_eq!(
        desk.ask("SELECT outcome FROM call ORDER BY pupil").concat(),
        [Some("aware".into()), Some("unaware".into())]
    );
}

#[test]
fn something_else_can_be_said_only_of_whom_the_call_covers() {
    let mut desk = household();
    let ill = || vec![sibling_answer(BILAL, CallOutcome::Aware, Some("I"))];
    let act = rang(CallOutcome::Aware, Some("I"), &[], ill(), &desk);
    assert_eq!(desk.refused("09:20", act), "Khan, Bilal 9TR is not covered by the call");
    let present = vec![sibling_answer(BILAL, CallOutcome::Aware, Some("U"))];
    let act = rang(CallOutcome::Aware, Some("I"), &[BILAL], present, &desk);
    assert!(desk.refused("09:20", act).contains("cannot be reported"));
}

#[test]
fn a_siblings_call_names_their_own_contact_who_is_the_same_person() {
    let mut desk = household();
    let act = rang(CallOutcome::NoAnswer, None, &[BILAL, SAMI], Vec::new(), &desk);
    desk.done("09:20", act);
    let day = desk.store.day(november(24)).unwrap();
    let rung: Vec<Option<ContactId>> = day.calls.iter().map(|call| call.contact).collect();
    // Sami holds no contact: the call still says who was rung.
    assert_eq!(rung, [Some(ContactId(1)), Some(ContactId(3)), Some(ContactId(1))]);
    let sami = day.roll.pupil(SAMI).unwrap();
    assert_eq!(day.roll.rung(sami, ContactId(1)).map(|one| one.name.as_str()), Some("Mrs Khan"));
}

#[test]
fn a_number_found_wrong_waits_to_be_put_right() {
    let mut desk = household();
    assert_eq!(to_put_right(&mut desk), Vec::<String>::new());
    let act = wrong_number(&desk);
    let receipt = desk.done("09:20", act);
    assert_eq!(to_put_right(&mut desk), ["Khan, Amira: 07700 900310"]);
    desk.undo("09:21", receipt.act);
    assert_eq!(to_put_right(&mut desk), Vec::<String>::new());
    let act = rang(CallOutcome::WrongNumber, None, &[BILAL, SAMI], Vec::new(), &desk);
    desk.done("09:22", act);
    // Each child's contact is a row of its own in the school's system; Sami has none.
    assert_eq!(to_put_right(&mut desk), ["Khan, Amira: 07700 900310", "Khan, Bilal: 07700 900310"]);
}

#[test]
fn a_later_call_to_the_number_ends_it_unless_it_is_wrong_again() {
    let mut desk = household();
    for (time, outcome, waits) in [
        ("09:20", CallOutcome::WrongNumber, 1),
        ("09:30", CallOutcome::WrongNumber, 1),
        ("09:40", CallOutcome::NoAnswer, 0),
        ("09:50", CallOutcome::WrongNumber, 1),
    ] {
        let act = rang(outcome, None, &[], Vec::new(), &desk);
        desk.done(time, act);
        assert_eq!(to_put_right(&mut desk).len(), waits, "{time}");
    }
}

#[test]
fn an_import_with_another_number_ends_it_and_the_contact_is_rung_again() {
    let mut desk = household();
    let act = wrong_number(&desk);
    desk.done("09:20", act);
    let next = |desk: &mut Desk| {
        let day = desk.store.day(november(24)).unwrap();
        firstbell::domain::absence::unexplained::next_call(&day, AMIRA).map(|(one, _)| one.name.clone())
    };
    assert_eq!(next(&mut desk), None);
    let same = || Incoming { contacts: incoming().contacts, ..Incoming::default() };
    desk.merge(&same());
    assert_eq!(to_put_right(&mut desk).len(), 1, "the same wrong number again");
    let mut other = same();
    other.contacts[0].1.phones = Some(vec!["0113 496 0999".to_owned()]);
    desk.merge(&other);
    assert_eq!(to_put_right(&mut desk), Vec::<String>::new());
    assert_eq!(next(&mut desk).as_deref(), Some("Mrs Khan"));
}

#[test]
fn of_contacts_who_disagree_the_newest_report_counts_and_both_calls_are_kept() {
    let mut desk = household();
    let act = rang(CallOutcome::Aware, Some("I"), &[], Vec::new(), &desk);
    desk.done("09:20", act);
    let act = rang(CallOutcome::Aware, Some("G"), &[], Vec::new(), &desk);
    desk.done("09:40", act);
    assert_eq!(desk.mark(AMIRA, am(24)), "G");
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(day.calls_about(AMIRA).map(|call| call.code.unwrap()).collect::<Vec<_>>(), ["I", "G"].map(code_of));
}

#[test]
fn why_a_barred_contact_was_rung_is_kept_with_the_call() {
    let mut desk = household();
    let barred = |reason: &str, desk: &Desk| match rang(CallOutcome::Aware, Some("I"), &[], Vec::new(), desk) {
        Act::LogCall(LogCall { pupil, at, outcome, code, note, call_back, covers, sibling_answers, saw, .. }) => {
            Act::LogCall(LogCall {
                contact: Some(ContactId(2)),
                number: None,
                despite: Some(reason.to_owned()),
                pupil,
                at,
                outcome,
                code,
                until: None,
                note,
                call_back,
                covers,
                sibling_answers,
                saw,
            })
        }
        other => other,
    };
    let act = barred("  ", &desk);
    assert!(desk.refused("09:20", act).contains("Mr Khan must not be contacted"));
    let act = barred(" he rang us ", &desk);
    desk.done("09:20", act);
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(day.calls[0].despite.as_deref(), Some("he rang us"));
    assert_ne!(desk.revision(AMIRA, am(24)), ActId(0));
}
