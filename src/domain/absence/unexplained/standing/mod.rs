//! How far the follow-up of one unexplained pupil has come.

use chrono::NaiveTime;
use serde::Serialize;

use crate::domain::calendar::session::{Session, minutes_between};
use crate::domain::code::Code;
use crate::domain::school::ladder::Due;

/// How far the follow-up of one unexplained pupil has come. All but the last two still want something today.
#[derive(Clone, PartialEq, Debug)]
pub enum Standing {
    /// A step of the ladder is due, or a call that was promised.
    Due(Due),
    /// The pupil is said to be on the way; `due` is by when.
    OnTheWay {
        /// When it was said.
        since: NaiveTime,
        /// By when the pupil is to be here.
        due: Due,
    },
    /// Gone out for a reason without a code, and not back: not missing.
    LeftUnexplained {
        /// When they left.
        at: NaiveTime,
        /// Why.
        reason: String,
        /// The step that is due all the same.
        due: Option<Due>,
    },
    /// Every contact was tried, nobody answered, and nobody was told.
    NobodyReached {
        /// Since the last call, or the close of the register.
        since: NaiveTime,
    },
    /// In by now: the pupil can say why the earlier session stands as it does.
    ReasonWanted {
        /// Which session.
        session: Session,
        /// How it stands.
        code: Code,
    },
    /// The next step is for a later day of the absence.
    Later {
        /// Which step.
        step: String,
        /// From which day on.
        day: usize,
    },
    /// Every step of the ladder is done.
    AllDone,
}

/// The kind of a [`Standing`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(description = "How far the follow-up has come"))]
#[serde(rename_all = "kebab-case")]
pub enum StandingKind {
    /// A step is due.
    Due,
    /// On the way.
    OnTheWay,
    /// Left without a code.
    LeftUnexplained,
    /// Nobody reached.
    NobodyReached,
    /// In by now.
    ReasonWanted,
    /// A step of a later day.
    Later,
    /// Everything done.
    AllDone,
}

impl Standing {
    /// Its kind.
    pub fn kind(&self) -> StandingKind {
        match self {
            Standing::Due(_) => StandingKind::Due,
            Standing::OnTheWay { .. } => StandingKind::OnTheWay,
            Standing::LeftUnexplained { .. } => StandingKind::LeftUnexplained,
            Standing::NobodyReached { .. } => StandingKind::NobodyReached,
            Standing::ReasonWanted { .. } => StandingKind::ReasonWanted,
            Standing::Later { .. } => StandingKind::Later,
            Standing::AllDone => StandingKind::AllDone,
        }
    }

    /// What is due at a time, if anything is.
    pub fn due(&self) -> Option<&Due> {
        match self {
            Standing::Due(due) | Standing::OnTheWay { due, .. } => Some(due),
            Standing::LeftUnexplained { due, .. } => due.as_ref(),
            Standing::NobodyReached { .. }
            | Standing::ReasonWanted { .. }
            | Standing::Later { .. }
            | Standing::AllDone => None,
        }
    }

    /// How long something can still wait, in minutes, negative once it is past; the longest where nothing says when.
    pub(super) fn can_wait(&self, now: NaiveTime) -> Wait {
        match self {
            Standing::Due(due) | Standing::OnTheWay { due, .. } | Standing::LeftUnexplained { due: Some(due), .. } => {
                Wait::Minutes(due.minutes_left)
            }
            Standing::NobodyReached { since } => Wait::Minutes(minutes_between(now, *since)),
            Standing::LeftUnexplained { due: None, .. } | Standing::ReasonWanted { .. } => Wait::Today,
            Standing::Later { .. } | Standing::AllDone => Wait::Done,
        }
    }

    /// In words, but for what is due: "AM N: reason wanted".
    pub fn describe(&self) -> String {
        match self {
            Standing::Due(due) => format!("{} {}", due.step, due.at.format("%H:%M")),
            Standing::OnTheWay { since, due } if due.minutes_left < 0 => {
                format!("on the way since {}, not here at {}", since.format("%H:%M"), due.at.format("%H:%M"))
            }
            Standing::OnTheWay { since, .. } => format!("on the way since {}", since.format("%H:%M")),
            Standing::LeftUnexplained { at, reason, .. } => format!("left {}, {reason}", at.format("%H:%M")),
            Standing::NobodyReached { .. } => "nobody reached".to_owned(),
            Standing::ReasonWanted { session, code } => format!("{session} {code}: reason wanted"),
            Standing::Later { step, day } => format!("{step} on day {day}"),
            Standing::AllDone => "all steps done".to_owned(),
        }
    }
}

/// How long a row can wait: what the list is sorted by within a tier.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Wait {
    /// So many minutes, negative once they are past.
    Minutes(i64),
    /// Some time today.
    Today,
    /// Nothing is wanted today.
    Done,
}

#[cfg(test)]
mod tests;
