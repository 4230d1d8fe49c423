//! A school of three tutor groups, three autumns of marks, and some casework: every report has something to say of it.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::support::*;

const SURNAMES: [&str; 24] = [
    "Abbott", "Bello", "Cairns", "Das", "Evans", "Farrow", "Gill", "Hughes", "Iqbal", "Jarvis", "Kaur", "Lowe", "Moss",
    "Nowak", "Okoro", "Price", "Quirk", "Rashid", "Sykes", "Tran", "Upton", "Vance", "Wilde", "Young",
];
const FORENAMES: [&str; 6] = ["Ada", "Ben", "Cal", "Dua", "Eve", "Fin"];
const FLAGS: [(usize, &str); 13] = [
    (2, "FSM PP"),
    (3, "FSM PP SEN"),
    (5, "PP"),
    (6, "EAL"),
    (7, "SEN"),
    (8, "CP FSM PP"),
    (10, "FSM PP"),
    (12, "EHC"),
    (14, "EAL FSM PP"),
    (17, "SEN"),
    (19, "EAL"),
    (20, "FSM PP SW"),
    (22, "MED"),
];
/// From, until, and to: the three autumns, up to the evening before.
const AUTUMNS: [(&str, &str); 3] =
    [("2024-09-03", "2024-11-26"), ("2025-09-02", "2025-11-25"), ("2026-09-02", "2026-11-23")];

fn group(number: usize) -> (u32, &'static str, &'static str) {
    match number {
        1..=8 => (9, "9BW", "Mrs Bates"),
        9..=16 => (9, "9TR", "Mr Tovey"),
        _ => (11, "11AS", "Ms Asher"),
    }
}

/// The mark of the pupil with this number on the school day of that place in an autumn.
fn mark(number: usize, place: usize, day: NaiveDate, is_pm: bool, is_now: bool) -> String {
    let present = if is_pm { "\\," } else { "/," };
    let mark = match number {
        1 if place.is_multiple_of(3) && !is_pm => "L,7",
        3 if day.weekday() == Weekday::Fri && is_pm => "O,",
        5 if (20..36).contains(&place) && is_now => "I,",
        7 if is_now && place > 52 => "N,",
        9 if place.is_multiple_of(11) && !is_pm => "M,",
        10 if is_now && place > 40 => "O,",
        12 if is_now && (30..35).contains(&place) => "G,",
        14 if day.weekday() == Weekday::Mon && !is_pm => "U,45",
        15 if is_now && (44..46).contains(&place) => "B,",
        17 if place < 3 => "I,",
        19 if day.weekday() == Weekday::Wed && is_pm => "D,",
        20 if place.is_multiple_of(2) => "I,",
        20 if place % 4 == 1 => "O,",
        22 if is_pm && place > 25 => "C2,",
        23 if is_now && place == 50 => "",
        _ if (number + place).is_multiple_of(37) => "I,",
        _ => present,
    };
    mark.to_owned()
}

fn days((from, until): (&str, &str)) -> impl Iterator<Item = NaiveDate> {
    let (from, until): (NaiveDate, NaiveDate) = (from.parse().unwrap(), until.parse().unwrap());
    let is_half_term = |day: &NaiveDate| day.month() == 10 && day.day() > 25 || day.month() == 11 && day.day() == 1;
    let is_weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    from.iter_days().take_while(move |day| *day <= until).filter(move |day| !is_half_term(day) && !is_weekend(day))
}

fn marks() -> String {
    let mut rows = "admission_no,date,session,code,minutes\n".to_owned();
    for (autumn, dates) in AUTUMNS.into_iter().enumerate() {
        for (place, day) in days(dates).enumerate() {
            for (number, is_pm) in (1..=24).flat_map(|number| [(number, false), (number, true)]) {
                let mark = mark(number, place, day, is_pm, autumn == 2);
                if !mark.is_empty() {
                    rows += &format!("{},{day},{},{mark}\n", 300 + number, if is_pm { "PM" } else { "AM" });
                }
            }
        }
    }
    // This morning: 9TR is not in.
    for number in (1..=24).filter(|number| !(9..=16).contains(number)) {
        let code = match number {
            1 => "L,9",
            7 | 8 => "N,",
            20 => "I,",
            _ => "/,",
        };
        rows += &format!("{},2026-11-24,AM,{code}\n", 300 + number);
    }
    rows
}

