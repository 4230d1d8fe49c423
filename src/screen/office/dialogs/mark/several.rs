//! One code for all marked rows, and why.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::domain::act::{Act, AmendSeveral, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::form::{Entry, Form};
use crate::screen::widgets::several::{Marked, draw_pupils};

/// Lines above the pupils: the code, the reason, an empty one.
const ABOVE: u16 = 3;

/// What is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Code,
    Reason,
}

/// One code for all marked rows.
pub struct MarkSeveral {
    typing: SharedTyping,
    /// Whose, which session, and the revision looked at: somebody's later change refuses ours.
    marks: Vec<(PupilId, SessionDate, ActId)>,
    form: Form<Name>,
    /// All were refused: they are looked at anew with the next day too, for it may come after the refusal.
    rereads: bool,
}

impl MarkSeveral {
    /// About today's marks of these.
    pub fn new(typing: SharedTyping, marked: &Marked, context: &ViewContext) -> MarkSeveral {
        let entry = |name, label, row, columns| Entry { name, label, row, columns, field: Field::default() };
        let form = Form::new(8, [entry(Name::Code, "Code", 0, 4), entry(Name::Reason, "Reason", 1, u16::MAX)]);
        let mut card = MarkSeveral { typing, marks: Vec::new(), form, rereads: false };
        card.marks = marked.iter().map(|(pupil, at)| (*pupil, *at, context.revision(*pupil, at.session))).collect();
        card
    }

    fn reread(&mut self, context: &ViewContext) {
        self.marks.iter_mut().for_each(|(pupil, at, saw)| *saw = context.revision(*pupil, at.session));
    }

    fn save(&mut self, context: &ViewContext) -> Outcome {
        let code = match context.typed_code_of_any(self.form.text(Name::Code), &self.marks) {
            Ok(code) => code,
            Err(why) => return self.form.reject(Name::Code, why),
        };
        let Some(reason) = self.form.filled(Name::Reason) else {
            if self.form.focus() == Some(Name::Reason) {
                return Outcome::Notice("Say why: it is written for each of them.".to_owned());
            }
            self.form.focus_on(Name::Reason);
            return Outcome::Nothing;
        };
        Outcome::Do(Act::AmendSeveral(AmendSeveral { marks: self.marks.clone(), code, reason }))
    }
}

impl Dialog for MarkSeveral {
    fn title(&self, _: &ViewContext) -> String {
        format!("One mark for {}", counted(self.marks.len(), "pupil"))
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (70, u16::try_from(self.marks.len()).unwrap_or(u16::MAX).saturating_add(ABOVE))
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

    fn refresh(&mut self, context: &ViewContext) {
        if std::mem::take(&mut self.rereads) {
            self.reread(context);
        }
    }

    /// The refusal says what each is now: to save again is to have seen it.
    fn refused(&mut self, _: &Refusal, context: &ViewContext) {
        self.reread(context);
        self.rereads = true;
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let [form, rows] = Layout::vertical([Constraint::Length(ABOVE), Constraint::Fill(1)]).areas(area);
        let ids: Vec<PupilId> = self.marks.iter().map(|(pupil, ..)| *pupil).collect();
        draw_pupils(&ids, rows, canvas, |place| {
            let now = |(pupil, at, _): &(PupilId, SessionDate, ActId)| {
                format!("{} now {}", at.session, context.short_mark(*pupil, at.session))
            };
            self.marks.get(place).map(now).unwrap_or_default()
        });
        let meaning = context.code_row(self.form.text(Name::Code)).map_or("", |row| &row.meaning);
        self.form.draw(form, canvas, |name, line| match name {
            Name::Code => drop(line.text(meaning, theme.title)),
            Name::Reason => {}
        })
    }

    fn hints(&self) -> Vec<Hint> {
        let next = if self.form.focus() == Some(Name::Code) { "then the reason" } else { "save for all" };
        vec![self.typing.hint(Action::Save, next), self.typing.hint(Action::Close, "close and keep nothing")]
    }
}
