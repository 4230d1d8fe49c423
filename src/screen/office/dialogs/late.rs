//! Logging a late: who, then why. The arrival is stamped when the dialog opens, so that nobody is charged the officer's typing. What
//! contradicts the arrival is said first, as at the gate.

use chrono::NaiveTime;
use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, LogArrival, LogMovement};
use crate::domain::calendar::session::{DayTimes, parse_time};
use crate::domain::code::OnSite;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::presence::Way;
use crate::domain::late::gate::{Standing, contradicts, must_not_be_here, standing, would_be};
use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::late_reason;
use crate::screen::widgets::picker::{Picker, SharedFinder};
use crate::screen::widgets::text::wrapped;

/// The most lines of what contradicts an arrival.
const KEPT: usize = 2;

/// Logging a late.
pub struct Late {
    typing: SharedTyping,
    picker: Picker,
    pupil: Option<PupilId>,
    time: Field,
    /// The time is being typed, rather than a reason chosen.
    timing: bool,
    /// The reason as it is typed: its key alone, or the beginning of its words.
    reason: Field,
    /// The pupil was typed, and not only offered.
    named: bool,
}

impl Late {
    /// Stamped now; `offered` is first to be taken.
    pub fn new(typing: SharedTyping, finder: SharedFinder, context: &ViewContext, offered: Option<PupilId>) -> Late {
        // Of two pupils of one name, the one not in yet is meant.
        let missing = context.day.on_roll().map(|pupil| pupil.id).filter(|id| !context.is_in(*id)).collect();
        let picker = Picker::new(typing.clone(), finder, context, offered).preferring(missing);
        let time = Field::offering(&context.time().format("%H:%M").to_string());
        let reason = Field::default();
        Late { typing, picker, pupil: None, time, timing: false, reason, named: false }
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
                let date = context.day.date;
                Outcome::Do(match context.pupil(pupil).map(|known| standing(&context.day, known, time)) {
                    Some(Standing::Out(_)) => {
                        let reason = reason.unwrap_or_default();
                        Act::LogMovement(LogMovement { pupil, date, time, way: Way::Back, reason })
                    }
                    _ => Act::LogArrival(LogArrival { pupil, date, time, reason, instead: None }),
                })
            }
        }
    }

    /// Log it with the reason that is typed. Without one Enter logs only what was typed, and nothing that contradicts.
    fn save(&self, pupil: PupilId, context: &ViewContext) -> Outcome {
        let typed = self.reason.text().trim();
        let reason = late_reason::typed(typed, &context.roll().school.late_reasons);
        if let Some(reason) = reason {
            return self.log(pupil, context, Some(reason.says.clone()));
        }
        if !typed.is_empty() {
            return Outcome::Notice(format!("{typed} is no reason's key."));
        }
        let name = context.roll().name_and_group(pupil);
        match (self.contradiction(pupil, context), self.is_back(pupil, context)) {
            (Some(why), false) => Outcome::Notice(format!("{name}: {}", self.still(&why, context))),
            (None, _) if !self.named && self.time.is_offered() => {
                Outcome::Notice(format!("{name}: nothing is typed yet. A reason's key logs it."))
            }
            (None | Some(_), _) => self.log(pupil, context, None),
        }
    }

    /// What contradicts an arrival now.
    fn contradiction(&self, pupil: PupilId, context: &ViewContext) -> Option<String> {
        contradicts(&context.day, context.pupil(pupil)?, self.arrived()?, context.session())
    }

    /// What contradicts, and how it is logged all the same; where no school can be come to, nothing logs it.
    fn still(&self, why: &str, context: &ViewContext) -> String {
        let ends = context.day.times.as_ref().map(DayTimes::ends);
        match ends.zip(self.arrived()).is_some_and(|(ends, time)| time < ends) {
            true => format!("{why}. A reason's key still logs it."),
            false => format!("{why}."),
        }
    }

    /// Whether the pupil went out before, so that this is a return.
    fn is_back(&self, pupil: PupilId, context: &ViewContext) -> bool {
        let stands = context.pupil(pupil).zip(self.arrived());
        stands.is_some_and(|(known, time)| matches!(standing(&context.day, known, time), Standing::Out(_)))
    }

    /// What is typed is no reason: it is the name of somebody else, and nobody is logged.
    fn take_for_name(&mut self, pupil: PupilId, context: &ViewContext) -> Outcome {
        let typed = std::mem::take(&mut self.reason);
        self.pupil = None;
        self.picker.begin(typed.text());
        Outcome::Notice(format!(
            "{} is not logged: “{}” is no reason.",
            context.roll().name_and_group(pupil),
            typed.text()
        ))
    }

    fn handle_reason(&mut self, key: Key, pupil: PupilId, context: &ViewContext) -> Outcome {
        match self.typing.dialog.get(key) {
            // The time is set: the reason is still to be given.
            Some(Action::Save) if self.timing => {
                self.timing = self.arrived().is_none_or(|time| time > context.time());
                return if self.timing { self.log(pupil, context, None) } else { Outcome::Nothing };
            }
            Some(Action::Save) => return self.save(pupil, context),
            Some(Action::Close) => {
                (self.pupil, self.reason) = (None, Field::default());
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
        if let Some(reason) = late_reason::pressed_with_alt(key, reasons) {
            return self.log(pupil, context, Some(reason.says.clone()));
        }
        self.reason.handle_key(key, &self.typing.field);
        let typed = self.reason.text().trim();
        let is_name = typed.chars().nth(1).is_some() && late_reason::typed(typed, reasons).is_none();
        if is_name { self.take_for_name(pupil, context) } else { Outcome::Nothing }
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
        (56, 14.max(reasons + 6))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(pupil) = self.pupil {
            return self.handle_reason(key, pupil, context);
        }
        let named = self.picker.is_typed();
        self.picker.handle_key(key, |id| {
            (self.pupil, self.named) = (Some(id), named);
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
        let contradiction = self.contradiction(pupil, context);
        let is_back = self.is_back(pupil, context);
        let why = contradiction.map(|why| if is_back { why } else { self.still(&why, context) });
        let kept = self.kept(pupil, context).or(why).unwrap_or_default();
        let kept = wrapped(&kept, area.width, KEPT);
        for (row, text) in (2..).zip(&kept) {
            canvas.line(area, row).text(text, theme.overdue);
        }
        let below = 2 + kept.len().max(1);
        let line = Rect { width: area.width.min(14), ..area.rows().nth(1)? };
        let cursor = self.time.draw_behind(("Arrived ", theme.plain), 8, line, canvas);
        let reasons = &context.roll().school.late_reasons;
        let meant = late_reason::typed(self.reason.text().trim(), reasons);
        let text = match (self.timing, meant) {
            (true, _) => "Enter, then the reason:".to_owned(),
            (false, Some(reason)) => format!("Enter saves, with that reason: {}", reason.says),
            (false, None) if self.reason.text().trim().is_empty() => {
                "A reason's letter, then enter; or alt with it:".to_owned()
            }
            (false, None) => format!("{}: no reason's key, or a name goes on:", self.reason.text().trim()),
        };
        canvas.line(area, below).text(&text, if self.timing { theme.dim } else { theme.title });
        for (row, reason) in reasons.iter().enumerate() {
            let here = if meant == Some(reason) { theme.symbols.here } else { "" };
            let mut line = canvas.line(area, below + 1 + row);
            line.column(here, 2, theme.key)
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
            (Some(_), false) => {
                let typed = !self.reason.text().is_empty();
                let saves = typed || self.named || !self.time.is_offered();
                let save = hint(Action::Save, if typed { "save" } else { "save without reason" });
                let others = [hint(Action::Next, "the time"), hint(Action::Close, "another pupil")];
                let letter = ("letter".to_owned(), "the reason".to_owned());
                std::iter::once(letter).chain(saves.then_some(save)).chain(others).collect()
            }
        }
    }
}
