//! Each kind of contradiction by itself, and what ends it.

use proptest::prelude::*;

use super::*;
use crate::domain::act::{Amend, Decide, OpenSearch};
use crate::domain::act_id::ActId;
use crate::domain::day::{SessionMark, Timelines};
use crate::domain::facts::contradiction::Decision;
use crate::domain::facts::evidence::Evidence;
use crate::domain::facts::lesson::{Lesson, LessonId, LessonMark};
use crate::domain::facts::presence::{Movement, Sighting, Way};
use crate::domain::facts::register::Taken;
use crate::domain::facts::search::{Search, SearchEnd, SearchOutcome};
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::testing::*;

/// A day on which Amira's morning has this evidence, settled; the tutor's mark is taken at 08:50 unless it says otherwise.
fn with(pupil: PupilId, evidence: Vec<Evidence>) -> Day {
    let mut day = day(&[]);
    give(&mut day, pupil, Session::Am, evidence);
    day
}

fn kemp() -> TakenBy {
    TakenBy::Teacher("Mrs Kemp".to_owned())
}

fn give(day: &mut Day, pupil: PupilId, session: Session, evidence: Vec<Evidence>) {
    let revision = evidence.iter().map(|one| one.act).max().unwrap_or_default();
    let mut stands = SessionMark { revision, ..SessionMark::default() };
    let group = day.roll.pupil(pupil).and_then(|pupil| pupil.group).unwrap();
    let mut others = Vec::new();
    for one in evidence {
        match one.fact {
            Fact::Tutor(mark) => {
                (stands.tutor, stands.taken) = (Some(mark), one.act);
                let taken = Taken { act: one.act, at: one.at, by: kemp() };
                day.handed_in.insert(group, session, taken);
            }
            _ => others.push(only(session, one)),
        }
    }
    day.evidence.insert((pupil, session), others);
    day.marks.insert((pupil, session), stands);
    let settled = Timelines::whole(day).of(day.roll.pupil(pupil).unwrap()).mark(session).mark;
    day.marks.entry((pupil, session)).or_default().settled = settled;
}

fn lesson(day: &mut Day, pupil: PupilId, period: i64, marked: &str, brought: &str) {
    let id = LessonId(period);
    let (period, class) = (period.to_string(), "8KM Maths".to_owned());
    let teacher = Some("Ms Ali".to_owned());
    day.lessons.push(Lesson { id, period, class, teacher, room: None, chases: 0 });
    let act = tutor("/", brought).act;
    std::sync::Arc::make_mut(&mut day.lesson_marks).push(LessonMark {
        lesson: id,
        pupil,
        mark: Some(mark(marked)),
        act,
    });
    std::sync::Arc::make_mut(&mut day.lesson_marks).sort_by_key(|one| (one.pupil, one.lesson));
}

fn sight(day: &mut Day, pupil: PupilId, looked: &str, seen: bool) {
    let (act, time) = (tutor("/", looked).act, time(looked));
    day.sightings.push(Sighting {
        act,
        pupil,
        time,
        seen,
        place: "sweep of 8KM".to_owned(),
        who: "S Marsh".to_owned(),
    });
}

fn found(day: &Day, now: &str) -> Vec<(ContradictionKind, String)> {
    let now = time(now);
    checks(day, times().current(now), now).into_iter().map(|one| (one.contradiction, one.proposed.describe())).collect()
}

fn alone(day: &Day, now: &str, contradiction: ContradictionKind, text: &str) {
    assert_eq!(found(day, now), [(contradiction, text.to_owned())]);
}

#[test]
fn present_and_then_missing_from_a_lesson_is_looked_for() {
    let mut day = with(AMIRA, vec![tutor("/", "08:45")]);
    lesson(&mut day, AMIRA, 1, "N", "09:10");
    let last = "registration 08:45 with Mrs Kemp; not in period 1, 8KM Maths, Ms Ali 09:00";
    alone(&day, "09:20", ContradictionKind::PresentThenMissing, &format!("look for the pupil, last seen {last}"));
    assert_eq!(found(&day, "08:59"), [], "the period has not begun");
    assert_eq!(last_seen(&day, AMIRA, time("09:20")), last);

    let mut seen = day.clone();
    lesson(&mut seen, AMIRA, 2, "/", "09:55");
    assert_eq!(found(&seen, "10:00"), []);
    lesson(&mut seen, AMIRA, 3, "O", "11:05");
    assert_eq!(found(&seen, "11:10").len(), 1, "missing again");

    let mut out = day.clone();
    let (act, reason, who) = (ActId(9), "dentist".to_owned(), "gate".to_owned());
    out.movements.push(Movement { act, pupil: AMIRA, time: time("08:55"), way: Way::Out, reason, code: None, who });
    assert_eq!(found(&out, "09:20"), []);
}

