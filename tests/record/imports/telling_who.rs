//! What an import tells of who is who: no stranger becomes a sibling, and no pupil another.

use chrono::NaiveDate;
use firstbell::domain::calendar::Closure;
use firstbell::domain::incoming::{
    Incoming, IncomingContact, IncomingDates, IncomingFlags, IncomingGroup, IncomingPupil, PupilKey,
};
use firstbell::domain::people::pupil::Flag;

use super::telling::*;
use crate::support::*;

#[test]
fn a_word_that_several_files_give_as_household_is_no_family() {
    let mut desk = Desk::new();
    let of = |letter: &str| {
        let one = |n| {
            let household = Some("School House".to_owned());
            IncomingPupil { household, surname: format!("{letter}{n}"), ..row(&format!("{letter}{n}"), "Ivy") }
        };
        pupils((0..8).map(one).collect::<Vec<_>>())
    };
    assert_eq!(desk.merge(&of("Q")).pupils.new, 8);
    let text = "2: 16 pupils would have the household “School House”, and are not taken for one family";
    let siblings = || "pupil p JOIN household h ON h.id = p.household WHERE h.key = 'School House'";
    for new in [8, 0] {
        let merged = desk.merge(&of("R"));
        let warnings: Vec<String> = warned(&merged).into_iter().filter(|one| one.contains("School House")).collect();
        assert_eq!((merged.pupils.new, warnings), (new, vec![text.to_owned()]));
        assert_eq!(desk.count(siblings()), 8, "nobody of the second file is a sibling by it");
    }
    assert!(!desk.merge(&of("Q")).moved(), "the first file says what is held");
}

#[test]
fn two_rows_of_a_file_that_close_one_day_leave_it_as_the_first_has_it() {
    let mut desk = Desk::new();
    let closed = |kind, name: &str, from, until| {
        let name = name.to_owned();
        IncomingDates::Closed { from: november(from), until: november(until), kind, name }
    };
    let rows = [closed(Closure::Inset, "Training", 26, 26), closed(Closure::Planned, "Works", 25, 27)];
    let file = Incoming { calendar: placed(rows), ..Incoming::default() };
    let text = "3: Thu 26 Nov 2026 is closed by school.csv line 2 for another reason, which is kept";
    for new in [3, 0] {
        let merged = desk.merge(&file);
        assert_eq!((merged.calendar.new, merged.calendar.changed, warned(&merged)), (new, 0, vec![text.to_owned()]));
    }
}

#[test]
fn flags_that_are_taken_off_are_told_by_name() {
    let mut desk = Desk::new();
    let set = |flags: &[Flag]| {
        let row = IncomingFlags { pupil: key("0001"), flags: flags.to_vec() };
        Incoming { flags: placed([row]), ..Incoming::default() }
    };
    desk.merge(&set(&[Flag::ChildProtection, Flag::SenSupport]));
    assert_eq!(desk.merge(&set(&[])).changes, ["Khan, Amira 8KM: flags: CP SEN → nothing"]);
}

#[test]
fn contacts_and_flags_of_a_number_that_a_refused_row_gives_to_another_child_are_refused() {
    let mut desk = Desk::new();
    let other = IncomingPupil { surname: "Nobody".to_owned(), forename: "Nora".to_owned(), ..row("0001", "") };
    let contact_row = |number: &str| IncomingContact {
        pupil: key(number),
        order: 1,
        name: "Ms Nobody".to_owned(),
        ..Default::default()
    };
    let files = Incoming {
        contacts: placed([contact_row("0001"), contact_row("0002")]),
        flags: placed([IncomingFlags { pupil: key("0001"), flags: vec![Flag::InNeed] }]),
        ..pupils([other])
    };
    let before = desk.count("contact WHERE pupil = 1 AND gone = 0");
    let merged = desk.merge(&files);
    let text = "2 pupil: school.csv line 2 gives this number to another, and was refused: put that row right first";
    assert_eq!(reasons(&merged)[1..], [text, text]);
    assert_eq!((desk.count("contact WHERE pupil = 1 AND gone = 0"), merged.flags.new), (before, 0));
    assert_eq!(desk.count("contact WHERE pupil = 2 AND name = 'Ms Nobody'"), 1);
}

