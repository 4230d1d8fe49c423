//! What an import tells of the roll, the registers and the calendar: nobody is doubled, nobody goes by silence.

use chrono::NaiveDate;
use firstbell::domain::act::{Act, TakeLesson, TakenBy};
use firstbell::domain::incoming::{
    Incoming, IncomingContact, IncomingDates, IncomingLesson, IncomingMark, IncomingPupil, PupilKey, REFUSED_MAX,
};

use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::staff::Role;
use firstbell::store::NotDone;
use firstbell::store::merge::{Count, Merged};

use crate::support::*;

pub fn reasons(merged: &Merged) -> Vec<String> {
    merged.rejects.iter().map(|row| format!("{} {}: {}", row.place.line, row.column, row.reason)).collect()
}

pub fn row(number: &str, forename: &str) -> IncomingPupil {
    let (surname, group) = ("Quill".to_owned(), Some("8KM".to_owned()));
    IncomingPupil { key: key(number), surname, forename: forename.to_owned(), group, ..IncomingPupil::default() }
}

const ALIKE: &str = "is on the roll, and this number is the same but for zeros, signs or capitals: \
                     a spreadsheet may have changed it. Export the file again, and do not open it first";

/// What is asked where nothing but zeros is missing.
const ZEROS: &str = "; or, if it is this pupil, import it with --lost-zeros";

#[test]
fn a_number_written_otherwise_doubles_nobody() {
    let mut desk = Desk::new();
    desk.merge(&pupils([row("Q7", "Zara"), row("0091", "Ned")]));
    let before = desk.count("pupil");
    for (changed, held, asks) in
        [("1", "0001 (Khan, Amira)", ZEROS), ("q 7", "Q7 (Quill, Zara)", ""), ("91", "0091 (Quill, Ned)", ZEROS)]
    {
        let merged = desk.merge(&pupils([row(changed, "Zara")]));
        assert_eq!(reasons(&merged), [format!("2 admission_no: {held} {ALIKE}{asks}")]);
        let merged = desk.merge(&marks([(changed, am(23), "/")]));
        assert_eq!(reasons(&merged), [format!("2 pupil: {held} {ALIKE}{asks}")]);
        assert!(!merged.moved());
    }
    desk.merge(&pupils([row("4127", "Una"), row("No 77", "Ida"), row("12-07", "Lee")]));
    let written =
        ["4,127", "-4127", "4127-", "No 4127", "No. 4127", "\u{ff14}\u{ff11}\u{ff12}\u{ff17}", "#4127", "04127"];
    let una = written.map(|changed| (changed, "Una", "4127 (Quill, Una)"));
    for (changed, name, held) in una.into_iter().chain([
        ("77", "Ida", "No 77 (Quill, Ida)"),
        ("no77", "Ida", "No 77 (Quill, Ida)"),
        ("12/07", "Lee", "12-07 (Quill, Lee)"),
    ]) {
        let merged = desk.merge(&pupils([row(changed, name)]));
        assert_eq!(reasons(&merged), [format!("2 admission_no: {held} {ALIKE}")], "{changed}");
    }
    assert_eq!(desk.count("pupil"), before + 3);
    assert_eq!(desk.merge(&pupils([row("N4127", "Vera")])).pupils.new, 1, "a letter is another number");
    let both = desk.merge(&pupils([row("0555", "Ivy"), row("555", "Ivy")]));
    assert_eq!(reasons(&both), [format!("3 admission_no: 0555 (Quill, Ivy) {ALIKE}{ZEROS}")]);
}

#[test]
fn a_pupil_found_by_another_number_keeps_the_one_with_its_zeros() {
    let mut desk = Desk::new();
    let by_source = |number: &str| {
        let key = PupilKey { source_id: Some("p1".to_owned()), ..key(number) };
        pupils([IncomingPupil { key, ..row(number, "Zara") }])
    };
    desk.merge(&by_source("0071"));
    let merged = desk.merge(&by_source("71"));
    assert_eq!((merged.moved(), warned(&merged)), (false, vec![format!("2: 0071 (Quill, Zara) {ALIKE}")]));
    assert_eq!(desk.count("pupil WHERE admission_no = '0071'"), 1);
}

