//! Ten school days on end, the return after them, and what has no reason: casework.md's vectors by hand.

use super::*;
use TriggerKind::{FirstWeek, NoReason, Returned, TenDays};

#[test]
fn twenty_sessions_on_end() {
    for (marks, on, met) in [
        ("O 2025-11-03..2025-11-14", "2025-11-14", one("2025-11-14", 20)),
        // Here for a session: runs of 14 and 5.
        ("O 2025-11-03..2025-11-14; / 2025-11-12 AM", "2025-11-14", vec![]),
        // Ill for a day: it begins again.
        ("O 2025-11-03..2025-11-19; I 2025-11-05", "2025-11-18", vec![]),
        ("O 2025-11-03..2025-11-19; I 2025-11-05", "2025-11-19", one("2025-11-19", 20)),
        // A day that does not count.
        ("O 2025-11-03..2025-11-17; # 2025-11-07", "2025-11-14", vec![]),
        ("O 2025-11-03..2025-11-17; # 2025-11-07", "2025-11-17", one("2025-11-17", 20)),
        ("O 2025-11-03..2025-11-17; Y4 2025-11-07", "2025-11-17", one("2025-11-17", 20)),
        ("O 2025-11-03..2025-11-17; Q 2025-11-07", "2025-11-17", one("2025-11-17", 20)),
        ("O 2025-11-03..2025-11-17; X 2025-11-07", "2025-11-17", one("2025-11-17", 20)),
        // Half-term.
        ("O 2025-10-16..2025-11-05", "2025-11-04", vec![]),
        ("O 2025-10-16..2025-11-05", "2025-11-05", one("2025-11-05", 20)),
        // It touches eleven days.
        ("O 2025-11-03 PM..2025-11-17 AM", "2025-11-14", vec![]),
        ("O 2025-11-03 PM..2025-11-17 AM", "2025-11-17", one("2025-11-17", 20)),
        (
            "G 2025-11-03..2025-11-07; N 2025-11-10..2025-11-12; U 2025-11-13 AM; O 2025-11-13 PM..2025-11-14",
            "2025-11-14",
            one("2025-11-14", 20),
        ),
    ] {
        let case = Case::new(autumn(), marks);
        assert_eq!(case.met(TenDays, on.parse().unwrap()), met, "{marks} on {on}");
    }
}

#[test]
fn how_long_a_run_is_so_far_is_told() {
    for (marks, on, sessions) in [
        ("O 2025-11-03..2025-11-14; / 2025-11-12 AM", "2025-11-11", 14),
        ("O 2025-11-03..2025-11-14; / 2025-11-12 AM", "2025-11-14", 5),
        ("O 2025-11-03..2025-11-19; I 2025-11-05", "2025-11-04", 4),
        ("O 2025-11-03..2025-11-17; # 2025-11-07", "2025-11-14", 18),
        ("O 2025-10-16..2025-11-05", "2025-10-24", 14),
        // Half-term adds nothing.
        ("O 2025-10-16..2025-11-05", "2025-10-31", 14),
    ] {
        let told = told(&Case::new(autumn(), marks), on.parse().unwrap());
        let said = format!("10 school days on end: {sessions} sessions so far, {} to go", 20 - sessions);
        assert!(told.contains(&said), "{marks} on {on}: {told:?}");
    }
}

#[test]
fn a_closed_day_is_neutral() {
    let mut calendar = autumn();
    calendar.closed.push(closed(date(2025, 11, 7)));
    let case = Case::new(calendar, "O 2025-11-03..2025-11-17");
    assert_eq!(case.met(TenDays, date(2025, 11, 17)), one("2025-11-17", 20));
}

#[test]
fn late_in_the_morning_and_here_after_lunch_is_no_run() {
    let days: Vec<String> = (3..=28).map(|day| format!("2025-11-{day:02}")).collect();
    let each = |am: &str, pm: &str| {
        let marks: Vec<String> = days.iter().map(|day| format!("{am} {day} AM; {pm} {day} PM")).collect();
        Case::new(autumn(), &marks.join(";"))
    };
    let on = date(2025, 11, 28);
    assert_eq!(each("U", "\\").met(TenDays, on), []);
    assert_eq!(each("U", "O").met(TenDays, on), one("2025-11-14", 40));
}

