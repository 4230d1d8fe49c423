//! Corrections: what the office put right of the roll, until the system that the roll comes from brings it itself.
//!
//! The record holds what the system says, and each correction beside it. So no import takes one away, and it does not matter in
//! which order imports come.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::contact::{ContactId, masked};
use super::phone::same_number;
use super::pupil::PupilId;
use crate::domain::act_id::ActId;
use crate::domain::name::fold;

/// Our own number for a correction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct CorrectionId(pub i64);

macro_rules! kinds {
    ($($kind:ident $text:literal;)*) => {
        /// What of the roll is corrected.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, IntoStaticStr, EnumString, VariantArray)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        #[strum(serialize_all = "kebab-case")]
        pub enum CorrectionKind { $(#[doc = $text] $kind,)* }

        impl CorrectionKind {
            /// Every kind.
            pub const ALL: &[CorrectionKind] = CorrectionKind::VARIANTS;

            /// The word it is stored by.
            pub fn as_str(self) -> &'static str {
                self.into()
            }

            /// The kind stored as `word`.
            pub fn parse(word: &str) -> Option<CorrectionKind> {
                word.parse().ok()
            }

            /// As said on screen.
            pub fn describe(self) -> &'static str {
                match self { $(CorrectionKind::$kind => $text,)* }
            }
        }
    };
}

kinds! {
    Number "number";
    Email "e-mail";
    Note "note";
    Order "place in the calling order";
    Contact "contact";
    Group "tutor group";
    LastDay "last day";
    Joiner "joiner";
}

/// What of a contact is put right.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactField {
    /// One of the numbers.
    Number,
    /// The e-mail address.
    Email,
    /// What the caller should know.
    Note,
    /// The place in the calling order, from 1.
    Order,
}

impl ContactField {
    /// As a correction of it is kept.
    pub fn kind(self) -> CorrectionKind {
        match self {
            ContactField::Number => CorrectionKind::Number,
            ContactField::Email => CorrectionKind::Email,
            ContactField::Note => CorrectionKind::Note,
            ContactField::Order => CorrectionKind::Order,
        }
    }
}

impl CorrectionKind {
    /// Whether two values say the same.
    pub fn is_same(self, one: &str, other: &str) -> bool {
        match self {
            CorrectionKind::Number => same_number(one, other),
            CorrectionKind::Email => one.eq_ignore_ascii_case(other),
            CorrectionKind::Group => fold(one) == fold(other),
            CorrectionKind::Note
            | CorrectionKind::Order
            | CorrectionKind::Contact
            | CorrectionKind::LastDay
            | CorrectionKind::Joiner => one == other,
        }
    }

    /// Whether `held` is still as it was `seen`: of numbers one more may be held where nothing was seen.
    pub fn is_as_seen(self, held: &[String], seen: &str) -> bool {
        match seen.is_empty() {
            true => self == CorrectionKind::Number || held.is_empty(),
            false => held.iter().any(|one| self.is_same(one, seen)),
        }
    }

    /// A value as it may be told to anybody who sees the day's work: of a number its end, of an e-mail address and a note nothing.
    pub fn told(self, value: &str) -> Option<String> {
        match self {
            _ if value.is_empty() => Some("nothing".to_owned()),
            CorrectionKind::Number => Some(masked(value)),
            CorrectionKind::Email | CorrectionKind::Note => None,
            CorrectionKind::LastDay => Some(value.parse::<NaiveDate>().map_or_else(|_| value.to_owned(), long)),
            CorrectionKind::Order | CorrectionKind::Contact | CorrectionKind::Group | CorrectionKind::Joiner => {
                Some(value.to_owned())
            }
        }
    }

    /// "number •••• 310 → •••• 999", or "note changed".
    pub fn change(self, was: &str, becomes: &str) -> String {
        let what = self.describe();
        match (self.told(was), self.told(becomes)) {
            (Some(was), Some(becomes)) => format!("{what} {was} → {becomes}"),
            (None, Some(_)) => format!("{what} taken off"),
            (Some(_), None) => format!("{what} added"),
            (None, None) => format!("{what} changed"),
        }
    }
}

/// "Fri 27 Nov 2026".
pub fn long(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// One thing put right, which the system has not brought yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correction {
    /// Our own number.
    pub id: CorrectionId,
    /// The act that put it right.
    pub act: ActId,
    /// About whom.
    pub pupil: PupilId,
    /// Of which contact.
    pub contact: Option<ContactId>,
    /// What.
    pub kind: CorrectionKind,
    /// What the system had; empty for nothing.
    pub was: String,
    /// What it is; empty for nothing.
    pub becomes: String,
    /// The first day of it, of a tutor group.
    pub from: Option<NaiveDate>,
    /// What else is known: where a leaver goes.
    pub words: String,
    /// When it was put right, school-local.
    pub at: NaiveDateTime,
    /// By whom.
    pub who: String,
}

/// How a correction stands beside what the system says now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Beside {
    /// The system still has what it had.
    Waits,
    /// The system has neither what it had nor the correction: a person looks which is right.
    Differs,
    /// The system has it too.
    Arrived,
}

