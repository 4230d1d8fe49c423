//! Rejects as a CSV file that is safe to open in a spreadsheet, put beside what was imported. It replaces no file, and follows no link.

use std::fs;
use std::io::{self, ErrorKind, Read as _, Write};
use std::path::{Path, PathBuf};

use crate::config::{NewFile, NotMade, open_file};
use crate::domain::incoming::Reject;
use crate::render::guard::guarded;

/// So many lists lie beside one file before another is not written.
const LISTS_MAX: usize = 1_000;

/// Keep `rejects` beside `first`, for their owner only, and say where: "pupils.csv" has its own in "pupils.rejects.csv". Where a file of
/// that name holds anything else, it is left alone, and the next is "pupils.rejects-2.csv".
pub fn keep(first: &Path, rejects: &[Reject]) -> io::Result<PathBuf> {
    let mut list = Vec::new();
    write(rejects, &mut list)?;
    let stem = first.file_stem().map_or_else(|| "import".into(), |stem| stem.to_string_lossy().into_owned());
    for number in 1..=LISTS_MAX {
        let mark = if number == 1 { String::new() } else { format!("-{number}") };
        let path = first.with_file_name(format!("{stem}.rejects{mark}.csv"));
        match fs::symlink_metadata(&path) {
            Ok(about) if about.is_file() && about.len() == list.len() as u64 && read(&path)? == list => {
                return Ok(path);
            }
            Ok(_) => continue,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let made = NewFile::begin(&path).and_then(|mut new| match new.write_all(&list) {
            Ok(()) => new.keep(),
            Err(error) => Err(NotMade::Failed { path: path.clone(), error }),
        });
        match made {
            Ok(_) => return Ok(path),
            Err(NotMade::Exists(_)) => {}
            Err(NotMade::Failed { error, .. }) => return Err(error),
        }
    }
    Err(io::Error::other("there are too many lists of refused rows here: take the old ones away"))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_file(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Write `rejects` as CSV: file, line, column, value, reason. It begins with a byte order mark, without which Excel misreads
/// accents.
pub fn write(rejects: &[Reject], mut to: impl Write) -> io::Result<()> {
    to.write_all("\u{feff}".as_bytes())?;
    let mut out = csv::Writer::from_writer(to);
    out.write_record(["file", "line", "column", "value", "reason"])?;
    for Reject { place, column, value, reason } in rejects {
        let line = place.line.to_string();
        out.write_record([&*guarded(&place.file), &line, &guarded(column), &guarded(value), &guarded(reason)])?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;
    use crate::domain::incoming::Place;

    fn reject(value: &str) -> Reject {
        Reject {
            place: Place { file: "m, 1.csv".to_owned(), line: 7 },
            column: "code".to_owned(),
            value: value.to_owned(),
            reason: "this is not an attendance code".to_owned(),
        }
    }

    #[test]
    fn nothing_is_replaced_and_no_link_followed() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        let keep = |value: &str| keep(&place("a.csv"), &[reject(value)]).unwrap();
        let first = keep("x");
        assert_eq!((first.clone(), keep("x")), (place("a.rejects.csv"), place("a.rejects.csv")), "once is enough");
        assert_eq!(fs::metadata(&first).unwrap().permissions().mode() & 0o777, 0o600);
        let before = fs::read(&first).unwrap();
        fs::write(place("victim"), "kept").unwrap();
        symlink(place("victim"), place("a.rejects-2.csv")).unwrap();
        symlink(place("nowhere"), place("a.rejects-3.csv")).unwrap();
        assert_eq!(keep("y"), place("a.rejects-4.csv"));
        assert_eq!((fs::read(&first).unwrap(), fs::read(place("victim")).unwrap()), (before, b"kept".to_vec()));
        assert!(!place("nowhere").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 5, "nothing unfinished is left");
    }

    #[test]
    fn cells_cannot_run() {
        let mut out = Vec::new();
        write(&["=1+1", "+44", "-", "@SUM", "\tx", "\rx", "Zoë \"x\""].map(reject), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let rows: Vec<&str> = text.trim_start_matches('\u{feff}').split('\n').collect();
        assert_eq!(rows[0], "file,line,column,value,reason");
        assert_eq!(rows[1], "\"m, 1.csv\",7,code,'=1+1,this is not an attendance code");
        for (row, safe) in
            rows[2..].iter().zip([",'+44,", ",'-,", ",'@SUM,", ",'\tx,", ",\"'\rx\",", ",\"Zoë \"\"x\"\"\","])
        {
            assert!(row.contains(safe), "{row}");
        }
    }
}
