//! A pipe in the place of a file that we open by its name is told for what it is: opening it would wait for whoever writes into it.

use std::process::Stdio;
use std::time::Duration;

use rustix::fs::{CWD, Mode, mkfifoat};
use wait_timeout::ChildExt as _;

use crate::support::*;

/// Longer than a command takes on a busy machine; one that waits for a pipe never ends.
const LIMIT: Duration = Duration::from_secs(60);

/// What a command says that ends with `exit`, and does end.
fn says(desk: &Desk, exit: i32, args: &[&str]) -> String {
    let mut child = desk.command();
    child.args(["--now", NOW]).args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().unwrap();
    if child.wait_timeout(LIMIT).unwrap().is_none() {
        child.kill().unwrap();
        panic!("{args:?} waits for ever");
    }
    read_output(child.wait_with_output().unwrap()).ends(exit).err
}

#[test]
fn no_command_waits_for_a_pipe() {
    let desk = Desk::harrington();
    let at = |name: &str| desk.folder.path().join(name).to_str().unwrap().to_owned();
    let pipe = at("pipe");
    mkfifoat(CWD, pipe.as_str(), Mode::from_raw_mode(0o600)).unwrap();
    let told = "it is no ordinary file";
    assert!(says(&desk, 3, &["restore", &pipe, "--into", &at("new.db")]).contains(told));
    assert!(says(&desk, 2, &["handback", "confirm", "--receipt", &pipe]).contains(told));
    assert!(says(&desk, 2, &["settings", &pipe]).contains("is no ordinary file"));
    assert!(says(&desk, 3, &["import", &pipe]).contains("not a file"));
    let table = at("table.csv");
    std::fs::write(&table, "Adno,Day,Mark\n1,23/11/2026,/\n").unwrap();
    assert!(says(&desk, 2, &["profile", &table, "--answers", &pipe]).contains(told));
    for command in [["backup", &pipe].as_slice(), &["archive", &pipe], &["export", "marks", "--to", &pipe]] {
        assert!(says(&desk, 3, command).contains("exists already"), "{command:?}");
    }
    // The school's own profiles, in a folder beside its file.
    std::fs::create_dir(at("profiles")).unwrap();
    mkfifoat(CWD, at("profiles/own.toml"), Mode::from_raw_mode(0o600)).unwrap();
    assert!(says(&desk, 3, &["import", &table]).contains(told));
    std::fs::remove_dir_all(at("profiles")).unwrap();
    // The officer's own keys.
    std::fs::create_dir_all(at(".config/firstbell")).unwrap();
    mkfifoat(CWD, at(".config/firstbell/keymaps.toml"), Mode::from_raw_mode(0o600)).unwrap();
    assert!(says(&desk, 2, &["keys"]).contains(told));
}

#[test]
fn a_folder_that_feeds_itself_does_not_wait_for_a_pipe_either() {
    let desk = Desk::harrington();
    let inbox = desk.folder.path().join("inbox");
    std::fs::create_dir(&inbox).unwrap();
    mkfifoat(CWD, inbox.join(".firstbell-feed"), Mode::from_raw_mode(0o600)).unwrap();
    let once = ["feed", inbox.to_str().unwrap(), "--once", "--settle", "0"];
    assert!(says(&desk, 3, &once).contains("it is no ordinary file: move it away"));
}
