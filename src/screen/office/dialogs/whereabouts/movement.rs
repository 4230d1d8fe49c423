//! Out of the building, or back: who, and why. The record knows which of the two it is.

use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, LogMovement};
use crate::domain::calendar::session::parse_time;
use crate::domain::facts::presence::{OUT_REASONS, Way, reason_meant};
use crate::domain::late::gate::contradicts_leaving;
use crate::domain::name::fold;
use crate::domain::people::pupil::PupilId;
use crate::domain::whereabouts::where_now;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::form::{Entry, Form};
use crate::screen::widgets::picker::{Picker, SharedFinder};

/// The fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Why,
    Time,
}

/// Out of the building, or back.
pub struct MoveCard {
    typing: SharedTyping,
    picker: Picker,
    /// Who, and which way. Decided once: another desk may log the same meanwhile, and then the record refuses it.
    taken: Option<(PupilId, Way)>,
    form: Form<Name>,
    /// The pupil was typed, and not only offered.
    named: bool,
    /// What contradicts it was said: the next Enter logs it all the same.
    asked: bool,
    /// The name that was typed in place of a reason, once it was asked about.
    asked_name: String,
}

impl MoveCard {
    /// About the chosen pupil, or whoever is picked; stamped now.
    pub fn new(typing: SharedTyping, finder: SharedFinder, context: &ViewContext, chosen: Option<PupilId>) -> MoveCard {
        let picker = Picker::new(typing.clone(), finder, context, chosen);
        let time = Field::offering(&context.time().format("%H:%M").to_string());
        let taken = chosen.map(|pupil| (pupil, way(pupil, context)));
        let entries = [
            Entry { name: Name::Why, label: "Why", row: 1, columns: u16::MAX, field: Field::default() },
            Entry { name: Name::Time, label: "Time", row: 2, columns: 6, field: time },
        ];
        MoveCard {
            typing,
            picker,
            taken,
            form: Form::new(7, entries),
            named: false,
            asked: false,
            asked_name: String::new(),
        }
    }

    /// What was typed, or the one offer that begins with it.
    fn reason(&self) -> String {
        reason_meant(self.form.text(Name::Why))
    }

    /// Whether the reason is the name of a pupil, while nobody was typed: who is used to typing it first means that one.
    fn is_name(&self, reason: &str, context: &ViewContext) -> bool {
        let words = fold(reason);
        !self.named && words.len() > 1 && context.day.on_roll().any(|one| one.is_called(&words))
    }

    /// Back to whom it is about; a name that was typed in place of a reason is looked for.
    fn take_another(&mut self) {
        (self.taken, self.asked) = (None, false);
        if !self.asked_name.is_empty() {
            self.form.clear(Name::Why);
            self.picker.paste(&std::mem::take(&mut self.asked_name));
        }
    }

    fn save(&mut self, pupil: PupilId, way: Way, context: &ViewContext) -> Outcome {
        let Some(time) = parse_time(self.form.text(Name::Time)) else {
            return self.form.reject(Name::Time, "The time is written 10:20.");
        };
        let reason = if way == Way::Out { self.reason() } else { self.form.text(Name::Why).to_owned() };
        if way == Way::Out && reason.is_empty() {
            return self.form.reject(Name::Why, "Say why the pupil goes out.");
        }
        if self.asked_name != reason && self.is_name(&reason, context) {
            let (name, way) = (context.roll().name_and_group(pupil), if way == Way::Out { "out" } else { "back" });
            self.asked_name.clone_from(&reason);
            return Outcome::Notice(format!("“{reason}” is a name: esc finds it, enter again logs {name} {way}."));
        }
        let contradiction = context.pupil(pupil).and_then(|known| contradicts_leaving(&context.day, known, time));
        if let Some(why) = contradiction.filter(|_| way == Way::Out && !self.asked) {
            self.asked = true;
            return Outcome::Notice(format!("{}: {why}. Enter again logs it.", context.roll().name_and_group(pupil)));
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

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let Some((pupil, way)) = self.taken else {
            return self.picker.handle_key(key, |id| {
                self.taken = Some((id, self::way(id, context)));
                self.named = true;
                Outcome::Nothing
            });
        };
        match self.form.handle_key(key, &self.typing) {
            Entered::Save => return self.save(pupil, way, context),
            Entered::Close => self.take_another(),
            Entered::Typed | Entered::Nothing => {}
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        match self.taken {
            Some(_) => drop(self.form.paste(text)),
            None => self.picker.paste(text),
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.picker.refresh(context);
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let Some((pupil, way)) = self.taken else { return self.picker.draw(area, canvas) };
        let now = where_now(&context.day, pupil, context.time()).text;
        canvas.line(area, 0).text("Now    ", theme.plain).text(&now, theme.dim);
        if way == Way::Out {
            let meant = self.reason();
            for (row, offer) in OUT_REASONS.iter().enumerate() {
                let style = if meant == *offer { theme.key } else { theme.dim };
                let mark = if meant == *offer { ">" } else { "" };
                canvas.line(area, row + 4).skip(5).column(mark, 2, style).text(offer, style);
            }
        }
        self.form.draw(area, canvas, |_, _| {})
    }

    fn hints(&self) -> Vec<Hint> {
        self.typing.dialog.hints(match self.taken {
            None => &[(Action::Save, "take the pupil"), (Action::Close, "close")],
            Some(_) => &[(Action::Save, "save"), (Action::Next, "the time"), (Action::Close, "another pupil")],
        })
    }
}