/// The school, made.
pub fn school() -> Desk {
    let desk = Desk::bare();
    desk.run(&["init", "--name", "Harrington High"]).ends(0);
    let mut calendar = "kind,name,from,until\n".to_owned();
    for (begins, half, next, end) in [
        ("2024-09-03", "2024-10-25", "2024-11-04", "2024-11-26"),
        ("2025-09-02", "2025-10-24", "2025-11-03", "2025-11-25"),
        ("2026-09-02", "2026-10-23", "2026-11-02", "2026-12-18"),
    ] {
        calendar += &format!("term,Autumn 1,{begins},{half}\nterm,Autumn 2,{next},{end}\n");
    }
    desk.import("calendar.csv", &calendar, &[]).ends(0);
    let (mut pupils, mut flags, mut contacts) = (
        "admission_no,surname,forename,year,tutor_group,tutor,sex,date_of_birth,from,until\n".to_owned(),
        "admission_no,flags\n".to_owned(),
        "admission_no,order,name,relationship,phone,parental_responsibility\n".to_owned(),
    );
    for number in 1..=24 {
        let (surname, forename) = (SURNAMES[number - 1], FORENAMES[number % 6]);
        let (year, group, tutor) = group(number);
        let (sex, born) = (if number % 2 == 0 { "F" } else { "M" }, if year == 9 { 2012 } else { 2010 });
        let own = format!("{year},{group},{tutor},{sex},{born}-10-{number:02},2024-09-02,");
        pupils += &format!("{},{surname},{forename},{own}\n", 300 + number);
        contacts += &format!("{},1,Mrs {surname},mother,07700 9000{number:02},yes\n", 300 + number);
    }
    for (number, letters) in FLAGS {
        flags += &format!("{},{letters}\n", 300 + number);
    }
    for (name, text) in
        [("pupils.csv", &pupils), ("flags.csv", &flags), ("contacts.csv", &contacts), ("marks.csv", &marks())]
    {
        desk.import(name, text, &[]).ends(0);
    }
    casework(&desk);
    desk
}

fn casework(desk: &Desk) {
    for number in ["303", "310", "314", "317", "320"] {
        desk.run(&["case", "add", "contact", number, "--way", "letter", "--with", "1", "--on", "2026-10-12"]).ends(0);
    }
    desk.run(&["case", "open", "320", "--why", "below 50 %", "--next", "home visit", "--on", "2026-11-27"]).ends(0);
    desk.run(&["case", "add", "contact", "310", "--way", "letter", "--with", "1", "--on", "2026-11-23"]).ends(0);
    let leave = ["--from", "2026-12-07", "--until", "2026-12-09", "--by", "1", "--reason", "a wedding"];
    desk.run(&[&["case", "add", "leave", "302"], &leave[..]].concat()).ends(0);
    desk.run(&["late", "305", "--at", "08:57", "--reason", "bus"]).ends(0);
    let file = desk.folder.path().join("settings.toml");
    let targets = "targets = [\n  { percent = 95, from = \"2026-09-01\" },\n  { percent = 94.5, from = \"2026-09-01\", year = 11 },\n  \
                   { percent = 90, from = \"2026-09-01\", pupil = \"310\" },\n]";
    let settings = desk.run(&["settings"]).ends(0).out;
    assert!(settings.contains("targets = []"), "{settings}");
    std::fs::write(&file, settings.replace("targets = []", targets)).unwrap();
    desk.run(&["settings", file.to_str().unwrap()]).ends(0);
}
