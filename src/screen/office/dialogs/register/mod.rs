//! A register, pupil by pupil: read, with those without a mark first, each with today's marks and why; or typed from its teacher's
//! paper.

pub mod of_day;
mod paper;
mod view;

use ratatui::layout::{Position, Rect};

use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::PupilId;
use crate::domain::register::register_ref::RegisterRef;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::field;
use crate::screen::widgets::list::{self, List};
use crate::screen::widgets::reading;
use crate::screen::widgets::sheet::Sheet;
use paper::{Handled, PaperForm};
use view::Row;

crate::actions! {
    /// What keys mean in a register that is read. The house's keys act on the chosen pupil.
    pub Action in "register" {
        Paper "paper" "type it from the teacher's paper";
        Mark "mark" "enter or amend the chosen pupil's mark of this session";
    }
}

/// A register, pupil by pupil.
pub struct RegisterCard {
    typing: SharedTyping,
    keys: Keymap<Action>,
    reading: Keymap<reading::Action>,
    register: RegisterRef,
    /// The one it was opened in, though the clock may turn to the next.
    session: Session,
    list: List<PupilId>,
    /// Whoever stands in it, in the order in which they stood when it was opened: an amended mark moves nobody.
    rows: Vec<Row>,
    /// While it is typed from paper.
    paper: Option<PaperForm>,
    /// It was typed from the first: closing the paper closes the register.
    typed_only: bool,
    /// It is of another day than today.
    is_read_only: bool,
}

impl RegisterCard {
    /// Of a tutor group in a session, or of a lesson, to be read.
    pub fn read(
        typing: SharedTyping,
        (keys, reading): (Keymap<Action>, Keymap<reading::Action>),
        (register, session): (RegisterRef, Session),
        context: &ViewContext,
    ) -> RegisterCard {
        let (list, rows) = (List::default(), Vec::new());
        let (paper, typed_only, is_read_only) = (None, false, !context.is_today());
        let mut card =
            RegisterCard { typing, keys, reading, register, session, list, rows, paper, typed_only, is_read_only };
        card.refresh(context);
        card
    }

    /// The same, but one that nobody has taken is for typing.
    pub fn new(
        typing: SharedTyping,
        keys: (Keymap<Action>, Keymap<reading::Action>),
        register: (RegisterRef, Session),
        context: &ViewContext,
    ) -> RegisterCard {
        let mut card = RegisterCard::read(typing, keys, register, context);
        if !card.is_read_only && card.is_untouched(context) && card.has_begun(context) {
            card.begin(context);
            card.typed_only = true;
        }
        card
    }

    fn begin(&mut self, context: &ViewContext) {
        self.paper = Some(PaperForm::new(self.typing.clone(), self.register, self.session, context));
    }

    /// Whether nobody has taken it, not even in part.
    fn is_untouched(&self, context: &ViewContext) -> bool {
        match self.register {
            RegisterRef::Group(group) => {
                context.day.register(group, self.session).is_some_and(|register| register.taken.is_none())
            }
            RegisterRef::Lesson(id) => {
                !context.day.lesson_marks.iter().any(|one| one.lesson == id && one.mark.is_some())
            }
        }
    }

    /// Whether a key turns to the day's other session: of another day both are read.
    fn turns(&self, key: Key) -> bool {
        matches!(self.register, RegisterRef::Group(_))
            && matches!(self.typing.field.get(key), Some(field::Action::Left | field::Action::Right))
    }

    fn turn(&mut self, context: &ViewContext) -> Outcome {
        let other = context.day.sessions().iter().copied().find(|session| *session != self.session);
        self.session = other.unwrap_or(self.session);
        self.rows.clear();
        self.refresh(context);
        Outcome::Nothing
    }

    fn has_begun(&self, context: &ViewContext) -> bool {
        let day = &context.day;
        let opens = day.session_times(self.session).map(|times| times.opens);
        let starts = match self.register {
            RegisterRef::Group(_) => opens,
            // Of a period without times nobody knows when it begins.
            RegisterRef::Lesson(id) => {
                day.lesson(id).and_then(|one| day.period_of(one)).map(|one| one.starts).or(opens)
            }
        };
        opens.is_some() && starts.is_some_and(|starts| context.time() >= starts)
    }

