//! How long the record is kept: entries of the attendance register for six years from the date on which they were made
//! (Regulations 2024). It is cleared by whole school years.

use chrono::{Months, NaiveDate};

use super::Calendar;

/// Years that an entry is kept from the date on which it was made.
pub const YEARS: u32 = 6;

/// Up to which date the record may be cleared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Past {
    /// The last day of the last school year that is past keeping. What was entered later is kept, whatever it is about.
    pub last_day: NaiveDate,
}

impl Past {
    /// What is past keeping on `today`.
    pub fn on(today: NaiveDate) -> Past {
        let kept_from = today.checked_sub_months(Months::new(12 * YEARS)).unwrap_or(NaiveDate::MIN);
        Past { last_day: Calendar::year_start(kept_from).pred_opt().unwrap_or(NaiveDate::MIN) }
    }

    /// The first day of what is kept.
    pub fn kept_from(self) -> NaiveDate {
        self.last_day.succ_opt().unwrap_or(self.last_day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_school_year_is_past_when_six_years_have_gone_since_its_last_day() {
        for (today, last_day) in [
            (date(2026, 11, 24), date(2020, 7, 31)),
            (date(2026, 8, 1), date(2020, 7, 31)),
            (date(2026, 7, 31), date(2019, 7, 31)),
            (date(2024, 2, 29), date(2017, 7, 31)),
        ] {
            assert_eq!(Past::on(today).last_day, last_day, "{today}");
        }
    }

    proptest! {
        #[test]
        fn nothing_of_the_last_six_years_is_past(days in 0..20_000_u64) {
            let today = date(2000, 1, 1) + chrono::Days::new(days);
            let kept_from = Past::on(today).kept_from();
            prop_assert!(kept_from + Months::new(12 * YEARS) <= today);
            prop_assert!(today < kept_from + Months::new(12 * (YEARS + 1)));
        }
    }
}
