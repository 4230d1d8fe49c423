//! However the program is made to end, the terminal is given back, nothing is left running, and nothing saved is lost.

use std::time::Duration;

use rustix::process::{Pid, Signal, test_kill_process};

use crate::support::Desk;
use crate::terminal::{Terminal, until};

/// Many times what it takes; a busy machine must not fail the test, and a program that waits for something must.
const AT_ONCE: Duration = Duration::from_secs(5);

#[test]
fn asked_to_end_it_gives_the_terminal_back_at_once() {
    let desk = Desk::school();
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        for keys in ["", "/kha", "2m", "2cs"] {
            let mut terminal = desk.screen();
            terminal.keys(keys);
            terminal.listen(Duration::from_millis(20));
            terminal.signal(signal);
            let (status, took) = terminal.ends();
            assert_eq!(status.code(), Some(0), "{signal:?} {keys:?}");
            assert!(took < AT_ONCE, "{signal:?} {keys:?}: {took:?}");
            terminal.is_given_back();
            assert_eq!(desk.ask("select who from sitting"), [""; 0], "{signal:?} {keys:?}: nobody sits there any more");
        }
    }
    assert_eq!(desk.acts(), Desk::school().acts());
}

#[test]
fn asked_to_end_as_soon_as_it_has_the_terminal_it_gives_it_back() {
    let desk = Desk::school();
    for _ in 0..10 {
        let mut terminal = desk.opening(120, 40);
        terminal.until("the terminal is taken", |terminal| terminal.screen().alternate_screen());
        terminal.signal(Signal::TERM);
        assert_eq!(terminal.ends().0.code(), Some(0));
        terminal.is_given_back();
    }
}

#[test]
fn when_the_line_drops_it_ends() {
    let desk = Desk::school();
    for keys in ["", "/kha", "2m"] {
        let mut terminal = desk.screen();
        terminal.keys(keys);
        terminal.hang_up();
        let (status, took) = terminal.ends();
        assert_eq!(status.code(), Some(0), "{keys:?}");
        assert!(took < AT_ONCE, "{keys:?}: {took:?}");
    }
    desk.is_whole();
}

#[test]
fn when_the_line_drops_it_ends_even_if_nobody_is_told_of_it() {
    let desk = Desk::school();
    let mut terminal = under_a_shell(&desk, "trap '' HUP TERM; exec \"$0\" \"$@\"");
    terminal.hang_up();
    let (status, took) = terminal.ends();
    assert_eq!(status.code(), Some(0));
    assert!(took < AT_ONCE, "{took:?}");

    // In a session that does not own the terminal no signal comes at all.
    let mut terminal = under_a_shell(&desk, "exec 3<&0; setsid \"$0\" \"$@\" <&3 & echo $! > \"$HOME/pid\"; wait");
    let pid = std::fs::read_to_string(desk.folder.path().join("pid")).unwrap().trim().parse().unwrap();
    let pid = Pid::from_raw(pid).unwrap();
    assert!(test_kill_process(pid).is_ok());
    terminal.hang_up();
    until("the program has ended", || test_kill_process(pid).is_err().then_some(()));
}

#[test]
fn what_is_typed_before_the_screen_is_there_is_heard() {
    let desk = Desk::school();
    let mut terminal = desk.opening(120, 40);
    terminal.keys("?");
    terminal.shows(&["All keys"]);
}

#[test]
fn an_act_asked_for_before_q_is_done() {
    let desk = Desk::school();
    for chases in 1..=10 {
        let mut terminal = desk.screen();
        terminal.keys("1cq");
        assert_eq!(terminal.ends().0.code(), Some(0));
        assert_eq!(desk.ask("select count(*) from chase"), [chases.to_string()]);
    }
}

#[test]
fn a_name_typed_ahead_of_an_act_is_not_q() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    terminal.keys("1clqq");
    terminal.shows(&["Log a late", "qq"]);
    assert_eq!(desk.ask("select count(*) from chase"), ["1"]);
}

#[test]
fn ctrl_c_and_ctrl_z_are_keys() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    terminal.keys("\x1a?");
    terminal.shows(&["All keys"]);
    terminal.keys("\x1b");
    terminal.hides("All keys");
    terminal.keys("\x03");
    assert_eq!(terminal.ends().0.code(), Some(0));
    terminal.is_given_back();
}

#[test]
fn stopped_and_continued_it_draws_everything_again() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    terminal.signal(Signal::STOP);
    // What a shell does to the terminal meanwhile.
    let shown = terminal.output.len();
    terminal.signal(Signal::CONT);
    terminal.until("everything again", |terminal| {
        crate::support::text(&terminal.output[shown..]).contains("Harrington High")
    });
    terminal.keys("q");
    assert_eq!(terminal.ends().0.code(), Some(0));
    terminal.is_given_back();
}

/// The screen, started by a shell that runs `script` on the program and its words.
fn under_a_shell(desk: &Desk, script: &str) -> Terminal {
    let shell = pty_process::blocking::Command::new("sh").env_clear().envs(desk.environment());
    let shell = shell.args(["-c", script, env!("CARGO_BIN_EXE_firstbell")]).args(desk.words());
    let mut terminal = Terminal::start(shell, 120, 40);
    terminal.shows(&crate::support::FIRST_FRAME);
    terminal
}