#[test]
fn a_namesake_whom_no_number_tells_apart_is_not_a_second_pupil() {
    let mut desk = Desk::new();
    let by = |key: PupilKey| pupils([IncomingPupil { key, surname: "KHAN".to_owned(), ..row("", "Amira") }]);
    let upn = Some("B801200005001".to_owned());
    let source_id = Some("p1".to_owned());
    for key in [
        PupilKey { upn: upn.clone(), ..PupilKey::default() },
        PupilKey { source_id: source_id.clone(), ..PupilKey::default() },
        PupilKey { upn: upn.clone(), source_id, ..PupilKey::default() },
    ] {
        let merged = desk.merge(&by(key));
        let why = "a pupil of this name is known by admission_no 0001, and may be this one: give that number in this file too";
        assert_eq!((merged.moved(), reasons(&merged)), (false, vec![format!("2 pupil: {why}")]));
    }
    let otherwise = [("Khan", "Am\u{ed}ra"), ("K'han", "Amira"), ("KH\u{c1}N", "AMIRA"), ("Kh-an", "Ami ra")];
    for (surname, forename) in otherwise {
        let (surname, forename) = (surname.to_owned(), forename.to_owned());
        let key = PupilKey { upn: upn.clone(), ..PupilKey::default() };
        let merged = desk.merge(&pupils([IncomingPupil { key, surname, forename, ..row("", "") }]));
        assert_eq!((merged.pupils.new, merged.rejects.len()), (0, 1), "an accent, an apostrophe or a hyphen is lost");
    }
    assert_eq!(desk.merge(&by(PupilKey { upn, ..key("0001") })).pupils.changed, 1);
    assert_eq!(desk.merge(&by(key("0099"))).pupils.new, 1, "two pupils may have one name");
}

#[test]
fn names_that_slipped_against_the_numbers_are_refused_by_line() {
    let mut desk = Desk::new();
    let all: Vec<_> = incoming().pupils.into_iter().map(|(_, row)| row).collect();
    let names = all.iter().map(|row| (row.surname.clone(), row.forename.clone())).cycle().skip(1);
    let slipped: Vec<_> = all
        .iter()
        .zip(names)
        .map(|(row, (surname, forename))| IncomingPupil { surname, forename, ..row.clone() })
        .collect();
    let merged = desk.merge(&pupils(slipped));
    let warnings = reasons(&merged);
    assert_eq!((warnings.len(), merged.pupils.changed), (all.len(), 0), "{warnings:?}");
    let of_sister =
        IncomingPupil { surname: all[1].surname.clone(), forename: all[1].forename.clone(), ..all[0].clone() };
    let merged = desk.merge(&pupils([of_sister]));
    let sister = "2: 0001 is Khan, Amira on the roll, and Khan, Bilal is 0002: check whether the column of names has slipped; \
                  as this row says, both have one name now";
    assert_eq!(warned(&merged), [sister]);
    assert_eq!(warned(&desk.merge(&pupils(all.clone())))[..], [""; 0]);
    let (first, second, third) = (&all[0], &all[1], &all[2]);
    let text = format!(
        "3 pupil: 0002 is {}, {} on the roll, and {}, {} is {}: check whether the column of names has slipped; ",
        second.surname,
        second.forename,
        third.surname,
        third.forename,
        third.key.admission_no.as_deref().unwrap()
    );
    assert!(warnings[1].starts_with(&text), "{}", warnings[1]);
    let called = |surname: &str, forename: &str| {
        let (surname, forename) = (surname.to_owned(), forename.to_owned());
        pupils([IncomingPupil { surname, forename, ..first.clone() }])
    };
    let warnings = reasons(&desk.merge(&called("Nobody", "Nora")));
    assert!(warnings[0].starts_with("2 pupil: 0001 is Khan, Amira on the roll: check whether"), "{warnings:?}");
    for one in [("Kh\u{e1}n", "Amy"), ("Malik", "Amy"), ("Malik", "Amira")] {
        let merged = desk.merge(&called(one.0, one.1));
        assert_eq!((reasons(&merged), merged.pupils.changed), (vec![], 1), "{one:?} changes one name");
    }
}

#[test]
fn a_namesake_in_one_tutor_group_is_told_and_in_one_household_refused() {
    let mut desk = Desk::new();
    let at = |number: &str, household: Option<&str>| {
        pupils([IncomingPupil { household: household.map(str::to_owned), ..row(number, "Ren\u{e9}") }])
    };
    assert_eq!(warned(&desk.merge(&at("Q1", Some("h1")))), [""; 0]);
    let other = pupils([IncomingPupil { forename: "RENE".to_owned(), ..at("Q2", Some("h1")).pupils.remove(0).1 }]);
    let merged = desk.merge(&other);
    let text = "2 pupil: Quill, Ren\u{e9} (Q1) is in this tutor group and household already: if it is the same pupil, give that \
                number, else another household";
    assert_eq!((reasons(&merged), merged.pupils.new), (vec![text.to_owned()], 0));
    let second = "2: Quill, Ren\u{e9} (Q1) is in this tutor group already, and this row brings a second pupil of the name: look \
                  whether they are two";
    let merged = desk.merge(&at("Q2", Some("h2")));
    assert_eq!((warned(&merged), merged.pupils.new), (vec![second.to_owned()], 1));
    assert_eq!(warned(&desk.merge(&at("Q2", Some("h2")))), [""; 0], "known since");
}

