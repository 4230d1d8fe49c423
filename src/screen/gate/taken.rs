//! The pupils who were taken and wait for a reason: one child, or a whole coach.

use chrono::NaiveTime;

use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::facts::presence::{Way, reason_meant};
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::field::{self, Field};
use crate::screen::widgets::late_reason;

/// Who waits for a reason.
pub struct Taken {
    /// In the order they were typed.
    pub pupils: Vec<PupilId>,
    /// When the first key was pressed.
    pub stamp: NaiveTime,
    /// Coming in, or going out.
    pub way: Way,
    /// What the arrival counts as, whatever the clock says.
    pub instead: Option<Code>,
    /// What must be read before it is logged.
    pub warning: Option<String>,
    /// By a card, so that the next may be typed already: a letter is a reason only when it stays alone.
    pub scanned: bool,
    /// Why somebody goes out, as it is typed.
    reason: Field,
    /// What may be a reason, the beginning of a name or a number, or the rest of an arrow key, and when it came.
    begun: Option<(char, NaiveTime)>,
}

/// What a key was to somebody who waits for a reason.
#[derive(Debug, PartialEq, Eq)]
pub enum ReasonKey {
    /// Nothing.
    Nothing,
    /// This reason.
    Reason(String),
    /// The next name or number begins with these, the first of them pressed then: nobody gives a reason any more.
    Next(String, NaiveTime),
    /// This reason, and the next number begins with that, pressed then.
    ReasonAndNext(String, String, NaiveTime),
    /// No reason's key.
    NoReason(char),
    /// No key of this at all.
    Ignored,
}

impl Taken {
    /// Taken, and stamped then.
    pub fn new(pupils: Vec<PupilId>, stamp: NaiveTime, way: Way, warning: Option<String>, scanned: bool) -> Taken {
        Taken { pupils, stamp, way, instead: None, warning, scanned, reason: Field::default(), begun: None }
    }

    /// The letter that is pressed and may still be a reason or the first of a name.
    pub fn begun(&self) -> Option<char> {
        self.begun.map(|(letter, _)| letter).filter(|letter| letter.is_alphabetic())
    }

    /// The letter stayed alone: it is no name's.
    pub fn drop_begun(&mut self) -> Option<char> {
        let letter = self.begun();
        self.begun = None;
        letter
    }

    /// The session the arrival belongs to.
    pub fn session(&self, context: &ViewContext) -> Session {
        context.day.times.as_ref().map_or(Session::Am, |times| times.arriving(self.stamp))
    }

    /// As the clock says, present, L, U, and round again.
    pub fn count_otherwise(&mut self, context: &ViewContext) {
        let present = Code::present(self.session(context));
        self.instead = match self.instead {
            None => Some(present),
            Some(code) if code == present => Some(Code::L),
            Some(code) if code == Code::L => Some(Code::U),
            Some(_) => None,
        };
    }

    /// Why they go out, as far as it is typed.
    pub fn reason_out(&self) -> String {
        reason_meant(self.reason.text())
    }

    /// The field of it, to be drawn.
    pub fn field(&self) -> &Field {
        &self.reason
    }

    /// What was typed is no reason.
    pub fn clear_reason(&mut self) {
        self.reason = Field::default();
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str) {
        if self.way == Way::Out {
            self.reason.paste(text);
        }
    }

    /// Handle a key that means nothing else, pressed at `now`. A small letter is a reason's key; after a scan only where no letter
    /// follows, for two letters are the next child's name, and so is a letter that is no reason's key. A digit never is a reason: a scanner begins with one, and so it is the next
    /// child's, or a capital letter is with a digit behind it. What is left of a broken arrow key is nobody's.
    pub fn handle_key(
        &mut self,
        key: Key,
        keys: &Keymap<field::Action>,
        context: &ViewContext,
        now: NaiveTime,
    ) -> ReasonKey {
        if self.way == Way::Out {
            return if self.reason.handle_key(key, keys) { ReasonKey::Nothing } else { ReasonKey::Ignored };
        }
        let reasons = &context.roll().school.late_reasons;
        if let Some(reason) = late_reason::pressed_with_alt(key, reasons) {
            return ReasonKey::Reason(reason.says.clone());
        }
        let Some(letter) = key.character() else {
            let takes_back = keys.get(key) == Some(field::Action::Backspace) && self.begun.take().is_some();
            return if takes_back { ReasonKey::Nothing } else { ReasonKey::Ignored };
        };
        let says = |letter| late_reason::with_key(letter, reasons).map(|reason| reason.says.clone());
        match (self.begun.take(), letter) {
            (Some(('[' | 'O', at)), '0'..='9' | ';') => self.begun = Some(('[', at)),
            (Some(('[' | 'O', _)), 'A'..='Z' | '~') => {}
            (Some((first, at)), '0'..='9') => {
                return match says(first) {
                    Some(reason) => ReasonKey::ReasonAndNext(reason, letter.to_string(), now),
                    None => ReasonKey::Next(format!("{first}{letter}"), at),
                };
            }
            (None, '0'..='9') => return ReasonKey::Next(letter.to_string(), now),
            (Some((first, at)), _) if first.is_alphabetic() => {
                return ReasonKey::Next(format!("{first}{letter}"), at);
            }
            (_, '[') => self.begun = Some((letter, now)),
            // What is no reason's key can only begin a name, after a scan or not.
            _ if letter.is_alphabetic() && (self.scanned || says(letter).is_none()) => self.begun = Some((letter, now)),
            _ => return says(letter).map_or(ReasonKey::NoReason(letter), ReasonKey::Reason),
        }
        ReasonKey::Nothing
    }
}
