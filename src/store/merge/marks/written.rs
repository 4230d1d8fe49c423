//! Writes what marks came to, by the act of the import, in the order of the tables.

use super::TO_COME;
use super::settled::{Change, NewMark, Settled, taken_by};
use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::changed_mark::ChangedMark;
use crate::domain::facts::evidence::Mark;
use crate::domain::incoming::{Marks, OneMark};
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::store::acts::{Quote, Stop, Work, marked, store_tutor_mark};
use crate::store::columns::date_text;
use crate::store::tables::mark::{Amended, Put, Writer};
use crate::store::tables::{evidence, mark, register};

/// Memory for pages of the file while many marks are written, in kibibytes, which SQLite takes with a minus. A table and its indexes are
/// written in two orders: what both touch should stay. Without the indexes it is written from end to end, and they are sorted in as much.
const PAGES: i32 = -16_384;
const FEW_PAGES: i32 = -4_096;
/// The same otherwise: SQLite's own.
const USUAL_PAGES: i32 = -2_000;

/// Marks for which, where there are not so many yet, the indexes are made anew.
const MANY: usize = if cfg!(test) { 20 } else { 50_000 };

/// A row, and whose it is.
type Whose<'m> = (OneMark<'m>, PupilId);

fn whose<'m>(marks: &'m Marks, pupils: &[Option<PupilId>], row: u32) -> Option<Whose<'m>> {
    let one = marks.get(row as usize)?;
    Some((one, pupils.get(one.pupil).copied().flatten()?))
}

/// Write what was settled; `step` is called once for each mark.
pub fn write(
    work: &Work<'_>,
    marks: &Marks,
    pupils: &[Option<PupilId>],
    settled: &Settled,
    step: &mut dyn FnMut(),
) -> rusqlite::Result<()> {
    let connection = work.connection;
    let count = settled.marks.len();
    let is_most = count > MANY && !mark::are_more_than(connection, count)?;
    connection.pragma_update(None, "cache_size", if is_most { FEW_PAGES } else { PAGES })?;
    let indexes = if is_most { mark::take_indexes(connection)? } else { Vec::new() };
    write_few(work, marks, pupils, settled, step)?;
    for index in indexes {
        connection.execute_batch(&index)?;
    }
    connection.pragma_update(None, "cache_size", USUAL_PAGES)?;
    Ok(())
}

/// The same of few marks among however many.
pub fn write_few(
    work: &Work<'_>,
    marks: &Marks,
    pupils: &[Option<PupilId>],
    settled: &Settled,
    step: &mut dyn FnMut(),
) -> rusqlite::Result<()> {
    let (connection, act) = (work.connection, work.act);
    for (row, old, taken) in &settled.displaced {
        if let Some((one, pupil)) = whose(marks, pupils, *row) {
            evidence::displace(connection, *taken, pupil, one.at, *old, act)?;
        }
    }
    let mut writer = Writer::new(connection, act)?;
    let mut new = Vec::with_capacity(Writer::ROWS);
    for one in &settled.marks {
        step();
        let Some(put) = put(marks, pupils, one) else { continue };
        if !one.is_new {
            writer.put(&put)?;
            continue;
        }
        new.push(put);
        if new.len() == Writer::ROWS {
            writer.add(&new)?;
            new.clear();
        }
    }
    writer.add(&new)?;
    for amended in &settled.amendments {
        let Some((one, pupil)) = whose(marks, pupils, amended.row) else { continue };
        let (quote, rule) = (marked(one.mark), settled.rules.get(amended.rule as usize));
        let why = mark::Why {
            rule: rule.map(String::as_str).unwrap_or_default(),
            quote: Some(&quote),
            said_by: one.by,
            is_decided: amended.is_decided,
        };
        let (date, session) = (&date_text(one.at.date), amended.session);
        let (was, now) = (amended.original, amended.new);
        let since = if amended.since == TO_COME { act } else { amended.since };
        mark::amend(connection, &Amended { date, session, pupil, was, since, now }, act, &why)?;
    }
    Ok(())
}

/// How a pupil-session is to stand in its row.
fn put(marks: &Marks, pupils: &[Option<PupilId>], new: &NewMark) -> Option<Put> {
    let (one, pupil) = whose(marks, pupils, new.row)?;
    let settled = match new.settled {
        Change::Same => None,
        Change::Blank => Some(None),
        Change::To(code, minutes) => Some(Some(Mark { code, minutes: minutes.map(i64::from) })),
    };
    let tutor = new.is_tutors.then_some(one.mark);
    Some(Put { at: SessionDate::new(one.at.date, new.session), pupil, tutor, settled })
}

/// The marks that rows changed, in order.
pub fn changed<'s>(
    marks: &'s Marks,
    pupils: &'s [Option<PupilId>],
    settled: &'s Settled,
) -> impl Iterator<Item = ChangedMark> + 's {
    settled.amendments.iter().filter_map(move |one| {
        let (row, pupil) = whose(marks, pupils, one.row)?;
        let at = SessionDate::new(row.at.date, one.session);
        Some(ChangedMark { pupil, at, was: one.original, now: one.new })
    })
}

/// Hand in registers, each by the first of its rows.
pub fn write_registers(work: &Work<'_>, marks: &Marks, registers: &[(u32, GroupId)]) -> rusqlite::Result<()> {
    let by = |(row, group): &(u32, GroupId)| Some((marks.get(*row as usize)?, *group));
    registers
        .iter()
        .filter_map(by)
        .try_for_each(|(one, group)| register::hand_in(work.connection, group, one.at, work.act, &taken_by(&one)))
}

/// Put tutors' marks in the record as their rows came, and settle each there; how many something stronger outweighs.
pub fn one_by_one(work: &Work<'_>, marks: &Marks, pupils: &[Option<PupilId>], mut rows: Vec<u32>) -> Result<u64, Stop> {
    rows.sort_unstable();
    let mut outweighed = 0;
    for (one, pupil) in rows.into_iter().filter_map(|row| whose(marks, pupils, row)) {
        let words = marked(one.mark);
        store_tutor_mark(work, pupil, one.at, Some((one.mark, work.act)), Quote { words: &words, by: one.by })?;
        let settled = mark::standing(work.connection, one.at, pupil)?.settled;
        outweighed += u64::from(settled.map(|mark| mark.code) != Some(one.mark.code));
    }
    Ok(outweighed)
}
