//! Who is followed up, and in what order.

use proptest::prelude::*;

use super::*;
use crate::domain::act_id::ActId;
use crate::domain::day::Past;
use crate::domain::facts::desk_presence::{DeskPresence, Place};
use crate::domain::facts::presence::{Confirmation, Sighting};
use crate::domain::facts::search::Search;
use crate::domain::school::ladder::StepTaken;
use crate::domain::testing::*;

const AM: Session = Session::Am;
const PM: Session = Session::Pm;

fn taken(pupil: PupilId, step: &str, told: &str) -> StepTaken {
    let at = at(told);
    StepTaken {
        act: ActId((at - today().and_time(NaiveTime::MIN)).num_seconds()),
        pupil,
        session: AM,
        step: step.to_owned().into(),
        words: "told Ms Grey".to_owned(),
        who: "S Marsh".to_owned(),
        at,
    }
}

/// What is due for a pupil, and in how many minutes.
fn due(day: &Day, pupil: PupilId, now: &str) -> Option<(String, i64)> {
    let row = unexplained(day, AM, time(now)).into_iter().find(|row| row.pupil == pupil)?;
    row.due().map(|due| (due.step.clone(), due.minutes_left))
}

fn step(step: &str, left: i64) -> Option<(String, i64)> {
    Some((step.to_owned(), left))
}

fn standing(day: &Day, pupil: PupilId, now: &str) -> Standing {
    let rows = unexplained(day, AM, time(now));
    rows.into_iter().find(|row| row.pupil == pupil).unwrap().standing
}

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
        day.past.insert(AMIRA, Past { unexplained_days: run, days_absent: run + 2, ..Past::default() });
        let rows = unexplained(&day, AM, time("09:30"));
        let amira = rows.iter().find(|row| row.pupil == AMIRA).unwrap();
        assert_eq!((amira.day, amira.deadline), (run + 3, calendar.n_deadline(oldest)));
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
    day.calls.push(call(BILAL, 7, "09:35", CallOutcome::NoAnswer));
    assert_eq!(order(&day, "09:50"), [AMIRA, SIOBHAN, ZOE, LOUIS, SUKARNO, SANNE, LUKASZ, BILAL]);
    let rows = unexplained(&day, AM, time("09:50"));
    let bilal = rows.last().unwrap();
    assert_eq!((bilal.tried, bilal.last), (1, Some(CallOutcome::NoAnswer)));
    assert_eq!(bilal.due().map(|due| (due.step.as_str(), due.minutes_left)), Some(("all tried", 70)));
    assert!(!bilal.is_overdue());
    assert!(rows.iter().filter(|row| row.tried == 0).all(Unexplained::is_overdue));
}

#[test]
fn a_call_back_takes_the_row_down_until_its_time() {
    let mut day = all_at_n();
    day.calls.push(call_back(BILAL, "09:35", "10:30"));
    assert_eq!(order(&day, "09:50").last(), Some(&BILAL));
    assert_eq!(order(&day, "11:00")[2..4], [ZOE, LOUIS], "later calls are due for longer");
    assert_eq!(due(&day, BILAL, "10:20"), step("call back", 10));
    assert_eq!(due(&day, BILAL, "10:31"), step("call back", -1));
    // The promise kept, the ladder goes on.
    day.calls.push(call(BILAL, 1, "10:31", CallOutcome::LeftMessage));
    let rows = unexplained(&day, AM, time("10:40"));
    let bilal = rows.iter().find(|row| row.pupil == BILAL).unwrap();
    assert_eq!(bilal.due().map(|due| due.step.as_str()), Some("all tried"));
    assert_eq!((bilal.call_back, bilal.tried), (None, 2));
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
    day.past.insert(ZOE, Past { days_absent: 2, ..Past::default() });
    let rows = unexplained(&day, AM, time("09:30"));
    let of = |pupil| rows.iter().find(|row| row.pupil == pupil).unwrap();
    assert_eq!((of(AMIRA).siblings_in, of(AMIRA).siblings_out, of(AMIRA).day), (1, 0, 1));
    assert_eq!((of(ZOE).siblings_in, of(ZOE).siblings_out, of(ZOE).day), (0, 0, 3));
    assert_eq!((of(AMIRA).tier, of(AMIRA).at), (Tier::Vulnerable, SessionDate::new(today(), AM)));
}

