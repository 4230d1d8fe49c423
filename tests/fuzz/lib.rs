//! Reads a file as an import does: what is shared by the readers' harnesses.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chrono::NaiveDate;
use firstbell::domain::calendar::{Calendar, Term};
use firstbell::domain::code::CodeTable;
use firstbell::exchange::profiles::Profiles;
use firstbell::exchange::timetable::Timetable;
use firstbell::exchange::{self, Known};

/// Where the file lies: in memory where there is such a place, in a folder of this process's own.
static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
});

static CODES: LazyLock<CodeTable> = LazyLock::new(|| CodeTable::national().unwrap());

static PROFILES: LazyLock<Profiles> = LazyLock::new(|| Profiles::built_in().unwrap());

/// Read `bytes` as the one file of an import. What is answered does not matter here: that something is, does.
pub fn read(bytes: &[u8]) {
    let path: PathBuf = FOLDER.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    let term = |name: &str, from, until| Term { name: name.to_owned(), from, until };
    let terms = vec![term("Autumn 1", day(9, 2), day(10, 23)), term("Autumn 2", day(11, 2), day(12, 18))];
    let calendar = Calendar { terms, ..Calendar::default() };
    let known = Known {
        codes: &CODES,
        calendar: &calendar,
        today: day(11, 2),
        profiles: &PROFILES,
        has_serial_dates: false,
        timetable: &Timetable::default(),
        own_files: &Default::default(),
    };
    let _ = exchange::read(&[path], known, &mut |_| {});
}

/// A zip of these parts, unpacked sizes kept small by the caller.
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
