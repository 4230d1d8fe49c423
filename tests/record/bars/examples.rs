//! Two people of one name, an example a line: what the files say, and who may be rung after that.

use firstbell::domain::act::{Act, LiftBar};
use firstbell::domain::incoming::{Incoming, IncomingContact};
use firstbell::store::merge::Merged;

use super::{standing_of, warned};
use crate::support::*;

/// "!Helen Marsh, mother, 07700 900456 #g1": barred by the file that says so, and with an identifier; a part left out is a column that
/// the file has not.
fn row(order: i64, text: &str) -> IncomingContact {
    let (bare, id) = text.split_once(" #").map_or((text, None), |(bare, id)| (bare, Some(id.to_owned())));
    let name = bare.trim_start_matches('!');
    let do_not_contact = bare.starts_with('!').then_some(true);
    IncomingContact { do_not_contact, source_id: id, ..contact_row(3, order, name) }
}

fn bring(desk: &mut Desk, texts: &[&str]) -> Merged {
    let rows = (1..).zip(texts).map(|(order, text)| row(order, text));
    desk.merge(&Incoming { contacts: placed(rows), ..Incoming::default() })
}

const MOTHER: &str = "!Helen Marsh, mother, 07700 900456";
const AUNT: &str = "Helen Marsh, aunt, 01632 960001";

/// What it shows; the files, the first of which bars; and who may be rung in the end.
type Example = (&'static str, &'static [&'static [&'static str]], &'static str);

fn check(examples: &[Example], is_told: bool) {
    for (what, files, stands) in examples {
        let mut desk = Desk::new();
        let mut last = Merged::default();
        for file in *files {
            last = bring(&mut desk, file);
        }
        assert_eq!(standing_of(&mut desk, SIOBHAN), *stands, "{what}");
        let told = warned(&last);
        let is_said = told.iter().any(|text| text.contains("who must not be contacted"));
        assert_eq!(is_said, is_told, "{what}: {told:?}");
        let again = bring(&mut desk, files.last().unwrap());
        assert!(!again.moved(), "{what}: a second run changes nothing");
    }
}

