//! What is wrong with a file of keys, where, and the cure.

use std::fmt;

/// A place in one of the files of keys. A later file, then a later line, is greater.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Place {
    /// 0 for the compiled-in file, 1 for the one laid over it.
    pub file_number: usize,
    /// Counted from 1.
    pub line: usize,
    /// Counted in characters from 1.
    pub column: usize,
    /// The file's name, as the officer knows it.
    pub file: String,
}

impl Place {
    /// The place `offset` bytes into `text`.
    pub fn new(file_number: usize, file: &str, text: &str, offset: usize) -> Place {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Place { file_number, line, column, file: file.to_owned() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One thing wrong with a file of keys: `keymaps.toml:12: registers.chase: "pagdown" is no key; ...`
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fault {
    place: Place,
    about: String,
    text: String,
}

impl Fault {
    pub(super) fn new(place: &Place, about: impl Into<String>, text: impl Into<String>) -> Fault {
        Fault { place: place.clone(), about: about.into(), text: text.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        if !self.about.is_empty() {
            write!(f, "{}: ", self.about)?;
        }
        f.write_str(&self.text)
    }
}
