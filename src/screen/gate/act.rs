//! What the gate wants done, and the queue of pending acts as far as the gate knows it.

use crate::domain::act::{Act, LogArrival, LogMovement, Undo};
use crate::domain::act_id::ActId;
use crate::domain::people::pupil::PupilId;

/// One thing that the gate wants done.
#[derive(Clone, PartialEq, Debug)]
pub enum GateAct {
    /// A pupil has come.
    Arrival(LogArrival),
    /// A pupil goes out or comes back.
    Movement(LogMovement),
    /// The last that was logged here is taken back, whichever that is when its turn comes.
    TakeBack,
    /// What was taken back last is done again.
    DoAgain,
}

impl GateAct {
    /// Who it is about.
    pub fn pupil(&self) -> Option<PupilId> {
        match self {
            GateAct::Arrival(LogArrival { pupil, .. }) | GateAct::Movement(LogMovement { pupil, .. }) => Some(*pupil),
            GateAct::TakeBack | GateAct::DoAgain => None,
        }
    }

    /// What the store is asked for; `last` is the act that can be taken back. `None` when there is none, and where the store knows it.
    pub fn act(&self, last: Option<ActId>) -> Option<Act> {
        match self.clone() {
            GateAct::Arrival(arrival) => Some(Act::LogArrival(arrival)),
            GateAct::Movement(movement) => Some(Act::LogMovement(movement)),
            GateAct::TakeBack => last.map(|act| Act::Undo(Undo { act })),
            GateAct::DoAgain => None,
        }
    }
}

/// The gate's part of the queue of pending acts: the next child is typed while the last is on the way to the disk.
pub trait Pending {
    /// Put an act at the end of the queue.
    fn push(&mut self, act: GateAct);

    /// How many of the gate's acts are not saved yet.
    fn unsaved(&self) -> usize;

    /// Whether one of them is about this pupil.
    fn is_about(&self, pupil: PupilId) -> bool;
}
