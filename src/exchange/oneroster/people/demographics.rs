//! `demographics.csv`: dates of birth, and sex.

use chrono::NaiveDate;

use super::People;
use crate::exchange::Read;
use crate::exchange::cells::details;
use crate::exchange::fault::ReadFault;
use crate::exchange::oneroster::is_gone;
use crate::exchange::table::Table;
use crate::exchange::table::notes::Notes;

impl People {
    /// Read it. Of whoever is no pupil nothing is kept.
    pub fn read_demographics(
        &mut self,
        table: &mut Table<'_>,
        today: NaiveDate,
        read: &mut Read,
        notes: &mut Notes,
    ) -> Result<(), ReadFault> {
        let (id, status) = (table.needed("sourcedId")?, table.column("status"));
        let (born, sex) = (table.column("birthDate"), table.column("sex"));
        while let Some(row) = table.next(&mut read.rejects) {
            let who = row.cell(id);
            if is_gone(row, status) || self.is_gone(who.as_str()) {
                continue;
            }
            let person = self.by_id.get(who.as_str()).and_then(|place| self.list.get_mut(*place));
            match person {
                Some(person) if person.is_pupil() => {
                    person.date_of_birth = details::date_of_birth(row, born, person.year, today, notes);
                    person.sex = details::sex(row, sex, notes);
                }
                Some(_) => {}
                None => {
                    let text = || "this row is of nobody in users.csv, and was left out".to_owned();
                    notes.add("nobody", "", || row.place(), text);
                }
            }
        }
        Ok(())
    }
}
