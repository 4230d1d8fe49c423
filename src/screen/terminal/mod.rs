//! Taking the terminal, drawing on it one write a frame, and giving it back however the program ends.

pub mod escape;
pub mod frame_diff;
pub mod input;
pub mod sequence;
pub mod sgr_writer;

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange};
use crossterm::queue;
use crossterm::style::ResetColor;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use ratatui::style::{Modifier, Style};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{QueueSelector, tcflush, tcgetwinsize};

use crate::domain::school::Notify;
use frame_diff::FrameDiff;

/// Whether the screen is ours to write on. There is one terminal, and a panic in any thread must give it back.
static OURS: AtomicBool = AtomicBool::new(false);

/// Whether the terminal has been asked to say when its window comes to the front and goes; whoever gives it back says no more.
static TELLS_FOCUS: AtomicBool = AtomicBool::new(false);

/// Whether a number of ours may lie in the clipboard of the officer's own machine: whoever gives the terminal back clears it.
static COPIED: AtomicBool = AtomicBool::new(false);

/// The largest picture, in columns and rows: no larger window is read, and a client that claims one must not fill the memory.
pub const LARGEST: Size = Size { width: 500, height: 150 };

/// The exit code of a fault, here as in every command.
const FAULT: i32 = 3;

/// Why there is no screen to draw on.
#[derive(Debug, thiserror::Error)]
pub enum NoScreen {
    /// Standard input or output is a file or a pipe.
    #[error("the screen needs a terminal, and its {0} is not one; for scripts use the commands (firstbell --help)")]
    NotATerminal(&'static str),
    /// A terminal that can only print line after line.
    #[error("this terminal (TERM=dumb) cannot show a screen; use another, or the commands (firstbell --help)")]
    Dumb,
    /// The terminal refused.
    #[error("the terminal cannot be set up: {0}")]
    Refused(#[from] io::Error),
}

/// The terminal, while it is ours. Dropped, it is given back.
pub struct Screen {
    terminal: File,
    diff: FrameDiff,
    /// What the terminal shows is not known: the next frame is written whole.
    forgotten: bool,
    /// Where the cursor is shown, if it is.
    cursor: Option<Position>,
}

impl Screen {
    /// Takes the terminal.
    pub fn enter() -> Result<Screen, NoScreen> {
        for (name, is_terminal) in [("input", io::stdin().is_terminal()), ("output", io::stdout().is_terminal())] {
            if !is_terminal {
                return Err(NoScreen::NotATerminal(name));
            }
        }
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(NoScreen::Dumb);
        }
        let terminal = output()?;
        take()?;
        Ok(Screen { terminal, diff: FrameDiff::default(), forgotten: true, cursor: None })
    }

    /// Draws a frame by `picture`, which answers where the cursor is to stand, if anywhere: what differs from the last one is
    /// written, in one write.
    pub fn draw(&mut self, picture: impl FnOnce(&mut Buffer, Option<&Buffer>) -> Option<Position>) -> io::Result<()> {
        let window = window()?;
        let size = Size { width: window.width.min(LARGEST.width), height: window.height.min(LARGEST.height) };
        let mut out = Vec::new();
        let is_known = !std::mem::take(&mut self.forgotten) && self.diff.size() == size;
        if !is_known {
            queue!(out, Clear(ClearType::All))?;
            self.diff.resize(size);
        }
        let (changes, cursor) = self.diff.draw(|buffer, shown| {
            let cursor = picture(buffer, is_known.then_some(shown));
            draw_cut(buffer, window);
            cursor
        });
        out.extend_from_slice(changes.as_bytes());
        match cursor {
            Some(place) if !out.is_empty() || self.cursor != cursor => queue!(out, MoveTo(place.x, place.y), Show)?,
            None if self.cursor.is_some() => queue!(out, Hide)?,
            Some(_) | None => {}
        }
        self.cursor = cursor;
        self.write(&out)
    }

    /// Writes on the terminal, in one write, if it is ours.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() || !OURS.load(Ordering::SeqCst) { Ok(()) } else { self.terminal.write_all(bytes) }
    }

    /// Has the terminal say when its window comes to the front and goes, or no longer.
    pub fn hear_focus(&mut self, wanted: bool) -> io::Result<()> {
        if TELLS_FOCUS.swap(wanted, Ordering::SeqCst) == wanted {
            return Ok(());
        }
        let mut bytes = Vec::new();
        if wanted {
            queue!(bytes, EnableFocusChange)?;
        } else {
            queue!(bytes, DisableFocusChange)?;
        }
        self.write(&bytes)
    }

    /// Rings, or sends `text` as a notification (OSC 9): one write, which moves nothing that is drawn.
    pub fn notify(&mut self, how: Notify, text: &str) -> io::Result<()> {
        match how {
            Notify::None => Ok(()),
            Notify::Bell => self.write(b"\x07"),
            Notify::Osc9 => self.write(format!("\x1b]9;{text}\x07").as_bytes()),
        }
    }

