//! Whom a row means by a number, where a refused row of the same files does not put that in doubt.

use rusqlite::Connection;

use crate::domain::incoming::{Place, PupilKey};

use super::Merged;
use super::likeness::alike;
use super::people::find;

/// The pupil whom a file means, where its own rows of pupils do not put that in doubt: a number given to another child brings that
/// child's contacts and flags.
pub fn meant(connection: &Connection, key: &PupilKey, merged: &Merged) -> rusqlite::Result<Option<i64>> {
    if doubted(merged, key).is_some() { Ok(None) } else { find(connection, key) }
}

fn numbers(key: &PupilKey) -> impl Iterator<Item = &String> {
    [&key.admission_no, &key.upn, &key.source_id].into_iter().flatten()
}

fn doubted<'m>(merged: &'m Merged, key: &PupilKey) -> Option<&'m Place> {
    numbers(key).find_map(|number| merged.doubted.get(number))
}

/// Put in doubt whom the numbers of a refused row mean.
pub fn doubt_it(merged: &mut Merged, place: &Place, key: &PupilKey) {
    for number in numbers(key) {
        merged.doubted.entry(number.clone()).or_insert_with(|| place.clone());
    }
}

/// Refuse a row that names nobody on the roll.
pub fn unknown(connection: &Connection, merged: &mut Merged, place: &Place, key: &PupilKey) -> rusqlite::Result<()> {
    let named = numbers(key).next().cloned().unwrap_or_default();
    let why = if let Some(Place { file, line }) = doubted(merged, key) {
        format!("{file} line {line} gives this number to another, and was refused: put that row right first")
    } else if let Some(alike) = alike(connection, key.admission_no.as_deref())? {
        alike.says()
    } else {
        "no pupil on the roll has this number: import the pupils first".to_owned()
    };
    merged.reject(place, "pupil", &named, why);
    Ok(())
}
