//! Rows of the roll that an act writes: kept as they were, so that they can be put back.

use rusqlite::ErrorCode;

use super::work::{Stop, Work};
use crate::domain::act_id::ActId;
use crate::store::journal;
use crate::store::read::roll;
use crate::store::tables::desk_presence;
use crate::store::tables::roll_change::{self, Dangling, Relation};

/// Write rows of the roll, and keep how they were.
pub fn write<T>(work: &Work<'_>, rows: impl FnOnce() -> Result<T, Stop>) -> Result<T, Stop> {
    roll_change::keep(work.connection, work.act)?;
    let written = rows()?;
    roll_change::kept(work.connection, work.act)?;
    roll::moved(work.connection)?;
    Ok(written)
}

/// Put the rows back as they were before `target`; refused where somebody has changed them since, or something rests on one that
/// would go.
pub fn put_back(work: &Work<'_>, target: ActId) -> Result<(), Stop> {
    is_as_it_was_left(work, target)?;
    restore(work, target)?;
    nothing_hangs(work)
}

/// Refuse what this act left hanging: something refers to a row that went, or a row that is back to one that is not there.
pub fn nothing_hangs(work: &Work<'_>) -> Result<(), Stop> {
    match roll_change::dangling(work.connection, work.act)? {
        None => Ok(()),
        Some(dangling) => Err(Stop::cannot_undo(rests(work, dangling)?)),
    }
}

/// Refuse where a row is no longer as `target` left it.
pub fn is_as_it_was_left(work: &Work<'_>, target: ActId) -> Result<(), Stop> {
    match roll_change::changed_since(work.connection, target)? {
        None => Ok(()),
        Some((name, Some(act))) => Err(Stop::cannot_undo(format!(
            "{name} was changed since by {}: take that back first",
            describe_act(work, act)?
        ))),
        Some((name, None)) => {
            Err(Stop::cannot_undo(format!("{name} is no longer as it was left: nothing is taken back")))
        }
    }
}

/// Write the rows as they were before `target`. What is left hanging by that, the caller takes along or refuses.
pub fn restore(work: &Work<'_>, target: ActId) -> Result<(), Stop> {
    desk_presence::leave(work.connection, target)?;
    write(work, || {
        roll_change::put_back(work.connection, target).map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => {
                Stop::cannot_undo("another has the number or the place of one of its rows by now")
            }
            _ => Stop::Sqlite(error),
        })
    })
}

/// Why rows cannot be put back, in words.
fn rests(work: &Work<'_>, dangling: Dangling) -> Result<String, Stop> {
    Ok(match dangling {
        Dangling::Rests { row, act: Some(act), .. } => {
            format!(
                "{row} cannot be taken away again, for {} came since: take that back first",
                describe_act(work, act)?
            )
        }
        Dangling::Rests { row, by: Some((Relation::Contact, by)), .. } => {
            format!("{row} cannot be taken away again, for the bar on {by} stays")
        }
        Dangling::Rests { row, by: Some((_, by)), .. } => {
            format!("{row} cannot be taken away again, for {by} belongs to it")
        }
        Dangling::Rests { row, by: None, .. } => {
            format!("{row} cannot be taken away again, for the record has more about it by now")
        }
        Dangling::Wants(row) => format!("{row} cannot be as it was: what it belonged to is there no longer"),
    })
}

/// An act in words, with who did it and when: to explain what depends on another.
pub fn describe_act(work: &Work<'_>, act: ActId) -> Result<String, Stop> {
    let (mut original, mut undoes) = (act, "");
    while let Some(undone) = journal::undoes(work.connection, original)? {
        // An undo that is taken back does the act again.
        undoes = if undoes == "undo of " { "undo of an undo of " } else { "undo of " };
        original = undone;
    }
    let what = journal::entry(work.connection, original)?;
    let what = what.map_or_else(|| "an act".to_owned(), |entry| entry.title(work.roll));
    let signed = journal::signature(work.connection, act)?.map(|signed| {
        let at = work.roll.school.local(signed.instant).format("%H:%M on %a %-d %b %Y");
        format!(" at {at} by {}", signed.who)
    });
    Ok(format!("“{undoes}{what}”{} (number {})", signed.unwrap_or_default(), act.0))
}
