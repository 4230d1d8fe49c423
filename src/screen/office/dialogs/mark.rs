//! Entering or amending a mark: a code, and why.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::absence::unexplained::unexplained_session;
use crate::domain::act::{Act, Amend, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::{Code, CodeFault, CodeRow};
use crate::domain::day::Timelines;
use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::{self, Field};
use crate::screen::widgets::text::Line;

/// Entering or amending a mark.
pub struct MarkCard {
    typing: SharedTyping,
    pupil: PupilId,
    session: Session,
    /// The revision looked at: somebody's later change refuses ours.
    saw: ActId,
    code: Field,
    reason: Field,
    in_reason: bool,
}

impl MarkCard {
    /// About the session the pupil is unexplained in, else the one the office is working on.
    pub fn new(typing: SharedTyping, pupil: PupilId, context: &ViewContext) -> MarkCard {
        let session = unexplained_session(&context.day, pupil, context.session()).unwrap_or_else(|| context.session());
        let saw = context.revision(pupil, session);
        let (code, reason) = (Field::default(), Field::default());
        MarkCard { typing, pupil, session, saw, code, reason, in_reason: false }
    }

    fn at(&self, context: &ViewContext) -> SessionDate {
        SessionDate::new(context.day.date, self.session)
    }

    fn needs_reason(&self, context: &ViewContext) -> bool {
        context.day.session_times(self.session).is_some_and(|times| context.time() >= times.closes)
    }

    fn save(&mut self, context: &ViewContext) -> Outcome {
        let Some(code) = Code::parse(self.code.text()) else {
            self.in_reason = false;
            return Outcome::Say("Type a code first.".to_owned());
        };
        if let Err(fault) = self.check(code, context) {
            self.in_reason = false;
            return Outcome::Say(format!("{fault}."));
        }
        // Always, and not only after the close: who types a reason out of habit must not type it into the list.
        if !self.in_reason && self.reason.text().is_empty() {
            self.in_reason = true;
            return Outcome::Nothing;
        }
        let (at, reason) = (self.at(context), self.reason.text().to_owned());
        Outcome::Do(Act::Amend(Amend { pupil: self.pupil, at, code, minutes: None, reason, saw: self.saw }))
    }

    /// Whether the code may stand here for the pupil.
    fn check(&self, code: Code, context: &ViewContext) -> Result<(), CodeFault> {
        let (roll, at) = (context.roll(), self.at(context));
        let checked = context.pupil(self.pupil).map(|pupil| roll.check_code(code, at, pupil, context.now.date()));
        checked.transpose().map(drop)
    }

    fn turn_session(&mut self, context: &ViewContext) {
        let other = context.day.sessions().iter().copied().find(|session| *session != self.session);
        self.session = other.unwrap_or(self.session);
        self.saw = context.revision(self.pupil, self.session);
    }

    /// What the typed code means, if it is one.
    fn meaning(&self, context: &ViewContext) -> String {
        let row = Code::parse(self.code.text()).and_then(|code| context.roll().codes.row(code));
        row.map_or_else(String::new, |row| row.meaning.clone())
    }

    /// Codes that begin as typed and may stand here.
    fn matching<'a>(&self, context: &'a ViewContext) -> Vec<&'a CodeRow> {
        let typed = self.code.text().trim().to_ascii_uppercase();
        let codes = &context.roll().codes;
        let fits = |row: &&CodeRow| self.check(row.code, context).is_ok();
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

    fn heard(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.typing.dialog.get(key) {
            Some(Action::Save) => return self.save(context),
            Some(Action::Close) => return Outcome::Close,
            Some(Action::Next | Action::Previous) => {
                self.in_reason = !self.in_reason;
                return Outcome::Nothing;
            }
            None => {}
        }
        if self.in_reason {
            self.reason.heard(key, &self.typing.field);
        } else if matches!(self.typing.field.get(key), Some(field::Action::Left | field::Action::Right)) {
            self.turn_session(context);
        } else {
            self.code.heard(key, &self.typing.field);
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        if self.in_reason {
            self.reason.paste(text);
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

    fn draw(&self, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) -> Option<Position> {
        let now = context.short_mark(self.pupil, self.session);
        let mut line = Line::new(buffer, area, 0, theme);
        line.text("Session  ", theme.plain);
        for session in context.day.sessions().iter().copied() {
            let (says, style) = match session == self.session {
                true => (format!("[{session}]"), theme.chosen),
                false => (format!(" {session} "), theme.dim),
            };
            line.text(&says, style).skip(1);
        }
        line.text("  now ", theme.plain).text(&now, theme.title);
        let line = context.pupil(self.pupil).map(|pupil| Timelines::whole(&context.day).of(pupil));
        let stands = context.day.mark(self.pupil, self.session).settled;
        let why = line.map(|line| line.why_stands(self.session, stands));
        Line::new(buffer, area, 1, theme).text(&why.unwrap_or_default(), theme.dim);
        Line::new(buffer, area, 3, theme).text("Code", theme.plain).skip(10).text(&self.meaning(context), theme.title);
        Line::new(buffer, area, 4, theme).text("Reason", theme.plain);
        if self.reason.text().is_empty() {
            let says =
                if self.needs_reason(context) { "the register has closed: say why" } else { "may be left empty" };
            Line::new(buffer, area, 4, theme).skip(10).text(says, theme.dim);
        }
        let below = |row: u16, width: u16| Rect { x: area.x + 8, y: area.y + row, width, height: 1 }.intersection(area);
        let code = self.code.draw(below(3, 4), buffer, theme);
        let reason_width = if self.reason.text().is_empty() { 1 } else { area.width.saturating_sub(8) };
        let reason = self.reason.draw(below(4, reason_width), buffer, theme);
        let matching = self.matching(context);
        let room = usize::from(area.height).saturating_sub(6);
        let shown = if matching.len() > room { room.saturating_sub(1) } else { matching.len() };
        for (row, code) in matching.iter().take(shown).enumerate() {
            let mut line = Line::new(buffer, area, row + 6, theme);
            line.skip(2).column(code.code.as_str(), 4, theme.key).text(&code.meaning, theme.plain);
        }
        if matching.len() > shown {
            let says = format!("  {}{} more: type a letter", theme.symbols.cut, matching.len() - shown);
            Line::new(buffer, area, shown + 6, theme).text(&says, theme.dim);
        } else if matching.is_empty() {
            Line::new(buffer, area, 6, theme).text("  No code that may stand here begins so.", theme.overdue);
        }
        if self.in_reason { reason } else { code }
    }

    fn hints(&self) -> Vec<Hint> {
        let close = self.typing.hint(Action::Close, "close and keep nothing");
        if self.in_reason {
            return vec![self.typing.hint(Action::Save, "save"), self.typing.hint(Action::Next, "the code"), close];
        }
        let key = |action| self.typing.field.first_key(action).unwrap_or_default();
        let turn = format!("{} {}", key(field::Action::Left), key(field::Action::Right));
        let next = if self.reason.text().is_empty() { "then the reason" } else { "save" };
        vec![self.typing.hint(Action::Save, next), (turn, "AM or PM".to_owned()), close]
    }
}
