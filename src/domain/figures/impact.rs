//! What changed after an intervention: attendance in the weeks before and after its day, never said to be caused by it.

use std::ops::Range;

use chrono::{Days, NaiveDate};

use super::Figures;
use super::trend::{Points, change};
use crate::domain::calendar::Calendar;

/// School weeks on either side, where nobody says otherwise.
pub const WEEKS: usize = 4;

/// School days of a week.
const DAYS: usize = 5;
/// With fewer possible sessions on a side there is no figure yet.
const FEWEST: u32 = 20;
/// A change of less is none, in tenths of a point.
const SAME: i32 = 20;

/// The dates before and after the day of an intervention: as many school days on either side, itself in neither.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Windows {
    /// Before it.
    pub before: Range<NaiveDate>,
    /// After it, up to its last school day, or to the last that the calendar has.
    pub after: Range<NaiveDate>,
    /// School days of a whole side.
    pub days: usize,
    /// Those of the side after that have gone by.
    pub gone: usize,
}

impl Windows {
    /// Of so many school weeks about the day `on`, seen on `today`, which does not count itself.
    pub fn about(calendar: &Calendar, on: NaiveDate, weeks: usize, today: NaiveDate) -> Windows {
        let days = weeks * DAYS;
        let next = |date: NaiveDate| date.checked_add_days(Days::new(1)).unwrap_or(date);
        let first = calendar.school_days_before(on).take(days).last().unwrap_or(on);
        let after: Vec<NaiveDate> = calendar.school_days_after(on).take(days).collect();
        let end = after.last().map_or(next(on), |last| next(*last));
        let gone = after.iter().filter(|date| **date < today).count();
        Windows { before: first..on, after: next(on)..end, days, gone }
    }

    /// Whether the days after are not all gone by.
    pub fn is_provisional(&self) -> bool {
        self.gone < self.days
    }

    /// Whether the windows of two interventions share a day: neither can be told from the other.
    pub fn overlap(&self, other: &Windows) -> bool {
        self.before.start < other.after.end && other.before.start < self.after.end
    }
}

/// Of each of these interventions of one pupil, whether another's windows overlap its own.
pub fn overlapping(all: &[Windows]) -> Vec<bool> {
    let others = |place: usize| all.iter().enumerate().filter(move |(other, _)| *other != place).map(|(_, one)| one);
    all.iter().enumerate().map(|(place, one)| others(place).any(|other| other.overlap(one))).collect()
}

/// Figures before and after.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Impact {
    /// Before.
    pub before: Figures,
    /// After, as far as it has gone by.
    pub after: Figures,
}

/// How attendance stands after beside before.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Became {
    /// Two points more, or better.
    Improved,
    /// Less than two points from what it was.
    Same,
    /// Two points less, or worse.
    Worse,
    /// Fewer than twenty possible sessions on a side.
    TooEarly,
}

impl Impact {
    /// By how much attendance rose; `None` where it is [too early](Became::TooEarly) to say.
    pub fn points(&self) -> Option<Points> {
        let enough = self.before.possible >= FEWEST && self.after.possible >= FEWEST;
        change(&self.before, &self.after).filter(|_| enough)
    }

    /// The same less what the pupil's year group changed by over the same dates.
    pub fn net(&self, year_group: &Impact) -> Option<Points> {
        Some(self.points()? - change(&year_group.before, &year_group.after)?)
    }

    /// Sessions missed fewer than before; negative where more were.
    pub fn fewer_missed(&self) -> i64 {
        i64::from(self.before.absent()) - i64::from(self.after.absent())
    }

    /// In a word.
    pub fn became(&self) -> Became {
        match self.points() {
            None => Became::TooEarly,
            Some(points) if points.0 >= SAME => Became::Improved,
            Some(points) if points.0 <= -SAME => Became::Worse,
            Some(_) => Became::Same,
        }
    }
}

/// What several pupils' come to together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pooled {
    /// Their sessions together: never the mean of their changes.
    pub together: Impact,
    /// Whose attendance improved.
    pub improved: u32,
    /// Whose stayed as it was.
    pub same: u32,
    /// Whose became worse.
    pub worse: u32,
    /// Of whom it is too early to say: their sessions are not among those pooled.
    pub too_early: u32,
}

/// Pool the sessions of several pupils.
pub fn pooled<'i>(all: impl IntoIterator<Item = &'i Impact>) -> Pooled {
    let mut pool = Pooled::default();
    for one in all {
        match one.became() {
            Became::Improved => pool.improved += 1,
            Became::Same => pool.same += 1,
            Became::Worse => pool.worse += 1,
            Became::TooEarly => {
                pool.too_early += 1;
                continue;
            }
        }
        pool.together.before += one.before;
        pool.together.after += one.after;
    }
    pool
}

