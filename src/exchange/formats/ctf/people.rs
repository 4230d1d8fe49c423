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

/// The pupils, and their contacts. A CTF has neither tutor groups nor numbers of contacts: what is held of either stays.
pub fn sheets(pupils: &[Element], file: &mut Opened<'_>) -> Vec<Sheet> {
    let mut people = Sheet::new(Kind::Pupils, &["upn", "surname", "forename", "year"]);
    let headings = ["upn", "order", "name", "relationship", "phone", "phone_2", "phone_3", "email"];
    let mut contacts = Sheet::new(Kind::Contacts, &headings);
    for pupil in pupils {
        let year = pupil.child("BasicDetails").map_or("", |details| details.text_of("NCyearActual"));
        people.add(pupil.line, [pupil.text_of("UPN"), pupil.text_of("Surname"), pupil.text_of("Forename"), year]);
        let Some(of_pupil) = pupil.child("Contacts").filter(|contacts| !contacts.children.is_empty()) else { continue };
        if !has_upn(pupil) {
            let text = || "the contacts of a pupil without a UPN were left out with the pupil".to_owned();
            file.notes.add("no upn", "contacts", || place(file.name, of_pupil.line), text);
            continue;
        }
        for (index, one) in of_pupil.children.iter().enumerate() {
            if one.name.eq_ignore_ascii_case("Contact") {
                contact(&mut contacts, pupil.text_of("UPN"), index + 1, one, file);
            } else {
                let text = || format!("<{}> is no part of a Common Transfer File, and was left out", clean(&one.name));
                file.notes.add("element", &one.name, || place(file.name, one.line), text);
            }
        }
    }
    vec![people.without_blank_columns(), contacts.without_blank_columns()]
}

fn contact(sheet: &mut Sheet, upn: &str, index: usize, one: &Element, file: &mut Opened<'_>) {
    let order = Some(one.text_of("Order").to_owned()).filter(|order| !order.is_empty());
    let order = order.unwrap_or_else(|| index.to_string());
    let names = ["Title", "Forename", "Surname"].map(|name| one.text_of(name));
    let name = names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
    let phones = phones(one);
    let phone = |index: usize| phones.get(index).map_or("", String::as_str);
    let code = one.text_of("Relationship");
    let known = RELATIONSHIPS.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, words)| *words);
    if known.is_none() && !code.is_empty() {
        let text = || format!("firstbell has no words for the relationship {}, and keeps it as written", clean(code));
        file.notes.add("relationship", code, || place(file.name, one.line), text);
    }
    let relationship = known.unwrap_or(code);
    let cells = [upn, &order, &name, relationship, phone(0), phone(1), phone(2), one.text_of("Email")];
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
