//! What can be wrong with the file, the folder or the disk: one sentence each, and nothing made worse.

use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use firstbell::domain::school::School;
use firstbell::store::{Fault, NotDone, Store};
use rusqlite::Connection;

use crate::support::*;

fn opened(path: &Path) -> String {
    Store::open_at_once(path, codes()).map(|_| ()).unwrap_err().to_string()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_missing_file_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    let text = format!(
        "{} does not exist: make it with \u{201c}firstbell init\u{201d}, or name another file with --db",
        path.display()
    );
    assert_eq!(opened(&path), text);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_file_that_exists_is_not_made_again() {
    let desk = Desk::new();
    let fault = Store::create(&desk.path, &School::usual().unwrap(), codes()).unwrap_err();
    assert_eq!(
        fault.to_string(),
        format!(
            "{} exists already: nothing was changed; name another file, or move this one away",
            desk.path.display()
        )
    );
}

#[test]
fn a_folder_that_does_not_exist_is_named() {
    let path = Path::new("/nowhere/at/all/school.db");
    let fault = Store::create(path, &School::usual().unwrap(), codes()).unwrap_err();
    assert_eq!(fault.to_string(), "/nowhere/at/all/school.db cannot be written: no such file or directory");
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.db");
    Connection::open(&other)
        .unwrap()
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (x); PRAGMA user_version = 1;")
        .unwrap();
    let text = folder.path().join("letter #1 100%?.txt");
    fs::write(&text, "Dear Mrs Khan,\n".repeat(100)).unwrap();
    let empty = folder.path().join("empty.db");
    fs::write(&empty, "").unwrap();
    let short = folder.path().join("short.db");
    fs::write(&short, "SQLite format 3\0").unwrap();
    for path in [&other, &text, &empty, &short] {
        let before = fs::read(path).ok();
        assert_eq!(opened(path), format!("{} is not a firstbell file: name another with --db", path.display()));
        assert_eq!(fs::read(path).ok(), before);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4, "nothing was made beside them");
}

#[test]
fn a_name_with_odd_letters_opens() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Br\u{fc}cke #1 50%?&mode=ro.db");
    drop(Store::create(&path, &School::usual().unwrap(), codes()).unwrap());
    assert!(Store::open(&path, codes()).is_ok());
}

#[test]
fn a_file_of_a_newer_program_is_refused() {
    let desk = Desk::new();
    desk.another("T Rao");
    let file = Connection::open(&desk.path).unwrap();
    let known: i64 = file.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    file.execute_batch("PRAGMA user_version = 90").unwrap();
    let text = opened(&desk.path);
    assert!(
        text.ends_with(&format!(
            "was written by a newer firstbell (its format is 90, this program knows {known}): install the newer program"
        )),
        "{text}"
    );
}

#[test]
fn a_format_s_number_that_cannot_be_says_so() {
    for number in [i32::MIN, -5, 0, 10_000, i32::MAX] {
        let desk = Desk::new();
        desk.another("T Rao");
        Connection::open(&desk.path).unwrap().execute_batch(&format!("PRAGMA user_version = {number}")).unwrap();
        let cure = "work on a copy from the last backup, and keep this file for repair";
        let text =
            format!("{} holds something unreadable: the number of its format is {number}; {cure}", desk.path.display());
        assert_eq!(opened(&desk.path), text);
        assert_eq!(Store::open_to_read(&desk.path, codes()).unwrap_err().to_string(), text);
    }
}

/// A day's mark as whoever only reads sees it, and that they change nothing.
fn read_only(path: &Path) -> String {
    let before = fs::read(path).unwrap();
    let mut store = Store::open_to_read(path, codes()).unwrap();
    let mark = store.day(november(24)).unwrap().mark(AMIRA, am(24).session).settled;
    let written = store.perform(&officer("S Marsh"), now("09:00"), &arrival(ZOE, "09:00"));
    assert!(matches!(written, Err(NotDone::Fault(Fault::ReadOnly(_)))), "{written:?}");
    assert!(store.disclosed(november(24)).unwrap().is_empty());
    drop(store);
    assert!(fs::read(path).unwrap() == before);
    mark.map_or("blank".to_owned(), |mark| mark.to_string())
}

#[test]
fn whoever_only_reads_is_answered_behind_any_lock_and_writes_nothing() {
    let mut desk = Desk::new();
    desk.done("08:57", arrival(AMIRA, "08:57"));
    assert_eq!(read_only(&desk.path), "L 17 min");
    let writer = Connection::open(&desk.path).unwrap();
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(read_only(&desk.path), "L 17 min");
    writer.execute_batch("ROLLBACK").unwrap();
    drop(writer);
    // The last acts lie in the -wal alone, and there is nobody else's -shm.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    for suffix in ["", "-wal"] {
        fs::copy(beside(&desk.path, suffix), beside(&path, suffix)).unwrap();
    }
    let (_, text) = crate::desks::child(&path, "read-behind-an-exclusive-lock", 0).wait_with_says();
    assert_eq!(text.trim(), "L 17 min");
}

