//! The gate beside the office: going there and back. What was logged there stays in sight, and goes on being saved, while the office
//! is shown; and a gate's login has no office.

use super::{App, Status};
use crate::domain::act::Receipt;
use crate::domain::act::permission::check_record;
use crate::domain::facts::desk_presence::Place;
use crate::domain::school::staff::Role;
use crate::screen::event::{Printing, Request};
use crate::screen::gate::{GateAct, Pending as _, Saved};
use crate::screen::global_keys::Action;

/// What leaving would drop, and how to leave all the same.
pub(super) fn not_saved(unsaved: usize) -> String {
    format!("{unsaved} not saved yet. Leave all the same? Once more.")
}

impl App {
    /// Show the gate.
    pub fn open_gate(&mut self) {
        self.go_to_gate(&mut Vec::new());
    }

    /// Show the gate as it was left; what is open over the screen is closed.
    pub(super) fn go_to_gate(&mut self, requests: &mut Vec<Request>) {
        if let Err(refusal) = check_record(self.context.role, Role::Gate, "a late") {
            return self.show_refusal(&refusal);
        }
        self.back_to_today(requests);
        self.forget_unshown(requests);
        (self.open, self.beneath) = (None, Vec::new());
        self.screen = Place::Gate;
        self.forget_status();
    }

    /// Whether this login has no other screen than the gate.
    pub(super) fn is_gate_login(&self) -> bool {
        self.context.role == Role::Gate
    }

    /// Whether the gate is the screen, be something open over it or not.
    pub(in crate::screen) fn is_at_gate(&self) -> bool {
        self.screen == Place::Gate
    }

    /// Whether the gate is what handles keys.
    pub(in crate::screen) fn is_typing_at_gate(&self) -> bool {
        self.is_at_gate() && self.open.is_none()
    }

    /// Close what is open, and go back to the list that it was opened from; where nothing is open, leave the gate for the office. A
    /// gate's login never does.
    pub(super) fn close(&mut self, requests: &mut Vec<Request>) {
        self.forget_unshown(requests);
        if self.open.take().is_none() && !self.is_gate_login() {
            self.screen = Place::Office;
        }
        self.open = self.beneath.pop();
        self.with_dialog(|dialog, context| dialog.refresh(context));
    }

    /// Whether something of the gate is not saved yet.
    pub fn is_saving_at_gate(&self) -> bool {
        self.unsaved_at_gate() > 0
    }

    /// How many of the gate's acts are not saved yet.
    pub(in crate::screen) fn unsaved_at_gate(&self) -> usize {
        self.pending.unsaved()
    }

    /// Whether leaving was asked back about, as the gate has something to save: asked for again, it is not.
    pub(super) fn asks_before_leaving(&mut self) -> bool {
        let unsaved = self.unsaved_at_gate();
        let asked = Status::Hint(not_saved(unsaved));
        let asks = unsaved > 0 && self.status != asked;
        if asks {
            self.say(asked);
        }
        asks
    }

    /// Whether this global key works here: at the gate most do not.
    pub(super) fn accepts_global(&self, action: Action) -> bool {
        action.is_for_gate() || !(self.is_typing_at_gate() || self.is_gate_login())
    }

    /// What the gate makes of its act that is saved, and the slip of it to the printer.
    pub(super) fn saved_at_gate(&mut self, act: GateAct, receipt: &Receipt, requests: &mut Vec<Request>) -> Saved {
        let saved = self.gate.handle_receipt(act, receipt, &self.context);
        let command = &self.context.roll().school.late_slip;
        if let (Some(text), false) = (&saved.slip, command.trim().is_empty()) {
            requests.push(Request::Print(Printing {
                command: command.clone(),
                what: "The late slip".to_owned(),
                afterwards: "What was logged stands.",
                text: text.clone(),
            }));
        }
        saved
    }
}
