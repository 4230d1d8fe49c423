//! What the tests of every reader need: a few codes, and ways to hand in files.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::profiles::Profiles;
use super::{Known, Read, ReadFault, read};
use crate::domain::calendar::{Calendar, Term};
use crate::domain::code::CodeTable;

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 2).unwrap()
}

/// The autumn term around it, with a week off.
pub fn calendar() -> Calendar {
    let term = |name: &str, from, until| {
        let date = |(month, day)| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        Term { name: name.to_owned(), from: date(from), until: date(until) }
    };
    let terms = vec![term("Autumn 1", (9, 2), (10, 23)), term("Autumn 2", (11, 2), (12, 18))];
    Calendar { terms, ..Calendar::default() }
}

/// Enough codes to tell good from bad.
pub fn codes() -> CodeTable {
    let row = |code: &str, statistic: &str, more: &str| {
        format!(
            "[[code]]\ncode = '{code}'\nmeaning = 'x'\nstatistic = '{statistic}'\npossible = true\non-site = 'no'\n\
             may-enter = 'tutor'\n{more}\n"
        )
    };
    let text = row("/", "present", "session = 'AM'")
        + &row("\\", "present", "session = 'PM'")
        + &["L", "U", "N", "I"].map(|code| row(code, "authorised", "")).concat()
        + &row("J1", "authorised", "from = '2024-08-19'")
        + &row("H", "authorised", "until = '2024-08-18'");
    toml::from_str(&text).unwrap()
}

pub fn read_path(path: PathBuf) -> Result<Read, ReadFault> {
    let profiles = Profiles::built_in()?;
    read(&[path], Known { codes: &codes(), calendar: &calendar(), today: today(), profiles: &profiles }, &mut |_| {})
}

/// Read a folder of these files.
pub fn read_files(files: &[(&str, &[u8])]) -> Result<Read, ReadFault> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    read_path(folder.path().to_owned())
}

/// Read one flat file.
pub fn read_text(text: &str) -> Read {
    read_files(&[("file.csv", text.as_bytes())]).unwrap()
}

pub fn reasons(read: &Read) -> Vec<(u64, &str)> {
    read.rejects.iter().map(|reject| (reject.place.line, reject.reason.as_str())).collect()
}

pub fn zip(entries: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut out = ::zip::ZipWriter::new(file.reopen().unwrap());
    for (name, bytes) in entries {
        out.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap();
    file
}
