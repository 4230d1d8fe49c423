//! The file moved, deleted or put back while desks have it open: nothing is written where nobody would find it.

use std::collections::BTreeSet;
use std::fs::{OpenOptions, copy, hard_link, remove_file, rename, write};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;

use firstbell::domain::school::School;
use firstbell::domain::school::pin::Pin;
use firstbell::store::{NotDone, Store};

use crate::support::*;

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
    assert!(desk.store.store_presence(&desk.officer, None, now("08:57"), now("08:57")).is_err());
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
    let other_arrival = other.done("08:58", arrival(LOUIS, "08:58"));
    let act = arrival(AMIRA, "08:58");
    let lost = firstbell::domain::act::Receipt { act: other_arrival.act, ..first };
    let done = desk.store.perform_once(&desk.officer, now("08:58").into(), &act, Some(&lost)).unwrap();
    assert!(done.act > other_arrival.act && desk.acts() == acts + 2);
}

#[test]
fn a_name_by_a_link_is_the_file_it_leads_to() {
    let mut desk = Desk::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let link = elsewhere.path().join("link.db");
    symlink(&desk.path, &link).unwrap();
    let mut other = Desk::of_file(&link, "J Ito");
    assert_eq!(other.store.path(), desk.path.canonicalize().unwrap());
    other.done("08:57", arrival(ZOE, "08:57"));
    assert_eq!(desk.mark(ZOE, am(24)), "L 17 min");
    assert_eq!(elsewhere.path().read_dir().unwrap().count(), 1, "nothing lies beside the link");
    desk.sound();
}

#[test]
fn a_second_name_is_refused_and_what_is_no_file_is_named() {
    let mut desk = Desk::new();
    let second = desk.path.with_extension("second");
    hard_link(&desk.path, &second).unwrap();
    for name in [&desk.path, &second] {
        let text = Store::open(name, codes()).unwrap_err().to_string();
        assert!(text.contains("has a second name (a hard link)"), "{text}");
    }
    remove_file(second).unwrap();
    desk.reopened();
    let folder = tempfile::tempdir().unwrap();
    let [pipe, socket] = ["pipe", "socket"].map(|name| folder.path().join(name));
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    let _listens = UnixListener::bind(&socket).unwrap();
    let all =
        [(folder.path(), "a folder"), (&pipe, "a pipe"), (&socket, "a socket"), (Path::new("/dev/null"), "a device")];
    for (path, kind) in all {
        let text = format!("{} is {kind}, not a file: name a firstbell file with --db", path.display());
        assert_eq!(Store::open(path, codes()).unwrap_err().to_string(), text);
        assert_eq!(Store::open_to_read(path, codes()).unwrap_err().to_string(), text);
    }
}

#[test]
fn what_is_no_file_beside_the_file_is_named_and_nobody_waits_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    drop(Store::create(&path, &School::usual().unwrap(), codes()).unwrap());
    for suffix in ["-wal", "-shm", "-journal"] {
        let beside = beside(&path, suffix);
        rustix::fs::mknodat(rustix::fs::CWD, &beside, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        for opened in [Store::open(&path, codes()), Store::open_to_read(&path, codes())] {
            let text = opened.unwrap_err().to_string();
            assert!(text.starts_with(&format!("{} is a pipe, not a file: ", beside.display())), "{text}");
        }
        remove_file(&beside).unwrap();
        symlink("elsewhere", &beside).unwrap();
        let text = Store::open(&path, codes()).unwrap_err().to_string();
        assert!(text.starts_with(&format!("{} is a link, not a file: ", beside.display())), "{text}");
        remove_file(&beside).unwrap();
    }
}

#[test]
fn names_that_sqlite_reads_otherwise_are_names() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["file:school.db?mode=memory", ":memory:"] {
        // As the program is given it: without a folder.
        assert!(matches!(Store::open(Path::new(name), codes()), Err(firstbell::store::Fault::Missing(_))), "{name}");
        let path = folder.path().join(name);
        drop(Store::create(&path, &School::usual().unwrap(), codes()).unwrap());
        assert!(path.metadata().unwrap().len() > 0 && Store::open(&path, codes()).is_ok());
    }
    assert_eq!(folder.path().read_dir().unwrap().count(), 2);
}

#[test]
fn a_school_is_never_made_in_place_of_another_nor_over_what_a_lost_one_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    let made = || Store::create(&path, &School::usual().unwrap(), codes()).map(drop).map_err(|fault| fault.to_string());
    for suffix in ["-wal", "-shm", "-journal"] {
        let left = beside(&path, suffix);
        write(&left, "the last acts").unwrap();
        let text = made().unwrap_err();
        assert!(text.contains(suffix) && text.contains("lies there from another file"), "{text}");
        assert_eq!(std::fs::read(&left).unwrap(), b"the last acts");
        remove_file(left).unwrap();
    }
    symlink(folder.path().join("nowhere"), &path).unwrap();
    assert!(made().unwrap_err().contains("exists already"));
    remove_file(&path).unwrap();
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    made().unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(made().unwrap_err().contains("exists already"));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(folder.path().read_dir().unwrap().count(), 1);
}

