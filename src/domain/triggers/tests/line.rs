//! Persistent and severe absence, and how far it is to either side.

use super::*;
use TriggerKind::{Persistent, Severe};

/// A pupil of whom so many sessions from 1 September 2025 were possible, the last so many of them missed.
fn missed(absent: usize, possible: usize) -> (Case, NaiveDate) {
    let mut calendar = autumn();
    calendar.terms = vec![term(date(2025, 9, 1), date(2026, 5, 22))];
    let mut case = Case::new(calendar, "");
    let held = case.between("2025-09-01..2026-05-22");
    assert_eq!(held.len(), 380);
    for at in &held[possible - absent..possible] {
        case.marks.insert(*at, Some(code("I")));
    }
    for at in &held[possible..] {
        case.marks.insert(*at, None);
    }
    (case, held[possible - 1].date)
}

#[test]
fn the_line_is_exact_and_both_ways() {
    for (absent, possible, says) in [
        (7, 100, "persistently absent: 7 of 100 sessions missed, 4 more in a row to go"),
        (9, 100, "persistently absent: 9 of 100 sessions missed, 2 more in a row to go"),
        (0, 20, "persistently absent: 0 of 20 sessions missed, 3 more in a row to go"),
        (10, 100, "10 of 100 sessions missed; 1 attended on end to clear"),
        (12, 100, "12 of 100 sessions missed; 21 attended on end to clear"),
        (16, 40, "16 of 40 sessions missed; 121 attended on end to clear"),
        (38, 300, "38 of 300 sessions missed; cannot be cleared this school year: 81 needed, 80 left"),
        (2, 20, "2 of 20 sessions missed; 1 attended on end to clear"),
    ] {
        let (case, on) = missed(absent, possible);
        let told = match case.of(Persistent, on).pop() {
            Some(found) => {
                assert_eq!((found.sessions, found.firm, found.why_not), (absent, absent, None));
                found.note
            }
            None => told(&case, on).pop().unwrap(),
        };
        assert_eq!(told, says);
    }
}

#[test]
fn half_is_severe_too() {
    let (case, on) = missed(10, 20);
    assert_eq!(case.of(Severe, on)[0].note, "10 of 20 sessions missed; 1 attended on end to clear");
    assert_eq!(case.met(Persistent, on).len(), 1);
    let (case, on) = missed(10, 22);
    assert_eq!(case.met(Severe, on), []);
}

#[test]
fn it_is_met_where_it_has_stood_since() {
    // The second session of the year is a half missed, which ten weeks here make good.
    let case = Case::new(autumn(), "I 2025-09-01 PM; O 2025-12-08..2025-12-19");
    let on = date(2025, 12, 19);
    assert_eq!(case.met(Persistent, date(2025, 9, 1)), one("2025-09-01", 1));
    assert_eq!(case.met(Persistent, date(2025, 10, 24)), []);
    assert_eq!(case.met(Persistent, on), one("2025-12-16", 21));
}

#[test]
fn what_only_marks_at_n_make_is_not_firm() {
    let (mut case, on) = missed(9, 100);
    case.put("N 2025-09-01 AM");
    let found = case.of(Persistent, on).remove(0);
    assert_eq!((found.sessions, found.firm, found.why_not.as_deref()), (10, 9, Some("only while 1 N stand")));
}

#[test]
fn sessions_that_were_not_possible_and_blanks_are_no_part_of_it() {
    for outside in ["D", "X", "Y4", "#", "-"] {
        let mut case = Case::new(autumn(), "I 2025-09-01");
        case.put(&format!("{outside} 2025-09-02..2025-11-28"));
        assert_eq!(case.of(Severe, date(2025, 11, 28))[0].note, "2 of 2 sessions missed; 3 attended on end to clear");
    }
}
