//! What is typed of casework, on a command's line or in a form: somebody of the family, what was agreed, a word of a list.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::event::{AgreedAction, ContactWay, Party};
use crate::domain::name::{clean, meant};
use crate::domain::people::contact::Contact;

/// Why nobody of the family is meant for certain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PartyFault {
    /// There are so many contacts, and none in that place of the calling order.
    NoPlace {
        /// The place.
        place: usize,
        /// How many are held.
        held: usize,
    },
    /// More than one is called so.
    Several,
}

impl Party {
    /// Somebody of the family: a contact by the place in the calling order or by name, else whoever is called so.
    pub fn typed(text: &str, contacts: &[Contact]) -> Result<Party, PartyFault> {
        if let Ok(place) = text.trim().parse::<usize>() {
            let at = place.checked_sub(1).and_then(|place| contacts.get(place));
            return at.map(Party::of).ok_or(PartyFault::NoPlace { place, held: contacts.len() });
        }
        match meant(text, contacts, |contact| contact.name.clone()).as_slice() {
            [contact] => Ok(Party::of(contact)),
            [] => Ok(Party { contact: None, name: clean(text) }),
            _ => Err(PartyFault::Several),
        }
    }

    fn of(contact: &Contact) -> Party {
        Party { contact: Some(contact.id), name: contact.name.clone() }
    }
}

impl AgreedAction {
    /// One that was typed as "what / who / 2026-03-11", its date read by `day`; `None` where a part is missing or the last is no date.
    /// Where blanks are about the strokes they alone part, so that a date may be 11/12.
    pub fn typed(text: &str, day: impl Fn(&str) -> Option<NaiveDate>) -> Option<AgreedAction> {
        let apart = |by: &str| {
            let parts: Vec<&str> = text.rsplitn(3, by).map(str::trim).collect();
            <[&str; 3]>::try_from(parts).ok()
        };
        let [by, who, what] = apart(" / ").or_else(|| apart("/"))?;
        let (by, who, what) = (day(by)?, clean(who), clean(what));
        (!who.is_empty() && !what.is_empty()).then_some(AgreedAction { what, who, by })
    }
}

impl ContactWay {
    /// The time of a contact of which none was said: that of a call of today is now, a letter has none.
    pub fn usual_time(self, on: NaiveDate, now: NaiveDateTime) -> Option<NaiveTime> {
        (on == now.date() && self == ContactWay::Call).then(|| now.time())
    }
}

/// The word of a list that is meant: written in full, or the one that begins so.
pub fn word<T: Copy + Into<&'static str>>(text: &str, all: &[T]) -> Option<T> {
    let typed = text.trim().to_lowercase();
    let called = |one: &&T| -> bool { Into::<&'static str>::into(**one) == typed };
    let begins = |one: &&T| -> bool { Into::<&'static str>::into(**one).starts_with(&typed) };
    let mut beginning = all.iter().filter(begins).filter(|_| !typed.is_empty());
    let only = beginning.next().filter(|_| beginning.next().is_none());
    all.iter().find(called).or(only).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::dates::parse_day;
    use crate::domain::cases::ending::{PenaltyOutcome, VisitOutcome};
    use crate::domain::testing::{AMIRA, date, day, today};
    use proptest::prelude::*;

    #[test]
    fn somebody_of_the_family_is_named_by_place_or_name() {
        let roll = day(&[]).roll;
        let contacts = roll.contacts(AMIRA);
        let first = contacts.first().unwrap();
        for text in ["1", " 1 ", &first.name] {
            assert_eq!(Party::typed(text, contacts).unwrap().contact, Some(first.id), "{text}");
        }
        let fault = PartyFault::NoPlace { place: 99, held: contacts.len() };
        assert_eq!(Party::typed("99", contacts), Err(fault));
        assert_eq!(Party::typed("Dr Grey", contacts), Ok(Party { contact: None, name: "Dr Grey".to_owned() }));
    }

    #[test]
    fn what_was_agreed_has_three_parts_and_its_date_is_read() {
        let typed = |text: &str| AgreedAction::typed(text, |text| parse_day(text, today()));
        let gp = typed("see the GP / Mrs Khan / 11/3").unwrap();
        assert_eq!((gp.what.as_str(), gp.who.as_str(), gp.by), ("see the GP", "Mrs Khan", date(2026, 3, 11)));
        assert_eq!(typed("see the GP/Mrs Khan/2026-03-11"), Some(gp));
        for text in ["see the GP", "see the GP / Mrs Khan", "see the GP / Mrs Khan / soon", " / Mrs Khan / 11/3", ""] {
            assert_eq!(typed(text), None, "{text}");
        }
    }

    #[test]
    fn a_word_is_known_by_its_beginning_where_that_is_one() {
        assert_eq!(word("t", ContactWay::ALL), Some(ContactWay::Text));
        assert_eq!(word("Letter", ContactWay::ALL), Some(ContactWay::Letter));
        assert_eq!(word("s", VisitOutcome::ALL), Some(VisitOutcome::SeenWell));
        assert_eq!(word("p", PenaltyOutcome::ALL), None);
        assert_eq!(word("paid-2", PenaltyOutcome::ALL), None);
        assert_eq!(word("paid-21", PenaltyOutcome::ALL), Some(PenaltyOutcome::PaidEarly));
        assert_eq!((word("", ContactWay::ALL), word("x", ContactWay::ALL)), (None, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]
        #[test]
        fn every_word_is_known_in_full_and_no_beginning_means_another(place in 0_usize..6, length in 1_usize..14) {
            let way = ContactWay::ALL[place];
            let text: String = way.as_str().chars().take(length).collect();
            prop_assert_eq!(word(way.as_str(), ContactWay::ALL), Some(way));
            prop_assert!(word(&text, ContactWay::ALL).is_none_or(|meant| meant.as_str().starts_with(&text)));
        }
    }
}
