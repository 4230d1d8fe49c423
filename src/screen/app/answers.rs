//! What becomes of an act: it was done or refused, which is said as far as whoever sits here is told of it, and what was typed
//! meanwhile is heard.

use super::{App, Status, gate};
use crate::domain::act::{Receipt, Refusal, told};
use crate::domain::day::Day;
use crate::screen::event::{Request, Ticket};
use crate::screen::widgets::dialog::Told;

impl App {
    /// The act with this ticket was done.
    pub(super) fn done(
        &mut self,
        ticket: Ticket,
        receipt: Receipt,
        day: Option<Box<Day>>,
        requests: &mut Vec<Request>,
    ) {
        let (mut next, mut told) = (None, Told::default());
        let at_gate = self.gate.is_waiting_for(self.open.as_ref(), ticket);
        if let Some(open) = gate::waiting(&mut self.open, &mut self.gate, ticket) {
            open.waits_for = None;
            if open.dialog.is_over(&receipt) {
                next = open.dialog.followed_by();
                self.close(requests);
            }
        }
        self.ask_for_tape(requests);
        self.has_done = true;
        if let Some(day) = day {
            self.news(*day, Some(&receipt));
            self.ask_for_past(requests);
        }
        if at_gate {
            told = self.landed_at_gate(&receipt, requests);
        }
        let (says, but) = told::receipt(&receipt, self.context.role);
        self.status = match (told.says, but) {
            (Some(says), _) => Status::Done(says),
            (None, Some(but)) => Status::But(says, but),
            (None, None) => Status::Done(says),
        };
        if let Some(ask) = next {
            self.open(ask, requests);
        }
        self.landed(ticket, requests);
    }

    /// Say a refusal, as far as whoever sits here is told of it.
    pub(super) fn says_refused(&mut self, refusal: &Refusal) {
        self.status = Status::Refused(told::refusal(refusal, self.context.role).says);
    }

    /// The act with this ticket was refused.
    pub(super) fn refused(&mut self, ticket: Ticket, refusal: &Refusal, requests: &mut Vec<Request>) {
        self.says_refused(refusal);
        let at_gate = self.gate.is_waiting_for(self.open.as_ref(), ticket);
        if let Some(open) = gate::waiting(&mut self.open, &mut self.gate, ticket) {
            open.waits_for = None;
            open.dialog.refused(refusal, &self.context);
            if open.dialog.types_ahead() {
                self.status = Status::Quiet;
            }
        }
        // What was typed ahead was typed on the belief that the act would do; and whoever was to leave once it is done reads first why
        // it was not.
        if !at_gate {
            self.held.clear();
        }
        self.privacy.leaving = false;
        self.landed(ticket, requests);
    }

    /// The act with this ticket has its answer: keys held meanwhile are heard now.
    pub(super) fn landed(&mut self, ticket: Ticket, requests: &mut Vec<Request>) {
        if self.in_flight == Some(ticket) {
            self.in_flight = None;
        }
        if self.privacy.leaving && self.in_flight.is_none() && self.unsaved_at_gate() == 0 {
            requests.push(Request::Quit);
        }
        self.catch_up(requests);
    }

    /// Hear the keys that were held, as far as nothing is in the way again; none behind a curtain.
    pub(super) fn catch_up(&mut self, requests: &mut Vec<Request>) {
        let now = self.context.now;
        while self.in_flight.is_none() && self.privacy.curtain.is_open() {
            let Some((key, pressed)) = self.held.pop_front() else { break };
            self.context.now = pressed;
            self.key(key, requests);
        }
        self.context.now = now;
    }
}
