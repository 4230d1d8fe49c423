//! Sleeps until something happens in the folder, and knows who is writing there. Where the system tells nothing, as on a network share,
//! whoever waits looks again after a while.

use std::collections::HashSet;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
use rustix::io::Errno;

/// The system's word of what happens in a folder.
#[derive(Debug)]
pub struct Watch {
    told: Option<OwnedFd>,
    writing: HashSet<String>,
}

impl Watch {
    /// Listen to the folder at `path`, if the system tells of it.
    pub fn start(path: &Path) -> Watch {
        let listen = || {
            let told = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?;
            let (written, named) =
                (WatchFlags::MODIFY | WatchFlags::CLOSE_WRITE, WatchFlags::MOVE | WatchFlags::CREATE);
            inotify::add_watch(&told, path, written | named | WatchFlags::DELETE | WatchFlags::ONLYDIR)?;
            rustix::io::Result::Ok(told)
        };
        Watch { told: listen().ok(), writing: HashSet::new() }
    }

    /// Whether the system tells of the folder at all.
    pub fn is_told(&self) -> bool {
        self.told.is_some()
    }

    /// The names of files that somebody has written to and not closed since.
    pub fn writing(&mut self) -> &HashSet<String> {
        self.hear();
        &self.writing
    }

    /// Sleep until something happens in the folder, `end` can be read, or `longest` is over.
    pub fn wait(&mut self, end: impl AsFd, longest: Duration) -> rustix::io::Result<()> {
        let limit = Timespec::try_from(longest).map_err(|_| Errno::INVAL)?;
        let end = PollFd::from_borrowed_fd(end.as_fd(), PollFlags::IN);
        let slept = match &self.told {
            Some(told) => poll(&mut [end, PollFd::new(told, PollFlags::IN)], Some(&limit)),
            None => poll(&mut [end], Some(&limit)),
        };
        match slept {
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn hear(&mut self) {
        let Some(told) = &self.told else { return };
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut reader = Reader::new(told, &mut buffer);
        let mut is_over = false;
        loop {
            let event = match reader.next() {
                Ok(event) => event,
                Err(Errno::INTR) => continue,
                Err(_) => break,
            };
            let happened = event.events();
            // The folder is gone, or another file system lies over it: nothing more is told.
            is_over |= happened.intersects(ReadFlags::IGNORED | ReadFlags::UNMOUNT);
            if happened.contains(ReadFlags::QUEUE_OVERFLOW) {
                self.writing.clear();
            }
            let Some(Ok(name)) = event.file_name().map(|name| name.to_str()) else { continue };
            if happened.contains(ReadFlags::MODIFY) {
                self.writing.insert(name.to_owned());
            } else {
                // Closed, gone, or another in its place.
                self.writing.remove(name);
            }
        }
        if is_over {
            *self = Watch { told: None, writing: HashSet::new() };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::io::Write;
    use std::os::unix::net::UnixStream;

    use super::*;

    #[test]
    fn whoever_writes_is_known_until_they_close() {
        let place = tempfile::tempdir().unwrap();
        let mut watch = Watch::start(place.path());
        if !watch.is_told() {
            return;
        }
        let mut file = File::create(place.path().join("a.csv")).unwrap();
        assert_eq!(watch.writing().len(), 0);
        file.write_all(b"x").unwrap();
        assert_eq!(watch.writing().iter().collect::<Vec<_>>(), ["a.csv"]);
        drop(file);
        assert_eq!(watch.writing().len(), 0);
    }

    #[test]
    fn it_wakes_when_a_file_comes_and_when_it_is_to_end() {
        let place = tempfile::tempdir().unwrap();
        let mut watch = Watch::start(place.path());
        let (end, mut ends) = UnixStream::pair().unwrap();
        let longest = Duration::from_secs(600);
        if watch.is_told() {
            fs::write(place.path().join("a.csv"), "x").unwrap();
            watch.wait(&end, longest).unwrap();
        }
        ends.write_all(b"x").unwrap();
        watch.wait(&end, longest).unwrap();
    }
}
