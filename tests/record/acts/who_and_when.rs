//! Who did what, and when: acts go by login and desk, a role is asked again at each act, the true time is kept beside a time that was
//! given, and the school's set-up is journalled like the day's work.

use firstbell::domain::act::disclosure::{Disclosure, Shown};
use firstbell::domain::act::{Act, ChangeSettings, Officer, Undo, When};
use firstbell::domain::incoming::Incoming;
use firstbell::domain::school::pin::Pin;
use firstbell::domain::school::staff::{Member, Role};
use firstbell::store::NotDone;
use rusqlite::Connection;

use crate::support::*;

fn member(login: &str, role: Role) -> Member {
    Member { login: login.to_owned(), name: "J Smith".to_owned(), post: "office".to_owned(), role }
}

/// One of the staff, as somebody sits down who does not own the file.
fn staff(login: &str, role: Role, desk: &str) -> Officer {
    let (name, post, desk) = ("J Smith".to_owned(), "office".to_owned(), format!("{login}@office {desk}"));
    Officer { name, post, desk, login: login.to_owned(), role, is_owner: false }
}

fn list(desk: &mut Desk, staff: &[Member]) {
    desk.change_settings(november(24), |school| school.staff = staff.to_vec());
}

fn card(pupil: firstbell::domain::people::pupil::PupilId) -> Disclosure {
    Disclosure { shown: Shown::Card, pupil: Some(pupil), what: "opened on the screen".to_owned() }
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, NotDone>) -> String {
    match answer.unwrap_err() {
        NotDone::Refused(refusal) => refusal.to_string(),
        NotDone::Fault(fault) | NotDone::Unknown(fault, _) => panic!("{fault}"),
    }
}

#[test]
fn two_of_one_name_are_two_and_neither_takes_back_what_the_other_did() {
    let mut desk = Desk::new();
    list(&mut desk, &[member("jsmith", Role::Officer), member("jsmith2", Role::Officer)]);
    let [one, other] = ["jsmith", "jsmith2"].map(|login| staff(login, Role::Officer, "pts/1"));
    let at_another_desk = staff("jsmith", Role::Officer, "pts/2");
    let first = desk.store.perform(&one, now("08:57"), &arrival(AMIRA, "08:57")).unwrap();
    let second = desk.store.perform(&other, now("08:58"), &arrival(ZOE, "08:58")).unwrap();
    let midnight = now("00:00");
    for (officer, last) in [(&one, Some(first.act)), (&other, Some(second.act)), (&at_another_desk, None)] {
        assert_eq!(desk.store.last_act(officer, midnight).unwrap(), last, "{}", officer.desk);
    }
    desk.store.perform(&one, now("08:59"), &Act::Undo(Undo { act: first.act })).unwrap();
    assert_eq!(desk.store.last_act(&one, midnight).unwrap(), None, "said again, the one before it: there is none");
    let logins: Vec<_> =
        desk.store.day_log(november(24)).unwrap().into_iter().map(|entry| entry.login.unwrap()).collect();
    assert_eq!(logins.last_chunk(), Some(&["jsmith".to_owned(), "jsmith2".to_owned(), "jsmith".to_owned()]));
}

#[test]
fn a_role_is_asked_again_when_files_are_merged() {
    let mut desk = Desk::new();
    let lead = staff("jsmith", Role::Lead, "pts/1");
    list(&mut desk, &[member("jsmith", Role::Gate)]);
    let merged = desk.store.merge(&lead, now("09:00"), &Incoming::default(), false, &mut |_, _| {});
    assert_eq!(refusal(merged), "an import is for a lead: this login is a gate's");
}

#[test]
fn a_role_is_asked_again_at_each_act_and_each_disclosure() {
    let mut desk = Desk::new();
    let officer = staff("jsmith", Role::Lead, "pts/1");
    let saw = desk.revision(LOUIS, am(24));
    let k = amend(LOUIS, am(24), "K", "arranged by the authority", saw);
    for (listed, enters, sees) in [
        (Some(Role::Gate), Err("“enter or amend a mark” is for an officer: this login is a gate's"), false),
        (Some(Role::Officer), Err("code K is for a lead: this login is an officer's"), true),
        (
            None,
            Err("jsmith is no longer among the school's staff: an admin adds them with “firstbell settings”"),
            false,
        ),
        (Some(Role::Lead), Ok(()), true),
    ] {
        let staff: Vec<Member> = listed.iter().map(|role| member("jsmith", *role)).collect();
        list(&mut desk, &staff);
        let before = desk.count("disclosure");
        let shown = desk.store.disclose(&officer, now("09:30"), &card(AMIRA));
        assert_eq!(shown.is_ok(), sees, "{listed:?}");
        assert_eq!(desk.count("disclosure"), before + i64::from(sees), "{listed:?}");
        let set = desk.store.set_pin(&officer, &Pin::chosen("471108").unwrap(), now("09:30"));
        assert_eq!(set.is_ok(), listed.is_some(), "{listed:?}");
        let entered = desk.store.perform(&officer, now("09:31"), &k);
        match enters {
            Ok(()) => assert!(entered.is_ok(), "{entered:?}"),
            Err(text) => assert_eq!(refusal(entered), text),
        }
    }
    // A file is brought in by whoever is still there.
    list(&mut desk, &[]);
    let files = desk.store.merge(&officer, now("09:32"), &incoming(), false, &mut |_, _| {});
    assert!(refusal(files).contains("no longer among"));
}

