//! What a Common Transfer File brings, and what of it is refused.

use crate::domain::incoming::{IncomingContact, IncomingMark, Place, Said};
use crate::domain::people::details::Sex;
use crate::exchange::Read;
use crate::exchange::support::*;

/// A file of version 25 made on Friday 16 October 2026, with `pupils` on lines 4 and on.
fn file(pupils: &[&str]) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CTfile><Header><CTFversion>25.0</CTFversion>\
         <DateTime>2026-10-16T16:05:00</DateTime><SourceSchool><LEA>990</LEA><Estab>4001</Estab>\
         <SchoolName>Far Hill School</SchoolName></SourceSchool></Header>\n<CTFpupilData>\n{}\n</CTFpupilData></CTfile>",
        pupils.join("\n")
    )
}

fn pupil(upn: &str, surname: &str, more: &str) -> String {
    format!(
        "<Pupil><UPN>{upn}</UPN><Surname>{surname}</Surname><Forename>Ivy</Forename><DOB>2014-11-30</DOB><Sex>F</Sex>\
         <BasicDetails><NCyearActual>7</NCyearActual></BasicDetails>{more}</Pupil>"
    )
}

/// Marks from Monday 12 October on, with the totals that are said of them.
fn marks(text: &str, (attended, possible): (u32, u32)) -> String {
    format!(
        "<Attendance><YearData><Year>2026</Year><LEA>990</LEA><Estab>4001</Estab><SchoolName>Far Hill School</SchoolName>\
         <SessionsPossible>{possible}</SessionsPossible><SessionsAttended>{attended}</SessionsAttended><AttendSessions>\
         <AttendanceStartDate>2026-10-12</AttendanceStartDate><AttendanceMarks>{text}</AttendanceMarks></AttendSessions>\
         </YearData></Attendance>"
    )
}

fn read(text: &str) -> Read {
    read_files(&[("a.xml", text.as_bytes())]).unwrap()
}

fn stated(read: &Read) -> Vec<String> {
    let told = |(_, one): (Place, IncomingMark)| {
        let upn = one.pupil.upn.as_deref().unwrap_or_default();
        format!("{upn} {} {} {}", one.at, one.mark, one.by.as_deref().unwrap_or_default())
    };
    read.incoming.stated.iter().map(told).collect()
}

fn warnings(read: &Read) -> Vec<&str> {
    read.warnings.iter().map(|warning| warning.text.as_str()).collect()
}

const UPN: &str = "B801200005001";

#[test]
fn pupils_and_contacts_are_read_and_what_is_not_said_is_left() {
    let contacts = "<Contacts><Contact><Order>1</Order><Title>Mrs</Title><Surname>Bell</Surname><Forename>Ann</Forename>\
        <Relationship>MTH</Relationship><Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900101</PhoneNo></Phone>\
        <Phone><PhoneNo>01632 960101</PhoneNo></Phone><Phone><PhoneNo>01632 960102</PhoneNo></Phone>\
        <Phone><PhoneNo>01632 960103</PhoneNo></Phone></Phones><Email>ann@example.org</Email></Contact>\
        <Contact><Order>2</Order><Surname>Roe</Surname><Relationship>XYZ</Relationship></Contact><ContactDetails/></Contacts>";
    let read = read(&file(&[&pupil(UPN, "Bell", contacts), &pupil("TEMP17", "Ash", contacts)]));
    assert_eq!(read.read_as[0].what, "a Common Transfer File (CTF), version 25.0, from Far Hill School");
    let pupils: Vec<_> = read.incoming.pupils.iter().map(|(place, one)| (place.line, one)).collect();
    let [(4, bell)] = pupils[..] else { panic!("{pupils:?}") };
    assert_eq!((bell.surname.as_str(), bell.forename.as_str(), bell.year), ("Bell", "Ivy", Some(7)));
    assert_eq!((bell.key.upn.as_deref(), &bell.group), (Some(UPN), &None));
    assert_eq!(reasons(&read), [(5, "this is not a UPN, and there is no admission_no")]);
    let contacts: Vec<&IncomingContact> = read.incoming.contacts.iter().map(|(_, one)| one).collect();
    let [ann, roe] = contacts[..] else { panic!("{contacts:?}") };
    assert_eq!((ann.order, ann.name.as_str(), ann.relationship.as_str()), (1, "Mrs Ann Bell", "mother"));
    let numbers = ["07700 900101", "01632 960101", "01632 960102", "01632 960103"].map(str::to_owned).to_vec();
    assert_eq!((&ann.phones, ann.email.as_deref(), &ann.source_id), (&Some(numbers), Some("ann@example.org"), &None));
    assert_eq!((roe.name.as_str(), roe.relationship.as_str(), &roe.do_not_contact), ("Roe", "XYZ", &None));
    for text in
        ["<ContactDetails> is no part", "no words for the relationship XYZ", "contacts of a pupil without a UPN"]
    {
        assert!(warnings(&read).iter().any(|warning| warning.contains(text)), "{text}: {:?}", warnings(&read));
    }
}

