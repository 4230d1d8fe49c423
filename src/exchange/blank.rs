//! What a system writes into a cell of which it knows nothing. Taken as written, it makes siblings of strangers, and numbers of
//! words.

use super::notes::Notes;
use super::row::{Column, Row};
use crate::domain::name::fold;

/// Words, folded, that stand for nothing.
const NOTHING: [&str; 27] = [
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
];

/// Whether a text stands for nothing: a word for it, noughts, crosses, or signs alone.
pub fn stands_for_nothing(text: &str) -> bool {
    let folded = fold(text);
    NOTHING.contains(&folded.as_str()) || folded.chars().all(|c| "0x ".contains(c))
}

/// What the cell says, or `None` when it is blank or stands for nothing; of the latter it is noted that it was left out.
pub fn said(row: Row<'_>, column: Column, notes: &mut Notes) -> Option<String> {
    let text = row.text(column)?;
    if !stands_for_nothing(&text) {
        return Some(text);
    }
    let heading = column.heading();
    let says = || format!("“{text}” stands for nothing and was left out: leave {heading} blank where there is none");
    notes.add(heading, &text, || row.place(), says);
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
        ] {
            assert!(stands_for_nothing(nothing), "{nothing}");
        }
        for something in ["1", "10", "Nunn", "Nullarbor Road", "Khan 14 Mill Lane", "07700 900123", "A0", "07"] {
            assert!(!stands_for_nothing(something), "{something}");
        }
    }
}
