//! Where a file goes once the record has done with it: under a name that is free, with its report beside it, and nothing written over.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags};
use rustix::io::Errno;

use super::FolderFault;
use super::folder::{Folder, Stamp, digest};
use super::place::Place;
use crate::config::{NewFile, NotMade, open_file};

/// Files of one name before another is not kept.
const NAMES_MAX: usize = 10_000;

/// A file that is to be moved.
#[derive(Clone, Copy, Debug)]
pub struct Moving<'a> {
    /// Its name.
    pub name: &'a str,
    /// SHA-256 of what was taken of it.
    pub digest: &'a str,
    /// The name that it is to have.
    pub kept_as: &'a str,
}

/// Where a file lies now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Moved {
    /// There, under this name.
    Kept(String),
    /// Nowhere: somebody took it away, or put another in its place.
    Gone,
}

impl Folder {
    fn kept(&self, place: Place, name: &str) -> PathBuf {
        self.path().join(place.as_str()).join(name)
    }

    /// Where the report of a file lies that is kept under this name.
    pub fn report_of(&self, place: Place, kept_as: &str) -> PathBuf {
        self.kept(place, &format!("{kept_as}.report.txt"))
    }

    /// A name for `name` that no file there has, nor a report other than `report`: "marks.csv", then "marks-2.csv".
    pub fn free_name(&self, place: Place, name: &str, report: &str) -> Result<String, FolderFault> {
        let (stem, ending) = match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
            _ => (name, String::new()),
        };
        let free = |name: &String| {
            let report_there = self.report_of(place, name);
            !is_there(&self.kept(place, name)) && (!is_there(&report_there) || holds(&report_there, report))
        };
        let names = (1..=NAMES_MAX).map(|number| match number {
            1 => name.to_owned(),
            number => format!("{stem}-{number}{ending}"),
        });
        names.into_iter().find(free).ok_or_else(|| FolderFault::Full(self.kept(place, name)))
    }

    /// Move a file to where it belongs, its report first. Done again after a kill it does what is left to do.
    pub fn put(&self, place: Place, file: Moving<'_>, report: &str) -> Result<Moved, FolderFault> {
        // Somebody may have taken the whole folder away meanwhile.
        self.make(place)?;
        let from = self.path().join(file.name);
        let stands = self
            .stamp(file.name)
            .filter(|stamp| matches!(self.digest(file.name, stamp), Ok(Some(found)) if found == file.digest));
        let mut kept_as = file.kept_as.to_owned();
        let lies_there = is_of(&self.kept(place, &kept_as), file.digest);
        let Some(stamp) = stands else {
            if lies_there {
                self.write_report(place, &kept_as, report)?;
                return Ok(Moved::Kept(kept_as));
            }
            return Ok(Moved::Gone);
        };
        if lies_there {
            // It was copied to another file system, and not removed here any more.
            self.write_report(place, &kept_as, report)?;
            fs::remove_file(&from).map_err(|error| FolderFault::of(&from, error))?;
            return Ok(Moved::Kept(kept_as));
        }
        loop {
            if is_there(&self.kept(place, &kept_as)) || !self.write_report(place, &kept_as, report)? {
                kept_as = self.free_name(place, file.name, report)?;
                continue;
            }
            let to = self.kept(place, &kept_as);
            match rename(&from, &to) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                Err(error) if error.kind() == ErrorKind::NotFound && !is_there(&from) => return Ok(Moved::Gone),
                Err(error) => return Err(FolderFault::of(&from, error)),
            }
            let (Ok(()) | Err(_)) = sync(self.path()).and_then(|()| to.parent().map_or(Ok(()), sync));
            // Whoever still wrote to it at the last moment: what they wrote is taken as well.
            if Stamp::at(&to).is_some_and(|now| now.was_written_since(&stamp)) && rename(&to, &from).is_ok() {
                let (Ok(()) | Err(_)) = fs::remove_file(self.report_of(place, &kept_as));
                return Ok(Moved::Gone);
            }
            return Ok(Moved::Kept(kept_as));
        }
    }

    /// Write the report, whole or not at all and for its owner only; whether it is there. Not where another has its name.
    fn write_report(&self, place: Place, kept_as: &str, report: &str) -> Result<bool, FolderFault> {
        let path = self.report_of(place, kept_as);
        if is_there(&path) {
            return Ok(holds(&path, report));
        }
        let new = match NewFile::begin(&path) {
            Ok(new) => new,
            Err(NotMade::Exists(_)) => return Ok(false),
            Err(fault) => return Err(fault.into()),
        };
        match new.keep_text(report) {
            Ok(_) => Ok(true),
            Err(NotMade::Exists(_)) => Ok(false),
            Err(fault) => Err(fault.into()),
        }
    }
}

