//! The file moved away under a running screen, and back, or a backup in its place.

use std::fs::{copy, remove_file, rename};
use std::path::PathBuf;

use crate::support::Desk;

fn beside(desk: &Desk, suffix: &str) -> PathBuf {
    let mut name = desk.db.clone().into_os_string();
    name.push(suffix);
    name.into()
}

#[test]
fn moved_away_and_back_the_screen_says_so_keeps_what_was_typed_and_saves_it_by_itself() {
    let desk = Desk::school();
    let acts = desk.acts();
    let away = desk.db.with_extension("away");
    for (width, height) in [(80, 24), (120, 40)] {
        let mut terminal = desk.screen_of(width, height);
        terminal.keys("2gw");
        terminal.shows(&["Why"]);
        terminal.keys(&format!("seen at {width}"));
        terminal.shows(&[&format!("seen at {width}")]);
        rename(&desk.db, &away).unwrap();
        terminal.shows(&["no longer where it was", "as it was at"]);
        terminal.keys("\r");
        terminal.shows(&["not saved yet", &format!("seen at {width}")]);
        rename(&away, &desk.db).unwrap();
        terminal.shows(&["✓"]);
        terminal.hides("as it was at");
        terminal.keys("u");
        terminal.shows(&["undone"]);
        terminal.keys("q");
        assert_eq!(terminal.ends().0.code(), Some(0));
        terminal.is_given_back();
    }
    assert_eq!(desk.acts(), acts + 4, "each was done once, and taken back");
    desk.is_whole();
}

#[test]
fn a_backup_put_in_its_place_is_shown_by_itself() {
    let desk = Desk::school();
    let backup = desk.folder.path().join("backup.db");
    assert!(desk.run(&["backup", backup.to_str().unwrap()]).status.success());
    let mut terminal = desk.screen();
    terminal.keys("4");
    assert!(desk.run(&["watch", "add", "yusuf", "--reason", "after the backup"]).status.success());
    terminal.shows(&["4 Watch 4 · 1 changed"]);
    for suffix in ["", "-wal", "-shm"] {
        remove_file(beside(&desk, suffix)).unwrap();
    }
    terminal.shows(&["as it was at"]);
    copy(&backup, &desk.db).unwrap();
    terminal.hides("as it was at");
    terminal.shows(&["4 Watch  3"]);
    assert_eq!(desk.ask("select count(*) from watched where reason = 'after the backup'"), ["0"]);
    terminal.keys("1c");
    terminal.shows(&["✓"]);
    desk.is_whole();
}

#[test]
fn a_screen_says_that_it_sits_there_and_that_it_has_left() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    let mut other = desk.screen_of(80, 24);
    other.shows(&["S Marsh office"]);
    terminal.shows(&["S Marsh office"]);
    assert_eq!(desk.ask("select count(*) || ' at ' || count(distinct desk) from sitting"), ["2 at 2"]);
    terminal.keys("q");
    terminal.ends();
    other.hides("S Marsh office");
    assert_eq!(desk.ask("select count(*) from sitting"), ["1"]);
}
