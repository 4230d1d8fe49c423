//! Last days: who comes back, which facts come after a last day, and who stays off the roll.

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, params};

use super::Merged;
use super::meant::name_and_group;
use crate::domain::incoming::{IncomingPupil, Place, Warning};
use crate::store::columns::{date_or_none, date_text};

/// The last day that is held of a pupil.
pub fn last_day(connection: &Connection, id: i64) -> rusqlite::Result<Option<NaiveDate>> {
    connection.prepare_cached("SELECT last_day FROM pupil WHERE id = ?1")?.query_row([id], |row| date_or_none(row, 0))
}

/// The first day that is held of a pupil.
pub fn first_day(connection: &Connection, id: i64) -> rusqlite::Result<Option<NaiveDate>> {
    connection.prepare_cached("SELECT first_day FROM pupil WHERE id = ?1")?.query_row([id], |row| date_or_none(row, 0))
}

/// Tell of marks before a first day that has been put later.
pub fn warn_before(
    connection: &Connection,
    place: &Place,
    id: i64,
    from: NaiveDate,
    merged: &mut Merged,
) -> rusqlite::Result<()> {
    let marks: u32 = connection
        .prepare_cached("SELECT count(code) FROM mark WHERE pupil = ?1 AND date < ?2")?
        .query_row(params![id, date_text(from)], |row| row.get(0))?;
    let lie = match marks {
        0 => return Ok(()),
        1 => "1 mark lies before the first day and counts".to_owned(),
        many => format!("{many} marks lie before the first day and count"),
    };
    let (who, from) = (name_and_group(connection, id)?, from.format("%a %-d %b %Y"));
    let text = format!("{who}: {lie} in nothing: look whether {from} is right");
    merged.warnings.push(Warning { place: place.clone(), text });
    Ok(())
}

/// Whether the last day that is held no longer holds: the file gives none, or a first day after it. Kept, it would hide a pupil in
/// school.
pub fn comes_back(held: NaiveDate, one: &IncomingPupil) -> bool {
    one.until.is_none() && (one.stays || one.from.is_some_and(|from| from > held))
}

/// Tell of a pupil whose last day is before `today`: where this row has set it, what lies after it; where the row says nothing of
/// it, that it stands. `held` is the last day from before the row.
pub fn warn(
    connection: &Connection,
    place: &Place,
    id: i64,
    incoming: &IncomingPupil,
    (held, today): (Option<NaiveDate>, NaiveDate),
    merged: &mut Merged,
) -> rusqlite::Result<()> {
    let Some(last) = last_day(connection, id)?.filter(|last| *last < today) else { return Ok(()) };
    let text = if held != Some(last) {
        let after = after(connection, id, last, today)?;
        if after.is_empty() {
            return Ok(());
        }
        format!("{after}: look whether {} is right", last.format("%a %-d %b %Y"))
    } else if incoming.until.is_none() {
        let since = last.checked_add_days(Days::new(1)).unwrap_or(last).format("%a %-d %b %Y");
        format!("is off the roll since {since}: an empty `until` brings them back")
    } else {
        return Ok(());
    };
    let who = name_and_group(connection, id)?;
    merged.warnings.push(Warning { place: place.clone(), text: format!("{who}: {text}") });
    Ok(())
}

/// What there is of a pupil after `last`, in words: marks, and arrivals of `today`. Empty where there is nothing.
fn after(connection: &Connection, id: i64, last: NaiveDate, today: NaiveDate) -> rusqlite::Result<String> {
    let (marks, is_here): (u32, bool) = connection
        .prepare_cached(
            "SELECT (SELECT count(code) FROM mark WHERE pupil = ?1 AND date > ?2),
                    EXISTS (SELECT 1 FROM evidence WHERE pupil = ?1 AND last_day = ?3 AND kind = 'gate' AND withdrawn IS NULL)",
        )?
        .query_row(params![id, date_text(last), date_text(today)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let marks = match marks {
        0 => None,
        1 => Some("1 mark lies after the last day and counts in nothing".to_owned()),
        many => Some(format!("{many} marks lie after the last day and count in nothing")),
    };
    let here = is_here.then(|| "they have been logged in today".to_owned());
    Ok([marks, here].into_iter().flatten().collect::<Vec<_>>().join(", and "))
}
