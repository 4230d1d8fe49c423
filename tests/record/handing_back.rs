//! Marks handed back to the system that the roll comes from: what waits, what is confirmed, and that nothing is told twice.

use std::collections::{BTreeMap, BTreeSet};

use firstbell::domain::act::{ConfirmHandback, MapMark, RefuseHandback, TakeRegister, TakenBy, Undo};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::session::SessionDate;
use firstbell::domain::facts::evidence::{Mark, or_blank};
use firstbell::domain::facts::handback::{Form, Handback, HandbackId, MarkChange, RowState};
use firstbell::domain::incoming::{Incoming, IncomingUnknown, MarkSources};
use firstbell::domain::people::pupil::PupilId;
use firstbell::store::handback::Asked;
use proptest::prelude::*;

use crate::support::*;

const ALL: Asked<'static> = Asked { form: Form::Sheet, profile: None, dates: (None, None) };

/// What waits on Tuesday morning, as "Khan, Amira Mon 23 Nov AM: / -> I, rang".
fn waits(desk: &mut Desk) -> Vec<String> {
    desk.store.day(november(24)).unwrap();
    let found = desk.store.to_hand_back(now("11:00"), (None, None)).unwrap();
    let roll = desk.store.roll();
    let line = |one: &MarkChange| {
        let reason = if one.reason.is_empty() { String::new() } else { format!(", {}", one.reason) };
        let name = roll.pupil(one.pupil).unwrap().list_name();
        format!("{name} {}: {} -> {}{reason}", one.at, or_blank(one.was), or_blank(one.now))
    };
    found.changes.iter().map(line).collect()
}

fn hand_back(desk: &mut Desk) -> Option<Handback> {
    desk.store.hand_back(&desk.officer, now("11:00"), &ALL, &|_| true).unwrap()
}

fn confirm(number: HandbackId, rows: &[i64]) -> ConfirmHandback {
    ConfirmHandback { number, rows: rows.to_vec(), by: None }
}

fn refuse(number: HandbackId, rows: &[i64]) -> RefuseHandback {
    RefuseHandback { number, rows: rows.to_vec(), reason: "the term is locked there".to_owned() }
}

/// A register of 8KM, typed from its teacher's paper.
fn paper_register(at: SessionDate, marks: &[(PupilId, &str)]) -> TakeRegister {
    TakeRegister { by: TakenBy::Paper("Mrs Kemp".to_owned()), ..handed_in(G8KM, at, "", marks) }
}

fn states(desk: &Desk, number: HandbackId) -> Vec<RowState> {
    desk.store.handback(number).unwrap().unwrap().rows.iter().map(|row| row.state).collect()
}

fn amended(desk: &mut Desk, pupil: PupilId, at: SessionDate, to: &str) -> ActId {
    let saw = desk.revision(pupil, at);
    desk.done("09:30", amend(pupil, at, to, "rang", saw)).act
}

/// A desk whose system has told four marks of Monday.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.merge(&marks([("0001", am(23), "/"), ("0001", pm(23), "\\"), ("0002", am(23), "N"), ("0004", am(23), "L 5")]));
    desk
}

