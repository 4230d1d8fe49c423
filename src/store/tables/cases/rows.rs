//! How every table of casework is read: a row with the act that put it down and, once taken back, the act that withdrew it.

use rusqlite::{Connection, Row};

use crate::domain::act_id::ActId;
use crate::domain::cases::held::{Held, Signed};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::columns::instant;

/// The place of the first of a table's own columns.
pub const FIRST: usize = 7;

/// The rows of `table`, of one pupil or of all, in the order of the acts; `columns` are its own, from [`FIRST`] on.
pub fn all<T>(
    connection: &Connection,
    school: &School,
    (table, columns): (&'static str, &'static str),
    pupil: Option<PupilId>,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<(PupilId, Held<T>)>> {
    // Of one pupil by the index; of all without.
    let whose = if pupil.is_some() { "t.pupil = ?1" } else { "?1 IS NULL" };
    let question = format!(
        "SELECT t.pupil, t.act, a.signed, a.instant, w.id, w.signed, w.instant, {columns}
         FROM {table} t JOIN act a ON a.id = t.act LEFT JOIN act w ON w.id = t.withdrawn WHERE {whose} ORDER BY t.act"
    );
    let mut statement = connection.prepare_cached(&question)?;
    let rows = statement.query_map([pupil], |row| {
        let signed = |act, at: usize| -> rusqlite::Result<Signed> {
            Ok(Signed { act, who: row.get(at + 1)?, at: school.local(instant(row, at + 2)?) })
        };
        let taken_back = row.get::<_, Option<ActId>>(4)?.map(|act| signed(act, 4)).transpose()?;
        Ok((row.get(0)?, Held { by: signed(row.get(1)?, 1)?, taken_back, what: read(row)? }))
    })?;
    rows.collect()
}
