//! Killed at any moment, the file is whole and holds everything that was said to be done.

use std::io::Read;
use std::process::Stdio;
use std::time::Duration;

use firstbell::clock::Ticks;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rustix::process::Signal;

use crate::support::{Desk, text};

/// The number of the act that a command says it has done.
fn act_of(output: &str) -> Option<i64> {
    let answer: serde_json::Value = serde_json::from_str(output).ok()?;
    answer["act"].as_i64()
}

#[test]
fn a_command_killed_at_any_moment_has_done_what_it_said_or_nothing() {
    let desk = Desk::school();
    let admissions = desk.ask("select admission_no from pupil");
    let group = desk.ask("select name from tutor_group where name like '10%'")[0].clone();
    let ticks = Ticks::start();
    desk.run(&["unmarked"]);
    let usual = ticks.read();
    let mut chance = ChaCha8Rng::seed_from_u64(11);
    let (mut output, mut silent) = (Vec::new(), 0);
    for (turn, admission) in admissions.iter().enumerate() {
        let words = match turn % 3 {
            0 => vec!["watch", "add", admission, "--reason", "often late"],
            1 => vec!["late", admission, "--reason", "bus"],
            _ => vec!["chase", &group],
        };
        let mut command = desk.command();
        let command =
            command.arg("--json").args(words).stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // Some before the file is open, some in the midst of writing, some after they have answered.
        std::thread::sleep(chance.random_range(Duration::ZERO..usual * 3));
        child.kill().unwrap();
        let mut answer = String::new();
        child.stdout.take().unwrap().read_to_string(&mut answer).unwrap();
        child.wait().unwrap();
        match act_of(&answer) {
            Some(act) => output.push(act),
            None => silent += 1,
        }
    }
    desk.is_whole();
    for act in &output {
        assert_eq!(desk.ask(&format!("select count(*) from act where id = {act}")), ["1"]);
    }
    assert!(!output.is_empty() && silent > 0, "{} answered, {silent} were killed before", output.len());
}

#[test]
fn a_screen_killed_at_any_moment_has_done_what_it_showed() {
    let desk = Desk::school();
    let mut chance = ChaCha8Rng::seed_from_u64(12);
    for _ in 0..8 {
        let mut terminal = desk.screen_of(80, 24);
        let before = desk.acts();
        let shown = chance.random_range(0..4);
        for _ in 0..shown {
            // The next key is heard when the act has its receipt.
            terminal.keys("1cl");
            terminal.shows(&["✓", "Log a late"]);
            terminal.keys("\x1b");
            terminal.hides("Log a late");
        }
        // One more, not waited for.
        terminal.keys("1c");
        std::thread::sleep(Duration::from_micros(chance.random_range(0..20_000)));
        terminal.signal(Signal::KILL);
        terminal.ends();
        let done = desk.acts() - before;
        assert!(done == shown || done == shown + 1, "{done} done, {shown} shown");
        desk.is_whole();
    }
}

#[test]
fn settings_an_import_and_an_undo_killed_at_any_moment_are_whole_or_not_there() {
    let desk = Desk::school();
    let ticks = Ticks::start();
    let document = text(&desk.run(&["settings"]).stdout);
    let usual = ticks.read();
    let due = document.lines().find(|line| line.starts_with("register-due-after")).unwrap();
    let (settings, pupils) = (desk.folder.path().join("settings.toml"), desk.folder.path().join("pupils.csv"));
    let [settings_name, pupils_name] = [&settings, &pupils].map(|path| path.to_str().unwrap().to_owned());
    let mut chance = ChaCha8Rng::seed_from_u64(13);
    let (mut output, mut silent) = (0, 0);
    for turn in 0..18 {
        let new_due = format!("register-due-after = {}", turn + 20);
        std::fs::write(&settings, document.replace(due, &new_due)).unwrap();
        let rows: String = (0..40).map(|row| format!("{},Killed{turn},Row{row},2026-09-01\n", 90_000 + row)).collect();
        std::fs::write(&pupils, format!("admission_no,surname,forename,from\n{rows}")).unwrap();
        if turn % 3 == 2 {
            assert!(desk.run(&["watch", "add", "yusuf", "--reason", &format!("turn {turn}")]).status.success());
        }
        let words = match turn % 3 {
            0 => vec!["settings", settings_name.as_str()],
            1 => vec!["import", pupils_name.as_str()],
            _ => vec!["undo"],
        };
        let mut command = desk.command();
        let command = command.args(words).stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(chance.random_range(usual / 4..usual * 3));
        child.kill().unwrap();
        let mut answer = String::new();
        child.stdout.take().unwrap().read_to_string(&mut answer).unwrap();
        child.wait().unwrap();
        let done = !answer.is_empty();
        *if done { &mut output } else { &mut silent } += 1;
        let there = match turn % 3 {
            0 => text(&desk.run(&["settings"]).stdout).contains(&new_due),
            1 => match desk.ask(&format!("select count(*) from pupil where surname = 'Killed{turn}'"))[0].as_str() {
                "40" => true,
                "0" => false,
                part => panic!("{part} of 40 rows are there"),
            },
            _ => {
                let stands = desk
                    .ask(&format!("select count(*) from watched where reason = 'turn {turn}' and withdrawn is null"));
                if stands == ["1"] {
                    assert!(desk.run(&["undo"]).status.success());
                }
                stands == ["0"]
            }
        };
        assert!(there || !done, "{turn}: it was said to be done: {answer}");
        desk.is_whole();
    }
    assert!(output > 0 && silent > 0, "{output} answered, {silent} were killed before");
}
