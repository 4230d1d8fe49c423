//! Files: made, missing, foreign, newer, locked, read-only; settings; who is at the desk.

mod pipes;
mod stopped;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rusqlite::Connection;

use crate::support::*;

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn init_makes_the_file_for_its_owner_only() {
    let desk = Desk::bare();
    let db = desk.folder.path().join("new/folder/school.db");
    let args = ["init", "--name", "Harrington High", "--db", db.to_str().unwrap()];
    assert!(desk.run(&args).ends(0).out.starts_with("Harrington High is ready in "));
    assert_eq!((mode(&db), mode(db.parent().unwrap())), (0o600, 0o700));
    let output = desk.run(&args).ends(3);
    assert!(output.err.contains("exists already: nothing was changed"), "{}", output.err);
    desk.run(&["init", "--name", " \u{7} "]).ends(2);
    desk.run(&["init"]).ends(2);
}

#[test]
fn the_file_lies_in_the_data_folder_unless_named() {
    let desk = Desk::bare();
    let run = |args: &[&str]| read_output(desk.command().env_remove("FIRSTBELL_DB").args(args).output().unwrap());
    run(&["init", "--name", "Harrington High"]).ends(0);
    assert!(desk.folder.path().join(".local/share/firstbell/school.db").exists());
    run(&["settings"]).ends(0);
}

#[test]
fn a_file_that_is_not_there_is_named_with_the_cure() {
    let desk = Desk::bare();
    let output = desk.run(&["unmarked"]).ends(3);
    let path = desk.db.display();
    let sentence = "does not exist: make it with “firstbell init”, or name another file with --db";
    assert_eq!(output.err, format!("firstbell: {path} {sentence}\n"));
    assert_eq!(output.out, "");
}

#[test]
fn a_file_that_is_not_ours_is_left_alone() {
    let desk = Desk::bare();
    fs::write(&desk.db, "Dear Sir or Madam").unwrap();
    assert!(desk.run(&["unmarked"]).ends(3).err.contains("is not a firstbell file"));
    assert_eq!(fs::read_to_string(&desk.db).unwrap(), "Dear Sir or Madam");
}

#[test]
fn a_newer_file_is_refused() {
    let desk = Desk::harrington();
    Connection::open(&desk.db).unwrap().pragma_update(None, "user_version", 999).unwrap();
    assert!(desk.run(&["unmarked"]).ends(3).err.contains("was written by a newer firstbell"));
}

#[test]
fn a_locked_file_is_waited_for_and_then_said() {
    let desk = Desk::harrington();
    let other = Connection::open(&desk.db).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    desk.run(&["unmarked"]).ends(0);
    let output = desk.run(&["late", "amira"]).ends(3);
    assert!(output.err.contains("is locked by another program"), "{}", output.err);
    other.execute_batch("ROLLBACK").unwrap();
    desk.run(&["late", "amira"]).ends(0);
}

#[test]
fn a_read_only_file_is_said() {
    let desk = Desk::harrington();
    fs::set_permissions(&desk.db, fs::Permissions::from_mode(0o400)).unwrap();
    // Whoever may write everything is not stopped by a file's mode.
    if fs::OpenOptions::new().append(true).open(&desk.db).is_ok() {
        return;
    }
    assert!(desk.run(&["late", "amira"]).ends(3).err.contains("cannot be written"));
}

