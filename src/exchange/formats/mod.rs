//! The formats of other systems, one module each. A format is told by what a file holds, and puts its records under headings of ours;
//! the readers of the flat files then ask of every cell what they ask of our own.

mod ctf;
mod refused;
mod sims_partner;

use super::Known;
use super::fault::ReadFault;
use super::kind::Kind;
use super::source::content::Content;
use super::table::SourceRow;
use super::table::notes::Notes;
use crate::domain::incoming::Reject;
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
    /// The rules of the field.
    pub known: Known<'o>,
    /// What should be looked at.
    pub notes: &'o mut Notes,
    /// What cannot be used, and is told of before there are rows.
    pub rejects: &'o mut Vec<Reject>,
    /// What more there is to say of it, behind the name of its format; may be empty.
    pub said: String,
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

    /// Without the columns it may have that no row says anything in: a column that is there says that there is none of it.
    pub fn without_blank_columns(mut self) -> Sheet {
        let is_blank = |place: usize| self.rows.iter().all(|row| row.cells.get(place).is_none_or(str::is_empty));
        let may_go = |heading: &&'static str| self.kind.optional().contains(heading);
        let keeps: Vec<bool> =
            self.headings.iter().enumerate().map(|(place, heading)| !(may_go(heading) && is_blank(place))).collect();
        let kept = |place: usize| keeps.get(place).copied().unwrap_or_default();
        for row in &mut self.rows {
            row.cells = row.cells.iter().enumerate().filter(|(place, _)| kept(*place)).map(|(_, cell)| cell).collect();
        }
        self.headings =
            self.headings.into_iter().enumerate().filter(|(place, _)| kept(*place)).map(|(_, one)| one).collect();
        self
    }
}

/// Every format, the surest first.
const FORMATS: [&dyn Format; 2] = [&ctf::TransferFile, &sims_partner::Sessions];

/// The format of `content`, if it is one that is read.
pub fn format_of(content: &Content) -> Option<&'static dyn Format> {
    FORMATS.into_iter().find(|format| format.is(content))
}

/// Why a file of `content` is not read, if it is none that is.
pub fn not_known(file: &str, content: &Content) -> ReadFault {
    ReadFault::NotKnown { file: file.to_owned(), why: why_refused(content) }
}
