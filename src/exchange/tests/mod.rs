//! Whole files and folders, read through the public entry point.

mod any_bytes;
mod malformed;

use super::flat::template::template;
use super::kind::Kind;
use super::profiles::Profiles;
use super::support::*;
use super::timetable::Timetable;
use super::*;

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
         3,\u{200b}\u{feff}\0,\u{e0041},\n4,\"Robert'); DROP TABLE pupil;--\",王\u{3000}小明,\n",
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
        fault("x.csv", b"a,b,c\n1,2,3\n").starts_with(
            "x.csv is not a file firstbell knows. firstbell does not know these columns: a, b, c. Give them"
        )
    );
    assert_eq!(fault("m.csv", b"admission_no,date,code\n"), "m.csv looks like marks, but has no column session");
    assert_eq!(fault("p.csv", b"surname,forename\n"), "p.csv looks like pupils, but has no column admission_no or upn");
    assert!(fault("users.csv", b"sourcedId,role\n").contains("import its whole folder"));
    assert!(fault("old.csv", b"\xD0\xCF\x11\xE0").contains("save it as .xlsx without a password"));
    assert!(fault("a.zip", b"PK\x03\x04nonsense").contains("cannot be unpacked"));
    assert!(
        fault("report.zip", b"PK\x03\x04\x14\x00\x01\x00\x08\x00")
            .contains("If it is a SIMS report definition (.RptDef), it only says how a report is made")
    );
    let missing = read_path(folder.path().join("nowhere")).unwrap_err().to_string();
    assert!(missing.starts_with("there is no file or folder") && missing.contains("nowhere"));
    let empty = tempfile::tempdir().unwrap();
    assert!(
        read_path(empty.path().to_owned()).unwrap_err().to_string().ends_with("it has no files of tables, XML or JSON")
    );
    assert_eq!(
        read(
            &[],
            Known {
                codes: &codes(),
                calendar: &calendar(),
                today: today(),
                profiles: &Profiles::default(),
                has_serial_dates: false,
                timetable: &Timetable::default(),
                own_files: &hashbrown::HashSet::new(),
            },
            &mut |_| {}
        ),
        Err(ReadFault::NoPath)
    );
}

#[test]
fn one_unknown_file_of_several_is_a_reject() {
    let pupils = template(Kind::Pupils).as_bytes();
    let read = read_files(&[("pupils.csv", pupils), ("x.csv", b"a,b\n1,2\n"), ("marks.pdf", b"PK")]).unwrap();
    assert_eq!(read.incoming.pupils.len(), 2);
    assert_eq!(read.files, ["pupils.csv"]);
    assert_eq!((read.rejects.len(), read.rejects[0].place.file.as_str()), (1, "x.csv"));
    assert_eq!((read.warnings.len(), read.warnings[0].place.file.as_str()), (1, "marks.pdf"));
}

#[test]
fn headings_alone_are_said() {
    let read = read_text("admission_no,flags\n");
    assert_eq!(read.warnings[0].text, "this file has headings and no rows");
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
    for (inner, text) in [
        ("xl/workbook.xml", "is a workbook that cannot be read"),
        ("xl/workbook.bin", "is a binary workbook"),
        ("word/document.xml", "is a Word document: export the table itself"),
        ("content.xml", "is a workbook that cannot be read"),
    ] {
        let office = zip(&[("[Content_Types].xml", b"<x/>"), ("pupils.csv", pupils), (inner, b"<x/>")]);
        let fault = read_path(office.path().to_owned()).unwrap_err().to_string();
        assert!(fault.contains(text), "{fault}");
    }
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
    let packed = zip(&[("a.csv", &[b'0'; 6_000_000])]);
    let fault = read_path(packed.path().to_owned()).unwrap_err().to_string();
    assert!(fault.starts_with("a.csv unpacks to more than 100 times its packed size"), "{fault}");
}

#[test]
fn rows_beyond_any_school_s_are_refused_with_the_bound() {
    let ragged = "admission_no,flags\n".to_owned() + &"1\n".repeat(60_000);
    let fault = read_files(&[("flags.csv", ragged.as_bytes())]).unwrap_err().to_string();
    let first = "the first is flags.csv line 2: the row has 1 cells and the headings 2";
    assert!(
        fault.starts_with("50000 rows cannot be used, so nothing was imported") && fault.contains(first),
        "{fault}"
    );
    let mut read = Read { rows: super::table::ROWS_MAX - 1, ..Read::default() };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("flags.csv");
    std::fs::write(&path, "admission_no,flags\n1,CP\n2,CP\n").unwrap();
    let mut bundle = Bundle::open(&path, Limits::USUAL).unwrap();
    let (codes, calendar, profiles) = (codes(), calendar(), Profiles::default());
    let known = Known {
        codes: &codes,
        calendar: &calendar,
        today: today(),
        profiles: &profiles,
        has_serial_dates: false,
        timetable: &Timetable::default(),
        own_files: &hashbrown::HashSet::new(),
    };
    let fault = read_bundle(&mut bundle, known, &mut Together::default(), &mut read, &mut |_| {}).unwrap_err();
    assert!(matches!(fault, ReadFault::TooManyRows { limit: super::table::ROWS_MAX, .. }), "{fault}");
}

#[test]
fn a_file_that_is_no_table_is_a_reject_among_others() {
    let pupils = template(Kind::Pupils).as_bytes();
    let read =
        read_files(&[("pupils.csv", pupils), ("letter.csv", b"PK\x03\x04word"), ("two.csv", b"1,1\n1,2\n")]).unwrap();
    let shown: Vec<String> = read.rejects.iter().map(|one| one.reason.clone()).collect();
    assert!(shown[0].starts_with("letter.csv is a zip, or a damaged workbook"), "{shown:?}");
    assert!(
        shown[1]
            .starts_with("two.csv is not a file firstbell knows. firstbell does not know these columns: 1, 1. Give"),
        "{shown:?}"
    );
}

#[test]
fn progress_ends_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("marks.csv");
    std::fs::write(&path, template(Kind::Marks)).unwrap();
    let mut last = None;
    let (codes, calendar, profiles) = (codes(), calendar(), Profiles::default());
    let known = Known {
        codes: &codes,
        calendar: &calendar,
        today: today(),
        profiles: &profiles,
        has_serial_dates: false,
        timetable: &Timetable::default(),
        own_files: &hashbrown::HashSet::new(),
    };
    read(&[path], known, &mut |now| last = Some((now.file.to_owned(), now.done, now.of))).unwrap();
    let length = template(Kind::Marks).len() as u64;
    assert_eq!(last, Some(("marks.csv".to_owned(), length, length)));
}

#[test]
fn a_folder_where_everything_lies_about_is_refused() {
    let names: Vec<String> = (0..501).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(matches!(read_files(&files), Err(ReadFault::TooMany { .. })));
}

#[test]
fn a_tracker_of_percentages_is_no_list_of_pupils() {
    let text = "Year,Form,Surname,Forename,admission_no,7 Sep,14 Sep,So far\nY7,7A,Ash,Ned,1,0.8,1,0.9\nY7,7A,Bell,Ivy,2,0.9,0.7,0.8\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tracker.csv");
    std::fs::write(&path, text).unwrap();
    let fault = read_path(path).unwrap_err().to_string();
    assert!(fault.starts_with("tracker.csv holds percentages"), "{fault}");
}
