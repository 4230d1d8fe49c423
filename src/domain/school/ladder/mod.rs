//! The ladder: what follows an unexplained absence, by tier, and which step is due.

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, minutes_after, minutes_between, some_hour_minute};
use crate::domain::facts::step_kind::StepKind;
use crate::domain::name::clean;
use crate::domain::people::pupil::{Flag, Flags, PupilId, Tier};

/// The most minutes anything is due after: within the school's day, so that no time of it passes midnight.
pub const LONGEST: i64 = 600;

/// From here on a day of an absence is one that no school year has.
const LAST_DAY: usize = 201;

/// The name by which older files call the step that every contact's having been tried does: it says so without `done-by`.
const CONTACTS: &str = "all contacts tried";

/// One step, so many minutes after the register closes, or at a time of day.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// "call".
    pub step: String,
    /// Minutes after close; in `unaware`, after the call in which the parent did not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
    /// The time of day, in place of `after`; never before the register closes.
    #[serde(default, with = "some_hour_minute", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub at: Option<NaiveTime>,
    /// Asked for only from this day of an absence on: 3 is the third.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<usize>,
    /// Asked for only of pupils with one of these flags; none: of every pupil of the tier.
    #[serde(default, rename = "for", skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// What does it, where its name does not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_by: Option<DoneBy>,
}

/// What does a step.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DoneBy {
    /// Any call.
    Call,
    /// Every contact who can be rung has been tried today.
    Contacts,
    /// Somebody records that it was done.
    Event,
}

/// The steps of each tier, in order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// Pupils known to social care.
    pub vulnerable: Vec<Step>,
    /// Pupils with a plan or a duty of care.
    pub supported: Vec<Step>,
    /// Pupils with free school meals or pupil premium; as `standard` in files that say nothing of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disadvantaged: Vec<Step>,
    /// Everyone else.
    pub standard: Vec<Step>,
    /// Pupils of any tier whose parent did not know: nobody knows where they are.
    #[serde(default = "missing")]
    pub unaware: Vec<Step>,
}

/// The step a pupil has come to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
    /// "call".
    pub step: String,
    /// What does it.
    pub by: DoneBy,
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
    /// The step.
    pub step: StepKind,
    /// To whom, and what was said.
    pub words: String,
    /// By whom.
    pub who: String,
    /// When, school-local.
    pub at: NaiveDateTime,
}

impl StepTaken {
    /// "09:41 tell DSL, Ms Grey, by S Marsh".
    pub fn describe(&self) -> String {
        let words = if self.words.is_empty() { String::new() } else { format!(", {}", self.words) };
        format!("{} {}{words}, by {}", self.at.format("%H:%M"), self.step, self.who)
    }
}

/// What follows a parent who did not know, for files whose settings say nothing of it.
fn missing() -> Vec<Step> {
    vec![Step::after("tell DSL", 0), Step::after("search site", 0), Step::after("police", 30)]
}

impl Step {
    /// A step so many minutes after close.
    pub fn after(step: &str, minutes: i64) -> Step {
        Step { step: step.to_owned(), after: Some(minutes), ..Step::default() }
    }

    /// What does it: as written, or as its name says.
    pub fn done_by(&self) -> DoneBy {
        self.done_by.unwrap_or(match self.step.as_str() {
            "call" => DoneBy::Call,
            CONTACTS => DoneBy::Contacts,
            _ => DoneBy::Event,
        })
    }

    /// Whom it tells: "DSL" of "tell DSL". A record of such a step names who was told.
    pub fn tells(&self) -> Option<&str> {
        self.step.strip_prefix("tell ")
    }

    /// When it falls due, counted `from` the close of the register or the call.
    pub fn due_at(&self, from: NaiveTime) -> NaiveTime {
        match self.at {
            Some(at) => at.max(from),
            None => minutes_after(from, self.after.unwrap_or_default()),
        }
    }

    /// Whether it is asked for of a pupil with these flags.
    pub fn is_for(&self, flags: Flags) -> bool {
        self.flags.is_empty() || self.flags.iter().any(|flag| flags.has(*flag))
    }

    /// Whether it is asked for on this day of an absence, from 1.
    pub fn is_asked_on(&self, day: usize) -> bool {
        self.day.is_none_or(|first| first <= day)
    }

    /// What cannot be right about it alone.
    fn faults(&self) -> Vec<String> {
        let name = clean(&self.step);
        let mut faults = Vec::new();
        if name.is_empty() {
            faults.push("a step needs a name".to_owned());
        }
        match (self.after, self.at) {
            (None, None) => faults.push(format!("step {name} says neither `after` nor `at`")),
            (Some(_), Some(_)) => faults.push(format!("step {name} says both `after` and `at`: one of the two")),
            (Some(after), None) if !(0..=LONGEST).contains(&after) => {
                faults.push(format!("step {name} is from 0 to {LONGEST} minutes after the register closes"));
            }
            _ => {}
        }
        match self.day {
            Some(0) => faults.push(format!("step {name}: the first day of an absence is day 1")),
            Some(LAST_DAY..) => {
                faults.push(format!("step {name} is for a day from 1 to {}: a school year has no more", LAST_DAY - 1));
            }
            Some(_) | None => {}
        }
        faults
    }
}

impl Ladder {
    /// The steps of a tier.
    pub fn of(&self, tier: Tier) -> &[Step] {
        match tier {
            Tier::Vulnerable => &self.vulnerable,
            Tier::Supported => &self.supported,
            Tier::Disadvantaged if !self.disadvantaged.is_empty() => &self.disadvantaged,
            Tier::Disadvantaged => &self.standard,
            Tier::Standard => &self.standard,
        }
    }

    /// Everything that cannot be right about the steps, each in a sentence, in a school whose register `closes` then.
    pub fn faults(&self, closes: NaiveTime) -> Vec<String> {
        let all = [
            ("vulnerable", &self.vulnerable),
            ("supported", &self.supported),
            ("disadvantaged", &self.disadvantaged),
            ("standard", &self.standard),
            ("unaware", &self.unaware),
        ];
        let mut faults = Vec::new();
        for (tier, steps) in all {
            if steps.is_empty() && tier != "disadvantaged" {
                faults.push(format!("ladder.{tier}: at least one step is needed"));
            }
            let mut above: Option<&Step> = None;
            for (place, step) in steps.iter().enumerate() {
                let name = clean(&step.step);
                let mut own = step.faults();
                if above.is_some_and(|above| step.due_at(closes) < above.due_at(closes)) {
                    own.push(format!("step {name} comes before the one above it"));
                }
                if !name.is_empty() && steps.iter().take(place).any(|earlier| clean(&earlier.step) == name) {
                    own.push(format!("step {name} stands there twice"));
                }
                faults.extend(own.into_iter().map(|fault| format!("ladder.{tier}: {fault}")));
                above = Some(step);
            }
        }
        faults
    }
}

/// The first of `steps` that is asked for on this `day` of an absence and not yet `done`, at `now`; after the last there is none.
/// `from` is what `after` counts from.
pub fn due<'a>(
    steps: impl IntoIterator<Item = &'a Step>,
    done: impl Fn(&Step) -> bool,
    from: NaiveTime,
    day: usize,
    now: NaiveTime,
) -> Option<Due> {
    let step = steps.into_iter().find(|step| step.is_asked_on(day) && !done(step))?;
    let at = step.due_at(from);
    Some(Due { step: step.step.clone(), by: step.done_by(), at, minutes_left: minutes_between(now, at) })
}

#[cfg(test)]
mod tests;
