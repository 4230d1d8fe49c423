//! A paste is text: it goes into a field, cleaned, or nowhere.

use crate::support::{Desk, text};

fn pasted(text: &str) -> String {
    format!("\x1b[200~{text}\x1b[201~")
}

#[test]
fn what_is_pasted_into_a_list_is_not_typed() {
    let desk = Desk::school();
    let acts = desk.acts();
    let mut terminal = desk.screen();
    for pane in ["1", "2", "3", "4"] {
        terminal.keys(pane);
        terminal.keys(&pasted("n\nc\ns\ni\nd\rq\x03\n"));
        terminal.keys("?");
        terminal.shows(&["All keys"]);
        terminal.keys("\x1b");
        terminal.hides("All keys");
    }
    assert_eq!(desk.acts(), acts);
}

#[test]
fn what_is_pasted_into_a_field_loses_what_commands_a_terminal() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    terminal.keys("2gw");
    terminal.shows(&["Watch ", "Why"]);
    let start = terminal.output.len();
    terminal.keys(&pasted("seen\r\nat\x1b]0;owned\x07 the\x07\u{202e} gate\u{9b}2J\r"));
    terminal.shows(&["seen at]0;owned the gate2J"]);
    terminal.keys("\r");
    terminal.shows(&["✓", "undo"]);
    assert!(!text(&terminal.output[start..]).contains("\x1b]0;"));
    let reasons = desk.ask("select reason from watched order by id desc limit 1");
    assert_eq!(reasons, ["seen at]0;owned the gate2J"]);
}

#[test]
fn a_paste_that_never_ends_does_not_swallow_the_keyboard() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    terminal.keys("/\x1b[200~kha");
    // After some seconds of silence it counts as ended.
    terminal.shows(&["kha"]);
    terminal.keys("n");
    terminal.shows(&["khan"]);
}
