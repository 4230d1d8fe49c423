//! Contacts, and the calls made to them: who is rung next, and what each outcome means.

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::act::ActId;
use super::code::Code;
use super::pupil::PupilId;
use super::session::SessionDate;

/// Our own number for a contact.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContactId(pub i64);

/// Somebody who may be rung about a pupil.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact {
    /// Our own number.
    pub id: ContactId,
    /// Whose contact.
    pub pupil: PupilId,
    /// Place in the calling order, from 1.
    pub order: i64,
    /// "Mrs Khan".
    pub name: String,
    /// "mother".
    pub relationship: String,
    /// Number as imported; `None` when the school holds none.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Must not be contacted (a court order).
    pub do_not_contact: bool,
    /// What the caller should know: language, "works nights".
    pub note: Option<String>,
}

impl Contact {
    /// Whether this contact can be rung at all.
    pub fn can_be_rung(&self) -> bool {
        !self.do_not_contact && self.phone.is_some()
    }
}

macro_rules! outcomes {
    ($($outcome:ident $word:literal $says:literal;)*) => {
        /// What became of a call, in the field's own words (domain 3.8, 14).
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum CallOutcome { $(#[doc = $says] $outcome,)* }

        impl CallOutcome {
            /// Every outcome, in the order of the card.
            pub const ALL: &[CallOutcome] = &[$(CallOutcome::$outcome,)*];

            /// The word it is stored by.
            pub fn as_str(self) -> &'static str {
                match self { $(CallOutcome::$outcome => $word,)* }
            }

            /// As said on screen.
            pub fn says(self) -> &'static str {
                match self { $(CallOutcome::$outcome => $says,)* }
            }
        }
    };
}

outcomes! {
    Aware "aware" "spoke, has a reason";
    Unaware "unaware" "parent did not know";
    NoAnswer "no-answer" "no answer";
    LeftMessage "left-message" "left message";
    WrongNumber "wrong-number" "wrong number";
    CallBack "call-back" "call back";
}

impl CallOutcome {
    /// The outcome stored as `word`.
    pub fn parse(word: &str) -> Option<CallOutcome> {
        CallOutcome::ALL.iter().copied().find(|outcome| outcome.as_str() == word)
    }

    /// Whether somebody answered, so that the next contact need not be rung for want of an answer.
    pub fn answered(self) -> bool {
        matches!(self, CallOutcome::Aware | CallOutcome::Unaware | CallOutcome::CallBack)
    }
}

/// One attempt to reach a contact about one pupil.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// The act that logged it.
    pub act: ActId,
    /// About whom.
    pub pupil: PupilId,
    /// Whom; `None` when the school's contacts were not used.
    pub contact: Option<ContactId>,
    /// About which session.
    pub about: SessionDate,
    /// When, school-local.
    pub at: NaiveDateTime,
    /// What became of it.
    pub outcome: CallOutcome,
    /// The code it gave, if any.
    pub code: Option<Code>,
    /// In words.
    pub note: String,
    /// When they asked to be rung again.
    pub call_back: Option<NaiveTime>,
    /// By whom.
    pub who: String,
}

/// Whom to ring next about a pupil: the first contact in order, who can be rung, tried least often and with a number not
/// found wrong today. `contacts` and `calls` are the pupil's own.
pub fn next_contact<'a>(contacts: &'a [Contact], calls: &[Call]) -> Option<&'a Contact> {
    let tried = |contact: &Contact| calls.iter().filter(|call| call.contact == Some(contact.id)).count();
    let wrong = |contact: &Contact| {
        calls.iter().any(|call| call.contact == Some(contact.id) && call.outcome == CallOutcome::WrongNumber)
    };
    contacts
        .iter()
        .filter(|contact| contact.can_be_rung() && !wrong(contact))
        .min_by_key(|contact| (tried(contact), contact.order))
}
