//! Who is at the made-up school.

pub mod details;
pub mod profile;

use crate::domain::people::details::Address;
use crate::domain::people::pupil::Flags;
use details::MadeDetails;
use profile::Profile;

/// A pupil. Pupils are named by their place in [`MadeSchool::pupils`](super::MadeSchool::pupils).
#[derive(Clone, Debug)]
pub struct MadePupil {
    /// The key everything else is imported by.
    pub admission_no: String,
    /// Unique pupil number.
    pub upn: String,
    /// Family name.
    pub surname: String,
    /// Given name.
    pub forename: String,
    /// National curriculum year.
    pub year: i64,
    /// Place of the tutor group in the school's list.
    pub group: usize,
    /// Place of the household in the school's list.
    pub household: usize,
    /// Flags.
    pub flags: Flags,
    /// What more is known.
    pub details: MadeDetails,
    /// How the pupil tends to attend.
    pub(super) profile: Profile,
}

/// Those who live together, and whom to ring about any of them.
#[derive(Clone, Debug, Default)]
pub struct MadeHousehold {
    /// In calling order.
    pub contacts: Vec<MadeContact>,
    /// The language of the home, if not English.
    pub language: Option<String>,
    /// The children's house at school.
    pub house: String,
    /// Where they live.
    pub address: Address,
    pub(super) keeps_eid: bool,
}

/// Somebody who may be rung.
#[derive(Clone, Debug)]
pub struct MadeContact {
    /// "Mrs Khan".
    pub name: String,
    /// "mother".
    pub relationship: String,
    /// From the ranges kept for drama.
    pub phone: String,
    /// At example.org.
    pub email: Option<String>,
    /// Must not be contacted.
    pub do_not_contact: bool,
    /// What the caller should know.
    pub note: Option<String>,
    /// The language they speak, if it is another than English.
    pub language: Option<String>,
    /// Has parental responsibility.
    pub parental_responsibility: bool,
    /// Where they live, if not with the children.
    pub address: Option<Address>,
    /// The number no longer works; only ringing it shows.
    pub(super) stale: bool,
}

impl MadeContact {
    /// As written beside what they report: "Mrs Khan, mother".
    pub(super) fn introduced(&self) -> String {
        format!("{}, {}", self.name, self.relationship)
    }
}

/// A tutor group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MadeGroup {
    /// "8KM": the year and the tutor's initials.
    pub name: String,
    /// National curriculum year.
    pub year: i64,
    /// The tutor, as addressed.
    pub tutor: String,
    /// Where they meet.
    pub room: String,
}

/// A member of staff.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MadeStaff {
    /// As addressed.
    pub name: String,
    /// Post.
    pub post: String,
}
