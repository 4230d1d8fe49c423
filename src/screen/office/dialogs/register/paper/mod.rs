//! A register as it is typed from its teacher's paper: a letter is the code of the pupil under the cursor, and goes on to the
//! next. Nothing is recorded before it is said whose paper it is.

mod grid;

use std::cell::Cell;

use crate::domain::act::{Act, TakeLesson, TakeRegister, TakenBy};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::people::pupil::PupilId;
use crate::domain::register::paper::{BLANK, Paper, Typed};
use crate::domain::register::register_ref::RegisterRef;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::dialog::{Action, Hint, SharedTyping};
use crate::screen::widgets::field::{self, Field};
use crate::screen::widgets::list::List;

/// More pupils than these stand in two columns.
const ONE_COLUMN: usize = 16;

/// A register being typed.
pub struct PaperForm {
    typing: SharedTyping,
    register: RegisterRef,
    session: Session,
    paper: Paper,
    list: List<PupilId>,
    /// The code last typed, and whose: digits may yet follow.
    open: Option<(PupilId, String)>,
    /// The name of the paper's teacher, once asked for.
    by: Option<Field>,
    /// Lines of one column as last drawn.
    rows: Cell<usize>,
}

/// What became of a key.
pub enum Handled {
    /// To be said upward.
    Outcome(Outcome),
    /// The paper is laid aside.
    Left,
}

impl PaperForm {
    /// Everybody present who stands with nothing else.
    pub fn new(typing: SharedTyping, register: RegisterRef, session: Session, context: &ViewContext) -> PaperForm {
        let paper = Paper::begin(&context.day, register, session);
        let (list, rows) = (List::default(), Cell::new(1));
        let mut form = PaperForm { typing, register, session, paper, list, open: None, by: None, rows };
        form.refresh(context);
        // Keys typed before the first drawing must not land elsewhere.
        form.rows.set(form.lines().max(1));
        form
    }

    /// The day was replaced: what is typed stays.
    pub fn refresh(&mut self, context: &ViewContext) {
        self.paper.refresh(&context.day);
        self.list.refresh(self.paper.lines().iter().map(|line| line.pupil).collect(), |_| false);
    }

    /// Columns and lines it would like.
    pub fn size(&self) -> (u16, u16) {
        (if self.is_wide() { 76 } else { 56 }, u16::try_from(self.lines() + 3).unwrap_or(u16::MAX))
    }

    /// Lines of its columns, where there is room for all.
    fn lines(&self) -> usize {
        if self.is_wide() { self.list.len().div_ceil(2) } else { self.list.len() }
    }

    fn is_wide(&self) -> bool {
        self.list.len() > ONE_COLUMN
    }

    /// Text was pasted: only a name can be.
    pub fn paste(&mut self, text: &str) {
        if let Some(by) = &mut self.by {
            by.paste(text);
        }
    }

    /// Handle a key.
    pub fn handle_key(&mut self, key: Key, context: &ViewContext) -> Handled {
        let action = self.typing.dialog.get(key);
        if let Some(by) = &mut self.by {
            match action {
                Some(Action::Save) => return Handled::Outcome(self.save(context)),
                Some(Action::Close | Action::Previous) => self.by = None,
                Some(Action::Next) => {}
                None => drop(by.handle_key(key, &self.typing.field)),
            }
            return Handled::Outcome(Outcome::Nothing);
        }
        match action {
            // Enter alone says nothing of anybody.
            Some(Action::Save) if !self.paper.is_typed() && self.half().is_none() => {
                return Handled::Outcome(Outcome::Notice(
                    "Nothing is typed yet: / for one who is present, or an exception.".to_owned(),
                ));
            }
            Some(Action::Save) if self.paper.marks().is_empty() => {
                return Handled::Outcome(Outcome::Notice("Nobody is marked on this paper yet.".to_owned()));
            }
            Some(Action::Save) if self.half().is_some() => {
                return Handled::Outcome(Outcome::Notice(
                    "That code is half typed: its digit, or take it back.".to_owned(),
                ));
            }
            Some(Action::Save) => {
                let who = self.register.taker(&context.day, self.session).who;
                self.by = Some(Field::offering(&who.unwrap_or_default()));
            }
            Some(Action::Close) => return Handled::Left,
            Some(Action::Next) => self.step(1),
            Some(Action::Previous) => self.step(-1),
            None => return Handled::Outcome(self.letter_or_move(key, context)),
        }
        Handled::Outcome(Outcome::Nothing)
    }

    /// What is typed of a code that is none yet, and whose.
    fn half(&self) -> Option<(PupilId, &str)> {
        let (id, text) = self.open.as_ref()?;
        let line = self.paper.line(*id)?;
        line.typed.is_none().then_some((*id, text.as_str()))
    }

