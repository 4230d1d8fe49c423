//! The list the team keeps itself: whom, why, who sees to it, and when it is looked at again.

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::act_id::ActId;
use crate::domain::people::pupil::PupilId;

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

impl Watched {
    /// Whether it is to be looked at again: its review date has come, or is past.
    pub fn is_review_due(&self, today: NaiveDate) -> bool {
        self.review.is_some_and(|review| review <= today)
    }
}
