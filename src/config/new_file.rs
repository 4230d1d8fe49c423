//! New files: written under another name first, renamed once complete; they follow no link and replace no file.

use std::ffi::OsStr;
use std::fs::{self, File, Permissions, TryLockError};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

use super::share::is_on_a_share;
use super::{open_file, plain};

/// A file that is being written, as "NAME.XXXXXX.part" beside its place and for its owner only. Dropped before it is kept, it is gone.
/// Its writer holds a lock on it: what a killed one left behind is held by nobody, and goes as soon as another of that name is begun.
#[derive(Debug)]
pub struct NewFile {
    file: NamedTempFile,
    to: PathBuf,
    replaces: bool,
    open: Open,
}

/// Files that this program is writing, by their names until they are kept: were it stopped, they would stay.
static OPEN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn open() -> MutexGuard<'static, Vec<PathBuf>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One of them.
#[derive(Debug)]
struct Open(PathBuf);

impl Open {
    /// Make one, and have it among them before anybody can look for it there.
    fn make(part: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<(NamedTempFile, Open)> {
        let mut open = open();
        let part = part()?;
        open.push(part.path().to_owned());
        let one = Open(part.path().to_owned());
        Ok((part, one))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        open().retain(|part| *part != self.0);
    }
}

/// Letters that no two writers draw alike.
const DRAWN: usize = 6;
const PART: &str = ".part";
/// What SQLite keeps beside a file.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];
/// How often a name is drawn anew because another took the file for a dead one's before it could be locked.
const TRIES: usize = 100;

/// Why a file was not made; nothing is left of it.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// Its name is taken, were it by a link that leads nowhere.
    #[error("{0} exists already: nothing was changed; name another file, or move this one away")]
    Exists(PathBuf),
    /// The system does not let it.
    #[error("{path} cannot be written: {}", plain(.error))]
    Failed {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

impl NotMade {
    fn of(path: &Path, error: io::Error) -> NotMade {
        match error.kind() {
            ErrorKind::AlreadyExists => NotMade::Exists(path.to_owned()),
            _ => NotMade::Failed { path: path.to_owned(), error },
        }
    }
}

impl NewFile {
    /// Begin a file that is to be at `to`.
    pub fn begin(to: &Path) -> Result<NewFile, NotMade> {
        NewFile::begin_one(to, false)
    }

    /// The same, and where there is a file of that name it takes its place; until then that one stays as it is. A link is no file.
    pub fn begin_to_replace(to: &Path) -> Result<NewFile, NotMade> {
        NewFile::begin_one(to, true)
    }

    fn begin_one(to: &Path, replaces: bool) -> Result<NewFile, NotMade> {
        let failed = |error| NotMade::of(to, error);
        let whole = std::path::absolute(to).map_err(failed)?;
        let (Some(folder), Some(name)) = (whole.parent(), whole.file_name()) else {
            return Err(failed(ErrorKind::InvalidFilename.into()));
        };
        let to = fs::canonicalize(folder).map_err(failed)?.join(name);
        if to.symlink_metadata().is_ok_and(|there| !replaces || !there.is_file()) {
            return Err(NotMade::Exists(to));
        }
        clear(&to, name);
        let made = Open::make(|| part(&to, name));
        let (file, open) = made.map_err(|error| NotMade::Failed { path: to.clone(), error })?;
        Ok(NewFile { file, to, replaces, open })
    }

    /// Take away every file that is not kept yet, whoever is writing it, before the program is stopped: none is begun any more. Whether
    /// there was one.
    pub fn clear_all() -> bool {
        let is_gone = |part: &PathBuf| remove(part).is_ok();
        let open = open();
        let count = open.iter().filter(|part| is_gone(part)).count();
        std::mem::forget(open);
        count > 0
    }

    /// Its name until it is kept: for what must open it by name.
    pub fn part(&self) -> &Path {
        self.file.path()
    }

    /// Its place: absolute, through no link.
    pub fn to(&self) -> &Path {
        &self.to
    }

    /// Write `text` and keep it.
    pub fn keep_text(mut self, text: &str) -> Result<PathBuf, NotMade> {
        self.file.write_all(text.as_bytes()).map_err(|error| NotMade::of(&self.to, error))?;
        self.keep()
    }

    /// Give it its name, once it is on the disk.
    pub fn keep(self) -> Result<PathBuf, NotMade> {
        let NewFile { file, to, replaces, open } = self;
        let named = name(file, &to, replaces);
        drop(open);
        named.map_err(|error| NotMade::of(&to, error))?;
        Ok(to)
    }
}

fn name(file: NamedTempFile, to: &Path, replaces: bool) -> io::Result<()> {
    file.as_file().sync_all()?;
    if !is_at(file.as_file(), file.path())? {
        return Err(io::Error::other("something else was put in its place meanwhile"));
    }
    let named = if replaces { file.persist(to) } else { file.persist_noclobber(to) };
    named.map_err(|failed| failed.error)?;
    to.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// A new file beside `to`, locked.
fn part(to: &Path, name: &OsStr) -> io::Result<NamedTempFile> {
    let folder = to.parent().ok_or(ErrorKind::InvalidFilename)?;
    let mut prefix = name.to_owned();
    prefix.push(".");
    for _ in 0..TRIES {
        let file = Builder::new().prefix(&prefix).suffix(PART).rand_bytes(DRAWN).tempfile_in(folder)?;
        // Said again: a umask may have taken the owner's own rights. The files that SQLite puts beside it copy its mode.
        file.as_file().set_permissions(Permissions::from_mode(0o600))?;
        // On a share a lock would keep SQLite out as well.
        if is_on_a_share(folder) {
            return Ok(file);
        }
        match file.as_file().try_lock() {
            Ok(()) if is_at(file.as_file(), file.path()).unwrap_or(false) => return Ok(file),
            // Another looked at it before it was locked, and takes it away.
            Ok(()) | Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(io::Error::other("others keep taking it away"))
}

/// Take away what killed writers of `to` left: their own files, that nobody holds. What cannot be taken away does no harm.
fn clear(to: &Path, name: &OsStr) {
    let Some(folder) = to.parent().filter(|folder| !is_on_a_share(folder)) else { return };
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| is_part_of(&entry.file_name(), name)) {
        let (Ok(()) | Err(_)) = clear_dead(&entry.path());
    }
}

fn clear_dead(part: &Path) -> io::Result<()> {
    // Whoever puts a link there points at nothing that goes: only the name in this folder does, and it is asked what stands there.
    if !part.symlink_metadata()?.is_file() {
        return Ok(());
    }
    let file = open_file(part)?;
    if file.metadata()?.uid() != rustix::process::geteuid().as_raw() || file.try_lock().is_err() || !is_at(&file, part)?
    {
        return Ok(());
    }
    remove(part)
}

/// Take away a part, and what SQLite keeps beside it.
fn remove(part: &Path) -> io::Result<()> {
    fs::remove_file(part)?;
    for suffix in BESIDE {
        let mut beside = part.as_os_str().to_owned();
        beside.push(suffix);
        let (Ok(()) | Err(_)) = fs::remove_file(beside);
    }
    Ok(())
}

/// Whether `part` is a name that a writer of a file called `name` draws.
fn is_part_of(part: &OsStr, name: &OsStr) -> bool {
    let rest = part.as_bytes().strip_prefix(name.as_bytes()).and_then(|rest| rest.strip_prefix(b"."));
    let drawn = rest.and_then(|rest| rest.strip_suffix(PART.as_bytes()));
    drawn.is_some_and(|drawn| drawn.len() == DRAWN && drawn.iter().all(u8::is_ascii_alphanumeric))
}

/// Whether `file` stands at `path` itself, and not behind a link.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let (ours, there) = (file.metadata()?, path.symlink_metadata()?);
    Ok((ours.dev(), ours.ino()) == (there.dev(), there.ino()))
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for NewFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn it_bears_its_name_once_it_is_kept_and_nothing_is_left_of_it_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("list.csv");
        let mut new = NewFile::begin(&to).unwrap();
        new.write_all(b"a,b").unwrap();
        assert!(is_part_of(new.part().file_name().unwrap(), OsStr::new("list.csv")), "{new:?}");
        assert_eq!(new.part().metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let other = NewFile::begin(&to).unwrap();
        assert_eq!(names(folder.path()).len(), 2, "whoever else writes it takes nothing of ours away");
        new.keep().unwrap();
        assert!(matches!(other.keep(), Err(NotMade::Exists(path)) if path.ends_with("list.csv")));
        assert_eq!((names(folder.path()), fs::read(&to).unwrap()), (vec!["list.csv".to_owned()], b"a,b".to_vec()));
        drop(NewFile::begin(&folder.path().join("other.csv")).unwrap());
        assert_eq!(names(folder.path()), ["list.csv"]);
    }

    #[test]
    fn nothing_is_written_over_nor_through_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let [to, letter, nowhere] = ["list.csv", "letter.txt", "nowhere"].map(|name| folder.path().join(name));
        fs::write(&letter, "Dear Mrs Khan").unwrap();
        for there in [&letter, &nowhere] {
            symlink(there, &to).unwrap();
            let text = NewFile::begin(&to).unwrap_err().to_string();
            assert!(text.starts_with(&format!("{} exists already", to.display())), "{text}");
            fs::remove_file(&to).unwrap();
        }
        // Whoever comes meanwhile is not written over.
        let mut new = NewFile::begin(&to).unwrap();
        new.write_all(b"ours").unwrap();
        fs::write(&to, "theirs").unwrap();
        assert!(matches!(new.keep(), Err(NotMade::Exists(_))));
        assert_eq!(fs::read_to_string(&to).unwrap(), "theirs");
        assert_eq!(fs::read_to_string(&letter).unwrap(), "Dear Mrs Khan");
        // Nor is what was put in the place of the part taken for ours.
        fs::remove_file(&to).unwrap();
        let new = NewFile::begin(&to).unwrap();
        fs::remove_file(new.part()).unwrap();
        symlink(&letter, new.part()).unwrap();
        assert!(new.keep().unwrap_err().to_string().contains("put in its place meanwhile"));
        assert_eq!(names(folder.path()), ["letter.txt"]);
    }

    #[test]
    fn what_a_killed_writer_left_goes_once_another_begins_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("letter.txt"), "Dear Mrs Khan").unwrap();
        for dead in ["list.csv.a1B2c3.part", "list.csv.a1B2c3.part-wal", "list.csv.a1B2c3.part-shm"] {
            fs::write(at(dead), "admission_no").unwrap();
        }
        let others = [
            "list.csv.part",
            "list.csv.a1B2.part",
            "list.csv.a1B2c-.part",
            "other.csv.a1B2c3.part",
            "list.csv.part-wal",
        ];
        for other in others {
            fs::write(at(other), "theirs").unwrap();
        }
        symlink(at("letter.txt"), at("list.csv.AAAAAA.part")).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, at("list.csv.BBBBBB.part"), rustix::fs::Mode::RUSR).unwrap();
        let alive = NewFile::begin(&at("list.csv")).unwrap();
        NewFile::begin_to_replace(&at("list.csv")).unwrap().keep_text("new").unwrap();
        assert!(alive.part().exists());
        drop(alive);
        let mut left: Vec<&str> = others.to_vec();
        left.extend(["letter.txt", "list.csv", "list.csv.AAAAAA.part", "list.csv.BBBBBB.part"]);
        left.sort_unstable();
        assert_eq!(names(folder.path()), left);
        assert_eq!(fs::read_to_string(at("letter.txt")).unwrap(), "Dear Mrs Khan");
    }

    #[test]
    fn many_at_once_do_not_take_each_others_files_away() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("list.csv");
        std::thread::scope(|threads| {
            for _ in 0..8 {
                threads.spawn(|| {
                    for _ in 0..50 {
                        NewFile::begin_to_replace(&to).unwrap().keep_text("whole").unwrap();
                    }
                });
            }
        });
        assert_eq!(names(folder.path()), ["list.csv"]);
        assert_eq!(fs::read_to_string(&to).unwrap(), "whole");
    }

    #[test]
    fn a_file_is_replaced_where_that_is_asked_and_a_link_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let [to, letter] = ["list.csv", "letter.txt"].map(|name| folder.path().join(name));
        fs::write(&letter, "Dear Mrs Khan").unwrap();
        for text in ["first", "second"] {
            NewFile::begin_to_replace(&to).unwrap().keep_text(text).unwrap();
            assert_eq!(fs::read_to_string(&to).unwrap(), text);
        }
        assert_eq!(to.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        drop(NewFile::begin_to_replace(&to).unwrap());
        assert_eq!(fs::read_to_string(&to).unwrap(), "second", "what is not kept replaces nothing");
        fs::remove_file(&to).unwrap();
        symlink(&letter, &to).unwrap();
        assert!(matches!(NewFile::begin_to_replace(&to), Err(NotMade::Exists(_))));
        assert_eq!(fs::read_to_string(&letter).unwrap(), "Dear Mrs Khan");
        assert_eq!(names(folder.path()), ["letter.txt", "list.csv"]);
    }

    #[test]
    fn a_folder_that_is_a_link_is_where_it_leads() {
        let folder = tempfile::tempdir().unwrap();
        let [real, link] = ["real", "link"].map(|name| folder.path().join(name));
        fs::create_dir(&real).unwrap();
        symlink(&real, &link).unwrap();
        let kept = NewFile::begin(&link.join("list.csv")).unwrap().keep().unwrap();
        assert_eq!(kept, fs::canonicalize(real).unwrap().join("list.csv"));
        assert!(matches!(NewFile::begin(Path::new("/nowhere/at/all/x")), Err(NotMade::Failed { .. })));
    }
}
