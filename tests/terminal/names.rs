//! Names that would command a terminal: none of it reaches one.

use crate::support::{Desk, text};

const AWKWARD: [&str; 9] = [
    "Red\x1b[31mRed",
    "Title\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x1b\\",
    "Clear\u{9b}2J\u{9d}0;owned\u{9c}\x0e",
    "Turn\u{202e}\u{2066}ed\u{200f}",
    "Long Long Long Long Long Long Long Long Long Long Long Long Long Long Long Long Long Long Long Long Long Long",
    "👩\u{200d}👩\u{200d}👧\u{fe0f} Ѐ王小明",
    "Z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}algo",
    "\u{feff}\u{200b}Ghost\u{e0041}",
    "Bell\x07Back\x08\x08Del\x7fNul",
];

/// The control sequences in what was written, each by what it begins with and its last byte.
fn is_ours(sequence: &str) -> bool {
    let Some(control) = sequence.strip_prefix("\x1b[") else { return false };
    let last = control.chars().last().unwrap();
    match control.strip_prefix('?') {
        Some(mode) => ["1049", "2004", "25", "2026"].contains(&&mode[..mode.len() - 1]) && "hl".contains(last),
        None => "HmCX".contains(last) || ["J", "0J", "2J", "K"].contains(&control),
    }
}

/// Cuts what was written into control sequences and text: nothing but those the screen itself writes may be there.
fn no_sequence_but_ours(output: &str) {
    let mut rest = output;
    while let Some(place) = rest.find(|letter: char| letter.is_control()) {
        let from = &rest[place..];
        let end = match from.strip_prefix("\x1b[") {
            Some(control) => 3 + control.find(|letter: char| ('\x40'..='\x7e').contains(&letter)).unwrap(),
            None => from.chars().next().map_or(0, char::len_utf8),
        };
        let (sequence, after) = from.split_at(end);
        assert!(is_ours(sequence), "{sequence:?} before {:?}", after.chars().take(40).collect::<String>());
        rest = after;
    }
    for hidden in ['\u{202e}', '\u{2066}', '\u{200f}', '\u{feff}', '\u{200b}', '\u{e0041}'] {
        assert!(!output.contains(hidden), "{hidden:?}");
    }
}

#[test]
fn no_name_commands_the_terminal() {
    let desk = Desk::bare();
    assert!(desk.run(&["init", "--name", "Harri\x1b]0;owned\x07ngton"]).status.success());
    let pupils = desk.folder.path().join("pupils.csv");
    let mut rows = String::from("admission_no,surname,forename,year,tutor_group,tutor,room,from\n");
    for (number, name) in (1..).zip(AWKWARD) {
        let field = format!("\"{}\"", name.replace('"', "\"\""));
        rows.push_str(&format!("{number},{field},{field},8,8KM,{field},{field},2026-09-01\n"));
    }
    std::fs::write(&pupils, rows).unwrap();
    let calendar = desk.folder.path().join("calendar.csv");
    std::fs::write(&calendar, "kind,from,until,name\nterm,2026-09-01,2026-12-18,Autumn\n").unwrap();
    let imported = desk.run(&["import", pupils.to_str().unwrap(), calendar.to_str().unwrap()]);
    assert!(imported.status.success(), "{imported:?}");
    assert_eq!(desk.ask("select count(*) from pupil"), [AWKWARD.len().to_string()]);

    let words = AWKWARD.concat();
    for number in 1..=AWKWARD.len() {
        let number = number.to_string();
        assert!(desk.run(&["watch", "add", &number, "--reason", &words]).status.success());
        assert!(desk.run(&["late", &number, "--reason", &words]).status.success());
    }

    for (width, height) in [(120, 40), (40, 12)] {
        let mut terminal = desk.opening(width, height);
        terminal.until("the frame", |terminal| terminal.lines().join("").contains("09:20"));
        terminal.keys("134");
        for number in 1..=AWKWARD.len() {
            // From the card: a mark, a call, and a place on the watch list, whose change is told by name.
            for (key, title) in [("m", "Mark of"), ("c", "Call about"), ("w", "Until")] {
                terminal.keys(&format!("/{number}"));
                terminal.shows(&["Find a pupil"]);
                terminal.keys("\r");
                terminal.hides("Find a pupil");
                terminal.keys(key);
                terminal.shows(&[title]);
                if key == "w" {
                    terminal.keys("seen\r");
                    terminal.shows(&["✓"]);
                } else {
                    terminal.keys("\x1b");
                }
                terminal.hides(title);
            }
        }
        terminal.keys("q");
        assert_eq!(terminal.ends().0.code(), Some(0));
        let output = text(&terminal.output);
        assert!(output.contains("[31mRed"), "{output:?}");
        no_sequence_but_ours(&output);
    }
}
