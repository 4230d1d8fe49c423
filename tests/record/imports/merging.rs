//! Merging files: every row used or refused by name, and a second run changes nothing.

use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::Closure;
use firstbell::domain::calendar::session::SessionDate;
use firstbell::domain::incoming::{
    Incoming, IncomingContact, IncomingDates, IncomingFlags, IncomingMark, IncomingPupil, IncomingStaff, PupilKey,
};
use firstbell::domain::people::pupil::Flag;
use firstbell::store::merge::{Count, Merged};

use crate::support::*;

fn reasons(merged: &Merged) -> Vec<String> {
    merged
        .rejects
        .iter()
        .map(|row| format!("{} {} {}: {}", row.place.line, row.column, row.value, row.reason))
        .collect()
}

#[test]
fn a_second_run_changes_nothing_not_even_the_journal() {
    let mut desk = Desk::new();
    let mut files = incoming();
    files.marks = marks([("0001", am(23), "/"), ("0002", am(23), "N")]).marks;
    files.flags = placed([IncomingFlags { pupil: key("0001"), flags: vec![Flag::ChildProtection] }]);
    files.staff = placed([IncomingStaff { name: "Mrs Kemp".to_owned(), ..Default::default() }]);
    assert!(desk.merge(&files).moved());
    let before = desk.dump();
    let merged = desk.merge(&files);
    assert_eq!(desk.dump(), before);
    assert!(!merged.moved());
    assert_eq!(merged.pupils, Count { same: 10, ..Count::default() });
    assert_eq!((merged.marks.same, merged.contacts.same, merged.flags.same, merged.staff.same), (2, 3, 1, 1));
    assert!(merged.rejects.is_empty());
}

#[test]
fn a_dry_run_tells_all_and_writes_nothing() {
    let mut desk = Desk::new();
    let before = desk.dump();
    let files = marks([("0001", am(23), "/"), ("404", am(23), "/")]);
    let mut steps = 0;
    let dry = desk.store.merge(&desk.officer, now("07:00"), &files, true, &mut |_, _| steps += 1).unwrap();
    assert_eq!((dry.marks.new, dry.rejects.len(), steps), (1, 1, 2));
    assert_eq!(desk.dump(), before);
    let mut done = desk.merge(&files);
    assert!(done.act.take().is_some() && dry.act.is_none());
    assert_eq!(done, dry, "the run does what the dry run said");
}

#[test]
fn a_changed_row_says_what_changed() {
    let mut desk = Desk::new();
    let moved = IncomingPupil { forename: "Amirah".to_owned(), group: Some("9TR".to_owned()), ..amira() };
    let merged = desk.merge(&pupils([moved]));
    assert_eq!(
        merged.changes,
        ["Khan, Amirah: forename: Amira \u{2192} Amirah", "Khan, Amirah: tutor group: 8KM \u{2192} 9TR"]
    );
    let day = desk.store.day(november(24)).unwrap();
    let pupil = day.roll.pupil(AMIRA).unwrap();
    assert_eq!((pupil.list_name().as_str(), pupil.group), ("Khan, Amirah", Some(G9TR)));
}

#[test]
fn a_pupil_who_comes_back_or_stays_after_all_is_on_roll() {
    let mut desk = Desk::new();
    let leaver = |from, until, stays| {
        let key = key("0010");
        let row = incoming().pupils.into_iter().find(|(_, row)| row.key == key).unwrap().1;
        pupils([IncomingPupil { from, until, stays, ..row }])
    };
    let last_day = |desk: &mut Desk| desk.store.day(november(24)).unwrap().roll.pupil(LEAVER).unwrap().until;
    assert!(!desk.merge(&leaver(None, None, false)).moved(), "a file without last days leaves them");
    assert_eq!(last_day(&mut desk), Some(november(27)));
    let expected = ["Oldman, Kit: last day: 2026-11-27 \u{2192} nothing"];
    assert_eq!(desk.merge(&leaver(None, None, true)).changes, expected);
    assert_eq!(last_day(&mut desk), None);
    assert!(!desk.merge(&leaver(None, None, true)).moved());
    desk.merge(&leaver(None, Some(november(27)), false));
    desk.merge(&leaver(Some(november(30)), None, false));
    assert_eq!(last_day(&mut desk), None, "nobody comes after their last day");
}

