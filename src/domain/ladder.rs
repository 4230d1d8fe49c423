//! The ladder: what follows an unexplained absence, by tier, and which step is due.

use chrono::{NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::pupil::Tier;
use super::session::{SessionTimes, minutes_between};

/// One step, so many minutes after the register closes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// "call".
    pub step: String,
    /// Minutes after close.
    pub after: i64,
}

/// The steps of each tier, in order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// Pupils known to social care.
    pub vulnerable: Vec<Step>,
    /// Pupils with a plan or a duty of care.
    pub supported: Vec<Step>,
    /// Everyone else.
    pub standard: Vec<Step>,
}

/// The step a pupil has come to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
    /// "call".
    pub step: String,
    /// When it falls due, school-local.
    pub at: NaiveTime,
    /// Minutes until then; negative when it is past.
    pub minutes_left: i64,
}

impl Ladder {
    /// The steps of a tier.
    pub fn of(&self, tier: Tier) -> &[Step] {
        match tier {
            Tier::Vulnerable => &self.vulnerable,
            Tier::Supported => &self.supported,
            Tier::Standard => &self.standard,
        }
    }

    /// The first step not yet done, at `now`. `done` is how many of the tier's steps are; after the last there is none.
    pub fn due(&self, tier: Tier, done: usize, times: &SessionTimes, now: NaiveTime) -> Option<Due> {
        let step = self.of(tier).get(done)?;
        let at = times.closes.overflowing_add_signed(TimeDelta::minutes(step.after)).0;
        Some(Due { step: step.step.clone(), at, minutes_left: minutes_between(now, at) })
    }
}