#[test]
fn two_of_one_name_who_are_told_apart_stay_two() {
    check(
        &[
            (
                "by number, in the other order",
                &[&[MOTHER, AUNT], &["Helen Marsh, , 01632 960001", "Helen Marsh, , 07700 900456"]],
                "Helen Marsh 01632 960001; Helen Marsh barred",
            ),
            (
                "by number, where each is spelled as the other was",
                &[
                    &[MOTHER, "H. Marsh, aunt, 01632 960001"],
                    &["HELEN MARSH, , 01632960001", "H MARSH, , +44 7700 900456"],
                ],
                "HELEN MARSH 01632960001; H MARSH barred",
            ),
            (
                "by number, with accents, blanks and titles",
                &[&[MOTHER, AUNT], &["MARSH  Mrs H\u{e9}len, , (01632) 960001", "Mrs. H. Marsh, , 07700900456"]],
                "MARSH  Mrs H\u{e9}len (01632) 960001; Mrs. H. Marsh barred",
            ),
            (
                "by relationship, where the file has no numbers",
                &[&[MOTHER, "H. Marsh, aunt, 01632 960001"], &["HELEN MARSH, Auntie", "H Marsh, MUM"]],
                "HELEN MARSH 01632 960001; H Marsh barred",
            ),
            (
                "by relationship, though a title has changed hands",
                &[&["!Mrs Helen Marsh, mother, 07700 900456", AUNT], &["Helen Marsh, mother", "Mrs Helen Marsh, aunt"]],
                "Helen Marsh barred; Mrs Helen Marsh 01632 960001",
            ),
            (
                "by identifier alone, though a title has changed hands",
                &[
                    &["!Mrs Helen Marsh, mother, 07700 900456 #g1", "Helen Marsh, aunt, 01632 960001 #g2"],
                    &["Mrs Helen Marsh #g2", "H Marsh #g1"],
                ],
                "Mrs Helen Marsh 01632 960001; H Marsh barred",
            ),
            (
                "by identifier, though each is spelled as the other was",
                &[
                    &["!H Marsh, mother, 07700 900456 #g1", "Mrs Helen Marsh, aunt, 01632 960001 #g2"],
                    &["H Marsh #g2", "Helen Marsh #g1"],
                ],
                "H Marsh 01632 960001; Helen Marsh barred",
            ),
            (
                "by identifier, where nothing else is another",
                &[
                    &["!H Marsh, mother, 07700 900456 #g1", "Mrs Helen Marsh, aunt, 01632 960001 #g2"],
                    &["H Marsh, mother #g1", "Mrs Helen Marsh #g2"],
                    &["H Marsh #g2", "H Marsh #g1"],
                ],
                "H Marsh 01632 960001; H Marsh barred",
            ),
            (
                "through three files, of which none has every column",
                &[
                    &[MOTHER, AUNT],
                    &["H Marsh, Aunt", "HELEN MARSH, Mother"],
                    &["Helen Marsh, , 01632960001", "Helen  Marsh, , 07700900456"],
                    &["H. Marsh, mum", "Helen Marsh, auntie"],
                ],
                "H. Marsh barred; Helen Marsh 01632960001",
            ),
            (
                "who comes later, with another relationship and number, beside the barred one's own row",
                &[&[MOTHER], &["H Marsh, aunt, 01632 960001", "Helen Marsh, mother, 07700 900456"]],
                "H Marsh 01632 960001; Helen Marsh barred",
            ),
            (
                "who was away, and comes back",
                &[
                    &[MOTHER, AUNT],
                    &["Helen Marsh, mother"],
                    &["Helen Marsh, aunt, 01632 960001", "Helen Marsh, mother"],
                ],
                "Helen Marsh 01632 960001; Helen Marsh barred",
            ),
            (
                "three of the name",
                &[
                    &[MOTHER, AUNT, "Helen Marsh, childminder, 01632 960777"],
                    &["H Marsh, , 01632 960777", "Helen Marsh, , 07700 900456", "HELEN MARSH, , 01632 960001"],
                ],
                "H Marsh 01632 960777; Helen Marsh barred; HELEN MARSH 01632 960001",
            ),
        ],
        false,
    );
}

