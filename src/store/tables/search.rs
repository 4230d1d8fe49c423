//! Searches: a log of entries, of which the first opens the search and at most one ends it.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::act::{Act, EndSearch};
use crate::domain::act_id::ActId;
use crate::domain::facts::search::{FoundWhere, Search, SearchEnd, SearchNote, SearchOutcome};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::{date, date_text, instant};

/// The word of the entry that opens a search.
pub const OPENED: &str = "opened";
/// The word of a note.
pub const NOTE: &str = "note";

/// Record an entry of the search that the act `search` opened.
pub fn add(
    connection: &Connection,
    act: ActId,
    search: ActId,
    pupil: PupilId,
    date: NaiveDate,
    entry: &str,
    words: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO search (act, search, pupil, date, entry, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![act, search, pupil, date_text(date), entry, words])?;
    Ok(())
}

/// The date of the search that `opened` opened, taken back or not; `None` where it opened none.
pub fn date_of(connection: &Connection, opened: ActId) -> rusqlite::Result<Option<NaiveDate>> {
    connection
        .prepare_cached("SELECT date FROM search WHERE act = ?1 AND entry = ?2")?
        .query_row(params![opened, OPENED], |row| date(row, 0))
        .optional()
}

struct Row {
    act: ActId,
    search: ActId,
    pupil: PupilId,
    entry: String,
    words: String,
    who: String,
    instant: DateTime<Utc>,
    detail: String,
}

/// Searches of `date`, oldest first, each with its notes and its end.
pub fn on(connection: &Connection, school: &School, date: NaiveDate) -> rusqlite::Result<Vec<Search>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.act, s.search, s.pupil, s.entry, s.words, a.signed, a.instant, a.detail FROM search s JOIN act a ON a.id = s.act
         WHERE s.date = ?1 AND s.withdrawn IS NULL ORDER BY s.id",
    )?;
    let rows = statement.query_map([date_text(date)], |row| {
        Ok(Row {
            act: row.get(0)?,
            search: row.get(1)?,
            pupil: row.get(2)?,
            entry: row.get(3)?,
            words: row.get(4)?,
            who: row.get(5)?,
            instant: instant(row, 6)?,
            detail: row.get(7)?,
        })
    })?;
    let mut searches: Vec<Search> = Vec::new();
    for row in rows {
        let Row { act, search, pupil, entry, words, who, instant, detail } = row?;
        let at = school.local(instant);
        if entry == OPENED {
            searches.push(Search { act, pupil, opened: at, who, last_seen: words, notes: Vec::new(), ended: None });
            continue;
        }
        // An entry of a search that was taken back goes with it.
        let Some(opened) = searches.iter_mut().find(|one| one.act == search) else { continue };
        match [SearchOutcome::Found, SearchOutcome::Escalated].into_iter().find(|end| end.as_str() == entry) {
            Some(outcome) => {
                let found = found_where(&detail);
                opened.ended = Some(SearchEnd { outcome, found, words, at, who });
            }
            None => opened.notes.push(SearchNote { at, who, words }),
        }
    }
    Ok(searches)
}

/// Where the pupil was found, as the act that ended the search says.
fn found_where(detail: &str) -> Option<FoundWhere> {
    match serde_json::from_str(detail) {
        Ok(Act::EndSearch(EndSearch { found, .. })) => found,
        _ => None,
    }
}
