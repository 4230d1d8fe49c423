//! What a room returns after a key.

use chrono::NaiveDate;

pub use super::global_keys::Ask;
use crate::domain::act::Act;
use crate::domain::act::disclosure::Disclosure;
use crate::keys::Key;

/// What a room returns after it has handled a key.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// Not a key of this room: it may be a global key.
    Ignored,
    /// Handled; nothing further to do.
    Nothing,
    /// Open a dialog.
    Open(Ask),
    /// Show this date, today or another.
    ShowDay(NaiveDate),
    /// Do this to the record.
    Do(Act),
    /// Take back the last act of today that this login did at this desk and that stands; again, the one before it.
    TakeBack,
    /// Do again what was taken back last; again, what was taken back before that.
    DoAgain,
    /// Record this disclosure, then show what it covers.
    Disclose(Disclosure),
    /// Record this disclosure, then copy this number to the officer's own machine.
    Copy(Disclosure, String),
    /// Show the officer a hint.
    Notice(String),
    /// Close this dialog, then handle this key as if it had been pressed.
    Press(Key),
    /// Close this dialog.
    Close,
}
