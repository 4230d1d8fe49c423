//! Any sequence of acts and undos, by desks whose clocks disagree: the record stays sound after every one.

use hashbrown::HashSet;

use firstbell::domain::absence::unexplained::unexplained;
use firstbell::domain::act::permission::may_act;
use firstbell::domain::act::{
    self, Act, Confirm, Cover, Decide, EndSearch, LogArrival, LogCall, LogMovement, LogPromise, NoteSearch, OpenSearch,
    SettleAged, Sight, Snooze, TakeRegister, TakeStep, TakenBy, Theirs,
};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::code::Code;
use firstbell::domain::facts::late_step::{LateFollowed, LateStep};
use firstbell::domain::facts::message::Channel;
use firstbell::domain::facts::presence::Way;
use firstbell::domain::facts::promise::Promise;
use firstbell::domain::facts::puzzle::Puzzle;
use firstbell::domain::facts::register::ChaseMethod;
use firstbell::domain::facts::search::{FoundWhere, SearchOutcome};
use firstbell::domain::late::followed::following;
use firstbell::domain::late::lateness::lates;
use firstbell::domain::people::contact::{CallOutcome, ContactId};
use firstbell::domain::people::pupil::{GroupId, PupilId};
use firstbell::domain::school::staff::Role;
use proptest::prelude::*;

use crate::support::*;

#[derive(Clone, Debug)]
enum Step {
    Amend { pupil: i64, day: u32, session: bool, code: usize, stale: bool },
    Arrive { pupil: i64, minute: u32, instead: Option<usize> },
    FollowLate { pupils: Vec<i64>, session: bool, step: usize },
    Report { pupils: Vec<i64>, from: (u32, bool), days: u32, until: bool, code: usize },
    Call { pupil: i64, session: bool, code: Option<usize>, covers: bool, theirs: Option<usize>, stale: bool },
    Chase { group: i64 },
    Register { group: i64, day: u32, session: bool, marks: Vec<usize>, paper: bool },
    Watch { pupil: i64, review: Option<u32>, instead: bool },
    Unwatch { pupil: i64 },
    Follow { pupil: i64, what: usize, minute: u32 },
    Undo { back: usize },
}

const CODES: [&str; 7] = ["/", "\\", "N", "I", "M", "L", "U"];

fn steps() -> impl Strategy<Value = Vec<(Step, bool)>> {
    let pupil = || 1_i64..=7;
    let step = prop_oneof![
        3 => (pupil(), 23_u32..=24, any::<bool>(), 0..CODES.len(), prop::bool::weighted(0.2))
            .prop_map(|(pupil, day, session, code, stale)| Step::Amend { pupil, day, session, code, stale }),
        3 => (pupil(), 0_u32..400, prop::option::weighted(0.3, 0..CODES.len()))
            .prop_map(|(pupil, minute, instead)| Step::Arrive { pupil, minute, instead }),
        4 => (prop::collection::vec(1_i64..=4, 1..3), prop::bool::weighted(0.2), 0..LateStep::ALL.len())
            .prop_map(|(pupils, session, step)| Step::FollowLate { pupils, session, step }),
        3 => (prop::collection::vec(pupil(), 1..3), (23_u32..=27, any::<bool>()), 0_u32..6, any::<bool>(), 0..CODES.len())
            .prop_map(|(pupils, from, days, until, code)| Step::Report { pupils, from, days, until, code }),
        3 => (1_i64..=2, any::<bool>(), prop::option::of(0..CODES.len()), any::<bool>(), prop::option::of(0..CODES.len()), any::<bool>())
            .prop_map(|(pupil, session, code, covers, theirs, stale)| Step::Call { pupil, session, code, covers, theirs, stale }),
        1 => (1_i64..=2).prop_map(|group| Step::Chase { group }),
        5 => (1_i64..=2, 23_u32..=24, any::<bool>(), prop::collection::vec(0..CODES.len() + 2, 4), any::<bool>())
            .prop_map(|(group, day, session, marks, paper)| Step::Register { group, day, session, marks, paper }),
        3 => (1_i64..=3, prop::option::of(23_u32..=26), any::<bool>())
            .prop_map(|(pupil, review, instead)| Step::Watch { pupil, review, instead }),
        1 => (1_i64..=3).prop_map(|pupil| Step::Unwatch { pupil }),
        6 => (1_i64..=3, 0_usize..13, 0_u32..60)
            .prop_map(|(pupil, what, minute)| Step::Follow { pupil, what, minute }),
        5 => (0_usize..8).prop_map(|back| Step::Undo { back }),
    ];
    prop::collection::vec((step, prop::bool::weighted(0.3)), 1..16)
}

fn own(pupil: PupilId, code: &str) -> Theirs {
    Theirs { pupil, outcome: CallOutcome::Aware, code: Some(code_of(code)) }
}

