//! The act at the end of a chain of undos.

use rusqlite::Connection;

use super::work::{Stop, Work};
use crate::domain::act::Undid;
use crate::domain::act_id::ActId;
use crate::store::journal;
use crate::store::tables::{evidence, facts};

/// The act at the bottom of an undo, and which way it goes.
#[derive(Clone, Copy)]
pub struct Chain {
    /// The act being undone.
    pub target: ActId,
    /// The number of the act at the bottom.
    pub first: ActId,
    /// The act being undone did the act, or did it again.
    pub did: bool,
}

impl Chain {
    /// That of undoing `target`.
    pub fn of(connection: &Connection, target: ActId) -> rusqlite::Result<Chain> {
        let (mut first, mut did) = (target, true);
        while let Some(undone) = journal::undoes(connection, first)? {
            (first, did) = (undone, !did);
        }
        Ok(Chain { target, first, did })
    }

    /// What undoing does to the act at the bottom.
    pub fn undid(self) -> Undid {
        Undid { act: self.first, stands: !self.did }
    }

    /// Withdraw the evidence and the facts that the act recorded.
    pub fn withdraw(self, work: &Work<'_>) -> Result<(), Stop> {
        evidence::withdraw(work.connection, self.first, work.act)?;
        Ok(facts::withdraw(work.connection, self.first, work.act)?)
    }

    /// Let the evidence and the facts stand again that the act being undone withdrew.
    pub fn restore(self, work: &Work<'_>) -> Result<(), Stop> {
        evidence::restore(work.connection, self.target)?;
        Ok(facts::restore(work.connection, self.first, self.target)?)
    }
}