#[test]
fn a_pupil_who_is_in_by_now_waits_for_a_question_not_a_call() {
    let mut day = day(&[(ZOE, AM, "N"), (ZOE, PM, "\\"), (LUKASZ, PM, "N"), (SUKARNO, AM, "N")]);
    day.calls.push(call(ZOE, 7, "10:00", CallOutcome::Unaware));
    let rows = unexplained(&day, PM, time("13:45"));
    assert_eq!(rows.iter().map(|row| row.pupil).collect::<Vec<_>>(), [SUKARNO, LUKASZ, ZOE]);
    let wanted = Standing::ReasonWanted { session: AM, code: Code::N };
    assert_eq!(rows.last().map(|row| (row.standing.clone(), row.unaware)), Some((wanted, false)), "missing no more");
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
    let next = |day: &Day, pupil| next_call(day, pupil).map(|(contact, _)| contact.name.clone());
    assert_eq!(next(&day, AMIRA).as_deref(), Some("Mrs Khan"));
    assert_eq!(next(&day, SIOBHAN).as_deref(), Some("Ms O'Neill"), "the first must not be step");
    assert_eq!(next(&day, ZOE), None);
    day.calls.push(call(BILAL, 3, "09:31", CallOutcome::NoAnswer));
    assert_eq!(next(&day, AMIRA).as_deref(), Some("Mrs Khan"));
    day.calls.push(call(AMIRA, 1, "09:32", CallOutcome::NoAnswer));
    assert_eq!(next(&day, AMIRA).as_deref(), Some("Mr Khan"));
}

#[test]
fn a_promised_call_back_puts_off_ringing_and_never_telling() {
    let mut day = all_at_n();
    day.calls.push(call_back(AMIRA, "09:15", "11:30"));
    assert_eq!(due(&day, AMIRA, "09:20"), step("tell DSL", 20));
    assert_eq!(due(&day, AMIRA, "09:50"), step("tell DSL", -10), "overdue all the same");
    day.calls.push(call_back(AMIRA, "09:20", "09:30"));
    assert_eq!(due(&day, AMIRA, "09:25"), step("call back", 5), "the earlier of the two");
    day.calls.push(call_back(SIOBHAN, "09:25", "12:45"));
    day.steps.push(taken(SIOBHAN, "tell DSL", "09:40"));
    assert_eq!(due(&day, SIOBHAN, "12:30"), step("visit", -30));
}

#[test]
fn a_missing_pupil_has_steps_of_their_own_counted_from_the_call() {
    let mut day = all_at_n();
    day.steps.push(taken(AMIRA, "tell DSL", "09:41"));
    day.calls.push(call(AMIRA, 1, "09:52", CallOutcome::Unaware));
    let of = |day: &Day| unexplained(day, AM, time("10:00")).into_iter().find(|row| row.pupil == AMIRA).unwrap();
    assert!(of(&day).unaware);
    assert_eq!(due(&day, AMIRA, "10:00"), step("tell DSL", -8), "told before that, it is to be told again");
    for (name, told, next) in [
        ("tell DSL", "09:53", step("search site", -8)),
        ("search site", "09:55", step("police", 22)),
        ("police", "10:00", None),
    ] {
        day.steps.push(taken(AMIRA, name, told));
        assert_eq!(due(&day, AMIRA, "10:00"), next);
        assert_eq!((of(&day).unaware, order(&day, "10:00")[0]), (true, AMIRA), "first until explained");
    }
    // Told again of a second such call, nothing begins anew.
    day.calls.push(call(AMIRA, 2, "09:58", CallOutcome::Unaware));
    assert_eq!(due(&day, AMIRA, "10:00"), None);
}

#[test]
fn all_contacts_are_tried_when_nobody_is_left_to_try() {
    let mut day = all_at_n();
    assert_eq!(due(&day, BILAL, "10:00"), step("call", -20));
    day.calls.push(call(BILAL, 3, "09:50", CallOutcome::NoAnswer));
    assert_eq!(due(&day, BILAL, "10:00"), step("tell head of year", 60), "his one contact was tried");
    assert!(!has_untried_contact(&day, BILAL) && has_untried_contact(&day, AMIRA));
    day.steps.push(taken(BILAL, "tell head of year", "09:55"));
    let later = Standing::Later { step: "visit".to_owned(), day: 3 };
    assert_eq!(standing(&day, BILAL, "10:00"), later, "not all is done");
    day.past.insert(BILAL, Past { days_absent: 2, ..Past::default() });
    assert_eq!(due(&day, BILAL, "10:00"), step("visit", 60), "the third day");
    day.steps.push(taken(BILAL, "visit", "11:30"));
    assert_eq!(standing(&day, BILAL, "11:35"), Standing::AllDone);
}

