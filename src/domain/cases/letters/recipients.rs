//! To whom a letter about a pupil goes: each parent with parental responsibility by a letter of their own, also where two live at one
//! address; and whoever else is named. Nobody who must not be contacted, nor who may be they.

use crate::domain::name::fold;
use crate::domain::people::bar::Bar;
use crate::domain::people::contact::{Contact, ContactId};
use crate::domain::people::details::Address;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::school::roll::Roll;

/// Relationships that a file says of parents, where it says of nobody who has parental responsibility.
const PARENTS: [&str; 11] = [
    "mother",
    "father",
    "mum",
    "dad",
    "mam",
    "parent",
    "parent/carer",
    "guardian",
    "legal guardian",
    "carer",
    "foster carer",
];

/// Somebody to whom a letter goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recipient {
    /// The contact.
    pub contact: ContactId,
    /// "Mrs Khan".
    pub name: String,
    /// "mother".
    pub relationship: String,
    /// The lines of the address, the postcode last; none where the record has none: the letter is handed over.
    pub address: Vec<String>,
    /// The language, where it is not English: an interpreter or a translation may be wanted.
    pub language: Option<String>,
    /// What is to be known before it is sent.
    pub notes: Vec<String>,
}

/// A parent who gets no letter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// Who.
    pub name: String,
    /// Why.
    pub why: String,
}

/// To whom a letter goes, in calling order, and who gets none. `also` are contacts who get one though they have no parental
/// responsibility: a carer, a step-parent.
pub fn recipients(roll: &Roll, pupil: &Pupil, also: &[ContactId]) -> (Vec<Recipient>, Vec<LeftOut>) {
    let contacts = roll.contacts(pupil.id);
    let is_said = contacts.iter().any(|one| one.parental_responsibility.is_some());
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    for contact in contacts {
        let is_parent = match contact.parental_responsibility {
            Some(has) => has,
            None => !is_said && PARENTS.contains(&fold(&contact.relationship).as_str()),
        };
        if !is_parent && !also.contains(&contact.id) {
            continue;
        }
        match why_barred(roll, pupil.id, contact) {
            Some(why) => left_out.push(LeftOut { name: contact.name.clone(), why }),
            None => {
                let mut recipient = recipient(roll, pupil, contact);
                if !is_said && is_parent {
                    recipient.notes.push("the record does not say who has parental responsibility".to_owned());
                }
                found.push(recipient);
            }
        }
    }
    (found, left_out)
}

/// Why no letter about the pupil goes to a contact: they must not be contacted, or may be somebody who must not, by number, name or
/// identifier. A letter waits until somebody has looked; `None` where it may go.
pub fn why_barred(roll: &Roll, pupil: PupilId, contact: &Contact) -> Option<String> {
    let numbers = contact.phones.iter().map(|phone| Some(phone.number.as_str()));
    let by_number = numbers.chain([None]).find_map(|number| roll.why_barred(pupil, contact, number));
    by_number.or_else(|| {
        let person = contact.person();
        let may_be = |bar: &&Bar| bar.contact != contact.id && bar.may_be(&person);
        roll.bars(pupil).iter().find(may_be).map(|bar| format!("{}, and this may be they", bar.describe()))
    })
}

fn recipient(roll: &Roll, pupil: &Pupil, contact: &Contact) -> Recipient {
    let home = pupil.address.as_deref();
    let address = contact.address.as_deref().or(home);
    let lives_there = |one: &&Contact| one.is_barred() && one.address.as_deref().or(home) == address;
    let mut notes = Vec::new();
    if let Some(barred) = roll.contacts(pupil.id).iter().find(lives_there).filter(|_| address.is_some()) {
        notes.push(format!("{}, who must not be contacted, may live there: hand it over", barred.name));
    }
    let language = contact.language.as_ref().or(pupil.language.as_ref()).filter(|one| !is_english(one)).cloned();
    if let Some(language) = &language {
        notes.push(format!("speaks {language}: ask whether an interpreter or a translation is wanted"));
    }
    if address.is_none() {
        notes.push("no address: hand it over".to_owned());
    }
    let (name, relationship) = (contact.name.clone(), contact.relationship.clone());
    let address = address.map(lines).unwrap_or_default();
    Recipient { contact: contact.id, name, relationship, address, language, notes }
}

