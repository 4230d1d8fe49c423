//! Files that are opened by their name.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;

/// Open the ordinary file at `path` to read it. Opening a pipe would wait, perhaps for ever, for whoever writes into it: that, and whatever
/// else is no file, is an error.
pub fn open_file(path: &Path) -> io::Result<File> {
    let at_once = OFlags::NONBLOCK.bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(at_once).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is no ordinary file")) }
}

#[cfg(test)]
mod tests {
    use rustix::fs::{CWD, Mode, mkfifoat};

    use super::*;

    #[test]
    fn what_is_no_file_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let [pipe, file] = ["pipe", "file"].map(|name| folder.path().join(name));
        mkfifoat(CWD, &pipe, Mode::RUSR | Mode::WUSR).unwrap();
        std::fs::write(&file, "x").unwrap();
        for other in [pipe.as_path(), folder.path()] {
            assert_eq!(open_file(other).unwrap_err().to_string(), "it is no ordinary file");
        }
        assert_eq!(io::read_to_string(open_file(&file).unwrap()).unwrap(), "x");
    }
}
