//! Which comes first in the dates of a file, the day or the month.

use std::ops::RangeInclusive;

use csv::StringRecord;

use super::dates::{Order, Reads, parse_date, reads};
use super::notes::Notes;
use super::records::{Reading, Records};
use super::source::line_ends;
use crate::domain::incoming::{Place, REFUSED_MAX};

/// The columns that hold dates.
const DATES: [&str; 9] =
    ["date", "from", "until", "begindate", "enddate", "date_of_birth", "birthdate", "received", "back"];

/// The columns of `headings` that hold dates.
pub fn date_columns(headings: &[String]) -> Vec<usize> {
    let is_date = |(place, heading): (usize, &String)| DATES.contains(&heading.as_str()).then_some(place);
    headings.iter().enumerate().filter_map(is_date).collect()
}

/// What the dates in the columns `places` of `records` tell of their order. Where they tell nothing, that is noted.
pub fn find_order(
    file: &str,
    text: &str,
    mut records: Records<'_>,
    places: &[usize],
    width: &RangeInclusive<usize>,
    notes: &mut Notes,
) -> Order {
    let mut record = StringRecord::new();
    let has_any = || text.as_bytes().windows(2).any(|pair| matches!(pair, [b'0'..=b'9', b'/']));
    if places.is_empty() || !has_any() {
        return Order::Open;
    }
    let (mut order, mut either) = (Order::Open, Notes::default());
    let line = |start| 1 + line_ends(text.as_bytes().get(..start).unwrap_or_default());
    let mut misread = 0;
    while let Some((start, reading)) = records.next(width, &mut record) {
        let is_read = matches!(reading, Reading::Fair | Reading::Backslashed);
        misread += usize::from(!is_read);
        if misread > REFUSED_MAX {
            break;
        }
        for date in places.iter().filter_map(|place| record.get(*place)).filter(|_| is_read).map(str::trim) {
            match (reads(date), order) {
                (Reads::MonthFirst, Order::Open | Order::DayFirst) => order = Order::MonthFirst(line(start)),
                (Reads::DayFirst, Order::Open) => order = Order::DayFirst,
                (Reads::Either, Order::Open) if parse_date(date, order).is_ok() => {
                    let place = || Place { file: file.to_owned(), line: line(start) };
                    let message = || format!("{date} is read day first, though no other date here tells that it is");
                    either.add("order", "", place, message);
                }
                (Reads::Otherwise | Reads::DayFirst | Reads::MonthFirst | Reads::Either, _) => {}
            }
        }
    }
    if order == Order::Open {
        *notes = either;
    }
    order
}
