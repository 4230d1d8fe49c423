//! A truancy sweep: a group chosen, then gone through pupil by pupil, one key each.

use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, Receipt, Refusal, Sight, Undo};
use crate::domain::act_id::ActId;
use crate::domain::people::pupil::PupilId;
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
        Skip "skip" "the next, without saying";
        Back "back" "back to the one before, taken back" records;
        Close "close" "close";
    }
}

/// What was said of one of the group; `None` where they were passed over.
struct Answer {
    row: usize,
    seen: Option<(bool, ActId)>,
}

/// The group being gone through.
struct Going {
    place: Place,
    pupils: Vec<PupilId>,
    here: usize,
    answers: Vec<Answer>,
    /// The act under way: seen or not, or `None` for taking the last one back.
    asked: Option<Option<bool>>,
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
        let mut going = Going { place, pupils, here: 0, answers: Vec::new(), asked: None };
        going.go(0, context);
        going
    }

    /// To the first row from `row` on that is to be looked for.
    fn go(&mut self, row: usize, context: &ViewContext) {
        let rest = self.pupils.iter().enumerate().skip(row);
        self.here = rest
            .into_iter()
            .find(|(_, id)| why_away(&context.day, **id, context.session()).is_none())
            .map_or(self.pupils.len(), |(row, _)| row);
    }

    fn answer(&mut self, seen: bool, context: &ViewContext) -> Outcome {
        let Some(pupil) = self.pupils.get(self.here).copied() else {
            return Outcome::Notice("Everybody has been gone through.".to_owned());
        };
        self.asked = Some(Some(seen));
        let place = self.place.sweep(&context.day);
        Outcome::Do(Act::Sight(Sight { pupil, date: context.day.date, time: context.time(), seen, place }))
    }

    fn back(&mut self) -> Outcome {
        match self.answers.last() {
            None => Outcome::Notice("This is the first one.".to_owned()),
            Some(Answer { seen: Some((_, act)), .. }) => {
                self.asked = Some(None);
                Outcome::Do(Act::Undo(Undo { act: *act }))
            }
            Some(Answer { row, seen: None }) => {
                self.here = *row;
                self.answers.pop();
                Outcome::Nothing
            }
        }
    }

    fn count(&self, context: &ViewContext) -> String {
        let answered =
            |wanted: bool| self.answers.iter().filter(|one| one.seen.is_some_and(|(seen, _)| seen == wanted)).count();
        let rest = self.pupils.iter().skip(self.here);
        let left = rest.filter(|id| why_away(&context.day, **id, context.session()).is_none()).count();
        format!("{} seen, {} not, {left} left", answered(true), answered(false))
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
            Some(Action::Skip) if going.here < going.pupils.len() => {
                going.answers.push(Answer { row: going.here, seen: None });
                going.go(going.here + 1, context);
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
            Some(going) => going.go(going.here, context),
        }
    }

    fn refused(&mut self, _: &Refusal, _: &ViewContext) {
        if let Some(going) = &mut self.going {
            going.asked = None;
        }
    }

    fn is_over(&mut self, receipt: &Receipt) -> bool {
        let Some(going) = &mut self.going else { return true };
        match going.asked.take() {
            Some(Some(seen)) => {
                going.answers.push(Answer { row: going.here, seen: Some((seen, receipt.act)) });
                going.here += 1;
            }
            Some(None) => {
                if let Some(answered) = going.answers.pop() {
                    going.here = answered.row;
                }
            }
            None => {}
        }
        false
    }

    fn pupil(&self) -> Option<PupilId> {
        self.going.as_ref().and_then(|going| going.pupils.get(going.here).copied())
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        match &self.going {
            Some(going) => {
                going.draw(area, canvas);
                None
            }
            None => self.groups.draw("No group or class is called that.", area, canvas, |mut row| {
                let style = row.bar(theme);
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
        let top = self.here.min(self.pupils.len().saturating_sub(1)) / height * height;
        for (row, (place, id)) in self.pupils.iter().enumerate().skip(top).take(rest.height.into()).enumerate() {
            let Some(pupil) = context.pupil(*id) else { continue };
            let away = why_away(&context.day, *id, context.session());
            let style = match (place == self.here, &away) {
                (true, _) => theme.chosen,
                (false, Some(_)) => theme.dim,
                (false, None) => theme.plain,
            };
            let answered = self.answers.iter().rfind(|one| one.row == place).map(|one| one.seen);
            let text = match (answered, away) {
                (Some(Some((true, _))), _) => format!("{} seen", theme.symbols.done),
                (Some(Some((false, _))), _) => format!("{} NOT seen", theme.symbols.refused),
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
