//! Marks of files that are no code: they wait, are released as evidence or dropped, and every step is taken back.

use firstbell::domain::act::{DropMarks, MapMark, Undo};
use firstbell::domain::incoming::{Incoming, IncomingUnknown};
use firstbell::domain::school::staff::Role;

use super::unimporting::{as_a, import, last};
use crate::support::*;

fn unknown<'a>(rows: impl IntoIterator<Item = (&'a str, u32, &'a str)>) -> Incoming {
    let one = |(number, day, raw): (&str, u32, &str)| IncomingUnknown {
        pupil: key(number),
        at: am(day),
        raw: raw.to_owned(),
        minutes: None,
        by: None,
    };
    Incoming { unknown_marks: placed(rows.into_iter().map(one)), ..Incoming::default() }
}

fn map(raw: &str, code: &str) -> MapMark {
    MapMark { raw: raw.to_owned(), code: code_of(code) }
}

fn drop_all(raw: &str) -> DropMarks {
    DropMarks { raw: raw.to_owned(), reason: "typing".to_owned() }
}

/// "Khan, Amira Tue 24 Nov AM 7", in order.
fn waiting(desk: &Desk) -> Vec<String> {
    let roll = desk.store.roll();
    let name = |id| roll.pupil(id).unwrap().list_name();
    desk.store
        .waiting_marks()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {}", name(one.pupil), one.of, one.raw))
        .collect()
}

#[test]
fn they_wait_and_are_released_as_a_tutor_s_marks() {
    let mut desk = Desk::new();
    desk.done("08:57", arrival(LOUIS, "08:57"));
    let files = unknown([("0001", 24, "7"), ("0004", 24, "7"), ("0002", 23, "8"), ("99", 24, "7")]);
    let merged = desk.merge(&files);
    assert_eq!((merged.quarantine.new, merged.rejects.len()), (3, 1));
    let wait = |raw: &str, many: &str| {
        format!("“{raw}” is not an attendance code: {many} until “firstbell quarantine map” says what it means")
    };
    assert_eq!(
        warned(&merged),
        [format!("2: {}", wait("7", "2 marks wait")), format!("4: {}", wait("8", "1 mark waits"))]
    );
    assert_eq!(desk.mark(AMIRA, am(24)), "blank");
    let again = desk.merge(&files);
    assert_eq!((again.quarantine.same, again.moved()), (3, false), "a second run changes nothing");

    let done = desk.done("09:30", map("7", "I"));
    assert_eq!(done.text, "“7” in files is I from now on: 2 marks released");
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(LOUIS, am(24))], ["I", "L 17 min"], "weighed like any other");
    assert_eq!(waiting(&desk), ["Khan, Bilal Mon 23 Nov AM 8"]);
    desk.sound();
    let undone = desk.undo("09:31", done.act);
    assert_eq!((waiting(&desk).len(), desk.mark(AMIRA, am(24))), (3, "blank".to_owned()));
    assert_eq!(desk.store.mark_meanings().unwrap(), []);
    desk.undo("09:32", undone.act);
    assert_eq!((waiting(&desk).len(), desk.mark(AMIRA, am(24))), (1, "I".to_owned()));
    assert_eq!(desk.refused("09:33", map("7", "I")), "“7” is I already");
    assert_eq!(desk.refused("09:33", map("N", "I")), "N is an attendance code itself, and is read as it stands");
    assert_eq!(desk.refused("09:33", map("7", "&")), "& is not an attendance code");
}

#[test]
fn another_meaning_settles_anew_what_the_first_released() {
    let mut desk = Desk::new();
    desk.merge(&unknown([("0001", 24, "VV"), ("0004", 24, "VV"), ("0002", 24, "VV"), ("0001", 23, "VV")]));
    desk.done("09:30", map("VV", "O"));
    // What somebody else has said since is theirs.
    desk.merge(&marks([("0004", am(24), "M")]));
    let second = desk.done("09:40", map("VV", "I"));
    assert_eq!(second.text, "“VV” in files is I from now on, and no longer O: 3 marks settled anew");
    let but = "files that came meanwhile were read with it as O: if they had this mark, import them again";
    assert_eq!(second.but.as_deref(), Some(but));
    let held = |desk: &mut Desk| {
        [(AMIRA, 24), (LOUIS, 24), (BILAL, 24), (AMIRA, 23)].map(|(who, day)| desk.mark(who, am(day)))
    };
    assert_eq!(held(&mut desk), ["I", "M", "I", "I"]);
    desk.sound();
    let undone = desk.undo("09:41", second.act);
    assert_eq!(held(&mut desk), ["O", "M", "O", "O"]);
    desk.undo("09:42", undone.act);
    assert_eq!(held(&mut desk), ["I", "M", "I", "I"]);
    let third = desk.done("09:43", map("VV", "L")).act;
    assert_eq!(held(&mut desk), ["L", "M", "L", "L"]);
    desk.undo("09:44", third);
    assert_eq!(held(&mut desk), ["I", "M", "I", "I"]);
    assert_eq!(waiting(&desk), [""; 0]);
}

#[test]
fn a_code_that_no_pupil_can_be_given_today_is_no_meaning() {
    let mut desk = Desk::new();
    desk.merge(&unknown([("0001", 24, "7")]));
    assert_eq!(
        desk.refused("09:30", map("7", "H")),
        "code H is not in use on 2026-11-24: it was retired on 18 Aug 2024"
    );
    let never = "is never one pupil's mark: closed days come with the calendar, first days on roll with the pupils";
    assert_eq!(desk.refused("09:30", map("7", "#")), format!("code # {never}"));
    assert_eq!(desk.refused("09:30", map("7", "Z")), format!("code Z {never}"));
    assert_eq!(desk.store.mark_meanings().unwrap(), []);
}

