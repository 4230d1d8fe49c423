//! Messages: how a report came, kept beside the evidence that its act recorded.

use chrono::NaiveDate;
use hashbrown::HashMap;
use rusqlite::{Connection, params};

use crate::domain::absence::when::LONGEST;
use crate::domain::act_id::ActId;
use crate::domain::facts::message::Message;
use crate::store::columns::{date_or_none, date_text};

/// Record how the report of `act` came.
pub fn add(connection: &Connection, act: ActId, message: &Message) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO message (act, channel, seen, back) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![act, message.channel, message.seen, message.back.map(date_text)])?;
    Ok(())
}

/// How the reports came that speak of `date` and stand. A report that was taken back is none.
pub fn on(connection: &Connection, date: NaiveDate) -> rusqlite::Result<HashMap<ActId, Message>> {
    let mut statement = connection.prepare_cached(
        "SELECT m.act, m.channel, m.seen, m.back FROM message m
         WHERE m.act IN (SELECT e.act FROM evidence e
                         WHERE e.kind = 'report' AND e.last_day BETWEEN ?1 AND ?2 AND e.first_day <= ?1
                           AND e.withdrawn IS NULL)",
    )?;
    let latest = date.checked_add_days(LONGEST).unwrap_or(date);
    statement
        .query_map([date_text(date), date_text(latest)], |row| {
            let message = Message { channel: row.get(1)?, seen: row.get(2)?, back: date_or_none(row, 3)? };
            Ok((row.get(0)?, message))
        })?
        .collect()
}
