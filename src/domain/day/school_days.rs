//! The school days of a range of dates, listed once, so that counting the sessions between two of them is arithmetic.

use std::ops::Range;

use chrono::NaiveDate;

use super::PastDay;
use crate::domain::calendar::session::Session;
use crate::domain::facts::evidence::Mark;
use crate::domain::school::roll::Roll;

/// The school days of a stretch of dates.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SchoolDays {
    /// In order.
    days: Vec<SchoolDay>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct SchoolDay {
    date: NaiveDate,
    sessions: &'static [Session],
    /// Sessions of the stretch up to and including this day's.
    so_far: u32,
}

impl SchoolDays {
    /// Those of a school in a stretch of dates.
    pub fn of(roll: &Roll, dates: Range<NaiveDate>) -> SchoolDays {
        let mut so_far = 0;
        let days = roll.calendar.school_days(dates).map(|date| {
            let sessions = roll.sessions_of(date);
            so_far += u32::try_from(sessions.len()).unwrap_or_default();
            SchoolDay { date, sessions, so_far }
        });
        SchoolDays { days: days.collect() }
    }

    /// How many sessions there are on the dates of `within`, as far as the stretch reaches.
    pub fn sessions(&self, within: &Range<NaiveDate>) -> u32 {
        let before = |date: NaiveDate| {
            let days = self.days.partition_point(|day| day.date < date);
            days.checked_sub(1).and_then(|last| self.days.get(last)).map_or(0, |day| day.so_far)
        };
        before(within.end).saturating_sub(before(within.start))
    }

    /// A day's marks in sessions that there are, and those in sessions that there are not.
    pub fn split(&self, day: PastDay) -> (PastDay, PastDay) {
        let found = self.days.binary_search_by_key(&day.date, |day| day.date).ok();
        let held = found.and_then(|place| self.days.get(place)).map_or(&[][..], |day| day.sessions);
        let of = |session, mark: Option<Mark>| mark.filter(|_| held.contains(&session));
        let kept = PastDay { am: of(Session::Am, day.am), pm: of(Session::Pm, day.pm), ..day };
        let rest = PastDay { am: day.am.xor(kept.am), pm: day.pm.xor(kept.pm), ..day };
        (kept, rest)
    }

    /// The dates of `within`, in order.
    pub fn dates(&self, within: Range<NaiveDate>) -> impl Iterator<Item = NaiveDate> + '_ {
        self.days.iter().map(|day| day.date).filter(move |date| within.contains(date))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::pupil::Pupil;
    use crate::domain::testing::*;
    use chrono::Days;
    use proptest::prelude::*;

    fn spring() -> SchoolDays {
        SchoolDays::of(&roll(), date(2026, 1, 1)..date(2026, 3, 4))
    }

    #[test]
    fn sessions_are_counted_by_the_calendar() {
        for (from, until, sessions) in [
            // A week, and one with its Monday closed after half-term.
            (date(2026, 1, 5), date(2026, 1, 10), 10),
            (date(2026, 2, 14), date(2026, 2, 28), 8),
            (date(2026, 2, 13), date(2026, 2, 24), 2),
            // One day, none, the wrong way round, and beyond the stretch on both sides.
            (date(2026, 1, 5), date(2026, 1, 6), 2),
            (date(2026, 1, 5), date(2026, 1, 5), 0),
            (date(2026, 1, 9), date(2026, 1, 5), 0),
            (date(2025, 9, 1), date(2026, 9, 1), 72),
        ] {
            assert_eq!(spring().sessions(&(from..until)), sessions, "{from} to {until}");
        }
        let marked = |date| PastDay { date, am: None, pm: Some(mark("N")) };
        let none = |date| PastDay { date, am: None, pm: None };
        assert_eq!(spring().split(marked(date(2026, 3, 3))), (marked(date(2026, 3, 3)), none(date(2026, 3, 3))));
        for closed in [date(2026, 2, 23), date(2026, 2, 18), date(2026, 1, 10), date(2026, 3, 4)] {
            assert_eq!(spring().split(marked(closed)), (none(closed), marked(closed)), "{closed}");
        }
    }

    #[test]
    fn a_pupil_has_the_sessions_while_on_roll() {
        let of = |from, until| {
            let pupil = Pupil { from, until, ..pupil(1, "Khan", "Amira", G8KM) };
            spring().sessions(&pupil.on_roll_within(date(2026, 1, 1)..date(2026, 3, 4)))
        };
        assert_eq!(of(date(2025, 9, 1), None), 72);
        assert_eq!(of(date(2026, 3, 2), None), 4);
        assert_eq!(of(date(2025, 9, 1), Some(date(2026, 1, 5))), 2, "the last day is one of them");
        assert_eq!(of(date(2026, 3, 9), None), 0);
        assert_eq!(of(date(2025, 9, 1), Some(date(2025, 12, 19))), 0);
    }

    proptest! {
        /// Counted by arithmetic or day by day is the same.
        #[test]
        fn arithmetic_counts_as_one_by_one_does(from in 0_u64..90, length in 0_u64..90) {
            let from = date(2025, 12, 20) + Days::new(from);
            let within = from..from + Days::new(length);
            let days = spring();
            let held = |date: &NaiveDate| {
                let both = PastDay { date: *date, am: Some(mark("/")), pm: Some(mark("\\")) };
                days.split(both).0.marks().count()
            };
            let one_by_one: usize = from.iter_days().take_while(|date| *date < within.end).map(|date| held(&date)).sum();
            prop_assert_eq!(days.sessions(&within) as usize, one_by_one);
            prop_assert_eq!(days.dates(within).count() * 2, one_by_one);
        }
    }
}
