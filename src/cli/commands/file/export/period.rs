//! The dates that a table is of.

use std::fmt;

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::cli::Failure;
use crate::cli::parse::date;
use crate::report::tables::marks::Shape;

/// Which dates are asked for.
#[derive(clap::Args, Debug)]
pub struct Period {
    /// One date; today if nothing is said
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, conflicts_with_all = ["week", "from", "until"])]
    day: Option<NaiveDate>,
    /// The week of this date, up to today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, conflicts_with_all = ["from", "until"])]
    week: Option<NaiveDate>,
    /// The first of several dates
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<NaiveDate>,
    /// The last of them; today if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "from")]
    until: Option<NaiveDate>,
}

/// Dates on end, none of them still to come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dates {
    from: NaiveDate,
    until: NaiveDate,
}

impl Period {
    /// The dates as of `today`.
    pub fn dates(&self, today: NaiveDate) -> Result<Dates, Failure> {
        let (from, until) = match (self.day, self.week, self.from) {
            (Some(day), _, _) => (day, day),
            (None, Some(day), _) => {
                let monday = day - TimeDelta::days(i64::from(day.weekday().num_days_from_monday()));
                (monday, (monday + TimeDelta::days(6)).min(today.max(monday)))
            }
            (None, None, Some(from)) => (from, self.until.unwrap_or(today)),
            (None, None, None) => (today, today),
        };
        if until > today {
            return Err(Failure::Usage(format!("{until} is still to come: there is nothing to be exported of it")));
        }
        if from > until {
            return Err(Failure::Usage(format!("{from} is after {until}: give the first date as --from")));
        }
        Ok(Dates { from, until })
    }

    /// What a row of marks is of where nobody says so.
    pub fn usual_shape(&self) -> Shape {
        match (self.week, self.from) {
            (Some(_), _) => Shape::Week,
            (None, Some(_)) => Shape::Long,
            (None, None) => Shape::Day,
        }
    }
}

impl Dates {
    /// Those from the beginning of the record on, where that is later; the last in any case.
    pub fn since(self, begins: Option<NaiveDate>) -> Dates {
        let begins = begins.unwrap_or(self.until).min(self.until);
        Dates { from: self.from.max(begins), ..self }
    }

    /// Each of them, in order.
    pub fn iter(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |date| *date <= self.until)
    }
}

impl fmt::Display for Dates {
    /// "2026-11-23 to 2026-11-27".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.from == self.until {
            true => write!(f, "{}", self.from),
            false => write!(f, "{} to {}", self.from, self.until),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn period(day: Option<u32>, week: Option<u32>, from: Option<u32>, until: Option<u32>) -> Period {
        let [day, week, from, until] = [day, week, from, until].map(|one| one.map(on));
        Period { day, week, from, until }
    }

    #[test]
    fn dates_are_those_that_are_asked_for_up_to_today() {
        // A Tuesday.
        let today = on(24);
        for (period, said, shape) in [
            (period(None, None, None, None), "2026-11-24", Shape::Day),
            (period(Some(9), None, None, None), "2026-11-09", Shape::Day),
            (period(None, Some(26), None, None), "2026-11-23 to 2026-11-24", Shape::Week),
            (period(None, Some(15), None, None), "2026-11-09 to 2026-11-15", Shape::Week),
            (period(None, None, Some(2), None), "2026-11-02 to 2026-11-24", Shape::Long),
            (period(None, None, Some(2), Some(6)), "2026-11-02 to 2026-11-06", Shape::Long),
        ] {
            assert_eq!((period.dates(today).unwrap().to_string().as_str(), period.usual_shape()), (said, shape));
        }
        for (period, why) in [
            (period(Some(25), None, None, None), "2026-11-25 is still to come"),
            (period(None, Some(30), None, None), "2026-11-30 is still to come"),
            (period(None, None, Some(2), Some(25)), "2026-11-25 is still to come"),
            (period(None, None, Some(6), Some(2)), "2026-11-06 is after 2026-11-02"),
        ] {
            assert!(period.dates(today).unwrap_err().to_string().starts_with(why), "{period:?}");
        }
    }

    #[test]
    fn nothing_is_looked_for_before_the_record_begins() {
        let dates = Dates { from: on(2), until: on(6) };
        let days = |begins| dates.since(begins).iter().map(|date| date.day()).collect::<Vec<_>>();
        assert_eq!(days(Some(on(1))), [2, 3, 4, 5, 6]);
        assert_eq!(days(Some(on(5))), [5, 6]);
        for later in [Some(on(20)), None] {
            assert_eq!(days(later), [6]);
        }
    }
}
