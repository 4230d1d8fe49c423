//! Entering or amending a mark: a code, and why.

mod several;

use ratatui::layout::{Position, Rect};

use crate::domain::absence::of_day::absence;
use crate::domain::absence::unexplained::unexplained_session;
use crate::domain::act::{Act, Amend, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::CodeRow;
use crate::domain::day::Timelines;
use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::{self, Field};
use crate::screen::widgets::form::{Entry, Form};
pub use several::MarkSeveral;

/// The fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Code,
    Reason,
}

/// Entering or amending a mark.
pub struct MarkCard {
    typing: SharedTyping,
    pupil: PupilId,
    session: Session,
    /// The revision looked at: somebody's later change refuses ours.
    saw: ActId,
    form: Form<Name>,
}

impl MarkCard {
    /// About the session the pupil is unexplained in, else the one the office is working on; of another day, the one in
    /// which something is to be put right, else the first.
    pub fn new(typing: SharedTyping, pupil: PupilId, context: &ViewContext) -> MarkCard {
        let session = if context.is_today() {
            unexplained_session(&context.day, pupil, context.session()).unwrap_or_else(|| context.session())
        } else {
            absence(&context.day, pupil, true).map_or(Session::Am, |row| row.session)
        };
        MarkCard::of(typing, pupil, session, context)
    }

    /// About this session.
    pub fn of(typing: SharedTyping, pupil: PupilId, session: Session, context: &ViewContext) -> MarkCard {
        let saw = context.revision(pupil, session);
        let entry = |name, label, row, columns| Entry { name, label, row, columns, field: Field::default() };
        let form = Form::new(8, [entry(Name::Code, "Code", 3, 4), entry(Name::Reason, "Reason", 4, u16::MAX)]);
        MarkCard { typing, pupil, session, saw, form }
    }

    fn at(&self, context: &ViewContext) -> SessionDate {
        SessionDate::new(context.day.date, self.session)
    }

    fn needs_reason(&self, context: &ViewContext) -> bool {
        context.day.session_times(self.session).is_some_and(|times| context.time() >= times.closes)
    }

    fn save(&mut self, context: &ViewContext) -> Outcome {
        let at = self.at(context);
        let code = match context.typed_code(self.form.text(Name::Code), self.pupil, at) {
            Ok(code) => code,
            Err(why) => return self.form.reject(Name::Code, why),
        };
        // Always, and not only after the close: who types a reason out of habit must not type it into the list.
        if self.form.focus() == Some(Name::Code) && self.reason().is_empty() {
            self.form.focus_on(Name::Reason);
            return Outcome::Nothing;
        }
        let reason = self.reason().to_owned();
        Outcome::Do(Act::Amend(Amend { pupil: self.pupil, at, code, minutes: None, reason, saw: self.saw }))
    }

    /// The reason as it is typed.
    fn reason(&self) -> &str {
        self.form.field(Name::Reason).map_or("", Field::text)
    }

    fn turn_session(&mut self, context: &ViewContext) {
        let other = context.day.sessions().iter().copied().find(|session| *session != self.session);
        self.session = other.unwrap_or(self.session);
        self.saw = context.revision(self.pupil, self.session);
    }

    /// Codes that begin as typed and may stand here.
    fn matching<'a>(&self, context: &'a ViewContext) -> Vec<&'a CodeRow> {
        let typed = self.form.text(Name::Code).to_ascii_uppercase();
        let codes = &context.roll().codes;
        let fits = |row: &&CodeRow| context.check_code(row.code, self.pupil, self.at(context)).is_ok();
        codes.rows().iter().filter(fits).filter(|row| row.code.as_str().starts_with(&typed)).collect()
    }
}

