//! Handles the global keys, which work everywhere.

use super::App;
use crate::screen::event::Request;
use crate::screen::global_keys::{Action, Means};
use crate::screen::office::Office;
use crate::screen::outcome::Outcome;

impl App {
    /// Do what a global key means.
    pub(super) fn do_global(&mut self, action: Action, requests: &mut Vec<Request>) -> Outcome {
        match action.means(self.chosen()) {
            Means::Open(ask) => Outcome::Open(ask),
            Means::NobodyChosen => Outcome::Notice("Choose a pupil first, or find one.".to_owned()),
            Means::Undo => Outcome::TakeBack,
            Means::Redo => Outcome::DoAgain,
            Means::Gate => {
                self.go_to_gate(requests);
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

    /// To another pane.
    fn go(&mut self, go: impl FnOnce(&mut Office), requests: &mut Vec<Request>) -> Outcome {
        self.close(requests);
        go(&mut self.office);
        Outcome::Nothing
    }
}
