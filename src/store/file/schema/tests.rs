use super::*;

const OLD: &str = "CREATE TABLE a (x INTEGER NOT NULL) STRICT; INSERT INTO a VALUES (1);";
const NEW: &str = "ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 7; CREATE TABLE b (x INTEGER) STRICT;";

fn number(connection: &Connection, question: &str) -> i64 {
    connection.query_row(question, [], |row| row.get(0)).unwrap()
}

fn file(folder: &tempfile::TempDir) -> Connection {
    let connection = Connection::open(folder.path().join("old.db")).unwrap();
    let _: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0)).unwrap();
    connection
}

#[test]
fn an_old_file_gets_what_it_lacks_and_keeps_what_it_has() {
    let mut connection = Connection::open_in_memory().unwrap();
    apply(&mut connection, &[OLD], |_| Ok(())).unwrap();
    assert_eq!(version(&connection).unwrap(), 1);
    apply(&mut connection, &[OLD, NEW], |_| Ok(())).unwrap();
    assert_eq!(version(&connection).unwrap(), 2);
    assert_eq!(number(&connection, "SELECT x * 10 + y FROM a"), 17);
    apply(&mut connection, &[OLD, NEW], |_| Ok(())).unwrap();
    assert_eq!(number(&connection, "SELECT count(*) FROM a"), 1);
}

#[test]
fn an_upgrade_that_fails_leaves_the_file_as_it_was() {
    let mut connection = Connection::open_in_memory().unwrap();
    apply(&mut connection, &[OLD], |_| Ok(())).unwrap();
    let broken = "CREATE TABLE c (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);";
    assert!(apply(&mut connection, &[OLD, broken], |_| Ok(())).is_err());
    assert_eq!(version(&connection).unwrap(), 1);
    assert_eq!(number(&connection, "SELECT count(*) FROM sqlite_schema"), 1);
}

#[test]
fn what_fills_a_new_file_is_there_with_the_schema_or_not_at_all() {
    let mut connection = Connection::open_in_memory().unwrap();
    let fails = |_: &Connection| Err(rusqlite::Error::InvalidQuery);
    assert!(apply(&mut connection, &[OLD], fails).is_err());
    assert_eq!(version(&connection).unwrap(), 0);
    assert_eq!(number(&connection, "SELECT count(*) FROM sqlite_schema"), 0);
}

#[test]
fn desks_that_start_together_on_an_old_file_upgrade_it_once() {
    let folder = tempfile::tempdir().unwrap();
    apply(&mut file(&folder), &[OLD], |_| Ok(())).unwrap();
    let desks: Vec<_> = (0..4).map(|_| file(&folder)).collect();
    let upgrades: Vec<_> = desks
        .into_iter()
        .map(|mut desk| std::thread::spawn(move || apply(&mut desk, &[OLD, NEW], |_| Ok(()))))
        .collect();
    for upgrade in upgrades {
        upgrade.join().unwrap().unwrap();
    }
    let connection = file(&folder);
    assert_eq!(version(&connection).unwrap(), 2);
    assert_eq!(number(&connection, "SELECT count(*) FROM a"), 1);
}

#[test]
fn every_upgrade_of_ours_applies_to_the_file_of_the_one_before() {
    let mut connection = Connection::open_in_memory().unwrap();
    for upgrades in 1..=UPGRADES.len() {
        apply(&mut connection, &UPGRADES[..upgrades], |_| Ok(())).unwrap();
    }
    assert_eq!(version(&connection).unwrap(), known());
    assert_eq!(number(&connection, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}
