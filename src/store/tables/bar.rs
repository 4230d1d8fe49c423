//! Bars: who must not be contacted about which pupil. A bar is never deleted: an act lifts it.

use rusqlite::{Connection, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::people::bar::Bar;
use crate::domain::people::contact::ContactId;
use crate::domain::people::person::Person;
use crate::domain::people::pupil::PupilId;
use crate::store::columns::lines;

/// Bar a contact, as this person; `act` is the act or the import that does.
pub fn add(
    connection: &Connection,
    act: ActId,
    contact: ContactId,
    who: &Person,
    reason: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO bar (act, contact, source_id, name, relationship, numbers, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![act, contact, who.source_id, who.name, who.relationship, who.numbers.join("\n"), reason])?;
    Ok(())
}

const BARS: &str = "SELECT k.pupil, b.contact, b.source_id, b.name, b.relationship, b.numbers, b.reason
                    FROM bar b JOIN contact k ON k.id = b.contact WHERE b.withdrawn IS NULL";

/// Every bar that stands, oldest first.
pub fn standing(connection: &Connection) -> rusqlite::Result<Vec<Bar>> {
    connection.prepare_cached(&format!("{BARS} ORDER BY b.id"))?.query_map([], read)?.collect()
}

/// The bars that stand about one pupil, oldest first.
pub fn about(connection: &Connection, pupil: PupilId) -> rusqlite::Result<Vec<Bar>> {
    connection.prepare_cached(&format!("{BARS} AND k.pupil = ?1 ORDER BY b.id"))?.query_map([pupil], read)?.collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Bar> {
    let person =
        Person { source_id: row.get(2)?, name: row.get(3)?, relationship: row.get(4)?, numbers: lines(row, 5)? };
    Ok(Bar { pupil: row.get(0)?, contact: row.get(1)?, person, reason: row.get(6)? })
}

/// The bars that `act` set and that stand, oldest first.
pub fn by_act(connection: &Connection, act: ActId) -> rusqlite::Result<Vec<Bar>> {
    connection.prepare_cached(&format!("{BARS} AND b.act = ?1 ORDER BY b.id"))?.query_map([act], read)?.collect()
}

/// The last act after `since` that set a bar about the pupil which stands.
pub fn set_since(connection: &Connection, pupil: PupilId, since: ActId) -> rusqlite::Result<Option<ActId>> {
    connection
        .prepare_cached(
            "SELECT max(b.act) FROM bar b JOIN contact k ON k.id = b.contact
             WHERE k.pupil = ?1 AND b.act > ?2 AND b.withdrawn IS NULL",
        )?
        .query_row((pupil, since), |row| row.get(0))
}

/// Lift every bar that stands on a contact: `by` withdraws them. Answers how many stood.
pub fn lift(connection: &Connection, contact: ContactId, by: ActId) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("UPDATE bar SET withdrawn = ?2 WHERE contact = ?1 AND withdrawn IS NULL")?
        .execute((contact, by))
}

/// Withdraw the bars that `act` set and that stand.
pub fn withdraw(connection: &Connection, act: ActId, by: ActId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE bar SET withdrawn = ?2 WHERE act = ?1 AND withdrawn IS NULL")?
        .execute((act, by))?;
    Ok(())
}

/// Whether an act after `since` has lifted a bar on the contact, and that holds.
pub fn lifted_since(connection: &Connection, contact: ContactId, since: ActId) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM bar WHERE contact = ?1 AND withdrawn > ?2)")?
        .query_row((contact, since), |row| row.get(0))
}

/// Let stand again what `by` withdrew.
pub fn restore(connection: &Connection, by: ActId) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE bar SET withdrawn = NULL WHERE withdrawn = ?1")?.execute([by])?;
    Ok(())
}
