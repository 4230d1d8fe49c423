//! Every kind of flat file: what is read, what is rejected, and what is warned about.

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::domain::calendar::Closure;
use crate::domain::incoming::{IncomingContact, IncomingDates, IncomingPupil, IncomingUnknown, Place, Said};
use crate::domain::people::details::Sex;
use crate::domain::people::pupil::Flag;
use crate::exchange::cells::key::key_text;
use crate::exchange::flat::template::template;
use crate::exchange::kind::Kind;
use crate::exchange::support::*;

#[test]
fn every_template_imports_as_it_stands() {
    for kind in Kind::ALL.iter().copied() {
        let read = read_text(template(kind));
        assert_eq!((reasons(&read), &read.warnings), (vec![], &vec![]), "{}", kind.as_str());
        let incoming = &read.incoming;
        let rows = match kind {
            Kind::Pupils => incoming.pupils.len(),
            Kind::Contacts => incoming.contacts.len(),
            Kind::Flags => incoming.flags.len(),
            Kind::Calendar => incoming.calendar.len(),
            Kind::Marks => incoming.marks.len(),
            Kind::Lessons => incoming.lessons.len(),
            Kind::Arrangements => incoming.arrangements.len(),
            Kind::Calls => incoming.calls.len(),
            Kind::Arrivals => incoming.arrivals.len(),
            Kind::Messages => incoming.messages.len(),
        };
        assert_eq!(rows, template(kind).lines().skip(1).count(), "{}", kind.as_str());
    }
}

#[test]
fn ten_bad_rows_of_ten_kinds_and_the_rest_comes_in() {
    let read = read_text(
        "admission_no,upn,date,session,code,minutes,by\n\
         1,,2026-09-07,AM,/,,Mrs Kemp\n\
         ,,2026-09-07,AM,/,,\n\
         ,TEMP,2026-09-07,AM,/,,\n\
         2,,07.09.2026,AM,/,,\n\
         3,,09/13/2026,AM,/,,\n\
         4,,2026-12-01,AM,/,,\n\
         5,,2026-09-07,noon,/,,\n\
         6,,2026-09-07,AM,&,,\n\
         7,,2026-09-07,AM,00-Jan-00,,\n\
         8,,2026-09-07,AM,L,ten,\n\
         9,,2026-09-07,AM\n\
         1,,2026-09-07,am,N,,\n\
         1,,2026-09-07,PM,L,12,\n",
    );
    let wanted = [
        (3, "the row names no pupil"),
        (4, "this is not a UPN"),
        (5, "is not a date such as"),
        (6, "there is no month 13"),
        (7, "this date is still to come"),
        (8, "the session is AM or PM"),
        (10, "this is not an attendance code; a spreadsheet may have changed it"),
        (11, "minutes late are a whole number"),
        (12, "the row has 4 cells and the headings 7"),
        (13, "line 2 already has a mark of this pupil for Mon 7 Sep AM"),
    ];
    assert_eq!(read.rejects.len(), wanted.len());
    for ((line, reason), (wanted_line, wanted)) in reasons(&read).into_iter().zip(wanted) {
        assert!(line == wanted_line && reason.starts_with(wanted), "{line}: {reason}");
    }
    let marks: Vec<String> = read.incoming.marks.iter().map(|(_, mark)| format!("{} {}", mark.at, mark.mark)).collect();
    assert_eq!(marks, ["Mon 7 Sep AM /", "Mon 7 Sep PM L 12 min"]);
    assert_eq!((read.rejects[6].value.as_str(), read.rejects[6].column.as_str()), ("00-Jan-00", "code"));
    let waits = |(place, one): &(Place, IncomingUnknown)| format!("{} {} {}", place.line, one.at, one.raw);
    assert_eq!(read.incoming.unknown_marks.iter().map(waits).collect::<Vec<_>>(), ["9 Mon 7 Sep AM &"]);
}

