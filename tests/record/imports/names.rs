//! Pupils who are called otherwise in a list: one may have another name, many are the names of others under their numbers.

use chrono::NaiveDate;
use firstbell::domain::incoming::{Incoming, IncomingPupil, Said};

use crate::support::*;

fn row(number: &str, surname: &str, forename: &str) -> IncomingPupil {
    IncomingPupil {
        key: key(number),
        surname: surname.to_owned(),
        forename: forename.to_owned(),
        ..IncomingPupil::default()
    }
}

fn pupils(rows: impl IntoIterator<Item = IncomingPupil>) -> Incoming {
    Incoming { pupils: placed(rows), ..Incoming::default() }
}

fn reasons(merged: &firstbell::store::merge::Merged) -> Vec<String> {
    merged.rejects.iter().map(|one| format!("{} {}", one.place.line, one.reason)).collect()
}

#[test]
fn a_list_that_renames_many_is_refused_until_somebody_says_that_it_is_right() {
    let mut desk = Desk::new();
    let parents = pupils([row("0001", "Khan", "Nadia"), row("0002", "Khan", "Nadia"), row("0077", "Hill", "Joan")]);
    let merged = desk.merge(&parents);
    assert_eq!((merged.moved(), merged.rejects.len()), (false, 3), "and nobody new comes by it");
    assert!(
        merged.rejects[0].reason.starts_with("2 rows of this list have another name than the pupil of their number")
    );
    assert!(merged.rejects[0].reason.ends_with("import it with --new-names"), "{:?}", merged.rejects[0]);
    let merged = desk.merge(&Incoming { has_new_names: true, ..parents });
    assert_eq!((merged.pupils.changed, merged.pupils.new, merged.rejects.len()), (2, 1, 0));
}

#[test]
fn one_change_of_name_comes_in_with_its_list() {
    let mut desk = Desk::new();
    let merged = desk.merge(&pupils([row("0001", "Khan", "Amirah"), row("0002", "Khan", "Bilal")]));
    assert_eq!(merged.changes, ["Khan, Amirah: forename: Amira → Amirah"]);
}

#[test]
fn another_surname_and_another_date_of_birth_are_another_child() {
    let mut desk = Desk::new();
    let born = |day| Said::Value(NaiveDate::from_ymd_opt(2014, 3, day).unwrap());
    desk.merge(&pupils([IncomingPupil { date_of_birth: born(1), ..row("0001", "Khan", "Amira") }]));
    let married = IncomingPupil { date_of_birth: born(1), ..row("0001", "Shah", "Amira") };
    let merged = desk.merge(&pupils([IncomingPupil { date_of_birth: born(2), ..married.clone() }]));
    assert!(!merged.moved());
    assert!(
        reasons(&merged)[0].starts_with("2 0001 is Khan, Amira on the roll, of another date of birth: "),
        "{merged:?}"
    );
    assert_eq!(desk.merge(&pupils([married])).pupils.changed, 1, "a surname alone may change");
}

#[test]
fn a_name_in_use_that_is_the_legal_one_is_no_change() {
    let mut desk = Desk::new();
    let in_use = |surname: &str, forename: &str| IncomingPupil {
        preferred_surname: Said::Value(surname.to_owned()),
        preferred_forename: Said::Value(forename.to_owned()),
        ..row("0001", "Khan", "Amira")
    };
    assert!(!desk.merge(&pupils([in_use("Khan", "Amira")])).moved());
    assert_eq!(desk.merge(&pupils([in_use("Khan", "Amy")])).changes, ["Khan, Amy: preferred forename: nothing → Amy"]);
    let merged = desk.merge(&pupils([in_use("Khan", "Amira")]));
    assert_eq!(merged.changes, ["Khan, Amira: preferred forename: Amy → nothing"]);
}
