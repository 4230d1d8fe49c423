//! A row that has the marks of a stretch of days in one text. It is taken where one reading alone fits, and never in part.

use super::profile::{MARKS, SPAN};
use super::sheet::{BLANK, CLOSED, Parts, code};
use crate::domain::incoming::Reject;
use crate::exchange::cells::mark_string::{Slot, slots};
use crate::exchange::formats::Sheet;
use crate::exchange::table::Row;
use crate::exchange::table::notes::Notes;

impl Parts<'_> {
    /// Add a row for each mark of the pupil whom `cells` name.
    pub fn add_string(
        &self,
        row: Row<'_>,
        cells: &[String],
        sheet: &mut Sheet,
        notes: &mut Notes,
    ) -> Result<(), Reject> {
        let [first, last] = SPAN;
        let (first, last) = (self.date(row, first)?, self.date(row, last)?);
        let column = self.bound.column(MARKS);
        // Blanks at its ends are marks as well. An apostrophe before it is a spreadsheet's.
        let text = row.as_written(column);
        let text = text.strip_prefix('\'').unwrap_or(text);
        let read = slots(text, first, last, self.known.calendar);
        let slots = read.map_err(|why| row.cell(column).reject(&format!("none of these marks is taken: {why}")))?;
        for (at, slot) in slots {
            let mark = match &slot {
                Slot::Mark(mark) => code(self.bound.profile, mark),
                Slot::Blank => "",
                Slot::Closed => {
                    notes.add("closed", "", || row.place(), || CLOSED.to_owned());
                    continue;
                }
            };
            if mark.is_empty() {
                notes.add("blank", "", || row.place(), || BLANK.to_owned());
                continue;
            }
            let (date, session) = (at.date.to_string(), at.session.as_str());
            sheet.add(row.line(), cells.iter().map(String::as_str).chain([date.as_str(), session, mark, ""]));
        }
        Ok(())
    }
}