#[test]
fn odd_marks_are_kept_and_said() {
    let read = read_text(
        "upn,date,session,code,minutes\n\
         B801200005001,2026-09-07,PM,/,\n\
         B801200005001,2026-09-08,PM,/,\n\
         B801200005001,2026-09-07,AM,\\,\n\
         B801200005001,2026-09-08,AM,h,\n\
         B801200005001,2024-05-08,AM,H,\n\
         B801200005001,2024-05-09,AM,J1,\n\
         B801200005001,2026-09-09,AM,I,5\n\
         B801200005001,2026-09-10,AM,-,\n\
         B801200005001,2026-09-10,PM,--,\n\
         B801200005001,2026-09-11,PM,,\n",
    );
    assert_eq!(reasons(&read), []);
    let marks: Vec<String> = read.incoming.marks.iter().map(|(_, mark)| mark.mark.to_string()).collect();
    assert_eq!(marks, ["\\", "\\", "/", "H", "H", "J1", "I"]);
    let text: Vec<(u64, &str)> = read.warnings.iter().map(|one| (one.place.line, one.text.as_str())).collect();
    assert_eq!(
        text,
        [
            (2, "code / belongs to the AM session; it is read as \\ (2 such rows, this is the first)"),
            (4, "code \\ belongs to the PM session; it is read as /"),
            (5, "code H is not in use on 2026-09-08: it was retired on 18 Aug 2024; it is read as written"),
            (7, "code J1 is not in use on 2024-05-09: it began on 19 Aug 2024; it is read as written"),
            (8, "5 minutes late stand beside I, which is not a late mark; they were left out"),
            (9, "no mark here yet, so the row was left out (3 such rows, this is the first)"),
        ]
    );
}

#[test]
fn lessons_are_a_timetable_with_the_marks_there_are() {
    let read = read_text(
        "admission_no,date,period,class,teacher,room,code,minutes\n\
         1,2026-11-02,1,8KM Maths,Ms Ali,R4,/,\n\
         1,2026-11-02,2,8KM Art,,,,\n\
         1,2026-11-03,1,8KM Maths,,,-,\n\
         2,02/11/2026,1,8KM Maths,Ms Ali,R4,l,12\n\
         2,2026-11-02,5,8KM Latin,,,/,\n\
         3,2026-11-02,1,8KM Maths,,,N,7\n\
         4,2026-09-08,1,8KM Maths,,,H,\n\
         ,2026-11-02,1,8KM Maths,,,/,\n\
         5,2.11.26,1,8KM Maths,,,/,\n\
         5,2026-11-02,,8KM Maths,,,/,\n\
         5,2026-11-02,1,,,,/,\n\
         5,2026-11-03,1,8KM Maths,,,/,\n\
         5,2026-11-02,1,8KM Maths,,,&,\n\
         5,2026-11-02,1,8KM Maths,,,L,ten\n\
         1,2026-11-02,1,8KM Maths,,,N,\n",
    );
    let shown = |one: &crate::domain::incoming::IncomingLesson| {
        let mark = one.mark.map(|mark| mark.to_string());
        format!("{} {} {}", one.date.format("%-d"), one.period, mark.as_deref().unwrap_or("due"))
    };
    let lessons: Vec<String> = read.incoming.lessons.iter().map(|(_, one)| shown(one)).collect();
    assert_eq!(lessons, ["2 1 /", "2 2 due", "3 1 due", "2 1 L 12 min", "2 5 /", "2 1 N", "8 1 H"]);
    let (_, first) = &read.incoming.lessons[0];
    assert_eq!((first.teacher.as_deref(), first.room.as_deref()), (Some("Ms Ali"), Some("R4")));
    assert_eq!(
        reasons(&read),
        [
            (9, "the row names no pupil: give an admission_no or a upn"),
            (10, "is not a date such as 2026-09-03 or 03/09/2026"),
            (11, "period is missing"),
            (12, "class is missing"),
            (13, "this date is still to come: its register cannot have been taken"),
            (14, "this is not an attendance code"),
            (15, "minutes late are a whole number from 0 to 600"),
            (16, "line 2 already has this pupil in this class in period 1"),
        ]
    );
    let text: Vec<u64> = read.warnings.iter().map(|one| one.place.line).collect();
    assert_eq!(text, [7, 8, 5], "{:?}", read.warnings);
}