#[test]
fn a_last_day_that_lies_behind_is_told_with_what_stands_after_it() {
    let mut desk = Desk::new();
    desk.merge(&marks([("0001", am(20), "/"), ("0001", am(23), "/"), ("0001", pm(23), "\\")]));
    desk.done("08:57", arrival(AMIRA, "08:57"));
    let amira = || incoming().pupils.remove(0).1;
    let last = |day| pupils([IncomingPupil { until: Some(november(day)), ..amira() }]);
    let merged = desk.merge(&last(20));
    let text = "2: Khan, Amira 8KM: 3 marks lie after the last day and count in nothing, and they have been logged in today: \
                look whether Fri 20 Nov 2026 is right";
    assert_eq!(warned(&merged), [text]);
    assert_eq!(warned(&desk.merge(&last(20))), [""; 0], "the file says what is held");
    let away = "2: Khan, Amira 8KM: is off the roll since Sat 21 Nov 2026: an empty `until` brings them back";
    let merged = desk.merge(&pupils([amira()]));
    assert_eq!((warned(&merged), merged.moved()), (vec![away.to_owned()], false));
    assert_eq!(warned(&desk.merge(&pupils([IncomingPupil { stays: true, ..amira() }]))), [""; 0]);
    assert_eq!(warned(&desk.merge(&last(27))), [""; 0], "a day to come takes nothing yet");
}

#[test]
fn a_change_of_a_contact_names_the_pupil_and_what_it_is_and_the_journal_keeps_what_was() {
    let mut desk = Desk::new();
    let one = |order, name: &str, phone: &str, email: &str| IncomingContact {
        phones: Some(vec![phone.to_owned()]),
        email: Some(email.to_owned()),
        ..contact("0001", order, name)
    };
    let merge = |desk: &mut Desk, rows: Vec<IncomingContact>| {
        desk.merge(&Incoming { contacts: placed(rows), ..Incoming::default() }).changes
    };
    let (held, old) = ("0113 496 0111", "old@example.org");
    merge(&mut desk, vec![one(1, "Mrs Iqbal", held, old), one(2, "Mr Iqbal", "0113 496 0333", "b@example.org")]);
    let new = vec![
        one(1, "Mrs Iqbal", "0113 496 0222", "new@example.org"),
        one(2, "Mr Iqbal", "0113 496 0333", "b@example.org"),
    ];
    let who = |name: &str| format!("contact {name} of Khan, Amira 8KM");
    let warnings = merge(&mut desk, new.clone());
    let changed = "phone changed, \u{2022}\u{2022}\u{2022}\u{2022} 111 \u{2192} \u{2022}\u{2022}\u{2022}\u{2022} 222, e-mail changed";
    assert_eq!(warnings, [format!("{}: {changed}", who("Mrs Iqbal"))]);
    let detail = desk.ask("SELECT detail FROM act ORDER BY id DESC LIMIT 1")[0][0].clone().unwrap();
    for kept in [held, old] {
        assert!(detail.contains(&format!("was {kept}")), "{detail}");
    }
    assert!(merge(&mut desk, new.clone()).is_empty());
    let without = new.iter().map(|row| IncomingContact { email: None, phones: None, ..row.clone() }).collect();
    assert!(merge(&mut desk, without).is_empty(), "a column that is not there takes nothing");
    let moved = new.iter().map(|row| IncomingContact { order: 3 - row.order, ..row.clone() }).collect();
    let mut warnings = merge(&mut desk, moved);
    warnings.sort();
    let order = |from, to| format!("moved in the calling order, {from} \u{2192} {to}");
    assert_eq!(
        warnings,
        [format!("{}: {}", who("Mr Iqbal"), order(2, 1)), format!("{}: {}", who("Mrs Iqbal"), order(1, 2))]
    );
    assert_eq!(merge(&mut desk, vec![new[0].clone()])[1], format!("{}: no longer a contact", who("Mr Iqbal")));
}

