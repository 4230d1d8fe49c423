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
use super::field::Field;
use super::filtered_list::{FilteredList, split_first};
use super::list::Row;
use super::text::width;
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
/// when the roll has moved.
#[derive(Clone, Debug, Default)]
pub struct SharedFinder(Rc<RefCell<Option<Built>>>);

/// A finder, and the roll that it finds in.
type Built = (Arc<Roll>, Finder);

/// Whom a picker offers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Whom {
    OnRoll,
    /// Those who have left and those who are to come as well, behind who is on roll.
    Everybody,
}

impl SharedFinder {
    /// Those on roll on `date` who fit what is typed, best first.
    pub fn find(&self, roll: &Arc<Roll>, date: NaiveDate, typed: &str) -> Vec<PupilId> {
        self.matches(roll, date, typed, &HashSet::new())
    }

    fn matches(&self, roll: &Arc<Roll>, date: NaiveDate, typed: &str, likely: &HashSet<PupilId>) -> Vec<PupilId> {
        self.ask(roll, |finder| {
            finder.matches_preferring(typed, MOST, is_on_roll(roll, date), |id| likely.contains(&id))
        })
    }

    fn matches_of_everybody(&self, roll: &Arc<Roll>, date: NaiveDate, typed: &str) -> Vec<PupilId> {
        let found = self.ask(roll, |finder| finder.matches(typed, usize::MAX, |_| true)).into_iter();
        let is_on_roll = is_on_roll(roll, date);
        let (here, gone): (Vec<PupilId>, Vec<PupilId>) = found.partition(|id| is_on_roll(*id));
        here.into_iter().chain(gone).take(MOST).collect()
    }

    fn ask(&self, roll: &Arc<Roll>, ask: impl FnOnce(&mut Finder) -> Vec<PupilId>) -> Vec<PupilId> {
        let mut kept = self.0.borrow_mut();
        let fitting = kept.take().filter(|(built_of, _)| Arc::ptr_eq(built_of, roll));
        let (_, finder) = kept.insert(fitting.unwrap_or_else(|| (roll.clone(), Finder::new(roll))));
        ask(finder)
    }
}

fn is_on_roll(roll: &Roll, date: NaiveDate) -> impl Fn(PupilId) -> bool + '_ {
    move |id| roll.pupil(id).is_some_and(|pupil| pupil.on_roll(date))
}

/// Choosing a pupil by typing.
pub struct Picker {
    typing: SharedTyping,
    found: FilteredList<PupilId>,
    finder: SharedFinder,
    whom: Whom,
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
        let mut picker = Picker { typing, found, finder, whom: Whom::OnRoll, roll, date, offered, likely };
        picker.found.show(picker.matching());
        picker
    }

    /// The same, of everybody who was ever on roll.
    pub fn of_everybody(self) -> Picker {
        Picker { whom: Whom::Everybody, ..self }
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

    /// Whether anything is typed: with nothing only the pupil offered can be taken.
    pub fn is_typed(&self) -> bool {
        !self.found.field.text().trim().is_empty()
    }

    /// Whether something is typed that fits nobody.
    pub fn finds_nobody(&self) -> bool {
        self.is_typed() && self.found.list.is_empty()
    }

    /// Begin again with what was typed elsewhere.
    pub fn begin(&mut self, typed: &str) {
        self.found.field = Field::holding(typed);
        self.found.show_from_first(self.matching());
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
            typed => match self.whom {
                Whom::OnRoll => self.finder.matches(&self.roll, self.date, typed, &self.likely),
                Whom::Everybody => self.finder.matches_of_everybody(&self.roll, self.date, typed),
            },
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
        let none = match self.whom {
            _ if is_empty => "",
            Whom::OnRoll => "Nobody on roll matches.",
            Whom::Everybody => "Nobody who was ever on roll matches.",
        };
        self.found.draw(none, area, canvas, |row| draw_row(row, context, theme))
    }
}

/// Columns of the group and the mark, and of since when somebody is not on roll: "not on roll until 4 Jan 2027".
const GROUP: u16 = 8;
const MARK: u16 = 6;
const NOT_ON_ROLL: u16 = 29;

/// Whether the pupil is vulnerable, the name, the group, and the mark of the session; when they left, if they have.
fn draw_row(mut row: Row<'_, PupilId>, context: &ViewContext, theme: &Theme) {
    let style = row.style;
    let Some(pupil) = context.pupil(row.id) else { return };
    let marks = context.short_mark(row.id, context.session());
    let flag = if pupil.tier() == Tier::Vulnerable { theme.symbols.vulnerable } else { "" };
    let why = pupil.why_not_on_roll(context.day.date);
    let last = why.as_deref().map_or(MARK, |why| width(why).min(NOT_ON_ROLL));
    let name = row.line.room().saturating_sub(2 + 1 + GROUP + last + 1);
    row.line
        .column(flag, 2, style)
        .name(&context.roll().name_in_group(pupil), name, style)
        .skip(1)
        .column(context.roll().group_name(pupil), GROUP - 1, style)
        .skip(1)
        .column(why.as_deref().unwrap_or(&marks), last, style);
}
