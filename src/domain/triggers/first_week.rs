//! The first week: whoever misses a day or more of the first five school days of the year is likelier to be persistently absent by its
//! end. It is said until the first ten school weeks are over.

use super::school_weeks::{PupilSession, WINDOW};
use super::{PupilRecord, Trigger, TriggerKind, without};
use crate::domain::code::Code;
use crate::domain::counted::counted;

/// School days that are the first week.
const DAYS: usize = 5;
/// Sessions missed that meet it.
const SESSIONS: usize = 2;

/// The sessions missed, met by the second.
pub fn met(record: &PupilRecord<'_>) -> Option<Trigger> {
    let eve = record.weeks.year.pred_opt()?;
    let last = record.weeks.days_after(eve).nth(DAYS - 1)?;
    let first = record.this_year().first()?.week;
    let missed = |one: &&PupilSession| one.is_absent() && one.at.date <= last;
    let evidence: Vec<PupilSession> = record.this_year().iter().filter(missed).copied().collect();
    let met = evidence.get(SESSIONS - 1)?.at.date;
    (record.weeks.week_of(record.on) < first + WINDOW).then(|| Trigger {
        kind: TriggerKind::FirstWeek,
        met,
        sessions: evidence.len(),
        firm: without(&evidence, Code::N),
        why_not: None,
        note: format!("{} missed of the first {DAYS} school days", counted(evidence.len(), "session")),
        evidence,
    })
}
