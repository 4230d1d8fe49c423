//! Whole files and folders in, through the front door. `support` is shared with the tests of each format.

use std::io::Write;
use std::path::PathBuf;

use super::flat::Kind;
use super::template::template;
use super::*;
use crate::domain::calendar::Closure;
use crate::domain::incoming::IncomingDates;
use crate::domain::pupil::Flag;

pub(crate) mod support {
    use super::*;

    pub fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 2).unwrap()
    }

    /// Enough codes to tell good from bad.
    pub fn codes() -> CodeTable {
        let row = |code: &str, statistic: &str, more: &str| {
            format!(
                "[[code]]\ncode = '{code}'\nmeaning = 'x'\nstatistic = '{statistic}'\npossible = true\non-site = 'no'\n\
                 may-enter = 'tutor'\n{more}\n"
            )
        };
        let text = row("/", "present", "session = 'AM'")
            + &row("\\", "present", "session = 'PM'")
            + &["L", "U", "N", "I"].map(|code| row(code, "authorised", "")).concat()
            + &row("J1", "authorised", "from = '2024-08-19'")
            + &row("H", "authorised", "until = '2024-08-18'");
        toml::from_str(&text).unwrap()
    }

    pub fn read_path(path: PathBuf) -> Result<Read, ReadFault> {
        read(&[path], &codes(), today(), &mut |_| {})
    }

    /// Read a folder of these files.
    pub fn read_files(files: &[(&str, &[u8])]) -> Result<Read, ReadFault> {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        read_path(folder.path().to_owned())
    }

    /// Read one flat file.
    pub fn read_text(text: &str) -> Read {
        read_files(&[("file.csv", text.as_bytes())]).unwrap()
    }

    pub fn reasons(read: &Read) -> Vec<(u64, &str)> {
        read.rejects.iter().map(|reject| (reject.place.line, reject.reason.as_str())).collect()
    }

    pub fn zip(entries: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut out = ::zip::ZipWriter::new(file.reopen().unwrap());
        for (name, bytes) in entries {
            out.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
            out.write_all(bytes).unwrap();
        }
        out.finish().unwrap();
        file
    }
}
use support::*;

