//! The receipt of a hand-back: a table of one row, which whoever has put the marks into the other system completes and gives back.

use super::as_csv;
use crate::domain::facts::handback::{Handback, HandbackId};
use crate::domain::name::clean;

const HEADINGS: [&str; 7] = ["Hand-back", "Made", "Rows", "From", "To", "Confirmed by", "Confirmed at"];

/// A receipt that was given back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Of which hand-back.
    pub number: HandbackId,
    /// Who has put the marks into the other system.
    pub by: String,
}

/// The receipt, to be completed. `made` is when it was, in UTC.
pub fn text(handback: &Handback, made: &str) -> String {
    as_csv([HEADINGS.map(str::to_owned), row(handback, made)])
}

fn row(handback: &Handback, made: &str) -> [String; 7] {
    let dates = || handback.rows.iter().map(|row| row.change.at.date);
    let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let number = format!("H-{:04}", handback.number.0);
    let rows = handback.rows.len().to_string();
    [number, made.to_owned(), rows, date(dates().min()), date(dates().max()), String::new(), String::new()]
}

/// The number of the hand-back that a receipt is of; what is wrong with the receipt, in a sentence.
pub fn number(text: &str) -> Result<HandbackId, String> {
    let cells = cells(text)?;
    let written = cells.first().map(String::as_str).unwrap_or_default();
    let number = written.strip_prefix("H-").and_then(|digits| digits.parse().ok());
    number.map(HandbackId).ok_or_else(|| format!("“{}” is no number of a hand-back, such as H-0003", clean(written)))
}

/// Read a receipt of `handback`: but for who confirmed it and when, it must be as it was written.
pub fn read(text: &str, handback: &Handback, made: &str) -> Result<Receipt, String> {
    let cells = cells(text)?;
    let ours = row(handback, made);
    let differs = (0..5).find(|place| cells.get(*place) != ours.get(*place));
    if let Some((heading, was)) = differs.and_then(|place| Some((HEADINGS.get(place)?, ours.get(place)?))) {
        return Err(format!("the receipt is not the one of this hand-back: its “{heading}” is not {was}"));
    }
    match cells.get(5).map(|by| clean(by)).filter(|by| !by.is_empty()) {
        Some(by) => Ok(Receipt { number: handback.number, by }),
        None => Err("nobody has confirmed the receipt: “Confirmed by” is empty".to_owned()),
    }
}

/// The cells of its one row.
fn cells(text: &str) -> Result<Vec<String>, String> {
    let mut table =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headings: Vec<String> =
        table.headers().map_err(|_| "it is no receipt")?.iter().map(|cell| cell.trim().to_owned()).collect();
    if headings != HEADINGS {
        return Err(format!("it is no receipt: its headings are not {}", HEADINGS.join(", ")));
    }
    let rows: Vec<csv::StringRecord> = table.records().collect::<Result<_, _>>().map_err(|_| "it is no receipt")?;
    match rows.as_slice() {
        [row] => Ok(row.iter().map(|cell| cell.trim().to_owned()).collect()),
        rows => Err(format!("a receipt is of one hand-back, and has one row: here are {}", rows.len())),
    }
}
