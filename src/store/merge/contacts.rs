//! Contacts: whom the school may ring about a pupil.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::incoming::{IncomingContact, Place};

use super::Merged;
use super::people::{find, note, unknown};

/// Merge contacts. The contacts a file gives a pupil are all the pupil has: one it no longer names is not rung again.
pub fn merge(
    connection: &Connection,
    incoming: &[(Place, IncomingContact)],
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> rusqlite::Result<()> {
    // In order, so that two runs tell of the same changes alike.
    let mut named: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (place, one) in incoming {
        step();
        let Some(pupil) = find(connection, &one.pupil)? else {
            unknown(connection, merged, place, &one.pupil)?;
            continue;
        };
        let places = named.entry(pupil).or_default();
        if places.contains(&one.order) {
            merged.reject(place, "order", &one.order.to_string(), "the pupil has another contact in this place");
            continue;
        }
        places.push(one.order);
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
        // A file without a note says nothing of it: a court order must not vanish with a column.
        let noted = one.note.as_ref().or(note.as_ref());
        let same =
            *relationship == one.relationship && (phone, email) == (&one.phone, &one.email) && note.as_ref() == noted;
        let bars = one.do_not_contact.unwrap_or(*barred);
        if same && *barred == bars {
            merged.contacts.same += 1;
            return Ok(());
        }
        connection
            .prepare_cached(
                "UPDATE contact SET relationship = ?2, phone = ?3, email = ?4, do_not_contact = ?5, note = ?6 WHERE id = ?1",
            )?
            .execute(params![id, one.relationship, one.phone, one.email, bars, noted])?;
        merged.contacts.changed += 1;
        let what = match (*barred, bars) {
            (true, false) => "may be contacted",
            (false, true) => "must not be contacted",
            _ => "details changed",
        };
        merged.changes.push(format!("contact {}: {what}", one.name));
        return Ok(());
    }
    let bars = match one.do_not_contact {
        Some(said) => said,
        None => last_barred(connection, pupil, one)?,
    };
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
        .execute(params![pupil, one.order, one.name, one.relationship, one.phone, one.email, bars, one.note])?;
    merged.contacts.new += 1;
    Ok(())
}

/// Whether the pupil's last contact of this name was barred: in another place of the order, or no longer a contact.
fn last_barred(connection: &Connection, pupil: i64, one: &IncomingContact) -> rusqlite::Result<bool> {
    let found = connection
        .prepare_cached(
            "SELECT do_not_contact FROM contact WHERE pupil = ?1 AND name = ?2 ORDER BY relationship = ?3 DESC, id DESC LIMIT 1",
        )?
        .query_row(params![pupil, one.name, one.relationship], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or(false))
}