/// What the year groups come to together, over the same dates, of those who are [pooled]: each beside the impact of their own. A year
/// group counts as often as there are pupils of it.
pub fn year_groups<'i>(all: impl IntoIterator<Item = (&'i Impact, &'i Impact)>) -> Impact {
    let told = all.into_iter().filter(|(own, _)| own.points().is_some());
    told.fold(Impact::default(), |sum, (_, year)| Impact {
        before: sum.before + year.before,
        after: sum.after + year.after,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Term;
    use crate::domain::testing::date;
    use proptest::prelude::*;

    fn attended((attended, possible): (u32, u32)) -> Figures {
        Figures { possible, attended, authorised: possible - attended, ..Figures::default() }
    }

    fn impact(before: (u32, u32), after: (u32, u32)) -> Impact {
        Impact { before: attended(before), after: attended(after) }
    }

    fn said(points: Option<Points>) -> Option<String> {
        points.map(|points| points.to_string())
    }

    /// Autumn 2025, its weeks from that of 1 September, with half-term in the week of 27 October.
    fn autumn() -> Calendar {
        let term = |from, until| Term { name: String::new(), from, until };
        let terms = vec![term(date(2025, 9, 1), date(2025, 10, 24)), term(date(2025, 11, 3), date(2025, 12, 19))];
        Calendar { terms, ..Calendar::default() }
    }

    #[test]
    fn a_change_is_told_with_its_sessions_and_beside_the_year_group_s() {
        let pupil = impact((28, 40), (34, 40));
        assert_eq!((said(pupil.points()).as_deref(), pupil.fewer_missed()), (Some("+15.0"), 6));
        assert_eq!(pupil.became(), Became::Improved);
        let year_group = impact((910, 1000), (925, 1000));
        assert_eq!(said(pupil.net(&year_group)).as_deref(), Some("+13.5"));
    }

    #[test]
    fn too_few_sessions_are_too_early() {
        // Two days before were days on which the site was closed; three of four weeks after have gone by.
        assert_eq!(said(impact((27, 36), (27, 30)).points()).as_deref(), Some("+15.0"));
        for early in [impact((27, 36), (11, 12)), impact((27, 36), (19, 19)), impact((19, 19), (27, 36))] {
            assert_eq!((early.points(), early.became()), (None, Became::TooEarly));
        }
        assert_eq!(impact((18, 20), (18, 20)).became(), Became::Same);
        // A Monday's letter in the ninth week: twenty days before reach over half-term.
        let seen = Windows::about(&autumn(), date(2025, 11, 3), WEEKS, date(2025, 11, 25));
        assert_eq!(seen.before, date(2025, 9, 29)..date(2025, 11, 3));
        assert_eq!(seen.after, date(2025, 11, 4)..date(2025, 12, 2));
        assert_eq!((seen.days, seen.gone, seen.is_provisional()), (20, 15, true));
        assert!(!Windows::about(&autumn(), date(2025, 11, 3), WEEKS, date(2025, 12, 2)).is_provisional());
        // The calendar has no more days: it stays provisional.
        assert_eq!(Windows::about(&autumn(), date(2025, 12, 15), WEEKS, date(2026, 2, 1)).gone, 4);
    }

    #[test]
    fn several_pupils_are_pooled_by_their_sessions() {
        let both = [impact((10, 20), (18, 20)), impact((38, 40), (36, 40))];
        let pool = pooled(&both);
        assert_eq!((pool.together.before, pool.together.after), (attended((48, 60)), attended((54, 60))));
        assert_eq!(said(pool.together.points()).as_deref(), Some("+10.0"));
        assert_eq!((pool.improved, pool.same, pool.worse, pool.too_early), (1, 0, 1, 0));
        assert_eq!(pooled(&[impact((1, 2), (1, 2))]), Pooled { too_early: 1, ..Pooled::default() });
    }

    #[test]
    fn interventions_whose_windows_overlap_are_told() {
        let about = |on| Windows::about(&autumn(), on, WEEKS, date(2025, 12, 31));
        // A letter in week 5, a panel in week 7; and, alone, one at the end of the term.
        let (letter, panel) = (about(date(2025, 9, 30)), about(date(2025, 10, 14)));
        assert_eq!(overlapping(&[letter.clone(), panel]), [true, true]);
        let (first, last) = (about(date(2025, 9, 4)), about(date(2025, 12, 1)));
        assert_eq!(overlapping(&[first, last]), [false, false]);
        assert_eq!(overlapping(&[letter]), [false]);
    }

    proptest! {
        /// Both sides have as many school days, and neither has the day itself.
        #[test]
        fn both_sides_are_alike(day in 40_u64..60, weeks in 1_usize..4) {
            let (calendar, on) = (autumn(), date(2025, 9, 1) + Days::new(day));
            let windows = Windows::about(&calendar, on, weeks, date(2026, 1, 1));
            let days = |dates: &Range<NaiveDate>| calendar.school_days(dates.clone()).count();
            prop_assert_eq!((days(&windows.before), days(&windows.after)), (weeks * 5, weeks * 5));
            prop_assert!(!windows.before.contains(&on) && !windows.after.contains(&on) && !windows.is_provisional());
        }
    }
}
