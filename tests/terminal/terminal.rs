//! A terminal with the program in it: keys go in, and what comes out is shown.

use std::io::{ErrorKind, Read, Write};
use std::num::NonZeroU16;
use std::process::{Child, ExitStatus};
use std::time::Duration;

use firstbell::clock::Ticks;
use pty_process::Size;
use pty_process::blocking::{Command, Pty};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{Termios, tcgetattr};

/// How long anything may take before it counts as never: many times what it takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A terminal with the program in it.
pub struct Terminal {
    child: Child,
    /// Our end of the line, until it is dropped.
    line: Option<Pty>,
    shown: vt100::Parser,
    /// Every byte that came out.
    pub output: Vec<u8>,
    modes: Termios,
}

impl Terminal {
    pub fn start(command: Command, width: u16, height: u16) -> Terminal {
        let (line, end) = pty_process::blocking::open().unwrap();
        line.resize(Size::new(height, width)).unwrap();
        let modes = tcgetattr(&line).unwrap();
        let child = command.spawn(end).unwrap();
        let shown = vt100::Parser::new(cells(height), cells(width), 0);
        Terminal { child, line: Some(line), shown, output: Vec::new(), modes }
    }

    /// Type.
    pub fn keys(&mut self, keys: &str) {
        self.line.as_mut().unwrap().write_all(keys.as_bytes()).unwrap();
    }

    /// Type the bytes of one key one by one, as a slow line brings them.
    pub fn slowly(&mut self, key: &str, pause: Duration) {
        for (place, byte) in key.bytes().enumerate() {
            if place > 0 {
                std::thread::sleep(pause);
            }
            self.line.as_mut().unwrap().write_all(&[byte]).unwrap();
        }
    }

    /// What is shown, line by line.
    pub fn lines(&self) -> Vec<String> {
        let (_, width) = self.shown.screen().size();
        self.shown.screen().rows(0, width.get()).collect()
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.shown.screen()
    }

    /// The one row shown in reverse: who is chosen.
    #[track_caller]
    pub fn chosen(&mut self) -> String {
        // A frame comes in pieces: for a moment both rows can be marked, or neither.
        self.until("one row is chosen", |terminal| terminal.reversed().len() == 1);
        self.reversed().join("")
    }

    /// The text shown in reverse, row by row.
    pub fn reversed(&self) -> Vec<String> {
        let (height, width) = self.shown.screen().size();
        let rows = (0..height.get()).map(|row| {
            let cells = (0..width.get()).filter_map(|column| self.shown.screen().cell(row, column));
            cells.filter(|cell| cell.inverse()).map(vt100::Cell::contents).collect::<Vec<_>>().join("")
        });
        rows.filter(|row| !row.trim().is_empty()).collect()
    }

    /// Wait until all of these are shown.
    #[track_caller]
    pub fn shows(&mut self, texts: &[&str]) {
        self.until(&format!("{texts:?}"), |terminal| {
            let contents = terminal.lines().join("\n");
            texts.iter().all(|text| contents.contains(text))
        });
    }

    /// Wait until this is no longer shown.
    #[track_caller]
    pub fn hides(&mut self, gone: &str) {
        self.until(&format!("no {gone:?}"), |terminal| !terminal.lines().join("\n").contains(gone));
    }

    /// Wait until the terminal is as wanted.
    #[track_caller]
    pub fn until(&mut self, what: &str, wanted: impl Fn(&Terminal) -> bool) {
        let ticks = Ticks::start();
        while !wanted(self) {
            let still = ticks.read() < PATIENCE;
            assert!(still && self.listen(Duration::from_millis(100)), "never {what}:\n{}", self.lines().join("\n"));
        }
    }

    /// Show what comes out within `pause`; false at the end of the line.
    pub fn listen(&mut self, pause: Duration) -> bool {
        let Some(line) = &mut self.line else { return false };
        let mut fds = [PollFd::new(line, PollFlags::IN)];
        let pause = Timespec::try_from(pause).unwrap();
        if poll(&mut fds, Some(&pause)).unwrap_or(0) == 0 {
            return true;
        }
        let mut buffer = [0; 16 << 10];
        match line.read(&mut buffer) {
            Ok(0) => false,
            Ok(count) => {
                self.output.extend_from_slice(&buffer[..count]);
                self.shown.process(&buffer[..count]);
                true
            }
            Err(error) => error.kind() == ErrorKind::Interrupted,
        }
    }

    /// Make the window this large.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.resize_to((width, height), (width, height));
    }

    /// Make the window as large as `claimed`, of which so much is shown here.
    pub fn resize_to(&mut self, shown: (u16, u16), claimed: (u16, u16)) {
        self.shown.set_size(cells(shown.1), cells(shown.0));
        self.line.as_ref().unwrap().resize(Size::new(claimed.1, claimed.0)).unwrap();
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Drop the line.
    pub fn hang_up(&mut self) {
        self.line = None;
    }

    /// Wait until the program has ended and all it said is shown: how it ended, and how long that took.
    #[track_caller]
    pub fn ends(&mut self) -> (ExitStatus, Duration) {
        let ticks = Ticks::start();
        loop {
            let ended = self.child.try_wait().unwrap();
            let more = self.listen(Duration::from_millis(1));
            match ended {
                Some(status) if !more => return (status, ticks.read()),
                None if !more => std::thread::sleep(Duration::from_millis(1)),
                _ => {}
            }
            assert!(ticks.read() < PATIENCE, "still there:\n{}", self.lines().join("\n"));
        }
    }

    /// The terminal is as it was before the program came.
    #[track_caller]
    pub fn is_given_back(&self) {
        let screen = self.shown.screen();
        let output = text(&self.output);
        assert!(!screen.alternate_screen(), "alternate screen: {output:?}");
        assert!(!screen.hide_cursor(), "hidden cursor");
        assert!(!screen.bracketed_paste(), "bracketed paste");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        let now = tcgetattr(self.line.as_ref().unwrap()).unwrap();
        let modes =
            |termios: &Termios| (termios.input_modes, termios.output_modes, termios.control_modes, termios.local_modes);
        assert_eq!(modes(&now), modes(&self.modes));
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Looks until there is something to see, for as long as [`PATIENCE`] lasts.
#[track_caller]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let ticks = Ticks::start();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(ticks.read() < PATIENCE, "never: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}
