//! Lines of a table that are no rows: repeated headings, and totals.

use csv::StringRecord;

/// What a line of totals begins with.
const TOTALS: [&str; 7] = ["total", "totals", "subtotal", "sub-total", "grand", "average", "count"];

/// What a line below the rows of a report begins with, besides.
const FOOT: [&str; 10] =
    ["printed", "print", "produced", "report", "generated", "exported", "created", "page", "number", "end"];

/// What a line that is no row is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Odd {
    /// The headings again, in the same columns.
    SameHeadings,
    /// Headings, and not those of the columns they stand in: what follows is another table.
    OtherHeadings,
    /// A line of totals.
    Totals,
}

/// What the line is, if it is no row. `is_word` knows the headings of every table, as `heading` writes them.
pub fn odd(
    record: &StringRecord,
    headings: &[String],
    heading: impl Fn(&str) -> String,
    is_word: impl Fn(&str) -> bool,
) -> Option<Odd> {
    let mut shown = record.iter().filter(|cell| !cell.trim().is_empty());
    let first = shown.next()?.trim();
    let (blank, words) = (record.len() - 1 - shown.count(), || record.iter().map(&heading));
    let begins =
        first.split([' ', ':']).next().is_some_and(|word| TOTALS.iter().any(|one| one.eq_ignore_ascii_case(word)));
    // A pupil may be called so: one has a name beside it, and a number of their own.
    let under = |names: &[&str]| {
        let cells = headings.iter().zip(record).filter(|(heading, _)| names.contains(&heading.as_str()));
        cells.map(|(_, cell)| cell.trim()).any(|cell| cell != first && !cell.is_empty())
    };
    let is_name = |cell: &str| !cell.is_empty() && !is_number(cell);
    let named = headings.iter().zip(record).filter(|(heading, _)| matches!(heading.as_str(), "surname" | "forename"));
    let is_somebody = || {
        under(&["admission_no", "upn"])
            && named.clone().count() == 2
            && named.clone().all(|(_, cell)| is_name(cell.trim()))
    };
    if begins && !is_somebody() && 2 * blank > record.len() {
        return Some(Odd::Totals);
    }
    // Most rows begin with a number, which heads a column of this table alone: only of the rest is every cell looked at.
    let is_digits = first.bytes().all(|byte| byte.is_ascii_digit());
    if !(if is_digits { headings.iter().any(|one| one == first) } else { is_word(&heading(first)) }) {
        return None;
    }
    let known = words().filter(|word| is_word(word)).count();
    if known < 2 || 2 * known < record.len() - blank {
        return None;
    }
    let same = words().zip(headings).all(|(word, heading)| word == *heading);
    Some(if same { Odd::SameHeadings } else { Odd::OtherHeadings })
}

/// Whether the record is a line below the rows of a report: of one cell or two, and beginning with a word of such lines.
pub fn is_foot(record: &StringRecord) -> bool {
    let mut shown = record.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let Some(first) = shown.next() else { return false };
    shown.count() < 2 && begins_foot(first)
}

/// Whether `text` begins as the lines around the rows of a report do that say when it was printed, or how many there are.
pub fn begins_foot(text: &str) -> bool {
    let first = text.split([' ', ':']).next().unwrap_or_default();
    TOTALS.iter().chain(&FOOT).any(|one| one.eq_ignore_ascii_case(first))
}

/// Whether `name` is written in digits alone.
pub fn is_number(name: &str) -> bool {
    let of_numbers = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '%');
    !name.is_empty() && name.chars().all(of_numbers) && name.contains(|c: char| c.is_ascii_digit())
}
