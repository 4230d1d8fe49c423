//! Dates of birth, addresses, languages and the like: drawn when everybody is there, so that they move nothing else.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate};

use super::{MadeHousehold, MadePupil};
use crate::demo::draw::{Draw, For};
use crate::demo::ingredients::{HomeWords, Ingredients};
use crate::domain::calendar::Calendar;
use crate::domain::people::details::{Address, Sex};

/// What more is known of a pupil.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MadeDetails {
    /// The given name on the papers, where it is another.
    pub legal_forename: Option<String>,
    /// Date of birth.
    pub date_of_birth: NaiveDate,
    /// Sex.
    pub sex: Option<Sex>,
}

/// Give everybody theirs.
pub(in crate::demo) fn draw_all(
    seed: u64,
    pupils: &mut [MadePupil],
    households: &mut [MadeHousehold],
    today: NaiveDate,
    from: &Ingredients,
) {
    let mut draw = Draw::new(seed, For::Details);
    let words = &from.words.home;
    for household in households {
        household.house = draw.word(&words.houses);
        household.address = address(&mut draw, words);
        let language = household.language.clone();
        for (place, contact) in household.contacts.iter_mut().enumerate() {
            contact.parental_responsibility = ["mother", "father"].contains(&contact.relationship.as_str());
            contact.language = language.clone().filter(|_| place == 0);
            let elsewhere = contact.do_not_contact || (place > 0 && draw.chance(0.3));
            contact.address = elsewhere.then(|| address(&mut draw, words));
        }
    }
    let mut born: HashMap<(usize, i64), NaiveDate> = HashMap::new();
    for pupil in pupils {
        let (year, household) = (pupil.year, pupil.household);
        // Two of one household in one year are twins.
        let date_of_birth = *born.entry((household, year)).or_insert_with(|| birthday(&mut draw, year, today));
        let is_girl = from.names.origin.iter().any(|origin| origin.girls.contains(&pupil.forename));
        let on_papers = from.names.on_papers.get(&pupil.forename).filter(|_| draw.chance(0.4));
        pupil.details = MadeDetails {
            legal_forename: on_papers.cloned(),
            date_of_birth,
            sex: Some(if is_girl { Sex::Female } else { Sex::Male }),
        };
    }
}

/// A birthday of the year group: five years before its first of September comes reception.
fn birthday(draw: &mut Draw, year: i64, today: NaiveDate) -> NaiveDate {
    let ago = i32::try_from(year + 5).unwrap_or(0);
    let first = NaiveDate::from_ymd_opt(Calendar::year_start(today).year() - ago, 9, 1).unwrap_or(today);
    let later = u64::try_from(draw.between(0, 364)).unwrap_or(0);
    first.checked_add_days(Days::new(later)).unwrap_or(first)
}

/// A house that is not there: no postcode begins with ZZ.
fn address(draw: &mut Draw, words: &HomeWords) -> Address {
    let street = format!("{} {}", draw.between(1, 98), draw.word(&words.streets));
    let letter = |draw: &mut Draw| draw.word(&words.letters);
    let postcode = format!("ZZ99 {}{}{}", draw.between(1, 9), letter(draw), letter(draw));
    Address { lines: vec![street, words.town.clone()], postcode: Some(postcode) }
}
