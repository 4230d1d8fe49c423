//! What is held of a pupil and the contacts beside names and numbers, as `who` gives it. What is private is masked as numbers are.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Card, ContactFacts};
use crate::cli::desk::showing::Private;
use crate::domain::people::details::{Address, LegalName, Sex};
use crate::domain::people::pupil::Pupil;
use crate::domain::people::school_age::is_of_school_age;

/// A pupil's.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DetailFacts {
    /// The name for letters, where it is another than the one in use.
    pub legal_name: Option<NameFacts>,
    /// `YYYY-MM-DD`; masked unless numbers are asked for.
    pub date_of_birth: Option<String>,
    /// Whether of compulsory school age today; null where no date of birth is held.
    pub of_school_age: Option<bool>,
    pub sex: Option<Sex>,
    pub house: Option<String>,
    pub first_language: Option<String>,
    /// Masked unless numbers are asked for.
    pub address: Option<AddressFacts>,
}

/// A name.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NameFacts {
    pub surname: String,
    pub forename: String,
}

/// An address.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AddressFacts {
    pub lines: Vec<String>,
    pub postcode: Option<String>,
}

impl DetailFacts {
    /// Those of `pupil`, as they are on `today`.
    pub fn of(pupil: &Pupil, today: NaiveDate) -> DetailFacts {
        let name = |legal: &LegalName| NameFacts { surname: legal.surname.clone(), forename: legal.forename.clone() };
        DetailFacts {
            legal_name: pupil.legal.as_deref().map(name),
            date_of_birth: pupil.date_of_birth.map(|born| born.to_string()),
            of_school_age: pupil.date_of_birth.map(|born| is_of_school_age(born, today)),
            sex: pupil.sex,
            house: pupil.house.clone(),
            first_language: pupil.language.clone(),
            address: pupil.address.as_deref().map(AddressFacts::of),
        }
    }

    /// The name for letters, as a sentence.
    pub fn legal(&self) -> Option<String> {
        let name = self.legal_name.as_ref()?;
        Some(format!("Legal name, for letters: {}.", format!("{} {}", name.forename, name.surname).trim()))
    }

    /// The rest as text, a sentence a fact.
    pub fn lines(&self) -> Vec<String> {
        let born = self.date_of_birth.as_ref().map(|born| match self.of_school_age {
            Some(false) => format!("Born {born}, not of compulsory school age."),
            Some(true) | None => format!("Born {born}."),
        });
        let facts = [
            born,
            self.address.as_ref().map(|address| format!("Lives at {}.", address.in_a_line())),
            self.sex.map(|sex| format!("Sex: {}.", sex.describe())),
            self.house.as_ref().map(|house| format!("House: {house}.")),
            self.first_language.as_ref().map(|language| format!("First language: {language}.")),
        ];
        facts.into_iter().flatten().collect()
    }
}

impl AddressFacts {
    /// Of an address.
    pub fn of(address: &Address) -> AddressFacts {
        AddressFacts { lines: address.lines.clone(), postcode: address.postcode.clone() }
    }

    /// Masked parts are said once.
    fn in_a_line(&self) -> String {
        let mut parts: Vec<&str> = self.lines.iter().chain(&self.postcode).map(String::as_str).collect();
        parts.dedup();
        parts.join(", ")
    }

    fn parts(&mut self) -> impl Iterator<Item = &mut String> {
        self.lines.iter_mut().chain(&mut self.postcode)
    }
}

/// What is said of a contact's language, responsibility and home, behind how they are reached.
pub fn of_contact(contact: &ContactFacts) -> String {
    let speaks = contact.language.as_ref().map(|language| format!(", speaks {language}"));
    let responsible = contact.parental_responsibility.map(|is| match is {
        true => ", has parental responsibility".to_owned(),
        false => ", has no parental responsibility".to_owned(),
    });
    let lives = contact.address.as_ref().map(|address| format!(", lives at {}", address.in_a_line()));
    [speaks, responsible, lives].into_iter().flatten().collect()
}

/// Everything private of a card, with whose it is.
pub fn private(card: &mut Card) -> Vec<(Private, &mut String)> {
    let own = card.details.date_of_birth.iter_mut().map(|born| (Private::DateOfBirth, born));
    let home = card.details.address.iter_mut().flat_map(AddressFacts::parts).map(|part| (Private::Address, part));
    let contacts = card.contacts.iter_mut().flat_map(|one| {
        let order = one.order;
        let others = one.other_phones.iter_mut().chain(&mut one.barred_phones);
        let numbers = one.phone.iter_mut().chain(others).map(move |number| (Private::Number(order), number));
        let homes = one.address.iter_mut().flat_map(AddressFacts::parts);
        numbers.chain(homes.map(move |part| (Private::AddressOf(order), part)))
    });
    own.chain(home).chain(contacts).collect()
}
