//! Whom other desks have changed since an import was opened whose marks come in many changes: its number is lower than theirs, so it
//! must not write over them.

use chrono::NaiveDate;
use hashbrown::HashMap;
use rusqlite::Connection;

use crate::domain::act::JournalEntry;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::PupilId;
use crate::store::journal;
use crate::store::read::date_facts::DateFacts;

/// The pupils whom acts after `since` named, each with the earliest date of which a mark can have changed.
#[derive(Default)]
pub struct Others {
    since: Option<ActId>,
    are_any: bool,
    pupils: HashMap<PupilId, NaiveDate>,
}

impl Others {
    /// Those since the import `since`, which is not one of them; nobody where it is not opened yet.
    pub fn since(connection: &Connection, since: Option<ActId>) -> rusqlite::Result<Others> {
        let mut others = Others { since, ..Others::default() };
        let Some(since) = since else { return Ok(others) };
        for (act, about) in journal::about_after(connection, since)? {
            others.are_any = true;
            for pupil in named(connection, act)? {
                let from = others.pupils.entry(pupil).or_insert(about);
                *from = about.min(*from);
            }
        }
        Ok(others)
    }

    /// Whether an act since can have changed any mark.
    pub fn are_any(&self) -> bool {
        self.are_any
    }

    /// Whether one of these acts may have changed this date of the pupil's.
    pub fn have_changed(&self, pupil: PupilId, date: NaiveDate) -> bool {
        self.pupils.get(&pupil).is_some_and(|from| *from <= date)
    }

    /// Whether one of them is about this pupil, of any date.
    pub fn are_about(&self, pupil: PupilId) -> bool {
        self.pupils.contains_key(&pupil)
    }

    /// Whether a mark of the pupil's date bears the number of one of them.
    pub fn are_in(&self, facts: &DateFacts, pupil: PupilId) -> bool {
        let Some(since) = self.since else { return false };
        Session::BOTH.into_iter().filter_map(|session| facts.held(pupil, session)).any(|standing| {
            let later = |act: ActId| act > since && act != super::TO_COME;
            later(standing.revision) || standing.tutor.is_some_and(|(_, taken)| later(taken))
        })
    }
}

/// Whom an act named; of an undo, whom the act named that it takes back.
fn named(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<PupilId>> {
    let mut act = act;
    while let Some(undone) = journal::undoes(connection, act)? {
        act = undone;
    }
    Ok(match journal::entry(connection, act)? {
        Some(JournalEntry::Act(act)) => act.pupils(),
        Some(JournalEntry::Other(_)) | None => Vec::new(),
    })
}
