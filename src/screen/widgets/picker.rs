//! Choosing a pupil by typing: part of a name, initials, tutor group, UPN.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::HashSet;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::dialog::{Action, SharedTyping};
use super::field::Field;
use super::list::List;
use super::text::Line;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::find::Finder;
use crate::domain::school::roll::Roll;
use crate::keys::Key;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;

/// Matches kept: more than any screen shows.
const MOST: usize = 50;

/// The finder that every picker shares: building one takes longer than asking it, so it is built when first asked and again
/// when the roll or the date has moved.
#[derive(Clone, Debug, Default)]
pub struct SharedFinder(Rc<RefCell<Option<Built>>>);

#[derive(Debug)]
struct Built {
    roll: Arc<Roll>,
    date: NaiveDate,
    finder: Finder,
}

impl SharedFinder {
    fn matches(&self, roll: &Arc<Roll>, date: NaiveDate, typed: &str, likely: &HashSet<PupilId>) -> Vec<PupilId> {
        let mut built = self.0.borrow_mut();
        let fits = built.as_ref().is_some_and(|built| Arc::ptr_eq(&built.roll, roll) && built.date == date);
        if !fits {
            *built = Some(Built { roll: roll.clone(), date, finder: Finder::new(roll, date) });
        }
        let likely = |id| likely.contains(&id);
        built.as_mut().map(|built| built.finder.matches_preferring(typed, MOST, likely)).unwrap_or_default()
    }
}

/// Choosing a pupil by typing.
pub struct Picker {
    typing: SharedTyping,
    field: Field,
    finder: SharedFinder,
    roll: Arc<Roll>,
    date: NaiveDate,
    list: List<PupilId>,
    /// Offered first while nothing is typed.
    offered: Option<PupilId>,
    /// First among those who fit equally well. As it was when the picker opened: nobody jumps under the finger.
    likely: HashSet<PupilId>,
}

/// What a key did.
#[derive(Debug, PartialEq, Eq)]
pub enum Picked {
    /// Nothing that concerns the caller.
    Nothing,
    /// This pupil.
    Pupil(PupilId),
    /// Close.
    Close,
}

impl Picker {
    /// A picker that offers `offered` first.
    pub fn new(typing: SharedTyping, finder: SharedFinder, context: &ViewContext, offered: Option<PupilId>) -> Picker {
        let (roll, date) = (context.roll().clone(), context.day.date);
        let (field, list, likely) = (Field::default(), List::default(), HashSet::new());
        let mut picker = Picker { typing, field, finder, roll, date, list, offered, likely };
        picker.match_again();
        picker
    }

    /// The same, with these first among those who fit equally well.
    pub fn preferring(self, likely: HashSet<PupilId>) -> Picker {
        Picker { likely, ..self }
    }

    /// Hear a key. Letters are typed; moving is by the dialog's keys and those of a list that are no letters.
    pub fn heard(&mut self, key: Key) -> Picked {
        match self.typing.dialog.get(key) {
            Some(Action::Save) => return self.list.chosen().map_or(Picked::Nothing, Picked::Pupil),
            Some(Action::Close) => return Picked::Close,
            Some(Action::Next) => self.list.go(super::list::Action::Down),
            Some(Action::Previous) => self.list.go(super::list::Action::Up),
            None => {
                if self.field.heard(key, &self.typing.field) {
                    self.match_again();
                } else {
                    self.list.heard(key, &self.typing.list);
                }
            }
        }
        Picked::Nothing
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str) {
        self.field.paste(text);
        self.match_again();
    }

    /// The day was replaced: a new roll is searched anew.
    pub fn refresh(&mut self, context: &ViewContext) {
        if !Arc::ptr_eq(&self.roll, context.roll()) || self.date != context.day.date {
            (self.roll, self.date) = (context.roll().clone(), context.day.date);
            let chosen = self.list.chosen();
            self.match_again();
            if let Some(chosen) = chosen {
                self.list.choose_id(chosen);
            }
        }
    }

    fn match_again(&mut self) {
        // With nothing typed only the pupil offered may be taken: the first of the roll would be taken by mistake.
        let found = match self.field.text().trim() {
            "" => self.offered.into_iter().collect(),
            typed => self.finder.matches(&self.roll, self.date, typed, &self.likely),
        };
        self.list.refresh(found, |_| false);
        self.list.choose(0);
    }

    /// Draw the field and the matches below it.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) -> Option<Position> {
        let [field, rest] = split_first(area);
        let cursor = self.field.draw(field, buffer, theme);
        if self.field.text().trim().is_empty() {
            let says = "Type part of a name, initials, a group or a number.";
            Line::new(buffer, rest, self.list.len() + 1, theme).text(says, theme.dim);
        } else if self.list.is_empty() {
            Line::new(buffer, rest, 0, theme).text("Nobody on roll matches.", theme.dim);
        }
        let (shown, more) = self.list.shown(rest.height.into());
        Line::new(buffer, rest, shown.len(), theme).skip(2).more(more);
        for (row, id) in self.list.ids(shown).iter().enumerate() {
            let style = if self.list.chosen() == Some(*id) { theme.chosen } else { theme.plain };
            self.row(*id, Line::filled(buffer, rest, row, style, theme), context, style, theme);
        }
        cursor
    }

    fn row(&self, id: PupilId, mut line: Line<'_>, context: &ViewContext, style: ratatui::style::Style, theme: &Theme) {
        let Some(pupil) = context.pupil(id) else { return };
        let marks = context.short_mark(id, context.session());
        let flag =
            if pupil.tier() == crate::domain::people::pupil::Tier::Vulnerable { theme.symbols.vulnerable } else { "" };
        let name = line.room().saturating_sub(18);
        line.column(flag, 2, style)
            .column(&pupil.list_name(), name, style)
            .skip(1)
            .column(context.roll().group_name(pupil), 7, style)
            .skip(1)
            .column(&marks, 6, style);
    }
}

/// The first line of an area, and what is left below it.
pub fn split_first(area: Rect) -> [Rect; 2] {
    let first = Rect { height: area.height.min(1), ..area };
    let rest = Rect { y: area.y.saturating_add(first.height), height: area.height.saturating_sub(1), ..area };
    [first, rest]
}
