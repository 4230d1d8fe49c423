//! What the keyboard and the operating system say.
//!
//! The terminal's bytes are read here. crossterm's reader, given half a sequence, reads on and blocks, deaf to
//! signals and to the time; and at the end of a dead terminal it reads nothing for ever. Here the program sleeps until a
//! byte, a signal, an answer of the store or a due time comes, and reads only what is there. While it is busy nothing is read:
//! what is typed waits in the terminal, which takes only so much.

use std::io::{self, Read};
use std::os::unix::net::UnixStream;
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

/// Hears the keyboard, the operating system, and that something else has come.
pub struct Listener {
    signals: SignalDelivery<UnixStream, SignalOnly>,
    /// A byte here, or its end, says that something else has come.
    other: UnixStream,
    escape: Escape,
    ticks: Ticks,
    /// When the last wait ended.
    left: Duration,
    /// How long nothing was listened to, in all: what was not read then has not been silent.
    deaf: Duration,
}

/// What can be read.
#[derive(Default)]
struct Ready {
    bytes: bool,
    signal: bool,
    other: bool,
    dead: bool,
}

impl Listener {
    /// Starts listening: from now on a signal ends nothing by itself.
    pub fn start(other: UnixStream) -> io::Result<Listener> {
        let (read, write) = UnixStream::pair()?;
        let signals = SignalDelivery::with_pipe(read, write, SignalOnly, [SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGCONT])?;
        other.set_nonblocking(true)?;
        let (escape, ticks) = (Escape::default(), Ticks::start());
        Ok(Listener { signals, other, escape, ticks, left: Duration::ZERO, deaf: Duration::ZERO })
    }

    /// What comes in: sleeps until something does, something else has come, or `longest` is over; without it, for as long as it
    /// takes.
    pub fn wait(&mut self, longest: Option<Duration>) -> Vec<Input> {
        self.deaf += self.ticks.read().saturating_sub(self.left);
        let ready = self.sleep(longest);
        let mut inputs = Vec::new();
        if ready.signal {
            inputs.extend(self.signals.pending().map(|signal| match signal {
                SIGHUP => Input::HangUp,
                SIGWINCH => Input::Resize,
                SIGCONT => Input::Resume,
                _ => Input::Terminate,
            }));
        }
        if ready.other {
            // A wake is a wake, however many bytes it took.
            let _ = self.other.read(&mut [0; 64]);
        }
        if ready.bytes {
            self.read(&mut inputs);
        } else if ready.dead {
            inputs.push(Input::HangUp);
        } else {
            // Only now: bytes that were at hand have not been silent, however late they are read.
            inputs.extend(self.escape.tick(self.now()).into_iter().map(Input::from));
        }
        self.left = self.ticks.read();
        inputs
    }

    fn now(&self) -> Duration {
        self.ticks.read().saturating_sub(self.deaf)
    }

    fn read(&mut self, inputs: &mut Vec<Input>) {
        let mut buffer = [0; 4096];
        match rustix::io::read(rustix::stdio::stdin(), &mut buffer) {
            Err(Errno::INTR | Errno::AGAIN) => {}
            Ok(0) | Err(_) => inputs.push(Input::HangUp),
            Ok(count) => {
                let bytes = buffer.get(..count).unwrap_or_default();
                let typed = self.escape.on(bytes, self.now());
                inputs.extend(typed.into_iter().map(Input::from));
            }
        }
    }

    /// Sleeps until something can be read, the held bytes are due or `longest` is over.
    fn sleep(&self, longest: Option<Duration>) -> Ready {
        let due = self.escape.due().map(|due| due.saturating_sub(self.now()));
        let longest = due.into_iter().chain(longest).min().and_then(|left| Timespec::try_from(left).ok());
        let mut fds = [
            PollFd::from_borrowed_fd(rustix::stdio::stdin(), PollFlags::IN),
            PollFd::new(self.signals.get_read(), PollFlags::IN),
            PollFd::new(&self.other, PollFlags::IN),
        ];
        let polled = poll(&mut fds, longest.as_ref());
        let [stdin, signals, other] = fds.map(|fd| fd.revents());
        match polled {
            Ok(_) => Ready {
                bytes: stdin.contains(PollFlags::IN),
                signal: !signals.is_empty(),
                other: !other.is_empty(),
                dead: stdin.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
            },
            Err(error) => Ready { dead: error != Errno::INTR, ..Ready::default() },
        }
    }
}
