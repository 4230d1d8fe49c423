//! What the tiny school's files bring.

use chrono::NaiveDate;
use firstbell::domain::calendar::Closure;
use firstbell::domain::incoming::{
    Incoming, IncomingContact, IncomingDates, IncomingGroup, IncomingPupil, Place, PupilKey,
};

use super::november;

pub fn place(line: u64) -> Place {
    Place { file: "school.csv".to_owned(), line }
}

pub fn key(admission_no: &str) -> PupilKey {
    PupilKey { admission_no: Some(admission_no.to_owned()), ..PupilKey::default() }
}

pub fn contact(admission_no: &str, order: i64, name: &str) -> IncomingContact {
    let relationship = "mother".to_owned();
    let phones = Some(vec![format!("0113 496 000{order}")]);
    IncomingContact {
        pupil: key(admission_no),
        order,
        name: name.to_owned(),
        relationship,
        phones,
        ..Default::default()
    }
}

/// What the tiny school's files bring.
pub fn incoming() -> Incoming {
    let pupil = |n: u64, surname: &str, forename: &str, group: &str| IncomingPupil {
        key: key(&format!("00{n}")),
        surname: surname.to_owned(),
        forename: forename.to_owned(),
        group: Some(group.to_owned()),
        ..IncomingPupil::default()
    };
    let khan = Some("khan".to_owned());
    let pupils = vec![
        IncomingPupil { household: khan.clone(), ..pupil(1, "Khan", "Amira", "8KM") },
        IncomingPupil { household: khan, ..pupil(2, "Khan", "Bilal", "9TR") },
        pupil(3, "O'Neill", "Siobhan", "8KM"),
        pupil(4, "D\u{2019}Arcy", "Louis", "8KM"),
        pupil(5, "Br\u{fc}cke", "Zoe", "9TR"),
        IncomingPupil { from: Some(november(30)), ..pupil(6, "Newby", "Joe", "8KM") },
        IncomingPupil { until: Some(november(27)), ..pupil(7, "Oldman", "Kit", "8KM") },
    ];
    let term = |name: &str, from: (u32, u32), until: (u32, u32)| IncomingDates::Term {
        name: name.to_owned(),
        from: NaiveDate::from_ymd_opt(2026, from.0, from.1).unwrap(),
        until: NaiveDate::from_ymd_opt(2026, until.0, until.1).unwrap(),
    };
    let inset = IncomingDates::Closed {
        from: november(2),
        until: november(2),
        kind: Closure::Inset,
        name: "Staff training".to_owned(),
    };
    let group = |name: &str, year| IncomingGroup { name: name.to_owned(), year: Some(year), ..Default::default() };
    let barred = IncomingContact { do_not_contact: Some(true), ..contact("001", 2, "Mr Khan") };
    Incoming {
        groups: placed([group("8KM", 8), group("9TR", 9)]),
        pupils: placed(pupils),
        contacts: placed([contact("001", 1, "Mrs Khan"), barred, contact("002", 1, "Mrs Khan")]),
        calendar: placed([term("Autumn 1", (9, 1), (10, 23)), term("Autumn 2", (11, 2), (12, 18)), inset]),
        ..Incoming::default()
    }
}

pub fn placed<T>(rows: impl IntoIterator<Item = T>) -> Vec<(Place, T)> {
    (2..).map(place).zip(rows).collect()
}
