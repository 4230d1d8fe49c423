//! The headings that are known, of each of our tables: those of the profiles, our own, and some more that are met.

use crate::exchange::kind::Kind;
use crate::exchange::profiles::Profiles;
use crate::exchange::profiles::profile::{Profile, Shape};
use crate::exchange::profiles::profile::{columns_of, plain_heading};

/// Headings of tables for which no profile is built in, as [`plain_heading`] writes them.
const MORE: [(Kind, &str, &[&str]); 24] = [
    (Kind::Marks, "date", &["day"]),
    (Kind::Marks, "minutes", &["mins", "late", "latemins", "lateminutes", "minslate"]),
    (Kind::Contacts, "order", &["priority", "contactorder", "contactpriority", "callorder"]),
    (Kind::Contacts, "name", &["contact", "contactname", "fullname", "parent", "parentname", "guardian"]),
    (
        Kind::Contacts,
        "relationship",
        &["relation", "relationshiptopupil", "relationshiptostudent", "relationshiptochild"],
    ),
    (Kind::Contacts, "phone", &["telephone", "mobile", "mobilenumber", "phonenumber", "maintelephone", "number"]),
    (Kind::Contacts, "phone_2", &["hometelephone", "homephone", "phone2", "telephone2", "worktelephone", "workphone"]),
    (Kind::Contacts, "email", &["emailaddress", "mainemail"]),
    (Kind::Contacts, "do_not_contact", &["nocontact", "barred", "courtorder"]),
    (Kind::Contacts, "parental_responsibility", &["parentresponsibility", "pr", "responsibility"]),
    (Kind::Contacts, "contact_id", &["contactnumber", "contactid"]),
    (Kind::Flags, "flags", &["flag", "needs"]),
    (Kind::Calendar, "kind", &["type"]),
    (Kind::Calendar, "name", &["title", "description", "event"]),
    (Kind::Calendar, "from", &["start", "startdate", "begins", "firstday"]),
    (Kind::Calendar, "until", &["end", "enddate", "ends", "lastday"]),
    (Kind::Lessons, "class", &["teachinggroup", "set", "group", "lesson"]),
    (Kind::Lessons, "teacher", &["staff", "teachername"]),
    (Kind::Lessons, "code", &["mark"]),
    (Kind::Lessons, "period", &["lessonperiod"]),
    (Kind::Arrangements, "title", &["visit", "trip", "activity", "provider", "with"]),
    (Kind::Arrangements, "from", &["start", "startdate", "firstday", "date"]),
    (Kind::Arrangements, "until", &["end", "enddate", "lastday"]),
    (Kind::Arrangements, "phone", &["telephone", "contactnumber"]),
];

/// What a heading is known as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    /// This one of our columns; and which of its spellings it is, the most usual being 0.
    Column(&'static str, usize),
    /// Known, and not used.
    LeftOut,
}

/// The headings of one of our tables.
pub struct Words<'p> {
    profiles: Vec<&'p Profile>,
    kind: Kind,
    columns: Vec<&'static str>,
}

impl<'p> Words<'p> {
    /// Those of a table of that kind and shape.
    pub fn new(profiles: &'p Profiles, kind: Kind, shape: Shape) -> Words<'p> {
        let profiles = profiles.iter().filter(|one| one.kind == kind && !one.is_own && one.needs.is_empty()).collect();
        Words { profiles, kind, columns: columns_of(kind, shape) }
    }

    /// Our columns that it may have.
    pub fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    /// What `heading` is known as, if it is.
    pub fn find(&self, heading: &str) -> Option<Word> {
        let plain = plain_heading(heading);
        if plain.is_empty() {
            return None;
        }
        let ours = self.columns.iter().find(|one| plain_heading(one) == plain);
        let of_profile = || self.profiles.iter().find_map(|profile| self.in_profile(profile, &plain));
        let met = || {
            let is = |(kind, column, words): &&(Kind, &str, &[&str])| {
                *kind == self.kind && words.contains(&plain.as_str()) && self.columns.contains(column)
            };
            MORE.iter().find(is).map(|(_, column, _)| Word::Column(column, 9))
        };
        let left_out = || {
            let is_left_out = self.profiles.iter().any(|profile| profile.left_out.contains(&plain));
            is_left_out.then_some(Word::LeftOut)
        };
        ours.map(|column| Word::Column(column, 0)).or_else(of_profile).or_else(met).or_else(left_out)
    }

    fn in_profile(&self, profile: &Profile, plain: &str) -> Option<Word> {
        profile.columns.iter().find_map(|(column, spellings)| {
            let place = spellings.iter().position(|one| one.text == plain)?;
            self.columns.contains(column).then_some(Word::Column(column, 1 + place))
        })
    }
}
