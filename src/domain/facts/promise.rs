//! Promises: what somebody said will happen, and when, without a reason for the absence.

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::message::Channel;
use crate::domain::act_id::ActId;
use crate::domain::people::pupil::PupilId;

/// Minutes offered for a promise that came without a time.
pub const USUAL_WAIT: i64 = 30;

/// What was promised, and when it is to be.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Promise {
    /// The pupil is on the way.
    OnTheWay {
        /// Here by then, school-local.
        by: NaiveTime,
    },
    /// Somebody asked to be rung.
    RingBack {
        /// To be rung then, school-local.
        at: NaiveTime,
    },
}

/// What kind of thing was promised.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, IntoStaticStr, EnumString, VariantArray)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum PromiseKind {
    /// The pupil is on the way.
    OnTheWay,
    /// Somebody asked to be rung.
    RingBack,
}

impl PromiseKind {
    /// Both.
    pub const ALL: &[PromiseKind] = PromiseKind::VARIANTS;

    /// The word it is stored by.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The kind stored as `word`.
    pub fn parse(word: &str) -> Option<PromiseKind> {
        word.parse().ok()
    }

    /// The promise of this kind for a time.
    pub fn for_time(self, time: NaiveTime) -> Promise {
        match self {
            PromiseKind::OnTheWay => Promise::OnTheWay { by: time },
            PromiseKind::RingBack => Promise::RingBack { at: time },
        }
    }

    /// What it is called when it is waited for: "on the way".
    pub fn step(self) -> &'static str {
        match self {
            PromiseKind::OnTheWay => "on the way",
            PromiseKind::RingBack => "call back",
        }
    }
}

impl Promise {
    /// Its kind.
    pub fn kind(self) -> PromiseKind {
        match self {
            Promise::OnTheWay { .. } => PromiseKind::OnTheWay,
            Promise::RingBack { .. } => PromiseKind::RingBack,
        }
    }

    /// The time at which it is kept or broken.
    pub fn time(self) -> NaiveTime {
        match self {
            Promise::OnTheWay { by: time } | Promise::RingBack { at: time } => time,
        }
    }

    /// "on the way, here by 09:57" or "to be rung at 10:30".
    pub fn describe(self) -> String {
        let time = self.time().format("%H:%M");
        match self {
            Promise::OnTheWay { .. } => format!("on the way, here by {time}"),
            Promise::RingBack { .. } => format!("to be rung at {time}"),
        }
    }
}

/// A promise as the record holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Promised {
    /// The act that recorded it.
    pub act: ActId,
    /// About whom.
    pub pupil: PupilId,
    /// What was promised.
    pub promise: Promise,
    /// Who promised it: "Mrs Khan, mother".
    pub by: String,
    /// What was said.
    pub words: String,
    /// By which way it came.
    pub channel: Channel,
    /// Who recorded it.
    pub who: String,
    /// When, school-local.
    pub at: NaiveDateTime,
}

impl Promised {
    /// "on the way, here by 09:57, says Mrs Khan, mother: missed the bus".
    pub fn describe(&self) -> String {
        let words = if self.words.is_empty() { String::new() } else { format!(": {}", self.words) };
        format!("{}, says {}{words}", self.promise.describe(), self.by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::time;

    #[test]
    fn a_promise_is_read_as_it_is_written_and_said_with_its_time() {
        for (kind, text) in
            [(PromiseKind::OnTheWay, "on the way, here by 09:57"), (PromiseKind::RingBack, "to be rung at 09:57")]
        {
            let promise = kind.for_time(time("09:57"));
            assert_eq!((promise.kind(), promise.time(), promise.describe().as_str()), (kind, time("09:57"), text));
            assert_eq!(PromiseKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }
}
