//! Marks: what the tutor entered, what the evidence settled it to, and the amendment record of every change (reg 6 of SI 2024/208).

mod amended;
mod counted;
pub mod handback;
mod held;
pub mod sessions;
mod writer;

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::day::{NMark, PastDay};
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;
use crate::store::columns::{date_text, instant, mark_or_none, session_date};
pub use amended::{Amended, Why, amend, changed_by};
pub use counted::{changed_after, each_of, each_on};
pub use held::held_of;
pub use writer::{Put, Writer, are_more_than, take_indexes};

/// One pupil-session as stored.
#[derive(Clone, Copy, Default)]
pub struct Standing {
    /// The tutor's mark, and the act that brought it.
    pub tutor: Option<(Mark, ActId)>,
    /// The settled mark.
    pub settled: Option<Mark>,
    /// The act that last changed the settled mark.
    pub revision: ActId,
}

fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Standing> {
    let taken: Option<i64> = row.get(first + 2)?;
    let tutor = mark_or_none(row, first)?.zip(taken.map(ActId));
    Ok(Standing { tutor, settled: mark_or_none(row, first + 3)?, revision: row.get(first + 5)? })
}

/// The pupil-session as it stands; blank and untouched if there is no row.
pub fn standing(connection: &Connection, at: SessionDate, pupil: PupilId) -> rusqlite::Result<Standing> {
    let found = connection
        .prepare_cached(
            "SELECT tutor, tutor_minutes, taken, code, minutes, act FROM mark WHERE date = ?1 AND session = ?2 AND pupil = ?3",
        )?
        .query_row(params![date_text(at.date), at.session, pupil], |row| read(row, 0))
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Both sessions of one pupil's date, those that have a row.
pub fn of_date(connection: &Connection, date: NaiveDate, pupil: PupilId) -> rusqlite::Result<Vec<(Session, Standing)>> {
    let mut statement = connection.prepare_cached(
        "SELECT session, tutor, tutor_minutes, taken, code, minutes, act FROM mark
         WHERE date = ?1 AND session IN ('AM', 'PM') AND pupil = ?2",
    )?;
    statement.query_map(params![date_text(date), pupil], |row| Ok((row.get(0)?, read(row, 1)?)))?.collect()
}

/// Everybody's marks of `date`.
pub fn on(connection: &Connection, date: NaiveDate) -> rusqlite::Result<Vec<(PupilId, Session, Standing)>> {
    let mut statement = connection.prepare_cached(
        "SELECT pupil, session, tutor, tutor_minutes, taken, code, minutes, act FROM mark WHERE date = ?1",
    )?;
    statement.query_map([date_text(date)], |row| Ok((row.get(0)?, row.get(1)?, read(row, 2)?)))?.collect()
}

/// Every mark before `date` that stands at N, oldest first.
pub fn unresolved_n(connection: &Connection, date: NaiveDate) -> rusqlite::Result<Vec<NMark>> {
    let mut statement = connection.prepare_cached(
        "SELECT pupil, date, session, act FROM mark INDEXED BY mark_at_n
         WHERE code = 'N' AND date < ?1 ORDER BY date, session, pupil",
    )?;
    statement
        .query_map([date_text(date)], |row| {
            Ok(NMark { pupil: row.get(0)?, at: session_date(row, 1)?, revision: row.get(3)? })
        })?
        .collect()
}

/// Put the tutor's mark of a pupil-session, or take it away. The settled mark is the caller's next step.
pub fn store_tutor_mark(
    connection: &Connection,
    at: SessionDate,
    pupil: PupilId,
    tutor: Option<(Mark, ActId)>,
    act: ActId,
) -> rusqlite::Result<()> {
    let mark = tutor.map(|(mark, _)| mark);
    connection.prepare_cached(TUTOR)?.execute(params![
        date_text(at.date),
        at.session,
        pupil,
        mark.as_ref().map(|mark| mark.code.as_str()),
        mark.and_then(|mark| mark.minutes),
        tutor.map(|(_, taken)| taken.0),
        act,
    ])?;
    Ok(())
}

const TUTOR: &str =
    "INSERT INTO mark (date, session, pupil, tutor, tutor_minutes, taken, act) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
     ON CONFLICT DO UPDATE SET tutor = excluded.tutor, tutor_minutes = excluded.tutor_minutes, taken = excluded.taken";

/// The pupil-sessions that `act` gave a tutor's mark, since displaced or not.
pub fn brought_by(connection: &Connection, act: ActId) -> rusqlite::Result<BTreeSet<(SessionDate, PupilId)>> {
    let mut statement = connection.prepare(
        "SELECT date, session, pupil FROM mark WHERE date >= (SELECT coalesce(about, '') FROM act WHERE id = ?1) AND taken = ?1
         UNION SELECT first_day, first_session, pupil FROM evidence WHERE act = ?1 AND kind = 'tutor'",
    )?;
    statement.query_map([act], |row| Ok((session_date(row, 0)?, row.get(2)?)))?.collect()
}

/// The last act that set a settled mark of `at` after `since`, of everybody; `but` does not count.
pub fn moved_at(
    connection: &Connection,
    at: SessionDate,
    (since, but): (ActId, ActId),
) -> rusqlite::Result<Option<ActId>> {
    connection
        .prepare_cached(
            "SELECT max(act) FROM mark
             WHERE date = ?1 AND session = ?2 AND code IS NOT NULL AND act > ?3 AND act <> ?4",
        )?
        .query_row(params![date_text(at.date), at.session, since, but], |row| row.get(0))
}

/// The same of one pupil: each date, and the act.
pub fn moved_of(
    connection: &Connection,
    pupil: PupilId,
    (since, but): (ActId, ActId),
) -> rusqlite::Result<Vec<(NaiveDate, ActId)>> {
    connection
        .prepare_cached(
            "SELECT date, act FROM mark WHERE pupil = ?1 AND code IS NOT NULL AND act > ?2 AND act <> ?3 ORDER BY act DESC",
        )?
        .query_map((pupil, since, but), |row| Ok((crate::store::columns::date(row, 0)?, row.get(1)?)))?
        .collect()
}

impl Standing {
    /// Whether what `act` settles now is the first mark of all: no amendment.
    pub fn is_first_by(&self, act: ActId) -> bool {
        self.settled.is_none() && (self.revision == ActId::default() || self.revision == act)
    }
}

/// Put the settled mark, where it changed from what `stood`. Every change but the first mark of all is an amendment, a return
/// from blank among them.
pub fn store_settled(
    connection: &Connection,
    at: SessionDate,
    pupil: PupilId,
    stood: &Standing,
    now: Option<Mark>,
    act: ActId,
    why: &Why<'_>,
) -> rusqlite::Result<()> {
    let was = stood.settled;
    if was == now {
        return Ok(());
    }
    let date = &date_text(at.date);
    connection.prepare_cached(SETTLE)?.execute(params![
        date,
        at.session,
        pupil,
        text(&now),
        now.and_then(|mark| mark.minutes),
        act
    ])?;
    if !stood.is_first_by(act) {
        let since = stood.revision;
        amend(connection, &Amended { date, session: at.session, pupil, was, since, now }, act, why)?;
    }
    Ok(())
}

const SETTLE: &str = "INSERT INTO mark (date, session, pupil, code, minutes, act) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
     ON CONFLICT DO UPDATE SET code = excluded.code, minutes = excluded.minutes, act = excluded.act";

fn text(mark: &Option<Mark>) -> Option<&str> {
    mark.as_ref().map(|mark| mark.code.as_str())
}

/// The settled mark as it stood at revision `saw`, given that it has moved since: what the first change after it replaced.
pub fn at_revision(
    connection: &Connection,
    at: SessionDate,
    pupil: PupilId,
    saw: ActId,
) -> rusqlite::Result<Option<Mark>> {
    if saw == ActId::default() {
        return Ok(None);
    }
    let found = connection
        .prepare_cached(
            "SELECT original, original_minutes FROM amendment
             WHERE pupil = ?1 AND date = ?2 AND session = ?3 AND act > ?4 ORDER BY id LIMIT 1",
        )?
        .query_row(params![pupil, date_text(at.date), at.session, saw], |row| mark_or_none(row, 0))
        .optional()?;
    Ok(found.flatten())
}

/// The acts since `saw` that amended the settled mark.
pub fn amended_since(
    connection: &Connection,
    at: SessionDate,
    pupil: PupilId,
    saw: ActId,
) -> rusqlite::Result<Vec<ActId>> {
    connection
        .prepare_cached("SELECT act FROM amendment WHERE pupil = ?1 AND date = ?2 AND session = ?3 AND act > ?4")?
        .query_map(params![pupil, date_text(at.date), at.session, saw], |row| row.get(0))?
        .collect()
}

/// The amendment record of one pupil-session, oldest first.
pub fn amendments(
    connection: &Connection,
    pupil: PupilId,
    from: NaiveDate,
    until: NaiveDate,
) -> rusqlite::Result<Vec<AmendmentRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT m.date, m.session, m.original, m.original_minutes, m.new, m.new_minutes, m.reason, a.instant, a.signed, a.post, a.desk,
                m.rule, m.said_by, m.decided, a.kind, a.login, m.act
         FROM amendment m JOIN act a ON a.id = m.act WHERE m.pupil = ?1 AND m.date BETWEEN ?2 AND ?3 ORDER BY m.id",
    )?;
    statement
        .query_map(params![pupil, date_text(from), date_text(until)], |row| {
            Ok(AmendmentRow {
                act: row.get(16)?,
                at: crate::store::columns::session_date(row, 0)?,
                original: mark_or_none(row, 2)?,
                new: mark_or_none(row, 4)?,
                reason: row.get(6)?,
                rule: row.get(11)?,
                said_by: row.get(12)?,
                is_decided: row.get(13)?,
                is_import: row.get_ref(14)?.as_str()? == "import",
                instant: instant(row, 7)?,
                who: row.get(8)?,
                login: row.get(15)?,
                post: row.get(9)?,
                desk: row.get(10)?,
            })
        })?
        .collect()
}

