//! Rows that give pupils on the roll another name. One or two are changes of names; many in one list are the names of others under the
//! pupils' numbers, as in a list of parents.

use hashbrown::HashMap;
use rusqlite::Connection;

use super::super::Merged;
use super::super::letters::with_letters;
use super::super::likeness::{held_names, kept};
use super::super::meant::find;
use crate::domain::incoming::Incoming;

/// So many in one list are few, unless they are one in twenty of its pupils.
const FEW: usize = 10;
const IN_TWENTY: usize = 20;

/// What one list says of the names of those who are on the roll.
#[derive(Default)]
struct List {
    known: usize,
    renamed: usize,
}

impl List {
    /// Whether these are the names of others.
    fn is_of_others(&self) -> bool {
        self.renamed > 1 && (self.renamed > FEW || self.renamed * IN_TWENTY >= self.known)
    }
}

/// Why rows of pupils are not used, by their place among them: all that rename somebody in a list that renames many, unless somebody has
/// said that this is right; and with them, where it renames most, those whom nobody on the roll is.
pub fn refused(connection: &Connection, incoming: &Incoming) -> rusqlite::Result<HashMap<usize, String>> {
    let mut lists: HashMap<&str, List> = HashMap::new();
    let mut rows: Vec<(usize, &str, bool)> = Vec::new();
    if incoming.has_new_names {
        return Ok(HashMap::new());
    }
    for (row, (place, one)) in incoming.pupils.iter().enumerate() {
        let file = place.file.as_str();
        let Some(id) = find(connection, &one.key)? else {
            rows.push((row, file, false));
            continue;
        };
        let spelt = with_letters(connection, id, (place, one), &mut Merged::default())?;
        let one = spelt.as_ref().unwrap_or(one);
        let is_said = [&one.surname, &one.forename].map(|name| !name.is_empty());
        let is_kept = kept(&held_names(connection, id)?, one);
        let is_renamed = is_said.into_iter().zip(is_kept).any(|(is_said, is_kept)| is_said && !is_kept);
        let list = lists.entry(file).or_default();
        list.known += 1;
        list.renamed += usize::from(is_renamed);
        // Where neither is kept it is said what may have happened to the row itself.
        if is_renamed && is_kept != [false, false] {
            rows.push((row, file, true));
        }
    }
    let why = |(row, file, is_renamed): (usize, &str, bool)| {
        let list = lists.get(file).filter(|list| list.is_of_others())?;
        let is_used = !is_renamed && list.renamed * 2 <= list.known;
        (!is_used).then(|| {
            let text = format!(
                "{} rows of this list have another name than the pupil of their number, as a list of parents has: if it is one, say by \
                 “firstbell profile” what its columns are; if the pupils are called so by now, import it with --new-names",
                list.renamed
            );
            (row, text)
        })
    };
    Ok(rows.into_iter().filter_map(why).collect())
}