/// In the child, whose locks are no other test's: read what this process holds for itself.
pub fn read_behind_an_exclusive_lock(path: &Path) -> String {
    let holder = crate::desks::command()
        .env("FIRSTBELL_TEST_ROLE", "hold-an-exclusive-lock")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped())
        .spawn();
    let mut holder = holder.unwrap();
    let mut held = [0; 5];
    holder.stderr.take().unwrap().read_exact(&mut held).unwrap();
    assert_eq!(&held, b"held\n");
    assert!(Store::open_at_once(path, codes()).is_err(), "it is locked");
    let mark = read_only(path);
    holder.kill().unwrap();
    holder.wait().unwrap();
    mark
}

/// In a child of the child: hold the file for ourselves until we are ended.
pub fn hold_an_exclusive_lock(path: &Path) {
    let holder = Connection::open(path).unwrap();
    holder
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE school SET roll_revision = 1; COMMIT")
        .unwrap();
    eprintln!("held");
    let mut end = String::new();
    std::io::stdin().read_to_string(&mut end).unwrap();
}

#[test]
fn whoever_only_reads_reads_an_old_file_and_leaves_it_old() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    super::old_files::school_of_an_earlier_version(&path);
    let mut store = Store::open_to_read(&path, codes()).unwrap();
    assert!(store.day(november(24)).is_ok());
    let number: i64 =
        Connection::open(&path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(number, 3);
}

#[test]
fn desks_that_start_together_on_an_old_file_wait_for_each_other() {
    for round in 0..4 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.db");
        super::old_files::school_of_an_earlier_version(&path);
        if round % 2 == 0 {
            // As a backup comes back.
            let mode = Connection::open(&path).unwrap();
            mode.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).unwrap();
        }
        let desks: Vec<_> = (0..6).map(|turn| crate::desks::child(&path, "open", turn)).collect();
        for desk in desks {
            let (well, text) = desk.wait_with_says();
            assert!(well && text.trim() == "opened", "{text}");
        }
    }
}

/// Flip bytes of the pages that hold marks; the header stays whole.
fn damage(path: &Path) {
    let mut file = fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
    let length = file.metadata().unwrap().len();
    for page in 1..length / 4096 {
        let mut bytes = [0; 64];
        file.seek(SeekFrom::Start(page * 4096)).unwrap();
        file.read_exact(&mut bytes).unwrap();
        file.seek(SeekFrom::Start(page * 4096)).unwrap();
        file.write_all(&bytes.map(|byte| byte ^ 0x5a)).unwrap();
    }
}

#[test]
fn a_damaged_file_says_so_and_answers_nothing_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    drop(Store::create(&path, &School::usual().unwrap(), codes()).unwrap());
    damage(&path);
    let text = opened(&path);
    assert_eq!(
        text,
        format!("{} is damaged: work on a copy from the last backup, and keep this file for repair", path.display())
    );
}

#[test]
fn what_a_full_disk_leaves_of_a_checkpoint_is_not_damage() {
    let mut desk = Desk::new();
    desk.done("08:57", arrival(AMIRA, "08:57"));
    // The first page is in the -wal as well, as of every change of the file's length.
    let other = Connection::open(&desk.path).unwrap();
    other.execute_batch("PRAGMA application_id = 0x3162656c").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    let wal = |path: &Path| path.with_extension("db-wal");
    fs::copy(wal(&desk.path), wal(&path)).unwrap();
    // The first page is written, and says how long the file will be; the last ones still lie in the -wal file alone.
    let mut bytes = fs::read(&desk.path).unwrap();
    let pages = u32::try_from(bytes.len() / 4096).unwrap();
    bytes[28..32].copy_from_slice(&(pages + 9).to_be_bytes());
    fs::write(&path, bytes).unwrap();
    let mut store = Store::open(&path, codes()).unwrap();
    let mark = store.day(november(24)).unwrap().mark(AMIRA, am(24).session).settled;
    assert_eq!(mark.map(|mark| mark.to_string()).as_deref(), Some("L 17 min"));
}

#[test]
fn a_file_cut_short_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    drop(Store::create(&path, &School::usual().unwrap(), codes()).unwrap());
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(8192).unwrap();
    let text = opened(&path);
    assert!(text.contains("is damaged"), "{text}");
}

