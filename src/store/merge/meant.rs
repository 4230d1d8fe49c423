//! Finds the pupil that a row names, unless a refused row of the same files makes that doubtful.

use hashbrown::HashMap;
use rusqlite::{Connection, OptionalExtension};

use super::Merged;
use super::likeness::alike;
use crate::domain::incoming::{Place, PupilKey};
use crate::domain::people::pupil::PupilId;
use crate::domain::people::system_ids::number_in;
use crate::store::columns::LIST_NAME;

/// The pupil a file means: by its own identifier, else admission number, else UPN. A UPN does not name a pupil with another
/// admission number: two children would become one.
pub fn find(connection: &Connection, key: &PupilKey) -> rusqlite::Result<Option<i64>> {
    for (column, value) in [("source_id", &key.source_id), ("admission_no", &key.admission_no)] {
        if let Some(found) = held_by(connection, column, value.as_deref())? {
            return Ok(Some(found));
        }
    }
    let Some(found) = held_by(connection, "upn", key.upn.as_deref())? else { return Ok(None) };
    let admission_no: Option<String> = connection
        .prepare_cached("SELECT admission_no FROM pupil WHERE id = ?1")?
        .query_row([found], |row| row.get(0))?;
    let is_another = admission_no.is_some() && key.admission_no.is_some() && admission_no != key.admission_no;
    Ok((!is_another).then_some(found))
}

/// Finds pupils, each way to name one once: a file has many rows of each.
#[derive(Default)]
pub struct Finder {
    found: HashMap<PupilKey, Option<PupilId>>,
}

impl Finder {
    /// The pupil a file means, as [`find`] finds it.
    pub fn find(&mut self, connection: &Connection, key: &PupilKey) -> rusqlite::Result<Option<PupilId>> {
        if let Some(found) = self.found.get(key) {
            return Ok(*found);
        }
        let found = find(connection, key)?.map(PupilId);
        self.found.insert(key.clone(), found);
        Ok(found)
    }
}

/// The pupil who has this value in one of the columns that name a pupil.
pub fn held_by(connection: &Connection, column: &str, value: Option<&str>) -> rusqlite::Result<Option<i64>> {
    let Some(value) = value else { return Ok(None) };
    let sql = format!("SELECT id FROM pupil WHERE {column} = ?1");
    let found = connection.prepare_cached(&sql)?.query_row([value], |row| row.get(0)).optional()?;
    if found.is_some() || column != "source_id" {
        return Ok(found);
    }
    // One of several, a line each.
    connection
        .prepare_cached(
            "SELECT id FROM pupil WHERE instr(source_id, char(10))
               AND instr(char(10) || source_id || char(10), char(10) || ?1 || char(10)) LIMIT 1",
        )?
        .query_row([value], |row| row.get(0))
        .optional()
}

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
    let (named, why) = why_unknown(connection, merged, key)?;
    merged.reject(place, "pupil", &named, why);
    Ok(())
}

/// The number by which a row names nobody on the roll, and why it does, in a sentence.
pub fn why_unknown(connection: &Connection, merged: &Merged, key: &PupilKey) -> rusqlite::Result<(String, String)> {
    let named = numbers(key).next().cloned().unwrap_or_default();
    let why = if let Some(Place { file, line }) = doubted(merged, key) {
        format!("{file} line {line} gives this number to another, and was refused: put that row right first")
    } else if let Some(alike) = alike(connection, key.admission_no.as_deref())? {
        alike.ask()
    } else if key.admission_no.is_none() && key.upn.is_none() {
        of_other_system(&named)
    } else {
        "no pupil on the roll has this number: import the pupils first".to_owned()
    };
    Ok((named, why))
}

/// Systems by the word before their numbers, what they are called, and what has their numbers beside the school's own.
const SYSTEMS: [(&str, &str, &str); 4] = [
    ("arbor", "Arbor", "a list from Arbor with the columns “Arbor Student ID” and “Admission number” (or “UPN”)"),
    ("bromcom", "Bromcom", "Bromcom's marks by week, which have “StudentId” and “AdmissionNumber”"),
    ("sims", "SIMS", "a report of SIMS with “primary_id” (or “SIMS person ID”) and “Adno”"),
    ("wonde", "Wonde", "Wonde's students"),
];

/// Why the number of another system names nobody, and what brings it.
fn of_other_system(named: &str) -> String {
    let system = SYSTEMS.iter().find(|(word, ..)| number_in(named, word).is_some());
    match system {
        Some((_, name, list)) => {
            format!("no pupil on the roll is known by {name}'s own number yet: import first {list}; then this file again")
        }
        None => "no pupil on the roll is known by this number of another system: import a list first that has it beside the admission \
                 number or the UPN"
            .to_owned(),
    }
}

/// "Khan, Amira", as lists have it.
pub fn list_name(connection: &Connection, id: i64) -> rusqlite::Result<String> {
    connection
        .prepare_cached(&format!("SELECT {LIST_NAME} FROM pupil WHERE id = ?1"))?
        .query_row([id], |row| row.get(0))
}

/// "Khan, Amira 8KM".
pub fn name_and_group(connection: &Connection, id: i64) -> rusqlite::Result<String> {
    connection
        .prepare_cached(&format!(
            "SELECT {LIST_NAME} || coalesce(' ' || g.name, '')
             FROM pupil p LEFT JOIN tutor_group g ON g.id = p.tutor_group WHERE p.id = ?1"
        ))?
        .query_row([id], |row| row.get(0))
}
