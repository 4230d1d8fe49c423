//! What a file brings in, in the field's words: the shape every reader produces and the store merges.
//!
//! Everything is keyed by the school's own keys, as text; the store finds or makes our own numbers. Text is as read from the
//! file and already [cleaned](crate::domain::name::clean).

pub mod alike;
mod dates;
mod events;
pub mod imported;
mod marks;
mod said;
mod source;
pub mod waiting;

use chrono::{NaiveDate, NaiveTime};

use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::facts::arrangement::Terms;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::details::Sex;
use crate::domain::people::person::Person;
use crate::domain::people::pupil::Flag;
pub use dates::IncomingDates;
pub use events::{IncomingArrival, IncomingCall, IncomingMessage, Received, Who};
pub use marks::{Marks, OneMark};
pub use said::Said;
pub use source::{MarkSource, MarkSources, Mixed, Origin};

/// More pupils than this in one household are a children's home, or a word that stands for many: not one family.
pub const FAMILY_MAX: usize = 10;

/// The most rows of an import that may be refused: a file with more is of another kind.
pub const REFUSED_MAX: usize = 50_000;

/// The most characters of a mark that is no code, and waits: what is longer is none.
pub const RAW_MAX: usize = 8;

/// Where in which file something was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Place {
    /// File name, without its folder.
    pub file: String,
    /// Line, from 1; the header is line 1.
    pub line: u64,
}

/// Everything read from one set of files.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Incoming {
    /// Tutor groups.
    pub groups: Vec<(Place, IncomingGroup)>,
    /// Staff.
    pub staff: Vec<(Place, IncomingStaff)>,
    /// Pupils.
    pub pupils: Vec<(Place, IncomingPupil)>,
    /// Pupils who the file says are there no more.
    pub said_gone: Vec<(Place, PupilKey)>,
    /// Whether these are known to be a part of the pupils there are: whoever is not among them may be in the others.
    pub is_part: bool,
    /// What files of something else tell of the numbers by which another system knows pupils: each beside one of the school's own.
    pub ids: Vec<(Place, PupilKey)>,
    /// Contacts.
    pub contacts: Vec<(Place, IncomingContact)>,
    /// Pupils of whom a row of contacts could not be used: whom that row names is not known.
    pub refused_contacts: Vec<(Place, PupilKey)>,
    /// Flags: the whole set of each pupil named.
    pub flags: Vec<(Place, IncomingFlags)>,
    /// Terms, closed days, and days whose times are not the usual ones.
    pub calendar: Vec<(Place, IncomingDates)>,
    /// Marks.
    pub marks: Marks,
    /// Marks that are no code: they wait until somebody says what they mean.
    pub unknown_marks: Vec<(Place, IncomingUnknown)>,
    /// Marks as another school states them: they never stand over what is recorded here.
    pub stated: Marks,
    /// Pupils due in lessons, and their marks there.
    pub lessons: Vec<(Place, IncomingLesson)>,
    /// Arrangements for many, a row for each pupil in one.
    pub arrangements: Vec<(Place, IncomingArrangement)>,
    /// Calls to contacts that another system made.
    pub calls: Vec<(Place, IncomingCall)>,
    /// Who came late, and who went out, as a kiosk has it.
    pub arrivals: Vec<(Place, IncomingArrival)>,
    /// Messages, which wait until somebody has read them.
    pub messages: Vec<(Place, IncomingMessage)>,
    /// Rows, and whole files, that could not be read: told with those that cannot be used.
    pub rejects: Vec<Reject>,
    /// What was read and should be looked at: told with the rest.
    pub warnings: Vec<Warning>,
    /// Somebody has said that admission numbers have lost the zeros before them: one that nobody has is that of the pupil who has it with
    /// its zeros.
    pub zeros_are_lost: bool,
    /// Whose marks these are.
    pub mark_sources: MarkSources,
    /// Whether somebody has said that pupils are called so by now as these rows have it, however many are renamed.
    pub has_new_names: bool,
}

