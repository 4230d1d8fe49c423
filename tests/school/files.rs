//! What files bring: the school's own, and rows of the kinds that tests bring beside them.

use chrono::NaiveDate;

use super::domain::calendar::Closure;
use super::domain::incoming::{
    Incoming, IncomingContact, IncomingDates, IncomingFlags, IncomingGroup, IncomingLesson, IncomingPupil, Place,
    PupilKey, Said,
};
use super::domain::people::details::Sex;
use super::domain::people::pupil::Flag;
use super::{PUPILS, date_of, mark, november};

/// The school as its files bring it.
pub fn incoming() -> Incoming {
    Incoming {
        groups: placed(["8KM", "9TR"].map(group)),
        pupils: placed((1..).zip(PUPILS).map(|(n, row)| pupil(n, row))),
        contacts: placed([
            contact(1, 1, "Mrs Khan, mother, 07700 900310"),
            contact(1, 2, "Mr Khan, father, 07700 900822"),
            contact(2, 1, "Mrs Khan, mother, 07700 900310"),
        ]),
        flags: placed([flags(1, &[Flag::ChildProtection]), flags(3, &[Flag::EhcPlan])]),
        calendar: placed(calendar()),
        ..Incoming::default()
    }
}

/// The terms up to Christmas, and a training day after the half-term.
pub fn calendar() -> [IncomingDates; 3] {
    let (from, until, name) = (november(2), november(2), "Staff training".to_owned());
    [
        term("Autumn 1", date_of(2026, 9, 1), date_of(2026, 10, 23)),
        term("Autumn 2", november(2), date_of(2026, 12, 18)),
        IncomingDates::Closed { from, until, kind: Closure::Inset, name },
    ]
}

/// A term.
pub fn term(name: &str, from: NaiveDate, until: NaiveDate) -> IncomingDates {
    IncomingDates::Term { name: name.to_owned(), from, until }
}

/// A tutor group of some school of ours, with its tutor and room.
pub fn group(name: &str) -> IncomingGroup {
    let (year, tutor, room) = match name {
        "8KM" => (8, "Mrs Kemp", "R4"),
        "9TR" => (9, "Mr Rao", "R9"),
        "9BW" => (9, "Mr Webb", "R12"),
        "10DP" => (10, "Dr Price", "Lab2"),
        other => panic!("no school of ours has a group {other}"),
    };
    let (tutor, room) = (Some(tutor.to_owned()), Some(room.to_owned()));
    IncomingGroup { name: name.to_owned(), year: Some(year), tutor, room }
}

/// Pupil so-and-so: surname, forename and group. The Khans are one household.
pub fn pupil(n: usize, (surname, forename, group): (&str, &str, &str)) -> IncomingPupil {
    IncomingPupil {
        key: key(n),
        surname: surname.to_owned(),
        forename: forename.to_owned(),
        group: Some(group.to_owned()),
        household: (surname == "Khan").then(|| "khan".to_owned()),
        ..IncomingPupil::default()
    }
}

/// By the admission number: "0007".
pub fn key(n: usize) -> PupilKey {
    PupilKey { admission_no: Some(format!("{n:04}")), ..PupilKey::default() }
}

/// "Mr Khan, father, 07700 900822" of pupil so-and-so; without a number where none is said, or none where it is empty.
pub fn contact(n: usize, order: i64, text: &str) -> IncomingContact {
    let mut parts = text.split(", ").map(str::to_owned);
    let name = parts.next().unwrap();
    let relationship = parts.next().unwrap_or_default();
    let phones = parts.next().map(|number| if number.is_empty() { Vec::new() } else { vec![number] });
    IncomingContact { pupil: key(n), order, name, relationship, phones, ..IncomingContact::default() }
}

/// The pupil, who goes by Mira Malik, with everything that a file may say of one.
pub fn detailed(pupil: IncomingPupil) -> IncomingPupil {
    let text = |text: &str| Said::Value(text.to_owned());
    IncomingPupil {
        preferred_surname: text("Malik"),
        preferred_forename: text("Mira"),
        date_of_birth: Said::Value(date_of(2014, 3, 12)),
        sex: Said::Value(Sex::Female),
        house: text("Oak"),
        language: text("Urdu"),
        address: Said::Value(vec!["14 Mill Lane".to_owned(), "Ulverby".to_owned()]),
        postcode: text("ZZ99 1AA"),
        ..pupil
    }
}

/// The contact, who lives elsewhere, with everything that a file may say of one beside name and numbers.
pub fn detailed_contact(contact: IncomingContact) -> IncomingContact {
    let text = |text: &str| Said::Value(text.to_owned());
    IncomingContact {
        language: text("Pashto"),
        parental_responsibility: Said::Value(true),
        address: Said::Value(vec!["3 Quay Street".to_owned(), "Ulverby".to_owned()]),
        postcode: text("ZZ99 3CC"),
        ..contact
    }
}

/// Who must not be contacted.
pub fn barred(contact: IncomingContact) -> IncomingContact {
    IncomingContact { do_not_contact: Some(true), ..contact }
}

/// The flags of pupil so-and-so.
pub fn flags(n: usize, flags: &[Flag]) -> IncomingFlags {
    IncomingFlags { pupil: key(n), flags: flags.to_vec() }
}

/// Pupil so-and-so in today's lesson of Ms Ali's, with the mark there or none yet.
pub fn lesson(n: usize, period: &str, class: &str, text: Option<&str>) -> IncomingLesson {
    let (period, class, teacher) = (period.to_owned(), class.to_owned(), Some("Ms Ali".to_owned()));
    IncomingLesson { pupil: key(n), date: november(24), period, class, teacher, room: None, mark: text.map(mark) }
}

/// Rows with their places in a file.
pub fn placed<T>(rows: impl IntoIterator<Item = T>) -> Vec<(Place, T)> {
    (2..).map(place).zip(rows).collect()
}

/// A line of a file.
pub fn place(line: u64) -> Place {
    Place { file: "school.csv".to_owned(), line }
}