fn session(pm: bool) -> Session {
    if pm { Session::Pm } else { Session::Am }
}

impl Step {
    fn act(&self, desk: &mut Desk) -> Act {
        let saw = |pupil, at, stale: &bool| if *stale { ActId(0) } else { desk.revision(PupilId(pupil), at) };
        match self {
            Step::Amend { pupil, day, session: pm, code, stale } => {
                let at = SessionDate::new(november(*day), session(*pm));
                amend(PupilId(*pupil), at, CODES[*code], "why", saw(*pupil, at, stale))
            }
            Step::Arrive { pupil, minute, instead } => {
                let time = (local(november(24), "08:30") + chrono::TimeDelta::minutes(i64::from(*minute))).time();
                let instead = instead.map(|code| code_of(CODES[code]));
                let (pupil, reason) = (PupilId(*pupil), Some("bus".to_owned()));
                Act::LogArrival(LogArrival { pupil, date: november(24), time, reason, instead })
            }
            Step::FollowLate { pupils, session: pm, step } => Act::FollowLate(act::FollowLate {
                pupils: pupils.iter().map(|pupil| PupilId(*pupil)).collect(),
                at: SessionDate::new(november(24), session(*pm)),
                step: LateStep::ALL[*step],
                words: "as it was said".to_owned(),
            }),
            Step::Report { pupils, from, days, until, code } => {
                let pupils: Vec<_> = pupils.iter().map(|pupil| PupilId(*pupil)).collect();
                let first = SessionDate::new(november(from.0), session(from.1));
                let last = SessionDate::new(november((from.0 + days).min(30)), session(*until));
                report(&pupils, CODES[*code], first, last)
            }
            Step::Call { pupil, session: pm, code, covers, theirs, stale } => {
                let at = SessionDate::new(november(24), session(*pm));
                let sibling = 3 - pupil;
                Act::LogCall(LogCall {
                    number: None,
                    despite: None,
                    pupil: PupilId(*pupil),
                    contact: Some(ContactId(if *pupil == 1 { 1 } else { 3 })),
                    at,
                    outcome: CallOutcome::Aware,
                    code: code.map(|code| code_of(CODES[code])),
                    until: None,
                    note: String::new(),
                    call_back: None,
                    covers: if *covers { vec![PupilId(sibling)] } else { vec![] },
                    theirs: theirs
                        .filter(|_| *covers)
                        .map(|code| own(PupilId(sibling), CODES[code]))
                        .into_iter()
                        .collect(),
                    saw: [*pupil, sibling].map(|pupil| (PupilId(pupil), saw(pupil, at, stale))).to_vec(),
                })
            }
            Step::Chase { group } => Act::Chase(act::Chase {
                group: [G8KM, G9TR][*group as usize - 1],
                at: am(24),
                method: ChaseMethod::Phone,
            }),
            Step::Register { group, day, session: pm, marks, paper } => {
                let members = if *group == 1 { [AMIRA, SIOBHAN, LOUIS, LEAVER] } else { [BILAL, ZOE, BILAL, ZOE] };
                let members = if *group == 1 { &members[..] } else { &members[..2] };
                let given = members.iter().zip(marks).filter_map(|(pupil, code)| Some((*pupil, *CODES.get(*code)?)));
                let at = SessionDate::new(november(*day), session(*pm));
                handed_in([G8KM, G9TR][*group as usize - 1], at, &given.collect::<Vec<_>>(), *paper)
            }
            Step::Watch { pupil, review, instead } => {
                let pupil = PupilId(*pupil);
                // In place of what stands, or, with nothing there, of what never did.
                let watched = desk.store.day(november(24)).unwrap().watched;
                let stands = watched.iter().find(|one| one.pupil == pupil).map_or(ActId(1), |one| one.act);
                let (owner, review) = (review.map(|day| format!("Mr {day}")), review.map(november));
                let (reason, instead) = ("quiet".to_owned(), instead.then_some(stands));
                Act::Watch(act::Watch { pupil, reason, until: None, owner, review, instead })
            }
            Step::Unwatch { pupil } => Act::Unwatch(act::Unwatch { pupil: PupilId(*pupil) }),
            Step::Follow { pupil, what, minute } => follow(desk, PupilId(*pupil), *what, *minute),
            Step::Undo { back } => {
                let ids = desk.ask("SELECT id FROM act WHERE kind <> 'import' ORDER BY id DESC").concat();
                let id = ids.get(*back).cloned().flatten().map_or(99, |id| id.parse().unwrap());
                Act::Undo(act::Undo { act: ActId(id) })
            }
        }
    }
}

