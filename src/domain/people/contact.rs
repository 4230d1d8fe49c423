//! Contacts, and the calls made to them: who is rung next, and what each outcome means.

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::details::Address;
use super::person::Person;
use super::phone::{Phone, number_key, same_number};
use super::pupil::PupilId;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;

/// Our own number for a contact.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContactId(pub i64);

/// What a word for a parent, or for whoever has the care of a child, ends in.
const PARENTS: [&str; 9] = ["mother", "father", "mum", "mam", "dad", "parent", "parents", "guardian", "carer"];

/// Somebody who may be rung about a pupil.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact {
    /// Our own number.
    pub id: ContactId,
    /// Whose contact.
    pub pupil: PupilId,
    /// Place in the calling order, from 1.
    pub order: i64,
    /// "Mrs Khan".
    pub name: String,
    /// "mother".
    pub relationship: String,
    /// Numbers, in the order in which they are rung; none when the school holds none.
    pub phones: Vec<Phone>,
    /// E-mail address.
    pub email: Option<String>,
    /// Identifier in the system the file came from.
    pub source_id: Option<String>,
    /// Why they must not be contacted (a court order); `None` for who may be.
    pub bar: Option<String>,
    /// What the caller should know: language, "works nights".
    pub note: Option<String>,
    /// The language they speak.
    pub language: Option<String>,
    /// Whether they have parental responsibility; `None` where nobody has said.
    pub parental_responsibility: Option<bool>,
    /// Where they live, if not with the pupil.
    pub address: Option<Box<Address>>,
}

impl Contact {
    /// Somebody of whom a file tells and who is no contact that is held: for asking whether they must not be contacted.
    pub fn not_held(pupil: PupilId, name: &str, number: Option<&str>) -> Contact {
        Contact {
            id: ContactId(0),
            pupil,
            order: 0,
            name: name.to_owned(),
            relationship: String::new(),
            phones: number.map(Phone::of).into_iter().collect(),
            email: None,
            source_id: None,
            bar: None,
            note: None,
            language: None,
            parental_responsibility: None,
            address: None,
        }
    }

    /// "Mrs Khan, mother", or the name alone where no relationship is known.
    pub fn introduced(&self) -> String {
        match self.relationship.as_str() {
            "" => self.name.clone(),
            relationship => format!("{}, {relationship}", self.name),
        }
    }

    /// Whether they are a parent by law (s.576 of the Education Act 1996): who has parental responsibility, or, where nobody has said, who
    /// is one by the relationship.
    pub fn is_parent(&self) -> bool {
        let by_relationship = || {
            let said = self.relationship.to_lowercase();
            let is = |word: &str| PARENTS.iter().any(|parent| word.ends_with(parent)) && !word.starts_with("grand");
            said.split(|sign: char| !sign.is_alphabetic()).any(is)
        };
        self.parental_responsibility.unwrap_or_else(by_relationship)
    }

    /// Whether they must not be contacted.
    pub fn is_barred(&self) -> bool {
        self.bar.is_some()
    }

    /// Whether this contact can be rung at all.
    pub fn can_be_rung(&self) -> bool {
        self.numbers_to_ring().next().is_some()
    }

    /// The numbers they may be rung on, in order. A number that somebody barred answers too is none of them: whoever rings it
    /// may have that person on the line.
    pub fn numbers_to_ring(&self) -> impl Iterator<Item = &Phone> {
        let may_be = |phone: &&Phone| !self.is_barred() && !phone.barred && number_key(&phone.number).is_some();
        self.phones.iter().filter(may_be)
    }

    /// The number that is rung first: where none may be, the first that is held.
    pub fn first_number(&self) -> Option<&Phone> {
        self.numbers_to_ring().next().or_else(|| self.phones.first())
    }

    /// Whether one of the numbers is this one.
    pub fn has_number(&self, number: &str) -> bool {
        self.phones.iter().any(|phone| phone.is(number))
    }

    /// Whether `from`, a number or an e-mail address, is theirs.
    pub fn is_reached_by(&self, from: &str) -> bool {
        self.has_number(from) || self.email.as_ref().is_some_and(|email| email.eq_ignore_ascii_case(from.trim()))
    }

    /// Who they are, to be compared with others.
    pub fn person(&self) -> Person {
        Person {
            source_id: self.source_id.clone(),
            name: self.name.clone(),
            relationship: self.relationship.clone(),
            numbers: self.phones.iter().map(|phone| phone.number.clone()).collect(),
        }
    }
}

