//! The queue of pending acts: what the office and the gate want done, in the order in which it was asked for. The store has one of
//! them at a time; each stays in the queue until its answer has come.

use std::collections::VecDeque;

use super::{App, Status};
use crate::domain::act::permission::check_act;
use crate::domain::act::{Act, Undo};
use crate::domain::act_id::ActId;
use crate::domain::people::pupil::PupilId;
use crate::screen::event::{Request, Ticket};
use crate::screen::gate::{GateAct, Pending};

/// What is wanted, and by which screen.
#[derive(Debug)]
pub(super) enum Wanted {
    /// An act of the office.
    Office(Act),
    /// The last act of this desk is taken back; the store knows which that is.
    TakeBack,
    /// What this desk took back last is done again; the store knows which that is.
    DoAgain,
    /// An act of the gate.
    Gate(GateAct),
}

/// What is handed over to the store.
enum Handed {
    Act(Act),
    TakeBack,
    DoAgain,
}

#[derive(Debug)]
struct PendingAct {
    ticket: Ticket,
    wanted: Wanted,
}

/// The acts whose answer has not come.
#[derive(Debug, Default)]
pub(super) struct PendingActs {
    tickets: u64,
    /// What the store has.
    in_flight: Option<PendingAct>,
    /// What comes after it.
    queue: VecDeque<PendingAct>,
    /// An act of the gate was given up: the gate's are not handed over until the record moves, time passes, or one more is logged.
    gate_rests: bool,
}

impl PendingActs {
    /// Put something at the end; its answer carries the ticket.
    pub(super) fn push(&mut self, wanted: Wanted) -> Ticket {
        let ticket = self.next_ticket();
        self.queue.push_back(PendingAct { ticket, wanted });
        ticket
    }

    fn next_ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    /// What the store has, if it has something.
    pub(super) fn in_flight(&self) -> Option<Ticket> {
        self.in_flight.as_ref().map(|act| act.ticket)
    }

    /// Whether everything has its answer.
    pub(super) fn is_empty(&self) -> bool {
        self.in_flight.is_none() && self.queue.is_empty()
    }

    /// Take the next for the store, if it has none: its ticket and what is handed over. `last` is the last act that was logged at the
    /// gate; where there is none, the gate has nothing to take back.
    fn next(&mut self, last: Option<ActId>) -> Option<(Ticket, Handed)> {
        while self.in_flight.is_none() {
            let ready = |pending: &PendingAct| !(self.gate_rests && matches!(pending.wanted, Wanted::Gate(_)));
            let place = self.queue.iter().position(ready)?;
            let pending = self.queue.remove(place)?;
            let handed = match &pending.wanted {
                Wanted::Office(act) => Handed::Act(act.clone()),
                Wanted::TakeBack => Handed::TakeBack,
                Wanted::DoAgain | Wanted::Gate(GateAct::DoAgain) => Handed::DoAgain,
                Wanted::Gate(act) => match act.act(last) {
                    Some(act) => Handed::Act(act),
                    None => continue,
                },
            };
            let ticket = pending.ticket;
            self.in_flight = Some(pending);
            return Some((ticket, handed));
        }
        None
    }

    /// The answer to what the store has: what it was. `None` for any other ticket.
    pub(super) fn answered(&mut self, ticket: Ticket) -> Option<Wanted> {
        self.in_flight.take_if(|act| act.ticket == ticket).map(|act| act.wanted)
    }

    /// What the store has is given up. An act of the gate is kept, before all others, and handed over again later.
    pub(super) fn given_up(&mut self, ticket: Ticket) {
        if let Some(wanted @ Wanted::Gate(_)) = self.answered(ticket) {
            let ticket = self.next_ticket();
            self.queue.push_front(PendingAct { ticket, wanted });
            self.gate_rests = true;
        }
    }

    /// The record has moved, or time has passed: what was given up is tried once more.
    pub(super) fn try_again(&mut self) {
        self.gate_rests = false;
    }

