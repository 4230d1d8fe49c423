//! A truancy sweep: a group chosen, then gone through pupil by pupil, one key each.

use chrono::NaiveTime;
use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, Receipt, Refusal, Sight, SightGroup, Undo};
use crate::domain::act_id::ActId;
use crate::domain::people::pupil::PupilId;
use crate::domain::whereabouts::roll_call::RollCall;
use crate::domain::whereabouts::sweep::{Place, why_away};
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{self, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::filtered_list::{FilteredList, split_first};

crate::actions! {
    /// What keys mean while a group is gone through.
    pub Action in "sweep" {
        Seen "seen" "seen" records;
        NotSeen "not-seen" "not seen" records;
        Rest "rest" "seen: all the others of whom nothing is said" records;
        Skip "skip" "the next, without saying";
        Down "down" "one down, without leaving anybody out";
        Up "up" "one up";
        Back "back" "back to the one before, taken back" records;
        Close "close" "close";
    }
}

/// What was said of one of the group; `None` where they were passed over.
struct Answer {
    row: usize,
    seen: Option<(bool, ActId)>,
}

/// The act under way.
#[derive(Clone, Copy)]
enum Asked {
    /// Whether one is seen.
    One(bool),
    /// The rest are seen.
    Rest,
    /// The last answer is taken back.
    Back,
}

/// The group being gone through.
struct Going {
    place: Place,
    pupils: Vec<PupilId>,
    here: usize,
    answers: Vec<Answer>,
    asked: Option<Asked>,
    /// An answer is in the record: on to the next row.
    goes_on: bool,
    /// When it was begun: what another desk says of them since stands.
    began: NaiveTime,
}

/// A sweep.
pub struct Sweep {
    keys: Keymap<Action>,
    typing: SharedTyping,
    groups: FilteredList<Place>,
    going: Option<Going>,
}

impl Sweep {
    /// No group chosen yet.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> Sweep {
        let mut sweep = Sweep { keys, typing, groups: FilteredList::default(), going: None };
        sweep.refresh(context);
        sweep
    }

    fn matching(&self, context: &ViewContext) -> Vec<Place> {
        Place::matching(self.groups.field.text(), &context.day, context.time())
    }

    fn handle_choice(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.groups.handle_key(key, &self.typing) {
            Entered::Save => self.going = self.groups.list.chosen().map(|place| Going::through(place, context)),
            Entered::Close => return Outcome::Close,
            Entered::Typed => self.groups.show_from_first(self.matching(context)),
            Entered::Nothing => {}
        }
        Outcome::Nothing
    }
}

impl Going {
    /// Through a group, from the first who is to be looked for.
    fn through(place: Place, context: &ViewContext) -> Going {
        let pupils = place.pupils(&context.day, context.session());
        let began = RollCall::at(context.time()).began;
        let mut going = Going { place, pupils, here: 0, answers: Vec::new(), asked: None, goes_on: false, began };
        going.go(0, context);
        going
    }

    /// Whether a row is to be looked for.
    fn is_expected(&self, row: usize, context: &ViewContext) -> bool {
        self.pupils.get(row).is_some_and(|id| why_away(&context.day, *id, context.session()).is_none())
    }

    /// What was said last of a row; `Some(None)` where it was passed over.
    fn answered(&self, row: usize) -> Option<Option<bool>> {
        self.answers.iter().rfind(|one| one.row == row).map(|one| one.seen.map(|(seen, _)| seen))
    }

    /// The rows that are to be looked for, and of which nothing is said.
    fn open(&self, context: &ViewContext) -> Vec<usize> {
        (0..self.pupils.len()).filter(|row| self.is_expected(*row, context) && self.answered(*row).is_none()).collect()
    }

    /// To the first row from `row` on of which nothing is said; to the first of all where none is left behind it.
    fn go(&mut self, row: usize, context: &ViewContext) {
        let open = self.open(context);
        let next = open.iter().find(|one| **one >= row).or(open.first());
        self.here = next.copied().unwrap_or(self.pupils.len());
    }