#[test]
fn settings_are_printed_checked_and_saved() {
    let desk = Desk::harrington();
    let toml = desk.run(&["settings"]).ends(0).out;
    assert!(toml.starts_with("name = \"Harrington High\"\n"), "{toml}");
    let file = desk.folder.path().join("settings.toml");
    let save = |text: &str| {
        fs::write(&file, text).unwrap();
        desk.run(&["settings", file.to_str().unwrap()])
    };
    save(&toml.replace("Harrington High", "Harrington Upper")).ends(0);
    assert_eq!(desk.run(&["settings", "--json"]).rows()[0]["name"], "Harrington Upper");
    let long = save(&toml.replacen("closes = \"09:10\"", "closes = \"09:20\"", 1)).ends(0);
    assert!(long.out.contains("at most 30"), "{}", long.out);
    let wrong = toml.replace("Harrington High", " ").replacen("opens = \"08:40\"", "opens = \"09:40\"", 1);
    let output = save(&wrong).ends(2);
    assert!(
        output.err.contains("name: the school needs a name") && output.err.contains("times.usual AM"),
        "{}",
        output.err
    );
    let output = save("name = 1\n").ends(2);
    assert!(output.err.contains("settings.toml:1: "), "{}", output.err);
    assert_eq!(desk.run(&["settings", "--json"]).rows()[0]["name"], "Harrington High");
    desk.run(&["settings", "nowhere.toml"]).ends(2);
}

#[test]
fn who_is_at_the_desk_is_the_systems_word() {
    let desk = Desk::harrington();
    let run = |officer: Option<&str>| {
        let mut command = desk.command();
        match officer {
            Some(officer) => command.env("FIRSTBELL_OFFICER", officer),
            None => command.env_remove("FIRSTBELL_OFFICER").env("USER", "impostor"),
        };
        read_output(command.args(["--now", NOW, "chase", "10DP"]).output().unwrap())
    };
    run(Some("S Marsh")).ends(0);
    let _ = run(None);
    run(Some(" , head")).ends(2);
    let signed = desk.ask("SELECT who, post, desk FROM act WHERE kind = 'chase' ORDER BY id");
    assert_eq!(signed[0][..2], [Some("S Marsh".to_owned()), Some("office".to_owned())]);
    assert!(signed.iter().flatten().flatten().all(|word| !word.contains("impostor")), "{signed:?}");
    assert!(signed[0][2].as_ref().unwrap().contains('@'));
}

#[test]
fn usage_ends_in_two_and_help_in_nought() {
    let desk = Desk::bare();
    desk.run(&["nonsense"]).ends(2);
    desk.run_at("yesterday", &["unmarked"]).ends(2);
    assert!(desk.run(&["--help"]).ends(0).out.contains("Exit codes: 0 done, 1 refused"));
    desk.run(&["--version"]).ends(0);
    assert!(desk.run(&["completions", "bash"]).ends(0).out.contains("firstbell"));
    assert!(desk.run(&["man"]).ends(0).out.contains(".TH firstbell"));
    desk.run(&["demo", "--at", "16:30"]).ends(2);
    desk.run(&["demo", "--pupils", "3"]).ends(2);
}

#[test]
fn whoever_stops_reading_has_read_enough() {
    use std::process::Stdio;
    let desk = Desk::harrington();
    for args in [
        &["sql", "SELECT a.* FROM pupil a, pupil b, pupil c, pupil d, pupil e"][..],
        &["completions", "bash"],
        &["--help"],
    ] {
        let mut child = desk.command().args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = read_output(child.wait_with_output().unwrap());
        assert_eq!((output.exit, output.err.as_str()), (0, ""), "{args:?}");
    }
}

#[test]
fn a_demo_runs_on_its_own_morning() {
    let desk = Desk::bare();
    let mut store = desk.create();
    let starts = "2026-11-24T08:55:00".parse().unwrap();
    let began = instant("2020-01-01T00:00:00Z");
    store.set_demo_clock(firstbell::store::demo::DemoClock { starts, began }).unwrap();
    for (command, begins_again) in [("unmarked", false), ("unexplained", true)] {
        let json = read_output(desk.command().args([command, "--json"]).output().unwrap()).ends(0).json();
        assert_eq!(json["date"], "2026-11-24");
        // Its day was long over: it has begun again, just now; for whoever only reads, for themselves.
        assert!(["08:55", "08:56"].contains(&json["as_of"].as_str().unwrap()), "{json}");
        assert_eq!(store.demo_clock().unwrap().unwrap().began > began, begins_again, "{command}");
    }
}
