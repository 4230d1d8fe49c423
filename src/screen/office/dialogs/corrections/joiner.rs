//! A pupil who joins, and whom the system has not yet.

use ratatui::layout::{Position, Rect};

use crate::domain::act::Enrol;
use crate::domain::calendar::dates::parse_day;
use crate::domain::name::{clean, fold};
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::form::{Entry, Form};

/// The fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Surname,
    Forename,
    Group,
    From,
    Admission,
    Upn,
}

/// A joiner.
pub struct Joiner {
    typing: SharedTyping,
    form: Form<Name>,
}

impl Joiner {
    /// With nothing typed yet.
    pub fn new(typing: SharedTyping) -> Joiner {
        let entry = |name, label, row, columns| Entry { name, label, row, columns, field: Field::default() };
        let entries = [
            entry(Name::Surname, "Family name", 0, 26),
            entry(Name::Forename, "Given name", 1, 26),
            entry(Name::Group, "Tutor group", 2, 8),
            entry(Name::From, "From", 3, 14),
            entry(Name::Admission, "Admission", 4, 14),
            entry(Name::Upn, "UPN", 5, 14),
        ];
        Joiner { typing, form: Form::new(13, entries) }
    }

    fn save(&mut self, context: &ViewContext) -> Outcome {
        let today = context.now.date();
        if self.form.filled(Name::Surname).is_none() {
            return self.form.reject(Name::Surname, "Say the joiner's family name.");
        }
        let typed = fold(self.form.text(Name::Group));
        let Some(group) = context.roll().groups.iter().find(|group| fold(&group.name) == typed).map(|group| group.id)
        else {
            return self.form.reject(Name::Group, "Say the tutor group: the register asks for the joiner there.");
        };
        let from = match self.form.filled(Name::From) {
            None => today,
            Some(typed) => match parse_day(&typed, today) {
                Some(from) => from,
                None => return self.form.reject(Name::From, "The first day is written mon or 30/11, or left empty."),
            },
        };
        let text = |name| clean(self.form.text(name));
        // "Novak, Petra" in one field, as a list has it, is both names.
        let (surname, forename) = match (text(Name::Surname), text(Name::Forename)) {
            (both, forename) if forename.is_empty() => match both.split_once(',') {
                Some((surname, forename)) => (clean(surname), clean(forename)),
                None => (both, forename),
            },
            names => names,
        };
        Outcome::Do(
            Enrol {
                surname,
                forename,
                year: None,
                group,
                from,
                admission_no: text(Name::Admission),
                upn: text(Name::Upn),
            }
            .into(),
        )
    }
}

impl Dialog for Joiner {
    fn title(&self, _: &ViewContext) -> String {
        "A joiner".to_owned()
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (64, 8)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.form.handle_key(key, &self.typing) {
            Entered::Save => self.save(context),
            Entered::Close => Outcome::Close,
            Entered::Typed | Entered::Nothing => Outcome::Nothing,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.form.paste(text);
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        canvas.line(area, 7).text("An import finds the joiner by one of the two numbers.", theme.dim);
        self.form.draw(area, canvas, |name, line| {
            let hint = match name {
                Name::From => "mon, 30/11; empty: today",
                Name::Admission | Name::Upn => "where it is known",
                Name::Surname | Name::Forename | Name::Group => "",
            };
            line.skip(1).text(hint, theme.dim);
        })
    }

    fn hints(&self) -> Vec<Hint> {
        let hints = [(Action::Save, "save"), (Action::Next, "the next field"), (Action::Close, "close")];
        self.typing.dialog.hints(&hints)
    }
}