#[test]
fn nothing_is_written_once_what_lies_beside_the_file_is_another() {
    let taken_away = |path: &Path| remove_file(path).unwrap();
    let put_in_place = |path: &Path| {
        let copied = path.with_extension("copied");
        copy(path, &copied).unwrap();
        rename(&copied, path).unwrap();
    };
    let emptied = |path: &Path| drop(OpenOptions::new().write(true).truncate(true).open(path).unwrap());
    let begun_anew = |path: &Path| {
        let mut bytes = std::fs::read(path).unwrap();
        bytes[16..24].fill(7);
        write(path, bytes).unwrap();
    };
    let cases = [
        ("-shm", &taken_away as &dyn Fn(&Path), "is no longer where it was"),
        ("-shm", &put_in_place, "is now another"),
        ("-wal", &put_in_place, "is now another"),
        ("-wal", &emptied, "is now another"),
        ("-wal", &begun_anew, "is now another"),
    ];
    for (suffix, happens, text) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("school.db");
        let mut store = Store::create(&path, &School::usual().unwrap(), codes()).unwrap();
        let officer = officer("S Marsh");
        store.merge(&officer, now("07:00"), &incoming(), false, &mut |_, _| {}).unwrap();
        store.perform(&officer, now("08:57"), &arrival(ZOE, "08:57")).unwrap();
        happens(&beside(&path, suffix));
        let text = format!("{}{suffix}, which belongs to the file, {text}", path.display());
        let is_told = |fault: firstbell::store::Fault| assert!(fault.to_string().starts_with(&text), "{fault}");
        match store.perform(&officer, now("08:58"), &arrival(LOUIS, "08:58")) {
            Err(NotDone::Fault(fault)) => is_told(fault),
            other => panic!("{other:?}"),
        }
        is_told(store.store_presence(&officer, None, now("08:58"), now("08:58")).unwrap_err());
        for pin_or_files in [
            store.set_pin(&officer, &Pin::chosen("471108").unwrap(), now("08:58")),
            store.merge(&officer, now("08:58"), &later(), false, &mut |_, _| {}).map(drop),
        ] {
            match pin_or_files {
                Err(NotDone::Fault(fault)) => is_told(fault),
                other => panic!("{other:?}"),
            }
        }
    }
}

/// Files that bring something.
fn later() -> firstbell::domain::incoming::Incoming {
    let mut files = incoming();
    for (_, pupil) in &mut files.pupils {
        pupil.forename.push('a');
    }
    files
}

#[test]
fn three_desks_stop_when_what_lies_beside_the_file_goes_and_a_fourth_loses_nothing() {
    for (suffix, in_its_place) in [("-shm", false), ("-shm", true), ("-wal", false), ("-wal", true)] {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("school.db");
        drop(Store::create(&db, &School::usual().unwrap(), codes()).unwrap());
        Desk::of_file(&db, "S Marsh").merge(&incoming());
        let mut desks: Vec<_> = (0..3).map(|turn| crate::desks::child(&db, "until-stopped", turn)).collect();
        let before = crate::desks::once_all_have_signed(&db, 3);
        let path = beside(&db, suffix);
        if in_its_place {
            let copied = path.with_extension("copied");
            copy(&path, &copied).unwrap();
            rename(&copied, &path).unwrap();
        } else {
            remove_file(&path).unwrap();
        }
        let mut all: BTreeSet<i64> = BTreeSet::new();
        // Whoever comes new begins a -shm, and reads the -wal that is there.
        let mut fourth = (suffix == "-shm").then(|| Desk::of_file(&db, "J Ito"));
        if let Some(fourth) = &mut fourth {
            all.insert(fourth.done("09:40", arrival(ZOE, "09:40")).act.0);
        }
        for desk in &mut desks {
            let text = desk.until_it_stops();
            let stopped = text.lines().find(|line| line.starts_with("fault")).unwrap();
            assert!(stopped.contains(suffix) && stopped.contains("nothing is written meanwhile"), "{stopped}");
            all.extend(crate::desks::acknowledged(&text));
        }
        // They are the last to close, and know nothing of what the fourth wrote.
        drop(fourth);
        assert!(desks.into_iter().all(crate::desks::Desks::ends));
        let mut desk = Desk::of_file(&db, "S Marsh");
        desk.sound();
        let journal = crate::desks::signed(&desk.store);
        let lost = |acts: &BTreeSet<i64>| acts.difference(&journal).copied().collect::<Vec<_>>();
        assert_eq!(lost(&before), [0; 0], "{suffix} {in_its_place}");
        // What was said to be done while another -wal was put in place lies in the old one, and they said that they stopped.
        if (suffix, in_its_place) != ("-wal", true) {
            assert_eq!(lost(&all), [0; 0], "{suffix} {in_its_place}");
        }
    }
}
