//! A pupil's own numbers.

use super::{Person, checked_upn};
use crate::domain::people::upn::has_shape;
use crate::exchange::cells::blank::stands_for_nothing;
use crate::exchange::cells::key::tidy_upn;
use crate::exchange::cells::spoilt::spoilt;
use crate::exchange::table::notes::Notes;
use crate::exchange::table::{Column, Row, Table};

/// The columns of `users.csv` in which a pupil's own numbers may stand.
pub struct IdColumns {
    identifier: Column,
    user_ids: Column,
    upn: Column,
    admission: [Column; 3],
}

impl IdColumns {
    pub fn of(table: &Table<'_>) -> IdColumns {
        IdColumns {
            identifier: table.column("identifier"),
            user_ids: table.column("userIds"),
            upn: table.column("metadata.upn"),
            admission: ["metadata.admissionNumber", "metadata.admissionNo", "metadata.admission_no"]
                .map(|heading| table.column(heading)),
        }
    }

    /// The UPN is where it is called so, or where something has its shape; the admission number is where it is called so, or the
    /// identifier.
    pub fn read(&self, row: Row<'_>, person: &mut Person, notes: &mut Notes) {
        let identifier = row.text(self.identifier);
        let ids = row.cell(self.user_ids);
        let ids: Vec<(&str, &str)> = ids
            .as_str()
            .split(',')
            .map(|pair| pair.trim().trim_start_matches('{').trim_end_matches('}'))
            .map(|pair| pair.split_once(':').unwrap_or(("", pair)))
            .collect();
        let shaped = |text: &str| Some(tidy_upn(text)).filter(|upn| has_shape(upn));
        person.upn = row
            .text(self.upn)
            .and_then(|text| checked_upn(row, &text, notes))
            .or_else(|| ids.iter().find_map(|(_, id)| shaped(id)))
            .or_else(|| shaped(identifier.as_deref()?));
        person.admission_no = self.admission.iter().find_map(|column| row.text(*column)).or_else(|| {
            // Some systems repeat the e-mail address here.
            identifier.filter(|text| shaped(text).is_none() && !text.contains('@'))
        });
        if let Some(number) = person.admission_no.take_if(|number| stands_for_nothing(number)) {
            let message = || format!("“{number}” stands for nothing and was left out");
            notes.add("nothing", &number, || row.place(), message);
        }
        if let Some(number) = person.admission_no.take_if(|number| spoilt(number).is_some()) {
            let message = || format!("“{number}” was left out: {}", spoilt(&number).unwrap_or_default());
            notes.add("spoilt", &number, || row.place(), message);
        }
    }
}