#[test]
fn whoever_an_export_of_the_roll_does_not_name_is_told_and_stays() {
    let mut desk = Desk::new();
    let rows = || incoming().pupils.into_iter().map(|(_, row)| row);
    let without = |numbers: &[&str]| {
        pupils(rows().filter(|row| !numbers.contains(&row.key.admission_no.as_deref().unwrap())).collect::<Vec<_>>())
    };
    let all = desk.merge(&without(&[]));
    assert_eq!(warned(&all), [""; 0]);
    // Newby is on roll from the 30th on: no export of today need name him.
    let merged = desk.merge(&without(&["0003", "0005", "0009"]));
    let stays =
        "is on roll and not among these pupils, and stays on roll: “firstbell leavers” asks whether they have left";
    let warnings = [
        format!("0: Br\u{fc}cke, Zoe\u{308} 9TR (0005) {stays}"),
        format!("0: O'Neill-Smith, Siobhan 8KM (0003) {stays}"),
    ];
    assert_eq!((warned(&merged), merged.pupils.moved()), (warnings.to_vec(), false));
    let page = Incoming { is_part: true, ..without(&["0003", "0005", "0009"]) };
    assert_eq!(warned(&desk.merge(&page)), [""; 0], "whoever is not on this page may be on another");
    assert_eq!(
        warned(&desk.merge(&without(&["0002", "0003", "0004", "0005", "0006", "0007", "0008"]))),
        [""; 0],
        "a few rows are no export of the roll"
    );
}

#[test]
fn a_half_of_a_name_that_a_row_leaves_blank_stays() {
    let mut desk = Desk::new();
    let rows = incoming().pupils.into_iter().map(|(_, row)| IncomingPupil { forename: String::new(), ..row });
    let merged = desk.merge(&pupils(rows.take(3).collect::<Vec<_>>()));
    assert_eq!((merged.rejects.len(), merged.moved()), (0, false), "{:?}", merged.rejects);
}

#[test]
fn a_blank_in_a_register_that_is_in_is_told_by_name() {
    let mut desk = Desk::new();
    let whole = |number| [(number, am(20), "/"), (number, am(23), "/"), (number, pm(23), "\\")];
    let files = marks(["0002", "0006", "0008"].into_iter().flat_map(whole).chain([("0005", pm(23), "\\")]));
    let warnings = "Br\u{fc}cke, Zoe\u{308} 9TR has no mark in 2 registers that are in, Fri 20 Nov AM first: the sessions stay blank";
    assert_eq!(warned(&desk.merge(&files)), [format!("2: {warnings}")]);
    assert_eq!(warned(&desk.merge(&files)), [format!("2: {warnings}")], "as long as it is blank");
    let merged = desk.merge(&marks([("0005", am(20), "N"), ("0002", am(20), "/")]));
    assert_eq!(warned(&merged), [""; 0]);
    let merged = desk.merge(&marks([("0005", am(23), "N")]));
    assert_eq!(warned(&merged), [""; 0], "Bilal's mark came before");
}