#[test]
fn the_true_time_stands_beside_a_time_that_was_given_wherever_the_act_is_told() {
    let mut desk = Desk::new();
    let given = When { now: now("08:57"), clock: Some(now("14:05")) };
    let true_time = "S Marsh (time given; clock 2026-11-24 14:05 UTC)";
    desk.done("08:50", register(G8KM, am(24), &[(AMIRA, "N"), (LOUIS, "/")]));
    desk.store.perform(&desk.officer, given, &arrival(AMIRA, "08:57")).unwrap();
    desk.store.disclose(&desk.officer, given, &card(AMIRA)).unwrap();
    let entries = desk.store.day_log(november(24)).unwrap().pop().unwrap();
    assert_eq!(entries.text, "arrival of Khan, Amira 8KM at 08:57 (time given; clock 2026-11-24 14:05 UTC)");
    assert_eq!(desk.amendments(AMIRA).pop().unwrap().who, true_time);
    let day = desk.store.day(november(24)).unwrap();
    let evidence = day.evidence_of(day.roll.pupil(AMIRA).unwrap(), am(24).session);
    assert_eq!(evidence.last().unwrap().who.to_string(), true_time);
    assert_eq!(desk.store.disclosed(november(24)).unwrap().pop().unwrap().who, true_time);
    // Of what is taken back its own true time is told, and not that of what it took back beside it.
    let mut sooner = Desk::new();
    let arrived = sooner.store.perform(&sooner.officer, given, &arrival(AMIRA, "08:57")).unwrap().act;
    let later = When { now: now("08:58"), clock: Some(now("14:07")) };
    sooner.store.perform(&sooner.officer, later, &Act::Undo(Undo { act: arrived })).unwrap();
    let text = "took back: arrival of Khan, Amira 8KM at 08:57 (time given; clock 2026-11-24 14:07 UTC)";
    assert_eq!(sooner.store.day_log(november(24)).unwrap().pop().unwrap().text, text);
    // Told on the day on which it was done as well, whatever day was given.
    let another_day = When { now: school_instant(&desk, 9, "09:00"), clock: Some(now("14:06")) };
    desk.store.disclose(&desk.officer, another_day, &card(AMIRA)).unwrap();
    let (dated, done) = (november(9), november(24));
    assert_eq!([dated, done].map(|day| desk.store.disclosed(day).unwrap().len()), [1, 2]);
    desk.store.perform(&desk.officer, another_day, &report(&[LOUIS], "I", am(9), am(9))).unwrap();
    for day in [dated, done] {
        assert!(desk.store.day_log(day).unwrap().pop().unwrap().text.starts_with("report I for"), "{day}");
    }
    let text = desk.refused("09:00", arrival(AMIRA, "08:59"));
    assert!(text.contains(true_time), "{text}");
    // What is done by the clock says no more than who.
    desk.done("09:01", arrival(ZOE, "09:01"));
    assert_eq!(desk.store.day_log(november(24)).unwrap().pop().unwrap().who, "S Marsh");
}

#[test]
fn the_set_up_is_journalled_with_what_it_was_and_taken_back() {
    let mut desk = Desk::new();
    let before = desk.store.roll().school.clone();
    list(&mut desk, &[member("jsmith", Role::Gate)]);
    list(&mut desk, &[member("jsmith", Role::Officer)]);
    desk.store
        .set_pin(&staff("jsmith", Role::Officer, "pts/1"), &Pin::chosen("471108").unwrap(), now("12:01"))
        .unwrap();
    let entries = desk.store.set_up().unwrap();
    let rows: Vec<(&str, Vec<String>)> = entries.iter().map(|one| (one.who.as_str(), one.changes.clone())).collect();
    assert_eq!(rows[2], ("S Marsh", vec!["staff.jsmith.role: gate → officer".to_owned()]));
    assert!(entries[0].text.starts_with("import of"), "{}", entries[0].text);
    assert_eq!((entries[3].text.as_str(), entries[3].can_undo), ("PIN of jsmith set", false));
    assert!(!format!("{:?}", desk.dump()).contains("471108"));

    // The last first: of two changes, the first cannot be taken back under the second.
    let [first, second] = [entries[1].act, entries[2].act];
    let text = desk.refused("12:02", Act::Undo(Undo { act: first }));
    assert_eq!(text, "the settings were changed since: take that back first");
    desk.undo("12:03", second);
    desk.undo("12:04", first);
    desk.store.day(november(24)).unwrap();
    assert_eq!(desk.store.roll().school, before);
    let last = desk.store.set_up().unwrap().pop().unwrap();
    assert_eq!(last.text, "took back: settings: 4 values");
}

