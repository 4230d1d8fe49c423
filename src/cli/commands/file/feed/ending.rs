//! Whether the program is asked to end: between two files it does.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::{flag, low_level};

/// Whether the program is asked to end.
pub struct Ending {
    asked: Arc<AtomicBool>,
    /// Readable from then on.
    woken: UnixStream,
}

impl Ending {
    /// Listen. Asked a second time, the program ends where it is: what is not whole then is as if it had not begun.
    pub fn listen() -> io::Result<Ending> {
        let asked = Arc::new(AtomicBool::new(false));
        let (woken, wakes) = UnixStream::pair()?;
        for signal in [SIGTERM, SIGINT, SIGHUP] {
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&asked))?;
            flag::register(signal, Arc::clone(&asked))?;
            low_level::pipe::register(signal, wakes.try_clone()?)?;
        }
        Ok(Ending { asked, woken })
    }

    /// Whether it was asked.
    pub fn is_asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }
}

impl AsFd for Ending {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.woken.as_fd()
    }
}
