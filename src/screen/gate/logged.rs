//! What was logged here, the newest first: the last five are shown, and the last can be taken back.

use chrono::NaiveTime;

use crate::domain::act::Undid;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::facts::presence::Way;
use crate::domain::people::pupil::PupilId;

/// How many are kept: nobody takes back more.
const MOST: usize = 50;

/// One thing that was logged here.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// The act.
    pub act: ActId,
    /// Who.
    pub pupil: PupilId,
    /// As it was stamped.
    pub time: NaiveTime,
    /// An arrival of that session, or a way.
    pub what: What,
    /// The reason given.
    pub reason: Option<String>,
    /// It was taken back.
    pub taken_back: bool,
}

/// What was logged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// Came in that session.
    Came(Session),
    /// Went that way.
    Went(Way),
}

/// What was logged here.
#[derive(Default)]
pub struct Logged {
    entries: Vec<Entry>,
}

impl Logged {
    /// Keep one more.
    pub fn add(&mut self, entry: Entry) {
        self.entries.insert(0, entry);
        self.entries.truncate(MOST);
    }

    /// The last that can be taken back.
    pub fn last(&self) -> Option<&Entry> {
        self.entries.iter().find(|entry| !entry.taken_back)
    }

    /// An act was taken back or done again, wherever that was asked for.
    pub fn set_undone(&mut self, undid: Undid) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.act == undid.act) {
            entry.taken_back = !undid.stands;
        }
    }

    /// The entry of an act, if it was logged here.
    pub fn entry(&self, act: ActId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.act == act)
    }

    /// All that is kept, the newest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}
