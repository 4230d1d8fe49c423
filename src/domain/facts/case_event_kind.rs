//! What kinds of things go into a pupil's case file.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What an event of a case file is.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Debug,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    IntoStaticStr,
    EnumString,
    VariantArray,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum EventKind {
    /// A contact.
    Contact,
    /// A letter that was sent.
    Letter,
    /// A meeting.
    Meeting,
    /// A home visit.
    Visit,
    /// A notice to improve.
    Improvement,
    /// A penalty notice.
    Penalty,
    /// A request for leave.
    Leave,
    /// Contact data were gone through with the family.
    Details,
    /// An attendance contract.
    Contract,
    /// A referral to early help.
    EarlyHelp,
    /// A part-time timetable.
    PartTime,
    /// A step of reintegration.
    Reintegration,
    /// A visit to where the pupil is taught elsewhere.
    Provider,
    /// Papers for a court.
    Court,
}

impl EventKind {
    /// As it is said.
    pub fn describe(self) -> &'static str {
        match self {
            EventKind::Contact => "contact",
            EventKind::Letter => "letter",
            EventKind::Meeting => "meeting",
            EventKind::Visit => "home visit",
            EventKind::Improvement => "notice to improve",
            EventKind::Penalty => "penalty notice",
            EventKind::Leave => "leave request",
            EventKind::Details => "contact data checked",
            EventKind::Contract => "attendance contract",
            EventKind::EarlyHelp => "early-help referral",
            EventKind::PartTime => "part-time timetable",
            EventKind::Reintegration => "reintegration step",
            EventKind::Provider => "provider visit",
            EventKind::Court => "court file",
        }
    }
}
