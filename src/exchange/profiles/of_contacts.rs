//! Headings that lists of contacts have, and lists of pupils have not: the names beside them may be those of parents.

use super::profile::plain_heading;
use crate::domain::name::clean;
use crate::exchange::kind::{KEYS, OF_MARKS};

/// As [`plain_heading`] writes them.
const HEADINGS: [&str; 28] = [
    "relationship",
    "relation",
    "relationshiptopupil",
    "relationshiptostudent",
    "contactrelationship",
    "priority",
    "contactpriority",
    "order",
    "contactorder",
    "contact",
    "contactid",
    "contactname",
    "contacttitle",
    "contactforename",
    "contactsurname",
    "parentalresponsibility",
    "title",
    "salutation",
    "mobile",
    "mobileno",
    "mobilenumber",
    "mobilephone",
    "mobiletelephone",
    "contactmobile",
    "worktelephone",
    "worktel",
    "workphone",
    "donotcontact",
];
/// Pupils' numbers, as lists have them beside [`KEYS`].
const NUMBERS: [&str; 5] = ["adno", "admno", "admissionno", "admissionnumber", "upn"];
/// Names of a person.
const NAMES: [&str; 5] = ["surname", "lastname", "familyname", "forename", "firstname"];

/// Whether `plain`, a plain heading, is one of them.
pub fn is_one(plain: &str) -> bool {
    HEADINGS.contains(&plain)
}

/// Why a table of these headings, which has pupils' numbers and names, is not read as a list of pupils; as it follows the file's name.
pub fn why_no_pupils(headings: &[String]) -> Option<String> {
    let plain: Vec<String> = headings.iter().map(|one| plain_heading(one)).collect();
    let has = |words: &[&str]| plain.iter().any(|one| words.contains(&one.as_str()));
    let told: Vec<String> =
        headings.iter().filter(|one| is_one(&plain_heading(one))).map(|one| format!("“{}”", clean(one))).collect();
    let has_number = has(&NUMBERS) || KEYS.iter().any(|key| plain.contains(&plain_heading(key)));
    // With a date it is of what happened, and neither.
    if told.is_empty() || !has_number || !has(&NAMES) || has(&OF_MARKS) {
        return None;
    }
    Some(format!(
        "looks like a list of contacts, for it has {}, and is not read as one of pupils: the names in it may be those of parents. For \
         contacts it needs the pupil's number, the relationship, and the contact's name under a heading that says so, such as Contact name: \
         `firstbell profile FILE` asks which column is which. If these are pupils, take the columns of contacts out of it",
        told.join(" and ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_with_headings_of_contacts_is_no_list_of_pupils() {
        let why = |headings: &str| why_no_pupils(&headings.split(',').map(str::to_owned).collect::<Vec<_>>());
        let parents = why("Adno,Surname,Forename,Mobile,Title").unwrap();
        assert!(parents.starts_with("looks like a list of contacts, for it has “Mobile” and “Title”,"), "{parents}");
        assert!(why("admission_no,surname,forename,relation").is_some());
        for other in ["Adno,Surname,Forename,Reg", "Adno,Date,Title", "Surname,Mobile", "Adno,Surname,Date,Contact"] {
            assert_eq!(why(other), None, "{other}");
        }
    }
}