/// One change of a settled mark: original, new, reason, when, and who with their post (reg 6 of SI 2024/208).
#[derive(Clone, Debug, PartialEq)]
pub struct AmendmentRow {
    /// The act that changed it.
    pub act: ActId,
    /// Which session.
    pub at: SessionDate,
    /// The mark before.
    pub original: Option<Mark>,
    /// The mark after.
    pub new: Option<Mark>,
    /// What a person said; where nobody said anything, the rule's sentence.
    pub reason: String,
    /// The rule's sentence; `None` from before it was kept beside what people said.
    pub rule: Option<String>,
    /// The speaker, if that is not the officer of the act.
    pub said_by: Option<String>,
    /// Whether the office decided this mark, or the rule did; `None` from before it was kept.
    pub is_decided: Option<bool>,
    /// Whether it came in with a file.
    pub is_import: bool,
    /// When, UTC.
    pub instant: chrono::DateTime<chrono::Utc>,
    /// By whom it was recorded.
    pub who: String,
    /// Their login; `None` from before it was kept, where nobody can say.
    pub login: Option<String>,
    /// Their post.
    pub post: String,
    /// At which desk.
    pub desk: String,
}

impl AmendmentRow {
    /// What a person said, where somebody did.
    pub fn quote(&self) -> Option<&str> {
        Some(self.reason.as_str()).filter(|reason| self.rule.as_deref() != Some(*reason))
    }
}

