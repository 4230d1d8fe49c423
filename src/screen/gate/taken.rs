//! The pupils who were taken and wait for a reason: one child, or a whole coach.

use chrono::NaiveTime;

use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::facts::presence::{Way, reason_meant};
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::field::{self, Field};

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
    /// Why somebody goes out, as it is typed.
    reason: Field,
    /// What may be the beginning of a number or the rest of an arrow key, and when it came.
    stray: Option<(char, NaiveTime)>,
}

/// What a key was to somebody who waits for a reason.
#[derive(Debug, PartialEq, Eq)]
pub enum ReasonKey {
    /// Nothing.
    Nothing,
    /// This reason.
    Reason(String),
    /// The next number begins with these, the first of them pressed then: nobody gives a reason any more.
    Next(String, NaiveTime),
    /// No reason's key.
    NoReason(char),
    /// No key of this at all.
    Ignored,
}

impl Taken {
    /// Taken, and stamped then.
    pub fn new(pupils: Vec<PupilId>, stamp: NaiveTime, way: Way, warning: Option<String>) -> Taken {
        Taken { pupils, stamp, way, instead: None, warning, reason: Field::default(), stray: None }
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

    /// Handle a key that means nothing else, pressed at `now`. A small letter is a reason's key. A digit never is: a scanner begins
    /// with one, and so it is the next child's, or a capital letter is with a digit behind it. What is left of a broken arrow key
    /// is nobody's.
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
        let by_alt =
            reasons.iter().find(|one| one.key.is_ascii_digit() && format!("alt-{}", one.key) == key.to_string());
        if let Some(reason) = by_alt {
            return ReasonKey::Reason(reason.says.clone());
        }
        let Some(letter) = key.character() else { return ReasonKey::Ignored };
        match (self.stray.take(), letter) {
            (Some(('[' | 'O', at)), '0'..='9' | ';') => self.stray = Some(('[', at)),
            (Some(('[' | 'O', _)), 'A'..='Z' | '~') => {}
            (Some((capital, at)), '0'..='9') => return ReasonKey::Next(format!("{capital}{letter}"), at),
            (None, '0'..='9') => return ReasonKey::Next(letter.to_string(), now),
            (_, '[' | 'A'..='Z') => self.stray = Some((letter, now)),
            _ => {
                let reason = reasons.iter().find(|one| one.key == letter);
                return reason.map_or(ReasonKey::NoReason(letter), |reason| ReasonKey::Reason(reason.says.clone()));
            }
        }
        ReasonKey::Nothing
    }
}
