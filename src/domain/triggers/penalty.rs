//! The national threshold of a penalty notice (Working together to improve school attendance, from 19 August 2024): ten sessions of G,
//! N, O or U, on end or not, within ten school weeks, across holidays and school years.

use super::school_weeks::{PupilSession, WINDOW};
use super::{PupilRecord, Trigger, TriggerKind, joined, some_counted, without};
use crate::domain::calendar::Calendar;
use crate::domain::code::Code;
use crate::domain::counted::counted;

/// Sessions that meet it.
pub const SESSIONS: usize = 10;

/// The threshold, where the pupil meets it: by the first session of this school year at whose end the ten school weeks held so many;
/// else, while they still do, by the one of the year before.
pub fn met(record: &PupilRecord<'_>) -> Option<Trigger> {
    let counted = counting(record);
    let (mut first, mut before) = (0, None);
    for (last, session) in counted.iter().enumerate() {
        while counted.get(first).is_some_and(|one| one.week + WINDOW <= session.week) {
            first += 1;
        }
        if last + 1 - first < SESSIONS {
            before = None;
            continue;
        }
        let window = counted.get(first..=last).unwrap_or_default();
        if session.at.date >= record.weeks.year {
            return trigger(record, window, &counted);
        }
        before = before.or(Some(window));
    }
    before.filter(|_| now(record, &counted) >= SESSIONS).and_then(|window| trigger(record, window, &counted))
}

/// What is missing to it, where the pupil does not meet it and has some.
pub fn distance(record: &PupilRecord<'_>) -> Option<String> {
    let now = now(record, &counting(record));
    let to_go = SESSIONS.checked_sub(now).filter(|to_go| *to_go > 0 && now > 0)?;
    Some(format!(
        "penalty notice threshold: {} in the last {WINDOW} school weeks, {to_go} to go",
        counted(now, "session")
    ))
}

/// The sessions that count towards it.
fn counting(record: &PupilRecord<'_>) -> Vec<PupilSession> {
    let counts = |one: &&PupilSession| one.is_unauthorised() && !record.locked.contains(&one.at);
    record.sessions.iter().filter(counts).copied().collect()
}

/// How many of them the last ten school weeks hold.
fn now(record: &PupilRecord<'_>, counted: &[PupilSession]) -> usize {
    let week = record.weeks.week_of(record.on);
    counted.iter().filter(|one| one.week + WINDOW > week).count()
}

fn trigger(record: &PupilRecord<'_>, window: &[PupilSession], all: &[PupilSession]) -> Option<Trigger> {
    let (first, last) = (window.first()?, window.last()?);
    // Before the first mark of all the record holds nothing of the pupil.
    let held = record.sessions.iter().skip_while(|one| one.code.is_none());
    let within = held.filter(|one| one.week + WINDOW > last.week && one.at <= last.at);
    let blanks = within.filter(|one| one.code.is_none());
    let firm = without(window, Code::N);
    let why_not = joined([
        Some(window.len() - firm).filter(|n| *n > 0).map(|n| format!("{n} N in the window")),
        some_counted(blanks.count(), "session").map(|blanks| format!("{blanks} without a mark in the window")),
        (!record.is_of_school_age).then(|| "not of compulsory school age".to_owned()),
        record.family.as_ref().and_then(|family| family.file.details_missing(record.on)),
        record.family.as_ref().and_then(|family| {
            let since = Calendar::year_start(first.at.date);
            family.file.unwarned(&family.parents, &(since..=record.on))
        }),
    ]);
    let now = now(record, all);
    let before = window.iter().filter(|one| one.at.date < record.weeks.year).count();
    let note = joined([
        (first.at.date < record.weeks.year).then(|| format!("{before} of them last school year")),
        (now != window.len()).then(|| format!("{now} in the last {WINDOW} school weeks")),
    ]);
    Some(Trigger {
        kind: TriggerKind::Penalty,
        met: last.at.date,
        sessions: window.len(),
        firm,
        why_not: Some(why_not).filter(|why| !why.is_empty()),
        note,
        evidence: window.to_vec(),
    })
}
