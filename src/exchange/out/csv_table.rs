//! A table as CSV. It begins with a byte order mark, without which Excel misreads accents.

use std::io::{self, Write};

use crate::render::guard::guarded;
use crate::report::tables::cell::Cell;

/// A table that is being written, row by row.
pub struct CsvTable<W: Write> {
    out: csv::Writer<W>,
}

impl<W: Write> CsvTable<W> {
    /// Begin one in `to`, under these headings.
    pub fn begin(mut to: W, headings: &[&str]) -> io::Result<CsvTable<W>> {
        to.write_all("\u{feff}".as_bytes())?;
        let mut out = csv::Writer::from_writer(to);
        out.write_record(headings)?;
        Ok(CsvTable { out })
    }

    /// Write a row: as many cells as there are headings.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for cell in cells {
            self.out.write_field(guarded(&cell.written()).as_bytes())?;
        }
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    /// End it, and give back where it was written.
    pub fn end(self) -> io::Result<W> {
        self.out.into_inner().map_err(|error| error.into_error())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::name::clean;
    use crate::exchange::support::read_text;

    fn written(headings: &[&str], rows: &[Vec<Cell<'_>>]) -> String {
        let mut table = CsvTable::begin(Vec::new(), headings).unwrap();
        rows.iter().for_each(|row| table.row(row).unwrap());
        String::from_utf8(table.end().unwrap()).unwrap()
    }

    #[test]
    fn cells_are_written_by_what_they_are() {
        use chrono::{NaiveDate, NaiveTime};
        let (date, time) = (NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(), NaiveTime::from_hms_opt(8, 57, 0).unwrap());
        let cells = vec![
            Cell::text("O'Neill, \"Zoë\""),
            Cell::text("\\"),
            Cell::text("=1+1"),
            Cell::Number(-17),
            Cell::Date(date),
            Cell::LongDate(date),
            Cell::Time(time),
            Cell::Moment(date.and_time(time)),
            Cell::text(""),
        ];
        assert_eq!(
            written(&["a", "b", "c", "d", "e", "f", "g", "h", "i"], &[cells]),
            "\u{feff}a,b,c,d,e,f,g,h,i\n\"O'Neill, \"\"Zoë\"\"\",\\,'=1+1,'-17,2026-09-01,Tuesday 1 September 2026,08:57,\
             2026-09-01 08:57,\n"
        );
    }

    proptest! {
        /// Whatever a pupil is called, the name comes back, and no cell begins a formula.
        #[test]
        fn names_come_back_as_they_were(
            names in prop::collection::vec("['=+@\\t\\r\\n,;\"\\\\/-]{0,3}[A-Za-zë=' ,\"-]{0,8}", 1..6),
        ) {
            let names: Vec<String> = names.iter().map(|name| clean(name)).collect();
            // A name of signs alone stands for nothing; and `="x"` is another system's way to write x.
            let is_name = |name: &String| name.chars().any(char::is_alphabetic);
            let names: Vec<String> = names.into_iter().filter(is_name).collect();
            let rows: Vec<Vec<Cell<'_>>> = (1..).zip(&names).map(|(number, name)| {
                vec![Cell::text(format!("A{number}")), Cell::text(name), Cell::text("Amira")]
            }).collect();
            let text = written(&["admission_no", "surname", "forename"], &rows);
            for record in csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes()).records() {
                for cell in &record.unwrap() {
                    prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{}", cell);
                }
            }
            let read = read_text(&text);
            let back: Vec<String> = read.incoming.pupils.iter().map(|(_, pupil)| pupil.surname.clone()).collect();
            prop_assert_eq!(back, names, "{:?}", read.rejects);
        }
    }
}
