//! What cells say of somebody beside name and number: dates of birth, sex, addresses. Nobody is kept off the roll by an odd one.

use chrono::{Months, NaiveDate};

use crate::domain::incoming::Said;
use crate::domain::people::details::Sex;
use crate::domain::people::school_age::usual_year;
use crate::exchange::cells::blank::{stands_for_nothing, text_or_none};
use crate::exchange::cells::spoilt::{has_lost_itself, is_error};
use crate::exchange::table::notes::Notes;
use crate::exchange::table::odd::is_number;
use crate::exchange::table::{Column, Row, Table};

/// Nobody at a school is older, in months.
const OLDEST: Months = Months::new(25 * 12);

/// Years by which a date of birth may differ from the year group: pupils are moved up and kept back.
const YEARS_APART: u64 = 2;

/// The cell's text, where the file has the column. What a spreadsheet shows where a formula failed changes nothing.
pub fn text(row: Row<'_>, column: Column, notes: &mut Notes) -> Said<String> {
    unless(is_error, "no value", row, column, notes)
}

/// A name in use. What a spreadsheet has spoilt is none, and changes nothing.
pub fn name(row: Row<'_>, column: Column, notes: &mut Notes) -> Said<String> {
    unless(|text| is_number(text) || has_lost_itself(text), "no name", row, column, notes)
}

/// The cell's text; one that is `bad` is told to be `what`, and changes nothing.
fn unless(bad: fn(&str) -> bool, what: &str, row: Row<'_>, column: Column, notes: &mut Notes) -> Said<String> {
    let text = Said::of(column.is_there(), text_or_none(row, column, notes));
    match text.value().filter(|text| bad(text)) {
        Some(odd) => {
            notes.add(column.heading(), odd, || row.place(), || format!("“{odd}” is {what}, and was left out"));
            Said::Nothing
        }
        None => text,
    }
}

/// A date of birth. One that cannot be is told and changes nothing; one that does not fit the year group is told, and kept.
pub fn date_of_birth(
    row: Row<'_>,
    column: Column,
    year: Option<i64>,
    today: NaiveDate,
    notes: &mut Notes,
) -> Said<NaiveDate> {
    let cell = row.cell(column);
    if cell.is_blank() || stands_for_nothing(cell.as_str()) {
        return Said::of(column.is_there(), None);
    }
    // The date itself is not told: the line is, and the file has it.
    let mut left_out = |why: String| {
        notes.add(column.heading(), cell.as_str(), || row.place(), || format!("the date of birth was left out: {why}"));
        Said::Nothing
    };
    let born = match cell.needed_date() {
        Ok(born) => born,
        Err(reject) => return left_out(reject.reason),
    };
    if born > today {
        return left_out("it is still to come".to_owned());
    }
    if today.checked_sub_months(OLDEST).is_some_and(|oldest| born < oldest) {
        return left_out("it is more than 25 years ago".to_owned());
    }
    let usual = usual_year(born, today);
    if let Some(year) = year.filter(|year| year.abs_diff(usual) > YEARS_APART) {
        let text = || {
            format!("the date of birth does not fit year {year} by {} years: look which is right", year.abs_diff(usual))
        };
        notes.add("year of birth", &row.line().to_string(), || row.place(), text);
    }
    Said::Value(born)
}

/// A sex, by its letter or its word.
pub fn sex(row: Row<'_>, column: Column, notes: &mut Notes) -> Said<Sex> {
    let text = text(row, column, notes);
    let Some(word) = text.value() else { return text.map(|_| Sex::Female) };
    match word.to_ascii_lowercase().as_str() {
        "f" | "female" | "girl" => Said::Value(Sex::Female),
        "m" | "male" | "boy" => Said::Value(Sex::Male),
        _ => {
            let message = || format!("“{word}” is neither F nor M, and was left out");
            notes.add(column.heading(), word, || row.place(), message);
            Said::Nothing
        }
    }
}

/// Whether a cell says yes or no; what says neither is told, and changes nothing.
pub fn yes_or_no(row: Row<'_>, column: Column, notes: &mut Notes) -> Said<bool> {
    let cell = row.cell(column);
    let is = |words: [&str; 5]| words.iter().any(|word| word.eq_ignore_ascii_case(cell.as_str()));
    if is(["yes", "y", "true", "t", "1"]) {
        Said::Value(true)
    } else if is(["no", "n", "false", "f", "0"]) {
        Said::Value(false)
    } else if cell.is_blank() || stands_for_nothing(cell.as_str()) {
        Said::of(column.is_there(), None)
    } else {
        let heading = column.heading();
        let message = || format!("“{}” is neither yes nor no, and was left out: {heading}", cell.as_str());
        notes.add(heading, cell.as_str(), || row.place(), message);
        Said::Nothing
    }
}

/// The columns of an address.
pub struct AddressColumns {
    lines: [Column; 5],
    postcode: Column,
}

impl AddressColumns {
    /// Those of `table`.
    pub fn of(table: &Table<'_>) -> AddressColumns {
        let lines =
            ["address", "address_2", "address_3", "address_4", "address_5"].map(|heading| table.column(heading));
        AddressColumns { lines, postcode: table.column("postcode") }
    }

    /// The lines, and the postcode.
    pub fn read(&self, row: Row<'_>, notes: &mut Notes) -> (Said<Vec<String>>, Said<String>) {
        let lines: Vec<String> = self.lines.iter().filter_map(|column| text_or_none(row, *column, notes)).collect();
        let is_there = self.lines.iter().any(|column| column.is_there());
        (Said::of(is_there, Some(lines).filter(|lines| !lines.is_empty())), text(row, self.postcode, notes))
    }
}
