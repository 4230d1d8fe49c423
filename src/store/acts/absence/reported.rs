//! What a report of an absence may say, by message or by telephone, and which sessions it reaches.

use chrono::Datelike;

use crate::domain::act::Refusal;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::{Code, Statistic};
use crate::domain::people::pupil::Pupil;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::evidence;

/// Refuse sessions of which the last is before the first, or more than half a year after it.
pub fn check_range(from: SessionDate, until: SessionDate) -> Result<(), Stop> {
    if until < from {
        let year = from.date.year() != until.date.year();
        let [first, last] = [from, until].map(|at| match year {
            true => at.date.format("%a %-d %b %Y").to_string(),
            false => at.to_string(),
        });
        let text = format!("{last} is before {first}: give the first day first");
        return Err(Refusal::Dates(text).into());
    }
    if from.date.checked_add_days(evidence::LONGEST).is_none_or(|latest| latest < until.date) {
        let [first, last] = [from, until].map(|at| at.date.format("%-d %b %Y"));
        return Err(Refusal::Dates(format!("from {first} to {last} is more than half a year")).into());
    }
    Ok(())
}

/// A report tells of an absence or of being elsewhere: it cannot say that a pupil is here.
pub fn check_report(
    work: &Work<'_>,
    code: Code,
    (from, until): (SessionDate, SessionDate),
    pupil: &Pupil,
) -> Result<(), Stop> {
    let row = work.check(code, from, pupil)?;
    work.check(code, until, pupil)?;
    if row.statistic == Statistic::Present || code == Code::U {
        let text = format!("{code} ({}) cannot be reported: it is what a register or the gate records", row.meaning);
        return Err(Stop::forbidden(text));
    }
    Ok(())
}