#[test]
fn what_differs_from_what_the_system_told_waits_until_it_is_confirmed() {
    let mut desk = desk();
    assert_eq!(waits(&mut desk), [""; 0], "what it told it holds");
    assert_eq!(hand_back(&mut desk), None);
    amended(&mut desk, BILAL, am(23), "I");
    let back = amended(&mut desk, AMIRA, pm(23), "M");
    desk.done("09:31", arrival(LOUIS, "08:57"));
    let all = [
        "D\u{2019}Arcy, Louis Tue 24 Nov AM: blank -> L 17 min, bus",
        "Khan, Amira Mon 23 Nov PM: \\ -> M, rang",
        "Khan, Bilal Mon 23 Nov AM: N -> I, rang",
    ];
    assert_eq!(waits(&mut desk), all, "by tutor group and name");

    let first = hand_back(&mut desk).unwrap();
    let acts = desk.count("act");
    assert_eq!(hand_back(&mut desk).unwrap(), first, "offered again, under the same number");
    let mut other = desk.another("J Ito");
    assert_eq!(hand_back(&mut other).unwrap(), first, "and at another desk");
    assert_eq!(desk.count("act"), acts);
    assert_eq!(waits(&mut desk), all);

    let done = desk.done("11:01", confirm(first.number, &[2]));
    assert_eq!(done.text, "Hand-back 1: 1 mark confirmed");
    assert_eq!(waits(&mut desk), [all[0], all[2]]);
    desk.undo("11:02", done.act);
    assert_eq!(waits(&mut desk), all, "a confirmation is taken back");
    desk.done("11:03", confirm(first.number, &[]));
    assert_eq!(waits(&mut desk), [""; 0]);
    assert_eq!(hand_back(&mut desk), None);
    let refused = desk.refused("11:04", confirm(first.number, &[]));
    assert_eq!(refused, "no mark of hand-back 1 is to be confirmed: 3 marks were known to be there already");

    // Taken back here, it has to be told; told again as it was, nothing waits.
    desk.undo("11:05", back);
    assert_eq!(waits(&mut desk).len(), 1);
    let second = hand_back(&mut desk).unwrap();
    assert_eq!(second.rows[0].change.was, Some(mark("M")));
    amended(&mut desk, AMIRA, pm(23), "M");
    assert_eq!(waits(&mut desk), [""; 0], "it holds M");
}

#[test]
fn a_mark_that_changed_since_it_was_handed_back_is_handed_back_again() {
    let mut desk = desk();
    amended(&mut desk, AMIRA, am(23), "I");
    let first = hand_back(&mut desk).unwrap();
    amended(&mut desk, AMIRA, am(23), "M");
    let second = hand_back(&mut desk).unwrap();
    assert_eq!((first.number, second.number), (HandbackId(1), HandbackId(2)));
    // The older one is confirmed: it holds I, and M is still to be told.
    desk.done("11:01", confirm(first.number, &[]));
    assert_eq!(waits(&mut desk), ["Khan, Amira Mon 23 Nov AM: I -> M, rang"]);
    assert_eq!(states(&desk, second.number), [RowState::Waits]);
    desk.done("11:02", confirm(second.number, &[]));
    assert_eq!(waits(&mut desk), [""; 0]);
    // And the other way round: what is confirmed of the newer one is not undone by the older.
    let mut desk = self::desk();
    amended(&mut desk, AMIRA, am(23), "I");
    hand_back(&mut desk).unwrap();
    amended(&mut desk, AMIRA, am(23), "M");
    hand_back(&mut desk).unwrap();
    desk.done("11:01", confirm(HandbackId(2), &[]));
    let refused = desk.refused("11:02", confirm(HandbackId(1), &[]));
    assert!(refused.contains("something later says otherwise"), "{refused}");
    assert_eq!(waits(&mut desk), [""; 0]);
}

#[test]
fn what_the_system_tells_itself_is_known_to_it() {
    let mut desk = desk();
    amended(&mut desk, AMIRA, am(23), "I");
    let first = hand_back(&mut desk).unwrap();
    let import = desk.merge(&marks([("0001", am(23), "I")])).act.unwrap();
    assert_eq!((waits(&mut desk), states(&desk, first.number)), (vec![], vec![RowState::Held]));
    // Taken back, that file has told nothing.
    desk.undo("11:01", import);
    assert_eq!(waits(&mut desk), ["Khan, Amira Mon 23 Nov AM: / -> I, rang"]);
    // Where it says something else since, an older hand-back is no word on it.
    desk.merge(&marks([("0001", am(23), "O")]));
    assert_eq!(waits(&mut desk), ["Khan, Amira Mon 23 Nov AM: O -> I, rang"]);
    assert_eq!(states(&desk, first.number), [RowState::Overtaken]);
    let second = hand_back(&mut desk).unwrap();
    desk.done("11:02", confirm(second.number, &[]));
    // It says O all the same: the keying did not come to anything, or was undone there.
    let saw = desk.merge(&marks([("0001", am(23), "O")]));
    let says = "hand-back 2 is confirmed, and your information system has O all the same, not I";
    assert!(saw.warnings.iter().any(|one| one.text.ends_with(says)), "{:?}", saw.warnings);
    assert_eq!(waits(&mut desk), ["Khan, Amira Mon 23 Nov AM: O -> I, rang"]);
    assert_eq!(states(&desk, second.number), [RowState::Contradicted]);
    assert_eq!(desk.merge(&marks([("0001", am(23), "O")])).act, None, "that is known by now");
    let third = hand_back(&mut desk).unwrap();
    assert_eq!((third.number, third.rows[0].change.contradicted), (HandbackId(3), Some(second.number)));
    desk.undo("11:04", saw.act.unwrap());
    assert_eq!((waits(&mut desk), states(&desk, second.number)), (vec![], vec![RowState::Confirmed]));
}

