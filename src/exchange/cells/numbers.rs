//! The valid telephone numbers of a row.

use super::blank::text_or_none;
use super::spoilt::has_lost_itself;
use crate::domain::people::phone::{is_whole, number_key, same_number};
use crate::exchange::table::notes::Notes;
use crate::exchange::table::{Column, Row};

/// Every number of a row, each once, in the order of the columns.
pub fn phones(row: Row<'_>, columns: &[Column], notes: &mut Notes) -> Vec<String> {
    let mut phones: Vec<String> = Vec::new();
    let cells: Vec<String> = columns.iter().filter_map(|column| phone(row, *column, notes)).collect();
    for number in cells.iter().flat_map(|cell| apart(cell)) {
        if !phones.iter().any(|held| same_number(held, number)) {
            phones.push(number.to_owned());
        }
    }
    phones
}

/// The numbers of a cell: what stands between its commas and the like, where each is a whole number; else all of it.
fn apart(cell: &str) -> Vec<&str> {
    let parts =
        cell.split([',', ';', '/', '|', '&']).flat_map(|part| part.split(" or ")).flat_map(|part| part.split(" and "));
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.iter().all(|part| is_whole(part)) { parts } else { vec![cell] }
}

/// The number as written. A spreadsheet that took it for a sum has lost its digits, and words have none: the contact is kept
/// without it.
fn phone(row: Row<'_>, column: Column, notes: &mut Notes) -> Option<String> {
    let phone = text_or_none(row, column, notes)?;
    let is_decimal = phone.split_once(".0").is_some_and(|(whole, zeros)| {
        whole.bytes().all(|byte| byte.is_ascii_digit()) && zeros.bytes().all(|byte| byte == b'0')
    });
    let why = if phone.contains("E+") || phone.starts_with('#') || is_decimal || has_lost_itself(&phone) {
        "a spreadsheet has spoilt this number"
    } else if number_key(&phone).is_none() {
        "there is no number in this cell"
    } else {
        return Some(phone);
    };
    let text = || format!("{why} (“{phone}”), and it was left out: put the number right in the file");
    notes.add("phone", &phone, || row.place(), text);
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_numbers_of_a_cell_are_several_and_one_is_one() {
        for (cell, numbers) in [
            ("07700 900456,07700 900111", &["07700 900456", "07700 900111"][..]),
            (
                "07700 900456 / 01632 960001 (work); +44 7700 900111",
                &["07700 900456", "01632 960001 (work)", "+44 7700 900111"],
            ),
            ("07700 900456 or 07700 900111", &["07700 900456", "07700 900111"]),
            ("07700 900456", &["07700 900456"]),
            ("07700 900456, after 5", &["07700 900456, after 5"]),
            ("01632 960001/2", &["01632 960001/2"]),
            ("07700/900456", &["07700/900456"]),
        ] {
            assert_eq!(apart(cell), numbers, "{cell}");
        }
    }
    #[test]
    fn what_a_spreadsheet_has_made_of_a_number_is_none() {
        use crate::exchange::support::read_text;
        for spoilt in ["4.4770E+11", "4.477E11", "447700900013.0", "#REF!", "########"] {
            let read = read_text(&format!("admission_no,order,name,phone\n1,1,Ms A,{spoilt}\n"));
            assert_eq!(read.incoming.contacts[0].1.phones.as_deref(), Some(&[][..]), "{spoilt}");
            assert_eq!(read.warnings.len(), 1, "{spoilt}");
        }
    }
}
