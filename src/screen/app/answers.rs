//! Handles the answer to an act: the status shows that it was done or refused, in the role's wording, and what was typed ahead is
//! handled.

use super::pending_acts::Wanted;
use super::{App, Status};
use crate::domain::act::{Receipt, Refusal, wording};
use crate::domain::day::Day;
use crate::screen::event::{Request, Ticket};
use crate::screen::outcome::Ask;

/// So much the foot of the least screen can say.
const TOLD: usize = 140;

impl App {
    /// The act with this ticket was done.
    pub(super) fn done(
        &mut self,
        ticket: Ticket,
        receipt: Receipt,
        day: Option<Box<Day>>,
        requests: &mut Vec<Request>,
    ) {
        let wanted = self.pending.answered(ticket);
        let mut next = None;
        if let Some(open) = self.open.as_mut().filter(|open| open.waits_for == Some(ticket)) {
            open.waits_for = None;
            if open.dialog.is_over(&receipt) {
                next = open.dialog.followed_by();
                self.close(requests);
            } else if let Some(act) = open.dialog.goes_on() {
                open.waits_for = Some(self.pending.push(Wanted::Office(act)));
            }
        }
        self.ask_anew(requests);
        if let Some(day) = day {
            self.news(*day, Some(&receipt));
            self.end_another_day(requests);
            self.ask_for_past(requests);
        }
        if let Some(undid) = receipt.undid {
            self.gate.set_undone(undid);
        }
        let at_gate = match wanted {
            Some(Wanted::Gate(act)) => self.saved_at_gate(act, &receipt, requests).status,
            Some(Wanted::Office(_) | Wanted::TakeBack | Wanted::DoAgain) | None => None,
        };
        let (text, but) = wording::receipt(&receipt, self.context.role);
        let is_long = but.as_ref().is_some_and(|but| text.len() + but.len() > TOLD);
        let not_done = Some(receipt.not_done).filter(|lines| is_long && !lines.is_empty());
        let but = match &not_done {
            Some(lines) => Some(format!("{} not done", lines.len())),
            None => but,
        };
        self.say(match (at_gate, but) {
            (Some(text), _) => Status::Done(text),
            (None, Some(but)) => Status::But(text, but),
            (None, None) => Status::Done(text),
        });
        if let Some(lines) = not_done {
            self.not_done = lines;
            self.open(Ask::NotDone, requests);
        } else if let Some(ask) = next {
            self.open(ask, requests);
        }
        self.landed(requests);
    }

    /// Show a refusal in the status, as far as the role may know it.
    pub(super) fn show_refusal(&mut self, refusal: &Refusal) {
        self.say(Status::Refused(wording::refusal(refusal, self.context.role).text));
    }

    /// Answer whoever wanted this act that it is refused; whether that is the gate, which shows it itself.
    pub(super) fn answer_refusal(&mut self, ticket: Ticket, refusal: &Refusal) -> bool {
        if let Some(Wanted::Gate(act)) = self.pending.answered(ticket) {
            self.gate.handle_refusal(&act, refusal, &self.context);
            self.say(Status::Quiet);
            return true;
        }
        self.show_refusal(refusal);
        if let Some(open) = self.open.as_mut().filter(|open| open.waits_for == Some(ticket)) {
            open.waits_for = None;
            let context = self.another.as_ref().map_or(&self.context, |another| &another.context);
            open.dialog.refused(refusal, context);
        }
        false
    }

    /// The store refused the act with this ticket.
    pub(super) fn refused(&mut self, ticket: Ticket, refusal: &Refusal, requests: &mut Vec<Request>) {
        let at_gate = self.answer_refusal(ticket, refusal);
        // What was typed ahead was typed on the belief that the act would do; and whoever was to leave once it is done reads first why
        // it was not.
        if !at_gate {
            self.typed_ahead.clear();
        }
        self.privacy.leaving = false;
        self.landed(requests);
    }

    /// An act has its answer: the next goes to the store, and keys typed ahead are handled.
    pub(super) fn landed(&mut self, requests: &mut Vec<Request>) {
        self.hand_over(requests);
        if self.privacy.leaving && self.pending.is_empty() {
            requests.push(Request::Quit);
        }
        self.catch_up(requests);
    }

    /// Handle the keys that were typed ahead, as far as nothing is in the way again; none behind a lock screen or a blank screen.
    pub(super) fn catch_up(&mut self, requests: &mut Vec<Request>) {
        let now = self.context.now;
        while self.pending.in_flight().is_none() && self.awaited.is_none() && self.privacy.shown.is_work() {
            let Some((key, pressed)) = self.typed_ahead.pop_front() else { break };
            self.set_now(pressed);
            self.key(key, requests);
        }
        self.set_now(now);
    }
}