impl Dialog for MarkCard {
    fn title(&self, context: &ViewContext) -> String {
        format!("Mark of {}", context.roll().name_and_group(self.pupil))
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (70, 14)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let turns = matches!(self.typing.field.get(key), Some(field::Action::Left | field::Action::Right));
        if turns && self.form.focus() == Some(Name::Code) {
            self.turn_session(context);
            return Outcome::Nothing;
        }
        match self.form.handle_key(key, &self.typing) {
            Entered::Save => self.save(context),
            Entered::Close => Outcome::Close,
            Entered::Typed | Entered::Nothing => Outcome::Nothing,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        if self.form.focus() == Some(Name::Reason) {
            self.form.paste(text);
        }
    }

    /// The refusal shows both values: to save again is to have seen the new one.
    fn refused(&mut self, refusal: &Refusal, _: &ViewContext) {
        if let Refusal::ChangedMeanwhile { revision, .. } = refusal {
            self.saw = *revision;
        }
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let now = context.short_mark(self.pupil, self.session);
        let mut line = canvas.line(area, 0);
        line.text("Session  ", theme.plain);
        for session in context.day.sessions().iter().copied() {
            let (text, style) = match session == self.session {
                true => (format!("[{session}]"), theme.chosen),
                false => (format!(" {session} "), theme.dim),
            };
            line.text(&text, style).skip(1);
        }
        line.text("  now ", theme.plain).text(&now, theme.title);
        let line = context.pupil(self.pupil).map(|pupil| Timelines::whole(&context.day).of(pupil));
        let stands = context.day.mark(self.pupil, self.session).settled;
        let why = line.map(|line| line.why_stands(self.session, stands));
        canvas.line(area, 1).text(&why.unwrap_or_default(), theme.dim);
        let meaning = context.code_row(self.form.text(Name::Code)).map_or("", |row| &row.meaning);
        canvas.line(area, 3).text("Code", theme.plain).skip(10).text(meaning, theme.title);
        canvas.line(area, 4).text("Reason", theme.plain);
        if self.reason().is_empty() {
            let text =
                if self.needs_reason(context) { "the register has closed: say why" } else { "may be left empty" };
            canvas.line(area, 4).skip(10).text(text, theme.dim);
        }
        let below = |row: u16, width: u16| Rect { x: area.x + 8, y: area.y + row, width, height: 1 }.intersection(area);
        let mut draw = |name, place| self.form.field(name)?.draw(place, canvas.buffer, theme);
        let code = draw(Name::Code, below(3, 4));
        let reason_width = if self.reason().is_empty() { 1 } else { area.width.saturating_sub(8) };
        let reason = draw(Name::Reason, below(4, reason_width));
        let matching = self.matching(context);
        let room = usize::from(area.height).saturating_sub(6);
        let shown = if matching.len() > room { room.saturating_sub(1) } else { matching.len() };
        for (row, code) in matching.iter().take(shown).enumerate() {
            let mut line = canvas.line(area, row + 6);
            line.skip(2).column(code.code.as_str(), 4, theme.key).text(&code.meaning, theme.plain);
        }
        if matching.len() > shown {
            let text = format!("  {}{} more: type a letter", theme.symbols.cut, matching.len() - shown);
            canvas.line(area, shown + 6).text(&text, theme.dim);
        } else if matching.is_empty() {
            canvas.line(area, 6).text("  No code that may stand here begins so.", theme.overdue);
        }
        if self.form.focus() == Some(Name::Reason) { reason } else { code }
    }

    fn hints(&self) -> Vec<Hint> {
        let close = self.typing.hint(Action::Close, "close and keep nothing");
        if self.form.focus() == Some(Name::Reason) {
            return vec![self.typing.hint(Action::Save, "save"), self.typing.hint(Action::Next, "the code"), close];
        }
        let key = |action| self.typing.field.first_key(action).unwrap_or_default();
        let turn = format!("{} {}", key(field::Action::Left), key(field::Action::Right));
        let next = if self.reason().is_empty() { "then the reason" } else { "save" };
        vec![self.typing.hint(Action::Save, next), (turn, "AM or PM".to_owned()), close]
    }
}
