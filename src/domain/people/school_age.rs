//! Compulsory school age in England (Education Act 1996, section 8), and the year group of an age.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Months after which somebody is 5, and 16.
const FIVE: Months = Months::new(5 * 12);
const SIXTEEN: Months = Months::new(16 * 12);

/// Whether somebody born on that day is of compulsory school age on `date`: from the prescribed day on or after their fifth
/// birthday (31 March, 31 August, 31 December) until the last Friday in June of the school year in which they are 16.
pub fn is_of_school_age(born: NaiveDate, date: NaiveDate) -> bool {
    begins(born).is_some_and(|first| first <= date) && ends(born).is_some_and(|last| date <= last)
}

fn begins(born: NaiveDate) -> Option<NaiveDate> {
    let fifth = born.checked_add_months(FIVE)?;
    let prescribed = [(3, 31), (8, 31), (12, 31)];
    let days = prescribed.into_iter().filter_map(|(month, day)| NaiveDate::from_ymd_opt(fifth.year(), month, day));
    days.filter(|day| fifth <= *day).min()
}

fn ends(born: NaiveDate) -> Option<NaiveDate> {
    let year = school_year(born.checked_add_months(SIXTEEN)?);
    let last = NaiveDate::from_ymd_opt(year + 1, 6, 30)?;
    // A week that begins on a Saturday ends on its Friday: the last in June is that of 30 June, or of the week before.
    let friday = last.week(Weekday::Sat).last_day();
    if friday == last { Some(last) } else { friday.checked_sub_days(Days::new(7)) }
}

/// The year group of somebody born on that day, in the school year of `date`, if they are with others of their age: 0 for
/// reception, less for nursery.
pub fn usual_year(born: NaiveDate, date: NaiveDate) -> i64 {
    i64::from(school_year(date) - school_year(born)) - 5
}

/// The calendar year in which the school year of `date` begins, on 1 September as birthdays are counted.
fn school_year(date: NaiveDate) -> i32 {
    if date.month() >= 9 { date.year() } else { date.year() - 1 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::calendar::session::{Session, SessionDate};
    use crate::domain::people::pupil::Pupil;
    use crate::domain::testing::{G8KM, code, date, pupil, roll, today};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn school_age_begins_on_a_prescribed_day_and_ends_on_the_last_friday_in_june() {
        for (born, first, last) in [
            // On the day itself, where the fifth birthday is one.
            ("2021-08-31", "2026-08-31", "2037-06-26"),
            ("2021-09-01", "2026-12-31", "2038-06-25"),
            ("2021-12-31", "2026-12-31", "2038-06-25"),
            ("2022-01-01", "2027-03-31", "2038-06-25"),
            ("2022-03-31", "2027-03-31", "2038-06-25"),
            ("2022-04-01", "2027-08-31", "2038-06-25"),
            ("2020-02-29", "2025-03-31", "2036-06-27"),
            // The oldest and the youngest of one year leave on one day.
            ("2009-09-01", "2014-12-31", "2026-06-26"),
            ("2010-08-31", "2015-08-31", "2026-06-26"),
            ("2010-09-01", "2015-12-31", "2027-06-25"),
            // 30 June is itself a Friday.
            ("2007-01-15", "2012-03-31", "2023-06-30"),
        ] {
            let (born, first, last) = (day(born), day(first), day(last));
            assert_eq!((begins(born), ends(born)), (Some(first), Some(last)), "{born}");
            for (date, is) in
                [(first.pred_opt().unwrap(), false), (first, true), (last, true), (last.succ_opt().unwrap(), false)]
            {
                assert_eq!(is_of_school_age(born, date), is, "{born} on {date}");
            }
        }
    }

    #[test]
    fn an_age_has_its_year_group() {
        for (born, on, year) in [
            ("2014-09-01", "2026-11-24", 7),
            ("2015-08-31", "2026-11-24", 7),
            ("2010-09-01", "2026-11-24", 11),
            ("2010-08-31", "2026-11-24", 12),
            ("2021-09-01", "2026-11-24", 0),
            ("2022-09-01", "2026-11-24", -1),
            ("2014-09-01", "2026-08-31", 6),
        ] {
            assert_eq!(usual_year(day(born), day(on)), year, "{born} on {on}");
        }
    }

    #[test]
    fn a_date_of_birth_says_on_which_day_school_age_ends_whatever_the_year_group() {
        let born = |born| Pupil { date_of_birth: born, ..pupil(1, "Khan", "Amira", G8KM) };
        let roll = roll();
        let may = |one: &Pupil, on| roll.check_code(code("X"), SessionDate::new(on, Session::Am), one, today()).is_ok();
        let (unknown, leaver) = (born(None), born(Some(date(2010, 3, 1))));
        for (on, by_year, by_date) in [
            (date(2026, 6, 26), false, false),
            (date(2026, 6, 29), false, true),
            (date(2015, 3, 30), true, true),
            (date(2015, 3, 31), true, false),
        ] {
            assert_eq!((may(&unknown, on), may(&leaver, on)), (by_year, by_date), "{on}");
        }
    }

    proptest! {
        #[test]
        fn it_is_one_stretch_that_holds_years_two_to_ten(days in 0_i64..20_000, later in 0_i64..9_000) {
            let born = day("1990-01-01") + chrono::TimeDelta::days(days);
            let on = born + chrono::TimeDelta::days(later);
            if (2..=10).contains(&usual_year(born, on)) {
                prop_assert!(is_of_school_age(born, on));
            }
            if !(0..=11).contains(&usual_year(born, on)) {
                prop_assert!(!is_of_school_age(born, on), "{born} {on}");
            }
            let last = ends(born).unwrap();
            prop_assert_eq!((last.weekday(), last.month()), (Weekday::Fri, 6));
            prop_assert_eq!((last + chrono::TimeDelta::days(7)).month(), 7);
        }
    }
}
