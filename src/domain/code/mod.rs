//! Attendance codes: their shape, and the national table (reg 10 Tables 1-3, SI 2024/208) compiled in from `data/codes.toml`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::session::{Session, SessionDate};
use super::toml_document;

/// A code as written in a register: one to three printable ASCII characters, such as `/`, `L` or `C1`.
///
/// Having the shape of a code does not make it one: ask [`CodeTable::check`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(description = "A code as written in a register, such as `/`, `L` or `C1`")
)]
#[serde(try_from = "String", into = "String")]
pub struct Code([u8; 3]);

impl Code {
    /// Present, morning session.
    pub const PRESENT_AM: Code = Code(*b"/  ");
    /// Present, afternoon session.
    pub const PRESENT_PM: Code = Code(*b"\\  ");
    /// Late, before the register closed.
    pub const L: Code = Code(*b"L  ");
    /// Late, after the register closed: absent in the figures, and on site.
    pub const U: Code = Code(*b"U  ");
    /// Absent, circumstances not yet established.
    pub const N: Code = Code(*b"N  ");
    /// Absent without authority; what an N becomes when no reason is found.
    pub const O: Code = Code(*b"O  ");
    /// Suspended or excluded.
    pub const E: Code = Code(*b"E  ");
    /// Absent on leave that the school granted.
    pub const C: Code = Code(*b"C  ");
    /// Absent on leave that was not granted.
    pub const G: Code = Code(*b"G  ");
    /// At the other school they are registered at.
    pub const D: Code = Code(*b"D  ");
    /// Ill.
    pub const I: Code = Code(*b"I  ");
    /// Medical or dental appointment.
    pub const M: Code = Code(*b"M  ");

    /// Suspended, or due at another school: to be here is an alarm.
    pub fn must_not_be_here(self) -> bool {
        self == Code::E || self == Code::D
    }

    /// The code written as `text`, trimmed; `None` unless it has the shape of one.
    pub fn parse(text: &str) -> Option<Code> {
        let text = text.trim();
        let mut bytes = [b' '; 3];
        if text.is_empty() || text.len() > bytes.len() {
            return None;
        }
        for (slot, byte) in bytes.iter_mut().zip(text.bytes()) {
            if !byte.is_ascii_graphic() {
                return None;
            }
            *slot = byte.to_ascii_uppercase();
        }
        Some(Code(bytes))
    }

    /// The present mark of a session: `/` in the morning, `\` in the afternoon.
    pub fn present(session: Session) -> Code {
        match session {
            Session::Am => Code::PRESENT_AM,
            Session::Pm => Code::PRESENT_PM,
        }
    }

    /// The code as it is written.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({self})")
    }
}

impl TryFrom<String> for Code {
    type Error = String;
    fn try_from(text: String) -> Result<Code, String> {
        Code::parse(&text).ok_or_else(|| format!("“{}” is not an attendance code", super::name::clean(&text)))
    }
}

impl From<Code> for String {
    fn from(code: Code) -> String {
        code.as_str().to_owned()
    }
}

/// How a code counts in the attendance figures (domain table 1.3).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Statistic {
    /// Present.
    Present,
    /// Attending an approved educational activity: counts as attendance.
    Activity,
    /// Authorised absence.
    Authorised,
    /// Unauthorised absence.
    Unauthorised,
    /// Not required, or unable to attend: not a possible session.
    NotRequired,
    /// Administrative: not a possible session.
    Administrative,
}

/// Whether a pupil with the code is in the building at some point in the session (the fire list).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OnSite {
    /// In the building.
    Yes,
    /// Elsewhere.
    No,
    /// Nobody has said.
    Unknown,
}

/// Who may enter a code, by the usual practice of schools: a tutor may enter it, or only the office may.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MayEnter {
    /// A tutor taking a register, and everyone below.
    Tutor,
    /// The gate desk, and everyone below.
    Gate,
    /// An attendance officer, and the lead.
    Officer,
    /// The attendance lead or head only.
    Lead,
}

/// What becomes of something that the school or the head has arranged when the pupil is seen here all the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arrangement {
    /// The session keeps the code, before close and after (E D C2 S X Q).
    Kept,
    /// It goes on beyond a register that saw the pupil, and ends for the day when they are logged in here instead (V P W): a trip
    /// may leave after registration.
    UntilLoggedIn,
    /// It goes on for the sessions after (B K C C1 Y1-Y7).
    GoesOn,
}

/// What is known of a pupil's age as codes have it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SchoolAge {
    /// The year group.
    pub year: Option<i64>,
    /// Whether the pupil is of compulsory school age on the day, by the date of birth.
    pub is_compulsory: Option<bool>,
}

