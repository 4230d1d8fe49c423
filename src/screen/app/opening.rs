//! What an open dialog needs: what came before, the day's tape, and what the other desks are told.

use super::super::dialogs::{self, Tools};
use super::super::event::Request;
use super::super::outcome::Ask;
use super::{App, Open, Status};
use crate::domain::pupil::PupilId;
use crate::domain::sitting::Place;

impl App {
    /// Open a dialog, and ask for what it shows of the past.
    pub(super) fn open(&mut self, ask: Ask, requests: &mut Vec<Request>) {
        if !self.allows(ask) {
            return;
        }
        let past = match ask {
            Ask::Card(pupil) => self.scene.day.past.get(&pupil).or_else(|| self.past.get(&pupil)),
            _ => None,
        };
        if let (Ask::Card(pupil), None) = (ask, past) {
            requests.push(Request::Recall(pupil, self.scene.day.date));
        }
        requests.extend(self.gives_out(ask).map(Request::Disclose));
        let unknown = |pupil: &PupilId| !self.past.contains_key(pupil) && !self.scene.day.past.contains_key(pupil);
        let wanted = dialogs::wanted(ask, &self.scene).into_iter().filter(unknown);
        requests.extend(wanted.map(|pupil| Request::Recall(pupil, self.scene.day.date)));
        let (keymaps, finder) = (&self.keymaps, &self.finder);
        let tools = Tools { keymaps, finder, past, pasts: &self.past, here: self.pressable_here() };
        let dialog = dialogs::open(ask, &self.scene, tools);
        self.open = Some(Open { dialog, waits_for: None });
        self.ask_for_tape(requests);
        if matches!(self.status, Status::Told(_) | Status::Refused(_) | Status::Failed(_)) {
            self.status = Status::Quiet;
        }
    }

    /// Whoever shows the tape is given it as it is now.
    pub(super) fn ask_for_tape(&self, requests: &mut Vec<Request>) {
        if self.open.as_ref().is_some_and(|open| open.dialog.follows_tape()) {
            requests.push(Request::Tape(self.scene.day.date));
        }
    }

    /// Tell the other desks where we sit and whom we are on: when that changes, and again each minute while it does not.
    pub(super) fn sit(&mut self, renews: bool, requests: &mut Vec<Request>) {
        let dialog = self.open.as_ref().map(|open| &open.dialog);
        let sitting = dialog.map_or((Place::Office, None), |dialog| (dialog.place(), dialog.claims()));
        if sitting != self.sitting || renews {
            self.sitting = sitting;
            requests.push(Request::Sit(sitting.0, sitting.1));
        }
    }
}