#[test]
fn nothing_later_than_now_is_a_sign() {
    let missed = "registration 08:45 with Mrs Kemp; not in period 1, 8KM Maths, Ms Ali 09:00";
    let moved = |day: &mut Day, way| {
        let (act, reason, who) = (ActId(9), "dentist".to_owned(), "gate".to_owned());
        day.movements.push(Movement { act, pupil: AMIRA, time: time("10:20"), way, reason, code: None, who });
    };
    type Later<'a> = &'a dyn Fn(&mut Day);
    let cases: [(Later<'_>, &str); 4] = [
        (&|day| moved(day, Way::Back), "back 10:20, dentist"),
        (&|day| moved(day, Way::Out), "out 10:20, dentist"),
        (&|day| sight(day, AMIRA, "10:20", true), "sweep of 8KM, S Marsh 10:20"),
        (&|day| lesson(day, AMIRA, 2, "/", "10:20"), "period 2, 8KM Maths, Ms Ali 09:50"),
    ];
    for (later, text) in cases {
        let mut day = with(AMIRA, vec![tutor("/", "08:45")]);
        lesson(&mut day, AMIRA, 1, "N", "09:10");
        later(&mut day);
        assert_eq!(last_seen(&day, AMIRA, time("09:20")), missed, "before {text}");
        assert_eq!(last_seen(&day, AMIRA, time("10:30")), text);
    }
}

#[test]
fn a_search_answers_who_is_missing_until_they_are_missed_again() {
    let mut day = with(AMIRA, vec![tutor("/", "08:45")]);
    lesson(&mut day, AMIRA, 1, "N", "09:10");
    let (who, last_seen) = ("S Marsh".to_owned(), "registration".to_owned());
    let opened =
        Search { act: ActId(7), pupil: AMIRA, opened: at("09:20"), who, last_seen, notes: vec![], ended: None };
    day.searches.push(opened);
    assert_eq!(found(&day, "09:25"), []);
    let end = SearchEnd {
        outcome: SearchOutcome::Found,
        found: None,
        words: "toilets".to_owned(),
        at: at("09:30"),
        who: String::new(),
    };
    day.searches[0].ended = Some(end);
    assert_eq!(found(&day, "09:35"), []);
    lesson(&mut day, AMIRA, 2, "N", "09:55");
    assert_eq!(found(&day, "10:00").len(), 1);
}

#[test]
fn present_in_the_morning_and_not_in_the_afternoon_or_not_seen_on_a_sweep() {
    let mut day = with(AMIRA, vec![tutor("/", "08:45")]);
    give(&mut day, AMIRA, Session::Pm, vec![tutor("N", "13:25")]);
    assert_eq!(found(&day, "13:30")[0].0, ContradictionKind::PresentThenMissing);
    give(&mut day, AMIRA, Session::Pm, vec![report("I", "12:50"), tutor("N", "13:25")]);
    assert_eq!(found(&day, "13:30"), [], "explained");

    let mut swept = with(AMIRA, vec![tutor("/", "08:45")]);
    sight(&mut swept, AMIRA, "10:42", false);
    assert_eq!(found(&swept, "10:45")[0].0, ContradictionKind::PresentThenMissing);
    sight(&mut swept, AMIRA, "10:50", true);
    assert_eq!(found(&swept, "10:55"), []);
    let mut absent = with(AMIRA, vec![tutor("N", "08:45")]);
    sight(&mut absent, AMIRA, "10:42", false);
    assert_eq!(found(&absent, "10:45"), [], "nobody has seen them at all");
}

#[test]
fn n_and_then_seen_is_amended_to_what_the_first_time_seen_makes_it() {
    let mut day = with(LOUIS, vec![tutor("N", "08:50")]);
    lesson(&mut day, LOUIS, 1, "/", "09:10");
    alone(&day, "09:20", ContradictionKind::AbsentThenSeen, "L 20 min: N, then seen in period 1, 8KM Maths, Ms Ali");
    let mut swept = with(LOUIS, vec![tutor("N", "08:50")]);
    sight(&mut swept, LOUIS, "09:30", true);
    alone(&swept, "09:40", ContradictionKind::AbsentThenSeen, "U 50 min: N, then seen in sweep of 8KM, S Marsh");
    give(&mut day, LOUIS, Session::Am, vec![tutor("N", "08:50"), office("N", "09:30")]);
    assert_eq!(found(&day, "09:40"), [], "decided in spite of it");
}

#[test]
fn what_the_rule_finds_is_confirmed_with_both_sides_named() {
    let father = |one: Evidence| match one.fact {
        Fact::Report { code, words, .. } => {
            Evidence { fact: Fact::Report { code, time: None, by: "Mr Khan, father".to_owned(), words }, ..one }
        }
        _ => one,
    };
    let cases = [
        (
            vec![gate("08:44"), tutor("N", "08:52")],
            ContradictionKind::InButNotInRoom,
            "L 4 min: gate 08:44; not in the room when the register was taken 08:52",
        ),
        (
            vec![report("I", "08:12"), tutor("/", "08:50")],
            ContradictionKind::AwayButMarkedHere,
            "/: reported I by Mrs Khan, mother, 08:12, but marked / 08:50 by Mrs Kemp",
        ),
        (
            vec![plan("V", "Year 8 museum"), tutor("N", "08:50")],
            ContradictionKind::OnTripButN,
            "V: on the list for Year 8 museum (V); tutor's N 08:50",
        ),
        (
            vec![report("I", "08:12"), father(report("M", "09:01"))],
            ContradictionKind::ContactsDisagree,
            "M: reported I by Mrs Khan, mother, 08:12; reported M by Mr Khan, father, 09:01: the newest stands",
        ),
    ];
    for (evidence, contradiction, text) in cases {
        alone(&with(LOUIS, evidence), "09:20", contradiction, text);
    }
    assert_eq!(found(&with(LOUIS, vec![tutor("N", "08:50"), gate("08:57")]), "09:20"), [], "an ordinary late");
}

#[test]
fn reported_away_and_seen_in_a_lesson_comes_back_to_the_time_seen() {
    let mut day = with(LOUIS, vec![report("I", "08:12"), tutor("N", "08:50")]);
    lesson(&mut day, LOUIS, 1, "/", "09:10");
    let text = "L 20 min: reported I by Mrs Khan, mother, 08:12, but seen in period 1, 8KM Maths, Ms Ali 09:00";
    alone(&day, "09:20", ContradictionKind::AwayButMarkedHere, text);
    let mut late = with(LOUIS, vec![report("I", "08:12")]);
    lesson(&mut late, LOUIS, 3, "/", "11:10");
    assert!(found(&late, "11:20")[0].1.starts_with("leave the mark: reported I"), "I covers who comes after close");
    let mut dentist = with(LOUIS, vec![report("M", "08:12")]);
    lesson(&mut dentist, LOUIS, 3, "/", "11:10");
    assert_eq!(found(&dentist, "11:20"), []);
}

#[test]
fn two_registers_that_disagree_leave_the_better_mark() {
    let mut day = with(LOUIS, vec![tutor("N", "08:55")]);
    let first = tutor("/", "08:45");
    let taken = Taken { act: first.act, at: first.at, by: TakenBy::Paper("Mrs Kemp".to_owned()) };
    day.handed_in.insert(G8KM, Session::Am, taken.clone());
    day.displaced.push((LOUIS, Session::Am, first.clone()));
    let text = "/: marked / 08:45 by Mrs Kemp, on paper; marked N 08:55 by Mrs Kemp: the better mark stands";
    alone(&day, "09:20", ContradictionKind::RegistersDisagree, text);
    // The other way round the better mark stands already.
    day.displaced[0].2.fact = Fact::Tutor(mark("N"));
    give(&mut day, LOUIS, Session::Am, vec![tutor("/", "08:55")]);
    assert!(found(&day, "09:20")[0].1.starts_with("leave the mark: "));
    day.handed_in.insert(G8KM, Session::Am, Taken { by: kemp(), ..taken });
    assert_eq!(found(&day, "09:20"), [], "a tutor may correct the register");
}

#[test]
fn a_sibling_reported_by_somebody_who_may_be_contacted_is_a_reason_to_call() {
    let mut day = with(BILAL, vec![tutor("N", "08:50")]);
    give(&mut day, AMIRA, Session::Am, vec![report("I", "08:12")]);
    let text = "leave the mark: to be called: sibling Amira reported I by Mrs Khan, mother, 08:12";
    alone(&day, "09:20", ContradictionKind::SiblingPuzzle, text);
    day.calls.push(call(BILAL, 3, "09:10", crate::domain::people::contact::CallOutcome::NoAnswer));
    assert_eq!(found(&day, "09:20").len(), 1, "nobody was spoken to");
    day.calls.push(call(BILAL, 3, "09:12", crate::domain::people::contact::CallOutcome::Aware));
    assert_eq!(found(&day, "09:20"), []);
    let mut trip = with(BILAL, vec![tutor("N", "08:50")]);
    give(&mut trip, AMIRA, Session::Am, vec![report("V", "08:12")]);
    assert_eq!(found(&trip, "09:20"), [], "a trip of one child's says nothing of the other's");
}

#[test]
fn a_list_confirmed_by_its_leader_is_no_contradiction() {
    let mut day = with(LOUIS, vec![plan("V", "museum"), tutor("N", "08:50")]);
    let (said_by, who) = ("Mr Hall".to_owned(), "S Marsh".to_owned());
    let (act, at, session) = (ActId(5), at("09:05"), Session::Am);
    day.confirmations.push(crate::domain::facts::presence::Confirmation {
        act,
        pupil: LOUIS,
        session,
        there: true,
        said_by,
        who,
        at,
    });
    assert_eq!(found(&day, "09:20"), []);
}

#[test]
fn the_gravest_comes_first_then_the_tier_then_the_name() {
    let mut day = with(SANNE, vec![tutor("/", "08:45")]);
    lesson(&mut day, SANNE, 1, "N", "09:10");
    for pupil in [LOUIS, SIOBHAN, AMIRA] {
        give(&mut day, pupil, Session::Am, vec![report("I", "08:12"), tutor("/", "08:50")]);
    }
    let order: Vec<PupilId> = checks(&day, Session::Am, time("09:20")).iter().map(|one| one.pupil).collect();
    assert_eq!(order, [SANNE, AMIRA, SIOBHAN, LOUIS]);
}

fn only_office(session: Session, fact: Fact) -> Evidence {
    crate::domain::testing::only(session, evidence(fact, "15:00"))
}

/// The day after the act, as the record would hold it.
fn apply(day: &mut Day, check: &Check) {
    let (act, at) = (ActId(1_000_000), at("15:00"));
    match check.act(day) {
        Act::OpenSearch(OpenSearch { pupil, last_seen, .. }) => {
            let who = String::new();
            day.searches.push(Search { act, pupil, opened: at, who, last_seen, notes: vec![], ended: None });
        }
        Act::Amend(Amend { pupil, code, minutes, reason, .. }) => {
            let mark = Mark { code, minutes };
            let fact = Fact::Office { mark, reason };
            let decided = Evidence { act, at, ..only_office(check.session, fact) };
            day.evidence.entry((pupil, check.session)).or_default().push(decided);
            let stands = day.marks.entry((pupil, check.session)).or_default();
            (stands.settled, stands.revision) = (Some(mark), act);
        }
        Act::Decide(Decide { pupil, contradiction, reason, .. }) => {
            let (session, who) = (check.session, String::new());
            day.decisions.push(Decision { act, pupil, session, contradiction, reason, who, at });
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn evidence_stands_in_the_order_of_the_times_it_shows() {
    let mut missed = with(AMIRA, vec![tutor("/", "09:06")]);
    lesson(&mut missed, AMIRA, 1, "N", "09:10");
    let mut seen = with(AMIRA, vec![tutor("N", "09:06")]);
    lesson(&mut seen, AMIRA, 1, "/", "09:10");
    let known = with(AMIRA, vec![gate("08:44"), tutor("N", "08:52"), plan("V", "trip")]);
    let cases: [(&Day, &[&str]); 3] = [
        (&missed, &["09:00 N in period 1, 8KM Maths, Ms Ali", "09:06 / in AM registration, Mrs Kemp"]),
        (&seen, &["09:00 / in period 1, 8KM Maths, Ms Ali", "09:06 N in AM registration, Mrs Kemp"]),
        (
            &known,
            &[
                "V known before: trip (S Marsh)",
                "08:44 through the gate: bus (S Marsh)",
                "08:52 N in AM registration, Mrs Kemp",
            ],
        ),
    ];
    for (day, lines) in cases {
        let found = checks(day, Session::Am, time("09:20"));
        let [check, ..] = &found[..] else { panic!("a check: {lines:?}") };
        assert_eq!(check.evidence, lines);
        assert!(check.sides.is_sorted_by_key(|side| lines.iter().position(|line| line == side)), "{:?}", check.sides);
    }
}

prop_compose! {
    fn any_evidence()(marks in prop::collection::vec((0_u8..4, prop::sample::select(vec!["/", "N", "I", "M", "V", "O"]), 0_i64..300), 0..4))
        -> Vec<Evidence> {
        marks.into_iter().map(|(kind, code, minute)| {
            let said = (time("08:00") + chrono::TimeDelta::minutes(minute)).format("%H:%M").to_string();
            match kind {
                0 => tutor(code, &said),
                1 => gate(&said),
                2 => report(code, &said),
                _ => plan(code, "trip"),
            }
        }).collect()
    }
}

prop_compose! {
    fn any_day()(
        facts in prop::collection::vec(any_evidence(), 4),
        lessons in prop::collection::vec((0_usize..4, 1_i64..5, prop::sample::select(vec!["/", "N", "O", "V"])), 0..12),
        sights in prop::collection::vec((0_usize..4, 510_u32..760, any::<bool>()), 0..5),
    ) -> Day {
        let pupils = [AMIRA, BILAL, LOUIS, SANNE];
        let mut day = day(&[]);
        for (pupil, evidence) in pupils.into_iter().zip(facts) {
            give(&mut day, pupil, Session::Am, evidence);
        }
        for (pupil, period, code) in lessons {
            lesson(&mut day, pupils[pupil], period, code, "12:00");
        }
        for (pupil, minute, seen) in sights {
            sight(&mut day, pupils[pupil], &format!("{:02}:{:02}", minute / 60, minute % 60), seen);
        }
        day
    }
}

#[test]
fn what_was_said_on_another_day_says_which() {
    let mut evidence = report("V", "14:05");
    evidence.at -= chrono::TimeDelta::days(1);
    let day = with(AMIRA, vec![evidence, tutor("N", "08:50")]);
    let found = checks(&day, Session::Am, time("09:20"));
    let [check] = &found[..] else { panic!("one check: {found:?}") };
    let before = day.date.pred_opt().unwrap().format("%a %-d %b 14:05");
    assert!(check.in_short().starts_with(&format!("{before} V reported by")), "{}", check.in_short());
    assert!(check.in_short().ends_with("; 08:50 N in AM registration, Mrs Kemp"), "{}", check.in_short());
    assert!(check.proposed.describe().contains(&before.to_string()), "{}", check.proposed.describe());
}

proptest! {
    #[test]
    fn no_check_survives_what_it_proposes_or_being_decided_upon(day in any_day()) {
        let now = time("15:00");
        let all = checks(&day, Session::Am, now);
        prop_assert_eq!(&all, &checks(&day.clone(), Session::Am, now));
        for check in &all {
            let mut after = day.clone();
            apply(&mut after, check);
            let left = checks(&after, Session::Am, now);
            prop_assert!(left.iter().all(|one| one.id() != check.id()), "{:?}\n{:?}", check, left);
            let mut decided = day.clone();
            apply(&mut decided, &Check { proposed: Proposed::Decide { reason: "seen".to_owned() }, ..check.clone() });
            prop_assert!(checks(&decided, Session::Am, now).iter().all(|one| one.id() != check.id()));
        }
        let mut ids: Vec<_> = all.iter().map(Check::id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), all.len(), "each once");
    }
}

#[test]
fn an_absence_that_only_the_office_or_a_register_says_is_contradicted_by_whoever_saw_the_pupil() {
    for (evidence, text) in [
        (
            vec![office("I", "09:20")],
            "leave the mark: office I 09:20 by S Marsh; came later: seen in sweep of 8KM, S Marsh 10:00",
        ),
        (
            vec![tutor("N", "08:50"), office("O", "09:20")],
            "U 80 min: office O 09:20 by S Marsh, but seen in sweep of 8KM, S Marsh 10:00",
        ),
        (
            vec![tutor("I", "08:50")],
            "leave the mark: marked I 08:50 by Mrs Kemp; came later: seen in sweep of 8KM, S Marsh 10:00",
        ),
        (vec![tutor("O", "08:50")], "U 80 min: marked O 08:50 by Mrs Kemp, but seen in sweep of 8KM, S Marsh 10:00"),
    ] {
        let mut day = with(AMIRA, evidence);
        sight(&mut day, AMIRA, "10:00", true);
        alone(&day, "10:30", ContradictionKind::AwayButMarkedHere, text);
        assert_eq!(found(&day, "09:55"), []);
    }
    let mut day = with(AMIRA, vec![office("E", "09:20")]);
    sight(&mut day, AMIRA, "10:00", true);
    assert_eq!(found(&day, "10:30").first().map(|one| one.0), Some(ContradictionKind::MustNotBeHere));
}
