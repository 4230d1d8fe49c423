//! Finds the pupil whom a row is about that may give no number of the school's. Nobody is known by the name alone.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Merged, meant};
use crate::domain::incoming::{PupilKey, Who};
use crate::domain::name::fold;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::store::acts::{Stop, Work};

/// Whom a row is about.
pub enum Whom {
    /// This pupil, by a number.
    Known(PupilId),
    /// This pupil, by what else fits nobody but them: what that is, in words.
    Likely(PupilId, &'static str),
    /// Nobody who is sure: what the row says, and why that is not enough.
    Unsure { named: String, why: String },
}

/// Whom `who` is. Where the row gives no number, the name has to fit with the tutor group, or with the number or address that the
/// message came `from`, and fit nobody else.
pub fn whom(work: &Work<'_>, who: &Who, date: NaiveDate, from: Option<&str>, merged: &Merged) -> Result<Whom, Stop> {
    let roll = work.roll;
    if who.key != PupilKey::default() {
        let found = meant::meant(work.connection, &who.key, merged)?.map(PupilId);
        return match found.filter(|id| roll.pupil(*id).is_some()) {
            Some(id) => Ok(Whom::Known(id)),
            None => {
                let (named, why) = meant::why_unknown(work.connection, merged, &who.key)?;
                Ok(Whom::Unsure { named, why })
            }
        };
    }
    if let Some(number) = &who.person_id {
        return by_person_id(work, who, number);
    }
    let unsure = |why: String| Ok(Whom::Unsure { named: who.describe(), why });
    let names = names(who);
    let called: Vec<&Pupil> =
        roll.pupils.iter().filter(|pupil| pupil.on_roll(date) && is_called(pupil, &names)).collect();
    if called.is_empty() {
        return unsure("nobody on the roll is called so".to_owned());
    }
    let is_in = |pupil: &&&Pupil| who.class.as_ref().is_some_and(|class| fold(roll.group_name(pupil)) == fold(class));
    let reached =
        |pupil: &&&Pupil| from.is_some_and(|from| roll.contacts(pupil.id).iter().any(|one| one.is_reached_by(from)));
    let by_class: Vec<_> = called.iter().filter(is_in).collect();
    let by_contact: Vec<_> = called.iter().filter(reached).collect();
    match (by_class.as_slice(), by_contact.as_slice()) {
        // Where the two say different things, neither is sure.
        ([one], [other]) if one.id != other.id => {
            unsure("the tutor group is one pupil's, and the number another's".to_owned())
        }
        ([], _) if who.class.is_some() => unsure("whoever is called so is in another tutor group".to_owned()),
        ([one], _) => Ok(Whom::Likely(one.id, "by the name and the tutor group")),
        (_, [one]) => Ok(Whom::Likely(one.id, "by the name and a contact's number or address")),
        ([_, _, ..], _) => unsure(format!("{} pupils in the tutor group are called so", by_class.len())),
        _ if called.len() > 1 => unsure(format!("{} pupils are called so", called.len())),
        _ => unsure("a name alone names no pupil".to_owned()),
    }
}

/// The pupil who has this number, of one kind or the other; the name has to be theirs too, for the number may be anything.
fn by_person_id(work: &Work<'_>, who: &Who, number: &str) -> Result<Whom, Stop> {
    let unsure = |why: String| Ok(Whom::Unsure { named: number.to_owned(), why });
    let mut found = BTreeSet::new();
    for column in ["source_id", "admission_no"] {
        found.extend(meant::held_by(work.connection, column, Some(number))?);
    }
    match found.into_iter().collect::<Vec<_>>().as_slice() {
        [] => unsure("no pupil on the roll has this number: import the pupils first".to_owned()),
        [id] => {
            let id = PupilId(*id);
            if work.roll.pupil(id).is_some_and(|pupil| is_called(pupil, &names(who))) {
                return Ok(Whom::Known(id));
            }
            let name = work.roll.name_and_group(id);
            unsure(format!("the number is that of {name}, and the name in the row is not theirs"))
        }
        _ => unsure("one pupil has it as admission number, and another in the system it came from".to_owned()),
    }
}

/// The names of a row, as they are compared.
fn names(who: &Who) -> BTreeSet<String> {
    who.names.iter().map(|name| plain(name)).collect()
}

/// Whether a pupil has one of the names, legal or in use, either way round.
fn is_called(pupil: &Pupil, names: &BTreeSet<String>) -> bool {
    let legal = pupil.legal.as_ref();
    let surnames = [Some(&pupil.surname), legal.map(|legal| &legal.surname)];
    let forenames = [Some(&pupil.forename), legal.map(|legal| &legal.forename)];
    surnames.into_iter().flatten().any(|surname| {
        forenames.iter().flatten().any(|forename| {
            let ways = [format!("{forename} {surname}"), format!("{surname} {forename}")];
            ways.iter().any(|name| names.contains(&plain(name)))
        })
    })
}

/// A name by its letters, a comma between its parts being as good as a blank.
fn plain(name: &str) -> String {
    fold(&name.replace(',', " "))
}
