//! A backup is whole, its owner's only, never written over another file, and can be worked on.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rusqlite::Connection;

use crate::support::*;

/// What stands in the folder, besides the school's file and SQLite's own beside it.
fn beside(desk: &Desk) -> Vec<String> {
    let names =
        fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with("school.db")).collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_whole_while_another_desk_writes_and_can_be_worked_on() {
    let desk = Desk::harrington();
    desk.run(&["late", "bilal"]).ends(0);
    let other = Connection::open(&desk.db).unwrap();
    other.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
    let copy = desk.folder.path().join("tuesday's.db");
    let output = std::thread::scope(|scope| {
        let backup = scope.spawn(|| desk.run(&["backup", copy.to_str().unwrap()]).ends(0));
        while !backup.is_finished() {
            other.execute_batch("BEGIN IMMEDIATE; UPDATE pupil SET surname = surname; COMMIT").unwrap();
        }
        backup.join().unwrap()
    });
    assert_eq!(output.out, format!("Harrington High is backed up in {}.\n", copy.display()));
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(beside(&desk), ["tuesday's.db"]);

    let at_copy = |args: &[&str]| desk.run(&[&["--db", copy.to_str().unwrap()], args].concat()).ends(0).out;
    for question in [&["unexplained", "--json"][..], &["lates", "--json"], &["who", "amira", "--json"], &["settings"]] {
        assert_eq!(at_copy(question), desk.run(question).ends(0).out);
    }
    at_copy(&["chase", "10DP"]);
    let mode: String = Connection::open(&copy).unwrap().query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn a_backup_is_never_written_over_anything() {
    let desk = Desk::harrington();
    let taken = desk.folder.path().join("letter.txt");
    fs::write(&taken, "Dear Mrs Khan").unwrap();
    let output = desk.run(&["backup", taken.to_str().unwrap()]).ends(3);
    assert!(output.err.contains("letter.txt exists already: nothing was changed"), "{}", output.err);
    assert_eq!(fs::read_to_string(&taken).unwrap(), "Dear Mrs Khan");
    desk.run(&["backup", desk.db.to_str().unwrap()]).ends(3);
    desk.run(&["backup", desk.folder.path().join("nowhere/copy.db").to_str().unwrap()]).ends(3);
    assert_eq!(beside(&desk), ["letter.txt"]);
    desk.run(&["backup"]).ends(2);
}

#[test]
fn what_a_killed_command_left_stands_in_nobodys_way_and_goes() {
    let desk = Desk::harrington();
    let at = |name: &str| desk.folder.path().join(name).to_str().unwrap().to_owned();
    let archive = at("year.zip");
    for (name, command) in [
        ("copy.db", vec!["backup", &at("copy.db")]),
        ("year.zip", vec!["archive", &archive]),
        ("new.db", vec!["restore", &archive, "--into", &at("new.db")]),
        ("marks.csv", vec!["export", "marks", "--day", "2026-11-23", "--to", &at("marks.csv")]),
    ] {
        for left in ["", "-wal", "-shm", "-journal"] {
            fs::write(at(&format!("{name}.a1B2c3.part{left}")), "torn").unwrap();
        }
        // What another program, or another firstbell, is called is not ours to take away.
        fs::write(at(&format!("{name}.part")), "theirs").unwrap();
        desk.run(&command).ends(0);
        assert_eq!(fs::read_to_string(at(&format!("{name}.part"))).unwrap(), "theirs");
        fs::remove_file(at(&format!("{name}.part"))).unwrap();
    }
    assert_eq!(beside(&desk), ["copy.db", "marks.csv", "new.db", "year.zip"]);
}

#[test]
fn a_damaged_file_makes_no_backup() {
    let desk = Desk::harrington();
    Connection::open(&desk.db).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let mut bytes = fs::read(&desk.db).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5A);
    fs::write(&desk.db, bytes).unwrap();
    let copy = desk.folder.path().join("copy.db");
    desk.run(&["backup", copy.to_str().unwrap()]).ends(3);
    assert_eq!(beside(&desk), [""; 0]);
}
