//! How a row names its pupil: admission number, UPN, the number in the system it comes from, or several of them.

use super::blank::stands_for_nothing;
use super::spoilt::spoilt;
use crate::domain::incoming::{PupilKey, Reject};
use crate::domain::people::system_ids;
use crate::domain::people::upn::{UpnFault, check, has_shape};
use crate::exchange::kind::KEYS;
use crate::exchange::table::{Cell, Column, Row, Table};

/// What should be looked at in a pupil's own UPN, in words. The one place where UPNs are checked on their way in.
pub fn upn_warning(upn: &str) -> Option<String> {
    match check(upn) {
        Ok(()) => None,
        Err(fault @ UpnFault::CheckLetter { .. }) => Some(format!("“{upn}” was kept as written, but {fault}")),
        Err(_) => Some(format!("“{upn}” does not have the shape of a UPN and was left out")),
    }
}

/// A UPN as written in a file, in capitals and without blanks.
pub fn tidy_upn(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

/// The number in a cell by which a `system` knows a pupil, as our own column `mis_id` has it; blank where it is none.
pub fn of_system(system: &str, cell: &str) -> String {
    if cell.is_empty() || stands_for_nothing(cell) { String::new() } else { system_ids::of_system(system, cell) }
}

/// The columns that name a pupil.
#[derive(Clone, Copy)]
pub struct KeyColumns {
    admission_no: Column,
    upn: Column,
    mis_id: Column,
}

impl KeyColumns {
    /// Those of `table`.
    pub fn of(table: &Table<'_>) -> KeyColumns {
        let [admission_no, upn, mis_id] = KEYS.map(|heading| table.column(heading));
        KeyColumns { admission_no, upn, mis_id }
    }

    /// The cells of `row` by which it names its pupil.
    pub fn cells(self, row: Row<'_>) -> [Cell<'_>; 3] {
        [row.cell(self.admission_no), row.cell(self.upn), row.cell(self.mis_id)]
    }

    /// Whom `row` names. What does not have a UPN's shape is no key (many rows may say `TEMP`), and is given back beside it.
    pub fn read(self, row: Row<'_>) -> Result<(PupilKey, Option<String>), Reject> {
        let admission_no = row.cell(self.admission_no);
        if let Some(why) = spoilt(admission_no.as_str()) {
            return Err(admission_no.reject(why));
        }
        // An apostrophe before a number keeps spreadsheets from taking it for one, and is no part of it.
        let bare = |text: String| text.strip_prefix('\'').map_or(text.clone(), str::to_owned);
        let admission_no = row.text(self.admission_no).map(bare);
        // Two pupils may have it: the first of two rows that say NULL would be both.
        let nothing = admission_no.as_deref().filter(|text| stands_for_nothing(text)).map(str::to_owned);
        let admission_no = admission_no.filter(|_| nothing.is_none());
        let written = row.text(self.upn).map(|text| tidy_upn(&text));
        let (upn, odd) = match written {
            Some(upn) if has_shape(&upn) => (Some(upn), None),
            odd => (None, odd),
        };
        let source_id = row.text(self.mis_id).filter(|text| !stands_for_nothing(text));
        match (&admission_no, &upn, &odd) {
            _ if source_id.is_some() => Ok((PupilKey { source_id, admission_no, upn }, odd)),
            (None, None, None) if nothing.is_some() => {
                let message = "this stands for nothing, and the row names no pupil: give an admission_no or a upn";
                Err(row.reject("admission_no", nothing.as_deref().unwrap_or_default(), message))
            }
            (None, None, None) => {
                Err(row.reject("admission_no", "", "the row names no pupil: give an admission_no or a upn"))
            }
            (None, None, Some(odd)) => Err(row.reject("upn", odd, "this is not a UPN, and there is no admission_no")),
            _ => Ok((PupilKey { source_id: None, admission_no, upn }, odd)),
        }
    }
}

/// A pupil's key in one text, for finding a second row about the same pupil.
pub fn key_text(key: &PupilKey) -> &str {
    [&key.admission_no, &key.upn, &key.source_id].into_iter().flatten().next().map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_of_a_upn() {
        for good in ["B801200005001", "E12345678901X"] {
            assert!(has_shape(good) && upn_warning(good).is_none(), "{good}");
        }
        assert!(has_shape("A801200005001"));
        let text = "“A801200005001” was kept as written, but the check letter of the UPN should be B, not A";
        assert_eq!(upn_warning("A801200005001").as_deref(), Some(text));
        for bad in ["", "TEMP", "X80120000A001", "I801200005001", "N20110001804S", "B80120000500", "Bééééé1"] {
            let text = format!("“{bad}” does not have the shape of a UPN and was left out");
            assert!(!has_shape(bad) && upn_warning(bad) == Some(text), "{bad}");
        }
        assert_eq!(tidy_upn(" b801 2000 05001"), "B801200005001");
    }
}
