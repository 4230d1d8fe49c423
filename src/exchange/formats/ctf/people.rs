//! Pupils, and whom to ring about them.

use super::{has_upn, place};
use crate::domain::name::clean;
use crate::exchange::formats::{Opened, Sheet};
use crate::exchange::kind::Kind;
use crate::exchange::source::xml::Element;

/// What a contact is to the pupil, by its code.
const RELATIONSHIPS: [(&str, &str); 9] = [
    ("MTH", "mother"),
    ("FTH", "father"),
    ("CAR", "carer"),
    ("CHM", "childminder"),
    ("DOC", "doctor"),
    ("FAM", "other family member"),
    ("REL", "other relative"),
    ("SWR", "social worker"),
    ("OTH", "other"),
];

/// Columns for numbers; more than these share the last.
const PHONES: usize = 3;
/// Columns for the lines of an address.
const LINES: usize = 5;

const OF_PUPILS: [&str; 14] = [
    "upn",
    "surname",
    "forename",
    "year",
    "preferred_surname",
    "preferred_forename",
    "date_of_birth",
    "sex",
    "address",
    "address_2",
    "address_3",
    "address_4",
    "address_5",
    "postcode",
];

const OF_CONTACTS: [&str; 15] = [
    "upn",
    "order",
    "name",
    "relationship",
    "phone",
    "phone_2",
    "phone_3",
    "email",
    "parental_responsibility",
    "address",
    "address_2",
    "address_3",
    "address_4",
    "address_5",
    "postcode",
];

/// The pupils, and their contacts. A CTF has neither tutor groups nor numbers of contacts: what is held of either stays.
pub fn sheets(pupils: &[Element], file: &mut Opened<'_>) -> Vec<Sheet> {
    let mut people = Sheet::new(Kind::Pupils, &OF_PUPILS);
    let mut contacts = Sheet::new(Kind::Contacts, &OF_CONTACTS);
    for one in pupils {
        pupil(&mut people, one);
        of_pupil(&mut contacts, one, file);
    }
    [people, contacts].into_iter().flat_map(Sheet::apart).collect()
}

/// Add the contacts of a pupil.
fn of_pupil(sheet: &mut Sheet, pupil: &Element, file: &mut Opened<'_>) {
    let Some(contacts) = pupil.child("Contacts").filter(|contacts| !contacts.children.is_empty()) else { return };
    if !has_upn(pupil) {
        let text = || "the contacts of a pupil without a UPN were left out with the pupil".to_owned();
        file.notes.add("no upn", "contacts", || place(file.name, contacts.line), text);
        return;
    }
    for (index, one) in contacts.children.iter().enumerate() {
        if one.name.eq_ignore_ascii_case("Contact") {
            contact(sheet, pupil.text_of("UPN"), index + 1, one, file);
        } else {
            let text = || format!("<{}> is no part of a Common Transfer File, and was left out", clean(&one.name));
            file.notes.add("element", &one.name, || place(file.name, one.line), text);
        }
    }
}

fn pupil(sheet: &mut Sheet, one: &Element) {
    let names = ["UPN", "Surname", "Forename"].map(|name| one.text_of(name));
    let details = ["NCyearActual", "PreferredSurname", "PreferredForename"]
        .map(|name| one.child("BasicDetails").map_or("", |details| details.text_of(name)));
    let born = one.text_of("DOB");
    // The name of it until version 25.
    let sex = one.child("Sex").map_or_else(|| one.text_of("Gender"), |sex| sex.text.trim());
    let (lines, postcode) = address(one);
    let lines = lines.each_ref().map(String::as_str);
    let cells = names.into_iter().chain(details).chain([born, sex]).chain(lines).chain([postcode]);
    sheet.add(one.line, cells);
}

/// The lines of an address, blank ones last, and the postcode.
fn address(of: &Element) -> ([String; LINES], &str) {
    let mut lines = [const { String::new() }; LINES];
    let Some(address) = of.child("Address") else { return (lines, "") };
    let parts: Vec<String> = match (address.child("AddressLines"), address.child("BS7666Address")) {
        (Some(of_lines), _) => of_lines.children.iter().map(|line| line.text.trim().to_owned()).collect(),
        (None, Some(of_parts)) => {
            let part = |name| of_parts.text_of(name).to_owned();
            let street = format!("{} {}", part("PAON"), part("Street")).trim().to_owned();
            vec![part("SAON"), street, part("Locality"), part("Town"), part("PostTown"), part("AdministrativeArea")]
        }
        (None, None) => Vec::new(),
    };
    let mut said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.dedup();
    lines.iter_mut().zip(said).for_each(|(line, part)| *line = part);
    (lines, address.text_of("PostCode"))
}

fn contact(sheet: &mut Sheet, upn: &str, index: usize, one: &Element, file: &mut Opened<'_>) {
    let order = Some(one.text_of("Order").to_owned()).filter(|order| !order.is_empty());
    let order = order.unwrap_or_else(|| index.to_string());
    let names = ["Title", "Forename", "Surname"].map(|name| one.text_of(name));
    let name = names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
    let phones = phones(one);
    let phones = [0, 1, 2].map(|index| phones.get(index).map_or("", String::as_str));
    let code = one.text_of("Relationship");
    let known = RELATIONSHIPS.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, words)| *words);
    if known.is_none() && !code.is_empty() {
        let text = || format!("firstbell has no words for the relationship {}, and keeps it as written", clean(code));
        file.notes.add("relationship", code, || place(file.name, one.line), text);
    }
    let relationship = known.unwrap_or(code);
    let said = ["Email", "Responsibility"].map(|name| one.text_of(name));
    let (lines, postcode) = address(one);
    let lines = lines.each_ref().map(String::as_str);
    let cells = [upn, &order, &name, relationship].into_iter().chain(phones).chain(said).chain(lines).chain([postcode]);
    sheet.add(one.line, cells);
}

/// Every number, in order; those beyond the last column are in it as well.
fn phones(one: &Element) -> Vec<String> {
    let all = one.child("Phones").into_iter().flat_map(|phones| &phones.children);
    let mut numbers: Vec<String> =
        all.map(|phone| phone.text_of("PhoneNo").to_owned()).filter(|number| !number.is_empty()).collect();
    let rest = numbers.split_off(numbers.len().min(PHONES));
    match numbers.last_mut() {
        Some(last) if !rest.is_empty() => *last = format!("{last}, {}", rest.join(", ")),
        Some(_) | None => {}
    }
    numbers
}