/// The pupils a code is for, where it is not for everybody (reg 10, Table 1; WTISA on S and X).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnlyFor {
    /// Below or above compulsory school age: by the date of birth; where none is held, nursery, reception, years 12 and over.
    NonCompulsory,
    /// Years 11 to 13.
    ExamYears,
    /// The whole school (`#`) or nobody on roll yet (Z): never one pupil's mark.
    NoSinglePupil,
}

impl OnlyFor {
    /// Whether such a pupil is one of them. Of a pupil of whom it is not known nothing is refused that is for some pupils.
    fn includes(self, age: SchoolAge) -> bool {
        let year = age.year;
        match self {
            OnlyFor::NonCompulsory => match age.is_compulsory {
                Some(is_compulsory) => !is_compulsory,
                None => year.is_none_or(|year| !(1..=11).contains(&year)),
            },
            OnlyFor::ExamYears => year.is_none_or(|year| (11..=13).contains(&year)),
            OnlyFor::NoSinglePupil => false,
        }
    }

    /// The pupils it is for, the pupils it is not for, and the cure: the text after the code in a refusal.
    fn refuses(self, age: SchoolAge) -> String {
        let whom = match self {
            OnlyFor::NonCompulsory if age.is_compulsory == Some(true) => {
                return "is for pupils outside compulsory school age, and this one is of it by the date of birth: use another \
                        code, or have the date corrected"
                    .to_owned();
            }
            OnlyFor::NonCompulsory => "nursery, reception and years 12 and over",
            OnlyFor::ExamYears => "years 11 to 13",
            OnlyFor::NoSinglePupil => {
                return "is never one pupil's mark: closed days come with the calendar, first days on roll with the pupils"
                    .to_owned();
            }
        };
        let not = match age.year {
            Some(0) => ", not for reception".to_owned(),
            Some(..0) => ", not for nursery".to_owned(),
            Some(year) => format!(", not for year {year}"),
            None => String::new(),
        };
        format!("is for {whom}{not}: use another code, or correct the year")
    }
}

/// One row of the code table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CodeRow {
    /// The code.
    pub code: Code,
    /// What it means, in a few words.
    pub meaning: String,
    /// How it counts.
    pub statistic: Statistic,
    /// Whether the session is a possible one: the denominator of every percentage.
    pub possible: bool,
    /// Whether the pupil is in the building.
    pub on_site: OnSite,
    /// Who may enter it.
    pub may_enter: MayEnter,
    /// How it goes on where the pupil is seen, if it is the school's to arrange; `None` for what callers report.
    #[serde(default)]
    pub arranged: Option<Arrangement>,
    /// Whether it stands for a pupil who arrives after the register has closed (reg 10, Table 1); else that arrival is U.
    #[serde(default)]
    pub covers_arrival: bool,
    /// The only pupils it may be entered for; `None` is everybody.
    #[serde(default)]
    pub only_for: Option<OnlyFor>,
    /// The only session it may stand in (`/` mornings, `\` afternoons).
    #[serde(default)]
    pub session: Option<Session>,
    /// First session date it may be used on.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// Last session date it may be used on.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

impl CodeRow {
    /// Refuse if the code is not for a pupil of that age.
    pub fn may_stand_for(&self, age: SchoolAge) -> Result<(), CodeFault> {
        match self.only_for.filter(|only_for| !only_for.includes(age)) {
            Some(only_for) => Err(CodeFault::NotFor { code: self.code, only_for, age }),
            None => Ok(()),
        }
    }
}

/// Why a code cannot stand in a session.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CodeFault {
    /// Not in the table.
    #[error("{0} is not an attendance code")]
    Unknown(Code),
    /// Retired before the session, or not yet in force.
    #[error("code {code} is not in use on {on}: {cure}")]
    OutOfDate {
        /// The code.
        code: Code,
        /// The session's date.
        on: NaiveDate,
        /// When it was in use, in words.
        cure: String,
    },
    /// For other pupils, or for no single one.
    #[error("code {code} {}", only_for.refuses(*age))]
    NotFor {
        /// The code.
        code: Code,
        /// Whom it is for.
        only_for: OnlyFor,
        /// How old the pupil is, as far as it is known.
        age: SchoolAge,
    },
    /// `/` in an afternoon or `\` in a morning.
    #[error("code {code} belongs to the {belongs} session")]
    WrongSession {
        /// The code.
        code: Code,
        /// Where it belongs.
        belongs: Session,
    },
}

/// Every code, current and retired, in the order of the table.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CodeTable {
    #[serde(rename = "code")]
    rows: Vec<CodeRow>,
}

impl CodeTable {
    /// The national table compiled in. The error is a fault in the program's own data.
    pub fn national() -> Result<CodeTable, toml::de::Error> {
        toml_document::read(include_str!("../../../data/codes.toml"))
    }

