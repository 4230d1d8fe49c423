//! The way from the screen to its store worker. Requests that the store worker has not started are counted: a disk that does not
//! answer makes the person who types wait, and no heap of requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::domain::act::When;
use crate::screen::event::Request;

/// Requests that may wait: more than anybody makes by hand while a disk is slow.
const MOST: usize = 64;

/// A request, and when it was made.
pub type Asked = (Request, When);

/// The screen's end.
#[derive(Debug)]
pub struct Asking {
    to: Sender<Asked>,
    waiting: Arc<AtomicUsize>,
}

/// The store worker's end.
#[derive(Debug)]
pub struct Inbox {
    from: Receiver<Asked>,
    waiting: Arc<AtomicUsize>,
}

/// Both ends.
pub fn asking() -> (Asking, Inbox) {
    let (to, from) = channel();
    let waiting = Arc::new(AtomicUsize::new(0));
    (Asking { to, waiting: Arc::clone(&waiting) }, Inbox { from, waiting })
}

impl Asking {
    /// Ask. What is asked is never lost, not even where too much waits: see [`is_full`](Asking::is_full).
    pub fn ask(&self, request: Request, when: impl Into<When>) {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        // Without a store worker nobody is left to ask.
        drop(self.to.send((request, when.into())));
    }

    /// Whether so much waits that nothing more is to be typed.
    pub fn is_full(&self) -> bool {
        self.waiting.load(Ordering::SeqCst) >= MOST
    }
}

impl Inbox {
    /// The next request, if one comes within `wait`.
    pub fn next(&self, wait: Duration) -> Result<Asked, RecvTimeoutError> {
        let asked = self.from.recv_timeout(wait)?;
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        Ok(asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn it_is_full_until_the_keeper_takes_something_up() {
        let (asking, inbox) = asking();
        let ask = || asking.ask(Request::HasPin, DateTime::UNIX_EPOCH);
        (1..MOST).for_each(|_| ask());
        assert!(!asking.is_full());
        ask();
        assert!(asking.is_full());
        // What an answer asks for is asked all the same.
        ask();
        assert_eq!((0..2).map_while(|_| inbox.next(Duration::ZERO).ok()).count(), 2);
        assert!(!asking.is_full());
    }
}
