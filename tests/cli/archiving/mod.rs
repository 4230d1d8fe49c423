//! An archive holds the whole record, or one pupil's and nothing of others; read back it comes to the same archive.

mod one_pupil;
mod plain;
mod retention;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use crate::support::*;

/// The path of a file in the folder of the desk.
fn at(desk: &Desk, name: &str) -> (PathBuf, String) {
    let path = desk.folder.path().join(name);
    let text = path.to_str().unwrap().to_owned();
    (path, text)
}

/// Each file of an archive.
pub fn files(archive: &Path) -> BTreeMap<String, String> {
    let mut zip = ZipArchive::new(File::open(archive).unwrap()).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    names
        .into_iter()
        .map(|name| {
            let mut text = String::new();
            zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
            (name, text)
        })
        .collect()
}

/// The bytes of an archive of what lies at `db`.
fn archived(desk: &Desk, db: &str, name: &str, more: &[&str]) -> Vec<u8> {
    let (path, text) = at(desk, name);
    desk.run(&[&["--db", db, "archive", &text], more].concat()).ends(0);
    fs::read(path).unwrap()
}

/// A made-up school at ten past nine, with a morning's work of every kind behind it.
fn made_up() -> (Desk, String) {
    let desk = Desk::bare();
    let db = desk.db.to_str().unwrap().to_owned();
    desk.run(&["demo", "--create-only", "--pupils", "150", "--years", "1", "--at", "11:30"]).ends(0);
    (desk, db)
}

