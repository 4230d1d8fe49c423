//! Tests that need internals: a full disk, and the query plans of the questions asked every second.

use std::sync::Mutex;

use chrono::{NaiveDate, NaiveTime};

use super::file::schema;
use super::*;
use crate::domain::act::{LogArrival, Undo};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::incoming::{Incoming, IncomingDates, IncomingPupil, Place, PupilKey};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn now() -> DateTime<Utc> {
    today().and_hms_opt(15, 0, 0).unwrap().and_utc()
}

fn officer() -> Officer {
    Officer::unbound("S Marsh", "attendance officer", "office")
}

fn made(folder: &tempfile::TempDir) -> Store {
    let codes = Arc::new(CodeTable::national().unwrap());
    let mut store = Store::create(&folder.path().join("school.db"), &School::usual().unwrap(), codes).unwrap();
    let pupil = |n: i64| IncomingPupil {
        key: PupilKey { admission_no: Some(n.to_string()), ..PupilKey::default() },
        surname: format!("Khan {n}"),
        ..IncomingPupil::default()
    };
    let term = IncomingDates::Term { name: "Autumn".to_owned(), from: today(), until: today() };
    let files = Incoming {
        pupils: (1..=400).map(|n| (Place::default(), pupil(n))).collect(),
        calendar: vec![(Place::default(), term)],
        ..Incoming::default()
    };
    store.merge(&officer(), now(), &files, false, &mut |_, _| {}).unwrap();
    store
}

fn arrival(pupil: i64) -> Act {
    let time = NaiveTime::from_hms_opt(8, 57, 0).unwrap();
    Act::LogArrival(LogArrival {
        pupil: PupilId(pupil),
        date: today(),
        time,
        reason: Some("bus".repeat(50)),
        instead: None,
    })
}

#[test]
fn a_full_disk_is_named_and_nothing_is_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = made(&folder);
    let pages: i64 = store.writer.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let room = |store: &Store, pages: i64| {
        store.writer.pragma_update_and_check(None, "max_page_count", pages, |row| row.get::<_, i64>(0)).unwrap();
    };
    room(&store, pages + 3);
    let mut done = 0;
    let fault = loop {
        match store.perform(&officer(), now(), &arrival(done + 1)) {
            Ok(_) => done += 1,
            Err(NotDone::Fault(fault)) => break fault,
            other => panic!("{other:?}"),
        }
    };
    let text = format!(
        "the disk that holds {} is full: make room, then try again; nothing was half written",
        store.path.display()
    );
    assert_eq!(fault.to_string(), text);
    let count = |store: &Store, table: &str| -> i64 {
        store.reader.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    for table in ["mark", "evidence", "act WHERE kind = 'arrival'"] {
        assert_eq!(count(&store, table), done, "{table}");
    }
    room(&store, pages + 100);
    assert!(store.perform(&officer(), now(), &arrival(done + 1)).is_ok(), "with room made, work goes on");
}

#[test]
fn what_was_committed_while_the_shm_went_is_not_said_to_be_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = made(&folder);
    let shm = place::beside(&store.path, "-shm");
    // Between the last look and the commit itself.
    let went = move || std::fs::remove_file(&shm).is_err();
    store.writer.commit_hook(Some(went)).unwrap();
    match store.perform(&officer(), now(), &arrival(1)) {
        Err(NotDone::Unknown(Fault::Torn(_, "-shm"), _)) => {}
        other => panic!("{other:?}"),
    }
    store.writer.commit_hook(None::<fn() -> bool>).unwrap();
    assert!(matches!(store.perform(&officer(), now(), &arrival(2)), Err(NotDone::Fault(Fault::Torn(..)))));
}

/// Another desk that holds the file until we have been patient so often.
static HOLDER: Mutex<Option<(u32, Connection)>> = Mutex::new(None);

/// False the first time, as when all patience is spent.
fn until_let_go(_: i32) -> bool {
    let mut holder = HOLDER.lock().unwrap();
    match holder.take() {
        Some((left, connection)) if left > 0 => {
            *holder = Some((left - 1, connection));
            false
        }
        _ => true,
    }
}

