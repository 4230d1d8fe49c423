//! A fault of the program's own: the terminal is given back, one sentence says so, and nobody's name is in it.

use std::time::Duration;

use firstbell::screen::terminal::{Screen, end_on_panic};
use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::support::{Desk, text};
use crate::terminal::Terminal;

/// Says in a terminal's own program which thread is to fail.
const FAILS: &str = "FIRSTBELL_TEST_FAILS";

/// Not a test by itself: what runs in the terminal of the one below.
#[test]
fn fails_in_a_terminal() {
    let Ok(thread) = std::env::var(FAILS) else { return };
    end_on_panic();
    let fails = || panic!("Amira Khan cannot be");
    if thread == "command" {
        fails();
    }
    let mut screen = Screen::enter().unwrap();
    let picture = |text: &str, buffer: &mut Buffer| {
        buffer.set_string(0, 0, text, Style::new());
        None
    };
    screen.draw(|buffer, _| picture("Amira Khan is here", buffer)).unwrap();
    if thread == "main" {
        fails();
    }
    let _ = std::thread::spawn(fails).join();
    // The screen's own thread knows of nothing, and goes on drawing.
    for turn in 0.. {
        let _ = screen.draw(|buffer, _| picture(&format!("Amira Khan {turn}"), buffer));
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_fault_in_any_thread_gives_the_terminal_back_and_names_nobody() {
    let desk = Desk::bare();
    for thread in ["main", "another"] {
        let command = pty_process::blocking::Command::new(std::env::current_exe().unwrap());
        let command = command.args(["--exact", "faults::fails_in_a_terminal", "--nocapture", "--test-threads=1"]);
        let mut terminal = Terminal::start(command.env_clear().envs(desk.environment()).env(FAILS, thread), 120, 40);
        let (status, _) = terminal.ends();
        assert_eq!(status.code(), Some(3), "{thread}: {}", text(&terminal.output));
        terminal.is_given_back();
        let output = text(&terminal.output);
        let (_, after) = output.split_once("\x1b[?1049l").unwrap();
        assert!(!after.contains("Amira"), "{after}");
        assert_eq!(after.matches("firstbell stopped because of a fault of its own").count(), 1, "{after}");
        assert_eq!(after.trim().lines().count(), 1, "{after:?}");
        assert_eq!(terminal.lines().join("\n").matches("Amira").count(), 0);
    }
}

#[test]
fn a_fault_of_a_command_names_nobody_either() {
    let command = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "faults::fails_in_a_terminal", "--nocapture", "--test-threads=1"])
        .env(FAILS, "command")
        .env_remove("RUST_BACKTRACE")
        .output()
        .unwrap();
    let said = String::from_utf8(command.stderr).unwrap();
    assert_eq!(command.status.code(), Some(3), "{said}");
    assert!(said.starts_with("firstbell stopped because of a fault of its own (tests/terminal/faults.rs:"), "{said}");
    assert!(!said.contains("Amira"), "{said}");
}
