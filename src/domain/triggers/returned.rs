//! Back after a long absence: whoever missed ten school days or more on end, for whatever reason, and has been here again.

use super::school_weeks::PupilSession;
use super::{PupilRecord, Trigger, TriggerKind, day, ten_days, without};
use crate::domain::code::Code;
use crate::domain::counted::counted;

/// School days after the return within which it is looked after: three weeks.
const LOOKED_AFTER: usize = 15;

/// The newest return that is still looked after.
pub fn met(record: &PupilRecord<'_>) -> Option<Trigger> {
    let (mut away, mut found): (Vec<PupilSession>, _) = (Vec::new(), None);
    for session in record.sessions.iter().filter(|one| one.is_possible()) {
        if session.is_absent() {
            away.push(*session);
        } else if away.len() >= ten_days::SESSIONS {
            found = Some((session.at.date, std::mem::take(&mut away)));
        } else {
            away.clear();
        }
    }
    let (met, evidence) = found.filter(|(met, _)| *met >= record.weeks.year)?;
    let since = record.weeks.days_after(met).take_while(|date| *date <= record.on).count();
    (since < LOOKED_AFTER).then(|| Trigger {
        kind: TriggerKind::Returned,
        met,
        sessions: evidence.len(),
        firm: without(&evidence, Code::N),
        why_not: None,
        note: format!("back since {}, {} away", day(met), counted(evidence.len(), "session")),
        evidence,
    })
}