#[test]
fn an_old_file_that_another_desk_is_at_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    for (mode, before) in [("DELETE", 0), ("WAL", 0), ("WAL", 1)] {
        let path = folder.path().join(format!("{mode}{before}.db"));
        old_file(&path);
        let holder = Connection::open(&path).unwrap();
        holder.pragma_update_and_check(None, "journal_mode", mode, |_| Ok(())).unwrap();
        holder.execute_batch("BEGIN IMMEDIATE").unwrap();
        *HOLDER.lock().unwrap() = Some((before, holder));
        let opened = open::open(&path, until_let_go).unwrap();
        assert_eq!(schema::version(&opened).unwrap(), schema::known(), "{mode}");
    }
}

/// How SQLite means to answer: an index, never the whole of a table that grows with the years.
#[test]
fn no_question_of_a_day_or_an_act_reads_a_whole_table() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = made(&folder);
    store.perform(&officer(), now(), &arrival(1)).unwrap();
    store.perform(&officer(), now(), &Act::Undo(Undo { act: ActId(2) })).unwrap();
    store.day(today()).unwrap();
    for (source, growing) in [
        (include_str!("tables/mark/mod.rs"), "mark"),
        (include_str!("tables/evidence.rs"), "evidence"),
        (include_str!("tables/call.rs"), "call"),
        (include_str!("tables/register.rs"), "register"),
        (include_str!("tables/watch.rs"), "watched"),
        (include_str!("tables/late.rs"), "late_step"),
        (include_str!("tables/lesson.rs"), "lesson"),
        (include_str!("tables/presence.rs"), "presence"),
        (include_str!("tables/search.rs"), "search"),
        (include_str!("tables/step.rs"), "step"),
        (include_str!("tables/facts.rs"), "facts"),
        (include_str!("read/day_log.rs"), "act"),
        (include_str!("journal.rs"), "act"),
    ] {
        for question in questions(source) {
            let mut statement = store.reader.prepare(&format!("EXPLAIN QUERY PLAN {question}")).unwrap();
            let steps = statement
                .raw_query()
                .mapped(|row| row.get::<_, String>(3))
                .collect::<rusqlite::Result<Vec<_>>>()
                .unwrap();
            // The two indexes that are read whole hold only what stands, and numbers found wrong.
            let is_small = |step: &str| step.ends_with("watched_standing") || step.ends_with("call_wrong");
            let is_found = |step: &str| ["SCAN CONSTANT ROW", "SCAN found"].contains(&step);
            let is_whole = |step: &String| step.starts_with("SCAN") && !is_small(step) && !is_found(step);
            assert!(!steps.iter().any(is_whole), "{growing}: {question}\n{steps:#?}");
        }
    }
}

/// The questions and UPDATEs in a module's source.
fn questions(source: &str) -> Vec<String> {
    let columns =
        source.split("const COLUMNS: &str =").nth(1).and_then(|rest| rest.split('"').nth(1)).unwrap_or_default();
    let texts = source.split('"').skip(1).step_by(2);
    texts
        .filter(|text| ["SELECT ", "UPDATE ", "WITH "].iter().any(|word| text.starts_with(word)))
        // The history of the set-up is of all years.
        .filter(|text| !text.contains("{kinds}"))
        .map(|text| text.replace("{COLUMNS}", columns).replace("{table}", "step"))
        .collect()
}

/// A file as the first schema left it, with settings from before periods, reasons and the ladder of the missing.
fn old_file(path: &Path) {
    let old = Connection::open(path).unwrap();
    old.pragma_update(None, "application_id", schema::APPLICATION_ID).unwrap();
    old.execute_batch(include_str!("../../data/schema/0001.sql")).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    let usual = include_str!("../../data/school.toml").parse::<toml::Table>().unwrap();
    let mut settings: toml::Table = usual.into_iter().filter(|(key, _)| OLD_SETTINGS.contains(&key.as_str())).collect();
    settings["ladder"].as_table_mut().unwrap().remove("unaware");
    old.execute("INSERT INTO school (one, settings) VALUES (1, ?1)", [toml::to_string(&settings).unwrap()]).unwrap();
    old.execute_batch(OLD_ROWS).unwrap();
}

