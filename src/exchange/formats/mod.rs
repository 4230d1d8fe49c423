//! The formats of other systems, one module each. A format is told by what a file holds, and puts its records under headings of ours;
//! the readers of the flat files then ask of every cell what they ask of our own.

mod refused;
mod sims_partner;

use super::fault::ReadFault;
use super::kind::Kind;
use super::source::content::Content;
use super::table::SourceRow;
use super::table::notes::Notes;
pub use refused::why_refused;

/// A format that is read.
pub trait Format: Sync {
    /// What it is called, in a sentence: "a Common Transfer File".
    fn name(&self) -> &'static str;

    /// Whether `content` is of it.
    fn is(&self, content: &Content) -> bool;

    /// Its records as rows of our tables. What was left out is noted; the error is what follows the file's name in a sentence.
    fn sheets(&self, file: &mut Opened<'_>) -> Result<Vec<Sheet>, String>;
}

/// A file that is being read.
pub struct Opened<'o> {
    /// Its name, without its folder.
    pub name: &'o str,
    /// What it holds.
    pub content: &'o Content,
    /// What should be looked at.
    pub notes: &'o mut Notes,
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
}

impl Sheet {
    /// An empty one.
    pub fn new(kind: Kind, headings: &[&'static str]) -> Sheet {
        Sheet { kind, headings: headings.to_vec(), rows: Vec::new() }
    }

    /// Add a row: its cells in the order of the headings.
    pub fn add<'c>(&mut self, line: u64, cells: impl IntoIterator<Item = &'c str>) {
        self.rows.push(SourceRow { line, cells: cells.into_iter().collect() });
    }
}

/// Every format, the surest first.
const FORMATS: [&dyn Format; 1] = [&sims_partner::Sessions];

/// The format of `content`, if it is one that is read.
pub fn format_of(content: &Content) -> Option<&'static dyn Format> {
    FORMATS.into_iter().find(|format| format.is(content))
}

/// Why a file of `content` is not read, if it is none that is.
pub fn not_known(file: &str, content: &Content) -> ReadFault {
    ReadFault::NotKnown { file: file.to_owned(), why: why_refused(content) }
}
