//! Which registers are chased, in what order, and which are chased often.

use super::*;
use crate::domain::act_id::ActId;
use crate::domain::facts::presence::{Movement, Way};
use crate::domain::facts::register::{Chase, ChaseMethod, Taken};
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::people::pupil::GroupId;
use crate::domain::testing::*;

fn order(day: &Day, now: &str) -> Vec<GroupId> {
    unmarked(day, Session::Am, time(now)).iter().map(|row| row.register.group).collect()
}

fn am_of(day: &mut Day, group: GroupId) -> &mut Register {
    day.registers.iter_mut().find(|one| one.group == group && one.session == Session::Am).unwrap()
}

fn chase(at_time: &str) -> Chase {
    Chase { act: ActId(5), method: ChaseMethod::Phone, at: at(at_time), who: "S Marsh".to_owned() }
}

#[test]
fn overdue_come_before_part_marked_and_what_is_put_off_last_until_its_time() {
    let mut day = day(&[]);
    assert_eq!(order(&day, "09:00"), [G8KM, G9TR]);
    let part = am_of(&mut day, G8KM);
    part.taken = Some(Taken { act: ActId(1), at: at("08:52"), by: TakenBy::Teacher("Mrs Kemp".to_owned()) });
    part.blanks = vec![LOUIS];
    assert_eq!(order(&day, "09:00"), [G9TR, G8KM]);
    am_of(&mut day, G9TR).snoozed = Some(time("09:20"));
    assert_eq!(order(&day, "09:10"), [G8KM, G9TR]);
    let rows = unmarked(&day, Session::Am, time("09:10"));
    assert_eq!((rows[1].until, rows[1].state), (Some(time("09:20")), RegisterState::Overdue { minutes: 20 }));
    assert_eq!(order(&day, "09:20"), [G9TR, G8KM]);
}

#[test]
fn after_an_early_end_no_register_is_waited_for() {
    let mut day = day(&[]);
    lesson(&mut day, 1, "5", "8KM Maths", &[(AMIRA, None)]);
    // Period 5 begins at 13:30.
    let waiting =
        |day: &Day| (unmarked(day, Session::Pm, time("13:45")).len(), unmarked_lessons(day, time("13:45")).len());
    assert_eq!(waiting(&day), (2, 1));
    day.times = Some(times().ended_at(time("14:00")));
    assert_eq!(waiting(&day), (2, 1));
    day.times = Some(times().ended_at(time("12:00")));
    assert_eq!(waiting(&day), (0, 0));
}

#[test]
fn three_sessions_of_a_month_are_a_habit() {
    for (earlier, am, pm, session, expected) in [
        (0, 4, 0, Session::Am, None),
        (2, 0, 0, Session::Am, None),
        (2, 2, 0, Session::Am, Some(3)),
        (2, 0, 1, Session::Am, None),
        (2, 1, 1, Session::Pm, Some(4)),
        (5, 0, 0, Session::Am, Some(5)),
    ] {
        let mut day = day(&[]);
        for register in day.registers.iter_mut().filter(|one| one.group == G8KM) {
            let count = if register.session == Session::Am { am } else { pm };
            register.chases = vec![chase("08:55"); count];
            register.chased_this_month = earlier;
        }
        let register = day.register(G8KM, session).unwrap();
        assert_eq!(habit(&day, register), expected, "{earlier} {am} {pm} {session}");
    }
}

/// Period 2 runs from 09:50 to 10:40; its registers are expected by 10:00.
#[test]
fn lessons_are_listed_while_their_period_goes_on_and_their_registers_are_due() {
    let mut day = day(&[]);
    lesson(&mut day, 1, "2", "8KM Maths", &[(AMIRA, None), (LOUIS, None)]);
    lesson(&mut day, 2, "3", "8KM Art", &[(AMIRA, None)]);
    for (now, expected) in [
        ("09:49", None),
        ("10:00", None),
        ("10:01", Some(("8KM Maths", 1))),
        ("10:39", Some(("8KM Maths", 39))),
        ("10:40", None),
        ("11:11", Some(("8KM Art", 1))),
        ("16:00", None),
    ] {
        let rows = unmarked_lessons(&day, time(now));
        let found: Vec<_> = rows.iter().map(|row| (row.lesson.class.as_str(), row.state)).collect();
        let expected: Vec<_> =
            expected.into_iter().map(|(class, minutes)| (class, RegisterState::Overdue { minutes })).collect();
        assert_eq!(found, expected, "{now}");
    }
    day.times = None;
    assert_eq!(unmarked_lessons(&day, time("10:01")), []);
}

#[test]
fn lessons_with_no_mark_come_before_part_marked_ones_and_whole_ones_not_at_all() {
    let mut day = day(&[]);
    lesson(&mut day, 1, "2", "8A", &[(AMIRA, Some("/")), (LOUIS, None), (LEAVER, None)]);
    lesson(&mut day, 2, "2", "8B", &[(SANNE, None)]);
    lesson(&mut day, 3, "2", "8C", &[(SIOBHAN, Some("N")), (LEAVER, None)]);
    let rows = unmarked_lessons(&day, time("10:05"));
    let found: Vec<_> = rows.iter().map(|row| (row.lesson.class.as_str(), row.state, row.on_roll)).collect();
    let part = RegisterState::PartMarked { marked: 1, of: 2 };
    assert_eq!(found, [("8B", RegisterState::Overdue { minutes: 5 }, 1), ("8A", part, 2)]);
    assert_eq!(rows[1].blanks, [LOUIS]);
}

#[test]
fn whoever_is_known_to_be_elsewhere_leaves_no_blank_in_a_lesson() {
    let mut day = day(&[
        (AMIRA, Session::Am, "I"),
        (LOUIS, Session::Am, "N"),
        (SANNE, Session::Am, "M"),
        (SIOBHAN, Session::Am, "/"),
        (BILAL, Session::Pm, "I"),
    ]);
    day.evidence.insert((SANNE, Session::Am), vec![plan("M", "dentist"), gate("09:30")]);
    let out = Movement {
        act: ActId(3),
        pupil: SIOBHAN,
        time: time("09:40"),
        way: Way::Out,
        reason: "sent home ill".to_owned(),
        code: None,
        who: "S Marsh".to_owned(),
    };
    day.movements = vec![out];
    let due = [AMIRA, LOUIS, SANNE, SIOBHAN, BILAL].map(|pupil| (pupil, None));
    lesson(&mut day, 1, "2", "8KM Maths", &due);
    let rows = unmarked_lessons(&day, time("10:05"));
    assert_eq!(rows[0].blanks, [LOUIS, BILAL, SANNE]);
    lesson(&mut day, 2, "2", "Trip", &[(AMIRA, None)]);
    assert_eq!(unmarked_lessons(&day, time("10:05")).len(), 1, "a class that is all elsewhere is not chased");
}