#[test]
fn an_archive_read_back_is_the_same_record() {
    let (desk, db) = made_up();
    let (_, restored) = at(&desk, "restored.db");
    let first = archived(&desk, &db, "first.zip", &[]);
    let (path, archive) = at(&desk, "first.zip");
    let said = desk.run(&["restore", &archive, "--into", &restored]).ends(0).out;
    assert_eq!(said, format!("Harrington High is restored into {restored}.\n"));
    for file in [&path, Path::new(&restored)] {
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(first == archived(&desk, &restored, "second.zip", &[]), "the same bytes");

    let files = files(&path);
    let filled = files.iter().filter(|(name, text)| name.ends_with(".jsonl") && !text.is_empty()).count();
    assert!(filled >= 20, "a morning with little in it: {filled}");
    assert!(files["README.md"].starts_with("# A firstbell archive"));
    let about: serde_json::Value = serde_json::from_str(&files["archive.json"]).unwrap();
    assert_eq!(
        (&about["format"], &about["scope"], &about["school"]),
        (&2.into(), &"whole".into(), &"Harrington High".into())
    );
    let rows = about["rows"]["marks.jsonl"].as_u64().unwrap();
    assert_eq!(files["marks.jsonl"].lines().count() as u64, rows);

    // The same answers, and work goes on.
    let ask = |db: &str, args: &[&str]| desk.run(&[&["--db", db], args].concat()).ends(0).out;
    for question in
        [&["unexplained", "--json"][..], &["lates", "--json"], &["arrangements", "--json"], &["tape", "--json"]]
    {
        assert_eq!(ask(&restored, question), ask(&db, question), "{question:?}");
    }
    let pupil = desk.ask("SELECT admission_no FROM pupil")[0][0].clone().unwrap();
    ask(&restored, &["watch", "add", &pupil, "--reason", "restored"]);
}

#[test]
fn every_kind_of_row_is_read_back() {
    let desk = crate::every_act::everything(|_, _| {});
    let db = desk.db.to_str().unwrap();
    let (_, restored) = at(&desk, "restored.db");
    desk.run(&["who", "amira", "--numbers"]).ends(0);
    let more = "INSERT INTO early_end VALUES ('2026-12-18', '13:00', 'end of term');
                INSERT INTO mis_mark (act, pupil, date, session, code) VALUES (1, 1, '2026-11-23', 'AM', 'N');
                INSERT INTO leave_day SELECT act, '2026-12-01', pupil FROM leave_decision LIMIT 1;
                INSERT INTO own_file VALUES ('0a1b', '2026-11-24T09:20:00Z');";
    rusqlite::Connection::open(&desk.db).unwrap().execute_batch(more).unwrap();
    let first = archived(&desk, db, "first.zip", &[]);
    let (path, archive) = at(&desk, "first.zip");
    let files = files(&path);
    let empty: Vec<&str> = files.iter().filter(|(_, text)| text.is_empty()).map(|(name, _)| name.as_str()).collect();
    assert_eq!(empty, ["other-times.jsonl", "timetables.jsonl"], "session times of their own");
    desk.run(&["restore", &archive, "--into", &restored]).ends(0);
    assert!(first == archived(&desk, &restored, "second.zip", &[]), "the same bytes");
    let plain = archived(&desk, db, "plain.zip", &["--plain"]);
    assert!(plain == archived(&desk, &restored, "plain-too.zip", &["--plain"]));
}

#[test]
fn that_it_was_written_is_put_down_after_the_moment_it_holds() {
    let desk = Desk::harrington();
    let db = desk.db.to_str().unwrap();
    let shown = |name: &str| files(&at(&desk, name).0)["disclosures.jsonl"].clone();
    archived(&desk, db, "first.zip", &[]);
    assert_eq!(shown("first.zip"), "");
    archived(&desk, db, "second.zip", &[]);
    assert!(
        shown("second.zip").contains(r#""shown":"export","what":"archive","who":"S Marsh"}"#),
        "{}",
        shown("second.zip")
    );
    assert_eq!(desk.run(&["disclosures", "--json"]).rows().len(), 2);
}

#[test]
fn nothing_is_written_over_nor_through_a_link() {
    let desk = Desk::harrington();
    let (letter, text) = at(&desk, "letter.txt");
    fs::write(&letter, "Dear Mrs Khan").unwrap();
    let output = desk.run(&["archive", &text]).ends(3);
    assert!(output.err.contains("letter.txt exists already: nothing was changed"), "{}", output.err);
    let (link, by_link) = at(&desk, "link.zip");
    symlink(&letter, &link).unwrap();
    desk.run(&["archive", &by_link]).ends(3);
    let (_, archive) = at(&desk, "school.zip");
    desk.run(&["archive", &archive]).ends(0);
    desk.run(&["restore", &archive, "--into", &text]).ends(3);
    desk.run(&["restore", &archive, "--into", &by_link]).ends(3);
    assert_eq!(fs::read_to_string(&letter).unwrap(), "Dear Mrs Khan");
}

#[test]
fn a_damaged_archive_makes_no_file() {
    let desk = Desk::harrington();
    let (path, archive) = at(&desk, "school.zip");
    desk.run(&["archive", &archive]).ends(0);
    let whole = fs::read(&path).unwrap();
    let (into, new) = at(&desk, "new.db");
    let mut told = std::collections::BTreeSet::new();
    for place in (0..whole.len()).step_by(whole.len() / 60) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x55;
        fs::write(&path, bytes).unwrap();
        let output = desk.run(&["restore", &archive, "--into", &new]);
        // What no reader looks at may be anything.
        if output.exit == 0 {
            fs::remove_file(&into).unwrap();
            continue;
        }
        assert_eq!(output.exit, 3, "{place}: {}", output.err);
        assert!(!into.exists() && !at(&desk, "new.db.part").0.exists(), "{place}");
        told.insert(output.err);
    }
    assert!(told.iter().any(|text| text.contains("is damaged")), "{told:?}");
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let output = desk.run(&["restore", &archive, "--into", &new]).ends(3);
    assert!(output.err.contains("it is not a whole zip; nothing was made"), "{}", output.err);
    let output = desk.run(&["restore", desk.db.to_str().unwrap(), "--into", &new]).ends(3);
    assert!(output.err.contains("it is not a whole zip; nothing was made"), "{}", output.err);
    let output = desk.run(&["restore", "/nowhere/x.zip", "--into", &new]).ends(3);
    assert!(output.err.contains("cannot be read"), "{}", output.err);
    assert!(!into.exists());
}

/// The archive with files of it replaced.
fn with(archive: &Path, to: &Path, change: impl Fn(&str, String) -> String) {
    let mut zip = zip::ZipWriter::new(File::create(to).unwrap());
    for (name, text) in files(archive) {
        zip.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, change(&name, text).as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn an_archive_that_was_edited_makes_no_file_and_says_which_of_its_files_was() {
    let desk = Desk::harrington();
    let (path, archive) = at(&desk, "school.zip");
    desk.run(&["archive", &archive]).ends(0);
    let (edited, by_name) = at(&desk, "edited.zip");
    let (into, new) = at(&desk, "new.db");
    for (file, before, after) in [
        ("marks.jsonl", r#""code":"N""#, r#""code":"/""#),
        ("pupils.jsonl", "Amira", "Amara"),
        ("disclosures.jsonl", "", "\n"),
        ("terms.jsonl", "Autumn", "Autumn "),
    ] {
        with(&path, &edited, |name, text| if name == file { text.replacen(before, after, 1) } else { text });
        let told = desk.run(&["restore", &by_name, "--into", &new]).ends(3).err;
        assert!(told.contains(file) && (told.contains("was changed") || told.contains("line 1")), "{told}");
        assert!(!into.exists());
    }
    // So does one whose checksums were taken out.
    let cut = |text: String| text.split(",\n  \"sha256\"").next().unwrap().to_owned() + "\n}\n";
    with(&path, &edited, |name, text| if name == "archive.json" { cut(text) } else { text });
    let told = desk.run(&["restore", &by_name, "--into", &new]).ends(3).err;
    assert!(told.contains("was changed: its school.jsonl is not the one that was archived"), "{told}");
    // An older firstbell wrote none: its archives are read, and that is said.
    let older = |text: String| cut(text).replace("\"format\": 2", "\"format\": 1");
    with(&path, &edited, |name, text| if name == "archive.json" { older(text) } else { text });
    let said = desk.run(&["restore", &by_name, "--into", &new]).ends(0).out;
    assert!(said.contains("But an older firstbell wrote the archive, without checksums"), "{said}");
}
