//! The window is made smaller and larger while something is being typed.

use crate::support::Desk;

#[test]
fn what_is_typed_outlives_every_size_of_window() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    terminal.keys("/yusuf");
    terminal.shows(&["Find a pupil", "yusuf", "Rahman, Yusuf"]);
    terminal.resize(20, 5);
    terminal.until("the dialog, small", |terminal| {
        let shown = terminal.lines().join("\n");
        shown.contains("yusuf") && shown.contains("Find a pupil") && !shown.contains("Harrington")
    });
    for (width, height) in [(1, 1), (2, 1), (1, 2), (3, 2), (8, 3), (20, 4), (40, 6), (79, 23), (99, 24), (200, 60)] {
        terminal.resize(width, height);
        // The same again: a window dragged larger sends many.
        terminal.keys("x\x7f");
        terminal.until("something true", |terminal| {
            let shown = terminal.lines().join("\n");
            if width >= 20 { shown.contains("yusuf") } else { !shown.trim().is_empty() }
        });
    }
    terminal.resize(120, 40);
    terminal.shows(&["Find a pupil", "yusuf", "Rahman, Yusuf", "Harrington High", "Watch"]);
    terminal.keys("\r");
    terminal.shows(&["Rahman, Yusuf 11RC"]);
}

#[test]
fn without_a_dialog_every_size_shows_something_true() {
    let desk = Desk::school();
    let mut terminal = desk.screen();
    for (width, height) in [(80, 24), (40, 10), (20, 5), (10, 3), (5, 2), (1, 1), (200, 60), (1, 60), (200, 1)] {
        terminal.resize(width, height);
        terminal.until("something true", |terminal| {
            let shown = terminal.lines().join("\n");
            match (width, height) {
                (80.., 24..) => shown.contains("Harrington High") && shown.contains("Watch"),
                (20.., _) => shown.contains("Pearson"),
                // Two columns are left for a sign before the name.
                (..4, _) => true,
                _ => !shown.trim().is_empty(),
            }
        });
    }
    terminal.resize(120, 40);
    terminal.shows(&["Harrington High", "Pearson, Jessica"]);
    terminal.keys("q");
    assert_eq!(terminal.ends().0.code(), Some(0));
    terminal.is_given_back();
}
