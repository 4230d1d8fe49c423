//! Who is followed up, and in what order.

use super::*;
use crate::domain::day::Past;
use crate::domain::testing::*;
use proptest::prelude::*;

const AM: Session = Session::Am;
const PM: Session = Session::Pm;

/// Everybody of the tiny school stands at N this morning.
fn all_at_n() -> Day {
    day(&[AMIRA, BILAL, SIOBHAN, LOUIS, ZOE, LUKASZ, SANNE, SUKARNO].map(|pupil| (pupil, AM, "N")))
}

fn order(day: &Day, now: &str) -> Vec<PupilId> {
    unexplained(day, AM, time(now)).into_iter().map(|row| row.pupil).collect()
}

fn call_back(pupil: PupilId, rang: &str, again: &str) -> Call {
    Call { call_back: Some(time(again)), ..call(pupil, 1, rang, CallOutcome::CallBack) }
}

#[test]
fn only_an_n_is_unexplained() {
    let day = day(&[
        (AMIRA, AM, "N"),
        (BILAL, AM, "U 60"),
        (SIOBHAN, AM, "I"),
        (LOUIS, AM, "O"),
        (ZOE, AM, "/"),
        (LEAVER, AM, "N"),
    ]);
    assert_eq!(order(&day, "09:30"), [AMIRA], "blank, arrived, explained and left are none of them");
}

#[test]
fn the_oldest_n_of_a_run_says_by_when_its_reason_is_needed() {
    let mut day = all_at_n();
    let calendar = calendar();
    let before: Vec<NaiveDate> = calendar.school_days_before(day.date).take(2).collect();
    for (run, oldest) in [(0, day.date), (1, before[0]), (2, before[1])] {
        day.past.insert(AMIRA, Past { unexplained_days: run, ..Past::default() });
        let rows = unexplained(&day, AM, time("09:30"));
        let amira = rows.iter().find(|row| row.pupil == AMIRA).unwrap();
        assert_eq!((amira.day, amira.deadline), (run + 1, calendar.n_deadline(oldest)));
        assert!(amira.deadline.is_some());
    }
}

#[test]
fn the_session_asked_about_is_the_latest_at_n() {
    let day = day(&[(AMIRA, AM, "N"), (AMIRA, PM, "N"), (BILAL, AM, "N"), (BILAL, PM, "\\"), (ZOE, PM, "N")]);
    for (pupil, current, session) in [
        (AMIRA, AM, Some(AM)),
        (AMIRA, PM, Some(PM)),
        (BILAL, PM, Some(AM)),
        (ZOE, AM, None),
        (ZOE, PM, Some(PM)),
        (LOUIS, PM, None),
    ] {
        assert_eq!(unexplained_session(&day, pupil, current), session, "{pupil:?} {current}");
    }
}

#[test]
fn vulnerable_first_then_supported_then_by_name() {
    assert_eq!(order(&all_at_n(), "09:30"), [AMIRA, SIOBHAN, ZOE, LOUIS, BILAL, SUKARNO, SANNE, LUKASZ]);
}

#[test]
fn a_call_made_moves_on_to_the_next_step() {
    let mut day = all_at_n();
    day.calls.push(call(ZOE, 7, "09:35", CallOutcome::NoAnswer));
    assert_eq!(order(&day, "09:50"), [AMIRA, SIOBHAN, LOUIS, BILAL, SUKARNO, SANNE, LUKASZ, ZOE]);
    let rows = unexplained(&day, AM, time("09:50"));
    let zoe = rows.last().unwrap();
    assert_eq!((zoe.tried, zoe.last), (1, Some(CallOutcome::NoAnswer)));
    assert_eq!(zoe.due.as_ref().map(|due| (due.step.as_str(), due.minutes_left)), Some(("all contacts tried", 70)));
    assert!(!zoe.is_overdue());
    assert!(rows.iter().filter(|row| row.tried == 0).all(Unexplained::is_overdue));
}

#[test]
fn a_call_back_takes_the_row_down_until_its_time() {
    let mut day = all_at_n();
    day.calls.push(call_back(ZOE, "09:35", "10:30"));
    assert_eq!(order(&day, "09:50").last(), Some(&ZOE));
    assert_eq!(order(&day, "11:00")[2..4], [LOUIS, BILAL], "later calls are due for longer");
    let due = |now| unexplained(&day, AM, time(now)).into_iter().find(|row| row.pupil == ZOE).and_then(|row| row.due);
    assert_eq!(due("10:20").map(|due| (due.step, due.minutes_left)), Some(("call back".to_owned(), 10)));
    assert_eq!(due("10:31").map(|due| due.minutes_left), Some(-1));
    // The promise kept, the ladder goes on.
    day.calls.push(call(ZOE, 1, "10:31", CallOutcome::LeftMessage));
    let rows = unexplained(&day, AM, time("10:40"));
    let zoe = rows.iter().find(|row| row.pupil == ZOE).unwrap();
    assert_eq!(zoe.due.as_ref().map(|due| due.step.as_str()), Some("all contacts tried"));
    assert_eq!((zoe.call_back, zoe.tried), (None, 2));
}

