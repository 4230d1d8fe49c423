//! Contacts: whom the school may ring about a pupil, and who must not be contacted, whatever a file calls them.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::held_contact::{COLUMNS, Held};
use super::meant::{list_name, meant, name_and_group, unknown};
use super::{Merged, corrections};
use crate::domain::act_id::ActId;
use crate::domain::incoming::{Incoming, IncomingContact, Place, Warning};
use crate::domain::people::bar::{Bar, Found, Known, find as find_barred, widen};
use crate::domain::people::contact::ContactId;
use crate::domain::people::correction::{Correction, CorrectionKind};
use crate::domain::people::person::Person;
use crate::domain::people::pupil::PupilId;
use crate::store::tables::bar;
use crate::store::tables::roll_change::{self, Relation};

/// One row of a file.
type Named<'a> = (&'a Place, &'a IncomingContact);

/// Merge contacts. The contacts a file gives a pupil are all the pupil has: one it no longer names is not rung again.
pub fn merge(
    connection: &Connection,
    act: ActId,
    incoming: &Incoming,
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> rusqlite::Result<()> {
    // In order, so that two runs tell of the same changes alike.
    let mut named: BTreeMap<i64, Vec<Named<'_>>> = BTreeMap::new();
    let mut refused: BTreeMap<i64, &Place> = BTreeMap::new();
    for (place, pupil) in &incoming.refused_contacts {
        if let Some(pupil) = meant(connection, pupil, merged)? {
            refused.entry(pupil).or_insert(place);
        }
    }
    for (place, one) in &incoming.contacts {
        step();
        let Some(pupil) = meant(connection, &one.pupil, merged)? else {
            unknown(connection, merged, place, &one.pupil)?;
            continue;
        };
        let of_pupil = named.entry(pupil).or_default();
        if of_pupil.iter().any(|(_, other)| other.order == one.order) {
            merged.reject(place, "order", &one.order.to_string(), "the pupil has another contact in this place");
            refused.entry(pupil).or_insert(place);
            continue;
        }
        of_pupil.push((place, one));
    }
    for (pupil, mut of_pupil) in named {
        of_pupil.sort_by_key(|(_, one)| one.order);
        let contacts = Contacts::of(connection, act, PupilId(pupil))?;
        match refused.get(&pupil).filter(|_| contacts.held.iter().any(|one| !one.gone)) {
            // The contact of a refused row would be removed, or another would take the place.
            Some(Place { line, .. }) => {
                for (place, one) in of_pupil {
                    let why = format!(
                        "line {line}, of the same pupil's contacts, was refused: all of them stay as they are until it is put right"
                    );
                    merged.reject(place, "name", &one.name, why);
                }
            }
            None => contacts.merge(&of_pupil, merged)?,
        }
    }
    Ok(())
}

/// Who a contact is, with the numbers that were corrected as well: a file may have the one or the other.
fn corrected(held: &Held, corrections: &[Correction]) -> Person {
    let mut person = held.person.clone();
    let of_contact = corrections.iter().filter(|one| one.contact == Some(ContactId(held.id)));
    let numbers = of_contact.filter(|one| one.kind == CorrectionKind::Number && !one.becomes.is_empty());
    person.numbers.extend(numbers.map(|one| one.becomes.clone()));
    person
}

/// The contacts of one pupil: those who are, and all who are barred.
struct Contacts<'a> {
    connection: &'a Connection,
    act: ActId,
    pupil: PupilId,
    held: Vec<Held>,
    bars: Vec<Bar>,
}

