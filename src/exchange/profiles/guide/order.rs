//! Which comes first in the dates of one column, told by all of them.

use super::sample::Cells;
use crate::exchange::profiles::profile::Dates;
use crate::exchange::table::dates::{Order, Reads, reads};

/// What the dates of a column tell, each with one that tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
    /// Each can be read in one way, whichever comes first in others.
    Plain,
    /// The day comes first: in this one.
    DayFirst(String),
    /// The month comes first: in this one.
    MonthFirst(String),
    /// Some have the day first and some the month: these.
    Both(String, String),
    /// Nothing: this one and all others may be read either way.
    Open(String),
}

/// Whether `text` is a date, whichever comes first in it.
pub fn is_date(text: &str) -> bool {
    let is = |dates: Dates| dates.date(text, Order::DayFirst).is_ok();
    is(Dates::DayFirst) || is(Dates::MonthFirst)
}

/// What `texts` tell.
pub fn told<'t>(texts: impl Iterator<Item = &'t str>) -> Told {
    let (mut day, mut month, mut either) = (None, None, None);
    for text in texts {
        // A day of the week before it, or a time behind it, is no part of it.
        let date = text.split(' ').find(|part| part.contains('/')).unwrap_or(text);
        match reads(date) {
            Reads::DayFirst => day = day.or(Some(text)),
            Reads::MonthFirst => month = month.or(Some(text)),
            Reads::Either => either = either.or(Some(text)),
            Reads::Otherwise => {}
        }
    }
    match (day, month, either) {
        (Some(day), Some(month), _) => Told::Both(day.to_owned(), month.to_owned()),
        (Some(day), None, _) => Told::DayFirst(day.to_owned()),
        (None, Some(month), _) => Told::MonthFirst(month.to_owned()),
        (None, None, Some(either)) => Told::Open(either.to_owned()),
        (None, None, None) => Told::Plain,
    }
}

impl Told {
    /// Of the cells of a column.
    pub fn of(cells: &Cells) -> Told {
        told(cells.values.iter().map(|one| one.text.as_str()))
    }

    /// What that is in a profile; none where it is asked or refused.
    pub fn dates(&self) -> Option<Dates> {
        match self {
            Told::Plain => Some(Dates::Told),
            Told::DayFirst(_) => Some(Dates::DayFirst),
            Told::MonthFirst(_) => Some(Dates::MonthFirst),
            Told::Both(..) | Told::Open(_) => None,
        }
    }

    /// The same in words; of dates that are `masked` without one of them.
    pub fn said(&self, masked: bool) -> String {
        match self {
            Told::DayFirst(_) if masked => "dates, the day first: some can be read in no other way".to_owned(),
            Told::MonthFirst(_) if masked => "dates, the month first: some can be read in no other way".to_owned(),
            Told::Both(..) if masked => {
                "dates in two orders, some the day first and some the month. They are not read".to_owned()
            }
            Told::Open(_) if masked => "dates, each of which can be read in two ways".to_owned(),
            Told::Plain | Told::DayFirst(_) | Told::MonthFirst(_) | Told::Both(..) | Told::Open(_) => self.describe(),
        }
    }

    /// The same in words.
    pub fn describe(&self) -> String {
        match self {
            Told::Plain => "dates, each of which can be read in one way only".to_owned(),
            Told::DayFirst(one) => format!("dates, the day first: {one} can be read in no other way"),
            Told::MonthFirst(one) => format!("dates, the month first: {one} can be read in no other way"),
            Told::Both(day, month) => {
                format!("dates in two orders: {day} has the day first and {month} the month. They are not read")
            }
            Told::Open(one) => format!("dates that can be read in two ways: {one} is {}", two_ways(one)),
        }
    }
}

/// "3 September 2026 or 9 March 2026".
pub fn two_ways(text: &str) -> String {
    let read = |dates: Dates| dates.date(text, Order::DayFirst).map(|date| date.format("%-d %B %Y").to_string());
    let ways = [Dates::DayFirst, Dates::MonthFirst].map(|dates| read(dates).unwrap_or_else(|_| "no date".to_owned()));
    ways.join(" or ")
}