    /// A row down or up among those who are to be looked for.
    fn step(&mut self, down: bool, context: &ViewContext) {
        let is_expected = |row: &usize| self.is_expected(*row, context);
        let next = match down {
            true => (self.here + 1..self.pupils.len()).find(is_expected),
            false => (0..self.here).rev().find(is_expected),
        };
        self.here = next.unwrap_or(self.here);
    }

    fn answer(&mut self, seen: bool, context: &ViewContext) -> Outcome {
        let Some(pupil) = self.pupils.get(self.here).copied() else {
            return Outcome::Notice("Everybody has been gone through.".to_owned());
        };
        self.asked = Some(Asked::One(seen));
        let place = self.place.sweep(&context.day);
        Outcome::Do(Act::Sight(Sight { pupil, date: context.day.date, time: context.time(), seen, place }))
    }

    /// Everybody is seen of whom nothing is said, but nobody who was passed over. A year is too many for one look.
    fn rest(&mut self, context: &ViewContext) -> Outcome {
        match self.place {
            Place::Group(_) | Place::Class(_) => {}
            Place::Year(_) | Place::School => {
                let text = "Nobody sees so many at once: go through a group or a class, then its rest is one key.";
                return Outcome::Notice(text.to_owned());
            }
        }
        let named = |rows: Vec<usize>| rows.into_iter().filter_map(|row| self.pupils.get(row).copied()).collect();
        let pupils: Vec<PupilId> = named(self.open(context));
        if pupils.is_empty() {
            return Outcome::Notice("Everybody has been gone through.".to_owned());
        }
        let is_out = |row: &usize| matches!(self.answered(*row), Some(None | Some(false)));
        let but = named((0..self.pupils.len()).filter(is_out).collect());
        self.asked = Some(Asked::Rest);
        Outcome::Do(Act::SightGroup(SightGroup {
            group: self.place.name(&context.day),
            pupils,
            but,
            date: context.day.date,
            time: context.time(),
            place: self.place.sweep(&context.day),
            since: self.began,
        }))
    }

    /// What was asked is in the record.
    fn take(&mut self, receipt: &Receipt) {
        match self.asked.take() {
            Some(Asked::One(seen)) => {
                self.answers.push(Answer { row: self.here, seen: Some((seen, receipt.act)) });
                self.goes_on = true;
            }
            Some(Asked::Rest) => {
                self.goes_on = true;
                let rows = self.pupils.iter().enumerate().filter(|(_, id)| receipt.pupils.contains(id));
                self.answers.extend(rows.map(|(row, _)| Answer { row, seen: Some((true, receipt.act)) }));
            }
            Some(Asked::Back) => self.drop_last(),
            None => {}
        }
    }

    /// Drop the last answer, and the others of its act; back to the first of them.
    fn drop_last(&mut self) {
        let Some(last) = self.answers.pop() else { return };
        self.here = last.row;
        let act = |one: &Answer| one.seen.map(|(_, act)| act);
        while let Some(before) = self.answers.pop_if(|one| one.seen.is_some() && act(one) == act(&last)) {
            self.here = before.row;
        }
    }

    fn back(&mut self) -> Outcome {
        match self.answers.last() {
            None => Outcome::Notice("This is the first one.".to_owned()),
            Some(Answer { seen: Some((_, act)), .. }) => {
                self.asked = Some(Asked::Back);
                Outcome::Do(Act::Undo(Undo { act: *act }))
            }
            Some(Answer { seen: None, .. }) => {
                self.drop_last();
                Outcome::Nothing
            }
        }
    }

    /// The row that is seen whatever the height: the one that is asked about, and once all are gone through the first who was not seen.
    fn shown(&self) -> usize {
        if self.here < self.pupils.len() {
            return self.here;
        }
        (0..self.pupils.len()).find(|row| self.answered(*row) == Some(Some(false))).unwrap_or(0)
    }

    fn count(&self, context: &ViewContext) -> String {
        let count = |seen: bool| (0..self.pupils.len()).filter(|row| self.answered(*row) == Some(Some(seen))).count();
        format!("{} seen, {} not, {} left", count(true), count(false), self.open(context).len())
    }
}

