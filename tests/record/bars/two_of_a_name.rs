//! Two people of one name stay two, each with their own number and bar, whatever files call them and in whatever order.

use firstbell::domain::incoming::{Incoming, IncomingContact};
use firstbell::domain::people::contact::Contact;
use firstbell::domain::people::phone::same_number;
use firstbell::domain::people::pupil::PupilId;
use proptest::prelude::*;

use super::{row, standing_of};
use crate::support::*;

const NAMES: [&str; 8] = [
    "Helen Marsh",
    "HELEN MARSH",
    "helen marsh",
    "Marsh, Helen",
    "MARSH Helen (Mrs)",
    "Mrs Helen Marsh",
    "Mrs. H. Marsh",
    "H Marsh",
];
const RELATIONS: [[&str; 3]; 2] = [["mother", "Mother", "MUM"], ["aunt", "Aunt", "AUNTIE"]];
/// Of Siobhan's mother and aunt, and of Louis's mother, who is nobody's relative.
const NUMBERS: [[&str; 4]; 3] = [
    ["07700 900456", "07700900456", "+44 7700 900456", "+44 (0)7700 900456"],
    ["01632 960001", "01632960001", "+44 1632 960001", "(01632) 960001"],
    ["07700 900789", "07700900789", "+44 7700 900789", "0044 7700 900789"],
];

/// One file: whether the aunt comes first; a spelling of each name, number and relationship; which of the columns it has; whether it
/// says that nobody is barred.
#[derive(Clone, Debug)]
struct File {
    is_turned: bool,
    names: [usize; 3],
    numbers: [usize; 3],
    relations: [usize; 3],
    has_relations: bool,
    has_numbers: bool,
    lifts: Option<bool>,
}

fn file() -> impl Strategy<Value = File> {
    let columns = prop_oneof![
        9 => prop::sample::select(&[(true, true), (true, false), (false, true)][..]),
        1 => Just((false, false)),
    ];
    let of_names = [0..NAMES.len(), 0..NAMES.len(), 0..NAMES.len()];
    (
        any::<bool>(),
        of_names,
        [0..4_usize, 0..4, 0..4],
        [0..3_usize, 0..3, 0..3],
        columns,
        prop::option::of(Just(false)),
    )
        .prop_map(|(is_turned, names, numbers, relations, (has_relations, has_numbers), lifts)| File {
            is_turned,
            names,
            numbers,
            relations,
            has_relations,
            has_numbers,
            lifts,
        })
}

impl File {
    fn person(&self, number: &str, who: usize, order: i64) -> IncomingContact {
        let relation = RELATIONS[who % 2][self.relations[who]];
        let phones = vec![NUMBERS[who][self.numbers[who]].to_owned()];
        IncomingContact {
            pupil: key(number),
            name: NAMES[self.names[who]].to_owned(),
            relationship: if self.has_relations { relation.to_owned() } else { String::new() },
            phones: self.has_numbers.then_some(phones),
            do_not_contact: self.lifts,
            ..row(order, "")
        }
    }

    /// Siobhan's two in the order of the file, then Louis's one.
    fn rows(&self) -> [IncomingContact; 3] {
        let [first, second] = self.order();
        [self.person("0003", first, 1), self.person("0003", second, 2), self.person("0004", 2, 1)]
    }

    fn order(&self) -> [usize; 2] {
        if self.is_turned { [1, 0] } else { [0, 1] }
    }
}

fn bring(desk: &mut Desk, rows: [IncomingContact; 3]) -> bool {
    let merged = desk.merge(&Incoming { contacts: placed(rows), ..Incoming::default() });
    assert!(merged.rejects.is_empty(), "{merged:?}");
    merged.moved()
}

fn contacts(desk: &mut Desk, pupil: PupilId) -> Vec<Contact> {
    desk.store.day(november(24)).unwrap().roll.contacts(pupil).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn two_unrelated_people_of_one_name_stay_two(first in file(), barred in 0..2_usize, then in [file(), file(), file()]) {
        let mut desk = Desk::new();
        let first = File { has_relations: true, has_numbers: true, lifts: None, ..first };
        let mut rows = first.rows();
        let at = first.order().iter().position(|who| *who == barred).unwrap();
        rows[at].do_not_contact = Some(true);
        bring(&mut desk, rows);
        let ids = contacts(&mut desk, SIOBHAN).iter().map(|one| one.id).collect::<Vec<_>>();
        let id_of = |who: usize| ids[first.order().iter().position(|one| *one == who).unwrap()];
        // Names alone tell the two apart no more: then both are barred, and told, until somebody has looked.
        let mut are_told_apart = true;
        for file in &then {
            are_told_apart &= file.has_relations || file.has_numbers;
            bring(&mut desk, file.rows());
            let told = standing_of(&mut desk, SIOBHAN);
            let all = contacts(&mut desk, SIOBHAN);
            prop_assert_eq!(all.len(), 2);
            for (one, who) in all.iter().zip(file.order()) {
                let has_theirs = |number: &str| same_number(number, NUMBERS[barred][0]);
                prop_assert!(one.numbers_to_ring().all(|phone| !has_theirs(&phone.number)), "{}", told);
                let is_theirs = who == barred && (file.has_relations || file.has_numbers);
                prop_assert!(!(is_theirs && one.can_be_rung()), "{}", told);
                if !are_told_apart {
                    continue;
                }
                prop_assert_eq!(one.id, id_of(who), "each is who they were: {}", told);
                prop_assert_eq!(one.can_be_rung(), who != barred, "{}", told);
                let is_own = |phone: &str| same_number(phone, NUMBERS[who][0]);
                prop_assert!(one.phones.len() == 1 && one.phones.iter().all(|phone| is_own(&phone.number)), "{}", told);
            }
            let other = contacts(&mut desk, LOUIS);
            prop_assert!(other.len() == 1 && other[0].bar.is_none(), "of another pupil, and no relative");
            prop_assert!(!are_told_apart || other[0].can_be_rung(), "and has her number");
            prop_assert!(other[0].numbers_to_ring().all(|phone| same_number(&phone.number, NUMBERS[2][0])));
            prop_assert!(!bring(&mut desk, file.rows()), "a second run changes nothing");
        }
    }
}