#[test]
fn what_another_s_file_changes_is_handed_back() {
    let mut desk = desk();
    let before = desk.standing();
    let tracker = |rows: &[(&str, SessionDate, &str)]| of_others(marks(rows.to_vec()));
    let import = desk.merge(&tracker(&[("0001", am(23), "I"), ("0002", am(23), "N"), ("0002", pm(23), "\\")]));
    let lines = waits(&mut desk);
    assert!(lines[0].starts_with("Khan, Amira Mon 23 Nov AM: / -> I") && lines.len() == 2, "{lines:?}");
    assert!(lines[1].starts_with("Khan, Bilal Mon 23 Nov PM: blank -> \\"), "{lines:?}");
    // The system has it by now, it says: the register had it already.
    let file = desk.merge(&marks([("0001", am(23), "I")])).act.unwrap();
    assert_eq!(waits(&mut desk).len(), 1);
    desk.undo("11:02", file);
    assert_eq!(waits(&mut desk).len(), 2);
    desk.undo("11:03", import.act.unwrap());
    assert_eq!((waits(&mut desk), desk.standing()), (vec![], before));
    // Nor does what was released of it for a code.
    let unknown = IncomingUnknown { pupil: key("0002"), at: am(23), raw: "7".to_owned(), minutes: None, by: None };
    desk.merge(&of_others(Incoming { unknown_marks: placed([unknown]), ..Incoming::default() }));
    desk.done("11:04", MapMark { raw: "7".to_owned(), code: code_of("O") });
    assert!(waits(&mut desk)[0].starts_with("Khan, Bilal Mon 23 Nov AM: N -> O"), "{:?}", waits(&mut desk));
}

/// Marks of somebody else than the school's system.
fn of_others(incoming: Incoming) -> Incoming {
    let mark_sources = MarkSources { said: Some(false), ..MarkSources::default() };
    Incoming { mark_sources, ..incoming }
}

#[test]
fn a_hand_back_of_which_something_was_said_since_is_not_given_again() {
    let mut desk = desk();
    amended(&mut desk, AMIRA, pm(23), "O");
    let first = hand_back(&mut desk).unwrap();
    desk.merge(&marks([("0001", pm(23), "O")]));
    desk.merge(&marks([("0001", pm(23), "\\")]));
    assert_eq!(states(&desk, first.number), [RowState::Overtaken]);
    let second = hand_back(&mut desk).unwrap();
    assert_ne!(second.number, first.number, "the old number confirms nothing");
    desk.done("11:01", confirm(second.number, &[]));
    assert_eq!(waits(&mut desk), [""; 0]);
}