impl Dialog for Sweep {
    fn title(&self, context: &ViewContext) -> String {
        match &self.going {
            Some(going) => format!("Sweep of {}", going.place.name(&context.day)),
            None => "Sweep: which group?".to_owned(),
        }
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (60, 30)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let Some(going) = &mut self.going else { return self.handle_choice(key, context) };
        match self.keys.get(key) {
            Some(Action::Seen) => going.answer(true, context),
            Some(Action::NotSeen) => going.answer(false, context),
            Some(Action::Rest) => going.rest(context),
            Some(Action::Skip) if going.here < going.pupils.len() => {
                going.answers.push(Answer { row: going.here, seen: None });
                going.go(going.here + 1, context);
                Outcome::Nothing
            }
            Some(Action::Down) => {
                going.step(true, context);
                Outcome::Nothing
            }
            Some(Action::Up) => {
                going.step(false, context);
                Outcome::Nothing
            }
            Some(Action::Back) => going.back(),
            Some(Action::Close) => Outcome::Close,
            Some(Action::Skip) | None => Outcome::Nothing,
        }
    }

    fn paste(&mut self, text: &str, context: &ViewContext) {
        if self.going.is_none() {
            self.groups.field.paste(text);
            self.refresh(context);
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        match &mut self.going {
            None => self.groups.show(self.matching(context)),
            // A pupil who has gone out meanwhile is not looked for.
            Some(going) if !going.is_expected(going.here, context) || going.goes_on => {
                going.goes_on = false;
                going.go(going.here, context);
            }
            Some(_) => {}
        }
    }

    fn refused(&mut self, _: &Refusal, _: &ViewContext) {
        if let Some(going) = &mut self.going {
            going.asked = None;
        }
    }

    fn is_over(&mut self, receipt: &Receipt) -> bool {
        let Some(going) = &mut self.going else { return true };
        going.take(receipt);
        false
    }

    fn pupil(&self) -> Option<PupilId> {
        self.going.as_ref().and_then(|going| going.pupils.get(going.here).copied())
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let context = canvas.context;
        match &self.going {
            Some(going) => {
                going.draw(area, canvas);
                None
            }
            None => self.groups.draw("No group or class is called that.", area, canvas, |mut row| {
                let style = row.style;
                let pupils = row.id.pupils(&context.day, context.session()).len();
                row.line.skip(1).text(&row.id.name(&context.day), style).at_right(&format!("{pupils} "), style);
            }),
        }
    }

    fn hints(&self) -> Vec<Hint> {
        if self.going.is_none() {
            let keys = &self.typing.dialog;
            return keys.hints(&[(dialog::Action::Save, "go through it"), (dialog::Action::Close, "close")]);
        }
        self.keys.hints(&[
            (Action::Seen, "seen"),
            (Action::NotSeen, "not seen"),
            (Action::Rest, "the rest seen"),
            (Action::Skip, "skip"),
            (Action::Back, "back"),
            (Action::Close, "close"),
        ])
    }
}

impl Going {
    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let Canvas { context, theme, .. } = *canvas;
        let count = self.count(context);
        canvas.line(area, 0).text(&count, theme.title);
        let [_, rest] = split_first(area);
        let height = usize::from(rest.height).max(1);
        let top = self.shown() / height * height;
        for (row, (place, id)) in self.pupils.iter().enumerate().skip(top).take(rest.height.into()).enumerate() {
            let Some(pupil) = context.pupil(*id) else { continue };
            let away = why_away(&context.day, *id, context.session());
            let style = match (place == self.here, &away) {
                (true, _) => theme.chosen,
                (false, Some(_)) => theme.dim,
                (false, None) => theme.plain,
            };
            let text = match (self.answered(place), away) {
                (Some(Some(true)), _) => format!("{} seen", theme.symbols.done),
                (Some(Some(false)), _) => format!("{} NOT seen", theme.symbols.refused),
                (Some(None), _) => "skipped".to_owned(),
                (None, Some(away)) => away,
                (None, None) => String::new(),
            };
            let mut line = canvas.line(rest, row);
            line.style_rest(style);
            let name = line.room().saturating_sub(28);
            line.skip(1).name(&context.roll().name_in_group(pupil), name, style).skip(1);
            line.column(context.roll().group_name(pupil), 5, style).skip(1);
            line.column(&context.short_mark(*id, context.session()), 5, style).text(&text, style);
        }
    }
}