#[test]
fn a_mark_is_meant_as_the_file_has_it_and_one_that_waits_nowhere_is_said_to() {
    let mut desk = Desk::new();
    desk.merge(&unknown([("0001", 24, "ZZ"), ("0002", 24, "ZZ")]));
    let says = "no mark “zz” waits, but 2 do that are “ZZ”: write it with its capitals as the file has it";
    assert_eq!(desk.refused("09:30", map("zz", "I")), says);
    assert_eq!(desk.refused("09:30", drop_all("zz")), says);
    let ahead = desk.done("09:31", map("7", "I")).text;
    assert_eq!(ahead, "“7” in files is I from now on: no such mark waits, and files that come later are read so");
}

#[test]
fn a_later_file_is_read_by_the_meaning_and_says_so() {
    let mut desk = Desk::new();
    let first = desk.done("08:00", map("7", "I")).act;
    let merged = desk.merge(&unknown([("0001", 24, "7"), ("0004", 24, "7"), ("0002", 23, "8")]));
    assert_eq!((merged.marks.new, merged.quarantine.new), (2, 1));
    assert!(warned(&merged).contains(&"2: “7” is read as I, as “firstbell quarantine map” has it: 2 marks".to_owned()));
    assert_eq!(desk.mark(LOUIS, am(24)), "I");
    // Another meaning takes the place of the first, which stands again when that is taken back.
    let second = desk.done("09:30", map("7", "M")).act;
    let text = desk.refused("09:31", Undo { act: first });
    assert_eq!(text, "“7” was given another meaning since: take that back first");
    desk.undo("09:32", second);
    let meanings = desk.store.mark_meanings().unwrap();
    assert_eq!(meanings.iter().map(|one| (one.raw.as_str(), one.code)).collect::<Vec<_>>(), [("7", code_of("I"))]);
    desk.undo("09:33", first);
    assert_eq!(desk.mark(LOUIS, am(24)), "I", "what the file brought stays: it is taken back by itself");
}

#[test]
fn they_are_dropped_for_a_reason_and_do_not_come_back() {
    let mut desk = Desk::new();
    let files = unknown([("0001", 24, "7"), ("0004", 24, "7")]);
    desk.merge(&files);
    let dropped = desk.done("09:30", drop_all("7"));
    assert_eq!(dropped.text, "2 marks “7” dropped: typing");
    assert_eq!(waiting(&desk), [""; 0]);
    assert!(!desk.merge(&files).moved(), "the same files again");
    assert_eq!(desk.refused("09:31", drop_all("7")), "no mark “7” waits");
    let undone = desk.undo("09:32", dropped.act);
    assert_eq!(waiting(&desk).len(), 2);
    desk.undo("09:33", undone.act);
    assert_eq!(waiting(&desk), [""; 0]);
    // One that comes later waits.
    desk.merge(&unknown([("0001", 23, "7")]));
    assert_eq!(waiting(&desk), ["Khan, Amira Mon 23 Nov AM 7"]);
}

#[test]
fn what_is_said_since_takes_the_place_of_what_waits() {
    let mut desk = Desk::new();
    desk.merge(&unknown([("0001", 24, "7"), ("0002", 24, "7"), ("0004", 24, "7")]));
    let by_file = import(&mut desk, "08:00", &marks([("0001", am(24), "/")]));
    assert_eq!(waiting(&desk).len(), 2, "a file has said what Amira's is");
    let undone = desk.undo("08:01", by_file).act;
    assert_eq!(waiting(&desk).len(), 3);
    desk.undo("08:02", undone);
    assert_eq!(waiting(&desk).len(), 2);
    desk.merge(&unknown([("0002", 24, "8")]));
    assert_eq!(waiting(&desk), ["D’Arcy, Louis Tue 24 Nov AM 7", "Khan, Bilal Tue 24 Nov AM 8"].map(str::to_owned));
    desk.done("08:50", register(G8KM, am(24), &[(LOUIS, "/")]));
    let done = desk.done("09:30", map("7", "I"));
    assert_eq!(done.but.as_deref(), Some("for 1 mark a register that came later has said what it is"));
    assert_eq!(desk.mark(LOUIS, am(24)), "/");
}

#[test]
fn an_import_goes_back_with_what_waits_of_it_unless_that_was_answered() {
    let mut desk = Desk::new();
    let act = import(&mut desk, "08:00", &unknown([("0001", 24, "7")]));
    let undone = desk.undo("08:01", act).act;
    assert_eq!(waiting(&desk), [""; 0]);
    desk.undo("08:02", undone);
    let act = last(&desk);
    assert_eq!(waiting(&desk).len(), 1);
    let mapped = desk.done("09:30", map("7", "I")).act;
    let text = desk.refused("09:31", Undo { act });
    let why = "marks of it that waited for their code were answered since, by \u{201c}reading of \u{201c}7\u{201d} in files as I\u{201d}";
    assert!(text.starts_with(why), "{text}");
    desk.undo("09:32", mapped);
    desk.undo("09:33", act);
    assert_eq!(waiting(&desk), [""; 0]);
}

#[test]
fn a_lead_says_what_a_mark_means_and_no_lesser_role() {
    let mut desk = Desk::new();
    desk.merge(&unknown([("0001", 24, "7")]));
    for (act, called) in
        [(map("7", "I").into(), "say what a mark of a file stands for"), (drop_all("7").into(), "drop marks of a file")]
    {
        let refusal = desk.store.perform(&as_a(Role::Officer), now("09:30"), &act).unwrap_err().to_string();
        assert_eq!(refusal, format!("“{called}” is for a lead: this login is an officer's"));
    }
    desk.store.perform(&as_a(Role::Lead), now("09:30"), &map("7", "I").into()).unwrap();
}