#[test]
fn pupils_whom_no_register_asks_for_are_told() {
    let mut desk = Desk::new();
    let new = |number| IncomingPupil { key: key(number), group: None, ..amira() };
    let warned = |merged: Merged| merged.warnings.into_iter().map(|one| one.text).collect::<Vec<_>>();
    let text = "2 pupils in this file are in no tutor group, Khan, Amira first: no register asks whether they are in";
    assert_eq!(warned(desk.merge(&pupils([new("0001"), new("0018"), new("0019")]))), [text]);
    let grouped = ["0018", "0019"].map(|number| IncomingPupil { key: key(number), ..amira() });
    assert_eq!(warned(desk.merge(&pupils(grouped))), [""; 0]);
}

#[test]
fn a_contact_that_goes_or_is_replaced_is_kept_for_the_calls_that_name_it() {
    let mut desk = Desk::new();
    let malik = IncomingContact { phones: Some(vec!["0113 496 0009".to_owned()]), ..contact("0001", 1, "Mrs Malik") };
    let merged = desk.merge(&Incoming { contacts: placed([malik]), ..Incoming::default() });
    assert_eq!(merged.contacts, Count { new: 1, gone: 2, ..Count::default() });
    let day = desk.store.day(november(24)).unwrap();
    let names: Vec<_> = day.roll.contacts(AMIRA).iter().map(|contact| contact.name.as_str()).collect();
    assert_eq!(names, ["Mrs Malik"]);
    assert_eq!(day.roll.contacts(BILAL).len(), 1, "a pupil the file does not name keeps theirs");
    assert_eq!(desk.count("contact"), 4);
}

#[test]
fn a_note_on_a_contact_stands_until_a_file_gives_another() {
    let mut desk = Desk::new();
    let merge = |desk: &mut Desk, note: Option<&str>| {
        let mother = IncomingContact { note: note.map(str::to_owned), ..contact("0001", 1, "Mrs Khan") };
        desk.merge(&Incoming { contacts: placed([mother]), ..Incoming::default() });
        let day = desk.store.day(november(24)).unwrap();
        day.roll.contacts(AMIRA)[0].note.clone()
    };
    assert_eq!(merge(&mut desk, Some("speaks Urdu")).as_deref(), Some("speaks Urdu"));
    assert_eq!(merge(&mut desk, None).as_deref(), Some("speaks Urdu"), "a file that does not say leaves it");
    assert_eq!(merge(&mut desk, Some("rings back")).as_deref(), Some("rings back"));
}

#[test]
fn two_contacts_in_one_place_are_not_both_used() {
    let mut desk = Desk::new();
    let contacts = placed([contact("0001", 1, "Mrs Khan"), contact("0001", 1, "Mrs Malik")]);
    let merged = desk.merge(&Incoming { contacts, ..Incoming::default() });
    let why = "line 3, of the same pupil's contacts, was refused: all of them stay as they are until it is put right";
    let warnings =
        ["3 order 1: the pupil has another contact in this place".to_owned(), format!("2 name Mrs Khan: {why}")];
    assert_eq!((reasons(&merged), merged.moved()), (warnings.to_vec(), false));
}

#[test]
fn a_number_that_is_another_pupil_s_is_refused() {
    let mut desk = Desk::new();
    let upn = Some("B801200005001".to_owned());
    desk.merge(&pupils([IncomingPupil { key: PupilKey { upn: upn.clone(), ..key("0001") }, ..amira() }]));
    let stranger = |number: &str| IncomingPupil {
        key: PupilKey { upn: upn.clone(), ..key(number) },
        surname: "Strange".to_owned(),
        forename: "Sam".to_owned(),
        ..IncomingPupil::default()
    };
    let clash = "upn B801200005001: another pupil has this number";
    let merged = desk.merge(&pupils([stranger("0002"), stranger("0099")]));
    assert_eq!(reasons(&merged), [format!("2 {clash}"), format!("3 {clash}")]);
    let mut contact_row = contact("0099", 1, "Mrs Strange");
    contact_row.pupil.upn = upn;
    let merged = desk.merge(&Incoming { contacts: placed([contact_row]), ..Incoming::default() });
    assert_eq!(reasons(&merged), ["2 pupil 0099: no pupil on the roll has this number: import the pupils first"]);
    let day = desk.store.day(november(24)).unwrap();
    assert_eq!(day.roll.pupil(AMIRA).unwrap().list_name(), "Khan, Amira");
}

#[test]
fn a_pupil_on_two_lines_is_taken_from_the_first() {
    let mut desk = Desk::new();
    let other = IncomingPupil { forename: "Amirah".to_owned(), ..amira() };
    let merged = desk.merge(&pupils([amira(), other]));
    assert_eq!(reasons(&merged), ["3 pupil Khan, Amirah: this pupil is on line 2 already"]);
    assert!(!merged.moved());
    let mut files = pupils([amira(), IncomingPupil { forename: "Amirah".to_owned(), ..amira() }]);
    files.pupils[1].0.file = "other.csv".to_owned();
    let warnings = reasons(&desk.merge(&files));
    assert_eq!(warnings, ["3 pupil Khan, Amirah: this pupil is on line 2 of school.csv already"]);
}

