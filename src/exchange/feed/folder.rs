//! The folder, and what lies in it.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, ErrorKind, Read as _};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use rustix::fs::OFlags;

use super::FolderFault;
use super::place::Place;
use crate::config::open_file;
use crate::exchange::is_cut_off;
use crate::exchange::sha256::Sum;

/// By it one feed at a time works here; the system lets go of it however the program ends.
const LOCK: &str = ".firstbell-feed";
/// Names that other programs give a file until it is whole.
const UNFINISHED: [&str; 8] = ["part", "partial", "tmp", "temp", "filepart", "crdownload", "download", "lock"];
/// Bytes of a name; a report's is longer.
const NAME_MAX: usize = 200;

/// A folder that feeds itself.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    place: (u64, u64),
}

/// The right to work in a folder: one program at a time has it.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// Which file it is, and how it stands: another as soon as anything of it changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    place: (u64, u64),
    size: u64,
    written: (i64, i64),
    changed: (i64, i64),
}

/// A file that may be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// Its name.
    pub name: String,
    /// How it stands.
    pub stamp: Stamp,
}

/// What lies in the folder.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Listing {
    /// Files that may be taken, by name.
    pub files: Vec<Seen>,
    /// What is left alone, by name: what it is.
    pub others: Vec<(String, &'static str)>,
}

impl Stamp {
    fn of(about: &Metadata) -> Stamp {
        Stamp {
            place: (about.dev(), about.ino()),
            size: about.len(),
            written: (about.mtime(), about.mtime_nsec()),
            changed: (about.ctime(), about.ctime_nsec()),
        }
    }

    /// How long ago it was written last, or given its name.
    pub fn age(&self, now: DateTime<Utc>) -> TimeDelta {
        let seconds = self.written.0.max(self.changed.0);
        DateTime::from_timestamp(seconds, 0).map_or(TimeDelta::zero(), |changed| now - changed)
    }

    /// How the ordinary file at `path` stands; `None` where there is none.
    pub fn at(path: &Path) -> Option<Stamp> {
        let about = fs::symlink_metadata(path).ok()?;
        about.is_file().then(|| Stamp::of(&about))
    }

    /// Whether it is the same file, and somebody has written to it since it stood like this.
    pub fn was_written_since(&self, before: &Stamp) -> bool {
        self.place == before.place && (self.size, self.written) != (before.size, before.written)
    }

    /// When it was written last: the older is taken first.
    pub fn written(&self) -> (i64, i64) {
        self.written
    }
}