#[test]
fn addresses_names_in_use_and_responsibility_are_read_in_either_form() {
    let lines = "<Address><AddressLines><AddressLine1>14 Mill Lane</AddressLine1><AddressLine2>Ulverby</AddressLine2></AddressLines>\
        <PostCode>ZZ99 1AA</PostCode></Address><Contacts><Contact><Order>1</Order><Surname>Bell</Surname>\
        <Responsibility>true</Responsibility><Address><AddressAsPupil>true</AddressAsPupil></Address></Contact>\
        <Contact><Order>2</Order><Surname>Roe</Surname><Responsibility>false</Responsibility><Address><BS7666Address>\
        <SAON>Flat 2</SAON><PAON>3</PAON><Street>Quay Street</Street><Town>Ulverby</Town><PostTown>Ulverby</PostTown></BS7666Address>\
        <PostCode>ZZ99 3CC</PostCode></Address></Contact></Contacts>";
    let preferred = pupil("E12345678901X", "Ash", "")
        .replace("<NCyear", "<PreferredForename>Vee</PreferredForename><NCyear")
        .replace("<Sex>F</Sex>", "<Gender>M</Gender>");
    let read = read(&file(&[&pupil(UPN, "Bell", lines), &preferred]));
    assert_eq!((&read.rejects, &read.warnings), (&vec![], &vec![]));
    let [(_, bell), (_, ash)] = &read.incoming.pupils[..] else { panic!("{:?}", read.incoming.pupils) };
    let lines = |lines: &[&str]| Said::Value(lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
    assert_eq!((&bell.address, &bell.sex), (&lines(&["14 Mill Lane", "Ulverby"]), &Said::Value(Sex::Female)));
    assert_eq!(bell.date_of_birth.value().map(ToString::to_string).as_deref(), Some("2014-11-30"));
    assert_eq!((&ash.preferred_forename, &ash.sex), (&Said::Value("Vee".to_owned()), &Said::Value(Sex::Male)));
    assert_eq!((&ash.address, &bell.preferred_forename), (&Said::Nothing, &Said::Nothing), "what is not said, stays");
    let [(_, mother), (_, other)] = &read.incoming.contacts[..] else { panic!("{:?}", read.incoming.contacts) };
    assert_eq!((&mother.parental_responsibility, &mother.address), (&Said::Value(true), &Said::Nothing));
    assert_eq!(other.parental_responsibility, Said::Value(false));
    assert_eq!(other.address, lines(&["Flat 2", "3 Quay Street", "Ulverby"]));
    assert_eq!(other.postcode, Said::Value("ZZ99 3CC".to_owned()));
}

#[test]
fn in_a_part_of_a_school_nobody_is_missed() {
    let whole = file(&[&pupil("B801200005001", "Bell", "")]);
    let part = |word: &str| {
        whole.replace("<SourceSchool>", &format!("<DocumentQualifier>{word}</DocumentQualifier><SourceSchool>"))
    };
    for (text, is_part) in [(whole.clone(), false), (part("full"), false), (part("partial"), true)] {
        assert_eq!(read(&text).incoming.is_part, is_part, "{text}");
    }
}

#[test]
fn a_column_that_nobody_has_says_nothing() {
    let contact = "<Contacts><Contact><Order>1</Order><Surname>Bell</Surname></Contact></Contacts>";
    let read = read(&file(&[&pupil(UPN, "Bell", contact)]));
    let (_, one) = &read.incoming.contacts[0];
    assert_eq!((&one.phones, &one.email, one.relationship.as_str()), (&None, &None, ""));
    assert!(read.incoming.stated.is_empty() && read.warnings.is_empty(), "{read:?}");
}

#[test]
fn marks_are_stated_by_the_other_school_and_blanks_at_the_ends_are_marks() {
    let read = read(&file(&[&pupil(UPN, "Bell", &marks("  /\\L\\I7##", (4, 6)))]));
    assert!(read.incoming.marks.is_empty());
    let told = ["Tue 13 Oct AM /", "Tue 13 Oct PM \\", "Wed 14 Oct AM L", "Wed 14 Oct PM \\", "Thu 15 Oct AM I"];
    assert_eq!(stated(&read), told.map(|mark| format!("{UPN} {mark} Far Hill School")));
    assert_eq!(reasons(&read), [(4, "Bell, Ivy, Thu 15 Oct PM: this is not an attendance code")], "the mark alone");
    let texts = [
        "no mark in a session, so it was left out (2 such rows, this is the first)",
        "# is a session without school, and was left out (2 such rows, this is the first)",
    ];
    assert_eq!(warnings(&read), texts);
}

#[test]
fn marks_that_may_mean_two_things_are_refused_whole_with_one_row() {
    let good = marks("/\\/\\/\\/\\/\\", (10, 10));
    let read =
        read(&file(&[&pupil(UPN, "Bell", &marks("/\\/\\/\\/\\/", (9, 9))), &pupil("E12345678901X", "Roe", &good)]));
    let [reject] = &read.rejects[..] else { panic!("{:?}", read.rejects) };
    assert_eq!(
        (reject.place.line, reject.column.as_str(), reject.value.as_str()),
        (4, "AttendanceMarks", "/\\/\\/\\/\\/")
    );
    let why = "none of these marks of Bell, Ivy is taken: 9 letters are not the marks of 12 Oct 2026 to 16 Oct 2026";
    assert!(reject.reason.starts_with(why), "{}", reject.reason);
    assert_eq!(read.incoming.stated.len(), 10, "the other pupil's are");
    assert_eq!(read.incoming.pupils.len(), 2);
}

#[test]
fn marks_end_where_the_pupil_left() {
    let history = "<SchoolHistory><School><LEA>990</LEA><Estab>4001</Estab><LeavingDate>2026-10-13</LeavingDate></School>\
                   </SchoolHistory>";
    let read = read(&file(&[&pupil(UPN, "Bell", &(marks("/\\/\\", (4, 4)) + history))]));
    assert_eq!((stated(&read).len(), read.rejects.len()), (4, 0), "{read:?}");
}

#[test]
fn marks_of_a_year_before_end_with_it() {
    // From 1 September 2025 to 31 July 2026 there are 240 weekdays.
    let year = |days| marks(&"/\\".repeat(days), (480, 480)).replace("2026-10-12", "2025-09-01");
    let read = read(&file(&[&pupil(UPN, "Bell", &year(240)), &pupil("E12345678901X", "Roe", &year(239))]));
    let told = stated(&read);
    assert_eq!((told.len(), read.rejects.len()), (480, 1), "{:?}", read.rejects);
    assert!(told.last().is_some_and(|last| last.contains("Fri 31 Jul PM")), "{:?}", told.last());
}

#[test]
fn totals_that_the_marks_do_not_come_to_are_told() {
    for (text, totals, is_told) in [
        ("/\\/\\/\\/\\II", (8, 10), false),
        ("/\\/\\/\\/\\II", (9, 10), true),
        ("/\\/\\/\\/\\II", (8, 9), true),
        ("/\\/\\/\\/\\--", (8, 10), false),
        ("/\\/\\/\\/\\##", (8, 8), false),
        ("/\\/\\/\\/\\##", (9, 8), true),
    ] {
        let read = read(&file(&[&pupil(UPN, "Bell", &marks(text, totals))]));
        let told = warnings(&read).iter().any(|text| text.starts_with("Bell, Ivy: the file says"));
        assert_eq!(told, is_told, "{text} {totals:?}: {:?}", read.warnings);
        assert!(!read.incoming.stated.is_empty());
    }
}

#[test]
fn what_is_no_transfer_file_is_refused_in_a_sentence() {
    for (text, says) in [
        (
            "<CTfile><Header/><Pupils><Pupil><UPN>TEMP17</UPN></Pupil></Pupils></CTfile>".to_owned(),
            "holds no pupils where a Common Transfer File has them",
        ),
        (
            "<!DOCTYPE CTfile [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><CTfile><CTFpupilData><Pupil><UPN>&x;</UPN></Pupil>\
             </CTFpupilData></CTfile>"
                .to_owned(),
            "has a DOCTYPE",
        ),
        (file(&[&pupil("&b;", "Bell", "")]), "has an entity &b; on line 4"),
        (file(&[&pupil(UPN, "Bell", "")]).replace("</CTFpupilData></CTfile>", ""), "stops in the middle"),
    ] {
        let fault = read_path_of(&text).unwrap_err().to_string();
        assert!(fault.starts_with("a.xml ") && fault.contains(says), "{text}: {fault}");
    }
}

fn read_path_of(text: &str) -> Result<Read, crate::exchange::ReadFault> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xml");
    std::fs::write(&path, text).unwrap();
    read_path(path)
}

#[test]
fn letters_of_windows_under_a_utf8_prolog_are_read() {
    let text = file(&[&pupil(UPN, "Br\u{eb}ll", "")]);
    let bytes: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let read = read_files(&[("a.xml", &bytes)]).unwrap();
    assert_eq!(read.incoming.pupils[0].1.surname, "Br\u{eb}ll");
    assert!(read.read_as[0].what.contains("version 25.0"));
}
