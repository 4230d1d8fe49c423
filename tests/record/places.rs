//! The file moved, deleted or put back while desks have it open: nothing is written where nobody would find it.

use std::fs::{copy, remove_file, rename};
use std::path::{Path, PathBuf};

use firstbell::domain::school::School;
use firstbell::store::{NotDone, Store};

use crate::support::*;

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// What keeps an act from being done.
fn fault(desk: &mut Desk, at: &str) -> String {
    match desk.store.perform(&desk.officer, now(at), &arrival(ZOE, at)) {
        Err(NotDone::Fault(fault)) => fault.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_that_was_moved_is_not_written_until_it_is_back() {
    let mut desk = Desk::new();
    desk.store.changed().unwrap();
    let away = desk.path.with_extension("away");
    rename(&desk.path, &away).unwrap();
    assert!(
        fault(&mut desk, "08:57")
            .ends_with("no longer where it was: put it back, or close firstbell; nothing is written meanwhile")
    );
    assert!(desk.store.changed().is_err());
    assert!(desk.store.sit(&desk.officer, None, now("08:57"), now("08:57")).is_err());
    rename(&away, &desk.path).unwrap();
    assert!(!desk.store.changed().unwrap(), "nothing was written meanwhile");
    desk.done("08:58", arrival(ZOE, "08:58"));
    desk.sound();
}

#[test]
fn without_its_wal_nothing_is_written_and_the_last_to_close_keeps_what_it_holds() {
    let mut desk = Desk::new();
    desk.done("08:57", arrival(ZOE, "08:57"));
    remove_file(beside(&desk.path, "-wal")).unwrap();
    assert!(fault(&mut desk, "08:58").contains("school.db-wal, which belongs to the file, is no longer where it was"));
    desk.reopened();
    assert_eq!(desk.mark(ZOE, am(24)), "L 17 min");
    desk.sound();
}

#[test]
fn another_copy_is_opened_once_nothing_of_the_old_one_lies_beside_it() {
    let mut desk = Desk::new();
    let mut other = desk.another("J Ito");
    let backup = desk.path.with_extension("backup");
    desk.store.back_up(&backup).unwrap();
    desk.done("08:57", arrival(ZOE, "08:57"));
    remove_file(&desk.path).unwrap();
    copy(&backup, &desk.path).unwrap();
    assert!(fault(&mut desk, "09:00").contains("whose -wal and -shm still lie beside it: move these two away as well"));
    assert!(desk.store.changed().is_err());
    for suffix in ["-wal", "-shm"] {
        remove_file(beside(&desk.path, suffix)).unwrap();
    }
    assert!(fault(&mut desk, "09:00").contains("was put in place of another copy while this was to be saved"));
    for desk in [&mut desk, &mut other] {
        assert!(desk.store.changed().unwrap());
        assert_eq!(desk.store.openings(), 2);
        assert_eq!(desk.mark(ZOE, am(24)), "blank", "the backup is older");
    }
    // Whoever opened it first keeps its -wal when the next lets go of the old file.
    desk.done("09:01", arrival(ZOE, "09:01"));
    other.done("09:02", arrival(LOUIS, "09:02"));
    assert_eq!(other.mark(ZOE, am(24)), "L 21 min");
    desk.sound();
}

#[test]
fn another_school_s_file_is_not_taken_for_ours() {
    let mut desk = Desk::new();
    for path in [desk.path.clone(), beside(&desk.path, "-wal"), beside(&desk.path, "-shm")] {
        remove_file(path).unwrap();
    }
    drop(Store::create(&desk.path, &School::usual().unwrap(), codes()).unwrap());
    assert!(desk.store.changed().unwrap_err().to_string().contains("is now the file of another school"));
    assert!(desk.store.changed().is_err());
}

#[test]
fn what_may_be_done_already_is_not_done_twice() {
    let mut desk = Desk::new();
    let act = arrival(ZOE, "08:57");
    let first = desk.done("08:57", act.clone());
    let acts = desk.acts();
    let again = desk.store.perform_once(&desk.officer, now("08:57").into(), &act, Some(&first)).unwrap();
    assert_eq!(again, first);
    assert_eq!(desk.acts(), acts, "it was there already");
    // The number went to another desk's act: ours was not done.
    let mut other = desk.another("J Ito");
    other.officer.desk = "gate pts/2".to_owned();
    let theirs = other.done("08:58", arrival(LOUIS, "08:58"));
    let act = arrival(AMIRA, "08:58");
    let lost = firstbell::domain::act::Receipt { act: theirs.act, ..first };
    let done = desk.store.perform_once(&desk.officer, now("08:58").into(), &act, Some(&lost)).unwrap();
    assert!(done.act > theirs.act && desk.acts() == acts + 2);
}
