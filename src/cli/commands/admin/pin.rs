//! `pin`: sets the PIN for the user's own locked screen, or removes the PIN of somebody who forgot it.

use std::io::{IsTerminal, Write, stderr, stdin};
use std::os::unix::net::UnixStream;

use chrono::{DateTime, Utc};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::clock::Clock;
use crate::config::plain;
use crate::domain::school::pin::{NoPin, Pin};
use crate::store::Tried;

/// Set the PIN that opens your screen when it is locked
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Forget the PIN of a login whose officer no longer knows it; nothing else is lost
    #[arg(long, value_name = "LOGIN")]
    forget: Option<String>,
}

impl Args {
    /// Whether it is about somebody else's.
    pub fn forgets(&self) -> bool {
        self.forget.is_some()
    }
}

/// Set one's own, typed twice and never shown; or forget another's.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let officer = desk.officer.clone();
    if let Some(login) = &args.forget {
        let forgotten = desk.store.forget_pin(&officer, login, desk.when());
        if !desk.answered(forgotten)? {
            return Err(Failure::Refused(format!("{login} has no PIN")));
        }
        return desk.done(None, &format!("The PIN of {login} is forgotten; {login} may set another"), None);
    }
    let terminal = Quiet::enter()?;
    // Whoever finds a locked screen must not open it by way of the window beside it.
    if desk.store.has_pin(&officer.login)? {
        let old = terminal.ask(&format!("PIN of {} until now: ", officer.login))?.unwrap_or_default();
        // By the true time, whatever --now says.
        let text = match desk.store.try_pin(&officer.login, &old, Clock::System.now())? {
            Tried::Right => None,
            Tried::Wrong(None) => Some("that is not your PIN".to_owned()),
            Tried::Wrong(Some(until)) => {
                Some(format!("that is not your PIN; the next is taken from {} on", at(desk, until)))
            }
            Tried::TooSoon(until) => {
                Some(format!("too many wrong PINs: the next is taken from {} on", at(desk, until)))
            }
        };
        if let Some(text) = text {
            let cure = "nothing was changed; an admin can have it forgotten (firstbell pin --forget)";
            return Err(Failure::Refused(format!("{text}: {cure}")));
        }
    }
    let refused = |why: NoPin| Failure::Refused(format!("{why}: nothing was changed"));
    let pin = terminal.ask(&format!("New PIN of {}: ", officer.login))?.map_err(refused)?;
    pin.fits().map_err(refused)?;
    if terminal.ask("The same again: ")? != Ok(pin.clone()) {
        return Err(Failure::Refused("the two are not the same: nothing was changed".to_owned()));
    }
    drop(terminal);
    let set = desk.store.set_pin(&officer, &pin, desk.when());
    desk.answered(set)?;
    desk.done(None, &format!("The PIN of {} is set", officer.login), None)
}

/// "09:21:40", on the school's clock.
fn at(desk: &Desk<'_>, instant: DateTime<Utc>) -> String {
    desk.store.roll().school.local(instant).format("%H:%M:%S").to_string()
}

/// A terminal that shows nothing of what is typed; dropped, it shows it again.
struct Quiet {
    before: Termios,
    /// Readable once the program is asked to end: it ends when the terminal is as it was.
    asked_to_end: UnixStream,
}

impl Quiet {
    fn enter() -> Result<Quiet, Failure> {
        let text = "a PIN is typed at a terminal, and standard input is not one; over SSH say: ssh -t";
        if !stdin().is_terminal() {
            return Err(Failure::Usage(text.to_owned()));
        }
        let (asked_to_end, asks) = UnixStream::pair().map_err(failed)?;
        for signal in [SIGTERM, SIGHUP, SIGINT] {
            signal_hook::low_level::pipe::register(signal, asks.try_clone().map_err(failed)?).map_err(failed)?;
        }
        let before = tcgetattr(stdin()).map_err(failed)?;
        let mut quiet = before.clone();
        // Byte by byte: no line of digits lies about, and ctrl-c ends us only once the terminal is as it was.
        quiet.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        tcsetattr(stdin(), OptionalActions::Drain, &quiet).map_err(failed)?;
        Ok(Quiet { before, asked_to_end })
    }

    /// What is typed up to Enter: digits, or why they are none.
    fn ask(&self, prompt: &str) -> Result<Result<Pin, NoPin>, Failure> {
        write!(stderr(), "{prompt}")?;
        let (mut pin, mut fault, mut byte) = (Pin::default(), None, [0_u8]);
        loop {
            self.wait()?;
            if rustix::io::retry_on_intr(|| rustix::io::read(stdin(), &mut byte)).map_err(failed)? == 0 {
                return Err(given_up());
            }
            match byte {
                [b'\r' | b'\n'] => break,
                [0x03 | 0x04 | 0x1b] => return Err(given_up()),
                [0x08 | 0x7f] => pin.rub_out(),
                [0x15] => pin = Pin::default(),
                [digit @ b'0'..=b'9'] if pin.press(digit.into()) => {}
                [b'0'..=b'9'] => fault = Some(NoPin::Length),
                _ => fault = Some(NoPin::NotDigits),
            }
        }
        writeln!(stderr())?;
        Ok(fault.map_or(Ok(pin), Err))
    }

    /// Sleep until a key is pressed; given up when the program is asked to end.
    fn wait(&self) -> Result<(), Failure> {
        let stdin = stdin();
        let mut fds = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.asked_to_end, PollFlags::IN)];
        rustix::io::retry_on_intr(|| poll(&mut fds, None)).map_err(failed)?;
        let [_, asked_to_end] = fds.map(|fd| fd.revents());
        if asked_to_end.is_empty() { Ok(()) } else { Err(given_up()) }
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let (Ok(()) | Err(_)) = tcsetattr(stdin(), OptionalActions::Flush, &self.before);
    }
}

fn failed(error: impl Into<std::io::Error>) -> Failure {
    Failure::Terminal(format!("the terminal failed: {}", plain(&error.into())))
}

fn given_up() -> Failure {
    let _ = writeln!(stderr());
    Failure::Refused("nothing was changed".to_owned())
}