#[test]
fn one_number_is_in_every_form_and_what_was_refused_in_one_is_not_confirmed_by_another() {
    let mut desk = desk();
    amended(&mut desk, AMIRA, am(23), "I");
    amended(&mut desk, BILAL, am(23), "I");
    let first = hand_back(&mut desk).unwrap();
    let csv = Asked { form: Form::Csv, ..ALL };
    let again = desk.store.hand_back(&desk.officer, now("11:00"), &csv, &|_| true).unwrap().unwrap();
    assert_eq!(again.number, first.number);
    let one = desk.store.hand_back(&desk.officer, now("11:00"), &csv, &|one| one.pupil == AMIRA).unwrap().unwrap();
    assert_eq!((one.number, one.rows.len()), (HandbackId(2), 1));
    desk.done("11:01", refuse(first.number, &[1]));
    assert_eq!(states(&desk, one.number), [RowState::Refused]);
    assert_eq!(
        desk.refused("11:02", confirm(one.number, &[])),
        "no mark of hand-back 2 is to be confirmed: none waits"
    );
    desk.done("11:03", confirm(one.number, &[1]));
    assert_eq!(waits(&mut desk), ["Khan, Bilal Mon 23 Nov AM: N -> I, rang"], "by name it is");
}

#[test]
fn a_register_from_paper_is_our_own_and_what_a_file_told_lies_beneath_it() {
    let mut desk = Desk::new();
    desk.merge(&marks([("0001", am(23), "N")]));
    let act = desk.done("09:30", paper_register(am(23), &[(AMIRA, "/"), (SIOBHAN, "/")])).act;
    let both = ["Khan, Amira Mon 23 Nov AM: N -> /, marked /", "O'Neill-Smith, Siobhan Mon 23 Nov AM: blank -> /"];
    assert_eq!(waits(&mut desk), both);
    let file = desk.merge(&marks([("0001", am(23), "I")])).act.unwrap();
    assert!(waits(&mut desk).iter().all(|line| !line.contains("N ->")), "it has told I since");
    desk.undo("09:31", file);
    assert!(waits(&mut desk)[0].contains("Amira Mon 23 Nov AM: N -> /"), "the file that was taken back told nothing");
    desk.undo("09:32", act);
    assert_eq!(waits(&mut desk), [""; 0]);
}

#[test]
fn a_mark_that_waited_for_its_code_was_told_when_it_came() {
    let mut desk = Desk::new();
    let unknown = IncomingUnknown { pupil: key("0001"), at: am(23), raw: "7".to_owned(), minutes: None, by: None };
    desk.merge(&Incoming { unknown_marks: placed([unknown]), ..Incoming::default() });
    amended(&mut desk, AMIRA, am(23), "I");
    let first = hand_back(&mut desk).unwrap();
    desk.done("11:01", confirm(first.number, &[]));
    let map = MapMark { raw: "7".to_owned(), code: code_of("O") };
    desk.done("11:02", map);
    assert_eq!(waits(&mut desk), [""; 0], "it was told I since");
}

#[test]
fn a_row_that_the_system_refused_is_kept_out_until_the_mark_is_another() {
    let mut desk = desk();
    amended(&mut desk, AMIRA, am(23), "I");
    amended(&mut desk, BILAL, am(23), "I");
    let first = hand_back(&mut desk).unwrap();
    assert_eq!(desk.refused("11:01", refuse(first.number, &[3])), "hand-back 1 has no row 3");
    assert_eq!(desk.refused("11:01", refuse(HandbackId(9), &[1])), "there is no such hand-back");
    let act = desk.done("11:01", refuse(first.number, &[1])).act;
    assert_eq!(waits(&mut desk), ["Khan, Bilal Mon 23 Nov AM: N -> I, rang"]);
    desk.done("11:02", confirm(first.number, &[]));
    assert_eq!(states(&desk, first.number), [RowState::Refused, RowState::Confirmed], "all are those that wait");
    let kept = desk.store.to_hand_back(now("11:02"), (None, None)).unwrap().refused;
    assert_eq!((kept.len(), kept[0].1.as_str()), (1, "the term is locked there"));
    desk.undo("11:03", act);
    assert_eq!(waits(&mut desk).len(), 1);
    desk.done("11:04", refuse(first.number, &[1]));
    amended(&mut desk, AMIRA, am(23), "M");
    assert_eq!(waits(&mut desk), ["Khan, Amira Mon 23 Nov AM: / -> M, rang"]);
}

