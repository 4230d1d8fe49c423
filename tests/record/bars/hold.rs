//! No file, however it names and numbers people, makes somebody barred callable.

use firstbell::domain::incoming::IncomingContact;
use firstbell::domain::people::contact::Contact;
use firstbell::domain::people::phone::may_be_same;
use proptest::prelude::*;

use super::{bring, row, rows, standing, standing_of, warned, with_father};
use crate::support::*;

const FATHER: [&str; 10] = [
    "Mr Khan",
    "MR KHAN",
    "Mr. Khan",
    "mr khan",
    "Khan",
    "Mr I. Khan",
    "I Khan",
    "Imran Khan",
    "KHAN, Imran (Mr)",
    "Dr Khan",
];
const MOTHER: [&str; 5] = ["Mrs Khan", "MRS KHAN", "Mrs. Khan", "Mrs F. Khan", "Khan, Mrs Fatima"];
const UNCLE: [&str; 4] = ["Mr Akhtar", "MR. AKHTAR", "Imran Akhtar", "Akhtar"];
const NUMBERS: [&str; 10] = [
    "",
    "07700 900456",
    "+44 (0)7700 900456",
    "07700 900456 (after 5)",
    "07700 900111, 07700 90O456",
    "07700 900111",
    "01632 960001",
    "01632960001",
    "1470 01632 960001",
    "01632 960002",
];

/// One file: who of the three is in it, and in which order; a spelling and a number of each; which columns it has, and what it
/// says of the bar.
type File = (Vec<usize>, [usize; 3], [usize; 3], bool, bool, Option<bool>);

fn file(least: usize) -> impl Strategy<Value = File> {
    (
        prop::sample::subsequence(vec![0, 1, 2], least..=3).prop_shuffle(),
        [0..FATHER.len(), 0..MOTHER.len(), 0..UNCLE.len()],
        [0..NUMBERS.len(), 0..NUMBERS.len(), 0..NUMBERS.len()],
        any::<bool>(),
        any::<bool>(),
        prop::option::of(Just(false)),
    )
}

fn contacts((order, names, numbers, relations, phones, lifts): &File) -> Vec<IncomingContact> {
    (1..)
        .zip(order)
        .map(|(place, who)| {
            let name = [&FATHER[..], &MOTHER, &UNCLE][*who][names[*who]];
            let relationship = if *relations { ["father", "mother", "uncle"][*who] } else { "" };
            let number = NUMBERS[numbers[*who]];
            let number = Some(number).filter(|number| !number.is_empty()).map(str::to_owned);
            IncomingContact {
                pupil: key("0003"),
                name: name.to_owned(),
                relationship: relationship.to_owned(),
                phones: phones.then(|| number.into_iter().collect()),
                do_not_contact: *lifts,
                ..row(place, "")
            }
        })
        .collect()
}

/// Names that no comparing of letters finds his, and what a file may say that he is.
const MISSPELT: [&str; 6] = ["Mr Khann", "Mr Kahn", "Dad", "KAHN Imran", "\u{62e}\u{627}\u{646}", "Imran Akhtar"];
const RELATED: [&str; 6] = ["father", "Dad", "DADDY", "birth father", "Parent/Carer", ""];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nobody_who_left_comes_back_callable_under_another_name(
        others in prop::sample::subsequence(vec![0, 1], 0..=2).prop_shuffle(),
        gone_for in 1..3,
        place in 0..3_usize,
        name in prop::sample::select(&MISSPELT[..]),
        relationship in prop::sample::select(&RELATED[..]),
        number in prop::sample::select(&NUMBERS[..]),
    ) {
        let mut desk = with_father();
        let known = ["Mrs Begum, mother, 07700 900111", "Mr Ali, uncle, 01632 960003"];
        let mut file: Vec<&str> = others.iter().map(|who| known[*who]).collect();
        for _ in 0..gone_for {
            bring(&mut desk, rows(&[&known[..1], &file].concat()));
        }
        let back = format!("{name}, {relationship}, {number}");
        let place = place.min(file.len());
        file.insert(place, &back);
        let merged = bring(&mut desk, rows(&file));
        let day = desk.store.day(november(24)).unwrap();
        prop_assert!(!day.roll.contacts(AMIRA)[place].can_be_rung(), "{back}: {}", standing(&mut desk));
        prop_assert!(warned(&merged).iter().any(|text| text.contains(name)), "{merged:?}");
        prop_assert!(!bring(&mut desk, rows(&file)).moved(), "a second run changes nothing");
    }

    #[test]
    fn no_orders_spellings_and_numbers_make_a_barred_person_callable(first in file(3), then in [file(1), file(1), file(1)]) {
        let mut desk = Desk::new();
        let mut before = contacts(&first);
        let place = |file: &File| file.0.iter().position(|who| *who == 0);
        let at = place(&first).unwrap();
        before[at].do_not_contact = Some(true);
        bring(&mut desk, before.clone());
        let mut his: Vec<String> = before[at].phones.iter().flatten().cloned().collect();
        for file in &then {
            let rows = contacts(file);
            let merged = bring(&mut desk, rows.clone());
            prop_assert!(merged.rejects.is_empty());
            let at = place(file);
            his.extend(at.iter().flat_map(|at| rows[*at].phones.iter().flatten().cloned()));
            let day = desk.store.day(november(24)).unwrap();
            let all = day.roll.contacts(SIOBHAN);
            if let Some(at) = at {
                prop_assert!(!all[at].can_be_rung(), "{} in {}", rows[at].name, standing_of(&mut desk, SIOBHAN));
            }
            for phone in all.iter().flat_map(Contact::numbers_to_ring) {
                prop_assert!(!his.iter().any(|number| may_be_same(&phone.number, number)), "{} is his: {}", phone.number, standing_of(&mut desk, SIOBHAN));
            }
            prop_assert!(!bring(&mut desk, rows).moved(), "a second run changes nothing");
        }
    }
}
