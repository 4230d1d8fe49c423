//! Which week a table of days of the week is about.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use crate::exchange::table::odd::begins_foot;

/// The Monday of the week that the lines above the headings tell. Of more than one week, nothing is told.
pub fn of_titles(above: &[String], date: impl Fn(&str) -> Option<NaiveDate>) -> Option<NaiveDate> {
    let mut week = None;
    for line in above.iter().filter(|line| !begins_foot(line)) {
        let words: Vec<&str> = line.split([' ', ',', '(', ')']).filter(|word| !word.is_empty()).collect();
        // A date is one word, or three: 9 November 2026.
        let dates = [1, 3].into_iter().flat_map(|many| words.windows(many)).filter_map(|some| date(&some.join(" ")));
        for monday in dates.map(monday) {
            if week.is_some_and(|week| week != monday) {
                return None;
            }
            week = Some(monday);
        }
    }
    week
}

fn monday(date: NaiveDate) -> NaiveDate {
    date - TimeDelta::days(i64::from(date.weekday().num_days_from_monday()))
}

/// The day of the week that begins on `monday`.
pub fn day_of(monday: NaiveDate, day: Weekday) -> NaiveDate {
    monday + TimeDelta::days(i64::from(day.num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::dates::Order;
    use crate::exchange::table::written::written;

    #[test]
    fn the_week_of_the_titles() {
        let told = |lines: &[&str]| {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            of_titles(&lines, |text| written(text, Order::Open).ok()).map(|week| week.to_string())
        };
        for lines in [
            &["School", "Week beginning 09/11/2026"][..],
            &["Marks from 09/11/2026 to 13/11/2026"],
            &["Week of 9 November 2026", "Printed 20/11/2026 15:55"],
            &["w/c Mon, 9 Nov 2026"],
        ] {
            assert_eq!(told(lines).as_deref(), Some("2026-11-09"), "{lines:?}");
        }
        for lines in [&["School"][..], &["Marks from 09/11/2026 to 20/11/2026"], &[]] {
            assert_eq!(told(lines), None, "{lines:?}");
        }
    }
}
