//! Absences reported to the school: today's, and days to come.

use chrono::Datelike;

use super::{Said, Stop, Work};
use crate::domain::act::{Receipt, Refusal};
use crate::domain::calendar::session::SessionDate;
use crate::domain::calendar::when::back_fault;
use crate::domain::code::{Code, Statistic};
use crate::domain::facts::evidence::Fact;
use crate::domain::facts::message::Message;
use crate::domain::name::clean;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::store::tables::{evidence, message};

/// Record what somebody reported: evidence for every session from `from` to `until`, settled session by session.
pub fn report(
    work: &Work<'_>,
    pupils: &[PupilId],
    (from, until): (SessionDate, SessionDate),
    code: Code,
    by: &str,
    words: &str,
    told: &Message,
) -> Result<Receipt, Stop> {
    may_last(from, until)?;
    if let Some(says) = told.back.and_then(|back| back_fault(until, back)) {
        return Err(Refusal::Dates(says).into());
    }
    if clean(by).is_empty() {
        return Err(Refusal::Forbidden("say who reported it: the record must show it".to_owned()).into());
    }
    let Some(first) = pupils.first() else { return Err(Refusal::Unknown { what: "pupil" }.into()) };
    let sessions = school_sessions(work, from, until);
    if sessions.is_empty() {
        work.session(from)?;
    }
    for (place, id) in pupils.iter().enumerate() {
        let pupil = work.on_roll(*id, from.date)?;
        may_be_reported(work, code, (from, until), pupil)?;
        if pupils.iter().take(place).any(|earlier| earlier == id) {
            continue;
        }
        let fact = Fact::Report { code, by: clean(by), words: clean(words) };
        evidence::add(work.connection, work.act, *id, from, until, &fact)?;
        let reached = sessions.iter().copied().filter(|at| pupil.on_roll(at.date)).collect();
        work.settle_all(*id, &reached, Said { words: &clean(words), by: Some(&clean(by)) })?;
    }
    message::add(work.connection, work.act, told)?;
    let others = match pupils.len() {
        1 => String::new(),
        more => format!(" and {} more", more - 1),
    };
    let span = if from.date == until.date && from.date == work.today() {
        "today".to_owned()
    } else if from.date == until.date {
        from.date.format("%a %-d %b").to_string()
    } else {
        format!("{} to {}", from.date.format("%a %-d %b"), until.date.format("%a %-d %b"))
    };
    let half = if from == until { format!(", {} only", from.session) } else { String::new() };
    let says = format!("{}{others}: {code} reported, {span}{half}", work.roll.name_and_group(*first));
    Ok(work.receipt(says, pupils.to_vec()))
}

/// Refuse sessions of which the last is before the first, or more than half a year after it.
pub fn may_last(from: SessionDate, until: SessionDate) -> Result<(), Stop> {
    if until < from {
        let year = from.date.year() != until.date.year();
        let [first, last] = [from, until].map(|at| match year {
            true => at.date.format("%a %-d %b %Y").to_string(),
            false => at.to_string(),
        });
        let says = format!("{last} is before {first}: give the first day first");
        return Err(Refusal::Dates(says).into());
    }
    if from.date.checked_add_days(evidence::LONGEST).is_none_or(|latest| latest < until.date) {
        let [first, last] = [from, until].map(|at| at.date.format("%-d %b %Y"));
        return Err(Refusal::Dates(format!("from {first} to {last} is more than half a year")).into());
    }
    Ok(())
}

/// A report tells of an absence or of being elsewhere: it cannot say that a pupil is here.
pub fn may_be_reported(
    work: &Work<'_>,
    code: Code,
    (from, until): (SessionDate, SessionDate),
    pupil: &Pupil,
) -> Result<(), Stop> {
    let row = work.check(code, from, pupil)?;
    work.check(code, until, pupil)?;
    if row.statistic == Statistic::Present || code == Code::U {
        let says = format!("{code} ({}) cannot be reported: it is what a register or the gate records", row.meaning);
        return Err(Refusal::Forbidden(says).into());
    }
    Ok(())
}

/// The sessions from `from` to `until` on days with school.
pub fn school_sessions(work: &Work<'_>, from: SessionDate, until: SessionDate) -> Vec<SessionDate> {
    let dates = from.date.iter_days().take_while(|date| *date <= until.date);
    let held = dates.filter_map(|date| Some((date, work.times(date).ok()?.sessions())));
    held.flat_map(|(date, sessions)| sessions.iter().map(move |session| SessionDate::new(date, *session)))
        .filter(|at| from <= *at && *at <= until)
        .collect()
}
