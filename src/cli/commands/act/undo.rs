//! `undo`: take back the officer's last act of today, or an act by its number in the day log.

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::act::{Act, Refusal, Undo};
use crate::domain::act_id::ActId;

/// Take back the last act of today at this desk; said again, the one before it; or one by its number on the tape
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Its number, as “tape --json” and “history” give it
    pub act: Option<i64>,
}

/// Take back the act that is named, else the last act of today that this login signed at this desk and that still stands: said
/// again, the one before it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let officer = desk.officer.clone();
    let act = match args.act {
        Some(act) => Some(ActId(act)),
        None => desk.store.last_act(&officer, desk.midnight())?,
    };
    match act {
        Some(act) => desk.perform(&Act::Undo(Undo { act })),
        None => desk.refuse(&Refusal::nothing_done(&officer)),
    }
}
