//! Out of the building, or back: who, and why. The record knows which of the two it is.

use chrono::NaiveTime;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, LogMovement};
use crate::domain::calendar::session::parse_time;
use crate::domain::facts::presence::{OUT_REASONS, Way, reason_meant};
use crate::domain::people::pupil::PupilId;
use crate::domain::whereabouts::where_now;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::filtered_list::Filtered;
use crate::screen::widgets::picker::{Picker, SharedFinder};
use crate::screen::widgets::text::Line;

/// Out of the building, or back.
pub struct MoveCard {
    typing: SharedTyping,
    picker: Picker,
    /// Who, and which way. Decided once: another desk may log the same meanwhile, and then the record refuses it.
    taken: Option<(PupilId, Way)>,
    reason: Field,
    time: Field,
    timing: bool,
}

impl MoveCard {
    /// About the chosen pupil, or whoever is picked; stamped now.
    pub fn new(typing: SharedTyping, finder: SharedFinder, context: &ViewContext, chosen: Option<PupilId>) -> MoveCard {
        let picker = Picker::new(typing.clone(), finder, context, chosen);
        let time = Field::offering(&context.time().format("%H:%M").to_string());
        let taken = chosen.map(|pupil| (pupil, way(pupil, context)));
        MoveCard { typing, picker, taken, reason: Field::default(), time, timing: false }
    }

    /// What was typed, or the one offer that begins with it.
    fn reason(&self) -> String {
        reason_meant(self.reason.text())
    }

    fn at(&self) -> Option<NaiveTime> {
        parse_time(self.time.text())
    }

    fn save(&mut self, pupil: PupilId, way: Way, context: &ViewContext) -> Outcome {
        let Some(time) = self.at() else {
            self.timing = true;
            return Outcome::Say("The time is written 10:20.".to_owned());
        };
        let reason = if way == Way::Out { self.reason() } else { self.reason.text().trim().to_owned() };
        if way == Way::Out && reason.is_empty() {
            self.timing = false;
            return Outcome::Say("Say why the pupil goes out.".to_owned());
        }
        Outcome::Do(Act::LogMovement(LogMovement { pupil, date: context.day.date, time, way, reason }))
    }
}

/// Back for whoever is out, out for everybody else.
fn way(pupil: PupilId, context: &ViewContext) -> Way {
    if context.day.is_out(pupil).is_some() { Way::Back } else { Way::Out }
}

impl Dialog for MoveCard {
    fn title(&self, context: &ViewContext) -> String {
        match self.taken {
            Some((pupil, Way::Out)) => format!("{} goes out", context.roll().name_and_group(pupil)),
            Some((pupil, Way::Back)) => format!("{} comes back", context.roll().name_and_group(pupil)),
            None => "Goes out, or comes back".to_owned(),
        }
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        match self.taken {
            Some((_, Way::Out)) => (64, 10),
            Some((_, Way::Back)) => (64, 4),
            None => (64, 12),
        }
    }

    fn heard(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let Some((pupil, way)) = self.taken else {
            match self.picker.handle_key(key) {
                Filtered::Taken(id) => self.taken = Some((id, self::way(id, context))),
                Filtered::Close => return Outcome::Close,
                Filtered::Nothing | Filtered::Typed => {}
            }
            return Outcome::Nothing;
        };
        match self.typing.dialog.get(key) {
            Some(Action::Save) => return self.save(pupil, way, context),
            Some(Action::Close) => self.taken = None,
            Some(Action::Next | Action::Previous) => self.timing = !self.timing,
            None => {
                let field = if self.timing { &mut self.time } else { &mut self.reason };
                field.heard(key, &self.typing.field);
            }
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        match (self.taken, self.timing) {
            (Some(_), true) => self.time.paste(text),
            (Some(_), false) => self.reason.paste(text),
            (None, _) => self.picker.paste(text),
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.picker.refresh(context);
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) -> Option<Position> {
        let Some((pupil, way)) = self.taken else { return self.picker.draw(area, buffer, context, theme) };
        let now = where_now(&context.day, pupil, context.time()).says;
        Line::new(buffer, area, 0, theme).text("Now    ", theme.plain).text(&now, theme.dim);
        Line::new(buffer, area, 1, theme).text("Why", theme.plain);
        Line::new(buffer, area, 2, theme).text("Time", theme.plain);
        let place = |row: u16, width: u16| Rect { x: area.x + 7, y: area.y + row, width, height: 1 }.intersection(area);
        let reason = self.reason.draw(place(1, area.width.saturating_sub(7)), buffer, theme);
        let time = self.time.draw(place(2, 6), buffer, theme);
        if way == Way::Out {
            let meant = self.reason();
            for (row, offer) in OUT_REASONS.iter().enumerate() {
                let style = if meant == *offer { theme.key } else { theme.dim };
                let mark = if meant == *offer { ">" } else { "" };
                Line::new(buffer, area, row + 4, theme).skip(5).column(mark, 2, style).text(offer, style);
            }
        }
        if self.timing { time } else { reason }
    }

    fn hints(&self) -> Vec<Hint> {
        let hint = |action, does: &str| self.typing.hint(action, does);
        match self.taken {
            None => vec![hint(Action::Save, "take the pupil"), hint(Action::Close, "close")],
            Some(_) => {
                vec![hint(Action::Save, "save"), hint(Action::Next, "the time"), hint(Action::Close, "another pupil")]
            }
        }
    }
}
