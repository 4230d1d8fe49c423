//! `redo`: do again what was taken back last.

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::act::{Act, Refusal, Undo};

/// Do again the last that this login took back at this desk today, if it has done nothing else there since.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let officer = desk.officer.clone();
    match desk.store.last_taken_back(&officer, desk.midnight())? {
        Some(act) => desk.perform(&Act::Undo(Undo { act })),
        None => desk.refuse(&Refusal::nothing_taken_back(&officer)),
    }
}
