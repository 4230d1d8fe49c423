//! Marks handed back to the system that they come from, as files that it or a person can use. What a form has no place for is told, and
//! never guessed.

mod changes;
mod in_profile;
pub mod receipt;
mod sims;
#[cfg(test)]
mod tests;

use hashbrown::HashMap;

use super::profiles::Profile;
use crate::domain::facts::handback::{Form, MarkChange};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::render::guard::guarded;
use in_profile::Columns;

/// How a hand-back is written, with what that takes.
pub struct Writing<'a> {
    roll: &'a Roll,
    /// The numbers that the other system has for pupils.
    numbers: &'a HashMap<PupilId, String>,
    how: How<'a>,
    has_comments: bool,
}

enum How<'a> {
    Sheet,
    Changes,
    Profile(Columns<'a>),
    Sims,
}

impl<'a> Writing<'a> {
    /// In a form, and in the columns of a profile where one is given. The error says why that profile has no place for it.
    pub fn new(
        form: Form,
        profile: Option<&'a Profile>,
        roll: &'a Roll,
        numbers: &'a HashMap<PupilId, String>,
    ) -> Result<Writing<'a>, String> {
        let how = match (form, profile) {
            (Form::Sheet, _) => How::Sheet,
            (Form::Sims, _) => How::Sims,
            (Form::Csv, None) => How::Changes,
            (Form::Csv, Some(profile)) => How::Profile(Columns::of(profile)?),
        };
        Ok(Writing { roll, numbers, how, has_comments: false })
    }

    /// The same, with the reasons as comments where the form has a place for them: they may be private.
    pub fn with_comments(self) -> Writing<'a> {
        Writing { has_comments: true, ..self }
    }

    /// Why a change has no place in this form, in words that follow whose it is; `None` where it has one.
    pub fn why_not(&self, change: &MarkChange) -> Option<String> {
        match &self.how {
            // A person reads these.
            How::Sheet | How::Changes => None,
            How::Profile(columns) => columns.row(self.roll, self.numbers, change).err(),
            How::Sims => sims::why_not(self.numbers, change),
        }
    }

    /// The file's text, of changes that have a place in this form; `None` of a sheet, which is a document.
    pub fn text(&self, changes: &[&MarkChange]) -> Option<String> {
        match &self.how {
            How::Sheet => None,
            How::Changes => Some(changes::text(self.roll, changes)),
            How::Profile(columns) => Some(columns.text(self.roll, self.numbers, changes)),
            How::Sims => Some(sims::text(self.numbers, changes, self.has_comments)),
        }
    }
}

/// A table as CSV, every cell made safe to open in a spreadsheet.
fn as_csv<R: AsRef<[String]>>(rows: impl IntoIterator<Item = R>) -> String {
    exactly_as_csv(
        rows.into_iter().map(|row| row.as_ref().iter().map(|cell| guarded(cell).into_owned()).collect::<Vec<_>>()),
    )
}

/// A table as CSV, cell by cell as they are.
fn exactly_as_csv<R: AsRef<[String]>>(rows: impl IntoIterator<Item = R>) -> String {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // Memory takes whatever is written.
        let (Ok(()) | Err(_)) = out.write_record(row.as_ref());
    }
    out.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
