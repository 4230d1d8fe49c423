//! What is known of where pupils are during the day, besides marks: out and back, looked for and seen, confirmed by a provider.

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;

/// Why pupils go out, as a rule: a first letter is enough for each.
pub const OUT_REASONS: [&str; 6] =
    ["appointment", "collected by a parent", "dentist", "interview", "off-site lesson", "sent home ill"];

/// The reason that was typed for going out: the one of the usual ones that begins so, else the words themselves.
pub fn reason_meant(typed: &str) -> String {
    let typed = typed.trim();
    let small = typed.to_lowercase();
    let mut fit = OUT_REASONS.iter().filter(|offer| !small.is_empty() && offer.starts_with(&small));
    match (fit.next(), fit.next()) {
        (Some(offer), None) => (*offer).to_owned(),
        _ => typed.to_owned(),
    }
}

/// Which way somebody went.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, IntoStaticStr, EnumString)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Way {
    /// Out of the building.
    Out,
    /// Back in again.
    Back,
}

impl Way {
    /// The word it is stored and said by.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The way stored as `word`.
    pub fn parse(word: &str) -> Option<Way> {
        word.parse().ok()
    }
}

/// Out of the building during the day, or back. A mark once made stands for its session: leaving is recorded beside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Movement {
    /// The act that recorded it.
    pub act: ActId,
    /// Who.
    pub pupil: PupilId,
    /// School-local time.
    pub time: NaiveTime,
    /// Which way.
    pub way: Way,
    /// Why: "dentist", "sent home ill".
    pub reason: String,
    /// The code that the school's table of reasons had for these words when it was recorded: what it explains until the pupil is back.
    pub code: Option<Code>,
    /// Who recorded it.
    pub who: String,
}

/// Looked for by a member of staff (a truancy sweep, a roll call): seen there, or not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sighting {
    /// The act that recorded it.
    pub act: ActId,
    /// Who.
    pub pupil: PupilId,
    /// School-local time.
    pub time: NaiveTime,
    /// Seen, or not seen.
    pub seen: bool,
    /// Where they were looked for: "sweep of 9BW", "roll call 10:42".
    pub place: String,
    /// Who looked.
    pub who: String,
}

/// What a provider said of a pupil who is due with them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Confirmation {
    /// The act that recorded it.
    pub act: ActId,
    /// Who.
    pub pupil: PupilId,
    /// Which half of the day.
    pub session: Session,
    /// Whether the pupil is there.
    pub there: bool,
    /// Who said so, at the provider.
    pub said_by: String,
    /// Who recorded it.
    pub who: String,
    /// When, school-local.
    pub at: NaiveDateTime,
}
