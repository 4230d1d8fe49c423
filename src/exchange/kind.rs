//! The kinds of flat files, and the columns by which they are known.

use serde::Deserialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::report::tables::AS_OF;

/// A kind of flat file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, IntoStaticStr, EnumString, VariantArray, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum Kind {
    /// Pupils, and the tutor groups they are in.
    Pupils,
    /// Contacts, in calling order.
    Contacts,
    /// Flags.
    Flags,
    /// Terms, closed days, and days whose times are not the usual ones.
    Calendar,
    /// Marks.
    Marks,
    /// Pupils due in lessons, and their marks there.
    Lessons,
    /// Arrangements for many, a row for each pupil in one.
    Arrangements,
    /// Calls to contacts that another system made.
    Calls,
    /// Who came late, and who went out.
    Arrivals,
    /// Messages about pupils, to be read.
    Messages,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Kind] = Kind::VARIANTS;

    /// The word for it, also the usual name of the file.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The kind called `word`.
    pub fn parse(word: &str) -> Option<Kind> {
        word.trim().parse().ok()
    }

    /// Columns it cannot do without, besides the pupil's key.
    pub fn needed(self) -> &'static [&'static str] {
        match self {
            Kind::Pupils => &["surname", "forename"],
            Kind::Contacts => &["order", "name"],
            Kind::Flags => &["flags"],
            Kind::Calendar => &["kind", "from"],
            Kind::Marks => &["date", "session", "code"],
            Kind::Lessons => &["date", "period", "class"],
            Kind::Arrangements => &["code", "title", "from"],
            Kind::Calls => &["date", "session", "result"],
            Kind::Arrivals => &["date", "arrived"],
            Kind::Messages => &["received", "words"],
        }
    }

    /// Columns it may have.
    pub fn optional(self) -> &'static [&'static str] {
        match self {
            Kind::Pupils => &[
                "year",
                "tutor_group",
                "tutor",
                "room",
                "household",
                "from",
                "until",
                "preferred_surname",
                "preferred_forename",
                "date_of_birth",
                "sex",
                "house",
                "first_language",
                "address",
                "address_2",
                "address_3",
                "address_4",
                "address_5",
                "postcode",
            ],
            Kind::Contacts => &[
                "relationship",
                "phone",
                "phone_2",
                "phone_3",
                "email",
                "do_not_contact",
                "note",
                "contact_id",
                "language",
                "parental_responsibility",
                "address",
                "address_2",
                "address_3",
                "address_4",
                "address_5",
                "postcode",
            ],
            Kind::Flags => &[],
            Kind::Calendar => {
                &["name", "until", "at", "am_opens", "am_closes", "am_ends", "pm_opens", "pm_closes", "pm_ends"]
            }
            Kind::Marks => &["minutes", "by"],
            Kind::Lessons => &["teacher", "room", "code", "minutes"],
            Kind::Arrangements => &["days", "until", "leaves", "returns", "review", "phone", "note"],
            Kind::Calls => &["time", "contact", "phone", "response", "note", "back"],
            Kind::Arrivals => &["left", "reason", "person_id", "name"],
            Kind::Messages => &["channel", "name", "class", "from", "until", "reason", "by", "relationship", "number"],
        }
    }

    /// Columns that may stand beside them for whoever reads the file, and are not used: of marks, as firstbell writes them itself.
    pub fn beside(self) -> &'static [&'static str] {
        match self {
            Kind::Marks => &["surname", "forename", "year", "tutor_group", AS_OF],
            Kind::Pupils
            | Kind::Contacts
            | Kind::Flags
            | Kind::Calendar
            | Kind::Lessons
            | Kind::Arrangements
            | Kind::Calls
            | Kind::Arrivals
            | Kind::Messages => &[],
        }
    }

    /// Whether a file of marks of these headings says how they stood, and is no register.
    pub fn is_stated(self, headings: &[String]) -> bool {
        self == Kind::Marks && headings.iter().any(|heading| heading == AS_OF)
    }

    /// Whether its rows name pupils.
    pub fn names_pupils(self) -> bool {
        self != Kind::Calendar
    }

    /// Whether a row cannot do without a number of its pupil's: of messages it can, which a person reads; and a kiosk knows its own
    /// numbers.
    pub fn needs_key(self) -> bool {
        self.names_pupils() && !matches!(self, Kind::Arrivals | Kind::Messages)
    }

    /// What of its needed columns `headings` has not, and how many it has.
    pub fn missing(self, headings: &[String]) -> (Vec<&'static str>, usize) {
        let has = |column: &str| headings.iter().any(|heading| heading == column);
        let mut missing: Vec<&str> = self.needed().iter().copied().filter(|column| !has(column)).collect();
        if self.needs_key() && !KEYS.iter().any(|key| has(key)) {
            missing.push("admission_no or upn");
        }
        let all = self.needed().len() + usize::from(self.needs_key());
        let there = all - missing.len();
        (missing, there)
    }
}

/// What a file of marks in another form has beside its pupils' names: taken for one of pupils, its marks would be lost.
pub const OF_MARKS: [&str; 5] = ["date", "session", "code", "mark", "marks"];

/// The column of the number by which another system knows a pupil.
pub const MIS_ID: &str = "mis_id";

/// The columns by which a row names its pupil.
pub const KEYS: [&str; 3] = ["admission_no", "upn", MIS_ID];

/// Whether `word` heads a column of some flat file.
pub fn is_heading(word: &str) -> bool {
    KEYS.contains(&word)
        || Kind::ALL.iter().any(|kind| kind.needed().contains(&word) || kind.optional().contains(&word))
}
