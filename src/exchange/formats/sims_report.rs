//! Reports of SIMS as XML (`SuperStarReport`): a table whose columns are called as the report's author has called them. It is read as
//! any other table is, by a profile that knows its headings.

use csv::WriterBuilder;

use crate::exchange::source::content::Content;
use crate::exchange::source::xml::{Element, elements};

/// The names of the outermost element, and of each record.
const ROOT: &str = "SuperStarReport";
const PATH: [&str; 2] = [ROOT, "Record"];

/// Columns, at most.
const COLUMNS_MAX: usize = 500;

/// What it is called, behind what its table is.
pub const NAME: &str = "a report of SIMS, a line a record";

/// The records of a report as a table, a line each below the headings; `None` where the file is something else. The error is what
/// follows the file's name.
pub fn as_table(content: &Content) -> Option<Result<String, String>> {
    match content {
        Content::Xml { root, text } if root.eq_ignore_ascii_case(ROOT) => Some(written(text)),
        Content::Xml { .. } | Content::Table(_) | Content::Json(_) | Content::Workbook(_) => None,
    }
}

fn written(text: &str) -> Result<String, String> {
    // What holds nothing has no element: only all records together have all columns.
    let mut names: Vec<String> = Vec::new();
    let meet = |record: Element| {
        for cell in record.children {
            if names.len() <= COLUMNS_MAX && !names.contains(&cell.name) {
                names.push(cell.name);
            }
        }
    };
    elements(text, &PATH, meet).map_err(|fault| fault.to_string())?;
    if names.len() > COLUMNS_MAX {
        return Err(format!("has more than {COLUMNS_MAX} columns, as no report has: export fewer of them"));
    }
    let mut table = WriterBuilder::new().from_writer(Vec::new());
    let mut outcome = table.write_record(names.iter().map(|name| title(name)));
    let put = |record: Element| {
        let cells =
            names.iter().map(|name| record.child(name).map_or("", |cell| &cell.text).replace(['\r', '\n'], " "));
        let cells: Vec<String> = cells.collect();
        if let Ok(()) = outcome {
            outcome = table.write_record(cells);
        }
    };
    elements(text, &PATH, put).map_err(|fault| fault.to_string())?;
    let is_whole = outcome.is_ok();
    let bytes = table.into_inner().ok().filter(|_| is_whole);
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or_else(|| "is a report whose records cannot be put into a table: export it as CSV".to_owned())
}

/// A column's title: each `_xHHHH_` in its element's name is the letter of that number, so that a blank is `_x0020_`.
fn title(name: &str) -> String {
    let (mut title, mut rest) = (String::new(), name);
    while let Some((before, after)) = rest.split_once("_x") {
        let letter = after.split_once('_').filter(|(digits, _)| digits.len() == 4);
        let letter =
            letter.and_then(|(digits, rest)| Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, rest)));
        title.push_str(before);
        match letter {
            Some((letter, after)) => {
                title.push(letter);
                rest = after;
            }
            None => {
                title.push_str("_x");
                rest = after;
            }
        }
    }
    title.push_str(rest);
    title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::support::*;

    #[test]
    fn titles_are_what_the_author_wrote() {
        for (name, wanted) in [
            ("Adno", "Adno"),
            ("primary_id", "primary_id"),
            ("AM_x002F_PM", "AM/PM"),
            ("_x0025__x0020_Attendance", "% Attendance"),
            ("_x0031_st_x0020_mark", "1st mark"),
            ("a_xyz_b", "a_xyz_b"),
            ("a_x00", "a_x00"),
        ] {
            assert_eq!(title(name), wanted);
        }
    }

    #[test]
    fn a_report_is_read_as_the_table_it_is() {
        let record = |id: &str, half: &str, mark: &str, more: &str| {
            format!(
                "<Record><primary_id>9{id}</primary_id><Adno>00{id}</Adno><Mark_x0020_Date>2026-10-12T00:00:00</Mark_x0020_Date>\
                 <AM_x002F_PM>{half}</AM_x002F_PM><Mark>{mark}</Mark>{more}</Record>\n"
            )
        };
        let late = "<Minutes_x0020_Late>7</Minutes_x0020_Late>";
        let report = format!(
            "<?xml version=\"1.0\"?>\n<SuperStarReport>\n{}{}{}</SuperStarReport>",
            record("71", "AM", "L", late),
            record("71", "PM", "\\", ""),
            record("72", "AM", "/", "")
        );
        let read = read_files(&[("marks.xml", report.as_bytes())]).unwrap();
        let told: Vec<String> = read
            .incoming
            .marks
            .iter()
            .map(|(place, one)| format!("{}: {} {} {}", place.line, one.pupil.admission_no.unwrap(), one.at, one.mark))
            .collect();
        assert_eq!(told, ["2: 0071 Mon 12 Oct AM L 7 min", "3: 0071 Mon 12 Oct PM \\", "4: 0072 Mon 12 Oct AM /"]);
        assert!(read.read_as[0].what.contains("a report of SIMS"), "{:?}", read.read_as);
        let cut = report.split_at(report.len() - 40).0;
        let fault = read_files(&[("marks.xml", cut.as_bytes())]).unwrap_err().to_string();
        assert!(fault.contains("stops in the middle"), "{fault}");
    }
}
