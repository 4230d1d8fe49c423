//! Choosing a pupil by typing: part of a name, initials, tutor group, UPN.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::HashSet;
use ratatui::layout::{Position, Rect};

use super::canvas::Canvas;
use super::dialog::SharedTyping;
use super::entered::Entered;
use super::filtered_list::{FilteredList, split_first};
use super::list::Row;
use crate::domain::people::pupil::{PupilId, Tier};
use crate::domain::school::find::Finder;
use crate::domain::school::roll::Roll;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
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
    found: FilteredList<PupilId>,
    finder: SharedFinder,
    roll: Arc<Roll>,
    date: NaiveDate,
    /// Offered first while nothing is typed.
    offered: Option<PupilId>,
    /// First among those who fit equally well. As it was when the picker opened: nobody jumps under the finger.
    likely: HashSet<PupilId>,
}

impl Picker {
    /// A picker that offers `offered` first.
    pub fn new(typing: SharedTyping, finder: SharedFinder, context: &ViewContext, offered: Option<PupilId>) -> Picker {
        let (roll, date) = (context.roll().clone(), context.day.date);
        let (found, likely) = (FilteredList::default(), HashSet::new());
        let mut picker = Picker { typing, found, finder, roll, date, offered, likely };
        picker.found.show(picker.matching());
        picker
    }

    /// The same, with these first among those who fit equally well.
    pub fn preferring(self, likely: HashSet<PupilId>) -> Picker {
        Picker { likely, ..self }
    }

    /// Handle a key: `take` is given the pupil who is taken.
    pub fn handle_key(&mut self, key: Key, take: impl FnOnce(PupilId) -> Outcome) -> Outcome {
        match self.found.handle_key(key, &self.typing) {
            Entered::Save => return self.found.list.chosen().map_or(Outcome::Nothing, take),
            Entered::Close => return Outcome::Close,
            Entered::Typed => self.found.show_from_first(self.matching()),
            Entered::Nothing => {}
        }
        Outcome::Nothing
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str) {
        self.found.field.paste(text);
        self.found.show_from_first(self.matching());
    }

    /// The day was replaced: a new roll is searched anew.
    pub fn refresh(&mut self, context: &ViewContext) {
        if !Arc::ptr_eq(&self.roll, context.roll()) || self.date != context.day.date {
            (self.roll, self.date) = (context.roll().clone(), context.day.date);
            self.found.show(self.matching());
        }
    }

    fn matching(&self) -> Vec<PupilId> {
        // With nothing typed only the pupil offered may be taken: the first of the roll would be taken by mistake.
        match self.found.field.text().trim() {
            "" => self.offered.into_iter().collect(),
            typed => self.finder.matches(&self.roll, self.date, typed, &self.likely),
        }
    }

    /// Draw the field and the matches below it.
    pub fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let is_empty = self.found.field.text().trim().is_empty();
        if is_empty {
            let text = "Type part of a name, initials, a group or a number.";
            canvas.line(split_first(area)[1], self.found.list.len() + 1).text(text, theme.dim);
        }
        let none = if is_empty { "" } else { "Nobody on roll matches." };
        self.found.draw(none, area, canvas, |row| draw_row(row, context, theme))
    }
}

/// Whether the pupil is vulnerable, the name, the group, and the mark of the session.
fn draw_row(mut row: Row<'_, PupilId>, context: &ViewContext, theme: &Theme) {
    let style = row.bar(theme);
    let Some(pupil) = context.pupil(row.id) else { return };
    let marks = context.short_mark(row.id, context.session());
    let flag = if pupil.tier() == Tier::Vulnerable { theme.symbols.vulnerable } else { "" };
    let name = row.line.room().saturating_sub(18);
    row.line
        .column(flag, 2, style)
        .name(&context.roll().name_in_group(pupil), name, style)
        .skip(1)
        .column(context.roll().group_name(pupil), 7, style)
        .skip(1)
        .column(&marks, 6, style);
}
