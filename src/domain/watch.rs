//! The watch list: pupils the team keeps an eye on.

use chrono::{NaiveDate, NaiveDateTime};

use super::act::ActId;
use super::pupil::PupilId;

/// One pupil being watched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watched {
    /// The act that put the pupil there.
    pub act: ActId,
    /// Who is watched.
    pub pupil: PupilId,
    /// Why.
    pub reason: String,
    /// Last day of it, if it ends by itself.
    pub until: Option<NaiveDate>,
    /// Who sees to it.
    pub owner: String,
    /// The date it is looked at again.
    pub review: Option<NaiveDate>,
    /// Who asked for it.
    pub who: String,
    /// School-local.
    pub at: NaiveDateTime,
}
