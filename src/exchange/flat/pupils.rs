//! The flat file of pupils; tutor groups and tutors come out of it too.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::incoming::{FAMILY_MAX, IncomingGroup, IncomingPupil, IncomingStaff, Place, Reject};
use crate::domain::name::fold;
use crate::exchange::cells::blank::{household, text_or_none};
use crate::exchange::cells::details::{self, AddressColumns};
use crate::exchange::cells::key::{KeyColumns, upn_warning};
use crate::exchange::cells::spoilt::{has_lost_itself, spoilt};
use crate::exchange::cells::year::parse_year;
use crate::exchange::table::notes::Notes;
use crate::exchange::table::odd::is_number;
use crate::exchange::table::{Column, Row, Table};
use crate::exchange::{Known, Read};

struct Columns {
    key: KeyColumns,
    surname: Column,
    forename: Column,
    year: Column,
    group: Column,
    tutor: Column,
    room: Column,
    household: Column,
    preferred_surname: Column,
    preferred_forename: Column,
    date_of_birth: Column,
    sex: Column,
    house: Column,
    language: Column,
    address: AddressColumns,
    from: Column,
    until: Column,
}

pub(super) fn read(table: &mut Table<'_>, known: Known<'_>, read: &mut Read, notes: &mut Notes) {
    let columns = Columns {
        key: KeyColumns::of(table),
        surname: table.column("surname"),
        forename: table.column("forename"),
        year: table.column("year"),
        group: table.column("tutor_group"),
        tutor: table.column("tutor"),
        room: table.column("room"),
        household: table.column("household"),
        preferred_surname: table.column("preferred_surname"),
        preferred_forename: table.column("preferred_forename"),
        date_of_birth: table.column("date_of_birth"),
        sex: table.column("sex"),
        house: table.column("house"),
        language: table.column("first_language"),
        address: AddressColumns::of(table),
        from: table.column("from"),
        until: table.column("until"),
    };
    let mut seen: HashMap<String, u64> = HashMap::new();
    let mut groups = Groups::default();
    while let Some(row) = table.next(&mut read.rejects) {
        match pupil(row, &columns, known.today, notes).and_then(|pupil| unseen(row, pupil, &mut seen)) {
            Ok(pupil) => {
                groups.meet(row, &columns, &pupil, read, notes);
                read.incoming.pupils.push((row.place(), pupil));
            }
            Err(reject) => read.rejects.push(reject),
        }
    }
    part_strangers(&mut read.incoming.pupils, notes);
}

/// A household of more pupils than a family has is a word that stands for many: nobody becomes a sibling by it.
fn part_strangers(pupils: &mut [(Place, IncomingPupil)], notes: &mut Notes) {
    let mut count: HashMap<String, usize> = HashMap::new();
    for household in pupils.iter().filter_map(|(_, pupil)| pupil.household.as_ref()) {
        *count.entry(fold(household)).or_default() += 1;
    }
    for (place, pupil) in pupils {
        let of = |household: &String| count.get(&fold(household)).copied().unwrap_or_default();
        let Some((household, many)) = pupil.household.as_ref().map(|one| (one.clone(), of(one))) else { continue };
        if many > FAMILY_MAX {
            pupil.household = None;
            let text = || format!("{many} pupils have the household “{household}”, and are not taken for one family");
            notes.add("household", &household, || place.clone(), text);
        }
    }
}