#[test]
fn a_first_day_put_later_is_told_and_a_last_day_before_it_refused() {
    let mut desk = Desk::new();
    desk.merge(&marks([("0001", am(20), "/"), ("0001", am(23), "/")]));
    let amira = || IncomingPupil { from: None, ..incoming().pupils.remove(0).1 };
    let merged = desk.merge(&pupils([IncomingPupil { until: NaiveDate::from_ymd_opt(2026, 7, 1), ..amira() }]));
    assert!(reasons(&merged)[0].starts_with("2 until: the last day on roll is before the first, "));
    assert!(!merged.moved());
    let merged = desk.merge(&pupils([IncomingPupil { from: Some(november(23)), ..amira() }]));
    let text = "2: Khan, Amira 8KM: 1 mark lies before the first day and counts in nothing: look whether Mon 23 Nov 2026 is right";
    assert_eq!(warned(&merged), [text]);
    assert_eq!(warned(&desk.merge(&pupils([IncomingPupil { from: Some(november(23)), ..amira() }]))), [""; 0]);
}

#[test]
fn a_tutor_group_written_otherwise_is_no_second_register() {
    let mut desk = Desk::new();
    let groups = desk.count("tutor_group");
    for written in ["8km", "8 KM", "08KM", "8Km"] {
        let files = Incoming {
            groups: placed([IncomingGroup { name: written.to_owned(), ..Default::default() }]),
            ..pupils([IncomingPupil { group: Some(written.to_owned()), ..incoming().pupils.remove(0).1 }])
        };
        let merged = desk.merge(&files);
        let text = format!(
            "2: \u{201c}{written}\u{201d} is taken for the tutor group 8KM: if it is another, give it another name"
        );
        assert_eq!((warned(&merged), merged.moved()), (vec![text], false));
    }
    assert_eq!(desk.count("tutor_group"), groups);
    let other = pupils([IncomingPupil { group: Some("8-KM".to_owned()), ..incoming().pupils.remove(0).1 }]);
    assert_eq!(desk.merge(&other).groups.new, 1, "a sign may part two groups");
}

#[test]
fn a_number_with_another_name_and_another_upn_is_no_pupil_on_the_roll() {
    let mut desk = Desk::new();
    let twin = |upn: &str, forename: &str| {
        pupils([IncomingPupil { key: PupilKey { upn: Some(upn.to_owned()), ..key("Q1") }, ..row("", forename) }])
    };
    desk.merge(&twin("B801200005001", "Una"));
    let merged = desk.merge(&twin("E12345678901X", "Vic"));
    let warnings = reasons(&merged);
    assert!(warnings[0].starts_with("2 pupil: Q1 is Quill, Una on the roll: check whether"), "{warnings:?}");
    assert!(!merged.moved());
    assert_eq!(desk.merge(&twin("E12345678901X", "Una")).pupils.changed, 1, "a UPN that was temporary");
    assert_eq!(desk.merge(&twin("E12345678901X", "Unity")).pupils.changed, 1, "a name put right");
}

#[test]
fn where_a_row_of_contacts_is_refused_the_contacts_stay_as_they_are() {
    let mut desk = Desk::new();
    let of = |rows: Vec<IncomingContact>| Incoming { contacts: placed(rows), ..Incoming::default() };
    desk.merge(&of(vec![contact("0001", 1, "Mr Khan"), contact("0001", 2, "Ms Begum")]));
    let names =
        |desk: &mut Desk| desk.ask("SELECT name FROM contact WHERE pupil = 1 AND gone = 0 ORDER BY place").concat();
    let stand = names(&mut desk);
    // The first row was refused: whom it names is not known.
    let refused_contacts = vec![(placed([()]).remove(0).0, key("0001"))];
    let one_refused =
        Incoming { refused_contacts, ..of(vec![contact("0001", 2, "Ms Ali"), contact("0003", 1, "Mrs Roe")]) };
    let merged = desk.merge(&one_refused);
    assert_eq!(names(&mut desk), stand);
    let why = "line 2, of the same pupil's contacts, was refused: all of them stay as they are until it is put right";
    assert_eq!(merged.rejects.iter().map(|one| one.reason.as_str()).collect::<Vec<_>>(), [why]);
    assert_eq!(merged.contacts.new, 1, "another's are taken");
}
