//! Logging a late: who, then why. The arrival is stamped when the dialog opens, so that nobody is charged the officer's typing.

use chrono::NaiveTime;
use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, LogArrival};
use crate::domain::calendar::session::parse_time;
use crate::domain::code::OnSite;
use crate::domain::facts::evidence::Mark;
use crate::domain::late::gate::{must_not_be_here, would_be};
use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::picker::{Picker, SharedFinder};

/// Logging a late.
pub struct Late {
    typing: SharedTyping,
    picker: Picker,
    pupil: Option<PupilId>,
    time: Field,
    /// The time is being typed, rather than a reason chosen.
    timing: bool,
}

impl Late {
    /// Stamped now; `offered` is first to be taken.
    pub fn new(typing: SharedTyping, finder: SharedFinder, context: &ViewContext, offered: Option<PupilId>) -> Late {
        // Of two pupils of one name, the one not in yet is meant.
        let missing = context.day.on_roll().map(|pupil| pupil.id).filter(|id| !context.is_in(*id)).collect();
        let picker = Picker::new(typing.clone(), finder, context, offered).preferring(missing);
        let time = Field::offering(&context.time().format("%H:%M").to_string());
        Late { typing, picker, pupil: None, time, timing: false }
    }

    fn arrived(&self) -> Option<NaiveTime> {
        parse_time(self.time.text())
    }

    fn log(&self, pupil: PupilId, context: &ViewContext, reason: Option<String>) -> Outcome {
        match self.arrived() {
            None => Outcome::Notice("The time of arrival is written 08:57.".to_owned()),
            Some(time) if time > context.time() => Outcome::Notice(format!(
                "{} has not come yet: it is {}.",
                time.format("%H:%M"),
                context.time().format("%H:%M")
            )),
            Some(time) => {
                Outcome::Do(Act::LogArrival(LogArrival { pupil, date: context.day.date, time, reason, instead: None }))
            }
        }
    }

    fn handle_reason(&mut self, key: Key, pupil: PupilId, context: &ViewContext) -> Outcome {
        match self.typing.dialog.get(key) {
            // The time is set: the reason is still to be given.
            Some(Action::Save) if self.timing => {
                self.timing = self.arrived().is_none_or(|time| time > context.time());
                return if self.timing { self.log(pupil, context, None) } else { Outcome::Nothing };
            }
            Some(Action::Save) => return self.log(pupil, context, None),
            Some(Action::Close) => {
                self.pupil = None;
                return Outcome::Nothing;
            }
            Some(Action::Next | Action::Previous) => {
                self.timing = !self.timing;
                return Outcome::Nothing;
            }
            None => {}
        }
        if self.timing {
            self.time.handle_key(key, &self.typing.field);
            return Outcome::Nothing;
        }
        let reasons = &context.roll().school.late_reasons;
        let chosen = reasons.iter().find(|reason| key.character() == Some(reason.key));
        chosen.map_or(Outcome::Nothing, |reason| self.log(pupil, context, Some(reason.says.clone())))
    }

    /// The mark that stands although the pupil has come, in words.
    fn kept(&self, pupil: PupilId, context: &ViewContext) -> Option<String> {
        let mark = self.would_be(pupil, context).filter(|mark| !mark.is_late())?;
        if must_not_be_here(mark) {
            return Some(format!("Must not be here: {}", context.roll().codes.row(mark.code)?.meaning));
        }
        let is_in = context.roll().codes.on_site(mark.code) == OnSite::Yes;
        if is_in {
            None
        } else {
            Some(format!("{} stands: {}", mark.code, context.roll().codes.row(mark.code)?.meaning))
        }
    }

    fn would_be(&self, pupil: PupilId, context: &ViewContext) -> Option<Mark> {
        would_be(&context.day, context.pupil(pupil)?, self.arrived()?, None)
    }

    /// "L 17 min" as it would be settled, or why it cannot be.
    fn judged(&self, pupil: PupilId, context: &ViewContext) -> String {
        match (&context.day.times, self.arrived()) {
            (None, _) => "no school today".to_owned(),
            (_, None) => "written 08:57".to_owned(),
            (_, Some(time)) if time > context.time() => "has not come yet".to_owned(),
            (Some(times), Some(time)) if time >= times.ends() => {
                format!("the day ended at {}", times.ends().format("%H:%M"))
            }
            (Some(times), Some(time)) => {
                let session = times.arriving(time);
                self.would_be(pupil, context).map_or_else(|| session.to_string(), |mark| format!("{session} {mark}"))
            }
        }
    }
}

impl Dialog for Late {
    fn title(&self, _: &ViewContext) -> String {
        "Log a late".to_owned()
    }

    fn size(&self, context: &ViewContext) -> (u16, u16) {
        let reasons = u16::try_from(context.roll().school.late_reasons.len()).unwrap_or(8);
        (56, 14.max(reasons + 5))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(pupil) = self.pupil {
            return self.handle_reason(key, pupil, context);
        }
        self.picker.handle_key(key, |id| {
            self.pupil = Some(id);
            Outcome::Nothing
        })
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        if self.pupil.is_none() {
            self.picker.paste(text);
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.picker.refresh(context);
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let Some(pupil) = self.pupil else { return self.picker.draw(area, canvas) };
        let name = context.roll().name_and_group(pupil);
        let stands = context.short_mark(pupil, context.session());
        canvas.line(area, 0).text(&name, theme.title).text(&format!("   now {stands}"), theme.dim);
        canvas.line(area, 1).skip(16).text(&self.judged(pupil, context), theme.title);
        let kept = self.kept(pupil, context).unwrap_or_default();
        canvas.line(area, 2).text(&kept, theme.overdue);
        let line = Rect { width: area.width.min(14), ..area.rows().nth(1)? };
        let cursor = self.time.draw_behind(("Arrived ", theme.plain), 8, line, canvas);
        let text = if self.timing { "Enter, then the reason:" } else { "One letter saves, with that reason:" };
        canvas.line(area, 3).text(text, if self.timing { theme.dim } else { theme.title });
        for (row, reason) in context.roll().school.late_reasons.iter().enumerate() {
            let mut line = canvas.line(area, row + 4);
            line.skip(2)
                .column(&reason.key.to_string(), 3, if self.timing { theme.dim } else { theme.key })
                .text(&reason.says, theme.plain);
        }
        cursor.filter(|_| self.timing)
    }

    fn hints(&self) -> Vec<Hint> {
        let hint = |action, does: &str| self.typing.hint(action, does);
        match (self.pupil, self.timing) {
            (None, _) => vec![hint(Action::Save, "take the pupil"), hint(Action::Close, "close")],
            (Some(_), true) => vec![hint(Action::Save, "set the time"), hint(Action::Close, "another pupil")],
            (Some(_), false) => vec![
                ("letter".to_owned(), "save".to_owned()),
                hint(Action::Save, "save without reason"),
                hint(Action::Next, "the time"),
                hint(Action::Close, "another pupil"),
            ],
        }
    }
}
