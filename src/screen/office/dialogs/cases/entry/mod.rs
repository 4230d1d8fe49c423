//! Something is put down about a pupil: a form of a few fields, with what is known offered in them. Nothing is recorded of which nobody
//! has typed anything, and a refusal keeps what was typed.

mod beside;
mod fields;
mod known;
mod notice;
mod reading;

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::casework::{CaseAnswer, CaseEntry, CaseQuestion, Unauthorised};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::form::Form;
use crate::screen::widgets::text::wrapped;
use beside::{below, beside};
use fields::{Candidate, Name, candidates, form};
use reading::Read;

/// Lines below the fields: an empty one, and how the chosen one is written; of a penalty notice also what is missing for it.
const BELOW: u16 = 3;
const MISSING: u16 = 5;

/// A form of casework.
pub struct EntryForm {
    typing: SharedTyping,
    entry: CaseEntry,
    pupil: PupilId,
    form: Form<Name>,
    candidates: Vec<Candidate>,
    /// The dates whose unauthorised sessions it wants to know, and whether that is still to be asked.
    dates: Option<RangeInclusive<NaiveDate>>,
    lacks: bool,
    known: Option<Unauthorised>,
    /// Something was typed, and not only offered.
    is_typed: bool,
}

impl EntryForm {
    /// With what is known offered.
    pub fn new(typing: SharedTyping, entry: CaseEntry, pupil: PupilId, context: &ViewContext) -> EntryForm {
        let candidates = open(entry, pupil, context);
        let form = form(entry, pupil, candidates.len() > 1, context);
        let (dates, lacks, known) = (None, false, None);
        let mut dialog = EntryForm { typing, entry, pupil, form, candidates, dates, lacks, known, is_typed: false };
        dialog.look_up(context);
        dialog
    }

    /// Ask for the unauthorised sessions of the dates that are typed, where a notice rests on them.
    fn look_up(&mut self, context: &ViewContext) {
        if self.entry != CaseEntry::Penalty {
            return;
        }
        let dates = self.read(context).dates().ok().flatten();
        if dates != self.dates {
            (self.lacks, self.dates) = (dates.is_some(), dates);
        }
    }

    /// Lines below the fields.
    fn below(&self) -> u16 {
        if self.entry == CaseEntry::Penalty { BELOW + MISSING } else { BELOW }
    }

    fn read<'a>(&'a self, context: &'a ViewContext) -> Read<'a> {
        Read {
            entry: self.entry,
            pupil: self.pupil,
            form: &self.form,
            candidates: &self.candidates,
            known: self.known.as_ref(),
            context,
        }
    }

    fn save(&mut self, context: &ViewContext) -> Outcome {
        if !self.is_typed {
            return Outcome::Notice("Nothing is typed yet, so nothing is put down.".to_owned());
        }
        match self.read(context).act() {
            Ok(act) => Outcome::Do(act),
            Err((field, text)) => {
                let label = self.form.label(field);
                self.form.reject(field, format!("{label}: {text}."))
            }
        }
    }
}

/// What it can be about as the record stands.
fn open(entry: CaseEntry, pupil: PupilId, context: &ViewContext) -> Vec<Candidate> {
    context.day.case_files.get(&pupil).map(|file| candidates(entry, file)).unwrap_or_default()
}

impl Dialog for EntryForm {
    fn title(&self, context: &ViewContext) -> String {
        format!("{}: {}", self.entry.title(), context.roll().name_and_group(self.pupil))
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        let several = usize::from(self.candidates.len() > 1);
        let rows = u16::try_from(fields::fields(self.entry).len() + several).unwrap_or(u16::MAX);
        (100, rows.saturating_add(self.below()))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.form.handle_key(key, &self.typing) {
            Entered::Save => return self.save(context),
            Entered::Close => return Outcome::Close,
            // Moving within what is offered keeps it, and types nothing.
            Entered::Typed => {
                self.is_typed |= key.character().is_some();
                self.look_up(context);
            }
            Entered::Nothing => {}
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, context: &ViewContext) {
        self.is_typed |= self.form.paste(text);
        self.look_up(context);
    }

    fn refresh(&mut self, context: &ViewContext) {
        // What was numbered stays so under whoever has typed a number of it.
        if self.candidates.len() < 2 {
            self.candidates = open(self.entry, self.pupil, context);
        }
        self.lacks |= self.dates.is_some();
    }

    fn lacks_of_cases(&mut self) -> Option<CaseQuestion> {
        let dates = self.dates.clone().filter(|_| self.lacks)?;
        self.lacks = false;
        Some(CaseQuestion::Unauthorised(self.pupil, dates))
    }

    fn set_cases(&mut self, answer: CaseAnswer) {
        if let CaseAnswer::Unauthorised(known) = answer {
            self.known = Some(known).filter(|known| known.pupil == self.pupil);
        }
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let parts = [Constraint::Fill(1), Constraint::Length(self.below() - 1)];
        let [above, foot] = Layout::vertical(parts).areas(area);
        let read = self.read(context);
        let cursor = self.form.draw(above, canvas, |name, line| {
            let (text, style) = match beside(name, &read) {
                Ok(text) => (text, theme.dim),
                Err(text) => (text, theme.overdue),
            };
            let room = line.room().saturating_sub(1);
            line.skip(1).column(&text, room, style);
        });
        let says = match self.entry {
            CaseEntry::Penalty => notice::standing(&read),
            _ => vec![below(self.form.focus(), self.entry).to_owned()],
        };
        let lines = says.iter().flat_map(|text| wrapped(text, foot.width, usize::from(foot.height)));
        for (row, line) in lines.enumerate() {
            canvas.line(foot, row).text(&line, theme.dim);
        }
        cursor
    }

    fn hints(&self) -> Vec<Hint> {
        let hints = [(Action::Save, "put it down"), (Action::Next, "the next field"), (Action::Close, "close")];
        self.typing.dialog.hints(&hints)
    }
}
