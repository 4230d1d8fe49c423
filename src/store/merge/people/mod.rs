//! Staff, tutor groups, pupils and flags.

mod columns;
mod renamed;

use std::collections::HashSet;

use chrono::NaiveDate;
use hashbrown::HashMap;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use self::columns::{number, put, said, text};
use super::families::no_families;
use super::ids::source_id;
use super::letters::with_letters;
use super::likeness::{alike, held_names, namesake, second, slipped};
use super::meant::{doubt_it, find, held_by, list_name, meant, name_and_group, unknown};
use super::{Merged, contacts, corrections, leaving};
use crate::domain::act_id::ActId;
use crate::domain::incoming::{Incoming, IncomingGroup, IncomingPupil, IncomingStaff, Place, Said, Warning};
use crate::domain::people::pupil::{Flag, Flags};
use crate::domain::people::system_ids::with;
use crate::store::columns::date_text;
use crate::store::tables::roll_change::{self, Relation};

/// Merge everybody, in the order they depend on each other. Gives back the pupils whom rows of pupils name.
pub fn merge(
    connection: &Connection,
    act: ActId,
    incoming: &Incoming,
    today: NaiveDate,
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> rusqlite::Result<HashSet<i64>> {
    for (_, one) in &incoming.staff {
        staff(connection, one, merged)?;
        step();
    }
    for (place, one) in &incoming.groups {
        if let Some(held) = group_named(connection, &one.name)?.map(|(_, held)| held).filter(|held| *held != one.name) {
            let text =
                format!("“{}” is taken for the tutor group {held}: if it is another, give it another name", one.name);
            merged.warnings.push(Warning { place: place.clone(), text });
        }
        group(connection, one, merged)?;
        step();
    }
    let mut lines: HashMap<i64, &Place> = HashMap::new();
    let mut named = HashSet::new();
    let no_families = no_families(connection, &incoming.pupils, merged)?;
    let renamed = renamed::refused(connection, incoming)?;
    for (row, (place, one)) in incoming.pupils.iter().enumerate() {
        if merged.is_too_much() {
            break;
        }
        if let Some(why) = renamed.get(&row) {
            merged.reject(place, "pupil", &format!("{}, {}", one.surname, one.forename), why);
            doubt_it(merged, place, &one.key);
            named.extend(find(connection, &one.key)?);
            step();
            continue;
        }
        let one = match &one.household {
            Some(household) if no_families.contains(household.as_str()) => {
                &IncomingPupil { household: None, ..one.clone() }
            }
            _ => one,
        };
        let before = merged.pupils.new;
        let found = pupil(connection, place, one, today, &mut lines, merged)?;
        if let Some(id) = found.filter(|_| merged.pupils.new > before) {
            roll_change::bars_come_back(connection, act, id)?;
        }
        // A row that was refused says nothing.
        if let Some(id) = found.filter(|id| lines.get(id).is_some_and(|line| std::ptr::eq(*line, place))) {
            corrections::weigh_pupil(connection, act, id, (place, one), today, merged)?;
        }
        named.extend(found);
        step();
    }
    groupless(connection, &incoming.pupils, merged)?;
    contacts::merge(connection, act, incoming, merged, step)?;
    for (place, one) in &incoming.flags {
        if merged.is_too_much() {
            break;
        }
        match meant(connection, &one.pupil, merged)? {
            Some(id) => flags(connection, id, &one.flags, merged)?,
            None => unknown(connection, merged, place, &one.pupil)?,
        }
        step();
    }
    Ok(named)
}

fn staff(connection: &Connection, incoming: &IncomingStaff, merged: &mut Merged) -> rusqlite::Result<i64> {
    let known = match &incoming.source_id {
        Some(source) => connection
            .prepare_cached("SELECT id FROM staff WHERE source_id = ?1")?
            .query_row([source], |row| row.get(0))
            .optional()?
            .or(staff_named(connection, &incoming.name, "AND source_id IS NULL")?),
        None => staff_named(connection, &incoming.name, "")?,
    };
    let columns = [
        ("source_id", text(incoming.source_id.as_deref())),
        ("name", text(Some(&incoming.name))),
        ("post", text(incoming.post.as_deref())),
    ];
    let (id, changed) = put(connection, Relation::Staff, known, &columns, &mut merged.staff)?;
    note(merged, &incoming.name, changed);
    Ok(id)
}

/// Two members of staff may share a name: one with an identifier of their own is not another.
fn staff_named(connection: &Connection, name: &str, and: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached(&format!("SELECT id FROM staff WHERE name = ?1 {and} ORDER BY id LIMIT 1"))?
        .query_row([name], |row| row.get(0))
        .optional()
}

fn group(connection: &Connection, incoming: &IncomingGroup, merged: &mut Merged) -> rusqlite::Result<()> {
    let tutor = match &incoming.tutor {
        Some(name) => match staff_named(connection, name, "")? {
            Some(id) => Some(id),
            None => Some(staff(connection, &IncomingStaff { name: name.clone(), ..Default::default() }, merged)?),
        },
        None => None,
    };
    let known = group_named(connection, &incoming.name)?;
    let (known, name) = known.map_or((None, incoming.name.clone()), |(id, held)| (Some(id), held));
    let columns = [
        ("name", text(Some(&name))),
        ("year", number(incoming.year)),
        ("tutor", number(tutor)),
        ("room", text(incoming.room.as_deref())),
    ];
    let (_, changed) = put(connection, Relation::TutorGroup, known, &columns, &mut merged.groups)?;
    note(merged, &name, changed);
    Ok(())
}

/// The group of this name, and the name as the record has it: else one whose name is the same but for capitals, blanks and zeros
/// before it. Two groups would be two registers, of which nobody takes the second.
fn group_named(connection: &Connection, name: &str) -> rusqlite::Result<Option<(i64, String)>> {
    let exact = connection
        .prepare_cached("SELECT id FROM tutor_group WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    if let Some(id) = exact {
        return Ok(Some((id, name.to_owned())));
    }
    let bare = |name: &str| name.replace(' ', "").trim_start_matches('0').to_lowercase();
    let mut statement = connection.prepare_cached("SELECT id, name FROM tutor_group ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let held: String = row.get(1)?;
        if bare(&held) == bare(name) && !bare(name).is_empty() {
            return Ok(Some((row.get(0)?, held)));
        }
    }
    Ok(None)
}

/// Merge one pupil. Gives back whom the row names, also where it is refused.
fn pupil<'a>(
    connection: &Connection,
    place: &'a Place,
    one: &IncomingPupil,
    today: NaiveDate,
    lines: &mut HashMap<i64, &'a Place>,
    merged: &mut Merged,
) -> rusqlite::Result<Option<i64>> {
    let known = find(connection, &one.key)?;
    let with_letters = known.map(|id| with_letters(connection, id, (place, one), merged)).transpose()?.flatten();
    let one = with_letters.as_ref().unwrap_or(one);
    let alike = alike(connection, one.key.admission_no.as_deref())?;
    if let Some(alike) = alike.as_ref().filter(|alike| known != Some(alike.id)) {
        merged.reject(place, "admission_no", one.key.admission_no.as_deref().unwrap_or_default(), alike.ask());
        return Ok(Some(alike.id));
    }
    for (column, value) in [("admission_no", &one.key.admission_no), ("upn", &one.key.upn)] {
        let Some(value) = value else { continue };
        let holder = held_by(connection, column, Some(value))?;
        if holder.is_some() && holder != known {
            merged.reject(place, column, value, "another pupil has this number");
            doubt_it(merged, place, &one.key);
            return Ok(known);
        }
    }
    if known.is_none()
        && let Some((id, why)) = namesake(connection, one)?
    {
        let why = if corrections::is_joiner(&merged.corrections, id) {
            "a joiner of this name was put down here, and may be this one: say the joiner's own number first, by “firstbell \
             correct joiner-number”, and import again"
                .to_owned()
        } else {
            why
        };
        merged.reject(place, "pupil", &format!("{}, {}", one.surname, one.forename), why);
        return Ok(Some(id));
    }
    // The second of two rows would win, and the first again at the next run.
    if let Some(Place { file, line }) = known.and_then(|id| lines.get(&id)) {
        let name = format!("{}, {}", one.surname, one.forename);
        let of = if *file == place.file { String::new() } else { format!(" of {file}") };
        merged.reject(place, "pupil", &name, format!("this pupil is on line {line}{of} already"));
        return Ok(known);
    }
    let doubt = match known {
        Some(id) => slipped(connection, id, one)?,
        None => second(connection, one, today)?,
    };
    if let Some(doubt) = doubt {
        if doubt.is_refused {
            merged.reject(place, "pupil", &format!("{}, {}", one.surname, one.forename), doubt.text);
            if known.is_some() {
                doubt_it(merged, place, &one.key);
            }
            return Ok(Some(doubt.id));
        }
        merged.warnings.push(Warning { place: place.clone(), text: doubt.text });
    }
    let begun = known.map(|id| leaving::first_day(connection, id)).transpose()?.flatten();
    if let Some((until, first)) = one.until.zip(one.from.or(begun)).filter(|(until, first)| until < first) {
        let first = first.format("%a %-d %b %Y");
        merged.reject(place, "until", &date_text(until), format!("the last day on roll is before the first, {first}"));
        return Ok(known);
    }
    let group = match &one.group {
        Some(name) => match group_named(connection, name)? {
            Some((id, _)) => Some(id),
            None => {
                let made = IncomingGroup { name: name.clone(), year: one.year, ..Default::default() };
                group(connection, &made, merged)?;
                group_named(connection, name)?.map(|(id, _)| id)
            }
        },
        None => None,
    };
    let household = match &one.household {
        Some(key) => Some(household(connection, key)?),
        None => None,
    };
    // Found by another number: the one that is held is the one to keep.
    let admission_no = match &alike {
        Some(alike) => {
            merged.warnings.push(Warning { place: place.clone(), text: alike.describe() });
            None
        }
        None => one.key.admission_no.as_deref(),
    };
    let first = match (one.from, known) {
        (Some(from), _) => Some(from),
        (None, None) => Some(crate::domain::calendar::Calendar::year_start(today)),
        (None, Some(_)) => None,
    };
    let known_as = known.map(|id| source_id(connection, id)).transpose()?.flatten();
    let source_id = one.key.source_id.as_ref().map(|given| with(known_as.as_deref(), given));
    let [_, [used_surname, used_forename]] =
        known.map(|id| held_names(connection, id)).transpose()?.unwrap_or_default();
    // A half of a name that a row leaves blank says nothing of one that is held.
    let name = |half: &str| text(Some(half).filter(|half| known.is_none() || !half.is_empty()));
    let columns = [
        ("source_id", text(source_id.as_deref())),
        ("admission_no", text(admission_no)),
        ("upn", text(one.key.upn.as_deref())),
        ("surname", name(&one.surname)),
        ("forename", name(&one.forename)),
        ("preferred_surname", unlike_legal(&one.preferred_surname, &one.surname, &used_surname)),
        ("preferred_forename", unlike_legal(&one.preferred_forename, &one.forename, &used_forename)),
        ("year", number(one.year)),
        ("tutor_group", number(group)),
        ("household", number(household)),
        ("date_of_birth", said(&one.date_of_birth, |date| date_text(*date))),
        ("sex", said(&one.sex, |sex| sex.as_str().to_owned())),
        ("house", said(&one.house, String::clone)),
        ("language", said(&one.language, String::clone)),
        ("address", said(&one.address, |lines| lines.join("\n"))),
        ("postcode", said(&one.postcode, String::clone)),
        ("first_day", text(first.map(date_text).as_deref())),
        ("last_day", text(one.until.map(date_text).as_deref())),
    ];
    let held = known.map(|id| leaving::last_day(connection, id)).transpose()?.flatten();
    let returns = held.filter(|last| leaving::comes_back(*last, one));
    let (id, mut changed) = put(connection, Relation::Pupil, known, &columns, &mut merged.pupils)?;
    if let Some(last) = returns {
        connection.prepare_cached("UPDATE pupil SET last_day = NULL WHERE id = ?1")?.execute([id])?;
        if changed.is_empty() {
            merged.pupils.same -= 1;
            merged.pupils.changed += 1;
        }
        changed.push(format!("last day: {} → nothing", date_text(last)));
    }
    leaving::warn(connection, place, id, one, (held, today), merged)?;
    if let Some(from) = one.from.filter(|from| begun.is_some_and(|begun| begun < *from)) {
        leaving::warn_before(connection, place, id, from, merged)?;
    }
    lines.insert(id, place);
    if !changed.is_empty() {
        note(merged, &list_name(connection, id)?, changed);
    }
    Ok(Some(id))
}

