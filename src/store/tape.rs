//! The day's tape, read off the journal.

use hashbrown::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};
use rusqlite::Connection;

use crate::domain::act::{Act, ActId};
use crate::domain::roll::Roll;
use crate::domain::tape::Entry;

use super::columns::{instant, instant_text};
use super::{Fault, Store};

impl Store {
    /// Every act signed on the school-local `date`, oldest first, with whether it was taken back since.
    pub fn tape(&self, date: NaiveDate) -> Result<Vec<Entry>, Fault> {
        load(&self.reader, &self.roll, date).map_err(|error| self.fault(&error))
    }
}

fn load(connection: &Connection, roll: &Roll, date: NaiveDate) -> rusqlite::Result<Vec<Entry>> {
    let school = &roll.school;
    let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
    let [from, until] = [date, next].map(|date| instant_text(school.instant(date.and_time(NaiveTime::MIN))));
    let mut statement = connection.prepare_cached(
        "SELECT id, instant, kind, detail, who, desk, undoes FROM act INDEXED BY act_by_instant
         WHERE instant >= ?1 AND instant < ?2 ORDER BY id",
    )?;
    let mut entries: Vec<Entry> = Vec::new();
    let mut places: HashMap<ActId, usize> = HashMap::new();
    let rows = statement.query_map([from, until], |row| {
        let entry = Entry {
            act: ActId(row.get(0)?),
            at: school.local(instant(row, 1)?),
            who: row.get(4)?,
            desk: row.get(5)?,
            says: row.get(2)?,
            pupils: Vec::new(),
            undone: None,
            can_undo: false,
        };
        Ok((entry, row.get::<_, String>(3)?, row.get::<_, Option<i64>>(6)?.map(ActId)))
    })?;
    for row in rows {
        let (mut entry, detail, undoes) = row?;
        if let Ok(act) = serde_json::from_str::<Act>(&detail) {
            entry.can_undo = undoes.is_none();
            entry.says = act.describe(roll);
            entry.pupils = act.pupils();
        }
        if let Some(place) = undoes.and_then(|undone| places.get(&undone).copied())
            && let Some(undone) = entries.get_mut(place)
        {
            undone.undone = Some((entry.who.clone(), entry.at));
            entry.says = format!("took back: {}", undone.says);
            entry.pupils.clone_from(&undone.pupils);
            // Taking back what took something back does it again.
            entry.can_undo = true;
        }
        places.insert(entry.act, entries.len());
        entries.push(entry);
    }
    Ok(entries)
}
