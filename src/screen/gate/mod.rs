//! The gate: who comes late, who goes out and who comes back, a child every three seconds. It fills the screen, and shows an open
//! counter no more than a name, a form, how late and how often.
//!
//! A line is typed or scanned, Enter takes whoever it means, a reason's key saves. The arrival is stamped by the first key of the line.
//! What is to be saved goes into the queue of pending acts, so that the next child is typed while the last is on the way to the disk.

mod act;
mod landing;
mod line;
mod logged;
mod match_cache;
mod reasons;
mod taken;
mod taking;
mod view;

use chrono::NaiveTime;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::event::Undoable;
use super::outcome::{Ask, Outcome};
use super::theme::Theme;
use super::view_context::ViewContext;
use super::widgets::dialog::{Hint, SharedTyping};
use super::widgets::{field, list};
use crate::domain::act::Undid;
use crate::domain::act_id::ActId;
use crate::domain::facts::presence::Way;
use crate::domain::late::gate::is_number;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::staff::Role;
use crate::keys::{Key, Keymap};
pub use act::{GateAct, Pending};
pub use landing::Saved;
use line::{Line, minute};
use logged::Logged;
use match_cache::MatchCache;
use taken::Taken;

crate::actions! {
    /// What keys mean at the gate.
    pub Action in "gate" {
        Take "take" "take the best match; then save without a reason" records;
        Next "next" "the next match";
        Previous "previous" "the match before";
        Tick "tick" "of a coach: take the match, and go on with the next";
        Repeat "repeat" "the same reason as last" records;
        CountsAs "counts-as" "counts as the clock says, present, L or U";
        Out "out" "somebody goes out; again, comes in";
        Undo "undo" "take back the last that was logged here" records;
        Redo "redo" "log again what was taken back last" records;
        Fire "fire" "the fire list";
        Help "help" "all keys";
        Close "close" "back, clear, or leave the gate";
    }
}

/// Answers kept in sight.
const ANSWERS: usize = 2;

/// The gate.
pub struct Gate {
    keys: Keymap<Action>,
    typing: SharedTyping,
    /// This login has no other screen.
    stays: bool,
    match_cache: MatchCache,
    line: Line,
    way: Way,
    /// The pupils ticked from a coach, and the time of the first key.
    coach: Vec<PupilId>,
    coach_stamp: Option<NaiveTime>,
    taken: Option<Taken>,
    last_reason: Option<String>,
    logged: Logged,
    /// What could not be done and why, the newest last.
    answers: Vec<String>,
}