/// What is shown of a number that is masked: its last three digits, and of a very short one none.
pub fn last_digits(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    digits.get(digits.len().saturating_sub(3)..).filter(|_| digits.len() > 5).unwrap_or_default().iter().collect()
}

/// "•••• 310": a telephone number with all but its last three digits hidden.
pub fn masked(number: &str) -> String {
    format!("•••• {}", last_digits(number))
}

/// What of a number can be dialled: digits, `+` and blanks. No more of it leaves the program.
pub fn dialled(number: &str) -> String {
    let kept = number.chars().filter(|sign| sign.is_ascii_digit() || "+ ".contains(*sign));
    kept.collect::<String>().trim().to_owned()
}

macro_rules! outcomes {
    ($($outcome:ident $text:literal;)*) => {
        /// What became of a call, in the field's own words.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, IntoStaticStr, EnumString, VariantArray)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        #[strum(serialize_all = "kebab-case")]
        pub enum CallOutcome { $(#[doc = $text] $outcome,)* }

        impl CallOutcome {
            /// Every outcome, in the order of the card.
            pub const ALL: &[CallOutcome] = CallOutcome::VARIANTS;

            /// The word it is stored by.
            pub fn as_str(self) -> &'static str {
                self.into()
            }

            /// As said on screen.
            pub fn describe(self) -> &'static str {
                match self { $(CallOutcome::$outcome => $text,)* }
            }
        }
    };
}

outcomes! {
    Aware "spoke, has a reason";
    Unaware "parent did not know";
    NoAnswer "no answer";
    LeftMessage "left message";
    WrongNumber "wrong number";
    CallBack "call back";
    SomeoneElse "someone else answered";
    Refused "would not say why";
}

impl CallOutcome {
    /// The outcome stored as `word`.
    pub fn parse(word: &str) -> Option<CallOutcome> {
        word.parse().ok()
    }

    /// Whether somebody was spoken to who answers for the pupil, so that the next contact need not be rung for want of it.
    pub fn answered(self) -> bool {
        match self {
            CallOutcome::Aware | CallOutcome::Unaware | CallOutcome::CallBack | CallOutcome::Refused => true,
            CallOutcome::NoAnswer | CallOutcome::LeftMessage | CallOutcome::WrongNumber | CallOutcome::SomeoneElse => {
                false
            }
        }
    }
}

/// One attempt to reach a contact about one pupil.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// The act that logged it.
    pub act: ActId,
    /// About whom.
    pub pupil: PupilId,
    /// Whom; `None` when the school's contacts were not used.
    pub contact: Option<ContactId>,
    /// About which session.
    pub about: SessionDate,
    /// When, school-local.
    pub at: NaiveDateTime,
    /// What became of it.
    pub outcome: CallOutcome,
    /// The code it gave, if any.
    pub code: Option<Code>,
    /// In words.
    pub note: String,
    /// When they asked to be rung again.
    pub call_back: Option<NaiveTime>,
    /// By whom.
    pub who: String,
    /// The number as it was rung.
    pub number: Option<String>,
    /// Why somebody was rung who must not be contacted.
    pub despite: Option<String>,
}

/// A number that was found wrong, and is held unchanged: something for the school to put right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrongNumber {
    /// Whose contact.
    pub pupil: PupilId,
    /// Which contact.
    pub contact: ContactId,
    /// The number.
    pub number: String,
    /// When it was last found wrong, school-local.
    pub at: NaiveDateTime,
    /// By whom.
    pub who: String,
}

impl WrongNumber {
    /// Whether it is a number held for this contact.
    pub fn is_of(&self, contact: &Contact) -> bool {
        self.contact == contact.id && contact.has_number(&self.number)
    }
}

/// The calls in which a parent did not know where one pupil is, oldest first: those about the latest such session. What was told
/// before was told of another time. `calls` are the pupil's own of one date.
pub fn unaware<'a>(calls: impl Iterator<Item = &'a Call>) -> Vec<&'a Call> {
    let mut all: Vec<&Call> = calls.filter(|call| call.outcome == CallOutcome::Unaware).collect();
    let latest = all.iter().map(|call| call.about).max();
    all.retain(|call| Some(call.about) == latest);
    all.sort_by_key(|call| call.act);
    all
}

