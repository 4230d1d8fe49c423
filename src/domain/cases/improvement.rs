//! The time of a notice to improve, counted over school days; and how it stands on a day.

use chrono::{Datelike, Days, NaiveDate};

use super::event::ImprovementNotice;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::dates::monday;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Statistic;

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

impl ImprovementNotice {
    /// One from `start`, its last day counted over school weeks. Whether it can be is for the act to say.
    pub fn counted(self, calendar: &Calendar) -> ImprovementNotice {
        let counted = period(calendar, self.start, self.weeks);
        let (start, ends) = counted.map_or((self.start, self.start), |period| (period.starts, period.ends));
        ImprovementNotice { start, ends, ..self }
    }
}

/// By when something that is done every so many school weeks from the day after `met` is done next, seen on `on`. `None` where the
/// calendar ends before.
pub fn next_of(calendar: &Calendar, met: NaiveDate, weeks: u32, on: NaiveDate) -> Option<NaiveDate> {
    let mut from = met.succ_opt()?;
    loop {
        let ends = period(calendar, from, weeks)?.ends;
        if ends >= on {
            return Some(ends);
        }
        from = ends.succ_opt()?;
    }
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

/// Whether a notice is met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Its time runs, and it is not broken.
    OnTrack,
    /// It was broken with this session: one unauthorised too many.
    Breached(SessionDate),
    /// Its time is over, and fewer of the possible sessions were attended than it asks for.
    TooFew,
    /// Its time is over, and it is met.
    Met,
}

impl Standing {
    /// "breached on Wed 15 Oct AM".
    pub fn describe(self) -> String {
        match self {
            Standing::OnTrack => "on track".to_owned(),
            Standing::Breached(at) => format!("breached on {at}"),
            Standing::TooFew => "not met: too few sessions attended".to_owned(),
            Standing::Met => "met".to_owned(),
        }
    }
}

impl Status {
    /// Whether the notice is met, as of that day.
    pub fn standing(&self, notice: &ImprovementNotice, today: NaiveDate) -> Standing {
        let least = notice.least_percent.and_then(|least| usize::try_from(least).ok()).unwrap_or(0);
        match self.breached {
            Some(at) => Standing::Breached(at),
            None if today <= notice.ends => Standing::OnTrack,
            None if self.attended * 100 < self.possible * least => Standing::TooFew,
            None => Standing::Met,
        }
    }
}

impl std::fmt::Display for Status {
    /// "1 unauthorised, 28 of 30 attended".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} unauthorised, {} of {} attended", self.unauthorised, self.attended, self.possible)
    }
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
    fn a_return_is_made_again_every_so_many_school_weeks() {
        let calendar = autumn_2025();
        let next = |on| next_of(&calendar, date(2025, 9, 26), 4, on);
        assert_eq!(next(date(2025, 9, 29)), Some(date(2025, 10, 24)));
        assert_eq!(next(date(2025, 10, 24)), Some(date(2025, 10, 24)));
        // Half-term is no school week.
        assert_eq!(next(date(2025, 10, 27)), Some(date(2025, 11, 28)));
        assert_eq!(next(date(2025, 12, 20)), None);
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
        let (before, after) = (date(2025, 11, 28), date(2025, 11, 29));
        assert_eq!(so_far(4).standing(&notice, before), Standing::OnTrack);
        assert_eq!(so_far(4).standing(&notice, after), Standing::Met);
        let strict = ImprovementNotice { least_percent: Some(34), ..notice.clone() };
        assert_eq!(so_far(4).standing(&strict, after), Standing::TooFew);
        let broken = so_far(5).standing(&strict, before);
        assert_eq!(broken.describe(), "breached on Wed 15 Oct AM");
        assert_eq!(so_far(5).to_string(), "2 unauthorised, 1 of 4 attended");
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
