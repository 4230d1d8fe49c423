//! The penalty notice threshold: casework.md's vectors by hand.

use super::*;
use TriggerKind::Penalty;

const FIRST: &str = "G 2025-10-23..2025-10-24; U 2025-11-24 AM; O 2025-11-26; O 2025-11-27 AM";

#[test]
fn the_window_is_ten_school_weeks_and_not_seventy_days() {
    let case = Case::new(autumn(), &format!("O 2025-09-16; {FIRST}"));
    assert_eq!(case.met(Penalty, date(2025, 11, 26)), []);
    assert_eq!(case.met(Penalty, date(2025, 11, 27)), one("2025-11-27", 10));
    let found = case.of(Penalty, date(2025, 11, 28)).remove(0);
    assert_eq!((found.firm, found.why_not.as_deref(), found.note.as_str()), (10, None, ""));
    assert_eq!(
        in_words(&found.evidence),
        "O Tue 16 Sep; G Thu 23 Oct-Fri 24 Oct; U Mon 24 Nov AM; O Wed 26 Nov-Thu 27 Nov AM"
    );
}

#[test]
fn a_week_too_early_does_not_count() {
    let mut case = Case::new(autumn(), &format!("O 2025-09-09; {FIRST}"));
    let on = date(2025, 11, 28);
    assert_eq!(case.met(Penalty, on), []);
    let to_go = |case: &Case| case.ask(on, |record| distances(record).remove(0).1);
    assert_eq!(to_go(&case), "penalty notice threshold: 8 sessions in the last 10 school weeks, 2 to go");
    case.put("O 2025-11-28 AM");
    assert_eq!(case.met(Penalty, on), []);
    assert_eq!(to_go(&case), "penalty notice threshold: 9 sessions in the last 10 school weeks, 1 to go");
}

#[test]
fn the_window_reaches_across_the_summer() {
    let june_and_july = "G 2026-06-29; G 2026-07-16..2026-07-17";
    let mut no_first_week = summer_and_autumn();
    no_first_week.closed.extend([closed(date(2026, 9, 3)), closed(date(2026, 9, 4))]);
    for (calendar, autumn, met) in [
        (summer_and_autumn(), "2026-10-01..2026-10-02", one("2026-10-02", 10)),
        (summer_and_autumn(), "2026-10-08..2026-10-09", one("2026-10-09", 10)),
        (summer_and_autumn(), "2026-10-15..2026-10-16", vec![]),
        // A week without a pupil session is no school week.
        (no_first_week.clone(), "2026-10-01..2026-10-02", one("2026-10-02", 10)),
        (no_first_week, "2026-10-15..2026-10-16", one("2026-10-16", 10)),
    ] {
        let case = Case::new(calendar, &format!("{june_and_july}; O {autumn}"));
        assert_eq!(case.met(Penalty, date(2026, 10, 23)), met, "{autumn}");
        let notes: Vec<_> = case.of(Penalty, date(2026, 10, 16)).into_iter().map(|one| one.note).collect();
        assert!(notes.iter().all(|note| note.starts_with("6 of them last school year")), "{notes:?}");
    }
}

#[test]
fn an_n_counts_while_it_stands_and_a_referral_must_be_free_of_them() {
    let mut case = Case::new(autumn(), "O 2025-11-10..2025-11-12; N 2025-11-13..2025-11-14");
    let on = date(2025, 11, 21);
    let found = case.of(Penalty, on).remove(0);
    assert_eq!((found.met, found.sessions, found.firm), (date(2025, 11, 14), 10, 6));
    assert_eq!(found.why_not.as_deref(), Some("4 N in the window"));
    case.put("I 2025-11-13..2025-11-14");
    assert_eq!(case.met(Penalty, on), []);
    assert_eq!(told(&case, on)[0], "penalty notice threshold: 6 sessions in the last 10 school weeks, 4 to go");
    // domain.md 16, 7: lates after close count as O does.
    let case = Case::new(autumn(), "U 2025-11-10..2025-11-12; N 2025-11-13..2025-11-14");
    let found = case.of(Penalty, on).remove(0);
    assert_eq!((found.sessions, found.firm, found.why_not.as_deref()), (10, 6, Some("4 N in the window")));
}

