//! Facts that carry the act that brought them and, once taken back, the act that withdrew them: withdrawn and restored in the same
//! way, whatever they hold.

use rusqlite::Connection;

use crate::domain::act_id::ActId;
use crate::domain::people::pupil::PupilId;

/// The tables of such facts. Evidence, the watch list and lessons' marks have more to them, and look after themselves.
const TABLES: [&str; 36] = [
    "call",
    "promise",
    "register",
    "chase",
    "snooze",
    "covering",
    "lesson_chase",
    "step",
    "late_step",
    "decision",
    "search",
    "movement",
    "sighting",
    "confirmation",
    "arrangement",
    "arrangement_pupil",
    "quarantine",
    "mark_meaning",
    "missing",
    "handback_answer",
    "mis_mark",
    "inbox",
    "case_opened",
    "case_change",
    "case_contact",
    "case_support",
    "case_meeting",
    "home_visit",
    "home_visit_return",
    "improvement_notice",
    "penalty_notice",
    "leave_request",
    "leave_decision",
    "case_ending",
    "letter",
    "letter_delivery",
];

/// Withdraw what `act` recorded: `by` takes it back.
pub fn withdraw(connection: &Connection, act: ActId, by: ActId) -> rusqlite::Result<()> {
    for table in TABLES {
        connection
            .prepare_cached(&format!("UPDATE {table} SET withdrawn = ?2 WHERE act = ?1 AND withdrawn IS NULL"))?
            .execute((act, by))?;
    }
    Ok(())
}

/// Of whom `act` recorded something in `table`, whether it stands or not.
pub fn pupils_of(connection: &Connection, table: &'static str, act: ActId) -> rusqlite::Result<Vec<PupilId>> {
    connection
        .prepare_cached(&format!("SELECT DISTINCT pupil FROM {table} WHERE act = ?1"))?
        .query_map([act], |row| row.get(0))?
        .collect()
}

/// Let stand again what `act` recorded and `by` withdrew.
pub fn restore(connection: &Connection, act: ActId, by: ActId) -> rusqlite::Result<()> {
    for table in TABLES {
        connection
            .prepare_cached(&format!("UPDATE {table} SET withdrawn = NULL WHERE act = ?1 AND withdrawn = ?2"))?
            .execute((act, by))?;
    }
    Ok(())
}
