//! The input thread: what the keyboard and the operating system say, as messages in a queue.
//!
//! It reads the terminal's bytes itself. crossterm's reader, given half a sequence, reads on and blocks, deaf to
//! signals and to the time; and at the end of a dead terminal it reads nothing for ever. Here the thread sleeps until a
//! byte, a signal or a due time comes, reads only what is there, and ends when the terminal does.

use std::io;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{SendError, SyncSender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossterm::event::KeyEvent;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use super::escape::{Escape, Typed};
use crate::clock::Ticks;

/// What came in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A key.
    Key(KeyEvent),
    /// A text pasted in one go.
    Paste(String),
    /// A paste that was too long: nothing of it is kept.
    LongPaste,
    /// The window came to the front, or is there no longer.
    Focus(bool),
    /// The terminal has another size.
    Resize,
    /// The program was stopped and goes on: what the terminal shows and how it is set is no longer known.
    Resume,
    /// The line has dropped. It is the last message.
    HangUp,
    /// The program is asked to end.
    Terminate,
}

impl From<Typed> for Input {
    fn from(typed: Typed) -> Input {
        match typed {
            Typed::Key(event) => Input::Key(event),
            Typed::Paste(text) => Input::Paste(text),
            Typed::LongPaste => Input::LongPaste,
            Typed::Focus(in_front) => Input::Focus(in_front),
        }
    }
}

/// Starts listening. Each input, made into the queue's own kind of message, goes into `queue`; the thread ends when the
/// line drops or when nobody holds the other end of the queue any more. While the queue is full nothing is read: what is typed waits
/// in the terminal, which takes only so much.
pub fn listen<E, M>(queue: SyncSender<E>, message: M) -> io::Result<JoinHandle<()>>
where
    E: Send + 'static,
    M: Fn(Input) -> E + Send + 'static,
{
    let (read, write) = UnixStream::pair()?;
    let signals = SignalDelivery::with_pipe(read, write, SignalOnly, [SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGCONT])?;
    let ears = Ears { signals, escape: Escape::default(), ticks: Ticks::start(), deaf: Duration::ZERO };
    thread::Builder::new().name("input".to_owned()).spawn(move || {
        // The queue is closed: nobody is left to tell.
        let _ = ears.listen(&|input| queue.send(message(input)));
    })
}

struct Ears {
    signals: SignalDelivery<UnixStream, SignalOnly>,
    escape: Escape,
    ticks: Ticks,
    /// How long the queue has been full, in all: what was not read then has not been silent.
    deaf: Duration,
}

/// What there is to hear.
struct Heard {
    bytes: bool,
    signal: bool,
    dead: bool,
}

impl Ears {
    fn now(&self) -> Duration {
        self.ticks.read().saturating_sub(self.deaf)
    }

    /// Tell what was typed, however long the queue is full.
    fn tell<E>(
        &mut self,
        typed: Vec<Typed>,
        tell: &impl Fn(Input) -> Result<(), SendError<E>>,
    ) -> Result<(), SendError<E>> {
        let since = self.ticks.read();
        typed.into_iter().try_for_each(|one| tell(one.into()))?;
        self.deaf += self.ticks.read().saturating_sub(since);
        Ok(())
    }

    fn listen<E>(mut self, tell: &impl Fn(Input) -> Result<(), SendError<E>>) -> Result<(), SendError<E>> {
        let mut buffer = [0; 4096];
        loop {
            let heard = self.wait();
            if heard.signal {
                for signal in self.signals.pending() {
                    match signal {
                        SIGHUP => return tell(Input::HangUp),
                        SIGWINCH => tell(Input::Resize)?,
                        SIGCONT => tell(Input::Resume)?,
                        _ => tell(Input::Terminate)?,
                    }
                }
            }
            if heard.bytes {
                match rustix::io::read(rustix::stdio::stdin(), &mut buffer) {
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    Ok(0) | Err(_) => return tell(Input::HangUp),
                    Ok(count) => {
                        let bytes = buffer.get(..count).unwrap_or_default();
                        let typed = self.escape.on(bytes, self.now());
                        self.tell(typed, tell)?;
                    }
                }
            } else if heard.dead {
                return tell(Input::HangUp);
            } else {
                // Only now: bytes that were at hand have not been silent, however late they are read.
                let typed = self.escape.tick(self.now());
                self.tell(typed, tell)?;
            }
        }
    }

    /// Sleeps until there is something to hear or the held bytes are due.
    fn wait(&self) -> Heard {
        let left = self.escape.due().map(|due| due.saturating_sub(self.now()));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        let mut fds = [
            PollFd::from_borrowed_fd(rustix::stdio::stdin(), PollFlags::IN),
            PollFd::new(self.signals.get_read(), PollFlags::IN),
        ];
        let polled = poll(&mut fds, left.as_ref());
        let [stdin, signals] = fds.map(|fd| fd.revents());
        match polled {
            Ok(_) => Heard {
                bytes: stdin.contains(PollFlags::IN),
                signal: !signals.is_empty(),
                dead: stdin.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
            },
            Err(error) => Heard { bytes: false, signal: false, dead: error != Errno::INTR },
        }
    }
}