#[test]
fn at_another_school_or_blank_is_neutral_and_told() {
    let mut case = Case::new(autumn(), "O 2025-11-03..2025-11-18; D 2025-11-06; - 2025-11-11 AM");
    let found = case.of(TenDays, date(2025, 11, 21)).remove(0);
    assert_eq!((found.met, found.sessions), (date(2025, 11, 18), 21));
    assert_eq!(found.why_not.as_deref(), Some("1 session without a mark in it; 2 D in it"));
    assert_eq!(found.note, "ended Wed 19 Nov AM");
    // Behind it they are no part of it.
    case = Case::new(autumn(), "O 2025-11-03..2025-11-14; D 2025-11-17; - 2025-11-18..2025-11-21");
    let found = case.of(TenDays, date(2025, 11, 21)).remove(0);
    assert_eq!((found.why_not, found.note.as_str()), (None, "goes on"));
}

#[test]
fn back_for_a_session_it_begins_again() {
    let case = Case::new(autumn(), "O 2025-11-03..2025-12-01; / 2025-11-17 AM");
    let met = [one("2025-11-14", 20), one("2025-12-01", 21)].concat();
    assert_eq!(case.met(TenDays, date(2025, 12, 1)), met);
}

#[test]
fn after_twenty_days_the_local_authority_is_asked_unless_the_pupil_was_here() {
    let note = |marks: &str| Case::new(autumn(), marks).of(TenDays, date(2025, 12, 1)).remove(0).note;
    assert_eq!(note("O 2025-11-03..2025-12-01"), "goes on; 20 school days of G, N and O: ask the local authority");
    assert_eq!(note("O 2025-11-03..2025-12-01; U 2025-11-17 AM"), "goes on");
    // Forty sessions are twenty days, and thirty-nine are not.
    let asks = |marks: &str| note(marks).contains("ask the local authority");
    assert!(asks("G 2025-11-03..2025-11-07; N 2025-11-10..2025-11-14; O 2025-11-17..2025-11-28"));
    assert!(!asks("G 2025-11-03 PM..2025-11-07; N 2025-11-10..2025-11-14; O 2025-11-17..2025-11-28"));
}

#[test]
fn the_run_that_goes_on_is_told_before_it_is_met() {
    let case = Case::new(autumn(), "O 2025-11-10..2025-11-12");
    let told = told(&case, date(2025, 11, 12));
    assert!(told.contains(&"10 school days on end: 6 sessions so far, 14 to go".to_owned()), "{told:?}");
}

#[test]
fn a_run_goes_on_over_the_summer() {
    let mut case = Case::new(summer_and_autumn(), "O 2026-07-08..2026-09-04");
    assert_eq!(case.met(TenDays, date(2026, 9, 4)), one("2026-07-21", 24));
    case.put("/ 2026-09-03 AM");
    assert_eq!(case.met(TenDays, date(2026, 9, 4)), []);
}

#[test]
fn back_after_a_long_absence_is_looked_after_for_three_weeks() {
    let case = Case::new(autumn(), "I 2025-11-03..2025-11-12; O 2025-11-13..2025-11-14");
    let on = |day| case.met(Returned, date(2025, 12, day));
    assert_eq!(case.met(Returned, date(2025, 11, 14)), []);
    assert_eq!(on(5), one("2025-11-17", 20));
    assert_eq!(on(8), []);
    assert_eq!(Case::new(autumn(), "I 2025-11-03..2025-11-13").met(Returned, date(2025, 11, 17)), []);
}

#[test]
fn an_n_has_five_school_days() {
    let case = Case::new(autumn(), "N 2025-10-22; N 2025-11-06");
    // Thu, Fri, half-term, Mon, Tue, Wed.
    assert_eq!(case.met(NoReason, date(2025, 11, 5)), []);
    assert_eq!(case.met(NoReason, date(2025, 11, 6)), one("2025-10-22", 2));
    assert_eq!(case.met(NoReason, date(2025, 11, 14)), one("2025-10-22", 4));
    assert_eq!(
        case.of(NoReason, date(2025, 11, 14))[0].note,
        "4 sessions at N; the oldest could stand until Wed 5 Nov"
    );
}

#[test]
fn a_day_missed_in_the_first_week_is_told_for_ten_weeks() {
    let case = Case::new(autumn(), "I 2025-09-02 PM; O 2025-09-04 AM; I 2025-09-08");
    assert_eq!(case.met(FirstWeek, date(2025, 9, 3)), []);
    assert_eq!(case.met(FirstWeek, date(2025, 11, 14)), one("2025-09-04", 2));
    assert_eq!(case.met(FirstWeek, date(2025, 11, 17)), []);
}
