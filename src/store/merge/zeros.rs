//! Admission numbers that have lost the zeros before them, as a spreadsheet takes them. Where somebody has said that this is so, each is
//! read as the number that it was, if one pupil alone can be meant.

use hashbrown::HashMap;
use rusqlite::Connection;

use super::likeness::{bare_number, has_lost_zeros};
use super::meant::held_by;
use crate::domain::incoming::{Incoming, IncomingPupil, Marks, Place, PupilKey, Warning};
use crate::domain::name::fold;

/// The same files with those numbers as they were; `None` where nobody has said so, or none is such a number.
pub fn restored(connection: &Connection, incoming: &Incoming) -> rusqlite::Result<Option<Incoming>> {
    if !incoming.zeros_are_lost {
        return Ok(None);
    }
    let mut zeros = Zeros { connection, found: HashMap::new(), warnings: Vec::new() };
    let mut read = incoming.clone();
    for (place, one) in &mut read.pupils {
        let is_meant = zeros.owner(&one.key)?.is_some_and(|owner| owner.is_of(one));
        zeros.restore_if(is_meant, &mut one.key, place)?;
    }
    for (place, one) in &mut read.contacts {
        zeros.restore(&mut one.pupil, place)?;
    }
    for (place, one) in &mut read.refused_contacts {
        zeros.restore(one, place)?;
    }
    for (place, one) in &mut read.flags {
        zeros.restore(&mut one.pupil, place)?;
    }
    for (place, one) in &mut read.unknown_marks {
        zeros.restore(&mut one.pupil, place)?;
    }
    for (place, one) in &mut read.lessons {
        zeros.restore(&mut one.pupil, place)?;
    }
    for (place, one) in &mut read.arrangements {
        zeros.restore(&mut one.pupil, place)?;
    }
    read.marks = zeros.restored_marks(read.marks)?;
    read.stated = zeros.restored_marks(read.stated)?;
    let warnings = zeros.warnings;
    read.warnings.extend(warnings.iter().map(|(_, warning)| warning.clone()));
    Ok((!warnings.is_empty()).then_some(read))
}

/// The pupil whose number has lost its zeros in a file.
#[derive(Clone)]
struct Owner {
    admission_no: String,
    upn: Option<String>,
    /// Legal ones, and those in use: surnames, and forenames.
    names: [[String; 2]; 2],
}

impl Owner {
    /// Whether a row of pupils can be theirs: by the UPN, or by both names.
    fn is_of(&self, row: &IncomingPupil) -> bool {
        let [surname, forename] = row.in_use();
        let given = [[row.surname.as_str(), surname], [row.forename.as_str(), forename]];
        let is_kept = |(held, given): (&[String; 2], &[&str; 2])| {
            held.iter().any(|held| given.iter().any(|given| fold(held) == fold(given)))
        };
        (self.upn.is_some() && self.upn == row.key.upn) || self.names.iter().zip(&given).all(is_kept)
    }
}

/// What was found of numbers so far.
struct Zeros<'c> {
    connection: &'c Connection,
    found: HashMap<PupilKey, Option<Owner>>,
    /// By the number as it stands in the files.
    warnings: Vec<(String, Warning)>,
}

impl Zeros<'_> {
    fn restore(&mut self, key: &mut PupilKey, place: &Place) -> rusqlite::Result<()> {
        self.restore_if(true, key, place)
    }

    fn restore_if(&mut self, is_meant: bool, key: &mut PupilKey, place: &Place) -> rusqlite::Result<()> {
        let Some(owner) = self.owner(key)?.filter(|_| is_meant) else { return Ok(()) };
        let Some(number) = key.admission_no.replace(owner.admission_no.clone()) else { return Ok(()) };
        if !self.warnings.iter().any(|(told, _)| *told == number) {
            let [[surname, _], [forename, _]] = &owner.names;
            let text = format!(
                "{number} is read as {} ({surname}, {forename}), as --lost-zeros says: it has lost the zeros before it",
                owner.admission_no
            );
            self.warnings.push((number, Warning { place: place.clone(), text }));
        }
        Ok(())
    }

    fn restored_marks(&mut self, marks: Marks) -> rusqlite::Result<Marks> {
        let mut lines: HashMap<usize, Place> = HashMap::new();
        for row in marks.rows() {
            lines.entry(row.pupil).or_insert_with(|| row.place());
        }
        let mut pupils = marks.pupils().to_vec();
        for (index, key) in pupils.iter_mut().enumerate() {
            if let Some(place) = lines.get(&index) {
                self.restore(key, place)?;
            }
        }
        Ok(marks.renamed(pupils))
    }

    /// Whose number it is that `key` has without its zeros: nobody's where somebody has it as it is, or several have it with zeros.
    fn owner(&mut self, key: &PupilKey) -> rusqlite::Result<Option<Owner>> {
        if let Some(found) = self.found.get(key) {
            return Ok(found.clone());
        }
        let found = self.found_for(key)?;
        self.found.insert(key.clone(), found.clone());
        Ok(found)
    }

    fn found_for(&self, key: &PupilKey) -> rusqlite::Result<Option<Owner>> {
        let Some(number) = &key.admission_no else { return Ok(None) };
        if held_by(self.connection, "admission_no", Some(number))?.is_some() {
            return Ok(None);
        }
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT admission_no, upn, surname, coalesce(preferred_surname, surname), forename,
                    coalesce(preferred_forename, forename) FROM pupil WHERE {} = ?1",
            bare_number()
        ))?;
        let owners = statement.query_map([number], |row| {
            let names = [[row.get(2)?, row.get(3)?], [row.get(4)?, row.get(5)?]];
            Ok(Owner { admission_no: row.get(0)?, upn: row.get(1)?, names })
        })?;
        let owners: Vec<Owner> = owners.collect::<rusqlite::Result<_>>()?;
        let [owner] = owners.as_slice() else { return Ok(None) };
        let is_another = owner.upn.is_some() && key.upn.is_some() && owner.upn != key.upn;
        Ok(Some(owner.clone()).filter(|owner| has_lost_zeros(number, &owner.admission_no) && !is_another))
    }
}