#[test]
fn pupils_bring_their_groups_and_tutors() {
    let read = read_text(
        "Admission No,UPN,Surname,Forename,Year,Tutor Group,Tutor,Room,From,Until,Shoe size\r\n\
         1,b801200005001,Khan,Amira,8,8KM,Mrs Kemp,B12,03/09/2025,,4\r\n\
         2,TEMP,\"Ó\r\nSé\",Seán,Year 9,8KM,Mr Roe,,,,\r\n\
         3,,Sukarno,,KG,V1,Mr Roe,,,,\r\n\
         2,,Again,A,9,8KM,,,,,\r\n\
         4,B801200005001,Again,B,9,8KM,,,,,\r\n\
         5,,,,9,8KM,,,,,\r\n\
         6,,Late,Leaver,9,8KM,,,2026-09-02,2026-09-01,\r\n",
    );
    let names: Vec<&str> = read.incoming.pupils.iter().map(|(_, pupil)| pupil.surname.as_str()).collect();
    assert_eq!(names, ["Khan", "Ó Sé", "Sukarno"]);
    let khan = &read.incoming.pupils[0].1;
    assert_eq!(khan.key.upn.as_deref(), Some("B801200005001"));
    assert_eq!(khan.from, NaiveDate::from_ymd_opt(2025, 9, 3));
    assert_eq!(read.incoming.pupils[1].1.key.upn, None);
    let groups: Vec<_> = read
        .incoming
        .groups
        .iter()
        .map(|(_, group)| (group.name.as_str(), group.year, group.tutor.as_deref()))
        .collect();
    assert_eq!(groups, [("8KM", None, Some("Mrs Kemp")), ("V1", None, Some("Mr Roe"))]);
    assert_eq!(read.incoming.staff.len(), 2);
    assert_eq!(
        reasons(&read),
        [
            (6, "line 3 already has a pupil with this admission_no"),
            (7, "line 2 already has a pupil with this upn"),
            (8, "the pupil has no name"),
            (9, "the last day on roll is before the first"),
        ]
    );
    let text = read.warnings.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("\n");
    for wanted in
        ["“shoe_size” is not a column", "“TEMP” does not have the shape", "more than one tutor", "“KG” is not a year"]
    {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
}

#[test]
fn contacts_flags_and_dates() {
    let read = read_files(&[
        (
            "c.csv",
            b"admission_no,order,name,phone,do_not_contact\n1,1,=cmd|' /C calc'!A0,'07700 900123,\n1,2,Mr K,4.47701E+11,YES\n\
              1,2,Mr K,,\n1,x,Mr K,,\n1,3,,,\n1,4,Mr K,,perhaps\n",
        ),
        ("f.csv", b"admission_no,flags\n1,\"cp, sen SEN\"\n2,\n3,CP XX\n1,PP\n"),
        (
            "d.csv",
            b"kind,name,from,until\nterm,Autumn 1,2026-09-02,2026-10-23\nInset,,2026-09-02,\nbank holiday,May Day,03/05/2027,\n\
              holiday,,2026-10-26,\nterm,Autumn 2,2026-11-02,\nterm,Spring,2027-01-04,2072-02-01\nplanned,,2026-10-02,2026-10-01\n\
              unexpected,Snow,2026-09-02,\n",
        ),
    ])
    .unwrap();
    let contacts: Vec<_> = read.incoming.contacts.iter().map(|(_, contact)| contact).collect();
    assert_eq!(contacts[0].name, "=cmd|' /C calc'!A0");
    assert_eq!(contacts[0].phones.as_deref().unwrap(), ["'07700 900123"]);
    assert_eq!((contacts[1].phones.as_deref(), contacts[1].do_not_contact), (Some(&[][..]), Some(true)));
    assert_eq!(contacts[0].do_not_contact, None, "a blank neither bars nor lifts");
    assert_eq!(contacts.len(), 2);
    assert_eq!(read.incoming.flags[0].1.flags, [Flag::ChildProtection, Flag::SenSupport]);
    assert_eq!(read.incoming.flags[1].1.flags, []);
    assert_eq!(read.incoming.calendar.len(), 3);
    let (_, may_day) = &read.incoming.calendar[2];
    assert!(matches!(may_day, IncomingDates::Closed { kind: Closure::BankHoliday, from, until, .. } if from == until));
    let wanted = [
        (4, "line 3 already has contact 2"),
        (5, "the order is a whole number"),
        (6, "name is missing"),
        (7, "do_not_contact is yes or no"),
        (5, "the kind is one of term"),
        (6, "a term needs a last day"),
        (7, "that is longer than a year"),
        (8, "the last day is before"),
        (9, "line 3 already begins on this date"),
        (4, "“XX” is not one of the flags CP CLA"),
        (5, "line 2 already has the flags"),
    ];
    assert_eq!(read.rejects.len(), wanted.len(), "{:?}", reasons(&read));
    for ((line, reason), (wanted_line, wanted)) in reasons(&read).into_iter().zip(wanted) {
        assert!(line == wanted_line && reason.starts_with(wanted), "{line}: {reason}");
    }
}

#[test]
fn days_with_other_times_are_read_and_bad_ones_refused_by_column() {
    let read = read_text(
        "kind,name,from,until,at,am_opens,am_closes,am_ends,pm_opens,pm_closes,pm_ends\n\
         early-end,Sports day,2026-11-24,,12:00,,,,,,\n\
         Early End,,2026-11-25,2026-11-25,1230,,,,,,\n\
         times,Exams,2026-11-24,2026-11-26,,09:30,09:50,12:30,13:20,13:40,15:10\n\
         usual,,2026-11-27,,,,,,,,\n\
         times,Mocks,2026-12-01,,,09:30,09:55,12:30,13:20,13:40,15:10\n\
         early-end,,2026-11-24,,12:30,,,,,,\n\
         early-end,,2026-11-26,2026-11-27,12:00,,,,,,\n\
         early-end,,2026-11-27,,,,,,,,\n\
         early-end,,2026-11-27,,noon,,,,,,\n\
         inset,,2026-11-27,,12:00,,,,,,\n\
         inset,,2026-11-27,,,09:30,,,,,\n\
         times,,2026-12-02,,,09:30,09:50,12:30,,,\n\
         times,,2026-12-02,,,09:30,09:20,12:30,13:20,13:40,15:10\n\
         times,,2026-12-02,,,09:30,09:50,13:30,13:20,13:40,15:10\n\
         half-day,,2026-12-02,,,,,,,,\n",
    );
    let kept: Vec<_> = read.incoming.calendar.iter().map(|(place, _)| place.line).collect();
    assert_eq!(kept, [2, 3, 4, 5, 6]);
    let (_, early) = &read.incoming.calendar[1];
    assert!(matches!(early, IncomingDates::EarlyEnd { at, .. } if at.to_string() == "12:30:00"), "{early:?}");
    let warned: Vec<_> = read.warnings.iter().map(|one| (one.place.line, one.text.as_str())).collect();
    let unlike = "the AM register stays open 25 minutes and the PM register 20; guidance says the same for both";
    assert_eq!(warned, [(6, unlike)]);
    let refused: Vec<String> = read
        .rejects
        .iter()
        .map(|one| format!("{} {} “{}”: {}", one.place.line, one.column, one.value, one.reason))
        .collect();
    assert_eq!(
        refused,
        [
            "7 from “2026-11-24”: line 2 already begins on this date",
            "8 until “2026-11-27”: an early end is of one day: leave this blank, and give each day a row of its own",
            "9 at “”: at is missing",
            "10 at “noon”: is not a time such as 08:40",
            "11 at “12:00”: only an early-end has a time here: give it that kind, or leave this blank",
            "12 am_opens “09:30”: only the kind times has a time here: give it that kind, or leave this blank",
            "13 pm_opens “”: pm_opens is missing",
            "14 am_opens “09:30”: a session opens before it closes, and closes before it ends",
            "15 pm_opens “13:20”: the afternoon opens before the morning has ended",
            "16 kind “half-day”: the kind is one of term, inset, bank-holiday, planned, unexpected, open, early-end, times, usual",
        ]
    );
}

#[test]
fn what_stands_for_nothing_makes_nobody_a_sibling() {
    let rows = ["NULL", "n/a", "-", "0", "khan", "Khan 14 Mill Lane", "khan"];
    let row = |(n, household): (usize, &&str)| format!("A{n},Sur{n},For{n},8KM,{household}\n");
    let text: String = rows.iter().enumerate().map(row).collect();
    let read = read_text(&format!("admission_no,surname,forename,tutor_group,household\n{text}"));
    let homes: Vec<_> = read.incoming.pupils.iter().map(|(_, pupil)| pupil.household.as_deref()).collect();
    assert_eq!(homes, [None, None, None, None, Some("khan"), Some("Khan 14 Mill Lane"), Some("khan")]);
    let shown: Vec<_> = read.warnings.iter().map(|one| (one.place.line, one.text.as_str())).collect();
    assert_eq!(shown[0], (2, "“NULL” stands for nothing and was left out: leave household blank where there is none"));
    assert_eq!(shown.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4, 5]);
    let read = read_text("admission_no,surname,forename,tutor_group,tutor\n1,Ash,Ned,NULL,TBC\n2,Bell,Ivy,N,Mr N\n");
    let groups: Vec<_> = read.incoming.pupils.iter().map(|(_, pupil)| pupil.group.as_deref()).collect();
    assert_eq!((groups, read.incoming.staff.len()), (vec![None, Some("N")], 1), "nor one register of them");
    // A word that nobody thought of stands for many.
    let many: String = (0..11).map(|n| format!("A{n},Sur{n},For{n},8KM,ZZ\n")).collect();
    let read = read_text(&format!("admission_no,surname,forename,tutor_group,household\n{many}"));
    assert!(read.incoming.pupils.iter().all(|(_, pupil)| pupil.household.is_none()));
    let message =
        "11 pupils have the household “ZZ”, and are not taken for one family (11 such rows, this is the first)";
    assert_eq!(read.warnings[0].text, message);
}

