//! The formats of other systems, one module each. A format is told by what a file holds, and puts its records under headings of ours;
//! the readers of the flat files then ask of every cell what they ask of our own.

mod assembly;
mod beside;
mod bromcom;
mod ctf;
mod refused;
mod sims_codes;
mod sims_partner;
pub mod sims_report;
mod wonde;

use super::Known;
use super::fault::ReadFault;
use super::kind::Kind;
use super::source::content::Content;
use super::table::SourceRow;
use super::table::notes::Notes;
use crate::domain::incoming::{Place, Reject};
pub use beside::Beside;
pub use refused::{PERCENTAGES, holds_percentages, why_refused};

/// A format that is read.
pub trait Format: Sync {
    /// What it is called, in a sentence: "a Common Transfer File".
    fn name(&self) -> &'static str;

    /// Whether `content` is of it.
    fn is(&self, content: &Content) -> bool;

    /// Whether it is read behind all other files of an import, since it points into one of them.
    fn is_last(&self) -> bool {
        false
    }

    /// Its records as rows of our tables. What was left out is noted; the error is what follows the file's name in a sentence.
    fn sheets(&self, file: &mut Opened<'_>) -> Result<Vec<Sheet>, String>;
}

/// A file that is being read.
pub struct Opened<'o> {
    /// Its name, without its folder.
    pub name: &'o str,
    /// What it holds.
    pub content: &'o Content,
    /// The rules of the field.
    pub known: Known<'o>,
    /// What should be looked at.
    pub notes: &'o mut Notes,
    /// What cannot be used, and is told of before there are rows.
    pub rejects: &'o mut Vec<Reject>,
    /// What more there is to say of it, behind the name of its format; may be empty.
    pub said: String,
    /// What the files of this import tell of each other.
    pub beside: &'o mut Beside,
}

impl Opened<'_> {
    /// Note that the comment of the mark on `line` is left out, if it has one.
    pub fn leave_out(&mut self, comment: &str, line: u64) {
        if !comment.is_empty() {
            let place = || Place { file: self.name.to_owned(), line };
            self.notes.add("comment", "", place, || "the comment of this mark was left out".to_owned());
        }
    }
}

/// Rows of one of our tables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// Which table.
    pub kind: Kind,
    /// Headings of it.
    pub headings: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<SourceRow>,
    /// Its marks are what another school states: they never stand over what is recorded here.
    pub is_stated: bool,
}

impl Sheet {
    /// An empty one.
    pub fn new(kind: Kind, headings: &[&'static str]) -> Sheet {
        Sheet { kind, headings: headings.to_vec(), rows: Vec::new(), is_stated: false }
    }

    /// Add a row: its cells in the order of the headings.
    pub fn add<'c>(&mut self, line: u64, cells: impl IntoIterator<Item = &'c str>) {
        self.rows.push(SourceRow { line, cells: cells.into_iter().collect() });
    }

    /// The rows apart, by the columns that they say something in. A blank in a column would say that there is none of it, and what is held
    /// would go: other systems leave out what they do not know.
    pub fn apart(self) -> Vec<Sheet> {
        let Sheet { kind, headings, rows, is_stated } = self;
        let mut sheets: Vec<Sheet> = Vec::new();
        for SourceRow { line, cells } in &rows {
            let is_said =
                |(heading, cell): &(&&'static str, &str)| !cell.is_empty() || !kind.optional().contains(heading);
            let (headings, cells): (Vec<&'static str>, Vec<&str>) = headings.iter().zip(cells).filter(is_said).unzip();
            match sheets.iter_mut().find(|sheet| sheet.headings == headings) {
                Some(sheet) => sheet.add(*line, cells),
                None => {
                    let mut sheet = Sheet { kind, headings, rows: Vec::new(), is_stated };
                    sheet.add(*line, cells);
                    sheets.push(sheet);
                }
            }
        }
        sheets
    }
}

/// Every format, the surest first.
const FORMATS: [&dyn Format; 8] = [
    &ctf::TransferFile,
    &sims_partner::Sessions,
    &sims_codes::Codes,
    &wonde::Students,
    &wonde::Codes,
    &wonde::Attendance,
    &assembly::Marks,
    &bromcom::BasicAttendance,
];

/// The format of `content`, if it is one that is read.
pub fn format_of(content: &Content) -> Option<&'static dyn Format> {
    FORMATS.into_iter().find(|format| format.is(content))
}

/// Why a file of `content` is not read, if it is none that is.
pub fn not_known(file: &str, content: &Content) -> ReadFault {
    ReadFault::NotKnown { file: file.to_owned(), why: why_refused(content) }
}

/// The day of `text`, if the time behind it is midnight: other systems write a day so. With another time it is kept whole, and is then
/// no date to anybody: in another zone it may be the day before.
fn day(text: &str) -> &str {
    let is_midnight = |time: &str| time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'));
    text.split_once(['T', ' ']).filter(|(_, time)| is_midnight(time)).map_or(text, |(day, _)| day)
}
