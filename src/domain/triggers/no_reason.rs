//! No reason after five school days: marks that stand at N beyond their deadline.

use super::{PupilRecord, Trigger, TriggerKind, day, joined};
use crate::domain::absence::unresolved::DAYS;
use crate::domain::code::Code;
use crate::domain::counted::counted;

/// The marks, met by the oldest.
pub fn met(record: &PupilRecord<'_>) -> Option<Trigger> {
    let stands = |date| record.weeks.days_after(date).take_while(|day| *day <= record.on).take(DAYS + 1).count() > DAYS;
    let at_n = record.sessions.iter().filter(|one| one.has(Code::N));
    let evidence: Vec<_> = at_n.filter(|one| stands(one.at.date)).copied().collect();
    let met = evidence.first()?.at.date;
    let deadline = record.weeks.days_after(met).nth(DAYS - 1);
    Some(Trigger {
        kind: TriggerKind::NoReason,
        met,
        sessions: evidence.len(),
        firm: 0,
        why_not: None,
        note: joined([
            Some(format!("{} at N", counted(evidence.len(), "session"))),
            deadline.map(|deadline| format!("the oldest could stand until {}", day(deadline))),
        ]),
        evidence,
    })
}
