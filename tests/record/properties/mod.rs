//! Any sequence of acts and undos, by desks whose clocks disagree: the record stays sound after every one.

mod figures;
mod roll;
mod steps;

use std::collections::BTreeSet;

use hashbrown::HashSet;

use firstbell::domain::absence::unexplained::unexplained;
use firstbell::domain::act::permission::check_act;
use firstbell::domain::act::{self, Act};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::session::Session;
use firstbell::domain::code::Code;
use firstbell::domain::facts::late_step::LateFollowed;
use firstbell::domain::facts::message::Channel;
use firstbell::domain::incoming::{Incoming, IncomingMessage, IncomingUnknown, Received, Who};
use firstbell::domain::late::followed::following;
use firstbell::domain::late::lateness::lates;
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::staff::Role;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::imports::feeding::refuse;
use crate::registers::lessons;
use crate::support::*;
use steps::{sent, steps};

/// A desk of a school with lessons, marks that wait for a code, messages to be read, two pupils whom the last export did not name, and a file
/// that was refused: for acts of every kind.
fn desk() -> Desk {
    let mut desk = lessons::school().0;
    let waits = |(pupil, day, raw): (&str, u32, &str)| IncomingUnknown {
        pupil: key(pupil),
        at: am(day),
        raw: raw.to_owned(),
        minutes: None,
        by: None,
    };
    let message = |words: &str| IncomingMessage {
        who: Who { names: vec!["Amira Khan".to_owned()], ..Who::default() },
        received: Received::Local(local(november(24), "08:00")),
        channel: Channel::Message,
        by: "Mrs Khan".to_owned(),
        number: None,
        from: None,
        until: None,
        reason: String::new(),
        words: words.to_owned(),
    };
    let all = incoming().pupils.into_iter().map(|(_, row)| row);
    desk.merge(&Incoming {
        messages: placed(["ill", "dentist", "ill again"].map(message)),
        unknown_marks: placed([("0001", 23, "7"), ("0002", 24, "7"), ("0005", 23, "8"), ("0004", 23, "9")].map(waits)),
        ..pupils(
            all.filter(|row| !["0003", "0005"].contains(&row.key.admission_no.as_deref().unwrap_or_default()))
                .collect::<Vec<_>>(),
        )
    });
    refuse(&mut desk, "marks.csv");
    desk
}

/// What is never drawn, or always refused, is proved by none of the properties below.
#[test]
fn every_act_is_drawn_and_done() {
    let (mut desk, mut runner) = (desk(), TestRunner::deterministic());
    let mut left: BTreeSet<&str> = Act::NAMES.iter().copied().collect();
    for (step, _) in (0..1000).flat_map(|_| steps().new_tree(&mut runner).unwrap().current()) {
        let act = step.act(&mut desk);
        if desk.perform("15:00", &act).is_ok() && left.remove(act.name()) && left.is_empty() {
            break;
        }
    }
    assert_eq!(left, BTreeSet::new(), "no step does these");
}

/// Pupils whose mark of today says that nobody knows, and who are not on the list of the unexplained: nothing but evidence takes
/// anybody off it.
fn left_the_list(desk: &mut Desk) -> Vec<PupilId> {
    let day = desk.store.day(november(24)).unwrap();
    let listed = unexplained(&day, Session::Pm, local(november(24), "15:30").time());
    let at_n =
        |id| Session::BOTH.into_iter().any(|one| day.mark(id, one).settled.is_some_and(|mark| mark.code == Code::N));
    let missing = day.on_roll().map(|pupil| pupil.id).filter(|id| at_n(*id));
    missing.filter(|id| listed.iter().all(|row| row.pupil != *id)).collect()
}

/// No step stands twice for one late without another word on the reason between, and whoever is in the queue is late.
fn lates_are_sound(desk: &mut Desk) {
    let day = desk.store.day(november(24)).unwrap();
    for one in day.late_steps.iter().filter(|one| !one.step.is_verdict()) {
        let same =
            |other: &&LateFollowed| (other.pupil, other.session, other.step) == (one.pupil, one.session, one.step);
        assert_eq!(day.late_steps.iter().filter(same).count(), 1, "{one:?}");
    }
    for late in lates(&day, Session::Pm) {
        assert!(day.mark(late.pupil, late.session).settled.is_some_and(|mark| mark.is_late()));
        assert_eq!(following(&day, &late).is_new(), following(&day, &late).state() == "new");
    }
}