#[test]
fn a_contact_has_every_number_of_the_row_and_nothing_that_is_none() {
    let rows = [
        ("07700 900111,01632 960222,", &["07700 900111", "01632 960222"][..]),
        ("07700 900111,+44 7700 900111,", &["07700 900111"]),
        ("n/a,01632 960222,NULL", &["01632 960222"]),
        ("ask reception,-,0", &[]),
        ("4.477E+11,,07700 900111", &["07700 900111"]),
    ];
    let text: String = rows.iter().zip(1..).map(|((numbers, _), n)| format!("1,{n},Ms C,{numbers}\n")).collect();
    let read = read_text(&format!("admission_no,order,name,phone,phone_2,phone_3\n{text}"));
    let found: Vec<_> = read.incoming.contacts.iter().map(|(_, one)| one.phones.clone().unwrap()).collect();
    assert_eq!(found, rows.map(|(_, numbers)| numbers.iter().map(ToString::to_string).collect::<Vec<_>>()));
    let shown: Vec<_> = read.warnings.iter().map(|one| format!("{} {}", one.place.line, one.text)).collect();
    assert!(
        shown
            .contains(&"4 “n/a” stands for nothing and was left out: leave phone blank where there is none".to_owned())
    );
    let message =
        "5 there is no number in this cell (“ask reception”), and it was left out: put the number right in the file";
    assert!(shown.contains(&message.to_owned()), "{shown:?}");
    let read = read_text("admission_no,order,name\n1,1,Ms C\n");
    assert_eq!(read.incoming.contacts[0].1.phones, None, "a file without numbers says nothing of them");
}

