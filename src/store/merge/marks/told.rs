//! Whether the marks of an import count as told by the school's own system; and what it told that was not known of it, though the register
//! had it.

use chrono::NaiveDate;
use hashbrown::HashSet;
use rusqlite::Connection;

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::facts::evidence::{Mark, or_blank};
use crate::domain::facts::handback::HandbackId;
use crate::domain::incoming::{Incoming, Marks, Mixed, Warning};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::acts::{Stop, Work};
use crate::store::journal;
use crate::store::merge::{Merged, meant};
use crate::store::read::handback::held_otherwise;
use crate::store::tables::incoming::import_source;
use crate::store::tables::mark::handback;

/// Whether they count; `None` where there are none. Files of which some count and some do not are refused.
pub fn are_of_mis(connection: &Connection, school: &School, incoming: &Incoming) -> Result<Option<bool>, Stop> {
    if incoming.marks.is_empty() && incoming.unknown_marks.is_empty() && incoming.stated.is_empty() {
        return Ok(None);
    }
    let is_known = import_source::is_known_by_format(connection)?;
    let are = incoming.mark_sources.are_of_mis(school.mis_files.as_deref(), is_known);
    are.map(Some).map_err(|Mixed { of_mis, other }| {
        Stop::forbidden(format!(
            "the marks of {of_mis} are your information system's, and those of {other} are not: import one after the other"
        ))
    })
}

/// A row that tells what the register has already, and was not known of the school's own system.
pub struct Tells {
    row: usize,
    pupil: PupilId,
    mark: Mark,
    /// The hand-back that somebody confirmed otherwise, and what it said.
    confirmed: Option<(HandbackId, Option<Mark>)>,
}

/// What rows tell, as of one moment: all marks of their dates are looked at, and no desk should wait for that.
pub struct Ahead {
    tells: Vec<Tells>,
    until: NaiveDate,
    /// The last act then.
    last: ActId,
}

impl Ahead {
    /// What the rows of `marks` tell that `act` brings.
    pub fn of(connection: &Connection, marks: &Marks, act: ActId) -> rusqlite::Result<Ahead> {
        let until = span(marks).map_or(NaiveDate::MIN, |(_, last)| last);
        Ok(Ahead { tells: tells(connection, marks, act)?, until, last: journal::last(connection)? })
    }

    /// The same now, by `act`: asked anew where somebody has done something since that it may rest on.
    pub fn now(self, connection: &Connection, marks: &Marks, act: ActId) -> rusqlite::Result<Vec<Tells>> {
        match journal::is_later_alone(connection, (self.last, act), self.until)? {
            true => Ok(self.tells),
            false => tells(connection, marks, act),
        }
    }
}

/// The rows of `marks`, which `act` brings, that tell what the register has already, and was not known of the school's own system.
pub fn tells(connection: &Connection, marks: &Marks, act: ActId) -> rusqlite::Result<Vec<Tells>> {
    let Some(dates) = span(marks) else { return Ok(Vec::new()) };
    let otherwise = held_otherwise(connection, dates, act)?;
    if otherwise.is_empty() {
        return Ok(Vec::new());
    }
    let pupils = marks.pupils().iter().map(|key| meant::find(connection, key));
    let pupils = pupils.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut seen: HashSet<(PupilId, SessionDate)> = HashSet::new();
    let rows = marks.rows().enumerate().filter_map(|(row, one)| {
        let pupil = PupilId(pupils.get(one.pupil).copied().flatten()?);
        let (mark, known) = otherwise.get(&(pupil, one.at))?;
        // A row that was refused is not what the register has.
        if !mark.holds(one.mark) || !seen.insert((pupil, one.at)) {
            return None;
        }
        let confirmed = known.answers.iter().max_by_key(|answer| answer.act);
        let confirmed = confirmed.filter(|answer| known.held() == answer.mark);
        let confirmed = confirmed.map(|answer| (answer.handback, answer.mark));
        Some(Tells { row, pupil, mark: *mark, confirmed })
    });
    Ok(rows.collect())
}

/// The first and the last date of the rows.
fn span(marks: &Marks) -> Option<(NaiveDate, NaiveDate)> {
    marks.rows().map(|one| one.at.date).fold(None, |span, date| {
        let (first, last) = span.unwrap_or((date, date));
        Some((first.min(date), last.max(date)))
    })
}

/// Put down whose marks they were, and what was told beside what the register has by now: `tells`, or nothing of another's marks.
pub fn put_down(
    work: &Work<'_>,
    incoming: &Incoming,
    of_mis: Option<bool>,
    tells: impl FnOnce() -> rusqlite::Result<Vec<Tells>>,
    merged: &mut Merged,
) -> Result<(), Stop> {
    merged.of_mis = of_mis;
    let Some(of_mis) = of_mis else { return Ok(()) };
    import_source::add(work.connection, work.act, of_mis, incoming.mark_sources.is_of_mis_by_format())?;
    if !of_mis {
        return Ok(());
    }
    for Tells { row, pupil, mark, confirmed } in tells()? {
        let Some(one) = incoming.marks.get(row) else { continue };
        handback::tell(work.connection, work.act, pupil, one.at, mark)?;
        merged.told += 1;
        if let Some((number, confirmed)) = confirmed {
            let (who, number) = (work.roll.name_and_group(pupil), number.0);
            let text = format!(
                "{who}, {}: hand-back {number} is confirmed, and your information system has {mark} all the same, not {}",
                one.at,
                or_blank(confirmed)
            );
            merged.warnings.push(Warning { place: one.place(), text });
        }
    }
    Ok(())
}

/// "told by your system: 3 marks", for the journal.
pub fn described(told: u64) -> Option<String> {
    let count = usize::try_from(told).unwrap_or(usize::MAX);
    (told > 0).then(|| format!("your system's: {} that it was not known to have", counted(count, "mark")))
}