/// The sessions from `from` to `until` in which the pupil has ever had a mark, in order.
pub fn sessions_of(
    connection: &Connection,
    pupil: PupilId,
    from: SessionDate,
    until: SessionDate,
) -> rusqlite::Result<Vec<SessionDate>> {
    let mut statement = connection.prepare_cached(
        "SELECT date, session FROM mark
         WHERE pupil = ?1 AND (date, session) >= (?2, ?3) AND (date, session) <= (?4, ?5) ORDER BY date, session",
    )?;
    let (first, last) = (date_text(from.date), date_text(until.date));
    statement
        .query_map(params![pupil, first, from.session, last, until.session], |row| {
            crate::store::columns::session_date(row, 0)
        })?
        .collect()
}

/// One pupil's settled codes on these dates, day by day in order.
pub fn days_of(
    connection: &Connection,
    pupil: PupilId,
    dates: &Range<NaiveDate>,
    mut each: impl FnMut(PastDay),
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT date, session, code FROM mark WHERE pupil = ?1 AND date >= ?2 AND date < ?3 ORDER BY date, session",
    )?;
    let mut rows = statement.query(params![pupil, date_text(dates.start), date_text(dates.end)])?;
    let mut day: Option<PastDay> = None;
    while let Some(row) = rows.next()? {
        let (at, mark) = (session_date(row, 0)?, row.get::<_, Option<Code>>(2)?.map(Mark::plain));
        if day.is_none_or(|day| day.date != at.date) {
            let next = PastDay { date: at.date, am: None, pm: None };
            day.replace(next).into_iter().for_each(&mut each);
        }
        if let Some(day) = &mut day {
            *day.of(at.session) = mark;
        }
    }
    day.into_iter().for_each(each);
    Ok(())
}

