//! What lists of contacts have and our own have not: a name in several cells, and a row for each number or class besides each contact.

use hashbrown::HashMap;

use super::bind::Bound;
use super::profile::{AS_IT_STANDS, OF_CONTACT, ORDER};
use crate::exchange::formats::Sheet;
use crate::exchange::kind::{KEYS, Kind};
use crate::exchange::table::{Column, Row, SourceRow};

/// Our columns of numbers.
const PHONES: [&str; 3] = ["phone", "phone_2", "phone_3"];

/// The columns that a contact's name is put together from, in the order in which it is said; none where it is in one cell.
pub fn name_columns(bound: &Bound<'_>) -> Vec<Column> {
    let is_in_parts = bound.profile.kind == Kind::Contacts && !bound.column("name").is_there();
    let columns = OF_CONTACT.iter().filter(|_| is_in_parts).map(|part| bound.column(part));
    columns.filter(|column| column.is_there()).collect()
}

/// "Mrs Ngozi Abara".
pub fn name(row: Row<'_>, columns: &[Column]) -> String {
    columns.iter().filter_map(|column| row.text(*column)).collect::<Vec<_>>().join(" ")
}

/// The rows with each contact of a pupil once: a report that lists classes or numbers as well repeats the contact with each of them. The
/// numbers of rows that say the same otherwise are those of one contact; a fourth one shares the last cell. What differs in anything
/// else stays apart.
pub fn folded(sheet: Sheet) -> Sheet {
    let Sheet { kind, mut headings, rows, is_stated } = sheet;
    if headings.contains(&PHONES[0]) {
        let missing: Vec<_> = PHONES.into_iter().filter(|phone| !headings.contains(phone)).collect();
        headings.extend(missing);
    }
    let mut contacts: Vec<Contact> = Vec::new();
    let mut met: HashMap<Vec<String>, usize> = HashMap::new();
    for SourceRow { line, cells } in rows {
        let (mut others, mut numbers) = (Vec::new(), Vec::new());
        for (heading, cell) in headings.iter().zip(cells.iter().chain(std::iter::repeat(""))) {
            let is_number = PHONES.contains(heading);
            others.push(if is_number { String::new() } else { cell.to_owned() });
            numbers.extend(Some(cell.to_owned()).filter(|_| is_number && !cell.is_empty()));
        }
        match met.get(&others).and_then(|place| contacts.get_mut(*place)) {
            Some(contact) => contact.numbers.extend(numbers),
            None => {
                met.insert(others.clone(), contacts.len());
                contacts.push(Contact { line, others, numbers });
            }
        }
    }
    let mut folded = Sheet { kind, headings, rows: Vec::new(), is_stated };
    let order = folded.headings.iter().position(|heading| *heading == ORDER);
    let keys: Vec<usize> = (0..folded.headings.len())
        .filter(|place| folded.headings.get(*place).is_some_and(|heading| KEYS.contains(heading)))
        .collect();
    let mut met: HashMap<Vec<String>, usize> = HashMap::new();
    for Contact { line, mut others, mut numbers } in contacts {
        // Each pupil's contacts are rung as they stand, where the file says no order.
        if let Some(cell) = order.and_then(|place| others.get_mut(place)).filter(|cell| *cell == AS_IT_STANDS) {
            cell.clear();
            let pupil = keys.iter().filter_map(|place| others.get(*place).cloned()).collect();
            let place = met.entry(pupil).or_default();
            *place += 1;
            if let Some(cell) = order.and_then(|place| others.get_mut(place)) {
                *cell = place.to_string();
            }
        }
        numbers.dedup();
        let rest = numbers.split_off(numbers.len().min(PHONES.len() - 1));
        let mut cells = numbers.into_iter().chain([rest.join(", ")]);
        let number = |heading: &str| PHONES.contains(&heading).then(|| cells.next().unwrap_or_default());
        let numbers: Vec<Option<String>> = folded.headings.iter().copied().map(number).collect();
        let row: Vec<&str> =
            others.iter().zip(&numbers).map(|(other, number)| number.as_deref().unwrap_or(other)).collect();
        folded.add(line, row);
    }
    folded
}

/// A contact, of one row or of several.
struct Contact {
    line: u64,
    /// The cells; those of numbers are blank.
    others: Vec<String>,
    numbers: Vec<String>,
}
