//! Unmarked registers: those that are missing or have blanks, and how often each was chased. Below those of the session stand those
//! of the lessons that go on.

mod keys;
mod view;

use chrono::NaiveTime;
use ratatui::layout::Rect;

use crate::domain::act::{self, Act, ChaseLesson, Receipt, Snooze};
use crate::domain::facts::register::{Chase, ChaseMethod, Register, RegisterState, put_off_until};
use crate::domain::register::register_ref::{RegisterRef, Taker};
use crate::domain::register::unmarked::{Unmarked, UnmarkedLesson, habit, unmarked, unmarked_lessons};
use crate::keys::{Key, Keymap, Pressable};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::Hint;
use crate::screen::widgets::list::{self, List};
use crate::screen::widgets::pane::{Column, Pane, PaneName};
pub use keys::Action;

/// The pane's state.
#[derive(Debug)]
pub struct Registers {
    keys: Keymap<Action>,
    list: List<RegisterRef>,
    rows: Vec<Row>,
    of: usize,
}

/// A register that is not taken.
#[derive(Clone, Debug)]
pub struct Row {
    register: RegisterRef,
    name: String,
    taker: Taker,
    state: RegisterState,
    chases: usize,
    last: Option<Chase>,
    /// Put off until then.
    until: Option<NaiveTime>,
    /// Sessions of the month in which it had to be chased, if that is a habit of its tutor's.
    habit: Option<usize>,
}

impl Row {
    /// Whether it should have been in by now, and nobody has put it off.
    fn is_urgent(&self) -> bool {
        match self.state {
            RegisterState::Overdue { .. } | RegisterState::PartMarked { .. } => self.until.is_none(),
            RegisterState::Unmarked | RegisterState::Taken => false,
        }
    }

    fn of_group(row: &Unmarked<'_>, context: &ViewContext) -> Row {
        let Register { group, session, chases, .. } = row.register;
        let (register, day) = (RegisterRef::Group(*group), &context.day);
        let taker = register.taker(day, *session);
        Row {
            register,
            name: register.name(day),
            // A cover teacher is not to blame for the tutor's habits.
            habit: habit(day, row.register).filter(|_| !taker.covers),
            taker,
            state: row.state,
            chases: chases.len(),
            last: chases.last().cloned(),
            until: row.until,
        }
    }

    fn of_lesson(row: &UnmarkedLesson<'_>) -> Row {
        Row {
            register: RegisterRef::Lesson(row.lesson.id),
            name: row.lesson.name(),
            taker: Taker::of(row.lesson),
            state: row.state,
            chases: row.lesson.chases,
            last: None,
            until: None,
            habit: None,
        }
    }
}

impl Registers {
    /// The pane, empty until the first day comes.
    pub fn new(keys: Keymap<Action>) -> Registers {
        Registers { keys, list: List::default(), rows: Vec::new(), of: 0 }
    }

    fn chosen_row(&self) -> Option<(usize, &Row)> {
        let chosen = self.list.chosen()?;
        self.rows.iter().enumerate().find(|(_, row)| row.register == chosen)
    }

    /// How many should have been in by now.
    fn overdue(&self) -> usize {
        self.rows.iter().filter(|row| row.state != RegisterState::Unmarked).count()
    }
}

impl Pane for Registers {
    fn name(&self) -> PaneName {
        PaneName { title: "Unmarked registers", tab: "Registers", short: "Reg" }
    }

    fn column(&self) -> Column {
        Column::Left
    }

    fn refresh(&mut self, context: &ViewContext, own_receipt: Option<&Receipt>) {
        let is_own = |register: RegisterRef| match register {
            RegisterRef::Group(group) => own_receipt.is_some_and(|receipt| receipt.group == Some(group)),
            RegisterRef::Lesson(lesson) => own_receipt.is_some_and(|receipt| receipt.lesson == Some(lesson)),
        };
        let (day, session) = (&context.day, context.session());
        let before = self.chosen_row().map(|(_, row)| (row.register, row.until));
        let groups = unmarked(day, session, context.time());
        let lessons = unmarked_lessons(day, context.time());
        let groups = groups.iter().map(|row| Row::of_group(row, context));
        self.rows = groups.chain(lessons.iter().map(Row::of_lesson)).collect();
        self.of = day.registers.iter().filter(|register| register.session == session).count();
        let ids = self.rows.iter().map(|row| row.register).collect();
        let until = self.chosen_row().map(|(_, row)| row.until);
        // What we put off is dealt with.
        if before.is_some_and(|(register, before)| is_own(register) && until.is_some_and(|until| until > before)) {
            self.list.refresh_and_go_on(ids);
        } else {
            self.list.refresh(ids, is_own);
        }
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext, list: &Keymap<list::Action>) -> Outcome {
        if let Some(action) = self.keys.get(key) {
            let Some(register) = self.list.chosen() else {
                return Outcome::Notice("Choose a register first.".to_owned());
            };
            return about(register, action, context);
        }
        self.list.handle_opening_key(key, list, |register| Ask::Register(register, context.session()))
    }

    fn went_on(&self) -> bool {
        self.list.went_on()
    }

    fn confirm(&mut self) {
        self.list.confirm();
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn count(&self, _between: &str) -> String {
        let lessons = self.rows.iter().filter(|row| matches!(row.register, RegisterRef::Lesson(_))).count();
        let registers = format!("{} of {}", self.rows.len() - lessons, self.of);
        if lessons == 0 { registers } else { format!("{registers} +{lessons}") }
    }

    fn tab_mark(&self) -> String {
        if self.overdue() > 0 { "!".to_owned() } else { String::new() }
    }

    fn hints(&self) -> Vec<Hint> {
        let shown = [
            (Action::Chase, "chase"),
            (Action::ChaseHow, "chase how"),
            (Action::Snooze, "put off"),
            (Action::Cover, "cover"),
        ];
        let shown = match self.list.chosen() {
            Some(RegisterRef::Group(_)) => &shown[..],
            Some(RegisterRef::Lesson(_)) => shown.split_at(2).0,
            None => &[],
        };
        self.keys.hints(shown)
    }

    fn pressable(&self) -> Vec<Pressable> {
        self.keys.pressable()
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        view::draw(self, area, canvas);
    }
}

/// What an action does about one register.
fn about(register: RegisterRef, action: Action, context: &ViewContext) -> Outcome {
    let (at, method) = (context.at(), ChaseMethod::Phone);
    match (action, register) {
        (Action::Chase, RegisterRef::Group(group)) => Outcome::Do(Act::Chase(act::Chase { group, at, method })),
        (Action::Chase, RegisterRef::Lesson(lesson)) => Outcome::Do(Act::ChaseLesson(ChaseLesson { lesson, method })),
        (Action::ChaseHow, _) => Outcome::Open(Ask::Chase(register)),
        (Action::Snooze, RegisterRef::Group(group)) => {
            Outcome::Do(Act::Snooze(Snooze { group, at, until: put_off_until(context.time()) }))
        }
        (Action::Snooze, RegisterRef::Lesson(_)) => {
            Outcome::Notice("A lesson's register is not put off: its period is soon over.".to_owned())
        }
        (Action::Cover, RegisterRef::Group(group)) => Outcome::Open(Ask::Cover(group)),
        (Action::Cover, RegisterRef::Lesson(_)) => {
            Outcome::Notice("Who takes a lesson comes with the timetable: cover is for tutor groups.".to_owned())
        }
    }
}