#[test]
fn a_refused_row_of_contacts_says_whose_it_is() {
    let read = read_text("admission_no,order,name\nA1,first,Mr X\nA1,2,Ms Y\nA2,1,Ms Z\nA2,1,Mr Z\n");
    let pupils: Vec<_> =
        read.incoming.refused_contacts.iter().map(|(place, key)| (place.line, key_text(key))).collect();
    assert_eq!(pupils, [(2, "A1"), (5, "A2")]);
}

proptest! {
    /// Whatever stands in the cells, each row is a mark, one that waits, a reject or counted as blank.
    #[test]
    fn every_row_is_accounted_for(rows in prop::collection::vec(
        ("[0-9]{1,2}", "2026-09-0[1-9]|[0-9/]{0,10}", "AM|pm|.{0,3}", "[/LNH]|\\PC{0,3}|-{0,2}", "[0-9]{0,2}|.{0,2}"), 0..40,
    )) {
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(["admission_no", "date", "session", "code", "minutes"]).unwrap();
        for (pupil, date, session, code, minutes) in &rows {
            out.write_record([pupil, date, session, code, minutes]).unwrap();
        }
        let read = read_text(&String::from_utf8(out.into_inner().unwrap()).unwrap());
        let blank = read.warnings.iter().find(|one| one.text.starts_with("no mark here yet")).map_or(0, |one| {
            one.text.split('(').nth(1).and_then(|count| count.split(' ').next()?.parse().ok()).unwrap_or(1)
        });
        let used = read.incoming.marks.len() + read.incoming.unknown_marks.len();
        prop_assert_eq!(used + read.rejects.len() + blank, rows.len());
    }

    /// No bytes make a reader fall over.
    #[test]
    fn any_bytes_are_borne(kind in prop::sample::select(Kind::ALL), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let heading = template(kind).lines().next().unwrap();
        let _ = read_files(&[("file.csv", &[heading.as_bytes(), b"\n", &bytes].concat())]);
        let _ = read_files(&[("file.csv", &bytes)]);
    }
}

