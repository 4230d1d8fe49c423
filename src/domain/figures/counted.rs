//! Which sessions of a stretch of dates count in figures: those of the calendar that have begun. A school year whose terms nobody has
//! brought in is as its marks say: each on a weekday counts, and no blank is known.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Weekday};
use hashbrown::HashMap;

use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::school::roll::Roll;

/// The sessions of a stretch of dates that count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counted {
    dates: Range<NaiveDate>,
    /// A row for each date.
    rows: Vec<Row>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Row {
    meets: Meets,
    /// Sessions of the calendar up to and including this date's.
    so_far: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Meets {
    /// In these sessions, by the calendar.
    For(&'static [Session]),
    /// Where there are marks: nobody knows more.
    AsMarked,
    /// The same, of this session alone.
    AsMarkedIn(Session),
}

impl Counted {
    /// Those of a school on these dates, as far as they have begun by `now`.
    pub fn of(roll: &Roll, dates: Range<NaiveDate>, now: NaiveDateTime) -> Counted {
        let tomorrow = now.date().checked_add_days(Days::new(1)).unwrap_or(dates.end);
        let dates = dates.start..dates.end.min(tomorrow).max(dates.start);
        let mut years: HashMap<NaiveDate, bool> = HashMap::new();
        let mut so_far = 0;
        let row = |date: NaiveDate| {
            let starts = Calendar::year_start(date);
            let has_terms = *years.entry(starts).or_insert_with(|| roll.calendar.has_terms(starts));
            let meets = match has_terms {
                true => Meets::For(begun(roll, date, roll.sessions_of(date), now)),
                false if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) => Meets::For(&[]),
                false if date < now.date() => Meets::AsMarked,
                false => match begun(roll, date, roll.hours(date).sessions(), now) {
                    [] => Meets::For(&[]),
                    [only] => Meets::AsMarkedIn(*only),
                    [..] => Meets::AsMarked,
                },
            };
            if let Meets::For(sessions) = meets {
                so_far += u32::try_from(sessions.len()).unwrap_or_default();
            }
            Row { meets, so_far }
        };
        let rows = dates.start.iter_days().take_while(|date| *date < dates.end).map(row).collect();
        Counted { dates, rows }
    }

    /// Those of them that are in this half of this weekday.
    #[must_use]
    pub fn only(mut self, weekday: Weekday, session: Session) -> Counted {
        let mut so_far = 0;
        for (row, date) in self.rows.iter_mut().zip(self.dates.start.iter_days()) {
            row.meets = match row.meets {
                Meets::For(sessions) if date.weekday() == weekday && sessions.contains(&session) => {
                    so_far += 1;
                    Meets::For(session.alone())
                }
                Meets::AsMarked | Meets::AsMarkedIn(_) if date.weekday() == weekday => Meets::AsMarkedIn(session),
                Meets::For(_) | Meets::AsMarked | Meets::AsMarkedIn(_) => Meets::For(&[]),
            };
            row.so_far = so_far;
        }
        self
    }

    /// The dates of it: none lies after today.
    pub fn dates(&self) -> &Range<NaiveDate> {
        &self.dates
    }

    /// The place of a date among them, from 0.
    pub fn place(&self, date: NaiveDate) -> Option<usize> {
        let place = usize::try_from((date - self.dates.start).num_days()).ok()?;
        (place < self.rows.len()).then_some(place)
    }

    /// Whether a mark of that session counts.
    pub fn has(&self, at: SessionDate) -> bool {
        let row = self.place(at.date).and_then(|place| self.rows.get(place));
        row.is_some_and(|row| match row.meets {
            Meets::For(sessions) => sessions.contains(&at.session),
            Meets::AsMarked => true,
            Meets::AsMarkedIn(session) => at.session == session,
        })
    }

    /// The sessions of a date that count whether or not they have a mark.
    pub fn known(&self, date: NaiveDate) -> &'static [Session] {
        match self.place(date).and_then(|place| self.rows.get(place)).map(|row| row.meets) {
            Some(Meets::For(sessions)) => sessions,
            Some(Meets::AsMarked | Meets::AsMarkedIn(_)) | None => &[],
        }
    }

    /// How many sessions count whether or not they have a mark, on the dates of `within`.
    pub fn known_within(&self, within: &Range<NaiveDate>) -> u32 {
        let before = |date: NaiveDate| {
            let days = usize::try_from((date - self.dates.start).num_days()).unwrap_or(0).min(self.rows.len());
            days.checked_sub(1).and_then(|last| self.rows.get(last)).map_or(0, |row| row.so_far)
        };
        before(within.end).saturating_sub(before(within.start))
    }
}

