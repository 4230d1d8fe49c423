//! A table as a workbook: days are days and numbers numbers, every text is a text whatever it looks like, and there are no formulas. The
//! headings stay in sight and can be filtered by. What is written waits in a file without a name until the workbook is put together.

use std::io::{self, Write};
use std::path::Path;

use chrono::NaiveDateTime;
use rust_xlsxwriter::{Workbook, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::exchange::source::workbook::ROWS_MAX;
use crate::render::workbook::cells::{Looks, put};
use crate::render::workbook::{made_at, plainly};
use crate::report::tables::cell::Cell;

/// Columns are no wider: what is longer can be read all the same.
const WIDTH_MAX: usize = 40;
/// What the button of a filter covers, and the margins of a cell.
const MARGIN: usize = 3;

/// A table that is being written, row by row. One that is longer than a sheet goes on in the next.
pub struct WorkbookTable {
    book: Workbook,
    looks: Looks,
    headings: Vec<String>,
    name: String,
    sheets: usize,
    /// The row that comes next in the last sheet.
    row: u32,
    rows_max: u32,
    widths: Vec<usize>,
}

impl WorkbookTable {
    /// Begin one under these headings, in a sheet of that name; `now` is when it is made, and what waits lies in `folder`.
    pub fn begin(name: &str, headings: &[&str], now: NaiveDateTime, folder: &Path) -> io::Result<WorkbookTable> {
        let mut book = Workbook::new();
        book.set_tempdir(folder).map_err(plainly)?;
        book.set_properties(&made_at(now).map_err(plainly)?);
        let mut table = WorkbookTable {
            book,
            looks: Looks::usual(),
            headings: headings.iter().map(|heading| (*heading).to_owned()).collect(),
            name: name.to_owned(),
            sheets: 0,
            row: 0,
            rows_max: ROWS_MAX,
            widths: headings.iter().map(|heading| heading.width()).collect(),
        };
        table.begin_sheet().map_err(plainly)?;
        Ok(table)
    }

    /// Write a row: as many cells as there are headings.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        if self.row >= self.rows_max {
            self.begin_sheet().map_err(plainly)?;
        }
        for (width, cell) in self.widths.iter_mut().zip(cells) {
            *width = (*width).max(cell.written().width());
        }
        self.put(cells).map_err(plainly)
    }

    /// End it, and write all of it to `to`.
    pub fn end(mut self, to: impl Write + Send) -> io::Result<()> {
        self.end_sheet().map_err(plainly)?;
        for sheet in self.book.worksheets_mut() {
            for (column, width) in (0..).zip(&self.widths) {
                let width = (width + MARGIN).min(WIDTH_MAX);
                sheet.set_column_width(column, u32::try_from(width).unwrap_or_default()).map_err(plainly)?;
            }
        }
        self.book.save_to_writer(to).map_err(plainly)
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        self.end_sheet()?;
        self.sheets += 1;
        let name = if self.sheets == 1 { self.name.clone() } else { format!("{} {}", self.name, self.sheets) };
        let sheet = self.book.add_worksheet_with_low_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (column, heading) in (0..).zip(&self.headings) {
            sheet.write_string_with_format(0, column, heading, &self.looks.heading)?;
        }
        self.row = 1;
        Ok(())
    }

    /// The last sheet can be filtered by its headings.
    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        let Some(last) = self.sheets.checked_sub(1) else { return Ok(()) };
        let column = u16::try_from(self.headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let row = self.row.saturating_sub(1);
        self.book.worksheet_from_index(last)?.autofilter(0, 0, row, column)?;
        Ok(())
    }

    fn put(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        let sheet = self.book.worksheet_from_index(self.sheets.saturating_sub(1))?;
        for (column, cell) in (0..).zip(cells) {
            put(sheet, (self.row, column), cell, &self.looks)?;
        }
        self.row += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use chrono::{NaiveDate, NaiveTime};

    use crate::domain::name::clean;
    use crate::exchange::source::workbook::read;
    use crate::exchange::support::read_files;

    const HEADINGS: [&str; 3] = ["admission_no", "surname", "forename"];

    fn begin(headings: &[&str]) -> WorkbookTable {
        let now = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap().and_hms_opt(9, 20, 0).unwrap();
        WorkbookTable::begin("Marks", headings, now, &std::env::temp_dir()).unwrap()
    }

    fn packed(table: WorkbookTable) -> Vec<u8> {
        let mut bytes = Vec::new();
        table.end(&mut bytes).unwrap();
        bytes
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        io::read_to_string(archive.by_name(name).unwrap()).unwrap()
    }

    #[test]
    fn cells_are_what_they_are_and_nothing_is_reckoned() {
        let (date, time) = (NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(), NaiveTime::from_hms_opt(8, 57, 0).unwrap());
        let mut table = begin(&["a", "b", "c", "d", "e", "f", "g", "h"]);
        let cells = [
            Cell::text("=1+1"),
            Cell::text("004127"),
            Cell::Number(17),
            Cell::Date(date),
            Cell::LongDate(date),
            Cell::Time(time),
            Cell::Moment(date.and_time(time)),
            Cell::Blank,
        ];
        table.row(&cells).unwrap();
        table.row(&["/", "\\", "-", "'=x", "9/11", "1E+11", "x_x000D_y", "Zoë"].map(Cell::text)).unwrap();
        let bytes = packed(table);
        let lines = [
            "a,b,c,d,e,f,g,h",
            "=1+1,004127,17,2026-09-01,2026-09-01,08:57,2026-09-01 08:57,",
            "/,\\,-,''=x,9/11,1E+11,x_x000D_y,Zoë",
        ];
        assert_eq!(read(&bytes).unwrap().sheets[0].text.lines().collect::<Vec<_>>(), lines);
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("<f>") && sheet.contains("<v>46266</v>") && sheet.contains("<v>17</v>"), "{sheet}");
        assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:H3\"/>"), "{sheet}");
        let about = part(&bytes, "docProps/core.xml");
        assert!(about.contains("<dc:creator></dc:creator>") || about.contains("<dc:creator/>"), "{about}");
        assert!(about.contains("2026-11-24T09:20:00Z"), "{about}");
    }

    #[test]
    fn columns_are_as_wide_as_what_stands_in_them() {
        let mut table = begin(&["a", "surname"]);
        table.row(&[Cell::text("x"), Cell::text("O'Neill-Smith")]).unwrap();
        table.row(&[Cell::text("x"), Cell::text("y".repeat(200))]).unwrap();
        assert_eq!(table.widths, [1, 200]);
        let sheet = part(&packed(table), "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<col min=\"1\" max=\"1\" width=\"4.7"), "{sheet}");
        assert!(sheet.contains("<col min=\"2\" max=\"2\" width=\"40.7"), "{sheet}");
    }

    #[test]
    fn what_is_longer_than_a_sheet_goes_on_in_the_next() {
        let mut table = begin(&HEADINGS);
        table.rows_max = 3;
        for number in 1..6 {
            table.row(&[Cell::text(format!("A{number}")), Cell::text("Khan"), Cell::text("Amira")]).unwrap();
        }
        let bytes = packed(table);
        let sheets = read(&bytes).unwrap().sheets;
        let names: Vec<(&str, usize)> =
            sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.text.lines().count())).collect();
        assert_eq!(names, [("Marks", 3), ("Marks 2", 3), ("Marks 3", 2)]);
        let read = read_files(&[("book.xlsx", &bytes)]).unwrap();
        assert_eq!((read.incoming.pupils.len(), read.rejects.len()), (5, 0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        /// Whatever a pupil is called, the name comes back.
        #[test]
        fn names_come_back_as_they_were(
            names in prop::collection::vec("['=+@\\t\\r\\n,;\"\\\\/-]{0,3}[A-Za-zë=' ,-]{1,8}", 1..6),
        ) {
            let names: Vec<String> = names.iter().map(|name| clean(name)).collect();
            let is_name = |name: &String| name.chars().any(char::is_alphabetic);
            let names: Vec<String> = names.into_iter().filter(is_name).collect();
            let mut table = begin(&HEADINGS);
            for (number, name) in (1..).zip(&names) {
                table.row(&[Cell::text(format!("A{number}")), Cell::text(name), Cell::text("Amira")]).unwrap();
            }
            let read = read_files(&[("book.xlsx", &packed(table))]);
            let back: Vec<String> = read.iter().flat_map(|read| &read.incoming.pupils).map(|(_, pupil)| pupil.surname.clone()).collect();
            prop_assert_eq!(back, names);
        }
    }
}
