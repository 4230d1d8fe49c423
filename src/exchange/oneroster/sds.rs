//! Exports of Microsoft School Data Sync, whose files have OneRoster's names and other contents.

use crate::exchange::fault::ReadFault;
use crate::exchange::source::bundle::Bundle;

/// What only its files have: the file, a heading it has, and one that OneRoster's has and it has not.
const ITS_OWN: [(&str, &str, &str); 5] = [
    ("users.csv", "activedirectorymatchid", "orgsourcedids"),
    ("users.csv", "grade", "grades"),
    ("roles.csv", "usersourcedid", "sourcedid"),
    ("classes.csv", "orgsourcedid", "schoolsourcedid"),
    ("enrollments.csv", "classsourcedid", "sourcedid"),
];

/// The files of its first version.
const FIRST: [&str; 3] = ["School.csv", "Section.csv", "Student.csv"];

/// Refuse the files if they are an export of its first version.
pub fn refuse_first(bundle: &Bundle) -> Result<(), ReadFault> {
    if FIRST.iter().all(|name| bundle.find(name).is_some()) { Err(refused(bundle.place())) } else { Ok(()) }
}

/// Refuse the files at `place` if the headings of this one of them are those of its second version.
pub fn refuse_second(place: &str, file: &str, headings: &[String]) -> Result<(), ReadFault> {
    let has = |heading: &str| headings.iter().any(|one| one == heading);
    let is_its = |(name, its, theirs): &(&str, &str, &str)| name.eq_ignore_ascii_case(file) && has(its) && !has(theirs);
    if ITS_OWN.iter().any(is_its) { Err(refused(place)) } else { Ok(()) }
}

/// Taken for OneRoster, its pupils would come without admission numbers and tutor groups, beside those who are on the roll.
fn refused(place: &str) -> ReadFault {
    let why = "is an export of Microsoft School Data Sync (SDS), not of OneRoster: it has neither admission numbers nor tutor \
               groups. Have your information system export OneRoster 1.1 or 1.2 as CSV, or the files of `firstbell template`";
    ReadFault::NotKnown { file: place.to_owned(), why: why.to_owned() }
}
