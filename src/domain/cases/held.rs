//! What an act put down, by whom and when; and that it was taken back.

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::act_id::ActId;

/// An act: which, by whom, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signed {
    /// Its number.
    pub act: ActId,
    /// By whom.
    pub who: String,
    /// When, school-local.
    pub at: NaiveDateTime,
}

/// Something that an act put down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held<T> {
    /// The act.
    pub by: Signed,
    /// The act that took it back; `None` while it stands.
    pub taken_back: Option<Signed>,
    /// What it put down.
    pub what: T,
}

impl<T> Held<T> {
    /// Whether it had been put down by the end of a day, and not been taken back.
    pub fn stood_on(&self, date: NaiveDate) -> bool {
        self.by.at.date() <= date && self.taken_back.as_ref().is_none_or(|back| back.at.date() > date)
    }

    /// Whether nobody took it back.
    pub fn stands(&self) -> bool {
        self.taken_back.is_none()
    }
}
