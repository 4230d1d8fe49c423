//! A truancy sweep: a group chosen, then gone through pupil by pupil, one key each.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, Receipt, Refusal, Sight, Undo};
use crate::domain::act_id::ActId;
use crate::domain::people::pupil::PupilId;
use crate::domain::whereabouts::sweep::{Place, why_away};
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::dialog::{self, Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::List;
use crate::screen::widgets::text::Line;

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
struct Said {
    row: usize,
    seen: Option<(bool, ActId)>,
}

/// The group being gone through.
struct Going {
    place: Place,
    pupils: Vec<PupilId>,
    here: usize,
    said: Vec<Said>,
    /// The act under way: seen or not, or `None` for taking the last one back.
    asked: Option<Option<bool>>,
}

/// A sweep.
pub struct Sweep {
    keys: Keymap<Action>,
    typing: SharedTyping,
    field: Field,
    list: List<Place>,
    going: Option<Going>,
}

impl Sweep {
    /// No group chosen yet.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> Sweep {
        let mut sweep = Sweep { keys, typing, field: Field::default(), list: List::default(), going: None };
        sweep.match_again(context);
        sweep
    }

    fn match_again(&mut self, context: &ViewContext) {
        let chosen = self.list.chosen();
        self.list.refresh(Place::matching(self.field.text(), &context.day, context.time()), |_| false);
        self.list.choose(0);
        if let Some(chosen) = chosen {
            self.list.choose_id(chosen);
        }
    }

    fn heard_choice(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.typing.dialog.get(key) {
            Some(dialog::Action::Save) => {
                if let Some(place) = self.list.chosen() {
                    let pupils = place.pupils(&context.day, context.session());
                    let going = Going { place, pupils, here: 0, said: Vec::new(), asked: None };
                    self.going = Some(going.from(0, context));
                }
            }
            Some(dialog::Action::Close) => return Outcome::Close,
            Some(dialog::Action::Next) => self.list.go(crate::screen::widgets::list::Action::Down),
            Some(dialog::Action::Previous) => self.list.go(crate::screen::widgets::list::Action::Up),
            None => {
                if self.field.heard(key, &self.typing.field) {
                    self.match_again(context);
                    self.list.choose(0);
                }
            }
        }
        Outcome::Nothing
    }
}

impl Going {
    /// At the first row from `row` on that is to be looked for.
    fn from(mut self, row: usize, context: &ViewContext) -> Going {
        self.go(row, context);
        self
    }

    fn go(&mut self, row: usize, context: &ViewContext) {
        let rest = self.pupils.iter().enumerate().skip(row);
        self.here = rest
            .into_iter()
            .find(|(_, id)| why_away(&context.day, **id, context.session()).is_none())
            .map_or(self.pupils.len(), |(row, _)| row);
    }

    fn answer(&mut self, seen: bool, context: &ViewContext) -> Outcome {
        let Some(pupil) = self.pupils.get(self.here).copied() else {
            return Outcome::Say("Everybody has been gone through.".to_owned());
        };
        self.asked = Some(Some(seen));
        let place = self.place.sweep(&context.day);
        Outcome::Do(Act::Sight(Sight { pupil, date: context.day.date, time: context.time(), seen, place }))
    }

    fn back(&mut self) -> Outcome {
        match self.said.last() {
            None => Outcome::Say("This is the first one.".to_owned()),
            Some(Said { seen: Some((_, act)), .. }) => {
                self.asked = Some(None);
                Outcome::Do(Act::Undo(Undo { act: *act }))
            }
            Some(Said { row, seen: None }) => {
                self.here = *row;
                self.said.pop();
                Outcome::Nothing
            }
        }
    }

    fn count(&self, context: &ViewContext) -> String {
        let said =
            |wanted: bool| self.said.iter().filter(|one| one.seen.is_some_and(|(seen, _)| seen == wanted)).count();
        let rest = self.pupils.iter().skip(self.here);
        let left = rest.filter(|id| why_away(&context.day, **id, context.session()).is_none()).count();
        format!("{} seen, {} not, {left} left", said(true), said(false))
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

    fn heard(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let Some(going) = &mut self.going else { return self.heard_choice(key, context) };
        match self.keys.get(key) {
            Some(Action::Seen) => going.answer(true, context),
            Some(Action::NotSeen) => going.answer(false, context),
            Some(Action::Skip) if going.here < going.pupils.len() => {
                going.said.push(Said { row: going.here, seen: None });
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
            self.field.paste(text);
            self.match_again(context);
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        match &mut self.going {
            None => self.match_again(context),
            // Whoever has gone out meanwhile is not looked for.
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
                going.said.push(Said { row: going.here, seen: Some((seen, receipt.act)) });
                going.here += 1;
            }
            Some(None) => {
                if let Some(said) = going.said.pop() {
                    going.here = said.row;
                }
            }
            None => {}
        }
        false
    }

    fn pupil(&self) -> Option<PupilId> {
        self.going.as_ref().and_then(|going| going.pupils.get(going.here).copied())
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) -> Option<Position> {
        match &self.going {
            Some(going) => {
                going.draw(area, buffer, context, theme);
                None
            }
            None => self.draw_choice(area, buffer, context, theme),
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

impl Sweep {
    fn draw_choice(&self, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) -> Option<Position> {
        let cursor = self.field.draw(Rect { height: area.height.min(1), ..area }, buffer, theme);
        let rest = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
        if self.list.is_empty() {
            Line::new(buffer, rest, 0, theme).text("No group or class is called that.", theme.dim);
        }
        let (shown, more) = self.list.shown(rest.height.into());
        Line::new(buffer, rest, shown.len(), theme).skip(2).more(more);
        for (row, place) in self.list.ids(shown).iter().enumerate() {
            let style = if self.list.chosen() == Some(*place) { theme.chosen } else { theme.plain };
            let mut line = Line::filled(buffer, rest, row, style, theme);
            let pupils = place.pupils(&context.day, context.session()).len();
            line.skip(1).text(&place.name(&context.day), style).at_right(&format!("{pupils} "), style);
        }
        cursor
    }
}

impl Going {
    fn draw(&self, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) {
        let count = self.count(context);
        Line::new(buffer, area, 0, theme).text(&count, theme.title);
        let rest = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
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
            let said = self.said.iter().rfind(|one| one.row == place).map(|one| one.seen);
            let says = match (said, away) {
                (Some(Some((true, _))), _) => format!("{} seen", theme.symbols.done),
                (Some(Some((false, _))), _) => format!("{} NOT seen", theme.symbols.refused),
                (Some(None), _) => "skipped".to_owned(),
                (None, Some(away)) => away,
                (None, None) => String::new(),
            };
            let mut line = Line::filled(buffer, rest, row, style, theme);
            let name = line.room().saturating_sub(28);
            line.skip(1).column(&pupil.list_name(), name, style).skip(1);
            line.column(context.roll().group_name(pupil), 5, style).skip(1);
            line.column(&context.short_mark(*id, context.session()), 5, style).text(&says, style);
        }
    }
}