#[test]
fn other_codes_never_count() {
    let mut case = Case::new(autumn(), "O 2025-11-10..2025-11-13; O 2025-11-14 AM; I 2025-11-17..2025-11-19");
    for other in ["I", "E", "C", "C2", "S", "D", "L", "M", "X"] {
        case.put(&format!("{other} 2025-11-20..2025-11-21"));
        let on = date(2025, 11, 21);
        assert_eq!(case.met(Penalty, on), [], "{other}");
        let told = &told(&case, on)[0];
        assert_eq!(told, "penalty notice threshold: 9 sessions in the last 10 school weeks, 1 to go", "{other}");
    }
}

/// domain.md 16, 7.
#[test]
fn a_week_of_holiday_is_not_counted() {
    let case =
        Case::new(autumn(), "O 2025-09-29..2025-09-30; U 2025-10-20; U 2025-10-21 AM; G 2025-12-08; G 2025-12-09 AM");
    // Twelve weeks by the calendar, of which half-term is one.
    assert_eq!(case.met(Penalty, date(2025, 12, 12)), one("2025-12-09", 10));
    let later =
        Case::new(autumn(), "O 2025-09-29..2025-09-30; U 2025-10-20; U 2025-10-21 AM; G 2025-12-15; G 2025-12-16 AM");
    assert_eq!(later.met(Penalty, date(2025, 12, 19)), []);
}

#[test]
fn a_blank_in_the_window_is_to_be_filled_first() {
    let mut case =
        Case::new(autumn(), &format!("O 2025-09-16; {FIRST}; - 2025-09-15 AM; - 2025-11-27 PM; - 2025-09-12"));
    let why_not = |case: &Case| case.of(Penalty, date(2025, 11, 28)).remove(0).why_not;
    assert_eq!(why_not(&case).as_deref(), Some("1 session without a mark in the window"));
    case.put("N 2025-11-26");
    case.is_of_school_age = false;
    assert_eq!(
        why_not(&case).as_deref(),
        Some("2 N in the window; 1 session without a mark in the window; not of compulsory school age")
    );
}

#[test]
fn it_stays_met_when_its_sessions_have_left_the_window() {
    let case = Case::new(autumn(), &format!("O 2025-09-16; {FIRST}"));
    for (on, note) in
        [(date(2025, 12, 19), "8 in the last 10 school weeks"), (date(2026, 3, 27), "0 in the last 10 school weeks")]
    {
        let found = case.of(Penalty, on).remove(0);
        assert_eq!((found.met, found.sessions, found.note.as_str()), (date(2025, 11, 27), 10, note));
    }
}

#[test]
fn one_of_the_year_before_is_told_while_the_weeks_still_hold_it() {
    let mut case = Case::new(summer_and_autumn(), "O 2026-07-06..2026-07-10");
    let september = date(2026, 9, 4);
    assert_eq!(case.met(Penalty, september), one("2026-07-10", 10));
    assert_eq!(case.met(Penalty, date(2026, 10, 23)), []);
    case.put("O 2026-09-03 AM");
    assert_eq!(case.met(Penalty, september), one("2026-09-03", 11));
}

#[test]
fn sessions_of_a_notice_never_count_again() {
    let mut case = Case::new(autumn(), &format!("O 2025-09-16; {FIRST}"));
    let on = date(2026, 1, 30);
    case.locked = case.of(Penalty, on).remove(0).evidence.iter().map(|one| one.at).collect();
    assert_eq!(case.locked.len(), 10);
    case.put("O 2025-11-27 PM; O 2025-12-01..2025-12-04");
    assert_eq!(case.met(Penalty, on), []);
    case.put("O 2025-12-05 AM");
    assert_eq!(case.met(Penalty, on), one("2025-12-05", 10));
}
