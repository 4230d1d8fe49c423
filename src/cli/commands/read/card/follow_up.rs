//! How far the follow-up of a pupil has come, and what was promised, as `who` gives them in JSON and reads them out.

use chrono::NaiveTime;
use serde::Serialize;

use crate::cli::text::{clock, sentence};
use crate::domain::absence::unexplained::{StandingKind, unexplained_pupil};
use crate::domain::day::Day;
use crate::domain::facts::message::Channel;
use crate::domain::facts::promise::PromiseKind;
use crate::domain::people::pupil::PupilId;

/// How far it has come.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FollowUpFacts {
    pub standing: StandingKind,
    pub says: String,
    /// A parent did not know, and nothing has ended it.
    pub unaware: bool,
    pub overdue: bool,
}

/// What somebody promised, without a reason.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PromiseFacts {
    pub at: String,
    pub kind: PromiseKind,
    /// By when, or when to ring.
    pub time: String,
    pub said_by: String,
    pub words: String,
    pub channel: Channel,
    pub says: String,
    pub by: String,
}

impl FollowUpFacts {
    /// Of `pupil` at `now`, if unexplained.
    pub fn of(day: &Day, pupil: PupilId, now: NaiveTime) -> Option<FollowUpFacts> {
        let session = day.times.as_ref()?.current(now);
        let row = unexplained_pupil(day, pupil, session, now)?;
        let (standing, text) = (row.standing.kind(), row.standing.describe());
        Some(FollowUpFacts { standing, says: text, unaware: row.unaware, overdue: row.is_overdue() })
    }

    /// "Follow-up: MISSING, tell DSL 09:40, overdue."
    pub fn line(&self) -> String {
        let missing = if self.unaware { "MISSING, " } else { "" };
        let overdue = if self.overdue { "overdue" } else { "" };
        sentence([format!("Follow-up: {missing}{}", self.says), overdue.to_owned()])
    }
}

/// Today's promises about a pupil, oldest first.
pub fn promises(day: &Day, pupil: PupilId) -> Vec<PromiseFacts> {
    let facts = day.promises.iter().filter(|one| one.pupil == pupil).map(|one| PromiseFacts {
        at: clock(one.at.time()),
        kind: one.promise.kind(),
        time: clock(one.promise.time()),
        said_by: one.by.clone(),
        words: one.words.clone(),
        channel: one.channel,
        says: one.describe(),
        by: one.who.clone(),
    });
    facts.collect()
}

/// "09:27 on the way, here by 09:57, says Mrs Khan, mother: missed the bus, recorded by S Marsh."
pub fn of_promise(promise: &PromiseFacts) -> String {
    sentence([format!("{} {}", promise.at, promise.says), format!("recorded by {}", promise.by)])
}
