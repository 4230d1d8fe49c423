//! What the global keys do: those that work wherever you are.

use super::App;
use crate::domain::people::pupil::PupilId;
use crate::screen::event::Request;
use crate::screen::global_keys::Action;
use crate::screen::office::Pane;
use crate::screen::outcome::{Ask, Outcome};

impl App {
    /// Do what a global key means.
    pub(super) fn do_global(&mut self, action: Action, requests: &mut Vec<Request>) -> Outcome {
        let about = |ask: fn(PupilId) -> Ask, chosen: Option<PupilId>| match chosen {
            Some(pupil) => Outcome::Open(ask(pupil)),
            None => Outcome::Say("Choose a pupil first, or find one.".to_owned()),
        };
        match action {
            Action::Find => Outcome::Open(Ask::Find),
            Action::Late => Outcome::Open(Ask::Late(self.chosen())),
            Action::Inbound => Outcome::Open(Ask::Inbound(self.chosen())),
            Action::OutOrBack => Outcome::Open(Ask::Move(self.chosen())),
            Action::Call => about(Ask::Call, self.chosen()),
            Action::Mark => about(Ask::Mark, self.chosen()),
            Action::Watch => about(Ask::Watch, self.chosen()),
            Action::Checks => Outcome::Open(Ask::Checks),
            Action::Search => about(Ask::Search, self.chosen()),
            Action::Sweep => Outcome::Open(Ask::Sweep),
            Action::Step => about(Ask::Step, self.chosen()),
            Action::Ageing => Outcome::Open(Ask::Ageing),
            Action::HandOver => Outcome::Open(Ask::HandOver),
            Action::Tape => Outcome::Open(Ask::Tape),
            Action::Lists => Outcome::Open(Ask::Lists(self.chosen())),
            Action::Undo => Outcome::TakeBack,
            Action::Gate => {
                self.go_to_gate(requests);
                Outcome::Nothing
            }
            Action::Fire => Outcome::Open(Ask::Fire),
            Action::OffSite => Outcome::Open(Ask::OffSite),
            Action::Palette => Outcome::Open(Ask::Palette),
            Action::Help => Outcome::Open(Ask::Help),
            Action::Pane1 => self.go(Pane::Registers, requests),
            Action::Pane2 => self.go(Pane::Unexplained, requests),
            Action::Pane3 => self.go(Pane::Lateness, requests),
            Action::Pane4 => self.go(Pane::Watch, requests),
            Action::NextPane => self.go(self.office.focus.beside(1), requests),
            Action::PreviousPane => self.go(self.office.focus.beside(3), requests),
            Action::People => Outcome::Open(Ask::People),
            Action::Numbers => Outcome::Open(Ask::Numbers),
            Action::Redraw => {
                requests.push(Request::Redraw);
                Outcome::Nothing
            }
            Action::Blank => {
                self.blank(requests);
                Outcome::Nothing
            }
            Action::Lock => {
                self.lock(requests);
                Outcome::Nothing
            }
            Action::Quit => {
                if !self.asks_before_leaving() {
                    requests.push(Request::Quit);
                }
                Outcome::Nothing
            }
        }
    }

    /// To another pane.
    fn go(&mut self, pane: Pane, requests: &mut Vec<Request>) -> Outcome {
        self.close(requests);
        self.office.go(pane);
        Outcome::Nothing
    }
}
