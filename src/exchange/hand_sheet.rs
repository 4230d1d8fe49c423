//! The tracking sheet that a school keeps by hand, out of a workbook or a table: each table of it in which a row is a pupil and a column
//! a week. Nothing of it is kept.

use std::path::Path;

use chrono::NaiveDate;
use csv::{ReaderBuilder, StringRecord};

use super::fault::ReadFault;
use super::source::bundle::{Bundle, Limits};
use super::source::content::Content;
use super::table::layout::Layout;
use crate::domain::calendar::dates::{monday, parse_day};
use crate::domain::figures::hand_sheet::{HandRow, HandSheet};
use crate::domain::name::{clean, fold};
use crate::render::guard::unguarded;

/// What the column of admission numbers is called.
const NUMBER: [&str; 7] = ["admissionno", "admission no", "admission number", "adm no", "adno", "number", "admno"];
/// That of whole names.
const NAME: [&str; 5] = ["pupil", "name", "student", "pupil name", "student name"];
/// The two of which a name is put together.
const SURNAME: [&str; 4] = ["surname", "last name", "legal surname", "family name"];
const FORENAME: [&str; 4] = ["forename", "first name", "legal forename", "given name"];
/// What may stand before the date of a week.
const BEFORE: [&str; 9] =
    ["week commencing", "week beginning", "week from", "week of", "week", "w/c", "wc", "w/b", "wb"];

/// The columns of a table.
#[derive(Default)]
struct Columns {
    number: Option<usize>,
    names: Vec<usize>,
    weeks: Vec<(usize, NaiveDate)>,
}

/// The sheet in the file at `path`, read on `today`, by which a week without a year is told.
pub fn read(path: &Path, today: NaiveDate) -> Result<HandSheet, ReadFault> {
    let mut bundle = Bundle::open(path, Limits::USUAL)?;
    let file = bundle.names().into_iter().next().filter(|_| bundle.is_one_file());
    let not_known = |why: &str| ReadFault::NotKnown { file: path.display().to_string(), why: why.to_owned() };
    let Some(file) = file else { return Err(not_known("is no single file: name the workbook or table itself")) };
    let texts = match Content::of(&file, bundle.bytes(&file)?, &mut Vec::new())? {
        Content::Table(text) => vec![text],
        Content::Workbook(book) => book.sheets.into_iter().map(|sheet| sheet.text).collect(),
        Content::Xml { .. } | Content::Json(_) => return Err(not_known("is neither a workbook nor a table")),
    };
    let rows: Vec<HandRow> = texts.iter().flat_map(|text| rows(text, today)).collect();
    if rows.is_empty() {
        return Err(not_known(
            "has no table with a row for each pupil, under a number or name, and a column for each week, under its first day",
        ));
    }
    Ok(HandSheet { file: clean(&file), rows })
}

/// The rows of every table in `text`.
fn rows(text: &str, today: NaiveDate) -> Vec<HandRow> {
    let delimiter = Layout::search(text, |_| false).first().map_or(b',', |layout| layout.delimiter);
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut columns, mut rows) = (Columns::default(), Vec::new());
    for record in reader.records().filter_map(Result::ok) {
        if let Some(found) = headings(&record, today) {
            columns = found;
        } else if record.iter().all(|cell| cell.trim().is_empty()) {
            // A table ends with an empty line.
            columns = Columns::default();
        } else {
            rows.extend(row(&record, &columns));
        }
    }
    // A spreadsheet keeps 92.5 % as 0.925.
    let are_shares = rows.iter().flat_map(|(_, weeks)| weeks).all(|(_, percent)| *percent <= 1.0);
    let times = if are_shares { 100.0 } else { 1.0 };
    let read = |(row, weeks): (HandRow, Vec<(NaiveDate, f64)>)| HandRow {
        weeks: weeks.into_iter().filter_map(|(week, percent)| Some((week, tenths(percent * times)?))).collect(),
        ..row
    };
    rows.into_iter().map(read).collect()
}

/// The columns, where these are the headings of such a table.
fn headings(record: &StringRecord, today: NaiveDate) -> Option<Columns> {
    let mut found = Columns::default();
    let (mut surname, mut forename) = (None, None);
    for (place, cell) in record.iter().enumerate() {
        let heading = fold(&cell.replace('_', " "));
        let is_one_of = |names: &[&str]| names.contains(&heading.as_str());
        if is_one_of(&NUMBER) {
            found.number = found.number.or(Some(place));
        } else if is_one_of(&NAME) {
            found.names.push(place);
        } else if is_one_of(&SURNAME) {
            surname = Some(place);
        } else if is_one_of(&FORENAME) {
            forename = Some(place);
        } else if let Some(week) = week(cell, today) {
            found.weeks.push((place, week));
        }
    }
    if found.names.is_empty() {
        found.names.extend(surname.into_iter().chain(forename));
    }
    (!found.weeks.is_empty() && (found.number.is_some() || !found.names.is_empty())).then_some(found)
}

