//! The school calendar of an English secondary school: six half-terms a year, training days, bank holidays.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::ingredients::Dates;
use crate::domain::calendar::{Calendar, ClosedDay, Closure, Term};

/// The calendar of `years` school years, the last of them the one `today` lies in.
pub(super) fn calendar(today: NaiveDate, years: u32, dates: &Dates) -> Calendar {
    let last = Calendar::year_start(today).year();
    let mut calendar = Calendar::default();
    for year in (0..years.max(1)).rev().filter_map(|back| last.checked_sub_unsigned(back)) {
        let terms = terms(year);
        let mut closed = training_days(&terms);
        closed.extend(bank_holidays(year));
        let named = dates.closed.iter().filter(|day| in_term(&terms, day.date));
        closed.extend(named.map(|day| ClosedDay { date: day.date, kind: day.kind, name: day.name.clone() }));
        closed.sort_by_key(|day| day.date);
        closed.dedup_by_key(|day| day.date);
        calendar.terms.extend(terms);
        calendar.closed.extend(closed);
    }
    calendar
}

/// The six half-terms of the school year that begins in `year`.
fn terms(year: i32) -> Vec<Term> {
    let term = |name: &str, from, until| Term { name: name.to_owned(), from, until };
    let autumn_half = on_or_after(Weekday::Mon, day(year, 10, 22));
    let christmas = on_or_after(Weekday::Fri, day(year, 12, 16));
    let new_year = christmas + Days::new(17);
    let spring_half = on_or_after(Weekday::Mon, day(year + 1, 2, 12));
    let easter = easter(year + 1);
    let summer_half = spring_bank_holiday(year + 1);
    let end = on_or_after(Weekday::Wed, day(year + 1, 7, 17));
    vec![
        term("Autumn 1", first_weekday(day(year, 9, 1)), autumn_half - Days::new(3)),
        term("Autumn 2", autumn_half + Days::new(7), christmas),
        term("Spring 1", new_year, spring_half - Days::new(3)),
        term("Spring 2", spring_half + Days::new(7), easter - Days::new(9)),
        term("Summer 1", easter + Days::new(8), summer_half - Days::new(3)),
        term("Summer 2", summer_half + Days::new(7), end),
    ]
}

/// Five a year: the first two days, the day before the autumn half-term, the first after New Year and after the summer one.
fn training_days(terms: &[Term]) -> Vec<ClosedDay> {
    let inset = |date| ClosedDay { date, kind: Closure::Inset, name: "Staff training".to_owned() };
    let mut days = Vec::new();
    if let [autumn, _, spring, _, _, summer] = terms {
        let second = first_weekday(autumn.from + Days::new(1));
        days.extend([autumn.from, second, autumn.until, spring.from, summer.from].map(inset));
    }
    days
}

/// Those that a rule gives and a term could hold.
fn bank_holidays(year: i32) -> Vec<ClosedDay> {
    let holiday = |date, name: &str| ClosedDay { date, kind: Closure::BankHoliday, name: name.to_owned() };
    let easter = easter(year + 1);
    vec![
        holiday(day(year, 12, 25), "Christmas Day"),
        holiday(day(year + 1, 1, 1), "New Year's Day"),
        holiday(easter - Days::new(2), "Good Friday"),
        holiday(easter + Days::new(1), "Easter Monday"),
        holiday(on_or_after(Weekday::Mon, day(year + 1, 5, 1)), "May Day"),
        holiday(spring_bank_holiday(year + 1), "Spring bank holiday"),
    ]
}

fn in_term(terms: &[Term], date: NaiveDate) -> bool {
    terms.iter().any(|term| term.from <= date && date <= term.until)
}

/// Every date here exists; the calendar's first day stands in for one that would not.
fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn on_or_after(weekday: Weekday, date: NaiveDate) -> NaiveDate {
    date + Days::new(u64::from(weekday.days_since(date.weekday())))
}

fn first_weekday(date: NaiveDate) -> NaiveDate {
    match date.weekday() {
        Weekday::Sat | Weekday::Sun => on_or_after(Weekday::Mon, date),
        _ => date,
    }
}

/// The last Monday in May.
fn spring_bank_holiday(year: i32) -> NaiveDate {
    on_or_after(Weekday::Mon, day(year, 5, 25))
}

/// Easter Sunday, by the anonymous Gregorian reckoning.
fn easter(year: i32) -> NaiveDate {
    let (golden, century, in_century) = (year % 19, year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - correction + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - moon - in_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * late + 114;
    day(year, (days / 31).unsigned_abs(), (days % 31 + 1).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::super::ingredients::Ingredients;
    use super::*;

    #[test]
    fn easter_falls_where_it_does() {
        for (year, month, date) in [(2021, 4, 4), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28)] {
            assert_eq!(easter(year), day(year, month, date));
        }
    }

    #[test]
    fn a_year_has_about_190_days_and_six_terms() {
        let dates = Ingredients::load().unwrap().dates;
        let calendar = calendar(day(2026, 11, 24), 6, &dates);
        assert_eq!(calendar.terms.len(), 36);
        assert!(calendar.terms.windows(2).all(|two| two[0].until < two[1].from));
        for year in 2021..=2026 {
            let start = day(year, 8, 31);
            let days = calendar.school_days_after(start).take_while(|date| *date < day(year + 1, 8, 1)).count();
            assert!((186..=194).contains(&days), "{year}: {days} days");
            let insets = calendar.closed.iter().filter(|closed| closed.kind == Closure::Inset);
            assert_eq!(insets.filter(|closed| Calendar::year_start(closed.date).year() == year).count(), 5);
        }
    }

    #[test]
    fn holidays_and_snow_are_closed_and_the_day_itself_is_not() {
        let dates = Ingredients::load().unwrap().dates;
        let calendar = calendar(day(2026, 11, 24), 2, &dates);
        for (month, date) in [(1, 8), (2, 16), (4, 3), (5, 4), (5, 7), (5, 25)] {
            assert!(!calendar.is_school_day(day(2026, month, date)), "{date}.{month}.");
        }
        assert!(calendar.is_school_day(day(2026, 11, 24)));
        assert!(calendar.is_school_day(day(2027, 7, 20)));
    }
}