#[test]
fn a_parent_who_did_not_know_puts_the_pupil_on_top() {
    let mut day = all_at_n();
    day.calls.push(call(LUKASZ, 8, "09:31", CallOutcome::Unaware));
    assert_eq!(order(&day, "09:32")[..2], [LUKASZ, AMIRA]);
    day.calls.push(call_back(LUKASZ, "09:33", "12:00"));
    assert_eq!(order(&day, "09:34")[0], LUKASZ, "whatever was said since");
}

#[test]
fn a_row_tells_what_siblings_and_earlier_days_say() {
    let mut day = day(&[(AMIRA, AM, "N"), (BILAL, AM, "M"), (ZOE, AM, "N")]);
    day.evidence.insert((BILAL, AM), vec![report("M", "08:15"), gate("09:40")]);
    day.past.insert(ZOE, Past { unexplained_days: 2, ..Past::default() });
    let rows = unexplained(&day, AM, time("09:30"));
    let of = |pupil| rows.iter().find(|row| row.pupil == pupil).unwrap();
    assert_eq!((of(AMIRA).siblings_in, of(AMIRA).siblings_out, of(AMIRA).day), (1, 0, 1));
    assert_eq!((of(ZOE).siblings_in, of(ZOE).siblings_out, of(ZOE).day), (0, 0, 3));
    assert_eq!((of(AMIRA).tier, of(AMIRA).at), (Tier::Vulnerable, SessionDate::new(today(), AM)));
}

#[test]
fn a_pupil_who_is_in_by_now_waits_for_a_question_not_a_call() {
    let day = day(&[(ZOE, AM, "N"), (ZOE, PM, "\\"), (LUKASZ, PM, "N"), (SUKARNO, AM, "N")]);
    let rows = unexplained(&day, PM, time("13:45"));
    assert_eq!(rows.iter().map(|row| row.pupil).collect::<Vec<_>>(), [SUKARNO, LUKASZ, ZOE]);
    assert_eq!(rows.last().and_then(|row| row.due.clone()), None);
}

#[test]
fn one_call_covers_the_household_and_nobody_else() {
    let everyone = all_at_n();
    let roll = everyone.roll.clone();
    let pupil = |id| roll.pupil(id).unwrap();
    assert_eq!(covers(&everyone, pupil(AMIRA), AM), [(BILAL, AM)], "not the leaver, nor other homes");
    assert_eq!(covers(&everyone, pupil(ZOE), AM), []);
    assert_eq!(covers(&day(&[(AMIRA, AM, "N"), (BILAL, AM, "/")]), pupil(AMIRA), AM), []);
    let later = day(&[(AMIRA, AM, "N"), (BILAL, PM, "N")]);
    assert_eq!(covers(&later, pupil(AMIRA), AM), []);
    assert_eq!(covers(&later, pupil(AMIRA), PM), [(BILAL, PM)]);
}

#[test]
fn the_next_call_goes_to_the_pupil_s_own_contacts() {
    let mut day = all_at_n();
    let next = |day: &Day, pupil| next_call(day, pupil).map(|contact| contact.name.clone());
    assert_eq!(next(&day, AMIRA).as_deref(), Some("Mrs Khan"));
    assert_eq!(next(&day, SIOBHAN).as_deref(), Some("Ms O'Neill"), "the first must not be rung");
    assert_eq!(next(&day, ZOE), None);
    day.calls.push(call(BILAL, 3, "09:31", CallOutcome::NoAnswer));
    assert_eq!(next(&day, AMIRA).as_deref(), Some("Mrs Khan"));
    day.calls.push(call(AMIRA, 1, "09:32", CallOutcome::NoAnswer));
    assert_eq!(next(&day, AMIRA).as_deref(), Some("Mr Khan"));
}

proptest! {
    #[test]
    fn the_order_is_total_and_keeps_its_promises(
        calls in prop::collection::vec((1_i64..9, 0_usize..6, 0_i64..240), 0..12),
        minute in 0_i64..420,
    ) {
        let now = time("08:30") + chrono::TimeDelta::minutes(minute);
        let mut day = all_at_n();
        for (pupil, outcome, later) in calls {
            let outcome = CallOutcome::ALL[outcome];
            let again = (outcome == CallOutcome::CallBack).then(|| time("09:00") + chrono::TimeDelta::minutes(later));
            day.calls.push(Call { call_back: again, ..call(PupilId(pupil), 1, "09:30", outcome) });
        }
        let rows = unexplained(&day, AM, now);
        prop_assert_eq!(rows.len(), 8);
        prop_assert!(rows.is_sorted_by_key(|row| (!row.unaware, row.tier)));
        let left = |row: &Unexplained| row.due.as_ref().map_or(i64::MAX, |due| due.minutes_left);
        prop_assert!(rows.is_sorted_by_key(|row| (!row.unaware, row.tier, left(row), day.roll.place(row.pupil))));
        let mut shuffled = day.clone();
        shuffled.calls.sort_by_key(|call| call.pupil);
        prop_assert_eq!(unexplained(&shuffled, AM, now), rows);
    }
}
