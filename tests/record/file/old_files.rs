//! A file of an earlier version: an upgrade changes no mark by itself, what is touched is settled by the rule of today, and who was
//! barred stays barred.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use firstbell::domain::act::{Act, TakeRegister, TakenBy, Undo};
use firstbell::domain::act_id::ActId;
use firstbell::domain::day::Timelines;
use firstbell::domain::facts::presence::Way;
use firstbell::domain::incoming::{Incoming, IncomingLesson, IncomingPupil, Said};
use rusqlite::Connection;

use crate::support::*;

/// Upgrades of the versions that settled marks by another rule, and of those that kept who is barred beside the contact.
const OTHER_RULE: usize = 3;
const BARS_BESIDE_CONTACTS: usize = 4;

/// A copy of `now` as the version with so many `upgrades` would have laid it down: its tables, its columns, its number.
fn of_an_earlier_version(now: &Path, upgrades: usize) -> PathBuf {
    let path = now.with_file_name("before.db");
    let file = tables_before(&path, upgrades);
    file.execute("ATTACH ?1 AS now", [now.to_str().unwrap()]).unwrap();
    file.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let names = |question: &str| -> Vec<String> {
        let mut statement = file.prepare(question).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    for table in names("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
        // What an upgrade took away has no values any more.
        let both =
            "SELECT name FROM pragma_table_info(?1, 'main') INTERSECT SELECT name FROM pragma_table_info(?1, 'now')";
        let columns = names(&both.replace("?1", &format!("'{table}'"))).join(", ");
        file.execute_batch(&format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}")).unwrap();
    }
    path
}

/// A small school's file, as an earlier version would have left it at `path`.
pub fn school_of_an_earlier_version(path: &Path) {
    let mut desk = Desk::new();
    desk.done("08:57", arrival(ZOE, "08:57"));
    std::fs::rename(of_an_earlier_version(&desk.path, OTHER_RULE), path).unwrap();
}

/// Reported ill for the day, in at 09:40, and not in the afternoon's register: as the rule had it then, I and I.
fn ill_and_seen(file: &Path) {
    let file = Connection::open(file).unwrap();
    let changed =
        file.execute("UPDATE mark SET code = 'I', minutes = NULL WHERE pupil = 1 AND date = '2026-11-24'", []);
    assert_eq!(changed.unwrap(), 2);
}

#[test]
fn an_upgrade_changes_no_mark_and_what_is_touched_is_settled_again() {
    let mut desk = Desk::new();
    desk.done("08:10", report(&[AMIRA], "I", am(24), pm(24)));
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "/")]));
    desk.done("09:40", arrival(AMIRA, "09:40"));
    desk.done("13:30", register(G8KM, pm(24), &[(AMIRA, "N"), (LOUIS, "\\")]));
    assert_eq!([am(24), pm(24)].map(|at| desk.mark(AMIRA, at)), ["U 60 min", "N"]);

    let path = of_an_earlier_version(&desk.path, OTHER_RULE);
    ill_and_seen(&path);
    let amendments = desk.count("amendment");
    let mut old = Desk::of_file(&path, "S Marsh");
    assert_eq!([am(24), pm(24)].map(|at| old.mark(AMIRA, at)), ["I", "I"], "as they were settled then");
    assert_eq!(old.count("amendment"), amendments);
    assert!(old.amendments(AMIRA).iter().all(|row| row.rule.is_none() && row.is_decided.is_none()));
    let day = old.store.day(november(24)).unwrap();
    let line = Timelines::whole(&day).of(day.roll.pupil(AMIRA).unwrap());
    let why = line.why_stands(am(24).session, day.mark(AMIRA, am(24).session).settled);
    assert!(why.starts_with("I was settled by an earlier rule; this one would say U 60 min: gate 09:40"), "{why}");

    // Another pupil's day is not hers.
    old.done("14:00", arrival(ZOE, "13:31"));
    assert_eq!(old.mark(AMIRA, pm(24)), "I");
    // Her afternoon is touched, and not her morning.
    old.done("14:05", moved(AMIRA, Way::Out, "14:05", "walked out"));
    assert_eq!([am(24), pm(24)].map(|at| old.mark(AMIRA, at)), ["I", "N"]);
    let last = old.amendments(AMIRA).pop().unwrap();
    assert_eq!((last.quote(), last.is_decided), (Some("walked out"), Some(false)));
}

