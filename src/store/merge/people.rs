//! Staff, tutor groups, pupils, contacts and flags.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use crate::domain::incoming::{
    Incoming, IncomingContact, IncomingGroup, IncomingPupil, IncomingStaff, Place, PupilKey,
};
use crate::domain::pupil::{Flag, Flags};

use super::super::columns::date_text;
use super::{Count, Merged};

/// Merge everybody, in the order they depend on each other.
pub fn merge(
    connection: &Connection,
    incoming: &Incoming,
    today: NaiveDate,
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> rusqlite::Result<()> {
    for (_, one) in &incoming.staff {
        staff(connection, one, merged)?;
        step();
    }
    for (_, one) in &incoming.groups {
        group(connection, one, merged)?;
        step();
    }
    for (place, one) in &incoming.pupils {
        pupil(connection, place, one, today, merged)?;
        step();
    }
    contacts(connection, &incoming.contacts, merged, step)?;
    for (place, one) in &incoming.flags {
        match find(connection, &one.pupil)? {
            Some(id) => flags(connection, id, &one.flags, merged)?,
            None => unknown(merged, place, &one.pupil),
        }
        step();
    }
    Ok(())
}

/// The pupil a file means: by its own identifier, else admission number, else UPN.
pub fn find(connection: &Connection, key: &PupilKey) -> rusqlite::Result<Option<i64>> {
    for (column, value) in [("source_id", &key.source_id), ("admission_no", &key.admission_no), ("upn", &key.upn)] {
        let Some(value) = value else { continue };
        let sql = format!("SELECT id FROM pupil WHERE {column} = ?1");
        let found = connection.prepare_cached(&sql)?.query_row([value], |row| row.get(0)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Refuse a row that names nobody on the roll.
pub fn unknown(merged: &mut Merged, place: &Place, key: &PupilKey) {
    let named = [&key.admission_no, &key.upn, &key.source_id].into_iter().flatten().next();
    let named = named.cloned().unwrap_or_default();
    merged.reject(place, "pupil", &named, "no pupil on the roll has this number: import the pupils first");
}

/// One column to be written: its name and the value.
type Column = (&'static str, Value);

fn text(value: Option<&str>) -> Value {
    value.map_or(Value::Null, |text| Value::Text(text.to_owned()))
}

fn number(value: Option<i64>) -> Value {
    value.map_or(Value::Null, Value::Integer)
}

/// Insert a row, or update what differs. A NULL says nothing and leaves what is held. Returns the row's number.
fn put(
    connection: &Connection,
    table: &str,
    known: Option<i64>,
    columns: &[Column],
    count: &mut Count,
) -> rusqlite::Result<(i64, Vec<String>)> {
    let Some(id) = known else {
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let marks: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
        let sql = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), marks.join(", "));
        connection.prepare_cached(&sql)?.execute(params_from_iter(columns.iter().map(|(_, value)| value)))?;
        count.new += 1;
        return Ok((connection.last_insert_rowid(), Vec::new()));
    };
    let mut changed = Vec::new();
    for (name, value) in columns.iter().filter(|(_, value)| *value != Value::Null) {
        let select = format!("SELECT {name} FROM {table} WHERE id = ?1");
        let held: Value = connection.prepare_cached(&select)?.query_row([id], |row| row.get(0))?;
        if held != *value {
            let update = format!("UPDATE {table} SET {name} = ?2 WHERE id = ?1");
            connection.prepare_cached(&update)?.execute(params![id, value])?;
            changed.push(format!("{}: {} → {}", name.replace('_', " "), shown(&held), shown(value)));
        }
    }
    if changed.is_empty() {
        count.same += 1;
    } else {
        count.changed += 1;
    }
    Ok((id, changed))
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        _ => "nothing".to_owned(),
    }
}

fn staff(connection: &Connection, one: &IncomingStaff, merged: &mut Merged) -> rusqlite::Result<i64> {
    let by_source = match &one.source_id {
        Some(source) => connection
            .prepare_cached("SELECT id FROM staff WHERE source_id = ?1")?
            .query_row([source], |row| row.get(0))
            .optional()?,
        None => None,
    };
    let known = match by_source {
        Some(id) => Some(id),
        None => staff_named(connection, &one.name)?,
    };
    let columns = [
        ("source_id", text(one.source_id.as_deref())),
        ("name", text(Some(&one.name))),
        ("post", text(one.post.as_deref())),
    ];
    let (id, changed) = put(connection, "staff", known, &columns, &mut merged.staff)?;
    note(merged, &one.name, changed);
    Ok(id)
}

fn staff_named(connection: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM staff WHERE name = ?1 ORDER BY id LIMIT 1")?
        .query_row([name], |row| row.get(0))
        .optional()
}

fn group(connection: &Connection, one: &IncomingGroup, merged: &mut Merged) -> rusqlite::Result<()> {
    let tutor = match &one.tutor {
        Some(name) => match staff_named(connection, name)? {
            Some(id) => Some(id),
            None => Some(staff(connection, &IncomingStaff { name: name.clone(), ..Default::default() }, merged)?),
        },
        None => None,
    };
    let known = group_named(connection, &one.name)?;
    let columns = [
        ("name", text(Some(&one.name))),
        ("year", number(one.year)),
        ("tutor", number(tutor)),
        ("room", text(one.room.as_deref())),
    ];
    let (_, changed) = put(connection, "tutor_group", known, &columns, &mut merged.groups)?;
    note(merged, &one.name, changed);
    Ok(())
}

fn group_named(connection: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM tutor_group WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()
}

fn pupil(
    connection: &Connection,
    place: &Place,
    one: &IncomingPupil,
    today: NaiveDate,
    merged: &mut Merged,
) -> rusqlite::Result<()> {
    let known = find(connection, &one.key)?;
    for (column, value) in [("admission_no", &one.key.admission_no), ("upn", &one.key.upn)] {
        let Some(value) = value else { continue };
        let sql = format!("SELECT id FROM pupil WHERE {column} = ?1");
        let holder: Option<i64> = connection.prepare_cached(&sql)?.query_row([value], |row| row.get(0)).optional()?;
        if holder.is_some() && holder != known {
            merged.reject(place, column, value, "another pupil has this number");
            return Ok(());
        }
    }
    let group = match &one.group {
        Some(name) => match group_named(connection, name)? {
            Some(id) => Some(id),
            None => {
                let made = IncomingGroup { name: name.clone(), year: one.year, ..Default::default() };
                group(connection, &made, merged)?;
                group_named(connection, name)?
            }
        },
        None => None,
    };
    let household = match &one.household {
        Some(key) => Some(household(connection, key)?),
        None => None,
    };
    let first = match (one.from, known) {
        (Some(from), _) => Some(from),
        (None, None) => Some(crate::domain::calendar::Calendar::year_start(today)),
        (None, Some(_)) => None,
    };
    let columns = [
        ("source_id", text(one.key.source_id.as_deref())),
        ("admission_no", text(one.key.admission_no.as_deref())),
        ("upn", text(one.key.upn.as_deref())),
        ("surname", text(Some(&one.surname))),
        ("forename", text(Some(&one.forename))),
        ("year", number(one.year)),
        ("tutor_group", number(group)),
        ("household", number(household)),
        ("first_day", text(first.map(date_text).as_deref())),
        ("last_day", text(one.until.map(date_text).as_deref())),
    ];
    let (_, changed) = put(connection, "pupil", known, &columns, &mut merged.pupils)?;
    note(merged, &format!("{}, {}", one.surname, one.forename), changed);
    Ok(())
}

fn household(connection: &Connection, key: &str) -> rusqlite::Result<i64> {
    connection.prepare_cached("INSERT OR IGNORE INTO household (key) VALUES (?1)")?.execute([key])?;
    connection.prepare_cached("SELECT id FROM household WHERE key = ?1")?.query_row([key], |row| row.get(0))
}

/// The contacts a file gives a pupil are all the pupil has: one it no longer names is not rung again.
fn contacts(
    connection: &Connection,
    incoming: &[(Place, IncomingContact)],
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> rusqlite::Result<()> {
    let mut named: HashMap<i64, Vec<i64>> = HashMap::new();
    for (place, one) in incoming {
        step();
        let Some(pupil) = find(connection, &one.pupil)? else {
            unknown(merged, place, &one.pupil);
            continue;
        };
        named.entry(pupil).or_default().push(one.order);
        contact(connection, pupil, one, merged)?;
    }
    for (pupil, places) in named {
        let mut statement =
            connection.prepare_cached("SELECT id, place, name FROM contact WHERE pupil = ?1 AND gone = 0")?;
        let held: Vec<(i64, i64, String)> = statement
            .query_map([pupil], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (id, _, name) in held.into_iter().filter(|(_, place, _)| !places.contains(place)) {
            connection.prepare_cached("UPDATE contact SET gone = 1 WHERE id = ?1")?.execute([id])?;
            merged.contacts.gone += 1;
            note(merged, &name, vec!["no longer a contact".to_owned()]);
        }
    }
    Ok(())
}

/// A different person in the same place is a new contact, so that earlier calls still name whom they reached.
fn contact(connection: &Connection, pupil: i64, one: &IncomingContact, merged: &mut Merged) -> rusqlite::Result<()> {
    type Held = (i64, String, String, Option<String>, Option<String>, bool, Option<String>);
    let held: Option<Held> = connection
        .prepare_cached(
            "SELECT id, name, relationship, phone, email, do_not_contact, note FROM contact
             WHERE pupil = ?1 AND place = ?2 AND gone = 0",
        )?
        .query_row([pupil, one.order], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
        })
        .optional()?;
    let same_person = held.as_ref().filter(|held| held.1 == one.name);
    if let Some((id, _, relationship, phone, email, barred, note)) = same_person {
        let same = *relationship == one.relationship
            && (phone, email, note) == (&one.phone, &one.email, &one.note)
            && *barred == one.do_not_contact;
        if same {
            merged.contacts.same += 1;
            return Ok(());
        }
        connection
            .prepare_cached(
                "UPDATE contact SET relationship = ?2, phone = ?3, email = ?4, do_not_contact = ?5, note = ?6 WHERE id = ?1",
            )?
            .execute(params![id, one.relationship, one.phone, one.email, one.do_not_contact, one.note])?;
        merged.contacts.changed += 1;
        merged.changes.push(format!("contact {}: details changed", one.name));
        return Ok(());
    }
    if let Some((id, name, ..)) = &held {
        connection.prepare_cached("UPDATE contact SET gone = 1 WHERE id = ?1")?.execute([id])?;
        merged.contacts.gone += 1;
        note(merged, name, vec!["no longer a contact".to_owned()]);
    }
    connection
        .prepare_cached(
            "INSERT INTO contact (pupil, place, name, relationship, phone, email, do_not_contact, note)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            pupil,
            one.order,
            one.name,
            one.relationship,
            one.phone,
            one.email,
            one.do_not_contact,
            one.note
        ])?;
    merged.contacts.new += 1;
    Ok(())
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
    if held.is_empty() {
        merged.flags.new += 1;
    } else {
        merged.flags.changed += 1;
    }
    Ok(())
}

fn note(merged: &mut Merged, whose: &str, changed: Vec<String>) {
    merged.changes.extend(changed.into_iter().map(|what| format!("{whose}: {what}")));
}