impl Gate {
    /// With nothing typed.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> Gate {
        Gate {
            keys,
            typing,
            stays: context.role == Role::Gate,
            match_cache: MatchCache::default(),
            line: Line::default(),
            way: Way::Back,
            coach: Vec::new(),
            coach_stamp: None,
            taken: None,
            last_reason: None,
            logged: Logged::default(),
            answers: Vec::new(),
        }
    }

    fn answer(&mut self, text: String) -> Outcome {
        self.answers.retain(|answer| *answer != text);
        self.answers.push(text);
        let over = self.answers.len().saturating_sub(ANSWERS);
        self.answers.drain(..over);
        Outcome::Nothing
    }

    /// The stamp of what is being typed: a coach's own, or the line's.
    fn stamp(&self, context: &ViewContext) -> NaiveTime {
        self.coach_stamp.or(self.line.stamp()).unwrap_or_else(|| minute(context))
    }

    /// Empty, for the next child, who comes in.
    fn forget_line(&mut self) {
        self.line.clear();
        self.coach.clear();
        self.coach_stamp = None;
        self.way = Way::Back;
    }

    /// Back by one: the line, the way, the ticks, the answers; then out.
    fn close(&mut self) -> Outcome {
        if !self.line.is_empty() {
            self.line.clear();
        } else if self.way == Way::Out || !self.coach.is_empty() {
            self.forget_line();
        } else if !self.answers.is_empty() {
            self.answers.clear();
        } else {
            return Outcome::Close;
        }
        Outcome::Nothing
    }

    /// Text of one line was pasted.
    fn paste_line(&mut self, text: &str, context: &ViewContext, pending: &mut dyn Pending) {
        match self.taken.take() {
            // A scanner may paste, and a name that is pasted is no reason's key.
            Some(taken)
                if taken.way == Way::Back
                    && (is_number(context.roll(), text) || text.trim().chars().nth(1).is_some()) =>
            {
                self.pass_over(taken, context, pending);
                self.line.paste(text, context, &mut self.match_cache);
            }
            Some(mut taken) => {
                taken.paste(text);
                self.taken = Some(taken);
            }
            None => self.line.paste(text, context, &mut self.match_cache),
        }
    }

    fn handle_line_key(&mut self, key: Key, context: &ViewContext, pending: &mut dyn Pending) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Take) => return self.take(false, context, pending),
            Some(Action::Tick) if self.way == Way::Back => return self.take(true, context, pending),
            Some(Action::Next) => self.line.go(list::Action::Down),
            Some(Action::Previous) => self.line.go(list::Action::Up),
            Some(Action::Out) if self.coach.is_empty() => {
                self.way = if self.way == Way::Out { Way::Back } else { Way::Out };
            }
            Some(Action::Close) => return self.close(),
            Some(Action::Tick | Action::Out | Action::CountsAs) => {}
            // A full stop is a letter here: "St. John".
            _ => {
                let untick = self.line.is_empty() && self.typing.field.get(key) == Some(field::Action::Backspace);
                if untick {
                    self.coach.pop();
                    if self.coach.is_empty() {
                        self.coach_stamp = None;
                    }
                } else if !self.line.handle_key(key, &self.typing.field, context, &mut self.match_cache) {
                    return Outcome::Ignored;
                }
            }
        }
        Outcome::Nothing
    }

    /// Handle a key.
    pub fn handle_key(&mut self, key: Key, context: &ViewContext, pending: &mut dyn Pending) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Fire) => return Outcome::Open(Ask::Fire),
            Some(Action::Help) => return Outcome::Open(Ask::Help),
            Some(Action::Undo) => {
                if self.logged.last().is_none() && pending.unsaved() == 0 {
                    return Outcome::TakeBack;
                }
                pending.push(GateAct::TakeBack);
                return Outcome::Nothing;
            }
            Some(Action::Redo) => {
                pending.push(GateAct::DoAgain);
                return Outcome::Nothing;
            }
            _ => {}
        }
        match self.taken.take() {
            Some(taken) => self.handle_reason_key(key, taken, context, pending),
            None => self.handle_line_key(key, context, pending),
        }
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str, context: &ViewContext, pending: &mut dyn Pending) {
        let codes: Vec<&str> = text.split_whitespace().collect();
        let cards = text.contains('\n') && codes.iter().all(|code| is_number(context.roll(), code));
        if cards && self.line.is_empty() && self.way == Way::Back {
            // A scanner that pastes its line ends too: each code is a card. Names are not: nobody is taken unread.
            for code in codes {
                self.paste_line(code, context, pending);
                self.take(false, context, pending);
            }
        } else {
            self.paste_line(text, context, pending);
        }
    }

    /// The day was replaced.
    pub fn refresh(&mut self, context: &ViewContext) {
        if self.match_cache.is_stale(context) {
            self.line.roll_moved(context, &mut self.match_cache);
        }
    }

    /// An act was taken back or done again, here or in the office.
    pub fn set_undone(&mut self, undid: Undid) {
        self.logged.set_undone(undid);
    }

    /// The last act that was logged here and can be taken back.
    pub fn last_logged(&self) -> Option<ActId> {
        self.logged.last().map(|entry| entry.act)
    }

    /// Draw it, with how many of its acts are not saved yet; says where the terminal's cursor belongs.
    pub fn draw(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        (context, unsaved): (&ViewContext, usize),
        theme: &Theme,
    ) -> Option<Position> {
        view::draw(self, area, buffer, (context, unsaved), theme)
    }

    /// The keys that work in it; `undoable` is what can be taken back and done again.
    pub fn hints(&self, undoable: Undoable) -> Vec<Hint> {
        let clears =
            !self.line.is_empty() || !self.coach.is_empty() || self.way == Way::Out || !self.answers.is_empty();
        let hints: &[(Action, &str, bool)] = match &self.taken {
            Some(taken) if taken.way == Way::Out => &[(Action::Take, "goes out", true), (Action::Close, "back", true)],
            Some(taken) => &[
                (Action::Repeat, "same", self.last_reason.is_some()),
                (Action::Take, "no reason", taken.instead.is_none()),
                (Action::CountsAs, "count otherwise", true),
                (Action::Close, "back", true),
            ],
            None => &[
                (Action::Take, "take", true),
                (Action::Tick, "tick", self.way == Way::Back),
                (Action::Out, if self.way == Way::Out { "comes in" } else { "goes out" }, self.coach.is_empty()),
                (Action::Undo, "undo last", undoable.undo),
                (Action::Fire, "fire list", true),
                (Action::Help, "all keys", true),
                (Action::Close, if clears { "clear" } else { "leave" }, clears || !self.stays),
                (Action::Redo, "redo", undoable.redo),
            ],
        };
        hints.iter().filter(|(.., shown)| *shown).map(|(action, does, _)| self.keys.hint(*action, does)).collect()
    }
}