#[test]
fn neither_what_is_to_come_nor_a_day_without_school_is_handed_back() {
    let mut desk = Desk::new();
    desk.done("08:10", report(&[AMIRA], "I", am(24), pm(26)));
    let sessions = |desk: &mut Desk, at: &str| -> Vec<String> {
        desk.store.day(november(24)).unwrap();
        let found = desk.store.to_hand_back(now(at), (None, None)).unwrap();
        found.changes.iter().map(|one| one.at.to_string()).collect()
    };
    assert_eq!(sessions(&mut desk, "08:15"), [""; 0], "no session has begun");
    assert_eq!(sessions(&mut desk, "11:00"), ["Tue 24 Nov AM"]);
    assert_eq!(sessions(&mut desk, "15:00"), ["Tue 24 Nov AM", "Tue 24 Nov PM"]);
    let until = |day: u32| (None, Some(november(day)));
    assert_eq!(desk.store.to_hand_back(now("15:00"), until(23)).unwrap().changes, []);
}

#[derive(Clone, Debug)]
enum Step {
    /// The other system has this mark, and its file is brought in.
    Import(usize, usize),
    /// Somebody else's file is.
    Tracker(usize, usize),
    /// The office decides.
    Amend(usize, usize),
    /// A register from paper.
    Paper(usize, usize),
    /// The last act but so many is taken back, if it is one of the office.
    Undo(usize),
    HandBack,
    /// Of the last hand-back but so many all that waits is confirmed, or one row of it.
    Confirm(usize, Option<i64>),
    /// The last confirmation is taken back.
    TakeBack,
    Refuse(usize, i64),
}

const CODES: [[&str; 4]; 2] = [["/", "I", "O", "L 5"], ["\\", "I", "O", "L 5"]];
const PUPILS: [(PupilId, &str); 2] = [(AMIRA, "0001"), (LOUIS, "0004")];

fn place(of: usize) -> (PupilId, &'static str, SessionDate, [&'static str; 4]) {
    let (pupil, number) = PUPILS[of % 2];
    (pupil, number, if of < 2 { am(23) } else { pm(23) }, CODES[of / 2])
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0..4_usize, 0..4_usize).prop_map(|(of, to)| Step::Import(of, to)),
        2 => (0..4_usize, 0..4_usize).prop_map(|(of, to)| Step::Tracker(of, to)),
        4 => (0..4_usize, 0..4_usize).prop_map(|(of, to)| Step::Amend(of, to)),
        1 => (0..4_usize, 0..4_usize).prop_map(|(of, to)| Step::Paper(of, to)),
        2 => (0..4_usize).prop_map(Step::Undo),
        3 => Just(Step::HandBack),
        3 => (0..3_usize, prop::option::of(1..4_i64)).prop_map(|(back, row)| Step::Confirm(back, row)),
        1 => Just(Step::TakeBack),
        1 => (0..2_usize, 1..3_i64).prop_map(|(back, row)| Step::Refuse(back, row)),
    ];
    prop::collection::vec(step, 1..24)
}

/// The marks that the other system holds.
type Holds = BTreeMap<(i64, SessionDate), Mark>;

/// The other system: what it holds, and what each confirmation that can be taken back replaced.
#[derive(Default)]
struct Other {
    holds: Holds,
    confirmed: Vec<(ActId, Holds)>,
}

/// Confirm, and let the other system have what that confirmed: nothing that it holds already.
fn confirmed(desk: &mut Desk, other: &mut Other, number: HandbackId, rows: &[i64]) {
    let before = states(desk, number);
    let Ok(receipt) = desk.perform("11:30", &confirm(number, rows).into()) else { return };
    let held = other.holds.clone();
    for (row, was) in desk.store.handback(number).unwrap().unwrap().rows.iter().zip(before) {
        if row.state == RowState::Confirmed && was != RowState::Confirmed {
            let (of, now) = ((row.change.pupil.0, row.change.at), row.change.now);
            assert_ne!(other.holds.get(&of).copied(), now, "nothing is told twice");
            match now {
                Some(mark) => other.holds.insert(of, mark),
                None => other.holds.remove(&of),
            };
        }
    }
    other.confirmed.push((receipt.act, held));
}