#[test]
fn a_value_that_cannot_be_is_a_fault_and_not_a_mark() {
    let mut desk = Desk::new();
    desk.done("08:57", arrival(AMIRA, "08:57"));
    let other = Connection::open(&desk.path).unwrap();
    other.execute_batch("UPDATE mark SET code = 'LATE'").unwrap();
    let text = desk.store.day(november(24)).unwrap_err().to_string();
    assert!(text.contains("holds something unreadable") && text.contains("\u{201c}LATE\u{201d}"), "{text}");
    other.execute_batch("UPDATE mark SET code = 'L'; UPDATE evidence SET time = NULL").unwrap();
    let text = desk.store.day(november(24)).unwrap_err().to_string();
    assert!(text.contains("holds something unreadable"), "{text}");
    other.execute_batch("UPDATE evidence SET time = '08:57'").unwrap();
    other.close().unwrap();
}

#[test]
fn a_file_without_a_school_in_it_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    drop(Store::create(&path, &School::usual().unwrap(), codes()).unwrap());
    Connection::open(&path).unwrap().execute_batch("DELETE FROM school").unwrap();
    let cure = "work on a copy from the last backup, and keep this file for repair";
    assert_eq!(opened(&path), format!("{} holds something unreadable: a row is missing; {cure}", path.display()));
}

#[test]
fn a_locked_file_is_waited_for_and_then_named() {
    let desk = Desk::new();
    let mut waiting = Store::open_at_once(&desk.path, codes()).unwrap();
    let holder = Connection::open(&desk.path).unwrap();
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert!(waiting.day(november(24)).is_ok(), "reading goes on");
    let text = |store: &mut Store| match store.perform(&desk.officer, now("08:57"), &arrival(AMIRA, "08:57")) {
        Err(NotDone::Fault(fault) | NotDone::Unknown(fault, _)) => fault.to_string(),
        other => format!("{other:?}"),
    };
    let locked = format!("{} is locked by another program: close it there, then try again", desk.path.display());
    assert_eq!(text(&mut waiting), locked);
    holder.execute_batch("ROLLBACK").unwrap();
    drop(holder);
    assert!(waiting.perform(&desk.officer, now("08:57"), &arrival(AMIRA, "08:57")).is_ok());
}

#[test]
fn a_file_held_exclusively_is_named_when_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    drop(Store::create(&path, &School::usual().unwrap(), codes()).unwrap());
    let holder = Connection::open(&path).unwrap();
    holder
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE school SET roll_revision = 1; COMMIT")
        .unwrap();
    assert_eq!(
        opened(&path),
        format!("{} is locked by another program: close it there, then try again", path.display())
    );
}

#[test]
fn only_the_owner_may_read_whatever_the_umask() {
    for umask in ["000", "077", "277", "777"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("school.db");
        let (status, text) = crate::desks::child(&path, &format!("create-umask-{umask}"), 0).wait_with_says();
        assert!(status, "{umask}: {text}");
        assert_eq!(text.trim(), "600 600 600", "{umask}");
        assert_eq!(mode(&path), 0o600);
    }
}

/// In the child: make a file under that umask and say the modes of the three.
pub fn create_under(umask: &str, path: &Path) -> String {
    rustix::process::umask(rustix::fs::Mode::from_bits_truncate(u32::from_str_radix(umask, 8).unwrap()));
    let mut store = Store::create(path, &School::usual().unwrap(), codes()).unwrap();
    store.merge(&officer("S Marsh"), now("07:00"), &incoming(), false, &mut |_, _| {}).unwrap();
    ["", "-wal", "-shm"].map(|ending| format!("{:o}", mode(&beside(path, ending)))).join(" ")
}

#[test]
fn what_may_not_be_written_is_refused_before_the_first_mark() {
    // Root may write anything: the child becomes nobody.
    for (what, file, folder_mode) in [("file", 0o444, 0o777), ("folder", 0o666, 0o555), ("both", 0o444, 0o555)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("school.db");
        drop(Store::create(&path, &School::usual().unwrap(), codes()).unwrap());
        fs::set_permissions(&path, fs::Permissions::from_mode(file)).unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(folder_mode)).unwrap();
        let (_, text) = crate::desks::child(&path, "open-as-nobody", 0).wait_with_says();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        if text.contains("cannot become nobody") {
            return;
        }
        let cure = "or its folder, cannot be written: ask whoever keeps the file for write access to both";
        assert_eq!(text.trim(), format!("{}, {cure}", path.display()), "{what}");
    }
}

#[test]
fn what_may_not_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let path = folder.path().join("school.db");
    drop(Store::create(&path, &School::usual().unwrap(), codes()).unwrap());
    let (_, text) = crate::desks::child(&path, "open-as-nobody", 0).wait_with_says();
    if !text.contains("cannot become nobody") {
        assert_eq!(text.trim(), format!("{} cannot be opened: permission denied", path.display()));
    }
}

#[test]
fn a_fault_is_an_error_like_any_other() {
    fn is_error<T: std::error::Error + Send + Sync>() {}
    is_error::<Fault>();
}