    /// Forgets what the terminal shows, so that the next frame paints all of it.
    pub fn forget(&mut self) {
        self.forgotten = true;
    }

    /// Copies a number to the officer's own machine (OSC 52), in one write.
    pub fn copy(&mut self, number: &str) -> io::Result<()> {
        COPIED.store(true, Ordering::SeqCst);
        let mut bytes = Vec::new();
        queue!(bytes, CopyToClipboard::to_clipboard_from(number))?;
        self.write(&bytes)
    }

    /// Clears what was copied there, if anything was.
    pub fn uncopy(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        if COPIED.swap(false, Ordering::SeqCst) {
            clear_clipboard(&mut bytes)?;
        }
        self.write(&bytes)
    }

    /// Takes the terminal again, after [`leave`] or after the program was stopped.
    pub fn reenter(&mut self) -> io::Result<()> {
        let _ = disable_raw_mode();
        self.forget();
        self.cursor = None;
        take()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

/// The window's columns and rows. Standard output itself is asked: crossterm opens /dev/tty to ask it, twice a frame.
fn window() -> io::Result<Size> {
    let found = tcgetwinsize(rustix::stdio::stdout())?;
    Ok(Size { width: found.ws_col, height: found.ws_row })
}

/// In the last corner, how much of a window is drawn that is larger than any picture.
fn draw_cut(buffer: &mut Buffer, window: Size) {
    let area = buffer.area;
    if window == area.as_size() {
        return;
    }
    let text = format!(" {}x{} of {}x{} are drawn ", area.width, area.height, window.width, window.height);
    let width = u16::try_from(text.len()).unwrap_or(area.width).min(area.width);
    let (x, y) = (area.right().saturating_sub(width), area.bottom().saturating_sub(1));
    buffer.set_stringn(x, y, text, width.into(), Style::new().add_modifier(Modifier::REVERSED));
}

/// Gives the terminal back as it was. Harmless when it is not ours, and when the line has dropped.
pub fn leave() {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    if is_alive() {
        let mut bytes = Vec::new();
        if TELLS_FOCUS.load(Ordering::SeqCst) {
            let _ = queue!(bytes, DisableFocusChange);
        }
        if COPIED.swap(false, Ordering::SeqCst) {
            let _ = clear_clipboard(&mut bytes);
        }
        let _ = queue!(bytes, DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = output().and_then(|mut terminal| terminal.write_all(&bytes));
    }
    let _ = disable_raw_mode();
}

/// A blank in its place, for tmux does nothing when told to copy nothing; then nothing.
fn clear_clipboard(terminal: &mut impl Write) -> io::Result<()> {
    queue!(terminal, CopyToClipboard::to_clipboard_from(" "), CopyToClipboard::to_clipboard_from(""))
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    OURS.store(true, Ordering::SeqCst);
    let mut bytes = Vec::new();
    // A line that dropped may have left the alternate screen on, a picture on it, and the pen in any style: tmux clears nothing
    // for whoever enters it again.
    queue!(bytes, EnterAlternateScreen, EnableBracketedPaste, Hide, ResetColor, Clear(ClearType::All))?;
    // Taken again after a stop it is to say what it said before.
    if TELLS_FOCUS.load(Ordering::SeqCst) {
        queue!(bytes, EnableFocusChange)?;
    }
    output().and_then(|mut terminal| terminal.write_all(&bytes)).inspect_err(|_| leave())
}

/// Standard output without the standard library's buffer of lines, which would cut a frame into pieces.
fn output() -> io::Result<File> {
    Ok(File::from(rustix::io::dup(rustix::stdio::stdout())?))
}

/// Whether there is still a terminal at the other end.
pub fn is_alive() -> bool {
    let mut fds = [PollFd::from_borrowed_fd(rustix::stdio::stdout(), PollFlags::OUT)];
    let polled = poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 }));
    let [stdout] = fds.map(|fd| fd.revents());
    polled.is_ok() && !stdout.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
}

/// A panic, in whichever thread, gives the terminal back, says where it was, and ends the program: without its store worker
/// nothing would be saved, and without the main thread nothing is heard. It does not say what: that may hold a pupil's name, and so
/// may what is typed ahead, which must not end up in a shell.
pub fn end_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if OURS.load(Ordering::SeqCst) {
                let _ = tcflush(rustix::stdio::stdin(), QueueSelector::IFlush);
            }
            leave();
            let place = panic.location().map_or_else(String::new, |at| format!(" ({}:{})", at.file(), at.line()));
            let text = format!("firstbell stopped because of a fault of its own{place}. What was saved is kept.");
            let _ = writeln!(io::stderr(), "{text}");
            if cfg!(debug_assertions) && std::env::var_os("RUST_BACKTRACE").is_some() {
                usual(panic);
            }
            std::process::exit(FAULT);
        }));
    });
}
