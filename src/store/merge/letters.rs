//! Names that have lost letters on their way: a program that knows fewer letters writes a question mark for each of the others.

use rusqlite::{Connection, params};

use super::Merged;
use crate::domain::incoming::{IncomingPupil, Place, Said, Warning};

/// What stands for a letter that a program does not know.
const LOST: [char; 2] = ['?', char::REPLACEMENT_CHARACTER];

/// The row with the names that the pupil `id` has, where they are those of the row but for letters that it has lost; `None` where none
/// is. That is told.
pub fn with_letters(
    connection: &Connection,
    id: i64,
    (place, one): (&Place, &IncomingPupil),
    merged: &mut Merged,
) -> rusqlite::Result<Option<IncomingPupil>> {
    let [surname, forename] = one.in_use();
    if ![&one.surname, &one.forename, surname, forename].iter().any(|name| name.contains(LOST)) {
        return Ok(None);
    }
    let held: [Option<String>; 4] = connection
        .prepare_cached("SELECT surname, forename, preferred_surname, preferred_forename FROM pupil WHERE id = ?1")?
        .query_row(params![id], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
    let [surname, forename, preferred_surname, preferred_forename] = &held;
    let said = |given: &Said<String>, held: &Option<String>| match given {
        Said::Value(name) => Said::Value(whole(name, held)),
        Said::None | Said::Nothing => given.clone(),
    };
    let whole = IncomingPupil {
        surname: whole(&one.surname, surname),
        forename: whole(&one.forename, forename),
        preferred_surname: said(&one.preferred_surname, preferred_surname),
        preferred_forename: said(&one.preferred_forename, preferred_forename),
        ..one.clone()
    };
    if whole == *one {
        return Ok(None);
    }
    let text = format!(
        "{}, {} has lost letters in this file, and stays {}, {}",
        one.surname, one.forename, whole.surname, whole.forename
    );
    merged.warnings.push(Warning { place: place.clone(), text });
    Ok(Some(whole))
}

/// The name that is held, where `given` is the same but for letters that only some programs know.
fn whole(given: &str, held: &Option<String>) -> String {
    let is_same = |held: &&String| {
        given.chars().count() == held.chars().count()
            && given
                .chars()
                .zip(held.chars())
                .all(|(one, other)| one == other || (LOST.contains(&one) && !other.is_ascii()))
    };
    held.as_ref().filter(|_| given.contains(LOST)).filter(is_same).cloned().unwrap_or_else(|| given.to_owned())
}