#[test]
fn whoever_may_be_the_barred_one_is_barred_and_told() {
    check(
        &[
            (
                "names alone",
                &[&[MOTHER, AUNT], &["Helen Marsh", "Helen Marsh"]],
                "Helen Marsh barred; Helen Marsh barred (may be Helen Marsh)",
            ),
            (
                "numbers stay, and the title is the other's now",
                &[
                    &["!Mrs Helen Marsh, mother, 07700 900456", AUNT],
                    &["Helen Marsh, , 07700 900456", "Mrs Helen Marsh, , 01632 960001"],
                ],
                "Helen Marsh barred; Mrs Helen Marsh barred (may be Mrs Helen Marsh)",
            ),
            (
                "numbers stay, and so does an initial, but they are the other's now",
                &[
                    &["!I Khan, , 07700 900456", "F Khan, , 01632 960001"],
                    &["Fatima Khan, , 07700 900456", "Imran Khan, , 01632 960001"],
                ],
                "Fatima Khan barred; Imran Khan barred (may be I Khan)",
            ),
            (
                "two forenames, whose numbers have changed hands: or the names have",
                &[
                    &[MOTHER, "Hannah Marsh, aunt, 01632 960001"],
                    &["Hannah Marsh, , 07700 900456", "Helen Marsh, , 01632 960001"],
                ],
                "Hannah Marsh barred (may be Helen Marsh); Helen Marsh barred",
            ),
            (
                "numbers and relationships stay, and the names have changed hands",
                &[
                    &["!Mr Khan, father, 07700 900456", "Mrs Khan, mother, 01632 960001"],
                    &["Mrs Khan, father, 07700 900456", "Mr Khan, mother, 01632 960001"],
                ],
                "Mrs Khan barred; Mr Khan barred (may be Mr Khan)",
            ),
            (
                "identifiers stay, and the relationships have changed hands",
                &[
                    &["!Helen Marsh, mother, 07700 900456 #g1", "Helen Marsh, aunt, 01632 960001 #g2"],
                    &["Helen Marsh, aunt #g1", "Helen Marsh, mother #g2"],
                ],
                "Helen Marsh barred; Helen Marsh barred (may be Helen Marsh)",
            ),
            (
                "one of the two is there, with a spelling that neither had, and the number of her who may be rung",
                &[
                    &["!Dr Helen Marsh, mother, 07700 900456", "Mrs Helen Marsh, aunt, 01632 960001"],
                    &["H Marsh, , 01632 960001"],
                ],
                "H Marsh barred (may be Dr Helen Marsh)",
            ),
            (
                "who comes later, and no relationship says that it is another",
                &[&[MOTHER], &["H Marsh, , 01632 960001", "Helen Marsh, , 07700 900456"]],
                "H Marsh barred (may be Helen Marsh); Helen Marsh barred",
            ),
            (
                "who comes later with the number that the barred one had",
                &[&[MOTHER], &["Hannah Marsh, , 07700 900456", "Helen Marsh, , 01632 960002"]],
                "Hannah Marsh barred (may be Helen Marsh); Helen Marsh barred",
            ),
            (
                "relationships say who is who, and the numbers have changed hands: neither number is rung",
                &[&[MOTHER, AUNT], &["Helen Marsh, mother, 01632 960001", "Helen Marsh, aunt, 07700 900456"]],
                "Helen Marsh barred; Helen Marsh ",
            ),
        ],
        true,
    );
}

#[test]
fn who_was_told_apart_by_a_person_is_told_apart_in_every_later_spelling() {
    let mut desk = Desk::new();
    let files = [[MOTHER, AUNT], ["Helen Marsh", "Helen Marsh"]];
    for file in files {
        bring(&mut desk, &file);
    }
    assert_eq!(standing_of(&mut desk, SIOBHAN), "Helen Marsh barred; Helen Marsh barred (may be Helen Marsh)");
    let aunt = desk.store.day(november(24)).unwrap().roll.contacts(SIOBHAN)[1].id;
    desk.done("09:00", Act::LiftBar(LiftBar { pupil: SIOBHAN, contact: aunt, reason: "her aunt".to_owned() }));
    for later in [["HELEN MARSH, , 01632 960001", "H Marsh, , 07700 900456"], ["Mrs H Marsh, mum", "Helen Marsh, aunt"]]
    {
        bring(&mut desk, &later);
        let barred: Vec<bool> =
            desk.store.day(november(24)).unwrap().roll.contacts(SIOBHAN).iter().map(|one| one.is_barred()).collect();
        assert_eq!(barred, [later[0].contains("mum"), !later[0].contains("mum")], "{later:?}");
    }
}

#[test]
fn a_bar_about_one_child_binds_nobody_of_that_name_at_the_brother_s() {
    let mut desk = Desk::new();
    let text = |pupil, order, text: &str| IncomingContact { pupil: key(pupil), ..row(order, text) };
    let file = [text("0001", 1, MOTHER), text("0001", 2, AUNT), text("0002", 1, "H. Marsh, aunt, 01632 960001")];
    for _ in 0..2 {
        desk.merge(&Incoming { contacts: placed(file.clone()), ..Incoming::default() });
        assert_eq!(standing_of(&mut desk, BILAL), "H. Marsh 01632 960001");
        assert_eq!(standing_of(&mut desk, AMIRA), "Helen Marsh barred; Helen Marsh 01632 960001");
    }
}