/// A register from its teacher, or typed from the teacher's paper.
fn handed_in(group: GroupId, at: SessionDate, marks: &[(PupilId, &str)], paper: bool) -> Act {
    let by = if paper { TakenBy::Paper } else { TakenBy::Teacher };
    let marks = marks.iter().map(|(pupil, text)| (*pupil, mark(text))).collect();
    Act::TakeRegister(TakeRegister { group, at, by: by("Mrs Kemp".to_owned()), marks })
}

/// One of the acts that follow up and settle nothing, but for the last.
fn follow(desk: &mut Desk, pupil: PupilId, what: usize, minute: u32) -> Act {
    let (date, at) = (november(24), am(24));
    let time = local(date, &format!("10:{minute:02}")).time();
    let words = || "as it was said".to_owned();
    let day = desk.store.day(date).unwrap();
    let search = day.searches.iter().rfind(|search| search.pupil == pupil).map_or(ActId(0), |search| search.act);
    match what {
        0 => Act::TakeStep(TakeStep { pupils: vec![pupil], at, step: "tell DSL".to_owned(), words: words() }),
        1 => Act::Snooze(Snooze { group: G8KM, at, until: local(date, "15:59").time() }),
        2 => Act::Cover(Cover { group: G8KM, at, teacher: Some(format!("Mr Cole {minute}")), room: None }),
        3 => Act::LogMovement(LogMovement { pupil, date, time, way: Way::Out, reason: words() }),
        4 => Act::LogMovement(LogMovement { pupil, date, time, way: Way::Back, reason: String::new() }),
        5 => Act::Sight(Sight { pupil, date, time, seen: minute.is_multiple_of(2), place: "sweep of 8KM".to_owned() }),
        6 => Act::Confirm(Confirm { pupils: vec![pupil], at, there: minute.is_multiple_of(2), said_by: words() }),
        7 => Act::OpenSearch(OpenSearch { pupil, date, last_seen: words() }),
        8 => Act::NoteSearch(NoteSearch { search, pupil, words: words() }),
        9 => {
            let found = minute.is_multiple_of(2).then_some(FoundWhere::OnSite);
            Act::EndSearch(EndSearch { search, pupil, outcome: SearchOutcome::Found, found, words: words() })
        }
        12 => {
            let (by, channel) = (words(), Channel::Telephone);
            let promise = Promise::OnTheWay { by: local(date, "15:59").time() };
            Act::LogPromise(LogPromise { pupils: vec![pupil], at, promise, by, words: words(), channel })
        }
        10 => Act::Decide(Decide { pupil, at, puzzle: Puzzle::SiblingPuzzle, reason: words() }),
        _ => {
            let marks = vec![(pupil, am(23), desk.revision(pupil, am(23)))];
            Act::SettleAged(SettleAged { marks, code: code_of("O"), reason: words() })
        }
    }
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_record_stays_sound(steps in steps()) {
        let mut desk = Desk::new();
        let mut other = desk.another("T Rao");
        let (mut acts, mut acknowledged) = (0, HashSet::new());
        for (n, (step, theirs)) in steps.iter().enumerate() {
            let act = step.act(&mut desk);
            // Clocks that disagree: later acts are not always timed later.
            let at = format!("15:{:02}", (n * 7 + usize::from(*theirs) * 31) % 60);
            let (before, standing) = (desk.dump(), desk.standing());
            let answer = if *theirs { other.perform(&at, &act) } else { desk.perform(&at, &act) };
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
        let mut desk = Desk::new();
        for ((step, _), role) in steps.iter().zip(roles) {
            let (act, role) = (step.act(&mut desk), Role::ALL[role]);
            let (roll, before) = (desk.store.roll().clone(), desk.dump());
            let allowed = may_act(role, &act, &roll);
            desk.officer.role = role;
            let answer = desk.perform("15:00", &act);
            match (&answer, allowed) {
                (Ok(_), allowed) => prop_assert_eq!(allowed, Ok(())),
                (Err(says), Err(refusal)) => prop_assert_eq!(says, &refusal.to_string()),
                (Err(_), Ok(())) => {}
            }
            if answer.is_err() {
                prop_assert_eq!(desk.dump(), before);
            }
            if let (Ok(receipt), Role::Officer) = (&answer, role) {
                // What an officer did is not the gate's to take back, but for what the gate does too.
                let taken_back = Act::Undo(act::Undo { act: receipt.act });
                let theirs = may_act(Role::Gate, &act, &roll).is_ok() || matches!(act, Act::Undo(_));
                desk.officer.role = Role::Gate;
                prop_assert!(theirs || desk.perform("15:00", &taken_back).is_err());
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
                _ => handed_in(G8KM, am(24), &[(AMIRA, ["/", "N", "L 9", "N"][n]), (LOUIS, ["N", "/"][n % 2])], paper),
            };
            // An undo out of turn is refused; the record is sound all the same.
            let _ = desk.perform("15:00", &act);
            desk.sound();
        }
    }
}
