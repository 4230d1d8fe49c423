//! `undo`: take back the officer's last act of today.

use chrono::NaiveTime;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::act::{Act, Refusal};

/// Take back the last act of today that this officer signed and that still stands; said again, the one before it.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let officer = desk.officer.clone();
    let midnight = desk.store.roll().school.instant(desk.today().and_time(NaiveTime::MIN));
    match desk.store.last_deed(&officer.login, midnight)? {
        Some(act) => desk.perform(&Act::Undo { act }),
        None => {
            let says = format!("{} has done nothing today that could be taken back", officer.name);
            desk.refuse(&Refusal::CannotUndo(says))
        }
    }
}
