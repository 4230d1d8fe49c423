//! Persistent and severe absence: a tenth, or half, of the possible sessions of the school year missed, exactly and not as rounded.

use super::school_weeks::PupilSession;
use super::{PupilRecord, Trigger, TriggerKind, without};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::figures::Figures;

/// Each kind, and how many sessions there are to one missed.
const LINES: [(TriggerKind, usize); 2] = [(TriggerKind::Severe, 2), (TriggerKind::Persistent, 10)];

/// Those that are so now: met by the session since which they have been it without a break.
pub fn met(record: &PupilRecord<'_>) -> Vec<Trigger> {
    LINES.into_iter().filter_map(|(kind, of)| trigger(record, kind, of)).collect()
}

/// How many more may be missed before the pupil is persistently absent.
pub fn distance(record: &PupilRecord<'_>) -> Option<String> {
    let possible = record.this_year().iter().filter(|one| one.is_possible());
    let (missed, possible) =
        possible.fold((0, 0), |(missed, possible), one| (missed + u32::from(one.is_absent()), possible + 1));
    let figures = Figures { possible, attended: possible - missed, authorised: missed, ..Figures::default() };
    let more = figures.to_persistent().filter(|_| possible > 0)?;
    Some(format!("persistently absent: {missed} of {possible} sessions missed, {more} more in a row to go"))
}

fn trigger(record: &PupilRecord<'_>, kind: TriggerKind, of: usize) -> Option<Trigger> {
    let (mut missed, mut possible) = (0, 0);
    let mut since: Option<SessionDate> = None;
    for session in record.this_year().iter().filter(|one| one.is_possible()) {
        possible += 1;
        missed += usize::from(session.is_absent());
        since = if missed * of >= possible { since.or(Some(session.at)) } else { None };
    }
    let met = since?.date;
    let evidence: Vec<PupilSession> = record.this_year().iter().filter(|one| one.is_absent()).copied().collect();
    let firm = without(&evidence, Code::N);
    let clear = missed * of + 1 - possible;
    let after = record.on.succ_opt().unwrap_or(record.on);
    let left = record.weeks.count(&(after.max(record.on_roll.start)..record.on_roll.end));
    let rest = match clear.checked_sub(left) {
        Some(over) if over > 0 => format!("cannot be cleared this school year: {clear} needed, {left} left"),
        Some(_) | None => format!("{clear} attended on end to clear"),
    };
    Some(Trigger {
        kind,
        met,
        sessions: missed,
        firm,
        why_not: (firm * of < possible).then(|| format!("only while {} N stand", missed - firm)),
        note: format!("{missed} of {} missed; {rest}", counted(possible, "session")),
        evidence,
    })
}