const OLD_SETTINGS: [&str; 6] = ["name", "time-zone", "register-due-after", "late-reasons", "ladder", "times"];

const OLD_ROWS: &str = r#"
    INSERT INTO tutor_group (id, name) VALUES (1, '8KM');
    INSERT INTO pupil (id, surname, forename, tutor_group, first_day) VALUES (1, 'Khan', 'Amira', 1, '2026-09-01');
    INSERT INTO contact (id, pupil, place, name, relationship, phone) VALUES (1, 1, 1, 'Mrs Khan', 'mother', '0100');
    INSERT INTO term VALUES ('2026-09-01', '2026-12-18', 'Autumn');
    INSERT INTO cover VALUES ('2026-11-24', 'AM', 1, 'Mr Cole', 'E10');
    INSERT INTO act (id, instant, kind, detail, who, post, desk, about) VALUES
      (1, '2026-11-24T08:50:00Z', 'register', '{"take-register":{"group":1,"at":{"date":"2026-11-24","session":"AM"},"by":{"teacher":"Mrs Kemp"},"marks":[[1,{"code":"N","minutes":null}]]}}', 'Mrs Kemp', 'tutor', 'r', '2026-11-24'),
      (2, '2026-11-24T09:20:00Z', 'call', '{"log-call":{"pupil":1,"contact":1,"at":{"date":"2026-11-24","session":"AM"},"outcome":"aware","code":"I","note":"flu","call_back":null,"covers":[],"saw":[[1,1]]}}', 'S Marsh', 'officer', 'o', '2026-11-24');
    INSERT INTO register VALUES ('2026-11-24', 'AM', 1, 1, 'Mrs Kemp', NULL);
    INSERT INTO evidence (act, pupil, kind, first_day, first_session, last_day, last_session, code, said_by, words)
      VALUES (2, 1, 'report', '2026-11-24', 'AM', '2026-11-24', 'PM', 'I', 'Mrs Khan, mother', 'flu');
    INSERT INTO mark VALUES ('2026-11-24', 'AM', 1, 'N', NULL, 1, 'I', NULL, 2), ('2026-11-24', 'PM', 1, NULL, NULL, NULL, 'I', NULL, 2);
    INSERT INTO amendment (act, date, session, pupil, original, new, reason)
      VALUES (2, '2026-11-24', 'AM', 1, 'N', 'I', 'report I by Mrs Khan, mother');
    INSERT INTO call (act, pupil, contact, date, session, outcome, code, note)
      VALUES (2, 1, 1, '2026-11-24', 'AM', 'aware', 'I', 'flu');
"#;

#[test]
fn a_file_of_the_first_schema_keeps_its_day_and_its_acts_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    old_file(&path);
    let mut store = Store::open(&path, Arc::new(CodeTable::national().unwrap())).unwrap();
    let day = store.day(today()).unwrap();
    let register = day.register(GroupId(1), Session::Am).unwrap();
    assert_eq!((register.cover.as_deref(), register.room.as_deref()), (Some("Mr Cole"), Some("E10")));
    assert_eq!((day.calls.len(), day.calls[0].number.as_deref()), (1, None));
    assert!(!day.roll.school.ladder.unaware.is_empty(), "a parent who did not know is followed up all the same");
    let codes = |store: &mut Store| {
        let day = store.day(today()).unwrap();
        Session::BOTH.map(|at| day.mark(PupilId(1), at).settled.map(|mark| mark.to_string()).unwrap_or_default())
    };
    let undone = store.perform(&officer(), now(), &Act::Undo(Undo { act: ActId(2) })).unwrap().act;
    assert_eq!(codes(&mut store), ["N", ""]);
    assert!(store.day(today()).unwrap().calls.is_empty());
    store.perform(&officer(), now(), &Act::Undo(Undo { act: undone })).unwrap();
    assert_eq!(codes(&mut store), ["I", "I"]);
}
