//! Handles the global keys, which work everywhere.

use super::App;
use crate::domain::calendar::session::Session;
use crate::screen::event::Request;
use crate::screen::global_keys::{Action, Means};
use crate::screen::office::Office;
use crate::screen::outcome::{Ask, Outcome};

impl App {
    /// Do what a global key means.
    pub(super) fn do_global(&mut self, action: Action, requests: &mut Vec<Request>) -> Outcome {
        if let Some(outcome) = self.about_marked(action) {
            return outcome;
        }
        match action.means(self.chosen()) {
            Means::Open(Ask::Mark(pupil)) => Outcome::Open(match self.chosen_session() {
                Some(session) => Ask::MarkIn(pupil, session),
                None => Ask::Mark(pupil),
            }),
            Means::Open(ask) => Outcome::Open(ask),
            Means::NobodyChosen => Outcome::Notice("Choose a pupil first, or find one.".to_owned()),
            Means::Undo => Outcome::TakeBack,
            Means::Redo => Outcome::DoAgain,
            Means::Gate => {
                self.go_to_gate(requests);
                Outcome::Nothing
            }
            Means::Beside(side) => {
                self.go_beside(side, requests);
                Outcome::Nothing
            }
            Means::Today => {
                self.back_to_today(requests);
                Outcome::Nothing
            }
            Means::Pane(place) => self.go(|office| office.go(place), requests),
            Means::NextPane => self.go(Office::go_on, requests),
            Means::PreviousPane => self.go(Office::go_back, requests),
            Means::FullSize => self.go(Office::switch_full_size, requests),
            Means::Redraw => {
                requests.push(Request::Redraw);
                Outcome::Nothing
            }
            Means::Blank => {
                self.blank(requests);
                Outcome::Nothing
            }
            Means::Lock => {
                self.lock(requests);
                Outcome::Nothing
            }
            Means::Quit => {
                if !self.asks_before_leaving() {
                    requests.push(Request::Quit);
                }
                Outcome::Nothing
            }
        }
    }

    /// What a key means that is about the chosen pupil, where rows are marked: about all of them, or about one alone.
    fn about_marked(&self, action: Action) -> Option<Outcome> {
        let one = |what, marked| Outcome::Notice(self.keymaps.office.typing.is_about_one(what, marked));
        // A dialog has keys of its own for what is about all of them, and the rows of another day are none of today's.
        let is_today = self.open.is_none() && self.another.is_none();
        let of_pane = if is_today { self.office.marked() } else { Vec::new() };
        let marked = self.open.as_ref().map_or(of_pane.len(), |open| open.dialog.marked());
        if marked == 0 {
            return None;
        }
        match action {
            Action::Mark if !of_pane.is_empty() => Some(Outcome::Open(Ask::MarkMarked)),
            Action::Step if self.office.focused().is_some_and(|pane| pane.follows_up()) => match of_pane.as_slice() {
                [] => Some(one("A step", marked)),
                [(_, first), rest @ ..] if rest.iter().all(|(_, session)| session == first) => {
                    Some(Outcome::Open(Ask::StepMarked))
                }
                _ => Some(Outcome::Notice("A step is about one session: mark rows of AM, or of PM.".to_owned())),
            },
            Action::Step => Some(one("A step", marked)),
            Action::Call => Some(one("A call", marked)),
            // A message names its siblings itself.
            Action::Inbound => Some(one("A message, siblings apart,", marked)),
            _ => None,
        }
    }

    /// The session that the chosen row of the pane is about, where no dialog is open.
    fn chosen_session(&self) -> Option<Session> {
        let pane = self.shown_office().focused().filter(|_| self.open.is_none() && !self.is_at_gate())?;
        pane.chosen_session()
    }

    /// To another pane.
    fn go(&mut self, go: impl FnOnce(&mut Office), requests: &mut Vec<Request>) -> Outcome {
        self.close(requests);
        go(self.shown_office_mut());
        Outcome::Nothing
    }
}
