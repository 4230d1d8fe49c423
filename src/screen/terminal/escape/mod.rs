//! From the terminal's bytes to keys and pastes, by the time at which they come.
//!
//! An arrow key is three bytes, and a slow line may bring them apart. Taken one by one they would be Esc and two typed
//! letters: an arrow key that writes a mark. So an Esc waits for what may belong to it, and what comes late is still
//! known for what it is. Nothing here reads a clock: times are given, counted from any start.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent};

use super::sequence::{PASTE_END, Reading, read};

/// What was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Typed {
    /// A key.
    Key(KeyEvent),
    /// A text pasted in one go.
    Paste(String),
    /// A paste of more than [`LONGEST_PASTE`] bytes: nothing of it is kept.
    LongPaste,
    /// The window came to the front, or is there no longer.
    Focus(bool),
}

/// How long an Esc waits for the rest of a sequence before it counts as the Esc key.
const HOLD: Duration = Duration::from_millis(50);
/// How long after an Esc an `O` may still belong to it. Not longer: people do type an O.
const LATE_LETTER: Duration = Duration::from_millis(200);
/// How long after an Esc a `[` or `]` may still belong to it. Nobody types these.
const LATE_BRACKET: Duration = Duration::from_secs(2);
/// How long the rest of a sequence, or of a letter of several bytes, may take: a packet sent again, and again.
const REST: Duration = Duration::from_secs(2);
/// How long a paste may pause.
const PASTE: Duration = Duration::from_secs(5);

/// The most bytes of a paste: a coach of cards, a long message.
pub const LONGEST_PASTE: usize = 16 << 10;
/// The most bytes of a sequence that are kept. What is longer is some other program's answer: its start and its end tell it.
const LONGEST: usize = 256;

const ESC: u8 = 0x1b;

/// A paste not yet whole.
#[derive(Debug, Default)]
struct Pasting {
    /// What has come of it; of a paste that is too long no more than may be the start of its end.
    text: Vec<u8>,
    too_long: bool,
}

impl Pasting {
    /// Take what comes, up to the end of the paste; what comes after it, where it has ended.
    fn take<'b>(&mut self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        let mut left = bytes;
        while let Some(last) = left.iter().position(|byte| PASTE_END.ends_with(&[*byte])) {
            let (run, rest) = left.split_at(last + 1);
            self.keep(run);
            if self.text.ends_with(PASTE_END) {
                self.text.truncate(self.text.len() - PASTE_END.len());
                return Some(rest);
            }
            left = rest;
        }
        self.keep(left);
        None
    }

    fn keep(&mut self, bytes: &[u8]) {
        self.text.extend_from_slice(bytes);
        self.too_long |= self.text.len() > LONGEST_PASTE + PASTE_END.len();
        if self.too_long {
            self.text.drain(..self.text.len().saturating_sub(PASTE_END.len()));
        }
    }

    /// What was pasted; terminals send a carriage return for the end of a line.
    fn told(self) -> Typed {
        if self.too_long || self.text.len() > LONGEST_PASTE {
            return Typed::LongPaste;
        }
        Typed::Paste(String::from_utf8_lossy(&self.text).replace("\r\n", "\n").replace('\r', "\n"))
    }
}

/// Puts bytes together.
#[derive(Debug, Default)]
pub struct Escape {
    /// The bytes of a sequence not yet whole.
    pending: Vec<u8>,
    /// A paste not yet whole.
    paste: Option<Pasting>,
    /// When the last of them came.
    last: Duration,
    /// The pending Esc has been told as a key; only the rest of a late sequence is still waited for.
    told: bool,
}

impl Escape {
    /// What the bytes read at one moment say.
    pub fn on(&mut self, bytes: &[u8], at: Duration) -> Vec<Typed> {
        let mut typed = Vec::new();
        if self.pending == [ESC] {
            // Only bytes read together are an Alt key; else it is Esc and, a moment later, a letter.
            if !bytes.first().is_some_and(|byte| self.may_follow(*byte, at)) {
                self.push_esc(&mut typed);
                self.pending.clear();
            }
        } else {
            typed.extend(self.tick(at));
        }
        self.last = at;
        let mut left = bytes;
        while let Some((first, rest)) = left.split_first() {
            left = match &mut self.paste {
                Some(paste) => match paste.take(left) {
                    Some(rest) => {
                        typed.extend(self.paste.take().map(Pasting::told));
                        rest
                    }
                    None => break,
                },
                None => {
                    self.byte(*first, &mut typed);
                    rest
                }
            };
        }
        typed
    }

    /// When [`tick`](Escape::tick) must be called unless bytes come before.
    pub fn due(&self) -> Option<Duration> {
        match (&self.paste, self.pending.as_slice()) {
            (Some(_), _) => Some(self.last + PASTE),
            (None, []) => None,
            (None, [ESC]) if self.told => None,
            (None, [ESC]) => Some(self.last + HOLD),
            (None, _) => Some(self.last + REST),
        }
    }

    /// What the silence up to now says: an Esc was the Esc key, half a sequence was nothing.
    pub fn tick(&mut self, at: Duration) -> Vec<Typed> {
        let mut typed = Vec::new();
        if self.due().is_some_and(|due| due <= at) {
            if let Some(paste) = self.paste.take() {
                typed.push(paste.told());
            } else if self.pending == [ESC] {
                self.push_esc(&mut typed);
            } else {
                self.pending.clear();
            }
        }
        typed
    }

    /// Whether a byte can belong to the Esc that came before it.
    fn may_follow(&self, byte: u8, at: Duration) -> bool {
        let gap = at.saturating_sub(self.last);
        match byte {
            b'[' | b']' => gap <= LATE_BRACKET,
            b'O' => gap <= LATE_LETTER,
            _ => false,
        }
    }

    fn push_esc(&mut self, typed: &mut Vec<Typed>) {
        if !self.told {
            typed.push(Typed::Key(KeyCode::Esc.into()));
            self.told = true;
        }
    }

    fn byte(&mut self, byte: u8, typed: &mut Vec<Typed>) {
        if byte == ESC && self.pending == [ESC] {
            self.push_esc(typed);
            self.pending.clear();
        }
        if self.pending.is_empty() {
            self.told = false;
        }
        self.pending.push(byte);
        match read(&self.pending) {
            Reading::More => {
                if self.pending.len() > LONGEST {
                    self.pending.drain(LONGEST / 4..LONGEST / 2);
                }
                return;
            }
            Reading::Key(event) => typed.push(Typed::Key(event)),
            Reading::Focus(in_front) => typed.push(Typed::Focus(in_front)),
            Reading::Paste => self.paste = Some(Pasting::default()),
            Reading::Nothing => {}
            Reading::Broken => {
                let after_esc = matches!(self.pending.as_slice(), [_, .., ESC, _]);
                self.pending.clear();
                if after_esc {
                    self.pending.push(ESC);
                }
                return self.byte(byte, typed);
            }
        }
        self.pending.clear();
    }
}

#[cfg(test)]
mod tests;