#[test]
fn every_template_imports_as_it_stands() {
    for kind in Kind::ALL {
        let read = read_text(template(kind));
        assert_eq!((reasons(&read), &read.warnings), (vec![], &vec![]), "{}", kind.as_str());
        let incoming = &read.incoming;
        let rows = match kind {
            Kind::Pupils => incoming.pupils.len(),
            Kind::Contacts => incoming.contacts.len(),
            Kind::Flags => incoming.flags.len(),
            Kind::Calendar => incoming.calendar.len(),
            Kind::Marks => incoming.marks.len(),
        };
        assert_eq!(rows, 2, "{}", kind.as_str());
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
         1,,07/09/2026,am,N,,\n\
         1,,07/09/2026,PM,L,12,\n",
    );
    let wanted = [
        (3, "the row names no pupil"),
        (4, "this is not a UPN"),
        (5, "is not a date such as"),
        (6, "there is no month 13"),
        (7, "this date is still to come"),
        (8, "the session is AM or PM"),
        (9, "this is not an attendance code"),
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
    assert_eq!(read.rejects[6].value, "&");
    assert_eq!(read.rejects[6].column, "code");
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
    let says: Vec<(u64, &str)> = read.warnings.iter().map(|one| (one.place.line, one.says.as_str())).collect();
    assert_eq!(
        says,
        [
            (2, "code / belongs to the AM session; the mark is kept as \\ (2 such rows, this is the first)"),
            (4, "code \\ belongs to the PM session; the mark is kept as /"),
            (5, "code H is not in use on 2026-09-08: it was retired on 18 Aug 2024; the mark is kept as written"),
            (7, "code J1 is not in use on 2024-05-09: it began on 19 Aug 2024; the mark is kept as written"),
            (8, "5 minutes late stand beside I, which is not a late mark; they were left out"),
            (9, "no mark here yet, so the row was left out (3 such rows, this is the first)"),
        ]
    );
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
    let says = read.warnings.iter().map(|one| one.says.as_str()).collect::<Vec<_>>().join("\n");
    for wanted in
        ["“shoe_size” is not a column", "“TEMP” does not have the shape", "more than one tutor", "“KG” is not a year"]
    {
        assert!(says.contains(wanted), "{wanted} in {says}");
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
    assert_eq!(contacts[0].phone.as_deref(), Some("'07700 900123"));
    assert_eq!((contacts[1].phone.as_deref(), contacts[1].do_not_contact), (None, true));
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
fn every_encoding_gives_the_same_names() {
    let text = "admission_no,surname,forename\n1,Brücke,Zoë\n";
    let utf16 = |text: &str| [0xFEFFu16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let files: [Vec<u8>; 4] = [
        text.into(),
        format!("\u{feff}{text}").into(),
        utf16(&text.replace(',', "\t")),
        b"admission_no,surname,forename\r\n1,Br\xFCcke,Zo\xEB\r\n".to_vec(),
    ];
    for (bytes, warnings) in files.iter().zip([0, 0, 0, 1]) {
        let read = read_files(&[("p.csv", bytes)]).unwrap();
        let (_, pupil) = &read.incoming.pupils[0];
        assert_eq!((pupil.surname.as_str(), pupil.forename.as_str()), ("Brücke", "Zoë"));
        assert_eq!(read.warnings.len(), warnings, "{:?}", read.warnings);
    }
}

#[test]
fn no_name_reaches_a_terminal_as_a_command() {
    let read = read_text(
        "admission_no,surname,forename,note\n1,\"\u{1b}[2J\u{9b}31mO'Neill\u{202e}\",\"Zoe\u{308}\u{7}\",\n2,=1+1,-Ann,\n\
         3,\u{200b}\u{feff},\u{e0041},\n4,\"Robert'); DROP TABLE pupil;--\",王\u{3000}小明,\n",
    );
    let names: Vec<_> =
        read.incoming.pupils.iter().map(|(_, pupil)| (pupil.surname.as_str(), pupil.forename.as_str())).collect();
    let wanted = [("[2J31mO'Neill", "Zoe\u{308}"), ("=1+1", "-Ann"), ("Robert'); DROP TABLE pupil;--", "王 小明")];
    assert_eq!(names, wanted);
    assert_eq!(reasons(&read), [(4, "the pupil has no name")]);
}

#[test]
fn what_is_not_known_is_said_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let fault = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        read_path(path).unwrap_err().to_string()
    };
    assert_eq!(fault("e.csv", b""), "e.csv is empty: its first line must hold the headings");
    assert!(
        fault("x.csv", b"a,b,c\n1,2,3\n")
            .starts_with("x.csv is not a file firstbell knows, its headings being “a,b,c”")
    );
    assert_eq!(fault("m.csv", b"admission_no,date,code\n"), "m.csv looks like marks, but has no column session");
    assert_eq!(fault("p.csv", b"surname,forename\n"), "p.csv looks like pupils, but has no column admission_no or upn");
    assert!(fault("users.csv", b"sourcedId,role\n").contains("import its whole folder"));
    assert!(fault("old.csv", b"\xD0\xCF\x11\xE0").contains("save the sheet"));
    assert!(fault("a.zip", b"PK\x03\x04nonsense").contains("cannot be unpacked"));
    let missing = read_path(folder.path().join("nowhere")).unwrap_err().to_string();
    assert!(missing.starts_with("there is no file or folder") && missing.contains("nowhere"));
    let empty = tempfile::tempdir().unwrap();
    assert!(read_path(empty.path().to_owned()).unwrap_err().to_string().ends_with("it has no files ending in .csv"));
    assert_eq!(read(&[], &codes(), today(), &mut |_| {}), Err(ReadFault::NoPath));
}

#[test]
fn one_unknown_file_of_several_is_a_reject() {
    let pupils = template(Kind::Pupils).as_bytes();
    let read = read_files(&[("pupils.csv", pupils), ("x.csv", b"a,b\n1,2\n"), ("marks.xlsx", b"PK")]).unwrap();
    assert_eq!(read.incoming.pupils.len(), 2);
    assert_eq!(read.files, ["pupils.csv"]);
    assert_eq!((read.rejects.len(), read.rejects[0].place.file.as_str()), (1, "x.csv"));
    assert_eq!((read.warnings.len(), read.warnings[0].place.file.as_str()), (1, "marks.xlsx"));
}

#[test]
fn headings_alone_are_said() {
    let read = read_text("admission_no,flags\n");
    assert_eq!(read.warnings[0].says, "this file has headings and no rows");
}

#[test]
fn a_zip_of_flat_files_however_packed() {
    let pupils = template(Kind::Pupils).as_bytes();
    let packed = zip(&[
        ("__MACOSX/export/._pupils.csv", b"junk"),
        ("export/.DS_Store", b"junk"),
        ("export/Pupils.CSV", pupils),
        ("../../etc/marks.csv", template(Kind::Marks).as_bytes()),
    ]);
    let read = read_path(packed.path().to_owned()).unwrap();
    assert_eq!(read.files, ["Pupils.CSV", "marks.csv"]);
    assert_eq!((read.rejects.len(), read.warnings.len()), (0, 0));
    let twice = zip(&[("a/pupils.csv", pupils), ("b/pupils.csv", pupils)]);
    let fault = read_path(twice.path().to_owned()).unwrap_err();
    assert!(fault.to_string().ends_with("holds pupils.csv more than once: import one export at a time"));
    let workbook = zip(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]);
    assert!(matches!(read_path(workbook.path().to_owned()), Err(ReadFault::Workbook(_))));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = vec![b'0'; 1_000_000];
    let bomb = zip(&[("a.csv", &zeros), ("b.csv", &zeros)]);
    let limits = |file, all| Bundle::open(bomb.path(), Limits { file, all }).unwrap();
    assert!(matches!(limits(999_999, 5_000_000).bytes("a.csv"), Err(ReadFault::TooLarge { limit: 999_999, .. })));
    let mut both = limits(1_000_000, 1_500_000);
    assert_eq!(both.bytes("a.csv").unwrap().len(), 1_000_000);
    assert!(matches!(both.bytes("b.csv"), Err(ReadFault::TooLarge { .. })));
}

#[test]
fn progress_ends_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("marks.csv");
    std::fs::write(&path, template(Kind::Marks)).unwrap();
    let mut last = None;
    read(&[path], &codes(), today(), &mut |now| last = Some((now.file.to_owned(), now.done, now.of))).unwrap();
    let length = template(Kind::Marks).len() as u64;
    assert_eq!(last, Some(("marks.csv".to_owned(), length, length)));
}
