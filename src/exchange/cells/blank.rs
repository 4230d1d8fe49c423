//! Placeholders that systems write into empty cells. Read literally, they would make siblings of strangers and numbers of words.

use super::spoilt::has_lost_itself;
use crate::domain::name::fold;
use crate::exchange::table::notes::Notes;
use crate::exchange::table::{Column, Row};

/// Words, folded, that stand for nothing.
const NOTHING: [&str; 37] = [
    "n",
    "null",
    "nil",
    "none",
    "na",
    "n a",
    "nan",
    "nul",
    "void",
    "empty",
    "blank",
    "undefined",
    "unknown",
    "not known",
    "unkown",
    "not applicable",
    "not available",
    "not given",
    "not provided",
    "not recorded",
    "no data",
    "no number",
    "no phone",
    "no household",
    "tbc",
    "tba",
    "no",
    "nk",
    "n k",
    "tbd",
    "nothing",
    "none given",
    "none known",
    "none recorded",
    "not set",
    "not entered",
    "not stated",
];

/// Words, folded, that are no household, though they may say something elsewhere. The days are a spreadsheet's for an empty cell.
const NO_HOUSEHOLD: [&str; 17] = [
    "true",
    "false",
    "default",
    "household",
    "missing",
    "pending",
    "refused",
    "withheld",
    "other",
    "no value",
    "no address",
    "no fixed abode",
    "00011900",
    "01011900",
    "30121899",
    "18991230",
    "19000101",
];

/// Whether a text stands for nothing: a word for it, noughts, crosses, or signs alone.
pub fn stands_for_nothing(text: &str) -> bool {
    let folded = fold(text);
    NOTHING.contains(&folded.as_str()) || folded.chars().all(|c| "0x ".contains(c))
}

fn is_no_household(text: &str) -> bool {
    let nines = text.len() > 3 && text.bytes().all(|byte| byte == b'9');
    let is_word = stands_for_nothing(text) || NO_HOUSEHOLD.contains(&fold(text).as_str());
    is_word || text == "-1" || nines || has_lost_itself(text)
}

/// The cell's text; `None` if it is blank or a placeholder, and a placeholder is noted.
pub fn text_or_none(row: Row<'_>, column: Column, notes: &mut Notes) -> Option<String> {
    text_unless(stands_for_nothing, row, column, notes)
}

/// The household that the cell names: none by a word that many have who do not live together.
pub fn household(row: Row<'_>, column: Column, notes: &mut Notes) -> Option<String> {
    text_unless(is_no_household, row, column, notes)
}

fn text_unless(is_none: fn(&str) -> bool, row: Row<'_>, column: Column, notes: &mut Notes) -> Option<String> {
    let text = row.text(column)?;
    if !is_none(&text) {
        return Some(text);
    }
    let heading = column.heading();
    let message = || format!("“{text}” stands for nothing and was left out: leave {heading} blank where there is none");
    notes.add(heading, &text, || row.place(), message);
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_that_stand_for_nothing_are_told_from_those_that_do_not() {
        for nothing in [
            "NULL",
            "null",
            "(null)",
            "#NULL!",
            "n/a",
            "N/A",
            "#N/A",
            "NaN",
            "none",
            "None.",
            "-",
            "--",
            "\u{2014}",
            "0",
            "00",
            "000000",
            "0.0",
            "?",
            "x",
            "XXX",
            "Unknown",
            "not known",
            "TBC",
            "[blank]",
            "'",
            "\\N",
            "No",
            "N/K",
            "TBD",
            "Not set",
            "None recorded",
        ] {
            assert!(stands_for_nothing(nothing), "{nothing}");
        }
        for something in ["1", "10", "Nunn", "Nullarbor Road", "Khan 14 Mill Lane", "07700 900123", "A0", "07"] {
            assert!(!stands_for_nothing(something) && !is_no_household(something), "{something}");
        }
        for strangers in ["#REF!", "#DIV/0!", "2E+11", "1.23e5", "-1", "9999", "FALSE", "00/01/1900", "30/12/1899"] {
            assert!(is_no_household(strangers), "{strangers}");
        }
        for home in ["4127.0", "999", "#4 Mill Lane", "12 Dec Street", "E5", "Falseby"] {
            assert!(!is_no_household(home), "{home}");
        }
    }
}
