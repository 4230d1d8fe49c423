//! The sickness return: fifteen school days of I in a school year, on end or together, had or to be expected. It looks forward: a note
//! for four weeks meets it on the day on which it is known.

use chrono::NaiveDate;

use super::school_weeks::PupilSession;
use super::{PupilRecord, Trigger, TriggerKind, day};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;

/// Sessions that meet it: two are a school day.
pub const SESSIONS: usize = 30;

/// A report that a pupil is ill for several days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Illness {
    /// The date on which it was recorded.
    pub known: NaiveDate,
    /// First session it speaks of.
    pub from: SessionDate,
    /// Last session.
    pub until: SessionDate,
}

/// Sessions of illness from some session on: those had, and those expected.
struct Count {
    had: Vec<PupilSession>,
    expected: usize,
    until: Option<SessionDate>,
}

impl Count {
    fn total(&self) -> usize {
        self.had.len() + self.expected
    }
}

/// The return of the school year, once it is due; and one more for every later time of illness of its own that comes to as much, after
/// the pupil was here again.
pub fn met(record: &PupilRecord<'_>) -> Vec<Trigger> {
    let year = record.this_year();
    let ill = year.iter().filter(|one| one.has(Code::I)).count();
    if ill < SESSIONS && record.illness.is_empty() {
        return Vec::new();
    }
    let mut dates: Vec<NaiveDate> = year.iter().filter(|one| one.has(Code::I)).map(|one| one.at.date).collect();
    dates.extend(record.illness.iter().map(|one| one.known.max(record.weeks.year)));
    dates.sort_unstable();
    dates.dedup();
    dates.retain(|date| *date <= record.on);
    let (mut found, mut from) = (Vec::new(), None);
    for date in dates {
        // The first counts the whole year; each other the time since the pupil was last here, and after the one before.
        let begins = if found.is_empty() { None } else { last_attended(year, date) };
        if !found.is_empty() && begins <= from {
            continue;
        }
        if count(record, begins, date).total() >= SESSIONS {
            let ends = year.iter().find(|one| one.is_attended() && one.at.date > date).map(|one| one.at.date);
            found.push(trigger(record, begins, date, ends.filter(|_| begins.is_some())));
            from = last_attended(year, date);
        }
    }
    found
}

/// What is missing to it, where the pupil does not meet it and has been ill.
pub fn distance(record: &PupilRecord<'_>) -> Option<String> {
    let count = count(record, None, record.on).total();
    let to_go = SESSIONS.checked_sub(count).filter(|to_go| *to_go > 0 && count > 0)?;
    Some(format!("15 school days of illness: {} so far, {} to go", days(count), days(to_go)))
}

/// The last session up to a date in which the pupil was here.
fn last_attended(year: &[PupilSession], date: NaiveDate) -> Option<SessionDate> {
    year.iter().rfind(|one| one.is_attended() && one.at.date <= date).map(|one| one.at)
}

/// What was had after `begins` up to the end of a date, and what was then expected.
fn count(record: &PupilRecord<'_>, begins: Option<SessionDate>, date: NaiveDate) -> Count {
    let year = record.this_year();
    let counts = |at: SessionDate| begins.is_none_or(|begins| at > begins);
    let had = year.iter().filter(|one| one.has(Code::I) && one.at.date <= date && counts(one.at)).copied().collect();
    let is_marked = |at: SessionDate| {
        let place = year.partition_point(|one| one.at < at);
        year.get(place).is_some_and(|one| one.at == at && one.code.is_some())
    };
    let lasts = |one: &&Illness| {
        let seen = |session: &PupilSession| {
            session.is_attended() && session.at >= one.from && (one.known..=date).contains(&session.at.date)
        };
        one.known <= date && one.until.date >= date && !year.iter().any(seen)
    };
    let expected = record.illness.iter().filter(lasts).flat_map(|one| record.weeks.between(one.from, one.until));
    let ahead = |at: &SessionDate| at.date > date || (at.date == date && !is_marked(*at));
    let mut expected: Vec<SessionDate> =
        expected.filter(ahead).filter(|at| record.on_roll.contains(&at.date)).collect();
    expected.sort_unstable();
    expected.dedup();
    Count { had, expected: expected.len(), until: expected.last().copied() }
}

/// As it stands now, or stood when its time of illness ended.
fn trigger(record: &PupilRecord<'_>, begins: Option<SessionDate>, met: NaiveDate, ends: Option<NaiveDate>) -> Trigger {
    let now = count(record, begins, ends.unwrap_or(record.on));
    let expected = now.until.map(|until| format!("{} of them expected, until {}", days(now.expected), day(until.date)));
    let note = [Some(days(now.total())), expected].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Trigger {
        kind: TriggerKind::Sickness,
        met,
        sessions: now.total(),
        firm: now.had.len(),
        why_not: None,
        note,
        evidence: now.had,
    }
}

/// "14.5 days", "1 day".
fn days(sessions: usize) -> String {
    let half = if sessions % 2 == 1 { ".5" } else { "" };
    let ending = if sessions > 2 || sessions == 0 { "s" } else { "" };
    format!("{}{half} day{ending}", sessions / 2)
}
