//! The day log, and the history of the school's set-up, read from the journal.

use chrono::{Days, NaiveDate, NaiveTime};
use hashbrown::HashMap;
use rusqlite::{Connection, Params};

use crate::domain::act::day_log::Entry;
use crate::domain::act::{JournalEntry, SET_UP, Undid};
use crate::domain::act_id::ActId;
use crate::domain::calendar::any_day::named;
use crate::domain::school::roll::Roll;
use crate::store::columns::{instant, instant_text};
use crate::store::{Fault, Store};

/// What is told of an act; last, what is signed behind the name: the true time, where another was given.
const COLUMNS: &str = "id, instant, kind, detail, who, desk, undoes, login, substr(signed, length(who) + 1)";

impl Store {
    /// Every act of the school-local `date`, by the time it is signed with or by the true one, oldest first, with whether it was taken
    /// back since.
    pub fn day_log(&self, date: NaiveDate) -> Result<Vec<Entry>, Fault> {
        let school = &self.held.roll.school;
        let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
        let [from, until] = [date, next].map(|date| instant_text(school.instant(date.and_time(NaiveTime::MIN))));
        let of_date = format!(
            "WITH found (id) AS (
               SELECT id FROM act INDEXED BY act_by_instant WHERE instant >= ?1 AND instant < ?2
               UNION SELECT id FROM act INDEXED BY act_by_clock WHERE clock >= ?1 AND clock < ?2)
             SELECT {COLUMNS} FROM act JOIN found USING (id) ORDER BY id"
        );
        load(&self.reader, &self.held.roll, &of_date, [from, until]).map_err(|error| self.fault(&error))
    }

    /// Every change of the school's set-up, oldest first: settings, staff and their roles, PINs, files brought in, and what of it was
    /// taken back.
    pub fn set_up(&self) -> Result<Vec<Entry>, Fault> {
        self.of_kinds(&SET_UP)
    }

    /// Every import, oldest first, with who took it back.
    pub(in crate::store) fn imports_in_journal(&self) -> Result<Vec<Entry>, Fault> {
        let entries = self.of_kinds(&["import"])?;
        Ok(entries.into_iter().filter(|entry| entry.undid.is_none()).collect())
    }

    /// Every act of these kinds, and every undo of one.
    fn of_kinds(&self, kinds: &[&str]) -> Result<Vec<Entry>, Fault> {
        let kinds: Vec<String> = kinds.iter().map(|kind| format!("'{kind}'")).collect();
        let kinds = kinds.join(", ");
        let of_kinds = format!(
            "WITH RECURSIVE found (id) AS (
               SELECT id FROM act WHERE kind IN ({kinds})
               UNION SELECT act.id FROM act JOIN found ON act.undoes = found.id)
             SELECT {COLUMNS} FROM act JOIN found USING (id) ORDER BY id"
        );
        load(&self.reader, &self.held.roll, &of_kinds, []).map_err(|error| self.fault(&error))
    }
}

fn load(connection: &Connection, roll: &Roll, question: &str, of: impl Params) -> rusqlite::Result<Vec<Entry>> {
    let mut statement = connection.prepare_cached(question)?;
    // Each with its words alone, without the true time behind them.
    let mut entries: Vec<(Entry, String)> = Vec::new();
    // Of each act where the one stands that it did, undid or did again, and whether that one holds since.
    let mut places: HashMap<ActId, (usize, bool)> = HashMap::new();
    let rows = statement.query_map(of, |row| {
        let entry = Entry {
            act: row.get(0)?,
            at: roll.school.local(instant(row, 1)?),
            who: row.get(4)?,
            login: row.get(7)?,
            desk: row.get(5)?,
            text: row.get(2)?,
            changes: Vec::new(),
            pupils: Vec::new(),
            undone: None,
            undid: None,
            can_undo: false,
        };
        let undoes: Option<ActId> = row.get(6)?;
        Ok((entry, row.get::<_, String>(3)?, undoes, row.get::<_, String>(8)?))
    })?;
    for row in rows {
        let (mut entry, detail, undoes, true_time) = row?;
        if let Some(held) = JournalEntry::read(&detail) {
            entry.can_undo = undoes.is_none() && held.can_undo();
            entry.text = held.describe(roll);
            // A mark of another day is not to be read as one of this.
            if let Some(of) = held.date_amended().filter(|date| *date != entry.at.date()) {
                entry.text = format!("{} of {}", entry.text, named(of, entry.at.date()));
            }
            entry.changes = held.changes();
            entry.pupils = held.pupils();
        }
        let undone = undoes.and_then(|undone| places.get(&undone).copied());
        let (place, stands) = undone.map_or((entries.len(), true), |(place, stood)| (place, !stood));
        if undone.is_some()
            && let Some((entry_act, words)) = entries.get_mut(place)
        {
            // Taking back what took something back does it again.
            entry.undid = Some(Undid { act: entry_act.act, stands });
            entry_act.undone = (!stands).then(|| (entry.who.clone(), entry.at));
            entry.text = format!("{}: {words}", if stands { "did again" } else { "took back" });
            entry.pupils.clone_from(&entry_act.pupils);
            entry.can_undo = true;
        }
        // Behind what was done, where a narrow screen has the most room.
        let words = entry.text.clone();
        entry.text += &true_time;
        places.insert(entry.act, (place, stands));
        entries.push((entry, words));
    }
    Ok(entries.into_iter().map(|(entry, _)| entry).collect())
}