#[test]
fn session_times_that_are_taken_back_stay_for_the_days_on_which_they_held() {
    let mut desk = Desk::new();
    let before = desk.store.roll().school.times.clone();
    let sooner = local(november(20), "08:55").time();
    desk.change_settings(november(20), |school| school.times.usual.am.closes = sooner);
    let change = desk.store.set_up().unwrap().pop().unwrap().act;
    desk.undo("12:04", change);
    desk.store.day(november(24)).unwrap();
    let school = &desk.store.roll().school;
    let closes = |day| school.timetable(november(day)).usual.am.closes;
    assert_eq!([19, 20, 23, 24].map(closes), [before.usual.am.closes, sooner, sooner, before.usual.am.closes]);
}

#[test]
fn an_older_file_says_whose_its_acts_were_and_where_nobody_can_say() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("before.db");
    let file = tables_before(&path, 4);
    let instant = "2026-11-23T09:00:00Z";
    for (who, at) in [("J Smith", "jsmith@office pts/1"), ("J Smith", "front desk")] {
        file.execute(
            "INSERT INTO act (instant, kind, detail, who, post, desk) VALUES (?1, 'import', '{}', ?2, 'office', ?3)",
            [instant, who, at],
        )
        .unwrap();
    }
    copy_school(&file, &desk.path);
    drop(file);
    let old = Desk::of_file(&path, "S Marsh");
    let entries = old.store.day_log(november(23)).unwrap();
    let rows: Vec<_> = entries.into_iter().map(|one| (one.who, one.login, one.text)).collect();
    let import = || "import".to_owned();
    assert_eq!(
        rows,
        [("J Smith".to_owned(), Some("jsmith".to_owned()), import()), ("J Smith".to_owned(), None, import()),]
    );
}

fn school_instant(desk: &Desk, day: u32, time: &str) -> chrono::DateTime<chrono::Utc> {
    desk.store.roll().school.instant(local(november(day), time))
}

#[test]
fn what_is_taken_back_and_done_again_stands_on_the_tape() {
    let mut desk = Desk::new();
    let first = desk.done("08:57", arrival(AMIRA, "08:57"));
    let back = desk.done("08:58", Act::Undo(Undo { act: first.act }));
    desk.done("08:59", Act::Undo(Undo { act: back.act }));
    let entries = desk.store.day_log(november(24)).unwrap();
    let rows: Vec<(&str, bool)> =
        entries.iter().rev().take(3).map(|one| (one.text.as_str(), one.undone.is_some())).collect();
    let title = "arrival of Khan, Amira 8KM at 08:57";
    let (again, back) = (format!("did again: {title}"), format!("took back: {title}"));
    assert_eq!(rows, [(again.as_str(), false), (back.as_str(), false), (title, false)]);
}

#[test]
fn the_printer_s_command_is_the_owner_s_alone_by_whatever_door() {
    let mut desk = Desk::new();
    let set = |command: &'static str| {
        move |school: &mut firstbell::domain::school::School| school.late_slip = command.to_owned()
    };
    list(&mut desk, &[member("admin", Role::Admin)]);
    desk.change_settings(november(24), set("lp -d gate"));
    desk.change_settings(november(24), set(""));
    let removed = desk.store.set_up().unwrap().pop().unwrap().act;
    let admin = staff("admin", Role::Admin, "pts/1");
    let from = desk.store.roll().school.clone();
    let to = firstbell::domain::school::School { late_slip: "lp -d office".to_owned(), ..from.clone() };
    let change = Act::ChangeSettings(ChangeSettings { from: Box::new(from), to: Box::new(to) });
    for act in [change, Act::Undo(Undo { act: removed })] {
        let text = refusal(desk.store.perform(&admin, now("12:02"), &act));
        assert!(text.starts_with("late-slip is a program of this computer"), "{text}");
    }
    assert_eq!(desk.store.roll().school.late_slip, "");
}

/// The settings of one file in another.
fn copy_school(file: &Connection, from: &std::path::Path) {
    file.execute("ATTACH ?1 AS now", [from.to_str().unwrap()]).unwrap();
    file.execute_batch("INSERT INTO main.school SELECT * FROM now.school; DETACH now").unwrap();
}