/// A name in use that a row gives beside the legal one. Where both are one name there is no other, which is news only if another is held.
fn unlike_legal(in_use: &Said<String>, legal: &str, held: &str) -> Said<Value> {
    match in_use.value() {
        Some(name) if name == legal && (held == legal || held.is_empty()) => Said::Nothing,
        Some(name) if name == legal => Said::None,
        _ => said(in_use, String::clone),
    }
}

/// Say how many of these pupils are in no tutor group: their blank stands in no register that could be chased.
fn groupless(connection: &Connection, pupils: &[(Place, IncomingPupil)], merged: &mut Merged) -> rusqlite::Result<()> {
    let mut found = Vec::new();
    for (place, one) in pupils.iter().filter(|(_, one)| one.group.is_none()) {
        let Some(id) = find(connection, &one.key)? else { continue };
        let held: Option<i64> = connection
            .prepare_cached("SELECT tutor_group FROM pupil WHERE id = ?1")?
            .query_row([id], |row| row.get(0))?;
        if held.is_none() {
            found.push((place, one));
        }
    }
    if let Some((place, first)) = found.first() {
        let (who, name) = match found.len() {
            1 => ("1 pupil in this file is".to_owned(), format!("{}, {}", first.surname, first.forename)),
            many => (format!("{many} pupils in this file are"), format!("{}, {} first", first.surname, first.forename)),
        };
        let text = format!("{who} in no tutor group, {name}: no register asks whether they are in");
        merged.warnings.push(Warning { place: (*place).clone(), text });
    }
    Ok(())
}