fn date(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn term(name: &str, from: (u32, u32), until: (u32, u32)) -> IncomingDates {
    IncomingDates::Term { name: name.to_owned(), from: date(from.0, from.1), until: date(until.0, until.1) }
}

fn terms(desk: &mut Desk, rows: Vec<IncomingDates>) -> Merged {
    desk.merge(&Incoming { calendar: placed(rows), ..Incoming::default() })
}

fn held(desk: &mut Desk) -> Vec<String> {
    let day = desk.store.day(november(24)).unwrap();
    day.roll.calendar.terms.iter().map(|term| format!("{} {} {}", term.name, term.from, term.until)).collect()
}

#[test]
fn a_term_s_first_day_is_put_right_by_a_row_of_its_name() {
    let mut desk = Desk::new();
    desk.merge(&marks([("0001", am(3), "/")]));
    let moved = terms(&mut desk, vec![term("autumn 2", (11, 4), (12, 18))]);
    assert_eq!(moved.calendar, Count { changed: 1, ..Count::default() });
    assert_eq!(moved.changes, ["autumn 2: first day: 2 Nov 2026 \u{2192} 4 Nov 2026"]);
    assert_eq!(warned(&moved), ["2: 1 mark lies on a day that is closed now: Tue 3 Nov, outside term"]);
    assert!(!terms(&mut desk, vec![term("autumn 2", (11, 4), (12, 18))]).moved());
    let back = terms(&mut desk, vec![term("Autumn 2", (11, 2), (12, 18))]);
    assert_eq!((back.calendar.changed, held(&mut desk).len()), (1, 2));
    // Both at once, each into where the other was.
    let both = terms(&mut desk, vec![term("Autumn 1", (9, 1), (11, 6)), term("Autumn 2", (11, 9), (12, 18))]);
    assert_eq!((reasons(&both), both.calendar.changed), (vec![], 2));
    assert_eq!(held(&mut desk), ["Autumn 1 2026-09-01 2026-11-06", "Autumn 2 2026-11-09 2026-12-18"]);
}

#[test]
fn terms_that_would_share_a_day_leave_what_is_held() {
    let mut desk = Desk::new();
    let before = held(&mut desk);
    let overlaps = |line, name: &str, dates: &str| {
        format!("{line} from: the term overlaps {name}, {dates}: a row of its name puts its dates right")
    };
    let merged = terms(&mut desk, vec![term("Autumn 1", (9, 1), (11, 6)), term("Spring", (12, 1), (12, 30))]);
    let mut warnings = reasons(&merged);
    warnings.sort();
    let autumn = "2 Nov 2026 to 18 Dec 2026";
    assert_eq!(warnings, [overlaps(2, "Autumn 2", autumn), overlaps(3, "Autumn 2", autumn)]);
    let merged = terms(&mut desk, vec![term("Autumn 2", (10, 20), (12, 18)), term("Autumn 2", (11, 3), (12, 18))]);
    assert_eq!(merged.rejects.len(), 2, "{:?}", reasons(&merged));
    assert_eq!(held(&mut desk), before);
}

fn taught(desk: &mut Desk, code: Option<&str>) -> Merged {
    let one = IncomingLesson { date: november(23), ..lesson(1, "2", "8KM Maths", code) };
    desk.merge(&Incoming { lessons: placed([one]), ..Incoming::default() })
}

#[test]
fn codes_of_lessons_are_checked_like_any_others() {
    let mut desk = Desk::new();
    taught(&mut desk, None);
    let id = desk.store.day(november(23)).unwrap().lessons[0].id;
    let take = |code: &str| {
        let marks: Vec<(PupilId, _)> = vec![(AMIRA, mark(code))];
        Act::TakeLesson(TakeLesson { lesson: id, by: TakenBy::Teacher("Ms Ali".to_owned()), marks })
    };
    for code in ["#", "Z", "X", "S"] {
        let merged = taught(&mut desk, Some(code));
        assert!(reasons(&merged)[0].starts_with(&format!("2 code: code {code} is")), "{:?}", reasons(&merged));
        assert!(desk.refused("09:00", take(code)).contains(&format!("code {code} is")));
    }
    assert!(desk.refused("09:00", take("H")).contains("retired"));
    for code in ["/", "\\", "L 6", "N"] {
        desk.done("09:00", take(code));
        assert_eq!(taught(&mut desk, Some(code)).lessons.same, 1);
    }
    desk.officer.role = Role::Officer;
    for code in ["K", "C2", "B"] {
        let text = desk.refused("09:00", take(code));
        assert!(text.contains(&format!("code {code} is for a lead")), "{text}");
        let files = marks([("0001", am(23), code)]);
        let merged = desk.store.merge(&desk.officer, now("09:00"), &files, false, &mut |_, _| {});
        let Err(NotDone::Refused(refusal)) = merged else { panic!("{merged:?}") };
        assert_eq!(refusal.to_string(), "an import is for a lead: this login is an officer's");
    }
}

#[test]
fn rows_beyond_count_that_cannot_be_used_are_refused_together() {
    let mut desk = Desk::new();
    let before = desk.dump();
    let stranger = IncomingMark { pupil: key("404"), at: am(23), mark: mark("/"), by: None };
    let known = IncomingMark { pupil: key("0001"), ..stranger.clone() };
    let files = Incoming {
        marks: placed([known].into_iter().chain(std::iter::repeat_n(stranger, REFUSED_MAX + 1))).into(),
        ..Incoming::default()
    };
    let fault = desk.store.merge(&desk.officer, now("09:00"), &files, false, &mut |_, _| {}).unwrap_err().to_string();
    let text = "more than 50000 rows cannot be used, so nothing was imported; the first is";
    assert!(
        fault.starts_with(text)
            && fault.ends_with("line 3: no pupil on the roll has this number: import the pupils first"),
        "{fault}"
    );
    assert_eq!(desk.dump(), before);
}
