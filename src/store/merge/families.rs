//! Households that are too large to be families.

use std::collections::{BTreeMap, HashSet};

use rusqlite::Connection;

use super::Merged;
use super::meant::find;
use crate::domain::incoming::{FAMILY_MAX, IncomingPupil, Place, Warning};

/// The households that would come to more pupils than a family has, those on the record counted in: a word that stands for many
/// may come in several files. Nobody new becomes a sibling by it.
pub fn no_families<'a>(
    connection: &Connection,
    pupils: &'a [(Place, IncomingPupil)],
    merged: &mut Merged,
) -> rusqlite::Result<HashSet<&'a str>> {
    let mut named: BTreeMap<&str, Vec<&(Place, IncomingPupil)>> = BTreeMap::new();
    for row in pupils {
        if let Some(household) = &row.1.household {
            named.entry(household).or_default().push(row);
        }
    }
    let mut too_many = HashSet::new();
    for (household, rows) in named {
        let mut members: HashSet<i64> = connection
            .prepare_cached("SELECT p.id FROM pupil p JOIN household h ON h.id = p.household WHERE h.key = ?1")?
            .query_map([household], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if members.len() + rows.len() <= FAMILY_MAX {
            continue;
        }
        let mut more = 0;
        for (_, one) in &rows {
            match find(connection, &one.key)? {
                Some(id) => drop(members.insert(id)),
                None => more += 1,
            }
        }
        let many = members.len() + more;
        if let Some((place, _)) = rows.first().filter(|_| many > FAMILY_MAX) {
            let text =
                format!("{many} pupils would have the household “{household}”, and are not taken for one family");
            merged.warnings.push(Warning { place: place.clone(), text });
            too_many.insert(household);
        }
    }
    Ok(too_many)
}