fn household(connection: &Connection, key: &str) -> rusqlite::Result<i64> {
    let known = connection
        .prepare_cached("SELECT id FROM household WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    let number = roll_change::new_number(connection, Relation::Household)?;
    connection.prepare_cached("INSERT INTO household (id, key) VALUES (?1, ?2)")?.execute(params![number, key])?;
    Ok(number)
}

fn flags(connection: &Connection, pupil: i64, flags: &[Flag], merged: &mut Merged) -> rusqlite::Result<()> {
    let set: Flags = flags.iter().copied().collect();
    let letters = set.iter().map(Flag::letters).collect::<Vec<_>>().join(" ");
    let held: String =
        connection.prepare_cached("SELECT flags FROM pupil WHERE id = ?1")?.query_row([pupil], |row| row.get(0))?;
    if held == letters {
        merged.flags.same += 1;
        return Ok(());
    }
    connection.prepare_cached("UPDATE pupil SET flags = ?2 WHERE id = ?1")?.execute(params![pupil, letters])?;
    let is = if letters.is_empty() { "nothing" } else { &letters };
    if !held.is_empty() {
        note(merged, &name_and_group(connection, pupil)?, vec![format!("flags: {held} → {is}")]);
    }
    if held.is_empty() {
        merged.flags.new += 1;
    } else {
        merged.flags.changed += 1;
    }
    Ok(())
}

/// Say what changed of whom.
fn note(merged: &mut Merged, name: &str, changed: Vec<String>) {
    merged.changes.extend(changed.into_iter().map(|what| format!("{name}: {what}")));
}