impl Folder {
    /// The folder at `path`, with the folders in it in which files are kept.
    pub fn open(path: &Path) -> Result<Folder, FolderFault> {
        let real = fs::canonicalize(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => FolderFault::NoFolder(path.to_owned()),
            _ => FolderFault::of(path, error),
        })?;
        let about = fs::metadata(&real).map_err(|error| FolderFault::of(&real, error))?;
        if !about.is_dir() {
            return Err(FolderFault::NoFolder(real));
        }
        let folder = Folder { path: real, place: (about.dev(), about.ino()) };
        [Place::Done, Place::Refused].into_iter().try_for_each(|place| folder.make(place))?;
        Ok(folder)
    }

    /// See to it that there is a folder, of its own, in which files are kept.
    pub fn make(&self, place: Place) -> Result<(), FolderFault> {
        let kept = self.path.join(place.as_str());
        match DirBuilder::new().mode(0o700).create(&kept) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(FolderFault::of(&kept, error)),
        }
        let found = fs::symlink_metadata(&kept).map_err(|error| FolderFault::of(&kept, error))?;
        if found.is_dir() { Ok(()) } else { Err(FolderFault::NotOurs(kept)) }
    }

    /// Where it is, absolute and through no link.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The same as text, as the record has it.
    pub fn name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// Take the right to work here; `None` while another program has it.
    pub fn lock(&self) -> Result<Option<Lock>, FolderFault> {
        let path = self.path.join(LOCK);
        let failed = |error: io::Error| FolderFault::of(&path, error);
        // To read as well: a pipe is then opened at once, and told for what it is.
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
        let mut ours = OpenOptions::new();
        ours.read(true).write(true).create(true).truncate(false).mode(0o600).custom_flags(flags);
        let file = ours.open(&path).map_err(failed)?;
        if !file.metadata().map_err(failed)?.is_file() {
            return Err(failed(io::Error::other("it is no ordinary file: move it away")));
        }
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let lock = Lock { file, path };
        Ok(lock.holds().then_some(lock))
    }

    /// What lies in it now.
    pub fn look(&self) -> Result<Listing, FolderFault> {
        let about = fs::metadata(&self.path).map_err(|error| FolderFault::of(&self.path, error))?;
        if (about.dev(), about.ino()) != self.place {
            return Err(FolderFault::Replaced(self.path.clone()));
        }
        let mut listing = Listing::default();
        for entry in fs::read_dir(&self.path).map_err(|error| FolderFault::of(&self.path, error))? {
            let entry = entry.map_err(|error| FolderFault::of(&self.path, error))?;
            let shown = entry.file_name().to_string_lossy().into_owned();
            let Ok(name) = entry.file_name().into_string() else {
                listing.others.push((shown, "its name is not text"));
                continue;
            };
            if is_unfinished(&name) {
                continue;
            }
            // Whoever has gone since is not there.
            let Ok(about) = fs::symlink_metadata(self.path.join(&name)) else { continue };
            match kind(&name, &about) {
                None => listing.files.push(Seen { name, stamp: Stamp::of(&about) }),
                Some("") => {}
                Some(what) => listing.others.push((name, what)),
            }
        }
        listing.files.sort_by(|one, other| one.name.cmp(&other.name));
        listing.others.sort();
        Ok(listing)
    }

    /// How a file of that name stands now; `None` where there is none, or no ordinary one.
    pub fn stamp(&self, name: &str) -> Option<Stamp> {
        Stamp::at(&self.path.join(name))
    }

    /// SHA-256 of what a file holds, if it stands so; `None` where it has changed since, or gone.
    pub fn digest(&self, name: &str, stamp: &Stamp) -> Result<Option<String>, FolderFault> {
        let path = self.path.join(name);
        match digest(&path) {
            Ok((read, digest)) => Ok((read == *stamp && self.stamp(name) == Some(*stamp)).then_some(digest)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(FolderFault::of(path, error)),
        }
    }

    /// Whether a file that could not be read stops in the middle: it may still be written.
    pub fn is_cut_off(&self, name: &str) -> bool {
        let mut bytes = Vec::new();
        let read = open_file(&self.path.join(name)).and_then(|mut file| file.read_to_end(&mut bytes));
        read.is_ok() && is_cut_off(name, bytes)
    }
}

impl Lock {
    /// Whether it is still the one that others ask for: not if somebody has removed it.
    pub fn holds(&self) -> bool {
        let ours = self.file.metadata().map(|about| (about.dev(), about.ino()));
        let there = fs::symlink_metadata(&self.path).map(|about| (about.dev(), about.ino()));
        matches!((ours, there), (Ok(ours), Ok(there)) if ours == there)
    }
}

/// How the ordinary file at `path` stands, and SHA-256 of it. No link is followed.
pub fn digest(path: &Path) -> io::Result<(Stamp, String)> {
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(io::Error::other("it is no ordinary file"));
    }
    let mut sum = Sum::default();
    let mut reader = BufReader::with_capacity(65_536, file);
    loop {
        let bytes = reader.fill_buf()?;
        let count = bytes.len();
        if count == 0 {
            break;
        }
        sum.take(bytes);
        reader.consume(count);
    }
    Ok((Stamp::of(&about), sum.hex()))
}

