//! A command that writes a file and is stopped leaves the whole file, or nothing.

use std::fs;
use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};

use crate::support::*;

/// Names in the folder that are of this file.
fn of(desk: &Desk, name: &str) -> Vec<String> {
    let names = fs::read_dir(desk.folder.path()).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|one| one.starts_with(name)).collect()
}

/// Start a command, and stop it as soon as it has begun its file; whether it was, and what it said.
fn stop(desk: &Desk, signal: Signal, name: &str, args: &[&str]) -> (bool, String) {
    let mut command = desk.command();
    let command = command.args(["--now", NOW]).args(args).stdin(Stdio::null()).stdout(Stdio::null());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    while of(desk, name).is_empty() && child.try_wait().unwrap().is_none() {}
    let (Ok(()) | Err(_)) = kill_process(Pid::from_child(&child), signal);
    let ended = child.wait_with_output().unwrap();
    (!ended.status.success(), String::from_utf8(ended.stderr).unwrap())
}

#[test]
fn a_command_that_is_stopped_leaves_all_of_its_file_or_nothing() {
    let desk = Desk::bare();
    desk.run(&["demo", "--create-only", "--pupils", "150", "--years", "1", "--at", "11:30"]).ends(0);
    let at = |name: &str| desk.folder.path().join(name).to_str().unwrap().to_owned();
    let archive = at("school.zip");
    desk.run(&["archive", &archive]).ends(0);
    let marks = |name: &str| ["export", "marks", "--from", "2026-09-01", "--to", &at(name)].map(str::to_owned).to_vec();
    for (name, command) in [
        ("marks.csv", marks("marks.csv")),
        ("marks.xlsx", marks("marks.xlsx")),
        ("new.zip", vec!["archive".to_owned(), at("new.zip")]),
        ("new.db", vec!["restore".to_owned(), archive.clone(), "--into".to_owned(), at("new.db")]),
        ("copy.db", vec!["backup".to_owned(), at("copy.db")]),
    ] {
        let args: Vec<&str> = command.iter().map(String::as_str).collect();
        let mut stopped = 0;
        for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::INT, Signal::INT, Signal::TERM] {
            let (is_stopped, said) = stop(&desk, signal, name, &args);
            let left = of(&desk, name);
            assert!(left.is_empty() || left == [name], "{left:?}: {said}");
            assert!(is_stopped || left == [name], "{said}");
            stopped += usize::from(is_stopped && left.is_empty());
            for one in left {
                fs::remove_file(desk.folder.path().join(one)).unwrap();
            }
            if is_stopped && !said.is_empty() {
                assert!(said.ends_with("firstbell: stopped: nothing was written\n"), "{said}");
            }
        }
        assert!(stopped > 0, "{name}: one at least is stopped in time");
    }
}
