//! Which files are whole: those that have stood still for a while, and that nobody is known to be writing.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::folder::{Seen, Stamp};

/// How each file stood, and since when.
#[derive(Debug)]
pub struct Still {
    settle: Duration,
    patience: Duration,
    seen: HashMap<String, (Stamp, Duration)>,
}

/// What may be taken now.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Whole {
    /// Files that have stood still.
    pub files: Vec<Seen>,
    /// The names of those that have not yet.
    pub arriving: Vec<String>,
}

impl Still {
    /// A file is whole once it has stood still for `settle`; one that somebody opened to write and has not closed, for `patience`.
    pub fn new(settle: Duration, patience: Duration) -> Still {
        Still { settle, patience, seen: HashMap::new() }
    }

    /// Which of these are whole at `now`, which only ever goes forward.
    pub fn look(&mut self, now: Duration, files: Vec<Seen>, writing: &HashSet<String>) -> Whole {
        let mut before = std::mem::take(&mut self.seen);
        let mut whole = Whole::default();
        for file in files {
            let known = before.remove(&file.name).filter(|(stamp, _)| *stamp == file.stamp);
            let since = known.map_or(now, |(_, since)| since);
            self.seen.insert(file.name.clone(), (file.stamp, since));
            let wanted = if writing.contains(&file.name) { self.patience } else { self.settle };
            if now.saturating_sub(since) >= wanted {
                whole.files.push(file);
            } else {
                whole.arriving.push(file.name);
            }
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::folder::Folder;
    use super::*;

    #[test]
    fn a_file_that_grows_is_whole_once_it_has_stood_still() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        let at = place.path().join("marks.csv");
        let mut still = Still::new(Duration::from_secs(5), Duration::from_secs(60));
        let mut look = |second: u64, writing: &[&str]| {
            let writing = writing.iter().map(|name| (*name).to_owned()).collect();
            let whole = still.look(Duration::from_secs(second), folder.look().unwrap().files, &writing);
            (whole.files.len(), whole.arriving.len())
        };
        assert_eq!(look(0, &[]), (0, 0));
        fs::write(&at, "a").unwrap();
        assert_eq!(look(1, &[]), (0, 1));
        assert_eq!(look(5, &[]), (0, 1));
        fs::write(&at, "ab").unwrap();
        assert_eq!(look(6, &[]), (0, 1), "it has grown");
        assert_eq!(look(10, &[]), (0, 1));
        assert_eq!(look(11, &["marks.csv"]), (0, 1), "somebody has it open");
        assert_eq!(look(12, &[]), (1, 0));
        assert_eq!(look(66, &["marks.csv"]), (1, 0), "for ever is not waited");
        // Another in its place is another file.
        fs::write(place.path().join("new.tmp"), "ab").unwrap();
        fs::rename(place.path().join("new.tmp"), &at).unwrap();
        assert_eq!(look(67, &[]), (0, 1));
        assert_eq!(look(72, &[]), (1, 0));
    }
}