/// One pupil's settled lates on these dates, with their minutes.
pub fn lates_of(
    connection: &Connection,
    pupil: PupilId,
    dates: &Range<NaiveDate>,
) -> rusqlite::Result<Vec<(SessionDate, Option<Mark>)>> {
    let mut statement = connection.prepare_cached(
        "SELECT date, session, code, minutes FROM mark INDEXED BY mark_of_pupil
         WHERE pupil = ?1 AND date >= ?2 AND date < ?3 AND code IN ('L', 'U')",
    )?;
    let dates = params![pupil, date_text(dates.start), date_text(dates.end)];
    statement.query_map(dates, |row| Ok((session_date(row, 0)?, mark_or_none(row, 2)?)))?.collect()
}

/// The date of one pupil's oldest mark.
pub fn oldest_of(connection: &Connection, pupil: PupilId) -> rusqlite::Result<Option<NaiveDate>> {
    connection
        .prepare_cached("SELECT min(date) FROM mark WHERE pupil = ?1")?
        .query_row([pupil], |row| crate::store::columns::date_or_none(row, 0))
}

/// The date of the oldest mark of all.
pub fn oldest(connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
    connection
        .prepare_cached("SELECT min(date) FROM mark")?
        .query_row([], |row| crate::store::columns::date_or_none(row, 0))
}

/// How many marks there are on `date`, of everybody.
pub fn count_on(connection: &Connection, date: NaiveDate) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("SELECT count(code) FROM mark WHERE date = ?1")?
        .query_row([date_text(date)], |row| Ok(row.get::<_, u32>(0)? as usize))
}

/// How many marks a pupil has after `date`.
pub fn count_after(connection: &Connection, pupil: PupilId, date: NaiveDate) -> rusqlite::Result<u32> {
    connection
        .prepare_cached("SELECT count(code) FROM mark WHERE pupil = ?1 AND date > ?2")?
        .query_row((pupil, date_text(date)), |row| row.get(0))
}

/// Settled codes of one pupil on `date`, by session; a blank is none.
pub fn codes_on(connection: &Connection, pupil: PupilId, date: NaiveDate) -> rusqlite::Result<Vec<(Session, Code)>> {
    let mut statement = connection
        .prepare_cached("SELECT session, code FROM mark WHERE pupil = ?1 AND date = ?2 AND code IS NOT NULL")?;
    let rows = statement.query_map(params![pupil, date_text(date)], |row| {
        Ok(row.get::<_, Option<Code>>(1)?.map(|code| (row.get(0), code)))
    })?;
    let mut found = Vec::new();
    for row in rows {
        if let Some((session, code)) = row? {
            found.push((session?, code));
        }
    }
    Ok(found)
}

/// The last amendment of all, as its number.
pub fn last_amendment(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT coalesce(max(id), 0) FROM amendment")?.query_row([], |row| row.get(0))
}

/// Pupils whose marks of dates before `date` were amended after the amendment `since`; a pupil may come several times.
pub fn amended_after(connection: &Connection, since: i64, date: NaiveDate) -> rusqlite::Result<Vec<PupilId>> {
    connection
        .prepare_cached("SELECT pupil FROM amendment NOT INDEXED WHERE id > ?1 AND date < ?2")?
        .query_map(params![since, date_text(date)], |row| row.get(0))?
        .collect()
}

/// Pupils whose marks of `date` were set or changed by acts after `since`; a pupil may come twice.
pub fn moved_since(connection: &Connection, date: NaiveDate, since: ActId) -> rusqlite::Result<Vec<PupilId>> {
    connection
        .prepare_cached("SELECT pupil FROM mark WHERE date = ?1 AND act > ?2")?
        .query_map(params![date_text(date), since], |row| row.get(0))?
        .collect()
}