#[test]
fn two_of_the_staff_may_share_a_name() {
    let mut desk = Desk::new();
    let one = |id: &str| IncomingStaff { source_id: Some(id.to_owned()), name: "Mr Obi".to_owned(), post: None };
    let files = Incoming { staff: placed([one("s1"), one("s2")]), ..Incoming::default() };
    assert_eq!(desk.merge(&files).staff.new, 2);
    assert_eq!(desk.merge(&files).staff.same, 2);
}

#[test]
fn marks_that_cannot_stand_are_refused_by_name() {
    let mut desk = Desk::new();
    let merged = desk.merge(&marks([
        ("404", am(23), "/"),
        ("0001", am(22), "/"),
        ("0001", am(2), "/"),
        ("0009", am(23), "/"),
        ("0001", pm(23), "/"),
        ("0001", am(23), "A"),
        ("0001", am(23), "/"),
        ("0001", am(23), "N"),
        ("0001", am(23), "/"),
        ("0002", am(23), "H"),
    ]));
    assert_eq!(
        reasons(&merged),
        [
            "2 pupil 404: no pupil on the roll has this number: import the pupils first",
            "3 date 2026-11-22: there is no school on Sun 22 Nov 2026: it is a weekend",
            "4 date 2026-11-02: there is no school on Mon 2 Nov 2026: the school is closed: Staff training",
            "5 date 2026-11-23: the pupil is not on roll on this date",
            "6 code /: code / belongs to the AM session",
            "7 code A: A is not an attendance code",
            "9 code N: another row marks Khan, Amira / in Mon 23 Nov AM",
        ]
    );
    let warned = merged.warnings.iter().map(|warning| warning.text.as_str());
    let warned: Vec<_> = warned.filter(|text| !text.contains("the register is in")).collect();
    assert_eq!(warned, ["code H is not in use on 2026-11-23: it was retired on 18 Aug 2024"]);
    assert_eq!([desk.mark(AMIRA, am(23)), desk.mark(BILAL, am(23))], ["/", "H"]);
}

#[test]
fn a_session_that_has_not_begun_has_no_register_yet() {
    let mut desk = Desk::new();
    let merged = desk.merge(&marks([("0001", am(24), "/"), ("0001", pm(24), "\\"), ("0001", am(25), "/")]));
    assert_eq!(
        reasons(&merged),
        ["3 session PM: Tue 24 Nov PM has not begun", "4 date 2026-11-25: Wed 25 Nov AM has not begun"]
    );
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(AMIRA, pm(24))], ["/", "blank"]);
    let early = desk.refused("09:00", register(G8KM, pm(24), &[(AMIRA, "\\")]));
    assert_eq!(early, "Tue 24 Nov PM has not begun: report the absence instead of marking it");
    desk.done("12:30", register(G8KM, pm(24), &[(AMIRA, "\\")]));
}

#[test]
fn marks_do_not_overwrite_what_is_stronger_and_displace_what_is_not() {
    let mut desk = Desk::new();
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "N")]));
    desk.done("08:57", arrival(AMIRA, "08:57"));
    let merged = desk.merge(&marks([("0001", am(24), "/"), ("0004", am(24), "/")]));
    assert_eq!((merged.marks.changed, merged.outweighed), (2, 1));
    assert_eq!([desk.mark(AMIRA, am(24)), desk.mark(LOUIS, am(24))], ["L 17 min", "/"]);
    assert_eq!(desk.count("evidence WHERE kind = 'tutor' AND code = 'N'"), 2, "the tutor's marks are kept");
}

#[test]
fn a_correction_that_comes_in_with_a_file_names_the_teacher_and_whose_import_it_was() {
    let mut desk = Desk::new();
    let by = |text, who: &str| {
        let one = IncomingMark { pupil: key("0001"), at: am(24), mark: mark(text), by: Some(who.to_owned()) };
        Incoming { marks: placed([one]).into(), ..Incoming::default() }
    };
    desk.merge(&by("N", "Mr Alpha"));
    desk.merge(&by("/", "Mr Alpha"));
    let rows = desk.amendments(AMIRA);
    assert_eq!(rows.len(), 1);
    let expected = (rows[0].reason.as_str(), rows[0].said_by.as_deref(), rows[0].rule.as_deref());
    assert_eq!(expected, ("marked /", Some("Mr Alpha"), Some("/: tutor / 07:00")));
    let signed = (rows[0].who.as_str(), rows[0].is_import, rows[0].is_decided);
    assert_eq!(signed, ("S Marsh", true, Some(false)), "nobody decided it: the rule did, by S Marsh's import");
}

