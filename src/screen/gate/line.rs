//! The line being typed: its text, when its first key was pressed, and who fits it.

use chrono::{NaiveTime, Timelike};

use super::match_cache::MatchCache;
use crate::domain::late::gate::is_number;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::field::{self, Field};
use crate::screen::widgets::list::{self, List};

/// The line being typed.
#[derive(Default)]
pub struct Line {
    field: Field,
    /// When the first key of it was pressed.
    stamp: Option<NaiveTime>,
    found: List<PupilId>,
    /// Somebody else than the best was chosen by hand.
    moved: bool,
}

/// The pupil the line means.
#[derive(Debug, PartialEq, Eq)]
pub enum Meant {
    /// Nothing is typed.
    Nobody,
    /// Nobody fits.
    NoName(String),
    /// A number that nobody has.
    NoNumber(String),
    /// This pupil; whether by their number.
    Pupil(PupilId, bool),
}

/// The minute it is: arrivals are kept to the minute.
pub fn minute(context: &ViewContext) -> NaiveTime {
    let time = context.time();
    time.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(time)
}

impl Line {
    /// Handle a key: whether it was typing. The first one stamps the line.
    pub fn handle_key(
        &mut self,
        key: Key,
        keys: &Keymap<field::Action>,
        context: &ViewContext,
        match_cache: &mut MatchCache,
    ) -> bool {
        let begins = self.is_empty() || (self.field.is_offered() && key.character().is_some());
        if !self.field.handle_key(key, keys) {
            return false;
        }
        self.typed(begins, context, match_cache);
        true
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str, context: &ViewContext, match_cache: &mut MatchCache) {
        let begins = self.is_empty() || self.field.is_offered();
        self.field.paste(text);
        self.typed(begins, context, match_cache);
    }

    /// Begin with what was pressed already, the first of it at `pressed`.
    pub fn begin(&mut self, typed: &str, pressed: NaiveTime, context: &ViewContext, match_cache: &mut MatchCache) {
        *self = Line { field: Field::holding(typed), stamp: Some(pressed), ..Line::default() };
        self.match_again(context, match_cache);
    }

    fn typed(&mut self, begins: bool, context: &ViewContext, match_cache: &mut MatchCache) {
        if begins {
            self.stamp = Some(minute(context));
        }
        if self.is_empty() {
            return self.clear();
        }
        self.match_again(context, match_cache);
    }

    fn match_again(&mut self, context: &ViewContext, match_cache: &mut MatchCache) {
        let time = self.stamp.unwrap_or_else(|| minute(context));
        let found = if self.is_empty() { Vec::new() } else { match_cache.find(context, self.text(), time) };
        self.found.restart(found);
        self.moved = false;
    }

    /// The roll was replaced: who was chosen stays chosen.
    pub fn roll_moved(&mut self, context: &ViewContext, match_cache: &mut MatchCache) {
        let (chosen, moved) = (self.found.chosen(), self.moved);
        self.match_again(context, match_cache);
        if let Some(chosen) = chosen.filter(|_| moved) {
            self.found.choose_id(chosen);
            self.moved = true;
        }
    }

    /// Choose the next match, or the one before.
    pub fn go(&mut self, to: list::Action) {
        self.found.go(to);
        self.moved = true;
    }

    /// The pupil it means. A whole number means its pupil; half a number means nobody.
    pub fn meant(&self, context: &ViewContext, match_cache: &mut MatchCache) -> Meant {
        let typed = self.text();
        if typed.is_empty() {
            return Meant::Nobody;
        }
        let chosen = self.found.chosen();
        if let Some(chosen) = chosen.filter(|_| self.moved) {
            return Meant::Pupil(chosen, false);
        }
        match (match_cache.numbered(context, typed), chosen) {
            (Some(pupil), _) => Meant::Pupil(pupil, true),
            (None, _) if is_number(context.roll(), typed) => Meant::NoNumber(typed.to_owned()),
            (None, Some(chosen)) => Meant::Pupil(chosen, false),
            (None, None) => Meant::NoName(typed.to_owned()),
        }
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        self.field.text().trim()
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// When its first key was pressed.
    pub fn stamp(&self) -> Option<NaiveTime> {
        self.stamp
    }

    /// The pupils that match it, best first.
    pub fn found(&self) -> &List<PupilId> {
        &self.found
    }

    /// The field, to be drawn.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// Empty, for the next child.
    pub fn clear(&mut self) {
        *self = Line::default();
    }

    /// Keep what is typed in sight; the next letter begins the next child.
    pub fn offer_again(&mut self) {
        let typed = self.text().to_owned();
        self.field.offer(&typed);
    }
}