#[test]
fn who_is_elsewhere_and_not_known_to_be_there_is_asked_after_too() {
    let mut day = day(&[(AMIRA, AM, "B"), (BILAL, AM, "V"), (ZOE, AM, "W"), (LUKASZ, AM, "N"), (SANNE, AM, "D")]);
    let confirmation = |pupil, there, at_time: &str| Confirmation {
        act: ActId(50),
        pupil,
        session: AM,
        there,
        said_by: "Mr Hall".to_owned(),
        who: "S Marsh".to_owned(),
        at: at(at_time),
    };
    day.confirmations = vec![confirmation(BILAL, true, "09:30"), confirmation(ZOE, false, "09:50")];
    assert_eq!(order(&day, "09:55"), [LUKASZ, ZOE], "the others still have time");
    let rows = unexplained(&day, AM, time("10:05"));
    let of = |pupil| rows.iter().find(|row| row.pupil == pupil);
    assert_eq!(rows.iter().map(|row| row.pupil).collect::<Vec<_>>(), [AMIRA, LUKASZ, ZOE, SANNE]);
    assert_eq!(of(AMIRA).map(|row| (row.cause, row.at.session, row.deadline)), Some((Cause::NotConfirmed, AM, None)));
    assert_eq!(due(&day, AMIRA, "10:05"), step("ask provider", -5));
    assert_eq!(of(ZOE).map(|row| row.cause), Some(Cause::NotThere));
    assert_eq!(due(&day, ZOE, "10:05"), step("call", -15), "at once, when they were found not to be there");
    assert_eq!(of(LUKASZ).map(|row| row.cause), Some(Cause::NoReason));
    assert_eq!(of(BILAL), None);

    // Who is seen here is asked after nowhere else, while they are not missed.
    day.evidence.insert((SANNE, AM), vec![report("D", "08:10"), only(AM, gate("08:57"))]);
    assert!(!order(&day, "10:05").contains(&SANNE));
    day.sightings.push(Sighting {
        act: ActId(60),
        pupil: SANNE,
        time: time("10:10"),
        seen: false,
        place: "library".to_owned(),
        who: "S Marsh".to_owned(),
    });
    assert!(order(&day, "10:15").contains(&SANNE));
}

#[test]
fn a_school_that_closes_after_its_registers_goes_on_asking() {
    let mut day = day(&[(AMIRA, AM, "N"), (BILAL, AM, "/")]);
    (day.times, day.closed) = (None, Some("the school is closed: Boiler".to_owned()));
    assert_eq!(order(&day, "10:05"), [AMIRA]);
    assert_eq!(due(&day, AMIRA, "10:05"), step("call", -55));
    day.calls = vec![call(AMIRA, 1, "09:20", CallOutcome::Unaware)];
    assert_eq!(due(&day, AMIRA, "10:05"), step("tell DSL", -45));
}