/// Whether a name says that its file is not whole, or hides it: such a file is nobody's yet.
fn is_unfinished(name: &str) -> bool {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    let is_part = ending.is_some_and(|ending| UNFINISHED.iter().any(|one| ending.eq_ignore_ascii_case(one)));
    name.starts_with(['.', '~']) || name.ends_with('~') || is_part
}

/// What something is that is left alone, empty where nobody need be told; `None` of a file that may be taken.
fn kind(name: &str, about: &Metadata) -> Option<&'static str> {
    let is_kept_in = [Place::Done, Place::Refused].iter().any(|place| place.as_str() == name);
    let kind = about.file_type();
    match () {
        () if kind.is_dir() && is_kept_in => Some(""),
        () if kind.is_dir() => Some("it is a folder"),
        () if kind.is_symlink() => Some("it is a link"),
        () if !kind.is_file() => Some("it is no ordinary file"),
        () if name.len() > NAME_MAX => Some("its name is too long"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn what_is_hidden_or_unfinished_is_not_there_and_what_is_no_file_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        let at = |name: &str| place.path().join(name);
        for name in ["b.csv", "a.csv", ".hidden.csv", "c.csv.part", "d.TMP", "~$e.xlsx", "f.csv~", "g.csv.filepart"] {
            fs::write(at(name), "x").unwrap();
        }
        symlink(at("a.csv"), at("link.csv")).unwrap();
        symlink(at("nowhere"), at("done-link")).unwrap();
        fs::create_dir(at("older")).unwrap();
        let listing = folder.look().unwrap();
        let names: Vec<&str> = listing.files.iter().map(|seen| seen.name.as_str()).collect();
        assert_eq!(names, ["a.csv", "b.csv"]);
        let others: Vec<_> = listing.others.iter().map(|(name, what)| (name.as_str(), *what)).collect();
        assert_eq!(
            others,
            [("done-link", "it is a link"), ("link.csv", "it is a link"), ("older", "it is a folder")],
            "the folders of what is done are nobody's news"
        );
    }

    #[test]
    fn one_at_a_time_works_there() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        let lock = folder.lock().unwrap().unwrap();
        assert!(folder.lock().unwrap().is_none());
        fs::remove_file(place.path().join(LOCK)).unwrap();
        assert!(!lock.holds(), "whoever comes now makes another");
        drop(lock);
        assert!(folder.lock().unwrap().is_some());
        let outside = tempfile::tempdir().unwrap();
        fs::remove_file(place.path().join(LOCK)).unwrap();
        symlink(outside.path().join("made"), place.path().join(LOCK)).unwrap();
        assert!(folder.lock().is_err() && !outside.path().join("made").exists(), "no link is followed");
    }

    #[test]
    fn a_pipe_in_the_place_of_the_lock_is_told_and_not_waited_for() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, place.path().join(LOCK), rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
        let told = folder.lock().unwrap_err().to_string();
        assert!(told.ends_with(".firstbell-feed cannot be used: it is no ordinary file: move it away"), "{told}");
    }

    #[test]
    fn a_folder_for_what_is_done_is_no_link() {
        let place = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        symlink(other.path(), place.path().join("done")).unwrap();
        assert!(matches!(Folder::open(place.path()), Err(FolderFault::NotOurs(_))));
        assert!(matches!(Folder::open(&place.path().join("none")), Err(FolderFault::NoFolder(_))));
    }

    #[test]
    fn a_digest_is_of_what_stood_there() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        fs::write(place.path().join("a.csv"), "abc").unwrap();
        let stamp = folder.stamp("a.csv").unwrap();
        let digest = folder.digest("a.csv", &stamp).unwrap().unwrap();
        assert_eq!(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        fs::write(place.path().join("a.csv"), "abcd").unwrap();
        assert_eq!(folder.digest("a.csv", &stamp).unwrap(), None);
    }
}