impl<'a> Contacts<'a> {
    fn of(connection: &'a Connection, act: ActId, pupil: PupilId) -> rusqlite::Result<Contacts<'a>> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM contact k
             WHERE pupil = ?1 AND (gone = 0 OR id IN (SELECT contact FROM bar WHERE withdrawn IS NULL)
                                            OR id IN (SELECT contact FROM correction WHERE ended IS NULL))
             ORDER BY gone, place, id"
        ))?;
        let held = statement.query_map([pupil], Held::read)?.collect::<rusqlite::Result<_>>()?;
        Ok(Contacts { connection, act, pupil, held, bars: bar::about(connection, pupil)? })
    }

    fn bars_on(&self, held: &Held) -> impl Iterator<Item = &Bar> {
        let id = ContactId(held.id);
        self.bars.iter().filter(move |bar| bar.contact == id)
    }

    /// Which of the named contacts is which of those held, and who is barred.
    fn found(&self, named: &[Person], corrections: &[Correction]) -> rusqlite::Result<Vec<Found>> {
        let known = |held: &Held| Known {
            person: corrected(held, corrections),
            is_current: !held.gone,
            barred_as: self.bars_on(held).map(|bar| bar.person.clone()).collect(),
        };
        let mut known: Vec<Known> = self.held.iter().map(known).collect();
        if !self.bars.is_empty() {
            widen(&mut known, &self.household()?);
        }
        Ok(find_barred(&known, named))
    }

    /// The contacts of the others of the pupil's household.
    fn household(&self) -> rusqlite::Result<Vec<Person>> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS}
             FROM contact k JOIN pupil other ON other.id = k.pupil JOIN pupil own ON own.household = other.household
             WHERE own.id = ?1 AND other.id <> own.id AND gone = 0"
        ))?;
        let held = statement.query_map([self.pupil], |row| Ok(Held::read(row)?.person))?;
        held.collect()
    }

    fn merge(&self, named: &[Named<'_>], merged: &mut Merged) -> rusqlite::Result<()> {
        let persons: Vec<Person> = named.iter().map(|(_, one)| one.person()).collect();
        let found = self.found(&persons, &merged.corrections)?;
        let held = |place: Option<usize>| place.and_then(|place| self.held.get(place));
        let becomes: Vec<Held> = named
            .iter()
            .zip(&found)
            .map(|((_, one), found)| held(found.known).cloned().unwrap_or_default().with(one))
            .collect();
        let is_added = |one: &Held| corrections::is_added(&merged.corrections, ContactId(one.id));
        let is_named = |one: &Held| becomes.iter().any(|new| new.id == one.id);
        let kept: Vec<&Held> = self.held.iter().filter(|one| !one.gone && is_added(one) && !is_named(one)).collect();
        let gone = |one: &&Held| !one.gone && !is_named(one) && !kept.iter().any(|kept| kept.id == one.id);
        let is_same = |new: &Held| self.held.contains(new);
        if !becomes.iter().all(is_same) || self.held.iter().any(|one| gone(&one)) {
            // Places are given anew: no two hold one at a time.
            self.connection
                .prepare_cached("UPDATE contact SET gone = 1 WHERE pupil = ?1 AND gone = 0")?
                .execute([self.pupil])?;
        }
        for one in &kept {
            self.keep(one, named, merged)?;
        }
        for ((((place, one), found), becomes), rank) in named.iter().zip(&found).zip(&becomes).zip(1..) {
            let id = self.put(becomes)?;
            let corrected = corrections::Named { contact: ContactId(id), rank, place, row: one };
            corrections::weigh(self.connection, self.act, &corrected, &self.name()?, merged)?;
            let is_barred = self.barred(place, one, found, &becomes.numbered(id), merged)?;
            let before = held(found.known);
            if found.barred_by.is_none() && one.do_not_contact != Some(true) {
                self.warn_of_number(place, becomes, before, merged)?;
            }
            let current = before.filter(|before| !before.gone);
            if current == Some(becomes) && !is_barred {
                merged.contacts.same += 1;
                continue;
            }
            let count = if current.is_some() { &mut merged.contacts.changed } else { &mut merged.contacts.new };
            *count += 1;
            let Some(before) = before else { continue };
            let changed = before.changed(becomes);
            let who = self.introduced(&before.person.name)?;
            merged.kept.extend(changed.iter().map(|one| format!("{who}: {} was {}", one.what, one.was)));
            let barred = is_barred.then(|| "must not be contacted".to_owned());
            let warnings = current.map(|_| changed.into_iter().map(|one| one.text)).into_iter().flatten();
            let warnings: Vec<String> = barred.into_iter().chain(warnings).collect();
            if !warnings.is_empty() {
                merged.changes.push(format!("{who}: {}", warnings.join(", ")));
            }
        }
        for one in self.held.iter().filter(gone) {
            merged.contacts.gone += 1;
            merged.changes.push(format!("{}: no longer a contact", self.introduced(&one.person.name)?));
        }
        self.warn_of_vanished(named, &found, merged)
    }

    /// Whoever was added here stays until a file names them.
    fn keep(&self, held: &Held, named: &[Named<'_>], merged: &mut Merged) -> rusqlite::Result<()> {
        self.connection.prepare_cached("UPDATE contact SET gone = 0 WHERE id = ?1 AND gone = 1")?.execute([held.id])?;
        match named.first() {
            Some((place, _)) => {
                let text = format!("{} is not in the system yet; firstbell keeps them", held.person.name);
                self.warn(place, &text, merged)
            }
            None => Ok(()),
        }
    }

    /// "contact Mrs Khan of Khan, Amira 8KM".
    fn introduced(&self, name: &str) -> rusqlite::Result<String> {
        Ok(format!("contact {name} of {}", name_and_group(self.connection, self.pupil.0)?))
    }

    /// Write a contact, and give its number.
    fn put(&self, held: &Held) -> rusqlite::Result<i64> {
        if held.id == 0 {
            let number = roll_change::new_number(self.connection, Relation::Contact)?;
            held.insert(self.connection, self.pupil, number)?;
            return Ok(number);
        }
        if !self.held.contains(held) {
            held.update(self.connection, held.id)?;
        }
        self.connection.prepare_cached("UPDATE contact SET gone = 0 WHERE id = ?1 AND gone = 1")?.execute([held.id])?;
        Ok(held.id)
    }

    /// Bar whom the file bars, and whoever is or may be barred already. Answers whether the contact is barred who was not, or is
    /// back.
    fn barred(
        &self,
        place: &Place,
        one: &IncomingContact,
        found: &Found,
        becomes: &Held,
        merged: &mut Merged,
    ) -> rusqlite::Result<bool> {
        let (id, name) = (ContactId(becomes.id), &becomes.person.name);
        let add = |reason: &str| bar::add(self.connection, self.act, id, &becomes.person, reason);
        let known = found.known.and_then(|known| self.held.get(known));
        let by = found.barred_by.and_then(|by| self.held.get(by));
        let own = known.and_then(|known| self.bars_on(known).last());
        let lift = format!("firstbell bar NAME --contact {} --lift --reason WHY", one.order);
        if let Some(own) = own {
            if !known.is_some_and(|known| self.bars_on(known).any(|bar| bar.person == becomes.person)) {
                add(&own.reason)?;
            }
            if !found.is_certain {
                let was = &own.person.name;
                let text =
                    format!("{name} is taken for {was}, who must not be contacted: if it is another person, {lift}");
                self.warn(place, &text, merged)?;
            } else if one.do_not_contact == Some(false) {
                let text = format!("{name} must not be contacted, and no file says otherwise: to lift the bar, {lift}");
                self.warn(place, &text, merged)?;
            }
            return Ok(known.is_some_and(|known| known.gone));
        }
        if one.do_not_contact == Some(true) {
            add(one.note.as_deref().unwrap_or_default())?;
        } else if let Some(by) = by {
            let reason = self.bars_on(by).last().map_or("", |bar| bar.reason.as_str());
            let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
            add(&format!("may be {}{why}", by.person.name))?;
            let text = format!(
                "{name} may be {}, who must not be contacted, and is barred too: look who it is, and if it is another person, {lift}",
                by.person.name
            );
            self.warn(place, &text, merged)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// Say where somebody who may be rung has got a number of somebody barred.
    fn warn_of_number(
        &self,
        place: &Place,
        becomes: &Held,
        before: Option<&Held>,
        merged: &mut Merged,
    ) -> rusqlite::Result<()> {
        let is_new = |number: &&String| !before.is_some_and(|before| before.person.has_number(number));
        let holder = |number: &String| self.bars.iter().find(|bar| bar.person.has_number(number));
        let Some(bar) = becomes.person.numbers.iter().filter(is_new).find_map(holder) else { return Ok(()) };
        let (name, theirs) = (&becomes.person.name, &bar.person.name);
        let text =
            format!("{name} now has a number of {theirs}, who must not be contacted: it is not rung, look whose it is");
        self.warn(place, &text, merged)
    }

    /// Say who was barred and is no longer named.
    fn warn_of_vanished(&self, named: &[Named<'_>], found: &[Found], merged: &mut Merged) -> rusqlite::Result<()> {
        let Some((place, _)) = named.first() else { return Ok(()) };
        for (which, one) in self.held.iter().enumerate().filter(|(_, one)| !one.gone) {
            let is_found = |found: &Found| found.known == Some(which) || found.barred_by == Some(which);
            if self.bars_on(one).next().is_some() && !found.iter().any(is_found) {
                let name = &one.person.name;
                let text = format!(
                    "{name}, who must not be contacted, is not in this file: the bar stands, and holds when they come back"
                );
                self.warn(place, &text, merged)?;
            }
        }
        Ok(())
    }

    /// "Khan, Amira".
    fn name(&self) -> rusqlite::Result<String> {
        list_name(self.connection, self.pupil.0)
    }

    fn warn(&self, place: &Place, text: &str, merged: &mut Merged) -> rusqlite::Result<()> {
        let pupil = self.name()?;
        merged.warnings.push(Warning { place: place.clone(), text: format!("{pupil}: {text}") });
        Ok(())
    }
}
