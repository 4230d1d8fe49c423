//! One small made-up school for all tests and benches: eight pupils of two tutor groups, on Tuesday 24 November 2026. Whoever needs
//! another starts from it and changes what they need.
//!
//! It is a file that each of them takes in by its path, with `domain` in scope beside it, and no part of the library: so nothing of it
//! is shipped, and the domain's own tests have it too, who see no library from outside.

pub mod acts;
pub mod files;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::domain;
use domain::act::Officer;
use domain::calendar::session::{Session, SessionDate};
use domain::code::{Code, CodeTable};
use domain::facts::evidence::Mark;
use domain::people::pupil::{GroupId, PupilId};
use domain::school::School;

/// Khan: vulnerable, in 8KM; her contacts are 1, her mother, and 2, her father.
pub const AMIRA: PupilId = PupilId(1);
/// Khan: her brother, in 9TR; his contact is 3, their mother.
pub const BILAL: PupilId = PupilId(2);
/// O'Neill-Smith: supported, in 8KM.
pub const SIOBHAN: PupilId = PupilId(3);
/// D’Arcy, with a curly apostrophe, in 8KM.
pub const LOUIS: PupilId = PupilId(4);
/// Brücke, in 9TR.
pub const ZOE: PupilId = PupilId(5);
/// Wójcik, in 9TR.
pub const LUKASZ: PupilId = PupilId(6);
/// van der Berg, in 8KM.
pub const SANNE: PupilId = PupilId(7);
/// A single name, in 9TR.
pub const SUKARNO: PupilId = PupilId(8);

/// The Kemp group of year 8.
pub const G8KM: GroupId = GroupId(1);
/// The Rao group of year 9.
pub const G9TR: GroupId = GroupId(2);

/// (surname, forename, group): numbered from 1 in this order.
pub const PUPILS: [(&str, &str, &str); 8] = [
    ("Khan", "Amira", "8KM"),
    ("Khan", "Bilal", "9TR"),
    ("O'Neill-Smith", "Siobhan", "8KM"),
    ("D\u{2019}Arcy", "Louis", "8KM"),
    ("Br\u{fc}cke", "Zoe\u{308}", "9TR"),
    ("W\u{f3}jcik", "\u{141}ukasz", "9TR"),
    ("van der Berg", "Sanne", "8KM"),
    ("", "Sukarno", "9TR"),
];

/// The usual settings, and the school's name.
pub fn settings() -> School {
    School { name: "Harrington High".to_owned(), ..School::usual().unwrap() }
}

/// The national table.
pub fn codes() -> Arc<CodeTable> {
    static CODES: LazyLock<Arc<CodeTable>> = LazyLock::new(|| Arc::new(CodeTable::national().unwrap()));
    CODES.clone()
}

/// A code known to have the shape of one.
pub fn code_of(text: &str) -> Code {
    Code::parse(text).unwrap()
}

/// "L 17" or "N".
pub fn mark(text: &str) -> Mark {
    match text.split_once(' ') {
        Some((written, minutes)) => Mark { code: code_of(written), minutes: Some(minutes.parse().unwrap()) },
        None => Mark::plain(code_of(text)),
    }
}

/// Somebody of the office, who may do everything.
pub fn officer(name: &str) -> Officer {
    Officer::unbound(name, "attendance officer", &format!("{name} pts/1"))
}

/// A date known to exist.
pub fn date_of(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A date of November 2026; the 24th, a Tuesday, is today.
pub fn november(day: u32) -> NaiveDate {
    date_of(2026, 11, day)
}

/// The morning of a date of November.
pub fn am(day: u32) -> SessionDate {
    SessionDate::new(november(day), Session::Am)
}

/// The afternoon of a date of November.
pub fn pm(day: u32) -> SessionDate {
    SessionDate::new(november(day), Session::Pm)
}

/// "08:57" of a date.
pub fn local(date: NaiveDate, time: &str) -> NaiveDateTime {
    date.and_time(format!("{time}:00").parse().unwrap())
}

/// Today at that time; in November the school's clock is UTC.
pub fn now(time: &str) -> DateTime<Utc> {
    local(november(24), time).and_utc()
}

/// The file that lies beside another: its name with more at the end.
pub fn beside(path: &Path, more: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(more);
    name.into()
}
