//! New files: written under another name first, renamed once complete; they follow no link and replace no file.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags};
use rustix::io::Errno;

use super::plain;

/// A file that is being written, as "NAME.part" beside its place and for its owner only. Dropped before it is kept, it is gone.
#[derive(Debug)]
pub struct NewFile {
    file: File,
    part: PathBuf,
    to: PathBuf,
    replaces: bool,
    kept: bool,
}

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
        let mut part = to.clone().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part);
        let file = made.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => NotMade::Exists(part.clone()),
            _ => NotMade::of(&to, error),
        })?;
        let new = NewFile { file, part, to, replaces, kept: false };
        // Said again: a umask may have taken the owner's own rights. The files that SQLite puts beside it copy its mode.
        new.file.set_permissions(Permissions::from_mode(0o600)).map_err(|error| NotMade::of(&new.to, error))?;
        Ok(new)
    }

    /// Its name until it is kept: for what must open it by name.
    pub fn part(&self) -> &Path {
        &self.part
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
    pub fn keep(mut self) -> Result<PathBuf, NotMade> {
        self.name().map_err(|error| NotMade::of(&self.to, error))?;
        self.kept = true;
        Ok(self.to.clone())
    }

    fn name(&self) -> io::Result<()> {
        self.file.sync_all()?;
        let (ours, there) = (self.file.metadata()?, self.part.symlink_metadata()?);
        if (ours.dev(), ours.ino()) != (there.dev(), there.ino()) {
            return Err(io::Error::other("something else was put in its place meanwhile"));
        }
        if self.replaces {
            fs::rename(&self.part, &self.to)?;
            return self.to.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all());
        }
        match rustix::fs::renameat_with(CWD, &self.part, CWD, &self.to, RenameFlags::NOREPLACE) {
            // Not every file system can; a second name is not taken from anybody either.
            Err(Errno::INVAL | Errno::NOSYS) => {
                fs::hard_link(&self.part, &self.to)?;
                fs::remove_file(&self.part)?;
            }
            renamed => renamed?,
        }
        self.to.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    }
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

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.kept {
            let (Ok(()) | Err(_)) = fs::remove_file(&self.part);
        }
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
        assert_eq!(names(folder.path()), ["list.csv.part"]);
        assert_eq!(new.part().metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(matches!(NewFile::begin(&to), Err(NotMade::Exists(path)) if path.ends_with("list.csv.part")));
        new.keep().unwrap();
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
            for link in [to.clone(), folder.path().join("list.csv.part")] {
                symlink(there, &link).unwrap();
                let text = NewFile::begin(&to).unwrap_err().to_string();
                assert!(text.starts_with(&format!("{} exists already", link.display())), "{text}");
                fs::remove_file(link).unwrap();
            }
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