/// Those of the sessions of a date whose registers have opened by `now`.
fn begun(roll: &Roll, date: NaiveDate, sessions: &'static [Session], now: NaiveDateTime) -> &'static [Session] {
    let begun = sessions.iter().take_while(|session| roll.has_begun(SessionDate::new(date, **session), now)).count();
    sessions.get(..begun).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::school_days::SchoolDays;
    use crate::domain::testing::*;
    use proptest::prelude::*;

    #[test]
    fn a_session_counts_from_when_its_register_opens() {
        for (now, sessions) in [("08:39", 72), ("08:40", 73), ("13:19", 73), ("13:20", 74), ("23:59", 74)] {
            let counted = Counted::of(&roll(), date(2025, 8, 1)..date(2026, 8, 1), at(now));
            assert_eq!(counted.known_within(&(date(2025, 8, 1)..date(2026, 8, 1))), sessions, "{now}");
            assert_eq!(counted.has(SessionDate::new(today(), Session::Pm)), sessions == 74, "{now}");
            assert_eq!(counted.dates().end, date(2026, 3, 5));
        }
    }

    #[test]
    fn without_terms_only_marks_count_and_none_at_a_weekend() {
        let counted = Counted::of(&roll(), date(2024, 9, 1)..date(2024, 10, 1), at("09:00"));
        assert_eq!(counted.known_within(&(date(2024, 9, 1)..date(2024, 10, 1))), 0);
        for (day, has) in [(6, true), (7, false), (8, false), (9, true)] {
            assert_eq!(counted.has(SessionDate::new(date(2024, 9, day), Session::Am)), has, "{day}");
        }
        assert!(!counted.has(SessionDate::new(date(2024, 10, 1), Session::Am)), "outside the dates");

        let mut roll = roll();
        roll.calendar = Calendar::default();
        for (now, has) in [("08:39", [false, false]), ("13:19", [true, false]), ("13:20", [true, true])] {
            let counted = Counted::of(&roll, date(2025, 8, 1)..date(2026, 8, 1), at(now));
            assert_eq!(Session::BOTH.map(|session| counted.has(SessionDate::new(today(), session))), has, "{now}");
        }
    }

    proptest! {
        /// Of days gone by it is the school's days, as every figure has them.
        #[test]
        fn days_gone_by_are_the_school_s(from in 0_u64..120, length in 0_u64..120, start in 0_u64..60) {
            let (whole, now) = (date(2025, 12, 1) + Days::new(start)..date(2026, 3, 4), at("23:00"));
            let within = date(2025, 11, 20) + Days::new(from)..date(2025, 11, 20) + Days::new(from + length);
            let counted = Counted::of(&roll(), whole.clone(), now);
            let days = SchoolDays::of(&roll(), whole.clone());
            prop_assert_eq!(counted.known_within(&within), days.sessions(&within));
            let one_by_one: usize = within.start.iter_days().take_while(|day| *day < within.end).map(|day| counted.known(day).len()).sum();
            prop_assert_eq!(one_by_one as u32, days.sessions(&within));

            // Each half of each weekday by itself, they are all of them.
            let weekdays = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
            let halves = weekdays.into_iter().flat_map(|day| Session::BOTH.map(|session| counted.clone().only(day, session)));
            prop_assert_eq!(halves.map(|half| half.known_within(&within)).sum::<u32>(), days.sessions(&within));
        }
    }
}
