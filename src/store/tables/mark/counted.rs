//! Settled marks of a stretch of dates, read to be counted: as they stand, and as they stood.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, params};

use super::{days_of, lates_of};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;
use crate::store::columns::{date_text, instant_text, mark_or_none, session_date};

/// Every settled mark of these dates: whose, of which session. Hundreds of thousands come in the order of the table, so that a session
/// is read once, and not once a mark.
pub fn each_on(
    connection: &Connection,
    dates: &Range<NaiveDate>,
    mut each: impl FnMut(PupilId, SessionDate, Mark),
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT date, session, pupil, code, minutes FROM mark WHERE date >= ?1 AND date < ?2 AND code IS NOT NULL",
    )?;
    let mut rows = statement.query(params![date_text(dates.start), date_text(dates.end)])?;
    let mut last: Option<(Vec<u8>, SessionDate)> = None;
    while let Some(row) = rows.next()? {
        let (date, session) = (row.get_ref(0)?.as_bytes()?, row.get_ref(1)?.as_bytes()?);
        let is_same = |text: &[u8]| text.strip_prefix(date) == Some(session);
        let at = match last.as_ref().filter(|(text, _)| is_same(text)) {
            Some((_, at)) => *at,
            None => {
                let at = session_date(row, 0)?;
                last = Some(([date, session].concat(), at));
                at
            }
        };
        if let Some(code) = row.get::<_, Option<Code>>(3)? {
            each(row.get(2)?, at, Mark { code, minutes: row.get(4)? });
        }
    }
    Ok(())
}

/// One pupil's. Lates have their minutes; the index that holds all else has none, and lates are few.
pub fn each_of(
    connection: &Connection,
    pupil: PupilId,
    dates: &Range<NaiveDate>,
    mut each: impl FnMut(PupilId, SessionDate, Mark),
) -> rusqlite::Result<()> {
    days_of(connection, pupil, dates, |day| {
        for (session, mark) in Session::BOTH.into_iter().zip([day.am, day.pm]) {
            if let Some(mark) = mark.filter(|mark| !mark.is_late()) {
                each(pupil, SessionDate::new(day.date, session), mark);
            }
        }
    })?;
    for (at, late) in lates_of(connection, pupil, dates)? {
        if let Some(late) = late {
            each(pupil, at, late);
        }
    }
    Ok(())
}

/// The sessions of these dates whose mark was changed at `instant` or later, each with the mark that stood before then.
/// A first mark stood from when it was made; one that came with a file from its own date on, for nobody knows here when it was made.
pub fn changed_after(
    connection: &Connection,
    dates: &Range<NaiveDate>,
    instant: DateTime<Utc>,
) -> rusqlite::Result<Vec<(PupilId, SessionDate, Option<Mark>)>> {
    let mut statement = connection.prepare_cached(
        "SELECT m.pupil, m.date, m.session, a.id, a.original, a.original_minutes,
                a.since IS NULL OR s.instant < ?3 OR s.kind IN ('import', 'history'),
                m.code, m.minutes, t.kind IN ('import', 'history')
         FROM mark m CROSS JOIN act t ON t.id = m.act
         LEFT JOIN amendment a ON a.id = (SELECT min(x.id) FROM amendment x JOIN act y ON y.id = x.act
                                          WHERE x.pupil = m.pupil AND x.date = m.date AND x.session = m.session
                                            AND y.instant >= ?3)
         LEFT JOIN act s ON s.id = a.since
         WHERE m.date >= ?1 AND m.date < ?2 AND m.act >= (SELECT min(id) FROM act WHERE instant >= ?3) AND t.instant >= ?3",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        let (amended, stood, came_with_file): (Option<i64>, bool, bool) = (row.get(3)?, row.get(6)?, row.get(9)?);
        let mark = match amended {
            Some(_) if stood => mark_or_none(row, 4)?,
            None if came_with_file => mark_or_none(row, 7)?,
            Some(_) | None => None,
        };
        Ok((row.get(0)?, session_date(row, 1)?, mark))
    };
    statement.query_map(params![date_text(dates.start), date_text(dates.end), instant_text(instant)], read)?.collect()
}
