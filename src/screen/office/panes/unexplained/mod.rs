//! Unexplained absences: who stands at N, the most urgent first, with the chosen pupil's contacts and evidence below.

mod detail;
mod keys;
mod view;

use std::cell::OnceCell;

use ratatui::layout::Rect;

use crate::domain::absence::unexplained::{Unexplained as Row, has_untried_contact, next_call, unexplained};
use crate::domain::act::{Act, LogCall, Receipt};
use crate::domain::calendar::session::Session;
use crate::domain::people::contact::CallOutcome;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap, Pressable};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Hint, SharedTyping};
use crate::screen::widgets::list::{self, List, Several};
use crate::screen::widgets::pane::{Column, Pane, PaneName};
pub use keys::Action;
use view::Widest;

/// The pane's state.
#[derive(Debug)]
pub struct Unexplained {
    keys: Keymap<Action>,
    typing: SharedTyping,
    list: List<PupilId>,
    rows: Vec<Row>,
    /// Who is being rung, contact after contact: until the officer moves on their row stays where it is.
    rung: Option<PupilId>,
    /// The last session has ended: what was to be done by a time no longer is today.
    is_over: bool,
    /// Made at the first frame after the day was read: a list may hold hundreds.
    widest: OnceCell<Widest>,
    /// Our own desk: of others' claims the rows tell, of ours they do not.
    desk: String,
}

impl Unexplained {
    /// The pane of one desk, empty until the first day comes.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, desk: String) -> Unexplained {
        Unexplained {
            keys,
            typing,
            list: List::default(),
            rows: Vec::new(),
            rung: None,
            is_over: false,
            widest: OnceCell::new(),
            desk,
        }
    }

    /// The presence at another desk on the pupil of a row: "SM calling".
    fn claimed(&self, row: &Row) -> Option<String> {
        row.claimed(&self.desk)
    }

    /// The contact shown as next did not answer.
    fn no_answer(&self, context: &ViewContext) -> Outcome {
        let Some(row) = self.rows.iter().find(|row| Some(row.pupil) == self.list.chosen()) else {
            return Outcome::Notice("Choose a pupil first.".to_owned());
        };
        let Some((contact, phone)) = next_call(&context.day, row.pupil) else {
            return Outcome::Notice(format!(
                "{} has no contact who can be rung.",
                context.roll().name_and_group(row.pupil)
            ));
        };
        Outcome::Do(Act::LogCall(LogCall {
            pupil: row.pupil,
            contact: Some(contact.id),
            number: Some(phone.number.clone()),
            at: row.at,
            outcome: CallOutcome::NoAnswer,
            code: None,
            until: None,
            note: String::new(),
            call_back: None,
            covers: Vec::new(),
            sibling_answers: Vec::new(),
            saw: vec![(row.pupil, context.revision(row.pupil, row.at.session))],
            despite: None,
        }))
    }

    /// Whether the pupil is missing, or past their next step while the day goes on.
    fn is_urgent(&self, row: &Row) -> bool {
        row.unaware || (row.is_overdue() && !self.is_over)
    }

    /// How many of them there are.
    fn overdue(&self) -> usize {
        self.rows.iter().filter(|row| self.is_urgent(row)).count()
    }
}

impl Pane for Unexplained {
    fn name(&self) -> PaneName {
        PaneName { title: "Unexplained", tab: "Unexplained", short: "Unx" }
    }

    fn column(&self) -> Column {
        Column::Middle
    }

    fn refresh(&mut self, context: &ViewContext, own_receipt: Option<&Receipt>) {
        self.rows = unexplained(&context.day, context.session(), context.time());
        self.is_over = context.day.ended(context.time()).is_some();
        self.widest = OnceCell::new();
        let by_us = |pupil: PupilId| own_receipt.is_some_and(|receipt| receipt.pupils.contains(&pupil));
        let called = self.list.chosen().zip(own_receipt).and_then(|(chosen, receipt)| {
            context.day.calls.iter().find(|call| call.act == receipt.act && call.pupil == chosen)
        });
        let goes_on = called.is_some_and(|call| !stays(context, call.pupil, call.outcome));
        // A missing pupil goes to the top at once.
        let rung = match called {
            Some(call) => Some(call.pupil).filter(|_| call.outcome != CallOutcome::Unaware),
            None => self.rung,
        };
        self.rung = rung.filter(|rung| !goes_on && self.list.chosen() == Some(*rung));
        if let Some(from) = self.rung.and_then(|rung| self.rows.iter().position(|row| row.pupil == rung)) {
            let row = self.rows.remove(from);
            self.rows.insert(self.list.place().min(self.rows.len()), row);
        }
        let ids = self.rows.iter().map(|row| row.pupil).collect();
        if goes_on {
            self.list.refresh_and_go_on(ids);
        } else {
            self.list.refresh(ids, by_us);
        }
        self.list.unmark(by_us);
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext, list: &Keymap<list::Action>) -> Outcome {
        if let Some(Action::NoAnswer) = self.keys.get(key) {
            return match self.list.marked().len() {
                0 => self.no_answer(context),
                marked => Outcome::Notice(self.typing.is_about_one("A call", marked)),
            };
        }
        if self.list.handle_marking_key(key, &self.typing.several) {
            return Outcome::Nothing;
        }
        self.list.handle_opening_key(key, list, Ask::Card)
    }

    fn chosen(&self) -> Option<PupilId> {
        self.list.chosen()
    }

    fn can_mark(&self) -> bool {
        true
    }

    fn marked(&self) -> Vec<(PupilId, Session)> {
        let marked = self.rows.iter().filter(|row| self.list.is_marked(row.pupil));
        marked.map(|row| (row.pupil, row.at.session)).collect()
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

    fn count(&self, between: &str) -> String {
        let marked = self.list.describe_marked(&format!(" {between} "));
        let overdue = self.overdue();
        let late = if !marked.is_empty() {
            marked
        } else if overdue > 0 {
            format!(" {between} {overdue} overdue")
        } else {
            String::new()
        };
        format!("{}{late}", self.rows.len())
    }

    fn tab_mark(&self) -> String {
        let overdue = if self.overdue() > 0 { "!" } else { "" };
        format!("{overdue}{}", self.list.describe_marked(" "))
    }

    fn hints(&self) -> Vec<Hint> {
        if !self.list.marked().is_empty() {
            return vec![self.typing.several.hint(Several::MarkNone, "mark none")];
        }
        self.keys.hints(if self.chosen().is_some() { &[(Action::NoAnswer, "no answer")] } else { &[] })
    }

    fn pressable(&self) -> Vec<Pressable> {
        self.keys.pressable().into_iter().chain(self.typing.several.pressable()).collect()
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        view::draw(self, area, canvas);
    }

    fn follows_up(&self) -> bool {
        true
    }
}

/// Whether a call leaves something to do about the same pupil at once: another contact to ring, or the DSL to tell.
fn stays(context: &ViewContext, pupil: PupilId, outcome: CallOutcome) -> bool {
    match outcome {
        CallOutcome::NoAnswer | CallOutcome::WrongNumber | CallOutcome::SomeoneElse => {
            has_untried_contact(&context.day, pupil)
        }
        CallOutcome::Unaware => true,
        CallOutcome::Aware | CallOutcome::LeftMessage | CallOutcome::CallBack | CallOutcome::Refused => false,
    }
}