/// Give a file another name that nobody has; on another file system it is copied, and removed once the copy is whole.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    match rustix::fs::renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(()),
        Err(Errno::INVAL | Errno::NOSYS) => {
            fs::hard_link(from, to)?;
            fs::remove_file(from)
        }
        Err(Errno::XDEV) => {
            let failed = |why: NotMade| match why {
                NotMade::Exists(_) => io::Error::from(ErrorKind::AlreadyExists),
                NotMade::Failed { error, .. } => error,
            };
            let mut copy = NewFile::begin(to).map_err(failed)?;
            io::copy(&mut open_file(from)?, &mut copy)?;
            copy.keep().map_err(failed)?;
            fs::remove_file(from)
        }
        Err(error) => Err(error.into()),
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Whether the name is taken, were it by a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether an ordinary file there holds this text.
fn holds(path: &Path, text: &str) -> bool {
    let is_as_long = |about: fs::Metadata| about.is_file() && about.len() == text.len() as u64;
    fs::symlink_metadata(path).is_ok_and(is_as_long)
        && open_file(path).and_then(io::read_to_string).is_ok_and(|there| there == text)
}

/// Whether an ordinary file there has this digest.
fn is_of(path: &Path, wanted: &str) -> bool {
    digest(path).is_ok_and(|(_, found)| found == wanted)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    /// A folder, and what moving `name` with this report comes to.
    struct Moves(tempfile::TempDir);

    impl Moves {
        fn put(&self, name: &str, report: &str) -> Moved {
            let folder = Folder::open(self.0.path()).unwrap();
            let (_, digest) = digest(&self.0.path().join(name)).unwrap();
            folder.put(Place::Done, Moving { name, digest: &digest, kept_as: name }, report).unwrap()
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.0.path().join(name), text).unwrap();
        }

        fn read(&self, name: &str) -> String {
            fs::read_to_string(self.0.path().join(name)).unwrap()
        }

        fn kept(&self) -> Vec<String> {
            let entries = fs::read_dir(self.0.path().join("done")).unwrap();
            let mut names: Vec<String> =
                entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }
    }

    fn kept(name: &str) -> Moved {
        Moved::Kept(name.to_owned())
    }

    #[test]
    fn names_that_clash_get_a_number_and_nothing_is_written_over() {
        let moves = Moves(tempfile::tempdir().unwrap());
        for (text, name) in [("one", "a.csv"), ("two", "a-2.csv"), ("three", "a-3.csv")] {
            moves.write("a.csv", text);
            assert_eq!(moves.put("a.csv", &format!("of {text}\n")), kept(name));
        }
        assert_eq!((moves.read("done/a.csv"), moves.read("done/a-3.csv")), ("one".to_owned(), "three".to_owned()));
        assert_eq!(moves.read("done/a-2.csv.report.txt"), "of two\n");
        let report = moves.0.path().join("done/a.csv.report.txt");
        assert_eq!(fs::metadata(report).unwrap().permissions().mode() & 0o777, 0o600);
        // Neither a link in its place nor one in the report's is followed.
        let outside = tempfile::tempdir().unwrap();
        for link in ["done/b.csv", "done/b-2.csv.report.txt"] {
            symlink(outside.path().join("made"), moves.0.path().join(link)).unwrap();
        }
        moves.write("b.csv", "b");
        let folder = Folder::open(moves.0.path()).unwrap();
        assert_eq!(folder.free_name(Place::Done, "b.csv", "").unwrap(), "b-3.csv");
        assert!(!outside.path().join("made").exists());
        assert_eq!(folder.free_name(Place::Done, "no ending", "").unwrap(), "no ending");
    }

    #[test]
    fn what_a_kill_left_undone_is_done() {
        let moves = Moves(tempfile::tempdir().unwrap());
        moves.write("a.csv", "one");
        assert_eq!(moves.put("a.csv", "report\n"), kept("a.csv"));
        // Killed while the report was written, and after it was.
        moves.write("b.csv", "two");
        moves.write("done/b.csv.report.txt.a1B2c3.part", "rep");
        assert_eq!(moves.put("b.csv", "report\n"), kept("b.csv"));
        moves.write("c.csv", "three");
        moves.write("done/c.csv.report.txt", "report\n");
        assert_eq!(moves.put("c.csv", "report\n"), kept("c.csv"));
        // Killed after it was moved, or between the copy and the end of what was copied.
        let folder = Folder::open(moves.0.path()).unwrap();
        let (_, three) = digest(&moves.0.path().join("done/c.csv")).unwrap();
        let again = |name| Moving { name, digest: &three, kept_as: name };
        assert_eq!(folder.put(Place::Done, again("c.csv"), "report\n").unwrap(), kept("c.csv"));
        moves.write("c.csv", "three");
        assert_eq!(folder.put(Place::Done, again("c.csv"), "report\n").unwrap(), kept("c.csv"));
        assert!(!moves.0.path().join("c.csv").exists());
        // Another of its name has come meanwhile.
        moves.write("d.csv", "four");
        assert_eq!(folder.put(Place::Done, again("d.csv"), "report\n").unwrap(), Moved::Gone);
        assert_eq!(moves.read("d.csv"), "four");
        let all = ["a.csv", "b.csv", "c.csv"].map(|name| [name.to_owned(), format!("{name}.report.txt")]).concat();
        assert_eq!(moves.kept(), all);
    }
}
