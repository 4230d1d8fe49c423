//! What is found by sliding along a pupil's sessions is what is found by looking at each of them alone.

use super::super::penalty::SESSIONS as TEN;
use super::super::school_weeks::WINDOW;
use super::super::ten_days::SESSIONS as TWENTY;
use super::*;
use crate::domain::calendar::dates::monday;
use proptest::prelude::*;

const CODES: [&str; 14] = ["/", "/", "O", "O", "O", "G", "N", "U", "I", "D", "X", "#", "-", "M"];

/// A case of these marks in order from 1 June 2026, in runs of so many sessions each.
fn of(runs: &[(usize, usize)]) -> Case {
    let mut case = Case::new(summer_and_autumn(), "");
    let held = case.between("2026-06-01..2026-10-23");
    let marks = runs.iter().flat_map(|(code, length)| std::iter::repeat_n(CODES[*code], *length));
    for (at, mark) in held.iter().zip(marks) {
        case.marks.insert(*at, Code::parse(mark).filter(|code| code.as_str() != "-"));
    }
    case
}

fn runs() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..CODES.len(), 1..9_usize), 5..60)
}

/// The first session of the year at whose end the ten school weeks up to its own hold ten, each window counted anew.
fn penalty_by_hand(case: &Case, sessions: &[PupilSession], year: NaiveDate) -> Option<(NaiveDate, usize)> {
    let mut mondays: Vec<_> =
        case.between("2026-06-01..2026-10-23").iter().map(|at| monday(at.date).unwrap()).collect();
    mondays.dedup();
    sessions.iter().filter(|one| one.at.date >= year && one.is_unauthorised()).find_map(|last| {
        let week = mondays.iter().position(|one| *one == monday(last.at.date).unwrap()).unwrap();
        let from = mondays[week.saturating_sub(usize::from(WINDOW) - 1)];
        let within = |one: &&PupilSession| one.is_unauthorised() && one.at.date >= from && one.at <= last.at;
        let count = sessions.iter().filter(within).count();
        (count >= TEN).then_some((last.at.date, count))
    })
}

/// Each session behind which, over the possible ones, lie nineteen more without another between, and no twentieth.
fn ten_days_by_hand(sessions: &[PupilSession]) -> Vec<NaiveDate> {
    let possible: Vec<_> = sessions.iter().filter(|one| one.is_possible()).collect();
    let length = |end: usize| possible[..=end].iter().rev().take_while(|one| one.is_unauthorised()).count();
    (0..possible.len()).filter(|end| length(*end) == TWENTY).map(|end| possible[end].at.date).collect()
}

proptest! {
    #[test]
    fn sliding_finds_what_looking_at_each_session_finds(runs in runs(), on in 0_u64..50) {
        let case = of(&runs);
        let on = date(2026, 9, 3) + chrono::Days::new(on);
        let weeks = case.weeks(on);
        let sessions = case.sessions(&weeks, on);
        let by_hand = penalty_by_hand(&case, &sessions, weeks.year);
        let found = case.of(TriggerKind::Penalty, on).pop();
        match by_hand {
            Some(by_hand) => prop_assert_eq!(found.as_ref().map(|one| (one.met, one.sessions)), Some(by_hand)),
            None => prop_assert!(found.as_ref().is_none_or(|one| one.met < weeks.year)),
        }
        let ten_days = ten_days_by_hand(&sessions).into_iter().filter(|met| *met >= weeks.year).collect::<Vec<_>>();
        let found: Vec<_> = case.of(TriggerKind::TenDays, on).iter().map(|one| one.met).filter(|met| *met >= weeks.year).collect();
        prop_assert_eq!(found, ten_days);
        let mut ill = sessions.iter().filter(|one| one.at.date >= weeks.year && one.has(Code::I));
        let first = case.of(TriggerKind::Sickness, on).first().map(|one| one.met);
        prop_assert_eq!(first, ill.nth(29).map(|one| one.at.date));
    }

    /// Sessions of a notice never count again: whatever is met, it is met by others, and as if those had been authorised.
    #[test]
    fn a_locked_session_never_counts_again(runs in runs(), on in 0_u64..50) {
        let on = date(2026, 9, 3) + chrono::Days::new(on);
        let mut case = of(&runs);
        let penalty = |case: &Case| case.of(TriggerKind::Penalty, on).pop();
        let mut rounds = 0;
        while let Some(met) = penalty(&case) {
            prop_assert!(met.evidence.iter().all(|one| !case.locked.contains(&one.at)));
            case.locked.extend(met.evidence.iter().map(|one| one.at));
            let mut authorised = of(&runs);
            for at in &case.locked {
                authorised.marks.insert(*at, Some(code("M")));
            }
            let both = [&case, &authorised].map(|case| penalty(case).map(|one| (one.met, one.sessions)));
            prop_assert_eq!(&both[0], &both[1]);
            rounds += 1;
            prop_assert!(rounds < 40);
        }
    }

    /// In place of a blank nothing changes but that there is none.
    #[test]
    fn a_session_that_was_not_possible_changes_nothing(runs in runs(), outside in 0_usize..4) {
        let on = date(2026, 10, 23);
        let mut case = of(&runs);
        let told = |case: &Case| -> Vec<_> {
            case.triggers(on).into_iter().map(|one| (one.kind, one.met, one.sessions, one.firm)).collect()
        };
        let before = told(&case);
        let code = code(["#", "X", "Y1", "Q"][outside]);
        case.marks.values_mut().filter(|mark| mark.is_none()).for_each(|mark| *mark = Some(code));
        prop_assert_eq!(told(&case), before);
    }

    #[test]
    fn later_sessions_never_move_what_was_met(runs in runs(), one in 0_u64..50, other in 0_u64..50) {
        use TriggerKind::{Penalty, Sickness, TenDays};
        let case = of(&runs);
        let day = |days| date(2026, 9, 3) + chrono::Days::new(days);
        let (earlier, later) = (day(one.min(other)), day(one.max(other)));
        let met = |kind, on| case.met(kind, on).into_iter().map(|(met, _)| met).filter(|met| met.as_str() >= "2026-08-01");
        for kind in [Penalty, TenDays, Sickness] {
            let later: Vec<_> = met(kind, later).collect();
            prop_assert!(met(kind, earlier).all(|met| later.contains(&met)), "{kind:?}");
        }
    }

    #[test]
    fn what_is_met_rests_on_as_many_sessions_as_it_says(runs in runs()) {
        for found in of(&runs).triggers(date(2026, 10, 23)) {
            prop_assert_eq!(found.evidence.len(), found.sessions);
            prop_assert!(found.firm <= found.sessions);
            prop_assert!(!in_words(&found.evidence).is_empty());
        }
    }
}