impl Correction {
    /// How it stands beside what the system says: a contact's numbers, else one value or none.
    pub fn beside(&self, system: &[String]) -> Beside {
        let has = |value: &str| system.iter().any(|one| self.kind.is_same(one, value));
        let is_gone = self.was.is_empty() || !has(&self.was);
        let has_come = if !self.becomes.is_empty() {
            has(&self.becomes)
        } else if self.kind == CorrectionKind::Number {
            is_gone
        } else {
            system.is_empty()
        };
        // Only a contact's numbers are several: one of them that has come does not take away the one that was wrong.
        if has_come && (is_gone || self.kind.is_same(&self.was, &self.becomes)) {
            return Beside::Arrived;
        }
        if self.kind.is_as_seen(system, &self.was) { Beside::Waits } else { Beside::Differs }
    }

    /// What there is to say of `whose` value in the system, in words that tell nobody's number whole.
    pub fn tell(&self, whose: &str, system: &[String]) -> String {
        if matches!(self.kind, CorrectionKind::Contact | CorrectionKind::Joiner) {
            let becomes = &self.becomes;
            return match self.beside(system) {
                Beside::Arrived => format!("{becomes}, whom firstbell had first, has come"),
                Beside::Waits | Beside::Differs => format!("{becomes} is not in the system yet; firstbell keeps them"),
            };
        }
        let (kind, what) = (self.kind, format!("{} of {whose}", self.kind.describe()));
        let now = system.iter().map(|value| kind.told(value)).collect::<Option<Vec<_>>>().map(|all| all.join(", "));
        let now = now.map(|now| if now.is_empty() { "nothing".to_owned() } else { now });
        let from = self.from.map(|from| format!(" from {}", long(from))).unwrap_or_default();
        let keeps = match kind.told(&self.becomes) {
            Some(becomes) => format!("firstbell keeps {becomes}{from}"),
            None => format!("firstbell keeps the correction by {}", self.who),
        };
        match (self.beside(system), now) {
            (Beside::Arrived, _) => format!("the {what} has come as it was corrected: the correction ends"),
            (Beside::Waits, Some(now)) => format!("the {what} is still {now} in the system; {keeps}"),
            (Beside::Waits, None) => format!("the {what} is still the old one in the system; {keeps}"),
            (Beside::Differs, Some(now)) => {
                let was = kind.told(&self.was).map(|was| format!(", and was {was}")).unwrap_or_default();
                format!("the {what} is {now} in the system{was}; {keeps}: look which is right")
            }
            (Beside::Differs, None) => {
                format!("the {what} is another one in the system than it was; {keeps}: look which is right")
            }
        }
    }
}

/// A contact's numbers, as the system has them and then corrected, in the order in which they are rung. A number whose wrong one the
/// system no longer has comes first, and what the system has instead stays: which is right is not guessed.
pub fn numbers<'a>(system: &[String], corrections: impl Iterator<Item = &'a Correction>) -> Vec<String> {
    let mut numbers = system.to_vec();
    for one in corrections.filter(|one| one.kind == CorrectionKind::Number) {
        let place_of = |value: &str| numbers.iter().position(|number| same_number(number, value));
        let (was, becomes) = (place_of(&one.was).filter(|_| !one.was.is_empty()), one.becomes.as_str());
        let is_new = !becomes.is_empty() && place_of(becomes).is_none();
        if let Some(was) = was {
            numbers.remove(was);
        }
        match was {
            _ if !is_new => {}
            Some(was) => numbers.insert(was, becomes.to_owned()),
            None if one.was.is_empty() => numbers.push(becomes.to_owned()),
            None => numbers.insert(0, becomes.to_owned()),
        }
    }
    numbers
}

/// The one value of a kind that stands: the last correction's, else the system's.
pub fn text<'a>(
    kind: CorrectionKind,
    system: Option<String>,
    corrections: impl Iterator<Item = &'a Correction>,
) -> Option<String> {
    match corrections.filter(|one| one.kind == kind).last() {
        Some(one) => Some(one.becomes.clone()).filter(|value| !value.is_empty()),
        None => system,
    }
}

/// Contacts in the calling order: `system` as the system has it, each moved to where a correction puts it.
pub fn order<'a>(system: Vec<ContactId>, corrections: impl Iterator<Item = &'a Correction>) -> Vec<ContactId> {
    let mut order = system;
    for one in corrections.filter(|one| one.kind == CorrectionKind::Order) {
        let (Some(contact), Ok(place)) = (one.contact, one.becomes.parse::<usize>()) else { continue };
        if let Some(from) = order.iter().position(|id| *id == contact) {
            order.remove(from);
            order.insert(place.saturating_sub(1).min(order.len()), contact);
        }
    }
    order
}

/// What becomes of the corrections that stand when one more is made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Next {
    /// What the system had: of the correction that is corrected again, what that one says.
    pub was: String,
    /// The correction that it replaces.
    pub replaces: Option<CorrectionId>,
    /// It says what the system says: none is needed.
    pub is_back: bool,
}

/// How a correction from `saw` to `becomes` goes on from those that `stand` of the same contact.
pub fn next<'a>(kind: CorrectionKind, stand: impl Iterator<Item = &'a Correction>, saw: &str, becomes: &str) -> Next {
    // Only numbers are several: which of them is meant is the one that was seen.
    let is_meant = |one: &Correction| !saw.is_empty() && kind.is_same(&one.becomes, saw);
    let is_of = |one: &&Correction| one.kind == kind && (kind != CorrectionKind::Number || is_meant(one));
    let held = stand.filter(is_of).last();
    let was = held.map_or_else(|| saw.to_owned(), |one| one.was.clone());
    let is_back = kind.is_same(&was, becomes);
    Next { was, replaces: held.map(|one| one.id), is_back }
}

#[cfg(test)]
mod tests;