#[test]
fn what_more_is_held_of_pupils_is_read_and_what_cannot_be_is_told_by_line() {
    let read = read_text(
        "admission_no,surname,forename,year,preferred_surname,preferred_forename,date_of_birth,sex,house,first_language,address,\
         address_2,postcode\n\
         1,Khan,Amira,8,Malik,Mira,12/03/2014,F,Oak,Urdu,14 Mill Lane,Ulverby,ZZ99 1AA\n\
         2,Osei,Lee,8,,NULL,-,n/a,,Unknown,,,\n\
         3,Roe,Tom,8,12,#REF!,2030-01-01,x9,#NAME?,,,Ulverby,\n\
         4,Lee,Ann,8,,,1999-01-01,male,,,,,\n\
         5,Bell,Ivy,8,,,2009-04-30,girl,,,,,\n\
         6,Cole,Max,8,,,31/02/2014,Boy,,,,,\n\
         7,Nunn,Joe,8,,,2010-09-01,m,,,,,\n",
    );
    assert_eq!(reasons(&read), []);
    let pupils: Vec<&IncomingPupil> = read.incoming.pupils.iter().map(|(_, one)| one).collect();
    let text = |text: &str| Said::Value(text.to_owned());
    let amira = pupils[0];
    assert_eq!((&amira.preferred_surname, &amira.preferred_forename), (&text("Malik"), &text("Mira")));
    assert_eq!((&amira.house, &amira.language, &amira.postcode), (&text("Oak"), &text("Urdu"), &text("ZZ99 1AA")));
    assert_eq!(amira.address, Said::Value(vec!["14 Mill Lane".to_owned(), "Ulverby".to_owned()]));
    let born: Vec<Said<NaiveDate>> = pupils.iter().map(|one| one.date_of_birth.clone()).collect();
    let date = |year, month, day| Said::Value(NaiveDate::from_ymd_opt(year, month, day).unwrap());
    let none = || Said::Nothing;
    assert_eq!(born, [date(2014, 3, 12), Said::None, none(), none(), date(2009, 4, 30), none(), date(2010, 9, 1)]);
    let (female, male) = (Said::Value(Sex::Female), Said::Value(Sex::Male));
    let sexes: Vec<Said<Sex>> = pupils.iter().map(|one| one.sex.clone()).collect();
    assert_eq!(sexes, [female.clone(), Said::None, Said::Nothing, male.clone(), female, male.clone(), male]);
    // Nothing is there, as every cell of the row says.
    let IncomingPupil { preferred_surname, preferred_forename, house, language, address, postcode, .. } =
        pupils[1].clone();
    assert!([preferred_surname, preferred_forename, house, language, postcode].iter().all(|one| *one == Said::None));
    assert_eq!(address, Said::None);
    assert_eq!((&pupils[2].preferred_surname, &pupils[2].preferred_forename), (&Said::Nothing, &Said::Nothing));
    let told: Vec<(u64, &str)> = read.warnings.iter().map(|one| (one.place.line, one.text.as_str())).collect();
    for (line, text) in [
        (4, "the date of birth was left out: it is still to come"),
        (5, "the date of birth was left out: it is more than 25 years ago"),
        (6, "the date of birth does not fit year 8 by 5 years: look which is right"),
        (7, "the date of birth was left out: there is no such day"),
        (8, "the date of birth does not fit year 8 by 3 years: look which is right"),
        (4, "“x9” is neither F nor M, and was left out"),
        (4, "“12” is no name, and was left out"),
        (4, "“#REF!” is no name, and was left out"),
        (4, "“#NAME?” is no value, and was left out"),
    ] {
        assert!(told.contains(&(line, text)), "{line} {text}: {told:#?}");
    }
}