/// The Monday of the week that a heading names: "w/c 31/08/2026", "31 Aug".
fn week(heading: &str, today: NaiveDate) -> Option<NaiveDate> {
    let lower = clean(heading).to_lowercase();
    let date = BEFORE.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower).trim_matches([' ', ':', '.']);
    let is_date = date.contains(|c: char| c.is_ascii_digit()) && date.contains(['/', '-', ' ', '.']);
    parse_day(&date.replace('.', "/"), today).filter(|_| is_date).and_then(monday)
}

/// A row with a percentage, and what they are.
fn row(record: &StringRecord, columns: &Columns) -> Option<(HandRow, Vec<(NaiveDate, f64)>)> {
    let cell = |place: usize| clean(unguarded(record.get(place).unwrap_or_default()));
    let names: Vec<String> = columns.names.iter().map(|place| cell(*place)).filter(|name| !name.is_empty()).collect();
    let number = columns.number.map(cell).unwrap_or_default();
    let weeks = columns.weeks.iter().filter_map(|(place, week)| Some((*week, percent(&cell(*place))?)));
    let weeks: Vec<(NaiveDate, f64)> = weeks.collect();
    let row = HandRow { number, name: names.join(" "), weeks: Vec::new() };
    let is_somebody = !row.number.is_empty() || !row.name.is_empty();
    (is_somebody && !weeks.is_empty()).then_some((row, weeks))
}

fn percent(text: &str) -> Option<f64> {
    let percent: f64 = text.trim_end_matches('%').trim_end().parse().ok()?;
    (0.0..=100.0).contains(&percent).then_some(percent)
}

/// The nearest tenth of a percent.
fn tenths(percent: f64) -> Option<u32> {
    (0..=1000).find(|tenths| f64::from(*tenths) + 0.5 > percent * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::date;

    /// Number, name, and the weeks with their tenths.
    type Told = (String, String, Vec<(String, u32)>);

    fn read_text(text: &str) -> Vec<Told> {
        let told = |row: HandRow| {
            (row.number, row.name, row.weeks.into_iter().map(|(week, tenths)| (week.to_string(), tenths)).collect())
        };
        rows(text, date(2026, 11, 24)).into_iter().map(told).collect()
    }

    fn week(monday: &str, tenths: u32) -> (String, u32) {
        (monday.to_owned(), tenths)
    }

    #[test]
    fn a_table_of_pupils_and_weeks_is_found_wherever_it_stands() {
        let text = "Year 9 tracker,,,,\nkept by Mr Webb,,,,\n\nAdm No,Name,Tutor,w/c 02/11/2026,9 Nov,Notes 1\n\
                    4127,\"Khan, Amira\",9BW,92.5,100 %,rang 12/11\n,\"Osei, Kofi\",9BW,,87,\n,,,,,\nTotal,,,95,96,\n";
        let amira =
            ("4127".to_owned(), "Khan, Amira".to_owned(), vec![week("2026-11-02", 925), week("2026-11-09", 1000)]);
        let kofi = (String::new(), "Osei, Kofi".to_owned(), vec![week("2026-11-09", 870)]);
        // What stands behind an empty line is another table.
        assert_eq!(read_text(text), [amira, kofi]);
    }

    #[test]
    fn names_in_two_columns_and_shares_are_read_too() {
        let text = "surname;forename;31 Aug 2026;2026-09-07\nKhan;Amira;0.925;1\nOsei;Kofi;0;0.8749\n";
        let amira = (String::new(), "Khan Amira".to_owned(), vec![week("2026-08-31", 925), week("2026-09-07", 1000)]);
        let kofi = (String::new(), "Osei Kofi".to_owned(), vec![week("2026-08-31", 0), week("2026-09-07", 875)]);
        assert_eq!(read_text(text), [amira, kofi]);
    }

    #[test]
    fn what_is_no_such_table_has_no_rows() {
        for text in
            ["", "Name,Mon,Tue\nKhan,1,2\n", "Name,Week 1,28\nKhan,92,93\n", "w/c 2 Nov,9 Nov\n92,93\n", "a\u{0}b"]
        {
            assert_eq!(read_text(text), [], "{text}");
        }
    }
}