    /// Every row, in order.
    pub fn rows(&self) -> &[CodeRow] {
        &self.rows
    }

    /// The row of `code`, retired or not.
    pub fn row(&self, code: Code) -> Option<&CodeRow> {
        self.rows.iter().find(|row| row.code == code)
    }

    /// The row of `code` if it may stand in `session` of `date`; otherwise why not.
    pub fn check(&self, code: Code, date: NaiveDate, session: Session) -> Result<&CodeRow, CodeFault> {
        let row = self.row(code).ok_or(CodeFault::Unknown(code))?;
        if let Some(until) = row.until.filter(|until| date > *until) {
            let cure = format!("it was retired on {}", until.format("%-d %b %Y"));
            return Err(CodeFault::OutOfDate { code, on: date, cure });
        }
        if let Some(from) = row.from.filter(|from| date < *from) {
            let cure = format!("it began on {}", from.format("%-d %b %Y"));
            return Err(CodeFault::OutOfDate { code, on: date, cure });
        }
        match row.session.filter(|only| *only != session) {
            Some(belongs) => Err(CodeFault::WrongSession { code, belongs }),
            None => Ok(row),
        }
    }

    /// The session at which a lesson's mark of `date` is checked. Many systems write `/` in every lesson of the day: a code of one
    /// half of it may stand in lessons of the other.
    pub fn lesson_at(&self, code: Code, date: NaiveDate) -> SessionDate {
        SessionDate::new(date, self.row(code).and_then(|row| row.session).unwrap_or(Session::Am))
    }

    /// How `code` counts; `None` for a code not in the table.
    pub fn statistic(&self, code: Code) -> Option<Statistic> {
        self.row(code).map(|row| row.statistic)
    }

    /// The best of differing registers is believed: present, an activity, authorised, unauthorised, the rest. More is better.
    pub fn goodness(&self, code: Code) -> u8 {
        match self.statistic(code) {
            Some(Statistic::Present) => 4,
            Some(Statistic::Activity) => 3,
            Some(Statistic::Authorised) => 2,
            Some(Statistic::Unauthorised) => 1,
            Some(Statistic::NotRequired | Statistic::Administrative) | None => 0,
        }
    }

    /// How `code` goes on where the pupil is seen; `None` where it is a caller's to report.
    pub fn arranged(&self, code: Code) -> Option<Arrangement> {
        self.row(code).and_then(|row| row.arranged)
    }

    /// Whether `code` counts as attendance at another place.
    pub fn attends_elsewhere(&self, code: Code) -> bool {
        self.statistic(code) == Some(Statistic::Activity)
    }

    /// Whether `code` says that a pupil was due here and was not: an absence in the figures, and not in the building.
    pub fn is_away(&self, code: Code) -> bool {
        let absent = matches!(self.statistic(code), Some(Statistic::Authorised | Statistic::Unauthorised));
        absent && self.on_site(code) != OnSite::Yes
    }

    /// Whether `code` stands for a pupil who arrives after the register has closed.
    pub fn covers_arrival(&self, code: Code) -> bool {
        self.row(code).is_some_and(|row| row.covers_arrival)
    }

    /// Whether a pupil with `code` is in the building.
    pub fn on_site(&self, code: Code) -> OnSite {
        self.row(code).map_or(OnSite::Unknown, |row| row.on_site)
    }
}

/// Whether a code says that the pupil attends elsewhere by arrangement.
pub fn is_elsewhere(codes: &CodeTable, code: Code) -> bool {
    codes.on_site(code) == OnSite::No && (codes.statistic(code) == Some(Statistic::Activity) || code == Code::D)
}

/// Whether pupils with this code need not be here, nor with anybody who could be asked: not timetabled (X), no transport (Y1),
/// closed (#). D is elsewhere by arrangement.
pub fn is_not_required(codes: &CodeTable, code: Code) -> bool {
    codes.row(code).is_some_and(|row| !row.possible) && !is_elsewhere(codes, code)
}

/// What is wrong with a code that the settings name, and the cure, if it is none of the national table.
pub fn no_code(code: Code) -> Option<String> {
    static CODES: LazyLock<Option<CodeTable>> = LazyLock::new(|| CodeTable::national().ok());
    let is_none = CODES.as_ref().is_some_and(|codes| codes.row(code).is_none());
    is_none.then(|| format!("{code} is not an attendance code: write one of the national table, such as I, M or N"))
}

/// What cannot be right about who may enter a code, by the school's settings: a code that is none leaves another as it was.
pub fn faults(permissions: &BTreeMap<Code, MayEnter>) -> Vec<String> {
    permissions.keys().filter_map(|code| no_code(*code)).map(|fault| format!("code-permissions: {fault}")).collect()
}

#[cfg(test)]
mod tests;