#[test]
fn who_was_barred_in_an_old_file_stays_barred_beside_a_namesake() {
    let desk = Desk::new();
    let path = of_an_earlier_version(&desk.path, BARS_BESIDE_CONTACTS);
    let old = "
        UPDATE contact SET gone = 1;
        INSERT INTO contact (pupil, place, name, relationship, phone, do_not_contact, gone) VALUES
          (1, 1, 'Mr Khan', 'father', '07700 900456', 1, 0),
          (1, 2, 'Mr Khan', 'uncle', '07700 900111', 0, 0),
          (2, 1, 'Mr Obi', 'father', '07700 900457', 1, 1),
          (2, 1, 'Mr Obi', 'uncle', '07700 900112', 0, 0);";
    Connection::open(&path).unwrap().execute_batch(old).unwrap();
    let mut desk = Desk::of_file(&path, "S Marsh");
    assert_eq!(
        desk.ask("SELECT name || ', ' || relationship FROM bar WHERE numbers LIKE '07700%' ORDER BY id").concat(),
        ["Mr Khan, father", "Mr Obi, father"].map(|text| Some(text.to_owned()))
    );
    let day = desk.store.day(november(24)).unwrap();
    let rung = day.roll.contacts(AMIRA).iter().filter(|one| one.can_be_rung());
    assert_eq!(rung.map(|one| one.relationship.as_str()).collect::<Vec<_>>(), ["uncle"]);
}

#[test]
fn who_was_barred_in_an_old_file_stays_barred_in_every_spelling() {
    let desk = Desk::new();
    let path = of_an_earlier_version(&desk.path, BARS_BESIDE_CONTACTS);
    let old = "
        UPDATE contact SET do_not_contact = 1, note = 'court order' WHERE pupil = 1 AND place = 2;
        UPDATE contact SET gone = 1 WHERE pupil = 1 AND place = 2;
        -- As an import of that version left it: the bar lost with the spelling.
        INSERT INTO contact (pupil, place, name, relationship, phone) VALUES (1, 2, 'MR KHAN', 'father', '07700900822');
        -- Barred once, and lifted since by a file.
        INSERT INTO contact (pupil, place, name, relationship, do_not_contact, gone) VALUES (2, 2, 'Mr Obi', 'uncle', 1, 1);
        INSERT INTO contact (pupil, place, name, relationship, phone) VALUES (2, 2, 'Mr Obi', 'uncle', '0113 496 0005');
        INSERT INTO household (key) VALUES ('NULL'), ('--'), ('0');
        UPDATE pupil SET household = (SELECT id FROM household WHERE key = 'NULL') WHERE id IN (3, 4);
        UPDATE pupil SET household = (SELECT id FROM household WHERE key = '--') WHERE id IN (5, 6);";
    Connection::open(&path).unwrap().execute_batch(old).unwrap();
    let mut desk = Desk::of_file(&path, "S Marsh");
    assert_eq!(
        desk.ask("SELECT name, reason FROM bar")[0],
        ["Mr Khan", "court order"].map(|text| Some(text.to_owned()))
    );
    assert_eq!(desk.count("bar"), 1);
    let rung = |desk: &mut Desk, pupil| -> Vec<String> {
        let day = desk.store.day(november(24)).unwrap();
        let contacts = day.roll.contacts(pupil).iter().filter(|one| one.can_be_rung());
        contacts.map(|one| one.name.clone()).collect()
    };
    assert_eq!(rung(&mut desk, AMIRA), ["Mrs Khan"], "his number is his, whatever the file called him");
    assert_eq!(rung(&mut desk, BILAL), ["Mrs Khan", "Mr Obi"]);
    let day = desk.store.day(november(24)).unwrap();
    let siblings = |id| day.roll.siblings(day.roll.pupil(id).unwrap()).count();
    assert_eq!([AMIRA, SIOBHAN, LOUIS, ZOE].map(siblings), [1, 0, 0, 0], "what stands for nothing is no household");
}