/// The contact to ring next about a pupil, and the number: one who asked to be rung again, otherwise the first contact in
/// order, who can be rung, tried least often and with a number not found wrong; of theirs the number tried least. `contacts` and
/// `calls` are the pupil's own, calls oldest first; `wrong` are the numbers still to be put right, anybody's.
pub fn next_contact<'a>(
    contacts: &'a [Contact],
    calls: &[Call],
    wrong: &[WrongNumber],
) -> Option<(&'a Contact, &'a Phone)> {
    let promised = calls.last().filter(|call| call.outcome == CallOutcome::CallBack).and_then(|call| call.contact);
    let tried = |contact: &Contact| {
        // A number put right since then is another number: nobody has rung that one yet.
        let held = |call: &&Call| call.number.as_ref().is_none_or(|number| contact.has_number(number));
        calls.iter().filter(|call| call.contact == Some(contact.id)).filter(held).count()
    };
    let reached = |contact: &'a Contact| next_number(contact, calls, wrong).map(|number| (contact, number));
    contacts
        .iter()
        .filter_map(reached)
        .min_by_key(|(contact, _)| (promised != Some(contact.id), tried(contact), contact.order, contact.id))
}

/// The number a contact is rung on next: the first of those not found wrong that was tried least; `None` where there is none.
pub fn next_number<'a>(contact: &'a Contact, calls: &[Call], wrong: &[WrongNumber]) -> Option<&'a Phone> {
    let on = |call: &Call, phone: &Phone| {
        call.contact == Some(contact.id) && call.number.as_ref().is_none_or(|number| phone.is(number))
    };
    let wrong = |phone: &Phone| {
        let last = calls.iter().rfind(|call| on(call, phone));
        last.is_some_and(|call| call.outcome == CallOutcome::WrongNumber)
            || wrong.iter().any(|one| one.contact == contact.id && same_number(&one.number, &phone.number))
    };
    let numbers = contact.numbers_to_ring().filter(|phone| !wrong(phone));
    numbers.min_by_key(|phone| calls.iter().filter(|call| on(call, phone)).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::session::Session;
    use crate::domain::testing::{AMIRA, call, contact};

    fn three() -> Vec<Contact> {
        vec![contact(1, AMIRA, 1, "Mrs Khan"), contact(2, AMIRA, 2, "Mr Khan"), contact(3, AMIRA, 3, "Mrs Begum")]
    }

    fn next(contacts: &[Contact], calls: &[(i64, CallOutcome)]) -> Option<i64> {
        let calls: Vec<Call> = calls.iter().map(|(who, outcome)| call(AMIRA, *who, "09:30", *outcome)).collect();
        next_contact(contacts, &calls, &[]).map(|(contact, _)| contact.id.0)
    }

    #[test]
    fn contacts_are_rung_in_order_and_then_round_again() {
        use CallOutcome::*;
        for (calls, rung) in [
            (vec![], Some(1)),
            (vec![(1, NoAnswer)], Some(2)),
            (vec![(1, NoAnswer), (2, LeftMessage)], Some(3)),
            (vec![(1, NoAnswer), (2, LeftMessage), (3, NoAnswer)], Some(1)),
            (vec![(1, WrongNumber)], Some(2)),
            (vec![(1, WrongNumber), (2, NoAnswer), (3, NoAnswer)], Some(2)),
            (vec![(1, WrongNumber), (2, WrongNumber), (3, WrongNumber)], None),
            // A contact who asked to be rung again comes first, until rung.
            (vec![(1, NoAnswer), (2, CallBack)], Some(2)),
            (vec![(1, NoAnswer), (2, CallBack), (2, NoAnswer)], Some(3)),
        ] {
            assert_eq!(next(&three(), &calls), rung, "{calls:?}");
        }
    }

    #[test]
    fn a_number_found_wrong_is_rung_again_only_once_it_is_another() {
        let (mut contacts, rung) = (three(), call(AMIRA, 1, "09:30", CallOutcome::WrongNumber));
        let number = Some(contacts[0].phones[0].number.clone());
        let task = |number: &str| {
            let number = number.to_owned();
            vec![WrongNumber { pupil: AMIRA, contact: ContactId(1), number, at: rung.at, who: rung.who.clone() }]
        };
        let next = |contacts: &[Contact], calls: &[Call], wrong: &[WrongNumber]| {
            next_contact(contacts, calls, wrong).map(|(contact, _)| contact.id.0)
        };
        let known = task(number.as_deref().unwrap());
        assert_eq!(next(&contacts, &[], &known), Some(2), "found wrong on an earlier day");
        let today = [Call { number: number.clone(), ..rung.clone() }];
        assert_eq!(next(&contacts, &today, &known), Some(2));
        contacts[0].phones = vec![Phone::of("01632 960999")];
        assert_eq!(next(&contacts, &[], &known), Some(1), "put right by an import");
        contacts.truncate(1);
        assert_eq!(next(&contacts, &today, &[]), Some(1), "and on the same day");
        let answered = [rung.clone(), call(AMIRA, 1, "09:40", CallOutcome::NoAnswer)];
        assert_eq!(next(&contacts, &answered, &[]), Some(1), "a later call says that it is right after all");
    }

    #[test]
    fn nobody_is_rung_who_must_not_be_or_has_no_number() {
        let mut contacts = three();
        contacts[0].bar = Some("court order".to_owned());
        contacts[1].phones = vec![Phone { barred: true, ..Phone::of("01632 960001") }, Phone::of("n/a")];
        assert_eq!(next(&contacts, &[]), Some(3));
        assert_eq!(next(&contacts, &[(2, CallOutcome::CallBack)]), Some(3));
        contacts.pop();
        assert_eq!(next(&contacts, &[]), None);
        assert_eq!(next(&[], &[]), None);
    }

    #[test]
    fn each_number_of_a_contact_is_rung_in_turn() {
        use CallOutcome::*;
        let mut mother = contact(1, AMIRA, 1, "Mrs Khan");
        mother.phones = ["07700 900001", "07700 900002", "07700 900003"].map(Phone::of).to_vec();
        mother.phones[1].barred = true;
        let contacts = [mother, contact(2, AMIRA, 2, "Mr Khan")];
        let mut calls: Vec<Call> = Vec::new();
        for (rung, outcome) in [
            ("07700 900001", NoAnswer),
            ("01632 960002", NoAnswer),
            ("07700 900003", WrongNumber),
            ("01632 960002", NoAnswer),
            ("07700 900001", NoAnswer),
        ] {
            let (next, phone) = next_contact(&contacts, &calls, &[]).unwrap();
            assert_eq!(phone.number, rung, "{calls:?}");
            calls.push(Call { number: Some(rung.to_owned()), ..call(AMIRA, next.id.0, "09:30", outcome) });
        }
    }

    #[test]
    fn a_parent_who_did_not_know_counts_of_the_latest_session() {
        use CallOutcome::*;
        let about = |session, rang, outcome| Call {
            about: SessionDate::new(crate::domain::testing::today(), session),
            ..call(AMIRA, 1, rang, outcome)
        };
        let (am, pm) = (Session::Am, Session::Pm);
        let calls = [about(am, "09:30", NoAnswer), about(am, "09:40", Unaware), about(am, "10:00", Unaware)];
        let since = |calls: &[Call]| -> Vec<String> {
            unaware(calls.iter()).iter().map(|call| call.at.format("%H:%M").to_string()).collect()
        };
        assert!(since(&calls[..1]).is_empty());
        assert_eq!(since(&calls), ["09:40", "10:00"]);
        let again = [calls.as_slice(), &[about(pm, "13:50", Unaware), about(pm, "14:10", Unaware)]].concat();
        assert_eq!(since(&again), ["13:50", "14:10"], "gone again: told of anew");
    }

    #[test]
    fn a_masked_number_shows_its_end_and_one_that_is_dialled_no_more_than_can_be() {
        for (number, end, dials) in [
            ("07700 900310", "310", "07700 900310"),
            ("+44 (0)7700-900310", "310", "+44 07700900310"),
            ("0100", "", "0100"),
            ("ask for Jo: 01632 960 001 ", "001", "01632 960 001"),
            ("\u{1b}]52;c;AAAA\u{7}12", "", "5212"),
            ("", "", ""),
        ] {
            assert_eq!((last_digits(number).as_str(), dialled(number).as_str()), (end, dials), "{number:?}");
        }
    }

    #[test]
    fn outcomes_are_read_as_they_are_written() {
        for outcome in CallOutcome::ALL {
            assert_eq!(CallOutcome::parse(outcome.as_str()), Some(*outcome));
        }
        let answered: Vec<&str> =
            CallOutcome::ALL.iter().filter(|outcome| outcome.answered()).map(|outcome| outcome.as_str()).collect();
        assert_eq!(answered, ["aware", "unaware", "call-back", "refused"]);
    }
}
