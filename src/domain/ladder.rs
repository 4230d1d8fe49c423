//! The ladder: what follows an unexplained absence, by tier, and which step is due.

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::act::ActId;
use super::name::clean;
use super::pupil::{PupilId, Tier};
use super::session::{Session, SessionTimes, minutes_after, minutes_between};

/// The most minutes anything is due after: within the school's day, so that no time of it passes midnight.
pub const LONGEST: i64 = 600;

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

/// An event on the ladder: somebody told, a visit made. Crossing a line is an event with a time and a name, not a tick.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StepTaken {
    /// The act that recorded it.
    pub act: ActId,
    /// About whom.
    pub pupil: PupilId,
    /// Which half of the day.
    pub session: Session,
    /// The step, as the ladder names it.
    pub step: String,
    /// To whom, and what was said.
    pub words: String,
    /// By whom.
    pub who: String,
    /// When, school-local.
    pub at: NaiveDateTime,
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

    /// Everything that cannot be right about the steps, each in a sentence.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (tier, steps) in
            [("vulnerable", &self.vulnerable), ("supported", &self.supported), ("standard", &self.standard)]
        {
            if steps.is_empty() {
                faults.push(format!("ladder.{tier}: at least one step is needed"));
            }
            let mut above = 0;
            for Step { step, after } in steps {
                if clean(step).is_empty() {
                    faults.push(format!("ladder.{tier}: a step needs a name"));
                }
                if !(0..=LONGEST).contains(after) {
                    let says = format!("is from 0 to {LONGEST} minutes after the register closes");
                    faults.push(format!("ladder.{tier}: step {step} {says}"));
                }
                if *after < above {
                    faults.push(format!("ladder.{tier}: step {step} comes before the one above it"));
                }
                above = *after;
            }
        }
        faults
    }

    /// The first step not yet done, at `now`. `done` is how many of the tier's steps are; after the last there is none.
    pub fn due(&self, tier: Tier, done: usize, times: &SessionTimes, now: NaiveTime) -> Option<Due> {
        let step = self.of(tier).get(done)?;
        let at = minutes_after(times.closes, step.after);
        Some(Due { step: step.step.clone(), at, minutes_left: minutes_between(now, at) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::school::School;
    use crate::domain::testing::{morning, time};

    fn due(tier: Tier, done: usize, now: &str) -> Option<(String, i64)> {
        let ladder = School::usual().unwrap().ladder;
        ladder
            .due(tier, done, &morning(), time(now))
            .map(|due| (format!("{} {}", due.step, due.at.format("%H:%M")), due.minutes_left))
    }

    #[test]
    fn each_tier_has_its_own_steps_after_close() {
        for (tier, done, step) in [
            (Tier::Vulnerable, 0, Some(("call 09:10", -20))),
            (Tier::Vulnerable, 1, Some(("tell DSL 09:40", 10))),
            (Tier::Vulnerable, 2, Some(("visit 11:00", 90))),
            (Tier::Vulnerable, 3, None),
            (Tier::Supported, 0, Some(("call 09:25", -5))),
            (Tier::Standard, 0, Some(("call 09:40", 10))),
            (Tier::Standard, 1, Some(("all contacts tried 11:00", 90))),
            (Tier::Standard, 2, None),
        ] {
            assert_eq!(due(tier, done, "09:30"), step.map(|(step, left)| (step.to_owned(), left)), "{tier:?} {done}");
        }
    }

    #[test]
    fn a_step_comes_nearer_with_the_clock_and_is_then_past() {
        let left = |now| due(Tier::Standard, 0, now).map(|(_, left)| left);
        assert_eq!((left("09:00"), left("09:40"), left("10:00")), (Some(40), Some(0), Some(-20)));
    }
}