#[test]
fn who_was_due_in_a_lesson_of_an_old_file_still_is_and_its_imports_are_not_taken_back() {
    let mut desk = Desk::new();
    let lesson = IncomingLesson {
        pupil: key("0001"),
        date: november(24),
        period: "2".to_owned(),
        class: "8KM Maths".to_owned(),
        teacher: None,
        room: None,
        mark: Some(mark("/")),
    };
    desk.merge(&Incoming { lessons: placed([lesson]), ..Incoming::default() });
    let path = of_an_earlier_version(&desk.path, 5);
    let journal = "UPDATE act SET detail = replace(detail, ',\"can_undo\":true', '')";
    assert_eq!(Connection::open(&path).unwrap().execute(journal, []).unwrap(), 2);
    let mut old = Desk::of_file(&path, "S Marsh");
    let day = old.store.day(november(24)).unwrap();
    assert_eq!((day.lessons.len(), day.lesson_marks.len()), (1, 1));
    let text = "what that import replaced was not kept: it is put right by another file";
    for act in [1, 2] {
        assert_eq!(old.refused("09:00", Act::Undo(Undo { act: ActId(act) })), text);
    }
    assert!(old.store.set_up().unwrap().iter().all(|entry| !entry.can_undo));
}

#[test]
fn who_took_a_register_of_an_old_file_is_read_as_it_was_written() {
    let mut desk = Desk::new();
    let own = desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "/")])).act;
    let by = TakenBy::Paper("Mrs Kemp".to_owned());
    let marks = vec![(AMIRA, mark("N"))];
    let paper = desk.done("08:55", TakeRegister { group: G8KM, at: am(24), by: by.clone(), marks }).act;
    let from_file = desk.done("08:57", register(G9TR, am(24), &[(ZOE, "/")])).act;
    let path = of_an_earlier_version(&desk.path, 6);
    let old = Connection::open(&path).unwrap();
    for (act, text) in [(paper, "Mrs Kemp, on paper"), (from_file, "import")] {
        assert_eq!(old.execute("UPDATE register SET taken_by = ?2 WHERE act = ?1", (act.0, text)).unwrap(), 1);
    }
    drop(old);

    let mut old = Desk::of_file(&path, "S Marsh");
    let day = old.store.day(november(24)).unwrap();
    let mut taken: Vec<_> = day.handed_in.all().map(|one| (one.act, one.by.clone(), one.by.to_string())).collect();
    taken.sort_by_key(|(act, ..)| *act);
    let expected = [
        (own, TakenBy::Teacher("Mrs Kemp".to_owned()), "Mrs Kemp".to_owned()),
        (paper, by, "Mrs Kemp, on paper".to_owned()),
        (from_file, TakenBy::Import, "import".to_owned()),
    ];
    assert_eq!(taken, expected);
    old.done("09:30", report(&[AMIRA], "I", am(24), pm(24)));
    assert_eq!(old.mark(AMIRA, am(24)), "/", "the paper corrects nothing: it counts beside the register");
}

#[test]
fn the_roll_of_an_old_file_is_as_it_was_and_takes_what_more_is_held_of_people() {
    let desk = Desk::new();
    let rolls = |desk: &mut Desk| {
        let day = desk.store.day(november(24)).unwrap();
        (day.roll.pupils.clone(), [AMIRA, BILAL].map(|id| day.roll.contacts(id).to_vec()))
    };
    let path = of_an_earlier_version(&desk.path, 9);
    let mut now = desk;
    let mut old = Desk::of_file(&path, "S Marsh");
    assert_eq!(rolls(&mut old), rolls(&mut now));
    let born = NaiveDate::from_ymd_opt(2014, 3, 12);
    let more = IncomingPupil {
        preferred_forename: Said::Value("Mira".to_owned()),
        date_of_birth: Said::of(true, born),
        ..incoming().pupils.remove(0).1
    };
    assert_eq!(old.merge(&Incoming { pupils: placed([more]), ..Incoming::default() }).pupils.changed, 1);
    let day = old.store.day(november(24)).unwrap();
    let pupil = day.roll.pupil(AMIRA).unwrap();
    assert_eq!((pupil.list_name().as_str(), pupil.date_of_birth), ("Khan, Mira", born));
}

#[test]
fn an_old_file_keeps_what_becomes_of_the_files_of_a_folder() {
    let desk = Desk::new();
    let mut old = Desk::of_file(&of_an_earlier_version(&desk.path, 11), "S Marsh");
    assert_eq!(old.store.day(november(24)).unwrap().refused_files, []);
    crate::imports::feeding::refuse(&mut old, "marks.csv");
    assert_eq!(old.store.refused_files().unwrap().len(), 1);
}