/// A desk's day has the case files as the record has them, whoever changed one.
fn cases_are_sound(desk: &mut Desk) {
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(*day.case_files, desk.store.case_files(None).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_record_stays_sound(steps in steps()) {
        let mut desk = desk();
        let mut other = desk.another("T Rao");
        let (mut acts, mut acknowledged) = (0, HashSet::new());
        for (n, (step, is_other)) in steps.iter().enumerate() {
            let act = step.act(&mut desk);
            // Clocks that disagree: later acts are not always timed later.
            let at = format!("15:{:02}", (n * 7 + usize::from(*is_other) * 31) % 60);
            let (before, standing) = (desk.dump(), desk.standing());
            let answer = if *is_other { other.perform(&at, &act) } else { desk.perform(&at, &act) };
            match answer {
                Ok(receipt) => {
                    acts += 1;
                    prop_assert!(acknowledged.insert(receipt.act));
                    desk.sound();
                    // Taken back at once, everything stands as before; done again, as after.
                    let after = desk.standing();
                    let undone = desk.undo(&at, receipt.act).act;
                    prop_assert_eq!(desk.standing(), standing);
                    desk.sound();
                    desk.undo(&at, undone);
                    prop_assert_eq!(desk.standing(), after);
                    acts += 2;
                    lates_are_sound(&mut desk);
                    cases_are_sound(&mut desk);
                    cases_are_sound(&mut other);
                    prop_assert_eq!(left_the_list(&mut desk), [], "at N, and nobody's to follow up");
                }
                Err(_) => prop_assert_eq!(desk.dump(), before),
            }
            desk.sound();
            prop_assert_eq!(desk.acts(), acts);
        }
    }

    /// Whatever anybody of any role tries: nobody does what is not theirs, and trying leaves the file as it was.
    #[test]
    fn a_role_does_its_own_work_and_trying_more_writes_nothing(
        steps in steps(), roles in prop::collection::vec(0..Role::ALL.len(), 16),
    ) {
        let mut desk = desk();
        for ((step, _), role) in steps.iter().zip(roles) {
            let (act, role) = (step.act(&mut desk), Role::ALL[role]);
            let (roll, before) = (desk.store.roll().clone(), desk.dump());
            let allowed = check_act(role, &act, &roll);
            desk.officer.role = role;
            let answer = desk.perform("15:00", &act);
            match (&answer, allowed) {
                (Ok(_), allowed) => prop_assert_eq!(allowed, Ok(())),
                (Err(text), Err(refusal)) => prop_assert_eq!(text, &refusal.to_string()),
                (Err(_), Ok(())) => {}
            }
            if answer.is_err() {
                prop_assert_eq!(desk.dump(), before);
            }
            if let (Ok(receipt), Role::Officer) = (&answer, role) {
                // What an officer did is not the gate's to take back, but for what the gate does too.
                let taken_back = Act::Undo(act::Undo { act: receipt.act });
                let is_for_gate = check_act(Role::Gate, &act, &roll).is_ok() || matches!(act, Act::Undo(_));
                desk.officer.role = Role::Gate;
                prop_assert!(is_for_gate || desk.perform("15:00", &taken_back).is_err());
                desk.officer.role = Role::Reader;
                prop_assert!(desk.perform("15:00", &taken_back).is_err());
            }
            desk.sound();
        }
    }

    /// Paper, the tutor's own, and undos of either, in any order: what Day shows settles to the mark that is stored.
    #[test]
    fn paper_the_tutor_s_own_and_undos_settle_alike_in_any_order(
        steps in prop::collection::vec((0..4_usize, any::<bool>(), 0..4_usize), 1..12),
    ) {
        let mut desk = Desk::new();
        for (what, paper, n) in steps {
            let act = match what {
                0 => {
                    let ids = desk.ask("SELECT id FROM act WHERE kind <> 'import' ORDER BY id DESC").concat();
                    let Some(id) = ids.get(n).cloned().flatten() else { continue };
                    Act::Undo(act::Undo { act: ActId(id.parse().unwrap()) })
                }
                _ => sent(G8KM, am(24), &[(AMIRA, ["/", "N", "L 9", "N"][n]), (LOUIS, ["N", "/"][n % 2])], paper),
            };
            // An undo out of turn is refused; the record is sound all the same.
            let _ = desk.perform("15:00", &act);
            desk.sound();
        }
    }
}
