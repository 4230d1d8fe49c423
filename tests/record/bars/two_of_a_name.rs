//! Two people of one name stay two, each with their own number and bar, whatever files call them and in whatever order; and where no
//! file says which of two is which, neither is rung and somebody is told.

use firstbell::domain::incoming::{Incoming, IncomingContact};
use firstbell::domain::people::contact::Contact;
use firstbell::domain::people::phone::same_number;
use firstbell::domain::people::pupil::PupilId;
use firstbell::store::merge::Merged;
use proptest::prelude::*;

use super::{row, standing_of, warned};
use crate::support::*;

const NAMES: [&str; 10] = [
    "Helen Marsh",
    "HELEN MARSH",
    "H\u{e9}len  Marsh",
    "Marsh, Helen",
    "H Marsh",
    "h. marsh",
    "MARSH Helen (Mrs)",
    "Mrs Helen Marsh",
    "Mrs. H. Marsh",
    "Marsh, Mrs H",
];
const RELATIONS: [[&str; 3]; 2] = [["mother", "Mother", "MUM"], ["aunt", "Aunt", "AUNTIE"]];
/// Of Siobhan's mother and aunt, and of Louis's mother, who is nobody's relative.
const NUMBERS: [[&str; 4]; 3] = [
    ["07700 900456", "07700900456", "+44 7700 900456", "+44 (0)7700 900456"],
    ["01632 960001", "01632960001", "+44 1632 960001", "(01632) 960001"],
    ["07700 900789", "07700900789", "+44 7700 900789", "0044 7700 900789"],
];

/// One file: who of Siobhan's two is in it, in which order; a spelling of each name, number and relationship; which of the columns it
/// has; whether it says that nobody is barred.
#[derive(Clone, Debug)]
struct File {
    order: Vec<usize>,
    names: [usize; 3],
    numbers: [usize; 3],
    relations: [usize; 3],
    has_relations: bool,
    has_numbers: bool,
    lifts: Option<bool>,
}

fn file(least: usize) -> impl Strategy<Value = File> {
    let columns = prop_oneof![
        9 => prop::sample::select(&[(true, true), (true, false), (false, true)][..]),
        1 => Just((false, false)),
    ];
    let order = prop_oneof![
        9 => Just(vec![0, 1]).prop_shuffle(),
        1 => prop::sample::subsequence(vec![0, 1], least..=2),
    ];
    let names = [0..NAMES.len(), 0..NAMES.len(), 0..NAMES.len()];
    (order, names, [0..4_usize, 0..4, 0..4], [0..3_usize, 0..3, 0..3], columns, prop::option::of(Just(false))).prop_map(
        |(order, names, numbers, relations, (has_relations, has_numbers), lifts)| File {
            order,
            names,
            numbers,
            relations,
            has_relations,
            has_numbers,
            lifts,
        },
    )
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

    /// Siobhan's in the order of the file, then Louis's one.
    fn rows(&self) -> Vec<IncomingContact> {
        let hers = (1..).zip(&self.order).map(|(order, who)| self.person("0003", *who, order));
        hers.chain([self.person("0004", 2, 1)]).collect()
    }

    fn has_title(&self, who: usize) -> bool {
        NAMES[self.names[who]].contains("Mrs")
    }

    /// Whether it says which of the two is which. Numbers alone do not where a title that only the one had is on the other alone: then
    /// either column may have changed hands.
    fn tells_apart(&self, barred: usize, had_title: [bool; 2]) -> bool {
        let has = [0, 1].map(|who| self.has_title(who));
        let is_turned = had_title[0] != had_title[1] && has == [had_title[1], had_title[0]];
        let is_told = self.has_relations || self.has_numbers && !is_turned;
        self.order.contains(&barred) && self.order.len() == 2 && is_told
    }
}

fn bring(desk: &mut Desk, rows: Vec<IncomingContact>) -> Merged {
    let merged = desk.merge(&Incoming { contacts: placed(rows), ..Incoming::default() });
    assert!(merged.rejects.is_empty(), "{merged:?}");
    merged
}

fn contacts(desk: &mut Desk, pupil: PupilId) -> Vec<Contact> {
    desk.store.day(november(24)).unwrap().roll.contacts(pupil).to_vec()
}

fn free(contacts: &[Contact]) -> usize {
    contacts.iter().filter(|one| !one.is_barred()).count()
}

fn is_told(merged: &Merged) -> bool {
    warned(merged).iter().any(|text| text.contains("who must not be contacted"))
}