fn step(desk: &mut Desk, other: &mut Other, step: &Step) {
    let last = |desk: &Desk, back: usize| desk.store.handbacks().unwrap().iter().rev().nth(back).map(|one| one.number);
    match step {
        Step::Import(of, to) => {
            let (pupil, number, at, codes) = place(*of);
            let moved = desk.merge(&marks([(number, at, codes[*to])])).moved();
            let held = other.holds.insert((pupil.0, at), mark(codes[*to]));
            if moved || held != Some(mark(codes[*to])) {
                // What it replaced is nothing to go back to.
                other.confirmed.clear();
            }
        }
        Step::Tracker(of, to) => {
            let (_, number, at, codes) = place(*of);
            desk.merge(&of_others(marks([(number, at, codes[*to])])));
        }
        Step::Amend(of, to) => {
            let (pupil, _, at, codes) = place(*of);
            let act = amend(pupil, at, codes[*to], "rang", desk.revision(pupil, at));
            drop(desk.perform("11:00", &act));
        }
        Step::Paper(of, to) => {
            let (pupil, _, at, codes) = place(*of);
            drop(desk.perform("11:00", &paper_register(at, &[(pupil, codes[*to])]).into()));
        }
        Step::Undo(back) => {
            let acts = desk.ask("SELECT id FROM act WHERE kind IN ('amend', 'register') ORDER BY id DESC");
            if let Some(Some(act)) = acts.get(*back).map(|row| row[0].clone()) {
                drop(desk.perform("11:10", &Undo { act: ActId(act.parse().unwrap()) }.into()));
            }
        }
        Step::HandBack => drop(hand_back(desk)),
        Step::Confirm(back, row) => {
            let Some(number) = last(desk, *back) else { return };
            confirmed(desk, other, number, &row.iter().copied().collect::<Vec<_>>());
        }
        Step::TakeBack => {
            let Some((act, held)) = other.confirmed.pop() else { return };
            desk.undo("11:40", act);
            other.holds = held;
        }
        Step::Refuse(back, row) => {
            let Some(number) = last(desk, *back) else { return };
            drop(desk.perform("11:50", &refuse(number, &[*row]).into()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 400, ..ProptestConfig::default() })]

    /// Whatever is brought in, decided, taken back, handed back and confirmed, in any order: the other system, told each row once when
    /// it is confirmed, ends with the marks of the record; but for those that it refused.
    #[test]
    fn the_other_system_ends_with_the_marks_of_the_record(steps in steps()) {
        let (mut desk, mut other) = (Desk::new(), Other::default());
        for one in &steps {
            step(&mut desk, &mut other, one);
            desk.store.day(november(24)).unwrap();
            let found = desk.store.to_hand_back(now("12:00"), (None, None)).unwrap();
            for change in found.changes.iter().chain(found.refused.iter().map(|(change, _)| change)) {
                let of = (change.pupil.0, change.at);
                prop_assert_eq!(change.was, other.holds.get(&of).copied(), "{:?}: what it holds is known", one);
            }
        }
        if let Some(made) = hand_back(&mut desk) {
            confirmed(&mut desk, &mut other, made.number, &[]);
        }
        let found = desk.store.to_hand_back(now("12:00"), (None, None)).unwrap();
        prop_assert_eq!(&found.changes, &[]);
        let refused: BTreeSet<_> = found.refused.iter().map(|(change, _)| (change.pupil.0, change.at)).collect();
        let day = desk.store.day(november(23)).unwrap();
        for of in (0..4).map(place) {
            let ours = day.mark(of.0, of.2.session).settled;
            if !refused.contains(&(of.0.0, of.2)) {
                prop_assert_eq!(ours, other.holds.get(&(of.0.0, of.2)).copied(), "{:?}", of.2);
            }
        }
    }
}
