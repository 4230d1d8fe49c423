//! The time of a notice to improve, counted over school days; and how it stands on a day.

use chrono::{Datelike, Days, NaiveDate};

use super::event::ImprovementNotice;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::dates::monday;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Statistic;

/// The fewest school weeks of a notice.
pub const FEWEST_WEEKS: u32 = 3;
/// The most.
pub const MOST_WEEKS: u32 = 6;

/// So many school weeks from a day on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    /// The first school day.
    pub starts: NaiveDate,
    /// The last.
    pub ends: NaiveDate,
    /// How many school days these are.
    pub school_days: usize,
}

/// So many school weeks from `start`, or the first school day after it: to the last school day before the same weekday of the school
/// week that follows them. A week without a school day is none. `None` where the calendar does not reach so far.
pub fn period(calendar: &Calendar, start: NaiveDate, weeks: u32) -> Option<Period> {
    let eve = start.pred_opt()?;
    let mut days = calendar.school_days_after(eve).peekable();
    let starts = *days.peek()?;
    // A period that begins with the week ends with one, though the calendar may end there too.
    let offset = Days::new(u64::from(starts.weekday().num_days_from_monday()));
    let is_whole = !calendar.school_days(monday(starts)?..starts).any(|_| true);
    let (mut week, mut begun, mut ends, mut school_days) = (0, None, None, 0);
    let mut is_past = false;
    for date in days {
        let this = monday(date)?;
        if begun.replace(this) != Some(this) {
            week += 1;
        }
        if week > weeks && (is_whole || week > weeks + 1 || date >= this.checked_add_days(offset)?) {
            is_past = true;
            break;
        }
        (ends, school_days) = (Some(date), school_days + 1);
    }
    let reaches = is_past || week > weeks || (is_whole && week == weeks);
    ends.filter(|_| weeks > 0 && reaches).map(|ends| Period { starts, ends, school_days })
}

/// How a notice stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Status {
    /// Unauthorised sessions so far.
    pub unauthorised: usize,
    /// Sessions attended so far.
    pub attended: usize,
    /// Possible sessions so far.
    pub possible: usize,
    /// The session with which there were more unauthorised than the notice allows.
    pub breached: Option<SessionDate>,
}

/// How a notice stands by the sessions that are marked; those outside its time are not asked.
pub fn status(notice: &ImprovementNotice, sessions: &[(SessionDate, Statistic)]) -> Status {
    let mut status = Status { unauthorised: 0, attended: 0, possible: 0, breached: None };
    let most = usize::try_from(notice.most_unauthorised).unwrap_or(usize::MAX);
    for (at, statistic) in sessions.iter().filter(|(at, _)| (notice.start..=notice.ends).contains(&at.date)) {
        match statistic {
            Statistic::Present | Statistic::Activity => status.attended += 1,
            Statistic::Unauthorised => {
                status.unauthorised += 1;
                if status.unauthorised > most {
                    status.breached = status.breached.or(Some(*at));
                }
            }
            Statistic::Authorised => {}
            Statistic::NotRequired | Statistic::Administrative => continue,
        }
        status.possible += 1;
    }
    status
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::session::Session;
    use crate::domain::cases::event::Party;
    use crate::domain::cases::testing::autumn_2025;
    use crate::domain::testing::date;
    use proptest::prelude::*;

    #[test]
    fn a_notice_runs_over_school_weeks() {
        let calendar = autumn_2025();
        for (start, weeks, ends, days) in [
            // Six school weeks, of which half-term is none.
            ((2025, 10, 13), 6, (2025, 11, 28), 30),
            ((2025, 10, 13), 3, (2025, 11, 7), 15),
            // From a Wednesday to the Tuesday of the week after the last.
            ((2025, 10, 15), 3, (2025, 11, 11), 15),
            // From a Saturday: the Monday after it.
            ((2025, 10, 18), 3, (2025, 11, 14), 15),
            // In half-term: the Monday after it.
            ((2025, 10, 29), 3, (2025, 11, 21), 15),
            // To the end of the calendar, by whole weeks.
            ((2025, 12, 1), 3, (2025, 12, 19), 15),
        ] {
            let found = period(&calendar, date(start.0, start.1, start.2), weeks).unwrap();
            assert_eq!((found.ends, found.school_days), (date(ends.0, ends.1, ends.2), days), "{start:?} {weeks}");
        }
        // The calendar ends before.
        assert_eq!(period(&calendar, date(2025, 12, 2), 3), None);
        assert_eq!(period(&calendar, date(2025, 12, 8), 3), None);
        assert_eq!(period(&calendar, date(2026, 3, 2), 3), None);
    }

    #[test]
    fn a_notice_is_broken_by_the_session_that_is_one_too_many() {
        let at = |day, session| SessionDate::new(date(2025, 10, day), session);
        let notice = ImprovementNotice {
            parent: Party { contact: None, name: "Mrs Khan".to_owned() },
            start: date(2025, 10, 13),
            weeks: 6,
            ends: date(2025, 11, 28),
            most_unauthorised: 1,
            least_percent: None,
        };
        let sessions = [
            (at(10, Session::Am), Statistic::Unauthorised),
            (at(13, Session::Am), Statistic::Present),
            (at(13, Session::Pm), Statistic::Unauthorised),
            (at(14, Session::Am), Statistic::Authorised),
            (at(15, Session::Am), Statistic::Unauthorised),
        ];
        let so_far = |n: usize| status(&notice, &sessions[..n]);
        assert_eq!(so_far(4), Status { unauthorised: 1, attended: 1, possible: 3, breached: None });
        assert_eq!(so_far(5).breached, Some(at(15, Session::Am)));
    }

    proptest! {
        #[test]
        fn the_period_is_counted_day_by_day(offset in 0_u64..80, weeks in 1_u32..=6) {
            let calendar = autumn_2025();
            let start = date(2025, 9, 1) + Days::new(offset);
            let days: Vec<NaiveDate> = calendar.school_days(start..date(2026, 1, 1)).collect();
            // No day of these weeks is closed: five days a week, whatever day it begins on.
            let by_hand = days.get(weeks as usize * 5 - 1).copied();
            prop_assert_eq!(period(&calendar, start, weeks).map(|one| one.ends), by_hand);
        }
    }
}