#[test]
fn what_more_is_held_of_contacts_is_read_and_a_file_without_the_columns_says_nothing() {
    let read = read_text(
        "admission_no,order,name,language,parental_responsibility,address,address_3,postcode\n\
         1,1,Mrs Khan,Urdu,Yes,,,\n\
         1,2,Mr Khan,,F,3 Quay Street,Ulverby,ZZ99 3CC\n\
         1,3,Ms Ali,none,,,,\n\
         1,4,Mr Obi,,perhaps,,,\n",
    );
    assert_eq!(reasons(&read), []);
    let contacts: Vec<&IncomingContact> = read.incoming.contacts.iter().map(|(_, one)| one).collect();
    let responsible: Vec<Said<bool>> = contacts.iter().map(|one| one.parental_responsibility.clone()).collect();
    assert_eq!(responsible, [Said::Value(true), Said::Value(false), Said::None, Said::Nothing]);
    assert_eq!(contacts[0].language, Said::Value("Urdu".to_owned()));
    assert_eq!((&contacts[0].address, &contacts[2].language), (&Said::None, &Said::None));
    assert_eq!(contacts[1].address, Said::Value(vec!["3 Quay Street".to_owned(), "Ulverby".to_owned()]));
    assert!(read.warnings.iter().any(|one| one.place.line == 5 && one.text.contains("neither yes nor no")));

    let read = read_text("admission_no,order,name\n1,1,Mrs Khan\n");
    let Some((_, one)) = read.incoming.contacts.first() else { panic!("{read:?}") };
    let bare =
        IncomingContact { pupil: one.pupil.clone(), order: 1, name: "Mrs Khan".to_owned(), ..Default::default() };
    assert_eq!(*one, bare);
}
