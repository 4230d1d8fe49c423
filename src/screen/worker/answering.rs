//! The way from the store worker back to the screen. The screen sleeps at its terminal, so what is put into the queue also wakes it.

use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::screen::event::Event;

/// Answers that may wait: few, for each may be the whole day's record.
const MOST: usize = 16;

/// The store worker's end.
#[derive(Clone, Debug)]
pub struct Answering {
    to: SyncSender<Event>,
    wake: Arc<UnixStream>,
}

/// Both ends of the queue; and what can be read from when there is something in it, or nobody is left to fill it.
pub fn answering() -> io::Result<(Answering, Receiver<Event>, UnixStream)> {
    let (to, from) = sync_channel(MOST);
    let (wake, woken) = UnixStream::pair()?;
    wake.set_nonblocking(true)?;
    Ok((Answering { to, wake: Arc::new(wake) }, from, woken))
}

impl Answering {
    /// Answers; waits while too many answers are unread.
    pub fn answer(&self, event: Event) {
        // Where the screen is closed nobody is left to tell; and where it is not yet awake, an earlier byte wakes it.
        drop(self.to.send(event));
        let (Ok(_) | Err(_)) = (&*self.wake).write(&[0]);
    }
}
