//! An arrow key is three bytes, and a slow line may bring them apart. Whatever they arrive as, they write nothing.

use std::time::Duration;

use crate::support::Desk;
use crate::terminal::Terminal;

const DOWN: &str = "\x1b[B";
/// Within one packet, two packets, at the very end of the wait for the rest, and long after.
const PAUSES: [u64; 4] = [1, 5, 50, 100];

/// Until what was typed so far has been heard to the end: help opens on top of it, and closes.
fn wait_for_keys(terminal: &mut Terminal) {
    std::thread::sleep(Duration::from_millis(120));
    terminal.keys("?");
    terminal.shows(&["All keys"]);
    terminal.keys("\x1b");
    terminal.hides("All keys");
}

#[test]
fn a_broken_arrow_writes_nothing_in_any_pane() {
    let desk = Desk::school();
    let acts = desk.acts();
    let mut terminal = desk.screen();
    for pane in ["1", "2", "3", "4"] {
        terminal.keys(&format!("{pane}g"));
        wait_for_keys(&mut terminal);
        terminal.chosen();
        for pause in PAUSES {
            for key in [DOWN, "\x1b[A", "\x1bOB", "\x1b[C\x1b[D", "\x1b[1;5B", "\x1b[F", "\x1b[H"] {
                terminal.slowly(key, Duration::from_millis(pause));
            }
            wait_for_keys(&mut terminal);
            terminal.keys(pane);
        }
    }
    assert_eq!(desk.acts(), acts);
}

#[test]
fn a_whole_arrow_moves_the_choice_and_so_does_one_that_comes_in_two_packets() {
    let desk = Desk::school();
    // Nobody but one is in the lateness queue.
    for pane in ["1", "2", "4"] {
        let mut terminal = desk.screen();
        terminal.keys(&format!("{pane}g"));
        wait_for_keys(&mut terminal);
        let first = terminal.chosen();
        let moved = |terminal: &Terminal| terminal.reversed().len() == 1 && terminal.reversed() != [first.as_str()];
        terminal.keys(DOWN);
        terminal.until("moved", moved);
        terminal.keys("\x1b[A");
        terminal.until("back", |terminal| terminal.reversed() == [first.as_str()]);
        terminal.slowly(DOWN, Duration::from_millis(5));
        terminal.until("moved", moved);
    }
}

#[test]
fn a_broken_arrow_writes_nothing_and_types_nothing_while_a_mark_is_entered() {
    let desk = Desk::school();
    let acts = desk.acts();
    let mut terminal = desk.screen();
    for pause in PAUSES {
        for key in [DOWN, "\x1b[A", "\x1b[C", "\x1bOB"] {
            terminal.keys("2gm");
            terminal.shows(&["Mark of", "Session"]);
            terminal.slowly(key, Duration::from_millis(pause));
            std::thread::sleep(Duration::from_millis(120));
            // Esc has closed the dialog, or it is still there with nothing typed.
            terminal.until(&format!("nothing typed ({pause} ms {key:?})"), |terminal| {
                let code = terminal.lines().into_iter().find_map(|line| Some(line.split("Code  ").nth(1)?.to_owned()));
                code.is_none_or(|typed| typed.starts_with("    "))
            });
            // Enter would save what is typed, and only opens a card when the dialog has gone.
            terminal.keys("\r");
            terminal.listen(Duration::from_millis(50));
            terminal.keys("\x1b");
            std::thread::sleep(Duration::from_millis(120));
            terminal.keys("\x1b");
            wait_for_keys(&mut terminal);
        }
    }
    assert_eq!(desk.acts(), acts);
}

#[test]
fn a_broken_arrow_writes_nothing_in_the_call_card() {
    let desk = Desk::school();
    let acts = desk.acts();
    let mut terminal = desk.screen();
    for pause in PAUSES {
        for (typed, key) in [("", DOWN), ("", "\x1bOB"), ("\t", DOWN), ("\t", "\x1b[D")] {
            terminal.keys("2gc");
            terminal.shows(&["Call about", "no answer"]);
            terminal.keys(typed);
            terminal.slowly(key, Duration::from_millis(pause));
            std::thread::sleep(Duration::from_millis(120));
            terminal.keys("\r\x1b");
            std::thread::sleep(Duration::from_millis(120));
            terminal.keys("\x1b");
            std::thread::sleep(Duration::from_millis(120));
            terminal.keys("\x1b");
            wait_for_keys(&mut terminal);
        }
    }
    assert_eq!(desk.acts(), acts);
}
