//! Fifteen school days of illness: casework.md's vectors by hand.

use super::*;
use TriggerKind::Sickness;

fn reported(known: NaiveDate, from: &str, until: &str) -> Illness {
    let at = |date: &str, half| SessionDate::new(date.parse().unwrap(), half);
    Illness { known, from: at(from, Session::Am), until: at(until, Session::Pm) }
}

#[test]
fn a_note_for_four_weeks_is_due_on_its_first_day() {
    let monday = date(2025, 11, 3);
    for marks in ["- 2025-11-03", "I 2025-11-03"] {
        let mut case = Case::new(autumn(), marks);
        assert_eq!(case.met(Sickness, monday), []);
        case.illness.push(reported(monday, "2025-11-03", "2025-11-28"));
        assert_eq!(case.met(Sickness, monday), one("2025-11-03", 40), "{marks}");
    }
    let mut case = Case::new(autumn(), "I 2025-11-03..2025-11-05");
    case.illness.push(reported(monday, "2025-11-03", "2025-11-28"));
    let found = case.of(Sickness, date(2025, 11, 5)).remove(0);
    assert_eq!((found.met, found.firm), (monday, 6));
    assert_eq!(found.note, "20 days, 17 days of them expected, until Fri 28 Nov");
}

#[test]
fn whoever_is_here_again_is_expected_no_longer() {
    let mut case = Case::new(autumn(), "I 2025-11-03..2025-11-05");
    case.illness.push(reported(date(2025, 11, 3), "2025-11-03", "2025-11-20"));
    // Fourteen days, and then one of another: not together, for they were here between.
    case.put("I 2025-11-10");
    assert_eq!(case.met(Sickness, date(2025, 11, 10)), []);
    case.put("I 2025-11-06..2025-11-10");
    case.illness.push(reported(date(2025, 11, 10), "2025-11-21", "2025-11-21"));
    assert_eq!(case.met(Sickness, date(2025, 11, 10)), one("2025-11-10", 30));
}

#[test]
fn days_of_the_year_come_together() {
    let so_far = "I 2025-09-08..2025-09-15; I 2025-11-03..2025-11-07";
    let on = date(2026, 1, 16);
    let case = Case::new(autumn(), &format!("{so_far}; I 2026-01-12..2026-01-15"));
    assert_eq!(case.met(Sickness, date(2026, 1, 14)), []);
    assert_eq!(case.met(Sickness, on), one("2026-01-15", 30));
    for (last, to_go) in [
        ("I 2026-01-12..2026-01-14; I 2026-01-15 AM", "15 school days of illness: 14.5 days so far, 0.5 day to go"),
        (
            "I 2026-01-12..2026-01-14; M 2026-01-15..2026-01-16",
            "15 school days of illness: 14 days so far, 1 day to go",
        ),
        (
            "I 2026-01-12..2026-01-14; C2 2026-01-15..2026-01-16",
            "15 school days of illness: 14 days so far, 1 day to go",
        ),
    ] {
        let case = Case::new(autumn(), &format!("{so_far}; {last}"));
        assert_eq!(case.met(Sickness, on), [], "{last}");
        let told = told(&case, on);
        assert!(told.contains(&to_go.to_owned()), "{told:?}");
    }
}

#[test]
fn one_return_a_time_of_illness() {
    let mut case = Case::new(autumn(), "I 2025-11-03..2026-01-16");
    let on = date(2026, 2, 10);
    assert_eq!(case.met(Sickness, on), one("2025-11-21", 90));
    // Here for three weeks, then ill for as long again.
    case.illness.push(reported(date(2026, 2, 9), "2026-02-09", "2026-03-06"));
    case.put("I 2026-02-09; - 2026-02-10");
    let met = [one("2025-11-21", 120), one("2026-02-09", 30)].concat();
    assert_eq!(case.met(Sickness, on), met);
}

#[test]
fn a_school_year_begins_anew() {
    let case = Case::new(summer_and_autumn(), "I 2026-06-29..2026-07-21; I 2026-09-03..2026-09-04");
    assert_eq!(case.met(Sickness, date(2026, 7, 21)), one("2026-07-17", 34));
    assert_eq!(case.met(Sickness, date(2026, 9, 4)), []);
}