impl Incoming {
    /// Whether there is nothing but marks, and marks that are no code.
    pub fn is_of_registers_alone(&self) -> bool {
        let Incoming {
            groups,
            staff,
            pupils,
            said_gone,
            ids: _,
            contacts,
            refused_contacts,
            flags,
            calendar,
            marks,
            unknown_marks: _,
            stated,
            lessons,
            arrangements,
            calls,
            arrivals,
            messages,
            rejects: _,
            warnings: _,
            is_part: _,
            zeros_are_lost: _,
            mark_sources: _,
            has_new_names: _,
        } = self;
        let is_of_people = !(groups.is_empty()
            && staff.is_empty()
            && pupils.is_empty()
            && contacts.is_empty()
            && said_gone.is_empty());
        let is_of_others = !(refused_contacts.is_empty() && flags.is_empty() && calendar.is_empty());
        let is_of_lessons = !(stated.is_empty() && lessons.is_empty() && arrangements.is_empty());
        let is_of_events = !(calls.is_empty() && arrivals.is_empty() && messages.is_empty());
        !marks.is_empty() && !is_of_people && !is_of_others && !is_of_lessons && !is_of_events
    }
}

/// How a file names a pupil: the first that matches wins.
#[derive(Clone, PartialEq, Eq, Debug, Default, Hash)]
pub struct PupilKey {
    /// Identifier in the system the file came from (OneRoster `sourcedId`), the system's name before it where it is told: "sims 6101".
    pub source_id: Option<String>,
    /// Admission number.
    pub admission_no: Option<String>,
    /// Unique pupil number.
    pub upn: Option<String>,
}

/// A tutor group.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IncomingGroup {
    /// "8KM"; the key.
    pub name: String,
    /// National curriculum year.
    pub year: Option<i64>,
    /// The tutor's name, as in [`IncomingStaff::name`].
    pub tutor: Option<String>,
    /// Room.
    pub room: Option<String>,
}

/// A member of staff.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IncomingStaff {
    /// Identifier in the system the file came from.
    pub source_id: Option<String>,
    /// As addressed: "Mrs Kemp"; the key when there is no identifier.
    pub name: String,
    /// Post.
    pub post: Option<String>,
}

/// A pupil.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IncomingPupil {
    /// How the pupil is known.
    pub key: PupilKey,
    /// Family name, the legal one.
    pub surname: String,
    /// Given name, the legal one.
    pub forename: String,
    /// Family name in use.
    pub preferred_surname: Said<String>,
    /// Given name in use.
    pub preferred_forename: Said<String>,
    /// National curriculum year.
    pub year: Option<i64>,
    /// Tutor group, by name.
    pub group: Option<String>,
    /// Household: pupils with the same text live together.
    pub household: Option<String>,
    /// Date of birth.
    pub date_of_birth: Said<NaiveDate>,
    /// Sex.
    pub sex: Said<Sex>,
    /// The school's house.
    pub house: Said<String>,
    /// First language.
    pub language: Said<String>,
    /// Where the pupil lives, in lines without the postcode.
    pub address: Said<Vec<String>>,
    /// Postcode.
    pub postcode: Said<String>,
    /// First day on the register; `None` leaves what is held, or the start of the school year.
    pub from: Option<NaiveDate>,
    /// Last day on the register; `None` leaves what is held, unless the pupil stays or comes after it.
    pub until: Option<NaiveDate>,
    /// The file speaks of last days, and gives this pupil none.
    pub stays: bool,
}