    /// What has not begun: "AM", or "P2 8KM Maths".
    fn called(&self, context: &ViewContext) -> String {
        match self.register {
            RegisterRef::Group(_) => self.session.to_string(),
            RegisterRef::Lesson(_) => self.register.name(&context.day),
        }
    }
}

impl Dialog for RegisterCard {
    fn title(&self, context: &ViewContext) -> String {
        let title = view::title(self.register, self.session, context);
        if self.paper.is_some() { format!("{title}: from paper") } else { title }
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        match &self.paper {
            Some(paper) => paper.size(),
            None => (view::WIDTH, u16::try_from(self.list.len() + 1).unwrap_or(u16::MAX).max(4)),
        }
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(paper) = &mut self.paper {
            return match paper.handle_key(key, context) {
                Handled::Outcome(outcome) => outcome,
                Handled::Left if self.typed_only => Outcome::Close,
                Handled::Left => {
                    self.paper = None;
                    Outcome::Nothing
                }
            };
        }
        if self.is_read_only && self.turns(key) {
            return self.turn(context);
        }
        match (self.keys.get(key), self.list.chosen()) {
            (Some(Action::Paper), _) if self.is_read_only => {
                let text = "A register of another day is only read: put its marks right one by one.";
                return Outcome::Notice(text.to_owned());
            }
            (Some(Action::Paper), _) if !self.has_begun(context) => {
                let called = self.called(context);
                return Outcome::Notice(format!("{called} has not begun: nobody can have taken its register."));
            }
            (Some(Action::Paper), _) => {
                self.begin(context);
                return Outcome::Nothing;
            }
            (Some(Action::Mark), Some(pupil)) => return Outcome::Open(Ask::MarkIn(pupil, self.session)),
            (Some(Action::Mark), None) => return Outcome::Notice("Choose a pupil first.".to_owned()),
            (None, _) => {}
        }
        if self.reading.get(key) == Some(reading::Action::Close) {
            return Outcome::Close;
        }
        self.list.handle_opening_key(key, &self.typing.list, Ask::Card)
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        if let Some(paper) = &mut self.paper {
            paper.paste(text);
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        let stood: Vec<PupilId> = self.rows.iter().map(|row| row.pupil).collect();
        let members = self.register.members(&context.day).into_iter();
        self.rows = members.map(|id| Row::of(id, self.register, self.session, context)).collect();
        let place = |row: &Row| stood.iter().position(|id| *id == row.pupil).unwrap_or(stood.len());
        self.rows.sort_by_key(|row| (place(row), row.mark.is_some()));
        self.list.refresh(self.rows.iter().map(|row| row.pupil).collect(), |_| false);
        if let Some(paper) = &mut self.paper {
            paper.refresh(context);
        }
    }

    fn is_returned_to(&self) -> bool {
        true
    }

    fn pupil(&self) -> Option<PupilId> {
        self.list.chosen().filter(|_| self.paper.is_none())
    }

    fn accepts_global_keys(&self) -> bool {
        self.paper.is_none()
    }

    fn sheet(&self) -> Option<Sheet> {
        (self.paper.is_none()).then(|| Sheet::of(None, "register"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        match &self.paper {
            Some(paper) => paper.draw(area, canvas),
            None => {
                view::draw(&self.list, &self.rows, (self.register, self.session), area, canvas);
                None
            }
        }
    }

    fn hints(&self) -> Vec<Hint> {
        if let Some(paper) = &self.paper {
            return paper.hints();
        }
        let card = self.typing.list.hint(list::Action::Open, "the card");
        let mark = self.keys.hint(Action::Mark, "mark");
        let close = self.reading.hint(reading::Action::Close, "close");
        if self.is_read_only {
            let key = |action| self.typing.field.first_key(action).unwrap_or_default();
            let turn = format!("{} {}", key(field::Action::Left), key(field::Action::Right));
            return vec![card, mark, (turn, "AM or PM".to_owned()), close];
        }
        vec![card, mark, self.keys.hint(Action::Paper, "from paper"), close]
    }
}