    fn letter_or_move(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let column = isize::try_from(self.rows.get()).unwrap_or(1);
        match self.typing.field.get(key) {
            Some(field::Action::Left) => self.step(-column),
            Some(field::Action::Right) => self.step(column),
            Some(field::Action::Start) => self.list.choose(0),
            Some(field::Action::End) => self.list.choose(self.list.len()),
            Some(field::Action::Backspace | field::Action::Delete) => self.take_back(),
            Some(field::Action::DeleteWord | field::Action::Clear) => {}
            None => match (key.character(), self.typing.list.get(key)) {
                (Some(letter), _) => return self.typed(letter, context),
                (None, Some(action)) => self.list.go(action),
                (None, None) => {}
            },
        }
        Outcome::Nothing
    }

    /// So many pupils on, or back.
    fn step(&mut self, by: isize) {
        self.open = None;
        let last = self.list.len().saturating_sub(1);
        self.list.choose(self.place().saturating_add_signed(by).min(last));
    }

    fn place(&self) -> usize {
        let chosen = self.list.chosen();
        self.paper.lines().iter().position(|line| Some(line.pupil) == chosen).unwrap_or(0)
    }

    /// Take back what is typed under the cursor; where nothing is, what was typed just before.
    fn take_back(&mut self) {
        let typed = |id: PupilId| self.paper.line(id).is_some_and(|line| line.typed.is_some());
        if self.half().is_none() && !self.list.chosen().is_some_and(typed) {
            self.step(-1);
        }
        self.open = None;
        if let Some(id) = self.list.chosen() {
            self.paper.set_typed(id, None);
        }
    }

    fn typed(&mut self, letter: char, context: &ViewContext) -> Outcome {
        if letter.is_ascii_digit()
            && let Some((id, text)) = self.open.clone()
        {
            return self.digit(id, text, letter, context);
        }
        let Some(id) = self.list.chosen() else { return Outcome::Nothing };
        self.open = None;
        let text = letter.to_ascii_uppercase().to_string();
        match self.paper.written(&text, id, &context.day, context.now) {
            Ok(typed) => {
                self.paper.set_typed(id, Some(typed));
                self.step(1);
                self.open = (typed != Typed::Blank).then_some((id, text));
                Outcome::Nothing
            }
            // J and Y begin codes, and are none themselves any more.
            Err(_) if self.begins(&text, context) => {
                self.open = Some((id, text));
                Outcome::Nothing
            }
            Err(why) => Outcome::Notice(format!("{why}.")),
        }
    }

    /// A digit behind a code makes another code of it (C1), or says how late (L 12).
    fn digit(&mut self, id: PupilId, text: String, digit: char, context: &ViewContext) -> Outcome {
        let code: String = text.chars().filter(char::is_ascii_alphabetic).collect();
        let text = format!("{text}{digit}");
        let was_half = self.paper.line(id).is_some_and(|line| line.typed.is_none());
        match self.paper.written(&text, id, &context.day, context.now) {
            Ok(typed) => {
                self.paper.set_typed(id, Some(typed));
                if was_half {
                    self.step(1);
                }
                self.open = Some((id, text));
                Outcome::Nothing
            }
            Err(why) => {
                // Minutes that cannot be are taken back whole: fewer digits would say other minutes.
                if let Ok(typed) = self.paper.written(&code, id, &context.day, context.now)
                    && !was_half
                {
                    self.paper.set_typed(id, Some(typed));
                    self.open = Some((id, code));
                }
                Outcome::Notice(format!("{why}."))
            }
        }
    }

    /// Whether a longer code that may stand here begins so.
    fn begins(&self, text: &str, context: &ViewContext) -> bool {
        let codes = &context.roll().codes;
        let longer = codes.rows().iter().filter(|row| row.code.as_str().len() > text.len());
        let mut longer = longer.filter(|row| row.code.as_str().starts_with(text));
        longer.any(|row| codes.check(row.code, context.day.date, self.session).is_ok())
    }

    fn save(&self, context: &ViewContext) -> Outcome {
        let by = self.by.as_ref().map_or("", |by| by.text().trim());
        if by.is_empty() {
            return Outcome::Notice("Say whose paper it is: who took the register.".to_owned());
        }
        let (by, marks) = (TakenBy::Paper(by.to_owned()), self.paper.marks());
        Outcome::Do(match self.register {
            RegisterRef::Group(group) => Act::TakeRegister(TakeRegister {
                group,
                at: SessionDate::new(context.day.date, self.session),
                by,
                marks,
            }),
            RegisterRef::Lesson(lesson) => Act::TakeLesson(TakeLesson { lesson, by, marks }),
        })
    }

    /// The keys that work in it.
    pub fn hints(&self) -> Vec<Hint> {
        let hint = |action, does: &str| self.typing.hint(action, does);
        if self.by.is_some() {
            return vec![hint(Action::Save, "save"), hint(Action::Close, "back to the marks")];
        }
        vec![
            ("letter".to_owned(), "its code".to_owned()),
            (BLANK.to_string(), "blank".to_owned()),
            self.typing.field.hint(field::Action::Backspace, "as it was"),
            hint(Action::Next, "next"),
            hint(Action::Save, "save"),
            hint(Action::Close, "keep nothing"),
        ]
    }
}
