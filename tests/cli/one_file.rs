//! One file, by one plain name: nothing is made in place of another, and what is wanted in an emergency needs no writing.

use std::fs;
use std::os::unix::fs::symlink;

use rusqlite::Connection;

use crate::support::*;

#[test]
fn a_name_is_a_name_whatever_sqlite_would_make_of_it() {
    for name in [":memory:", "file:school.db?mode=memory"] {
        let desk = Desk::bare();
        let at = |args: &[&str]| {
            let mut command = desk.command();
            read_output(command.current_dir(desk.folder.path()).args(["--db", name]).args(args).output().unwrap())
        };
        let text = at(&["fire"]).ends(3).err;
        assert!(text.contains(&format!("{name} does not exist")), "{text}");
        at(&["init", "--name", "Harrington High"]).ends(0);
        assert!(desk.folder.path().join(name).is_file());
        assert!(at(&["settings"]).ends(0).out.contains("Harrington High"));
        assert!(at(&["init", "--name", "Other"]).ends(3).err.contains("exists already"));
        assert!(at(&["settings"]).ends(0).out.contains("Harrington High"));
    }
}

#[test]
fn a_demo_takes_the_place_of_a_demo_and_of_nothing_else() {
    let desk = Desk::harrington();
    desk.is_real();
    let demo = || {
        let mut command = desk.command();
        command.env_remove("FIRSTBELL_DB").args(["demo", "--create-only", "--pupils", "30", "--years", "1"]);
        read_output(command.output().unwrap())
    };
    demo().ends(0);
    demo().ends(0);
    let place = desk.folder.path().join(".local/share/firstbell/demo.db");
    let other = desk.folder.path().join("letter.txt");
    fs::write(&other, "Dear Mrs Khan").unwrap();
    Connection::open(&desk.db).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    for stays in [&desk.db, &other] {
        fs::copy(stays, &place).unwrap();
        let text = demo().ends(2).err;
        assert!(text.contains("is no made-up school, and no demo takes its place"), "{text}");
        assert!(fs::read(&place).unwrap() == fs::read(stays).unwrap());
    }
    // What is not known to be another's is called what it is.
    fs::remove_file(&place).unwrap();
    fs::create_dir(&place).unwrap();
    let text = demo().ends(3).err;
    assert!(text.contains("is a folder, not a file"), "{text}");
}

#[test]
fn what_lies_beside_the_file_is_not_followed_either() {
    let desk = Desk::harrington();
    let victim = desk.folder.path().join("letter.txt");
    fs::write(&victim, "").unwrap();
    for suffix in ["-wal", "-shm"] {
        let link = desk.folder.path().join(format!("school.db{suffix}"));
        symlink(&victim, &link).unwrap();
        desk.run(&["late", "bilal"]).ends(3);
        assert_eq!(fs::read(&victim).unwrap(), b"");
        fs::remove_file(link).unwrap();
    }
    desk.run(&["late", "bilal"]).ends(0);
}

#[test]
fn behind_another_program_s_lock_the_lists_are_answered_and_a_card_is_not() {
    let desk = Desk::harrington();
    let lists = [&["fire"][..], &["fire", "--json"], &["lates"], &["unmarked"], &["who", "khan"]];
    let free: Vec<String> = lists.iter().map(|words| desk.run(words).ends(0).out).collect();
    let holder = Connection::open(&desk.db).unwrap();
    holder
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE school SET roll_revision = 9; COMMIT")
        .unwrap();
    let held: Vec<String> = lists.iter().map(|words| desk.run(words).ends(0).out).collect();
    assert_eq!(held, free);
    let text = desk.run(&["late", "bilal"]).ends(3).err;
    assert!(text.contains("is locked by another program"), "{text}");
    // Hers is recorded before it is shown; whether she is in is said all the same.
    let card = desk.run(&["who", "amira"]);
    assert!(card.out.ends_with("1 pupil.\nKhan, Amira, 8KM, flags CP: not in.\n"), "{}", card.out);
    assert!(card.err.contains("is locked by another program"), "{}", card.err);
    assert_eq!(card.exit, 3);
    assert_eq!(fs::read_dir(desk.folder.path()).unwrap().count(), 2, "the file and the holder's -wal");
}

#[test]
fn a_question_takes_no_more_memory_than_it_may() {
    let desk = Desk::harrington();
    let text = desk.run(&["sql", "select length(hex(zeroblob(300000000)))"]).ends(1).err;
    assert!(text.contains("the answer takes more memory than a question may have"), "{text}");
    // One long text fills no other row with blanks.
    let wide = "select hex(zeroblob(1000)), 1 union all select 'x', 2";
    assert!(desk.run(&["sql", wide]).ends(0).out.len() < 3_000);
}