fn lines(address: &Address) -> Vec<String> {
    address.lines.iter().chain(&address.postcode).cloned().collect()
}

fn is_english(language: &str) -> bool {
    let language = fold(language);
    language.is_empty() || language.starts_with("english") || ["en", "eng", "enb"].contains(&language.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::people::phone::Phone;
    use crate::domain::testing::{AMIRA, roll};

    fn contact(id: i64, text: &str) -> Contact {
        let mut parts = text.split(',').map(str::trim);
        let mut next = || parts.next().unwrap_or_default();
        let (name, relationship, number) = (next(), next(), next());
        let phones = if number.is_empty() { vec![] } else { vec![Phone::of(number)] };
        let about = Contact::not_held(AMIRA, name, None);
        let relationship = relationship.to_owned();
        Contact { id: ContactId(id), order: id, relationship, phones, parental_responsibility: Some(true), ..about }
    }

    /// The roll with these contacts of Amira's; those with a "!" before them are barred.
    fn with(texts: &[&str]) -> Roll {
        let mut contacts = Vec::new();
        let mut bars = Vec::new();
        for (place, text) in texts.iter().enumerate() {
            let one = contact(100 + i64::try_from(place).unwrap(), text.trim_start_matches('!'));
            if text.starts_with('!') {
                bars.push(Bar {
                    pupil: AMIRA,
                    contact: one.id,
                    person: one.person(),
                    reason: "court order".to_owned(),
                });
            }
            contacts.push(one);
        }
        rolled(contacts).with_bars(bars)
    }

    fn rolled(contacts: Vec<Contact>) -> Roll {
        let usual = roll();
        let (school, codes, calendar) = (usual.school.clone(), usual.codes.clone(), usual.calendar.clone());
        Roll::new(school, codes, calendar, usual.pupils.clone(), usual.groups.clone(), vec![], contacts)
    }

    fn told(roll: &Roll, also: &[ContactId]) -> (Vec<String>, Vec<String>) {
        let (found, left_out) = recipients(roll, roll.pupil(AMIRA).unwrap(), also);
        (found.into_iter().map(|one| one.name).collect(), left_out.into_iter().map(|one| one.why).collect())
    }

    #[test]
    fn each_parent_gets_one_and_nobody_who_is_barred_or_may_be() {
        const FATHER: &str = "!Mr Khan, father, 07700 900456";
        for (others, written) in [
            (&["Mrs Khan, mother, 07700 900111"][..], &["Mrs Khan"][..]),
            (&["Mrs Khan, mother, 07700 900111", "Ms Begum, step-mother"], &["Mrs Khan", "Ms Begum"]),
            // His number, his name in another spelling, and nothing but what he is.
            (&["Mrs Khan, mother, 07700 900456"], &[]),
            (&["KHAN I. (Mr), , ", "Mrs Khan, mother"], &["Mrs Khan"]),
            (&["Dad, "], &[]),
            (&["Mr Smith, step-father"], &["Mr Smith"]),
        ] {
            let all: Vec<&str> = std::iter::once(FATHER).chain(others.iter().copied()).collect();
            assert_eq!(told(&with(&all), &[]).0, written, "{others:?}");
        }
        let why = told(&with(&[FATHER]), &[]).1;
        assert_eq!(why, ["Mr Khan must not be contacted (court order)"]);
        let why = told(&with(&[FATHER, "I Khan"]), &[]).1;
        assert_eq!(why[1], "Mr Khan must not be contacted (court order), and this may be they");
    }

    #[test]
    fn parental_responsibility_says_who_is_a_parent_and_else_the_relationship() {
        let mut contacts =
            [contact(1, "Mrs Khan, mother"), contact(2, "Mr Ali, step-father"), contact(3, "Mrs Roy, nan")];
        contacts[1].parental_responsibility = None;
        contacts[2].parental_responsibility = Some(false);
        let roll = rolled(contacts.to_vec());
        assert_eq!(told(&roll, &[]).0, ["Mrs Khan"]);
        assert_eq!(told(&roll, &[ContactId(2)]).0, ["Mrs Khan", "Mr Ali"]);
        for one in &mut contacts {
            one.parental_responsibility = None;
        }
        let roll = rolled(contacts.to_vec());
        let (found, _) = recipients(&roll, roll.pupil(AMIRA).unwrap(), &[]);
        assert_eq!(found.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Mrs Khan"]);
        assert!(found[0].notes.contains(&"the record does not say who has parental responsibility".to_owned()));
    }

    #[test]
    fn two_parents_have_each_their_address_and_language() {
        let at = |line: &str| {
            Some(Box::new(Address { lines: vec![line.to_owned()], postcode: Some("ZZ99 1AB".to_owned()) }))
        };
        let mut contacts = [contact(1, "Mrs Khan, mother"), contact(2, "Mr Khan, father"), contact(3, "Mr Ali, uncle")];
        (contacts[0].address, contacts[1].address) = (at("1 Mill Lane"), at("2 Mill Lane"));
        (contacts[0].language, contacts[1].language) = (Some("Urdu".to_owned()), Some("English".to_owned()));
        contacts[2].address = at("2 Mill Lane");
        let (bar, roll) = (contacts[2].person(), rolled(contacts.to_vec()));
        let bar = Bar { pupil: AMIRA, contact: ContactId(3), person: bar, reason: String::new() };
        let roll = roll.with_bars(vec![bar]);
        let (found, _) = recipients(&roll, roll.pupil(AMIRA).unwrap(), &[]);
        assert_eq!(found[0].address, ["1 Mill Lane", "ZZ99 1AB"]);
        assert_eq!(found[0].notes, ["speaks Urdu: ask whether an interpreter or a translation is wanted"]);
        assert_eq!(found[1].notes, ["Mr Ali, who must not be contacted, may live there: hand it over"]);
        assert_eq!((found[1].language.as_ref(), found.len()), (None, 2));
    }

    /// Ways in which a file spells the same father.
    const SPELLINGS: [&str; 12] = [
        "Mr Imran Khan",
        "MR IMRAN KHAN",
        "Imran Khan",
        "Khan, Imran",
        "KHAN Imran (Mr)",
        "I. Khan",
        "Mr Khan",
        "Khan",
        "Dr I. A. Khan",
        "Imr\u{e1}n  Khan",
        "Dad",
        "daddy",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]
        /// Whatever he is called, whatever number he has, in whatever order, and once or twice.
        #[test]
        fn nobody_who_is_barred_ever_gets_a_letter(
            barred in 0_usize..10, again in prop::option::of(0_usize..12), order in 0_usize..6,
            relationship in prop::sample::select(vec!["father", "Dad", "birth father", ""]),
            number in prop::sample::select(vec!["07700 900456", "+44 7700 900456", "01632 960001", ""]),
            also in any::<bool>(),
        ) {
            let father = contact(100, "Mr Khan, father, 07700 900456");
            let father = Contact { name: SPELLINGS[barred].to_owned(), ..father };
            let bar = Bar { pupil: AMIRA, contact: father.id, person: father.person(), reason: String::new() };
            let mut all = vec![father, contact(101, "Mrs Aisha Begum, mother, 07700 900111")];
            if let Some(again) = again {
                let phones = if number.is_empty() { vec![] } else { vec![Phone::of(number)] };
                let (name, relationship) = (SPELLINGS[again].to_owned(), relationship.to_owned());
                all.push(Contact { name, relationship, phones, ..contact(102, "") });
            }
            let shift = order % all.len();
            all.rotate_left(shift);
            if order > 2 {
                all.reverse();
            }
            for (place, one) in all.iter_mut().enumerate() {
                one.order = i64::try_from(place).unwrap();
            }
            let named: Vec<ContactId> = if also { all.iter().map(|one| one.id).collect() } else { vec![] };
            let roll = rolled(all).with_bars(vec![bar]);
            prop_assert_eq!(told(&roll, &named).0, ["Mrs Aisha Begum"]);
        }
    }
}
