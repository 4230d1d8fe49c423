//! The gate among the rooms: it is kept while something else is open over it and while the panes are, for what was logged there stays
//! in sight; and a gate's login has no other room.

use std::mem::take;

use super::{App, Open, Status};
use crate::domain::act::permission::may_act;
use crate::domain::act::{Act, Receipt};
use crate::domain::facts::desk_presence::Place;
use crate::domain::school::staff::Role;
use crate::screen::event::{Request, Slip, Ticket};
use crate::screen::house::Action;
use crate::screen::outcome::Ask;
use crate::screen::widgets::dialog::Told;

/// The gate while it is not the one that is open.
#[derive(Default)]
pub(super) struct Kept {
    open: Option<Open>,
    /// It comes back when what is open over it closes.
    beneath: bool,
}

impl Kept {
    /// The gate, if it is put by.
    pub(super) fn put_by(&mut self) -> Option<&mut Open> {
        self.open.as_mut()
    }

    /// Whether it is the gate that waits for this act, open or put by.
    pub(super) fn is_waiting_for(&self, open: Option<&Open>, ticket: Ticket) -> bool {
        let mut gates = self.open.iter().chain(open.filter(|open| is_gate(open)));
        gates.any(|gate| gate.waits_for == Some(ticket))
    }
}

/// Whoever waits for this act.
pub(super) fn waiting<'a>(open: &'a mut Option<Open>, kept: &'a mut Kept, ticket: Ticket) -> Option<&'a mut Open> {
    open.iter_mut().chain(kept.put_by()).find(|open| open.waits_for == Some(ticket))
}

fn is_gate(open: &Open) -> bool {
    open.dialog.place() == Place::Gate
}

/// What leaving would drop, and how to leave all the same.
pub(super) fn not_saved(unsaved: usize) -> String {
    format!("{unsaved} not saved yet. Leave all the same? Once more.")
}

impl App {
    /// Open the gate.
    pub fn open_gate(&mut self) {
        self.open(Ask::Gate, &mut Vec::new());
    }

    /// Whether whoever sits here is only ever at the gate.
    pub(super) fn is_gate_login(&self) -> bool {
        self.context.role == Role::Gate
    }

    /// Whether what is open stands over the gate.
    pub(in crate::screen) fn is_over_gate(&self) -> bool {
        self.gate.beneath
    }

    /// Close what is open; the gate comes back from beneath it. A gate's login never closes the gate.
    pub(super) fn close(&mut self, requests: &mut Vec<Request>) {
        self.forget_unshown(requests);
        match self.open.take() {
            Some(open) if is_gate(&open) && self.is_gate_login() => self.open = Some(open),
            Some(open) if is_gate(&open) => self.gate.open = Some(open),
            _ if take(&mut self.gate.beneath) => self.open = self.gate.open.take(),
            _ => {}
        }
    }

    /// Keep the gate beneath what is opened; or, asked for the gate that is kept, open it again: then that is all.
    pub(super) fn put_gate_by(&mut self, ask: Ask) -> bool {
        if self.open.as_ref().is_some_and(is_gate) {
            self.gate = Kept { open: self.open.take(), beneath: true };
        }
        let again = ask == Ask::Gate && self.gate.open.is_some();
        if again {
            self.open = self.gate.open.take();
            self.gate.beneath = false;
        }
        again
    }

    /// Ask for all that the gate has still to save: the line has dropped, or the program is told to end.
    pub(super) fn do_rest_of_gate(&mut self, requests: &mut Vec<Request>) {
        let gates = self.open.iter_mut().filter(|open| is_gate(open)).chain(self.gate.open.as_mut());
        let mut rest: Vec<Act> = Vec::new();
        for gate in gates {
            // What was taken back is not tried again.
            let taken_back = gate.waits_for.filter(|_| gate.dialog.takes_back_asked());
            requests.extend(taken_back.map(Request::GiveUp));
            rest.extend(gate.dialog.rest());
        }
        for act in rest {
            if may_act(self.context.role, &act, self.context.roll()).is_ok() {
                self.ask_for(act, requests);
            }
        }
    }

    /// Whether something of the gate is not saved yet.
    pub fn is_saving_at_gate(&self) -> bool {
        self.unsaved_at_gate() > 0
    }

    /// How many of the gate, open or put by, are not saved yet.
    pub(super) fn unsaved_at_gate(&self) -> usize {
        let gates = self.open.iter().filter(|open| is_gate(open)).chain(&self.gate.open);
        gates.map(|gate| gate.dialog.unsaved()).sum()
    }

    /// Whether leaving was asked back about, as the gate has something to save: asked for again, it is not.
    pub(super) fn asks_before_leaving(&mut self) -> bool {
        let unsaved = self.unsaved_at_gate();
        let asked = Status::Told(not_saved(unsaved));
        let asks = unsaved > 0 && self.status != asked;
        if asks {
            self.status = asked;
        }
        asks
    }

    /// Whether the house hears this here.
    pub(super) fn hears_here(&mut self, action: Action) -> bool {
        let at_gate = self.open.as_ref().is_some_and(is_gate) || self.is_gate_login();
        if at_gate && !action.is_for_gate() {
            return false;
        }
        action != Action::Quit || !self.asks_before_leaving()
    }

    /// Ask for what the gate wants done next, one act after another, wherever it is.
    pub(super) fn do_next_of_gate(&mut self, requests: &mut Vec<Request>) {
        while self.in_flight.is_none() {
            let mut gates = self.open.iter_mut().filter(|open| is_gate(open)).chain(self.gate.open.as_mut());
            let Some(act) = gates.next().and_then(|gate| gate.dialog.next_act(&self.context)) else { return };
            let allowed = may_act(self.context.role, &act, self.context.roll());
            let ticket = allowed.as_ref().ok().map(|()| self.ask_for(act, requests));
            let mut gates = self.open.iter_mut().filter(|open| is_gate(open)).chain(self.gate.open.as_mut());
            let Some(gate) = gates.next() else { return };
            gate.waits_for = ticket;
            if let Err(refusal) = allowed {
                gate.dialog.refused(&refusal, &self.context);
            }
        }
    }

    /// What the gate makes of its act that is done, and the slip of it to the printer.
    pub(super) fn landed_at_gate(&mut self, receipt: &Receipt, requests: &mut Vec<Request>) -> Told {
        let mut gates = self.open.iter_mut().filter(|open| is_gate(open)).chain(self.gate.open.as_mut());
        let told = gates.next().map(|gate| gate.dialog.landed(receipt, &self.context)).unwrap_or_default();
        let command = &self.context.roll().school.late_slip;
        if let (Some(text), false) = (&told.slip, command.trim().is_empty()) {
            requests.push(Request::Print(Slip { command: command.clone(), text: text.clone() }));
        }
        told
    }
}
