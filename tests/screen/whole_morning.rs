//! A whole morning at a made-up school, by keys alone, from ten to eight until eleven: what is left open is exactly what the
//! hand-over names.

use std::collections::BTreeSet;

use firstbell::demo::file::{Wanted, make};
use firstbell::domain::people::pupil::{Pupil, PupilId};
use firstbell::store::Store;

use crate::support::{Desk, Office, am, at, change_settings, codes};

/// Messages before registration, pupils marked N, and how each third of them ends.
const MESSAGES: usize = 12;
const UNEXPLAINED: usize = 40;
const EXPLAINED: usize = 20;
const PROMISED: usize = 10;

/// A school of thirty registers at 07:50, with nobody at work but us.
fn school() -> Office {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    let morning = at("07:50");
    let wanted = Wanted { seed: 1, pupils: 800, years: 1, at: morning.time() };
    let (mut store, _) = make(&path, &wanted, codes(), morning).unwrap();
    change_settings(&mut store, |school| school.screen.lock_after = 0);
    assert_eq!(store.roll().groups.len(), 30);
    Office::of(path, folder)
}

/// One tutor group's pupils in the order of its register, each with whether anything is known of them yet.
struct Register {
    pupils: Vec<(PupilId, String, bool)>,
}

/// Every register, in the order in which they are listed.
fn registers(office: &Office) -> Vec<Register> {
    let mut store = Store::open(&office.path, codes()).unwrap();
    let day = store.day(am().date).unwrap();
    let known = |id| {
        let at = (id, am().session);
        day.evidence.contains_key(&at) || day.marks.get(&at).is_some_and(|mark| mark.settled.is_some())
    };
    let row = |pupil: &Pupil| (pupil.id, pupil.admission_no.clone().unwrap(), known(pupil.id));
    let of = |group| Register { pupils: day.on_roll().filter(|pupil| pupil.group == Some(group)).map(row).collect() };
    day.roll.groups.iter().map(|group| of(group.id)).collect()
}

/// Press keys that record something: the status line says that it was done.
#[track_caller]
fn does(desk: &mut Desk, keys: &str) {
    desk.press(keys);
    assert!(desk.status().starts_with('✓'), "{keys}: {}\n{}", desk.status(), desk.text());
}

/// What the program itself answers on this file.
fn answer(office: &Office, command: &str) -> serde_json::Value {
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_firstbell"))
        .args(["--db", office.path.to_str().unwrap(), "--now", "2026-11-24T11:00", "--json", command])
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

/// The numbers of the pupils that these rows name, under `key` if not at once.
fn pupils(rows: &serde_json::Value, key: Option<&str>) -> Vec<i64> {
    let of = |row: &serde_json::Value| key.map_or(row, |key| &row[key])["pupil"].as_i64();
    rows.as_array().unwrap().iter().filter_map(of).collect()
}

#[test]
fn from_the_first_message_to_the_hand_over() {
    let office = school();
    let mut desk = office.desk("07:50");

    // The answerphone, before any register exists.
    let messages = |office: &Office| office.ask("SELECT count(*) FROM message").parse::<usize>().unwrap();
    let before = messages(&office);
    let reported = registers(&office).into_iter().filter_map(|register| {
        let (_, admission_no, _) = register.pupils.into_iter().rfind(|(_, _, known)| !known)?;
        Some(admission_no)
    });
    for admission_no in reported.take(MESSAGES) {
        does(&mut desk, &format!("i '{admission_no}' enter 'sick' enter"));
    }
    assert_eq!(messages(&office), before + MESSAGES);

    // No register comes in by itself: each is chased, then typed from its teacher's paper.
    desk.clock("08:55").press("1");
    assert!(desk.shows("Unmarked registers  30 of 30"), "{}", desk.text());
    for _ in 0..30 {
        does(&mut desk, "c");
        desk.press("j");
    }
    assert_eq!(office.ask("SELECT count(DISTINCT tutor_group) FROM chase"), "30");
    desk.clock("09:05");
    let mut missing: Vec<(PupilId, String)> = Vec::new();
    for (place, register) in registers(&office).into_iter().enumerate() {
        let absent = if place < UNEXPLAINED - 30 { 2 } else { 1 };
        desk.press("1 g enter");
        let mut here = 0;
        for (line, (id, admission_no, _)) in
            register.pupils.iter().enumerate().filter(|(_, (_, _, known))| !known).take(absent)
        {
            for _ in here..line {
                desk.press("down");
            }
            desk.press("n");
            here = line + 1;
            missing.push((*id, admission_no.clone()));
        }
        does(&mut desk, "enter enter");
    }
    assert!(desk.shows("Every register is in."), "{}", desk.text());
    assert_eq!(missing.len(), UNEXPLAINED);

    // Everybody elsewhere is confirmed by their provider.
    desk.clock("09:30").press("o g");
    for _ in 0..40 {
        if desk.press("Y").shows("Who says") {
            does(&mut desk, "'Ms' space 'Hall' enter");
        } else {
            desk.press("j");
        }
    }
    desk.press("esc");

    // The call loop: reasons first, the next pupil coming by itself; then promises; then parents who did not know.
    desk.press("2 g");
    assert!(desk.line_with("2 Unexplained").contains(&format!("2 Unexplained  {UNEXPLAINED}")), "{}", desk.text());
    for _ in 0..EXPLAINED {
        does(&mut desk, "c s i enter");
    }
    for _ in 0..PROMISED {
        desk.press("g");
        does(&mut desk, "c b '1130' enter");
    }
    let called = |id: PupilId| office.ask(&format!("SELECT count(*) FROM call WHERE pupil = {}", id.0)) != "0";
    for (_, admission_no) in missing.iter().filter(|(id, _)| !called(*id)) {
        desk.press(&format!("/ '{admission_no}' enter"));
        does(&mut desk, "c U enter");
        does(&mut desk, "'Ms' space 'Grey' enter esc");
    }

    // At eleven the hand-over names exactly what is open, and agrees with the list pupil for pupil.
    desk.clock("11:00").press("h");
    assert!(desk.shows("20 unexplained, 0 blank"), "{}", desk.text());
    let list = answer(&office, "unexplained");
    let listed: BTreeSet<i64> = pupils(&list["rows"], None).into_iter().collect();
    let handed = answer(&office, "handover");
    let under = |about: &str| {
        let sections = handed["rows"][0]["sections"].as_array().unwrap();
        let section = sections.iter().find(|section| section["about"] == about).unwrap();
        pupils(&section["items"], Some("whom"))
    };
    let (promised, escalated) = (under("promised"), under("escalated"));
    assert_eq!((promised.len(), escalated.len()), (PROMISED, UNEXPLAINED - EXPLAINED - PROMISED));
    assert_eq!(listed, promised.into_iter().chain(escalated).collect());
    for nothing in ["searches", "unaware", "spoken", "tried", "not-tried", "registers", "off-site"] {
        assert_eq!(under(nothing), [0; 0], "{nothing}");
    }
    let of_record = office.ask("SELECT pupil FROM mark WHERE date = '2026-11-24' AND session = 'AM' AND code = 'N'");
    assert_eq!(listed, of_record.lines().map(|id| id.parse().unwrap()).collect());
}