/// A contact of one pupil.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IncomingContact {
    /// Whose.
    pub pupil: PupilKey,
    /// Identifier of the contact in the system the file came from.
    pub source_id: Option<String>,
    /// Place in the calling order, from 1.
    pub order: i64,
    /// Name.
    pub name: String,
    /// Relationship; empty leaves what is held.
    pub relationship: String,
    /// Every number, in the order in which they are rung; `None` where the file has none of anybody, which leaves what is held.
    pub phones: Option<Vec<String>>,
    /// E-mail address, empty where there is none; `None` where the file has none of anybody, which leaves what is held.
    pub email: Option<String>,
    /// Must not be contacted; `None` where the file does not say. No file lifts a bar: neither a blank nor a no.
    pub do_not_contact: Option<bool>,
    /// What the caller should know; `None` leaves what is held.
    pub note: Option<String>,
    /// The language they speak.
    pub language: Said<String>,
    /// Whether they have parental responsibility; none where it is not said.
    pub parental_responsibility: Said<bool>,
    /// Where they live, in lines without the postcode.
    pub address: Said<Vec<String>>,
    /// Postcode.
    pub postcode: Said<String>,
}

impl IncomingPupil {
    /// The names in use that the row gives: family name, and given name.
    pub fn in_use(&self) -> [&str; 2] {
        [(&self.preferred_surname, &self.surname), (&self.preferred_forename, &self.forename)]
            .map(|(preferred, legal)| preferred.value().unwrap_or(legal).as_str())
    }
}

impl IncomingContact {
    /// Who it is, as far as the file says.
    pub fn person(&self) -> Person {
        Person {
            source_id: self.source_id.clone(),
            name: self.name.clone(),
            relationship: self.relationship.clone(),
            numbers: self.phones.clone().unwrap_or_default(),
        }
    }
}

/// A pupil's flags.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IncomingFlags {
    /// Whose.
    pub pupil: PupilKey,
    /// All of them.
    pub flags: Vec<Flag>,
}

/// A mark from a register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncomingMark {
    /// Whose.
    pub pupil: PupilKey,
    /// Which session.
    pub at: SessionDate,
    /// The mark.
    pub mark: Mark,
    /// Who took it, if the file says.
    pub by: Option<String>,
}

/// A mark from a register that is no code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncomingUnknown {
    /// Whose.
    pub pupil: PupilKey,
    /// Which session.
    pub at: SessionDate,
    /// The mark as it stood, of at most [`RAW_MAX`] characters.
    pub raw: String,
    /// Minutes late beside it.
    pub minutes: Option<i64>,
    /// Who took it, if the file says.
    pub by: Option<String>,
}

/// A pupil due in a lesson, with the mark of its register if there is one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncomingLesson {
    /// Whose.
    pub pupil: PupilKey,
    /// School-local date.
    pub date: NaiveDate,
    /// The period, as the school's settings name it.
    pub period: String,
    /// "8KM Maths"; the key together with date and period.
    pub class: String,
    /// Who teaches it.
    pub teacher: Option<String>,
    /// Where.
    pub room: Option<String>,
    /// The mark; `None` while the register is not in.
    pub mark: Option<Mark>,
}

/// A pupil in an arrangement for many. Rows that say the same of it are one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncomingArrangement {
    /// Who.
    pub pupil: PupilKey,
    /// The code of its sessions.
    pub code: Code,
    /// First day.
    pub from: NaiveDate,
    /// The rest of it.
    pub terms: Terms,
    /// When they leave, of one day: sessions whose register closes by then are no part of it. School-local.
    pub leaves: Option<NaiveTime>,
    /// When they are back, of one day: sessions that open from then on are no part of it. School-local.
    pub returns: Option<NaiveTime>,
}

/// A row that cannot be used, and why. Never silently dropped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reject {
    /// Where.
    pub place: Place,
    /// Which column, by its heading; empty when it is the whole row.
    pub column: String,
    /// What stood there, cleaned.
    pub value: String,
    /// Why it cannot be used, in a sentence.
    pub reason: String,
}

/// Something read that should be looked at though it was used (a UPN with a wrong check letter).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// Where.
    pub place: Place,
    /// What, in a sentence.
    pub text: String,
}