#[test]
fn a_mark_that_moved_is_a_stale_one_to_who_had_seen_it() {
    let mut desk = Desk::new();
    let saw = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N")])).act;
    desk.merge(&marks([("0001", am(24), "/")]));
    let answer = desk.refused("09:00", amend(AMIRA, am(24), "I", "rang", saw));
    assert_eq!(answer, "Khan, Amira 8KM was changed at 07:00 by S Marsh: it was N, it is now /");
    assert!(saw > ActId(0));
}

#[test]
fn another_desk_sees_the_roll_move() {
    let mut desk = Desk::new();
    let mut other = desk.another("T Rao");
    assert!(!other.store.changed().unwrap());
    desk.merge(&pupils([IncomingPupil { forename: "Amirah".to_owned(), ..amira() }]));
    assert!(other.store.changed().unwrap());
    assert!(!other.store.changed().unwrap());
    assert_eq!(other.done("08:57", arrival(AMIRA, "08:57")).text, "Khan, Amirah 8KM L 17 min: gate 08:57, bus");
    assert_eq!(other.store.day(november(24)).unwrap().roll.pupil(AMIRA).unwrap().forename, "Amirah");
    assert!(desk.store.changed().unwrap(), "own merge and the other's act");
}

#[test]
fn what_was_reported_reaches_days_opened_since() {
    let mut desk = Desk::new();
    let january = chrono::NaiveDate::from_ymd_opt(2027, 1, 4).unwrap();
    let at = SessionDate::new(january, firstbell::domain::calendar::session::Session::Am);
    desk.done("08:10", report(&[AMIRA], "C", pm(24), at));
    assert_eq!(desk.mark(AMIRA, at), "blank");
    let term = IncomingDates::Term { name: "Spring 1".to_owned(), from: january, until: january };
    desk.merge(&Incoming { calendar: placed([term]), ..Incoming::default() });
    assert_eq!(desk.mark(AMIRA, at), "C");
    assert_eq!(desk.mark(AMIRA, am(24)), "blank");
}

#[test]
fn a_day_closed_by_mistake_is_opened_again() {
    let mut desk = Desk::new();
    let calendar = |rows: Vec<IncomingDates>| Incoming { calendar: placed(rows), ..Incoming::default() };
    let snow = |from, until| IncomingDates::Closed {
        from: november(from),
        until: november(until),
        kind: Closure::Unexpected,
        name: "Snow".to_owned(),
    };
    let open = |day| IncomingDates::Open { from: november(day), until: november(day) };
    desk.merge(&calendar(vec![snow(23, 24)]));
    assert_eq!(
        desk.refused("08:57", arrival(AMIRA, "08:57")),
        "there is no school on Tue 24 Nov 2026: the school is closed: Snow"
    );
    assert_eq!(desk.merge(&calendar(vec![open(24)])).calendar, Count { gone: 1, ..Count::default() });
    assert_eq!(desk.merge(&calendar(vec![open(24)])).calendar, Count { same: 1, ..Count::default() });
    desk.done("08:57", arrival(AMIRA, "08:57"));
    let both = desk.merge(&calendar(vec![open(23), snow(23, 23)]));
    assert_eq!(reasons(&both), ["2 from 2026-11-23: another row closes a day of these"]);
}

#[test]
fn dates_that_cannot_be_are_refused() {
    let mut desk = Desk::new();
    let term =
        |from, until| IncomingDates::Term { name: "Odd".to_owned(), from: november(from), until: november(until) };
    let far = chrono::NaiveDate::from_ymd_opt(2126, 1, 1).unwrap();
    let closed = IncomingDates::Closed { from: november(3), until: far, kind: Closure::Planned, name: String::new() };
    let calendar = placed([term(5, 3), term(3, 6), closed]);
    let merged = desk.merge(&Incoming { calendar, ..Incoming::default() });
    assert_eq!(
        reasons(&merged),
        [
            "2 until 2026-11-03: the last day is before the first",
            "4 until 2126-01-01: the last day is more than a year after the first",
            "3 from 2026-11-03: the term overlaps Autumn 2, 2 Nov 2026 to 18 Dec 2026: a row of its name puts its dates right",
        ]
    );
}