#[test]
fn a_row_says_who_is_on_it_and_whether_the_pupil_is_looked_for() {
    let mut day = all_at_n();
    let claim = |desk: &str, who: &str, since| DeskPresence {
        desk: desk.to_owned(),
        who: who.to_owned(),
        place: Place::Office,
        calling: Some(ZOE),
        since: at(since),
        renewed: at(since),
    };
    day.desk_presences =
        vec![claim("ours", "S Marsh", "09:30"), claim("gate", "J Ito", "09:29"), claim("old", "A B", "08:00")];
    day.searches.push(Search {
        act: ActId(7),
        pupil: ZOE,
        opened: at("09:20"),
        who: "S Marsh".to_owned(),
        last_seen: "gate".to_owned(),
        notes: Vec::new(),
        ended: None,
    });
    let rows = unexplained(&day, AM, time("09:31"));
    let zoe = rows.iter().find(|row| row.pupil == ZOE).unwrap();
    assert_eq!((zoe.claimed("ours").as_deref(), zoe.claims.len()), (Some("JI calling"), 2));
    assert_eq!(rows.iter().filter(|row| row.looked_for).count(), 1);
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
        prop_assert!(rows.is_sorted_by_key(|row| (!row.unaware, row.tier, row.wait, day.roll.place(row.pupil))));
        // Of those with something due, the longest due come first, and whoever is all done comes last.
        let left = |row: &Unexplained| row.due().map(|due| due.minutes_left);
        prop_assert!(rows.iter().all(|row| left(row).is_none_or(|left| row.wait == Wait::Minutes(left))));
        let mut shuffled = day.clone();
        shuffled.calls.sort_by_key(|call| call.pupil);
        prop_assert_eq!(unexplained(&shuffled, AM, now), rows);
    }

    /// Neither calls nor steps, searches nor claims are evidence: whoever stands at N stays in the list, and first of their kind.
    #[test]
    fn nobody_leaves_the_list_without_evidence(
        acts in prop::collection::vec((1_i64..9, 0_usize..9, 0_i64..240), 0..20),
        minute in 0_i64..420,
    ) {
        let now = time("08:30") + chrono::TimeDelta::minutes(minute);
        let mut day = all_at_n();
        for (place, (pupil, what, later)) in acts.into_iter().enumerate() {
            let pupil = PupilId(pupil);
            let act = ActId(40_000 + place as i64);
            let when = (time("09:00") + chrono::TimeDelta::minutes(later)).format("%H:%M").to_string();
            match CallOutcome::ALL.get(what) {
                Some(CallOutcome::CallBack) => day.calls.push(Call { act, ..call_back(pupil, "09:00", &when) }),
                Some(outcome) => day.calls.push(Call { act, ..call(pupil, 1, &when, *outcome) }),
                None if what == 6 => {
                    let names = ["tell DSL", "tell social worker", "search site", "visit", "police"];
                    let name = names[usize::try_from(later).unwrap() % names.len()];
                    day.steps.push(StepTaken { act, ..taken(pupil, name, &when) });
                }
                None if what == 7 => day.searches.push(Search {
                    act,
                    pupil,
                    opened: at(&when),
                    who: "S Marsh".to_owned(),
                    last_seen: String::new(),
                    notes: Vec::new(),
                    ended: None,
                }),
                None => day.desk_presences.push(DeskPresence {
                    desk: "office".to_owned(),
                    who: "S Marsh".to_owned(),
                    place: Place::Office,
                    calling: Some(pupil),
                    since: at(&when),
                    renewed: at(&when),
                }),
            }
        }
        let rows = unexplained(&day, AM, now);
        prop_assert_eq!(rows.len(), 8);
        let amira = rows.iter().find(|row| row.pupil == AMIRA).unwrap();
        prop_assert_eq!((amira.tier, amira.cause), (Tier::Vulnerable, Cause::NoReason));
        // A step that was done is not what is due.
        for row in &rows {
            let follow_up = FollowUp::of(&day, day.roll.pupil(row.pupil).unwrap(), AM);
            let due = row.due().filter(|due| due.step != "call back");
            prop_assert!(due.is_none_or(|due| follow_up.steps().iter().any(|step| step.on_ladder.step == due.step && !step.done)));
        }
    }

    #[test]
    fn a_call_covers_the_household_only(marks in prop::collection::vec(0_usize..4, 18), current in any::<bool>()) {
        let codes = ["N", "/", "I", "B"];
        let marks: Vec<_> = marks
            .iter()
            .enumerate()
            .map(|(n, code)| (PupilId(n as i64 / 2 + 1), if n % 2 == 0 { AM } else { PM }, codes[*code]))
            .collect();
        let day = day(&marks);
        let current = if current { AM } else { PM };
        for pupil in &day.roll.pupils {
            for (other, session) in covers(&day, pupil, current) {
                let other = day.roll.pupil(other).unwrap();
                prop_assert!(other.id != pupil.id && other.household.is_some() && other.household == pupil.household);
                prop_assert!(other.on_roll(day.date) && session <= current);
                prop_assert_eq!(day.mark(other.id, session).settled.map(|mark| mark.code), Some(crate::domain::code::Code::N));
            }
        }
    }
}
