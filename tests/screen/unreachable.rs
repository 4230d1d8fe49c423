//! The file cannot be reached: the screen says so and since when, keeps what was typed, and goes on by itself.

use std::fs::{copy, rename};
use std::path::PathBuf;

use firstbell::screen::{Event, Look};
use firstbell::store::{Fault, Store};

use crate::support::{Desk, Office, at, beside, codes, date};

fn away(office: &Office) -> PathBuf {
    office.path.with_extension("away")
}

/// The foot of the screen as one line, however it is broken.
fn foot(desk: &Desk) -> String {
    let text = desk.text();
    let lines: Vec<&str> = text.lines().rev().take(3).collect();
    lines.iter().rev().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_title_says_how_old_and_the_status_why_until_it_is_back() {
    let office = Office::new();
    let (mut desk, mut small) = (office.desk("09:21"), office.small("09:20"));
    rename(&office.path, away(&office)).unwrap();
    for desk in [&mut desk, &mut small] {
        desk.clock("09:21").look().clock("09:25").look();
        assert!(desk.line_with("firstbell").contains("as it was at 09:21, 4 min ago"), "{}", desk.text());
        assert!(desk.shows("is no longer where it was"), "{}", desk.text());
    }
    rename(away(&office), &office.path).unwrap();
    for desk in [&mut desk, &mut small] {
        desk.look();
        assert!(!desk.shows("as it was at") && !desk.shows("no longer"), "{}", desk.text());
    }
}

#[test]
fn an_act_waits_with_all_that_was_typed_and_is_done_once() {
    let office = Office::new();
    let mut desk = office.small("09:20");
    desk.press("w 'Mondays'");
    rename(&office.path, away(&office)).unwrap();
    desk.press("enter").press("c n enter").look();
    assert!(
        desk.shows("Mondays") && foot(&desk).contains("not saved yet; 3 keys wait, esc gives up: /"),
        "{}",
        desk.text()
    );
    rename(away(&office), &office.path).unwrap();
    desk.look();
    assert_eq!(office.ask("SELECT reason FROM watched"), "Mondays");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "1", "the keys that waited were heard: {}", desk.text());
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'watch'"), "1");
    assert!(desk.status().starts_with("✓ "), "{}", desk.status());
}

#[test]
fn esc_gives_up_says_so_and_leaves_the_dialog_as_it_was_typed() {
    let office = Office::new();
    let mut desk = office.small("09:20");
    desk.press("w 'Mondays'");
    rename(&office.path, away(&office)).unwrap();
    desk.press("enter j j").look().press("esc");
    assert!(foot(&desk).contains("is not saved: given up; the 2 keys typed since are dropped"), "{}", desk.text());
    assert!(desk.shows("Mondays"), "{}", desk.text());
    rename(away(&office), &office.path).unwrap();
    desk.look();
    assert_eq!(office.ask("SELECT count(*) FROM watched"), "0");
    desk.press("enter");
    assert_eq!(office.ask("SELECT reason FROM watched"), "Mondays");
}

#[test]
fn whoever_must_leave_gives_up_and_leaves() {
    let office = Office::new();
    let mut desk = office.small("09:20");
    rename(&office.path, away(&office)).unwrap();
    desk.press("n q");
    assert!(desk.shows("is not saved: given up") && !desk.quit, "{}", desk.text());
    desk.press("q");
    assert!(desk.quit);
}

#[test]
fn a_backup_in_its_place_is_opened_and_what_waited_is_asked_for_anew() {
    let office = Office::new();
    let mut desk = office.small("09:20");
    let backup = office.path.with_extension("backup");
    Store::open(&office.path, codes()).unwrap().back_up(&backup).unwrap();
    desk.press("n");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "1");
    desk.press("w 'Mondays'");
    rename(&office.path, away(&office)).unwrap();
    desk.press("enter").look();
    copy(&backup, &office.path).unwrap();
    desk.look();
    assert!(foot(&desk).contains("whose -wal and -shm still lie beside it"), "{}", desk.text());
    for suffix in ["-wal", "-shm"] {
        rename(beside(&office.path, suffix), beside(&office.path, &format!("{suffix}.away"))).unwrap();
    }
    desk.look();
    assert!(foot(&desk).contains("another copy of the file is open now"), "{}", desk.text());
    assert!(desk.shows("Mondays") && !desk.shows("as it was at"), "{}", desk.text());
    desk.press("enter");
    assert_eq!(office.ask("SELECT reason FROM watched"), "Mondays");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "0", "the backup is older than the call");
}

#[test]
fn frames() {
    let office = Office::new();
    let (mut desk, mut small) = (office.desk("09:20"), office.small("09:20"));
    for desk in [&mut desk, &mut small] {
        desk.send(Event::Fault(Fault::Gone("/srv/school/school.db".into()).to_string(), None));
        desk.clock("09:24");
    }
    insta::assert_snapshot!("unreachable_120x40", desk.frame());
    insta::assert_snapshot!("unreachable_80x24", small.frame());
    for desk in [&mut desk, &mut small] {
        let mut store = Store::open(&office.path, codes()).unwrap();
        desk.send(Event::News(Box::new(store.day(date()).unwrap())));
        desk.now = at("09:24");
    }
    insta::assert_snapshot!("recovered_120x40", desk.frame());
    insta::assert_snapshot!("recovered_80x24", small.frame());
}

#[test]
fn the_fire_list_opens_and_is_read_while_an_act_waits_and_ticks_nobody_later() {
    let office = Office::new();
    let mut desk = office.desk("09:21");
    rename(&office.path, away(&office)).unwrap();
    desk.press("n").look();
    assert!(foot(&desk).contains("not saved yet"), "{}", desk.text());
    desk.press("f");
    assert!(desk.shows("Fire list"), "{}", desk.text());
    assert!(foot(&desk).contains("not saved yet, and nobody can be ticked meanwhile"), "{}", desk.text());
    desk.press("tab 'max'");
    assert!(desk.shows("max"), "it is read and searched: {}", desk.text());
    desk.press("space down esc esc");
    assert!(!desk.shows("Fire list") && !desk.shows("given up"), "{}", desk.text());
    rename(away(&office), &office.path).unwrap();
    desk.look();
    assert_eq!(office.ask("SELECT count(*) FROM sighting"), "0", "nobody is ticked by a key of a while ago");
    assert_eq!(office.ask("SELECT count(*) FROM call"), "1", "what waited is saved");
}

#[test]
fn closing_the_fire_list_over_the_gate_gives_up_nothing() {
    let office = Office::new();
    let mut gate = office.desk_with("09:12", (80, 24), Look::default(), "J Ito");
    gate.app.open_gate();
    gate.press("'mori'");
    rename(&office.path, away(&office)).unwrap();
    gate.press("enter b").look().press("f6");
    assert!(gate.shows("Fire list") && foot(&gate).contains("not saved yet; kept, and tried again"), "{}", gate.text());
    gate.press("tab tab esc");
    assert!(!gate.shows("Fire list") && !gate.shows("given up"), "{}", gate.text());
    rename(away(&office), &office.path).unwrap();
    gate.look();
    assert_eq!(office.ask("SELECT count(*) FROM act WHERE kind = 'arrival'"), "1");
}