fn pupil(row: Row<'_>, columns: &Columns, today: NaiveDate, notes: &mut Notes) -> Result<IncomingPupil, Reject> {
    let (key, odd) = columns.key.read(row)?;
    for upn in key.upn.iter().chain(&odd) {
        if let Some(text) = upn_warning(upn) {
            notes.add("upn", upn, || row.place(), || text.clone());
        }
    }
    let (surname, forename) = (row.text(columns.surname), row.text(columns.forename));
    if surname.is_none() && forename.is_none() {
        return Err(row.reject("surname", "", "the pupil has no name"));
    }
    for column in [columns.surname, columns.forename] {
        let name = row.cell(column);
        if let Some(why) = spoilt(name.as_str()).filter(|_| has_lost_itself(name.as_str())) {
            return Err(name.reject(why));
        }
        if is_number(name.as_str()) {
            return Err(
                name.reject("this is a number, and no name: a cell may be missing, or the line be one of totals")
            );
        }
    }
    let (from, until) = (row.cell(columns.from).date()?, row.cell(columns.until).date()?);
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return Err(row.cell(columns.until).reject("the last day on roll is before the first"));
    }
    let year = row.cell(columns.year);
    let parsed = parse_year(year.as_str());
    // A pupil is not kept off the roll by an odd year.
    if parsed.is_none() && !year.is_blank() {
        let text = || format!("“{}” is not a year from N1 to 14, and was left out", year.as_str());
        notes.add("year", year.as_str(), || row.place(), text);
    }
    let (address, postcode) = columns.address.read(row, notes);
    Ok(IncomingPupil {
        key,
        surname: surname.unwrap_or_default(),
        forename: forename.unwrap_or_default(),
        preferred_surname: details::name(row, columns.preferred_surname, notes),
        preferred_forename: details::name(row, columns.preferred_forename, notes),
        year: parsed,
        group: group(row, columns.group, notes),
        household: household(row, columns.household, notes),
        date_of_birth: details::date_of_birth(row, columns.date_of_birth, parsed, today, notes),
        sex: details::sex(row, columns.sex, notes),
        house: details::text(row, columns.house, notes),
        language: details::text(row, columns.language, notes),
        address,
        postcode,
        from,
        until,
        stays: until.is_none() && columns.until.is_there(),
    })
}

/// The tutor group; a single letter may be the name of one. A pupil is not kept off the roll by what a spreadsheet has made of it.
fn group(row: Row<'_>, column: Column, notes: &mut Notes) -> Option<String> {
    let text = row.text(column)?;
    let group = if text.chars().nth(1).is_none() { text } else { text_or_none(row, column, notes)? };
    let Some(why) = spoilt(&group) else { return Some(group) };
    notes.add("group", &group, || row.place(), || format!("“{group}” is no tutor group, and was left out: {why}"));
    None
}

/// `pupil`, unless an earlier row has one of its keys.
fn unseen(row: Row<'_>, pupil: IncomingPupil, seen: &mut HashMap<String, u64>) -> Result<IncomingPupil, Reject> {
    let keys = [("admission_no", &pupil.key.admission_no), ("upn", &pupil.key.upn)];
    for (column, key) in keys {
        if let Some((key, line)) = key.as_ref().and_then(|key| seen.get_key_value(key)) {
            return Err(row.reject(column, key, &format!("line {line} already has a pupil with this {column}")));
        }
    }
    for key in keys.into_iter().filter_map(|(_, key)| key.as_ref()) {
        seen.insert(key.clone(), row.line());
    }
    Ok(pupil)
}

/// Tutor groups and tutors met so far in this file, by their place in what was read.
#[derive(Default)]
struct Groups {
    groups: HashMap<String, usize>,
    tutors: HashSet<String>,
}

impl Groups {
    fn meet(&mut self, row: Row<'_>, columns: &Columns, pupil: &IncomingPupil, read: &mut Read, notes: &mut Notes) {
        let (tutor, room) = (text_or_none(row, columns.tutor, notes), row.text(columns.room));
        if let Some(name) = tutor.as_ref().filter(|name| self.tutors.insert((*name).clone())) {
            let staff = IncomingStaff { source_id: None, name: name.clone(), post: Some("tutor".to_owned()) };
            read.incoming.staff.push((row.place(), staff));
        }
        let Some(name) = &pupil.group else { return };
        let met = self.groups.get(name).and_then(|index| read.incoming.groups.get_mut(*index));
        let Some((_, group)) = met else {
            self.groups.insert(name.clone(), read.incoming.groups.len());
            let group = IncomingGroup { name: name.clone(), year: pupil.year, tutor, room };
            read.incoming.groups.push((row.place(), group));
            return;
        };
        // A vertical group has pupils of several years, and so no year of its own.
        if group.year != pupil.year {
            group.year = None;
        }
        for (what, held, new) in [("tutor", &mut group.tutor, tutor), ("room", &mut group.room, room)] {
            match (&held, new) {
                (None, new) => *held = new,
                (Some(held), Some(new)) if *held != new => {
                    let text = || format!("{name} has more than one {what}: {held} is kept, {new} is not");
                    notes.add(what, name, || row.place(), text);
                }
                _ => {}
            }
        }
    }
}
