//! How a case is opened, and what changes of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::words::words;
use crate::domain::act_id::ActId;

words! {
    /// What a case was opened from.
    CaseSource {
        /// The pupil's marks met a threshold.
        Trigger "a trigger"
        /// A colleague asked.
        Referral "a referral"
        /// The office saw cause.
        Office "the office"
    }
}

words! {
    /// Why a case was closed.
    CloseReason {
        /// The attendance is as it should be.
        Improved "improved"
        /// The pupil has left the school.
        Left "left the school"
        /// Others have it now.
        HandedOn "handed on"
        /// Something else, which the words say.
        Other "other"
    }
}

/// What is to be done next, and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Next {
    /// When.
    pub on: NaiveDate,
    /// What.
    pub what: String,
}

/// How a case begins.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Opening {
    /// The stage that it begins at.
    pub stage: String,
    /// Who sees to it.
    pub owner: String,
    /// What it was opened from.
    pub source: CaseSource,
    /// Which trigger, or who referred it; may be empty.
    pub of: String,
    /// Why.
    pub why: String,
    /// What is to be done first.
    pub next: Option<Next>,
}

/// One change of a case.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseChange {
    /// Another stage.
    Stage {
        /// Which.
        stage: String,
        /// Why.
        why: String,
    },
    /// Another owner.
    Owner(String),
    /// What is to be done next.
    Next(Next),
    /// Something that the plan aims at.
    Target {
        /// What.
        what: String,
        /// By when, where that was said.
        by: Option<NaiveDate>,
    },
    /// It is closed.
    Close {
        /// Why.
        reason: CloseReason,
        /// In words.
        why: String,
    },
}

/// A change, and of which case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// The act that opened the case.
    pub case: ActId,
    /// What changed.
    pub change: CaseChange,
}
