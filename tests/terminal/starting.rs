//! The program starts: what it asks of the terminal, what it leaves, and where it does not start at all.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::support::{Desk, FIRST_FRAME, text};
use crate::terminal::Terminal;

/// The questions a program can ask a terminal: where the cursor is, what it is, which modes, colours and keys it has.
const QUESTIONS: [&str; 9] =
    ["\x1b[6n", "\x1b[5n", "\x1b[?6n", "\x1b[c", "\x1b[0c", "\x1b[>", "\x1b[?u", "\x1bP+q", "\x1b]1"];

#[test]
fn the_first_frame_comes_whole_and_unasked_and_q_gives_the_terminal_back() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    assert!(terminal.screen().alternate_screen() && terminal.screen().bracketed_paste());
    terminal.shows(&["1 Unmarked registers", "2 Unexplained", "3 Lateness queue", "4 Watch", "09:20", "S Marsh"]);
    assert!(terminal.chosen().contains("Pearson, Jessica"));
    terminal.keys("q");
    let (status, _) = terminal.ends();
    assert_eq!(status.code(), Some(0));
    terminal.is_given_back();
    let output = text(&terminal.output);
    for question in QUESTIONS {
        assert!(!output.contains(question), "{question:?} in {output:?}");
    }
    assert!(!output.contains("$p"), "a mode was asked for: {output:?}");
    assert_eq!(terminal.lines().join("").trim(), "", "something was left behind");
    assert_eq!(desk.acts(), Desk::school().acts());
}

#[test]
fn a_still_screen_writes_nothing() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    // A frame may come in several pieces.
    let mut shown = 0;
    while terminal.output.len() > shown {
        shown = terminal.output.len();
        terminal.listen(Duration::from_millis(300));
    }
    terminal.listen(Duration::from_secs(1));
    assert_eq!(text(&terminal.output[shown..]), "");
}

#[test]
fn where_no_screen_can_be_shown_one_sentence_says_so_and_the_file_is_left_alone() {
    let desk = Desk::school();
    let before = std::fs::read(&desk.db).unwrap();
    for (program, why) in [
        (desk.program().stdin(Stdio::null()), "its input is not one"),
        (desk.program().stdout(Stdio::null()), "its output is not one"),
        (desk.program().env("TERM", "dumb"), "TERM=dumb"),
    ] {
        let mut terminal = Terminal::start(program, 200, 10);
        let (status, _) = terminal.ends();
        assert_eq!(status.code(), Some(2), "{why}");
        let output = text(&terminal.output);
        assert!(output.starts_with("firstbell: ") && output.contains(why), "{output:?}");
        assert_eq!((output.matches('\n').count(), output.matches('\x1b').count()), (1, 0), "{output:?}");
        terminal.is_given_back();
    }
    assert_eq!(std::fs::read(&desk.db).unwrap(), before);
}

#[test]
fn of_two_who_make_one_file_at_once_one_does_and_both_then_work_on_it() {
    for _ in 0..5 {
        let desk = Desk::bare();
        let make = |command: &mut Command| command.args(["init", "--name", "Harrington High"]).output().unwrap();
        let made: Vec<_> = thread::scope(|scope| {
            let both: Vec<_> = (0..2).map(|_| scope.spawn(|| make(&mut desk.command()))).collect();
            both.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let mut exits: Vec<_> = made.iter().map(|one| one.status.code()).collect();
        exits.sort();
        assert_eq!(exits, [Some(0), Some(3)], "{made:?}");
        assert!(made.iter().any(|one| text(&one.stderr).contains("exists already")), "{made:?}");

        let mut screens = [desk.opening(120, 40), desk.opening(80, 24)];
        for screen in &mut screens {
            screen.shows(&[FIRST_FRAME[0], "This school has no pupils yet"]);
        }
        for screen in &mut screens {
            screen.keys("q");
            assert_eq!(screen.ends().0.code(), Some(0));
        }
        desk.is_whole();
    }
}

#[test]
fn who_opens_a_file_while_it_is_being_made_is_told_so_or_sees_it_whole() {
    for _ in 0..5 {
        let desk = Desk::bare();
        let mut make = desk.command();
        let mut making = make.args(["demo", "--create-only", "--pupils", "60", "--years", "1"]).spawn().unwrap();
        while making.try_wait().unwrap().is_none() {
            let output = desk.run(&["who", "zz"]);
            assert!(matches!(output.status.code(), Some(1 | 3)), "{output:?}");
            assert_eq!(text(&output.stderr).lines().count(), 1, "{output:?}");
        }
        assert!(making.wait().unwrap().success(), "{}", text(&desk.run(&["unmarked"]).stderr));
        desk.is_whole();
    }
}
