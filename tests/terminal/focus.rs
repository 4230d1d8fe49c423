//! A window that is not in front: it says once that the watch list has changed, names nobody, and nothing of it is a key.

use std::time::Duration;

use rustix::process::Signal;

use crate::support::{Desk, text};
use crate::terminal::Terminal;

const ASKED: &str = "\x1b[?1004h";
const NO_MORE: &str = "\x1b[?1004l";

/// The made-up school, with a way of saying that the watch list has changed.
fn school(notify: &str) -> Desk {
    let desk = Desk::school();
    let settings = text(&desk.run(&["settings"]).stdout);
    assert!(settings.contains("notify = \"none\""), "{settings}");
    let file = desk.folder.path().join("settings.toml");
    std::fs::write(&file, settings.replace("notify = \"none\"", &format!("notify = \"{notify}\""))).unwrap();
    assert!(desk.run(&["settings", file.to_str().unwrap()]).status.success());
    desk
}

fn watches(desk: &Desk, place: usize) {
    let admissions =
        desk.ask("select admission_no from pupil p where not exists (select 1 from watched w where w.pupil = p.id)");
    let added = desk.run(&["watch", "add", &admissions[place], "--reason", "Wanderlust"]);
    assert!(added.status.success(), "{added:?}");
}

/// What came out after `asked`, up to now.
fn after(terminal: &Terminal, asked: &str) -> String {
    let output = text(&terminal.output);
    output.split_once(asked).map_or_else(String::new, |(_, after)| after.to_owned())
}

#[test]
fn whoever_looks_at_another_window_is_told_once_and_the_terminal_is_left_as_it_was() {
    for (notify, message) in [("bell", "\x07"), ("osc9", "\x1b]9;firstbell: the watch list has changed\x07")] {
        let desk = school(notify);
        let mut terminal = desk.screen();
        terminal.until("the terminal is asked", |terminal| text(&terminal.output).contains(ASKED));
        // In front, then not; and split as a slow line brings it.
        terminal.keys("4\x1b[I");
        terminal.slowly("\x1b[O", Duration::from_millis(20));
        let before = text(&terminal.output).matches(message).count();
        assert_eq!(before, 0);
        watches(&desk, 0);
        terminal.until("it says so", |terminal| text(&terminal.output).contains(message));
        watches(&desk, 1);
        terminal.shows(&["2 changed"]);
        terminal.listen(Duration::from_millis(400));
        let output = after(&terminal, ASKED);
        assert_eq!(output.matches(message).count(), 1, "{output:?}");
        assert_eq!(output.matches('\x07').count(), 1, "and nothing else rings");
        // Nothing of it was a key: nothing is open, nothing was recorded by this desk.
        assert!(terminal.lines().iter().any(|line| line.contains("/ find")), "{:?}", terminal.lines());
        terminal.keys("\x1b[Iq");
        terminal.ends();
        terminal.is_given_back();
        assert_eq!(text(&terminal.output).matches(NO_MORE).count(), 1);
    }
}

#[test]
fn however_it_ends_the_terminal_says_no_more_of_its_window() {
    let desk = school("bell");
    for signal in [Signal::TERM, Signal::INT] {
        let mut terminal = desk.screen();
        terminal.until("the terminal is asked", |terminal| text(&terminal.output).contains(ASKED));
        terminal.signal(signal);
        terminal.ends();
        terminal.is_given_back();
        assert!(after(&terminal, ASKED).contains(NO_MORE));
    }
}

#[test]
fn a_school_that_wants_none_asks_nothing_of_the_terminal() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    watches(&desk, 0);
    terminal.listen(Duration::from_millis(400));
    terminal.keys("q");
    terminal.ends();
    let output = text(&terminal.output);
    assert!(!output.contains("1004") && !output.contains('\x07'), "{output:?}");
}
