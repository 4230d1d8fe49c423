//! The made-up school as a whole, and the way it goes into a file.

use chrono::{Datelike, NaiveDate};

use super::calendar::calendar;
use super::ingredients::Ingredients;
use super::people::{MadeContact, MadeGroup, MadeHousehold, MadePupil, MadeStaff};
use super::pupils::pupils;
use super::scenario::Scenario;
use super::staff::staff;
use crate::domain::calendar::Calendar;
use crate::domain::incoming::{
    Incoming, IncomingContact, IncomingDates, IncomingFlags, IncomingGroup, IncomingPupil, IncomingStaff, Place,
    PupilKey, Said,
};
use crate::domain::school::School;

/// A secondary school, years 7 to 11, in which nobody is real.
#[derive(Clone, Debug)]
pub struct MadeSchool {
    /// What it was drawn from.
    pub seed: u64,
    /// The day whose morning can be lived through; the history ends before it.
    pub today: NaiveDate,
    /// Settings: the usual ones, under the school's name.
    pub settings: School,
    /// Terms and closed days, to the end of the current school year.
    pub calendar: Calendar,
    /// Pupils, by tutor group and name. Everything else names a pupil by the place in this list.
    pub pupils: Vec<MadePupil>,
    /// Households.
    pub households: Vec<MadeHousehold>,
    /// Tutor groups, by year.
    pub groups: Vec<MadeGroup>,
    /// Tutors, cover, and those at the desks.
    pub staff: Vec<MadeStaff>,
    pub(super) from: Ingredients,
    pub(super) scenario: Scenario,
}

impl MadeSchool {
    /// The school of `pupils` pupils drawn from `seed`, with a calendar of `years` school years up to and including that of
    /// `today`. The error is a fault in the program's own data.
    pub fn make(seed: u64, pupils: usize, years: u32, today: NaiveDate) -> Result<MadeSchool, toml::de::Error> {
        let from = Ingredients::load()?;
        let staff_list = from.staff.members.clone();
        let (name, targets) = ("Harrington High".to_owned(), from.staff.targets.clone());
        let settings = School { name, staff: staff_list, targets, ..School::usual()? };
        let calendar = calendar(today, years, &from.dates);
        let (groups, staff) = staff(seed, pupils, &from.staff);
        let (pupils, households) = self::pupils(seed, pupils, today, &groups, &from);
        let scenario = Scenario::choose(seed, &pupils, &calendar, today);
        Ok(MadeSchool { seed, today, settings, calendar, pupils, households, groups, staff, from, scenario })
    }

    /// The day the school is on when nobody names another: an ordinary Tuesday late in autumn.
    pub fn usual_day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default()
    }

    /// Whom to ring about a pupil, in order.
    pub fn contacts(&self, pupil: usize) -> &[MadeContact] {
        let household = self.pupils.get(pupil).and_then(|pupil| self.households.get(pupil.household));
        household.map_or(&[], |household| &household.contacts)
    }

    /// Places of the pupils of a tutor group, by name.
    pub fn members(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        self.pupils.iter().enumerate().filter(move |(_, pupil)| pupil.group == group).map(|(place, _)| place)
    }

    /// The school years of the calendar, each by the calendar year it begins in.
    pub(super) fn years(&self) -> Vec<i32> {
        let mut years: Vec<i32> =
            self.calendar.terms.iter().map(|term| Calendar::year_start(term.from).year()).collect();
        years.dedup();
        years
    }

    /// Staff, roll, contacts, flags and calendar and today's timetable as if read from a file, keyed by admission number. Marks are left to
    /// the history, which does not hold them all at once. Every pupil is on roll for all of the calendar.
    pub fn incoming(&self) -> Incoming {
        let mut coming = Incoming::default();
        let first_day = self.calendar.terms.first().map(|term| term.from);
        for group in &self.groups {
            let row = IncomingGroup {
                name: group.name.clone(),
                year: Some(group.year),
                tutor: Some(group.tutor.clone()),
                room: Some(group.room.clone()),
            };
            coming.groups.push((next_place(&coming.groups), row));
        }
        for person in &self.staff {
            let row = IncomingStaff { source_id: None, name: person.name.clone(), post: Some(person.post.clone()) };
            coming.staff.push((next_place(&coming.staff), row));
        }
        for (place, pupil) in self.pupils.iter().enumerate() {
            let (details, home) = (&pupil.details, self.households.get(pupil.household));
            let row = IncomingPupil {
                key: PupilKey { upn: Some(pupil.upn.clone()), ..self.key(pupil) },
                surname: pupil.surname.clone(),
                forename: details.legal_forename.clone().unwrap_or_else(|| pupil.forename.clone()),
                preferred_forename: Said::of(true, details.legal_forename.as_ref().map(|_| pupil.forename.clone())),
                year: Some(pupil.year),
                group: self.groups.get(pupil.group).map(|group| group.name.clone()),
                household: Some(format!("H{:04}", pupil.household + 1)),
                date_of_birth: Said::Value(details.date_of_birth),
                sex: Said::of(true, details.sex),
                house: Said::of(true, home.map(|home| home.house.clone())),
                language: Said::Value(
                    home.and_then(|home| home.language.clone()).unwrap_or_else(|| "English".to_owned()),
                ),
                address: Said::of(true, home.map(|home| home.address.lines.clone())),
                postcode: Said::of(true, home.and_then(|home| home.address.postcode.clone())),
                from: first_day,
                ..IncomingPupil::default()
            };
            coming.pupils.push((next_place(&coming.pupils), row));
            let flags: Vec<_> = pupil.flags.iter().collect();
            if !flags.is_empty() {
                coming.flags.push((next_place(&coming.flags), IncomingFlags { pupil: self.key(pupil), flags }));
            }
            for (order, contact) in (1..).zip(self.contacts(place)) {
                let row = incoming_contact(self.key(pupil), order, contact);
                coming.contacts.push((next_place(&coming.contacts), row));
            }
        }
        for term in &self.calendar.terms {
            let row = IncomingDates::Term { name: term.name.clone(), from: term.from, until: term.until };
            coming.calendar.push((next_place(&coming.calendar), row));
        }
        for day in &self.calendar.closed {
            let row = IncomingDates::Closed { from: day.date, until: day.date, kind: day.kind, name: day.name.clone() };
            coming.calendar.push((next_place(&coming.calendar), row));
        }
        coming.lessons = self.timetable();
        coming
    }

    /// How a file would name the pupil.
    pub fn key(&self, pupil: &MadePupil) -> PupilKey {
        PupilKey { admission_no: Some(pupil.admission_no.clone()), ..PupilKey::default() }
    }
}

fn incoming_contact(pupil: PupilKey, order: i64, contact: &MadeContact) -> IncomingContact {
    IncomingContact {
        pupil,
        order,
        name: contact.name.clone(),
        relationship: contact.relationship.clone(),
        phones: Some(vec![contact.phone.clone()]),
        email: contact.email.clone(),
        do_not_contact: Some(contact.do_not_contact),
        note: contact.note.clone(),
        language: Said::of(true, contact.language.clone()),
        parental_responsibility: Said::Value(contact.parental_responsibility),
        address: Said::of(true, contact.address.as_ref().map(|address| address.lines.clone())),
        postcode: Said::of(true, contact.address.as_ref().and_then(|address| address.postcode.clone())),
        ..IncomingContact::default()
    }
}

/// Rows have a place as if there were a file, with a heading on line 1.
pub(super) fn next_place<T>(rows: &[T]) -> Place {
    Place { file: "made-up school".to_owned(), line: rows.len() as u64 + 2 }
}