/// Two people who are not of one name: theirs change places with their numbers, in spellings that look alike or do not.
const PAIRS: [[[&str; 2]; 2]; 3] = [
    [["Helen Marsh", "Mrs Helen Marsh"], ["Hannah Marsh", "HANNAH MARSH"]],
    [["I Khan", "Imran Khan"], ["F Khan", "Fatima Khan"]],
    [["Mr Khan", "MR. KHAN"], ["Mrs Begum", "Begum, Mrs"]],
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn two_unrelated_people_of_one_name_stay_two(first in file(2), barred in 0..2_usize, then in [file(1), file(1), file(1)]) {
        let mut desk = Desk::new();
        let first = File { has_relations: true, has_numbers: true, lifts: None, ..first };
        let mut rows = first.rows();
        let at = first.order.iter().position(|who| *who == barred).unwrap();
        rows[at].do_not_contact = Some(true);
        bring(&mut desk, rows);
        let before = contacts(&mut desk, SIOBHAN);
        let id_of = |who: usize| before[first.order.iter().position(|one| *one == who).unwrap()].id;
        // A title that the barred one ever had is one of theirs; of the other the last spelling is held.
        let mut had_title = [0, 1].map(|who| first.has_title(who));
        let (mut are_told_apart, mut were_free) = (true, free(&before));
        for file in &then {
            are_told_apart &= file.tells_apart(barred, had_title);
            let merged = bring(&mut desk, file.rows());
            let told = standing_of(&mut desk, SIOBHAN);
            let all = contacts(&mut desk, SIOBHAN);
            prop_assert_eq!(all.len(), file.order.len());
            for (one, who) in all.iter().zip(&file.order) {
                let is_of = |who: usize| one.numbers_to_ring().all(|phone| same_number(&phone.number, NUMBERS[who][0]));
                prop_assert!(is_of(1 - barred), "the number of nobody but the one who may be rung: {}", told);
                let is_named = file.has_relations || file.has_numbers;
                prop_assert!(!(*who == barred && is_named && one.can_be_rung()), "{}", told);
                if are_told_apart {
                    prop_assert_eq!(one.id, id_of(*who), "each is who they were: {}", told);
                    prop_assert_eq!(one.can_be_rung(), *who != barred, "{}", told);
                    let is_own = |phone: &str| same_number(phone, NUMBERS[*who][0]);
                    prop_assert!(one.phones.len() == 1 && is_own(&one.phones[0].number), "{}", told);
                }
            }
            let is_quiet = all.len() < 2 || free(&all) >= were_free;
            prop_assert!(is_quiet || is_told(&merged), "who is barred from now on is told: {}: {:?}", told, warned(&merged));
            let other = contacts(&mut desk, LOUIS);
            prop_assert!(other.len() == 1 && other[0].bar.is_none(), "of another pupil, and no relative");
            prop_assert!(!are_told_apart || other[0].can_be_rung(), "and has her number");
            prop_assert!(other[0].numbers_to_ring().all(|phone| same_number(&phone.number, NUMBERS[2][0])));
            prop_assert!(!bring(&mut desk, file.rows()).moved(), "a second run changes nothing");
            were_free = free(&all);
            let has = |who: usize| file.order.contains(&who) && file.has_title(who);
            had_title[barred] |= has(barred);
            if file.order.contains(&(1 - barred)) {
                had_title[1 - barred] = has(1 - barred);
            }
        }
    }

    #[test]
    fn who_changes_places_with_somebody_barred_is_barred_and_told(
        pair in prop::sample::select(&PAIRS[..]),
        spellings in [[0..2_usize, 0..2], [0..2_usize, 0..2]],
        orders in [any::<bool>(), any::<bool>()],
        // The relationship may stay with the number; where it stays with the name, it says who is who.
        has_relations in [any::<bool>(), any::<bool>()],
    ) {
        let mut desk = Desk::new();
        let rows = |at: usize, are_changed: bool| -> Vec<IncomingContact> {
            let who = if orders[at] { [1, 0] } else { [0, 1] };
            let of = |(order, who): (i64, usize)| {
                let with = if are_changed { 1 - who } else { who };
                let relation = if has_relations[at] { RELATIONS[with][0] } else { "" };
                let text = format!("x, {relation}, {}", NUMBERS[with][0]);
                IncomingContact { name: pair[who][spellings[at][who]].to_owned(), ..contact_row(3, order, &text) }
            };
            (1..).zip(who).map(of).collect()
        };
        let mut first = rows(0, false);
        first[usize::from(orders[0])].do_not_contact = Some(true);
        bring(&mut desk, first);
        prop_assert_eq!(free(&contacts(&mut desk, SIOBHAN)), 1);
        let merged = bring(&mut desk, rows(1, true));
        let (all, told) = (contacts(&mut desk, SIOBHAN), standing_of(&mut desk, SIOBHAN));
        prop_assert!(!all.iter().any(Contact::can_be_rung), "{}", told);
        prop_assert!(is_told(&merged), "{}: {:?}", told, warned(&merged));
        prop_assert!(!bring(&mut desk, rows(1, true)).moved(), "a second run changes nothing");
    }
}
