//! How the record handles an act: write, take back, do again.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::chain::Chain;
use super::work::{Stop, Work};
use crate::domain::act::{Act, Receipt, each_act};
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;

/// What the record does with an act. No method has a default, so that a new act answers each.
pub trait Recorded {
    /// Write it, inside the caller's transaction; refused where a rule forbids it.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop>;

    /// Withdraw what it wrote; refused where something since rests on it.
    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop>;

    /// Let stand again what was withdrawn; refused where it could not be done now.
    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop>;

    /// Other pupils whose timeline it changed, and from which session on: they are settled again when it is taken back.
    fn moved(&self, work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop>;

    /// The earliest school-local date of which it can change a mark; `None` where it changes none.
    fn date(&self, connection: &Connection) -> rusqlite::Result<Option<NaiveDate>>;
}

/// What the record does with `act`.
pub fn recorded(act: &Act) -> &dyn Recorded {
    each_act!(act, act => act)
}