    /// Empty the queue: nobody is there any more to hear of an answer. An undo at the gate leaves out the act that it takes back, if
    /// the record does not have that yet. `last` as in `next`.
    fn rest(&mut self, last: Option<ActId>) -> Vec<Request> {
        let mut last = last.filter(|_| !self.is_gate_in_flight());
        let mut requests = Vec::new();
        if self.takes_back_in_flight() {
            requests.extend(self.in_flight.take().map(|act| Request::GiveUp(act.ticket)));
        }
        let gave_up = !requests.is_empty();
        let (mut logged, mut taken_back) = (Vec::new(), Vec::new());
        for PendingAct { ticket, wanted } in std::mem::take(&mut self.queue) {
            match wanted {
                Wanted::Office(act) => requests.push(Request::Perform(ticket, act)),
                Wanted::TakeBack => requests.push(Request::TakeBack(ticket)),
                Wanted::DoAgain => requests.push(Request::DoAgain(ticket)),
                Wanted::Gate(GateAct::Arrival(act)) => {
                    taken_back.clear();
                    logged.push(Request::Perform(ticket, Act::LogArrival(act)));
                }
                Wanted::Gate(GateAct::Movement(act)) => {
                    taken_back.clear();
                    logged.push(Request::Perform(ticket, Act::LogMovement(act)));
                }
                Wanted::Gate(GateAct::TakeBack) => match logged.pop() {
                    Some(act) => taken_back.push(act),
                    None => {
                        requests.extend(last.take().map(|act| Request::Perform(ticket, Act::Undo(Undo { act }))));
                    }
                },
                Wanted::Gate(GateAct::DoAgain) => match taken_back.pop() {
                    Some(act) => logged.push(act),
                    // What was taken back before it was in the record is not there to be done again.
                    None if gave_up || !logged.is_empty() => {}
                    None => requests.push(Request::DoAgain(ticket)),
                },
            }
        }
        requests.extend(logged);
        requests
    }

    fn is_gate_in_flight(&self) -> bool {
        self.in_flight.as_ref().is_some_and(|act| matches!(act.wanted, Wanted::Gate(_)))
    }

    /// Whether an undo in the queue takes back what the store has.
    fn takes_back_in_flight(&self) -> bool {
        let of_gate = |act: &PendingAct| match &act.wanted {
            Wanted::Gate(act @ (GateAct::Arrival(_) | GateAct::Movement(_) | GateAct::TakeBack)) => {
                Some(act.pupil().is_some())
            }
            Wanted::Gate(GateAct::DoAgain) | Wanted::Office(_) | Wanted::TakeBack | Wanted::DoAgain => None,
        };
        let mut behind = 0_usize;
        self.in_flight.as_ref().and_then(of_gate) == Some(true)
            && self.queue.iter().filter_map(of_gate).any(|is_logged| {
                let left = if is_logged { Some(behind + 1) } else { behind.checked_sub(1) };
                behind = left.unwrap_or(0);
                left.is_none()
            })
    }

    fn of_gate(&self) -> impl Iterator<Item = &GateAct> {
        self.in_flight.iter().chain(&self.queue).filter_map(|act| match &act.wanted {
            Wanted::Gate(act) => Some(act),
            Wanted::Office(_) | Wanted::TakeBack | Wanted::DoAgain => None,
        })
    }
}

impl Pending for PendingActs {
    fn push(&mut self, act: GateAct) {
        self.gate_rests = false;
        PendingActs::push(self, Wanted::Gate(act));
    }

    fn unsaved(&self) -> usize {
        self.of_gate().count()
    }

    fn is_about(&self, pupil: PupilId) -> bool {
        self.of_gate().any(|act| act.pupil() == Some(pupil))
    }
}

impl App {
    /// Hand the store the next pending act, unless it has one. The store would refuse what the role may not do; nobody waits for a
    /// disk to learn that.
    pub(super) fn hand_over(&mut self, requests: &mut Vec<Request>) {
        while let Some((ticket, handed)) = self.pending.next(self.gate.last_logged()) {
            let allowed = match &handed {
                Handed::Act(act) => check_act(self.context.role, act, self.context.roll()),
                Handed::TakeBack | Handed::DoAgain => Ok(()),
            };
            match allowed {
                Ok(()) => {
                    self.say(Status::Saving);
                    requests.push(match handed {
                        Handed::Act(act) => Request::Perform(ticket, act),
                        Handed::TakeBack => Request::TakeBack(ticket),
                        Handed::DoAgain => Request::DoAgain(ticket),
                    });
                }
                Err(refusal) => drop(self.answer_refusal(ticket, &refusal)),
            }
        }
    }

    /// Hand over all that is pending at once: the line has dropped, or the program is told to end.
    pub(super) fn hand_over_rest(&mut self, requests: &mut Vec<Request>) {
        requests.extend(self.pending.rest(self.gate.last_logged()));
    }
}
