//! Telephone numbers in a row: all that are there, and none that is no number.

use super::blank::said;
use super::notes::Notes;
use super::row::{Column, Row};
use crate::domain::phone::{number_key, same_number};

/// Every number of a row, each once, in the order of the columns.
pub fn phones(row: Row<'_>, columns: &[Column], notes: &mut Notes) -> Vec<String> {
    let mut phones: Vec<String> = Vec::new();
    for number in columns.iter().filter_map(|column| phone(row, *column, notes)) {
        if !phones.iter().any(|held| same_number(held, &number)) {
            phones.push(number);
        }
    }
    phones
}

/// The number as written. A spreadsheet that took it for a sum has lost its digits, and words have none: the contact is kept
/// without it.
fn phone(row: Row<'_>, column: Column, notes: &mut Notes) -> Option<String> {
    let phone = said(row, column, notes)?;
    let why = if phone.contains("E+") || phone.starts_with('#') {
        "a spreadsheet has spoilt this number"
    } else if number_key(&phone).is_none() {
        "there is no number in this cell"
    } else {
        return Some(phone);
    };
    let says = || format!("{why} (“{phone}”), and it was left out: put the number right in the file");
    notes.add("phone", &phone, || row.place(), says);
    None
}
