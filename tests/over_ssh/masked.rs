//! The screen over the gate's key shows no number, whatever is pressed.

use std::time::Duration;

use crate::support::Host;
use crate::terminal::Terminal;

/// Ways into everything there is, each left again.
const KEYS: [&str; 34] = [
    "1", "2", "3", "4", "\r", "g\r", "G\r", "c", "n", "s", "m", "l", "a", "i", "b", "w", "h", "T", "L", "x", "S", "t",
    "f", "o", "e", "N", "\x0e", ":", "?", "v", "r", "d", ":num", ":call",
];

/// Until nothing comes for a moment.
fn settled(terminal: &mut Terminal) {
    let mut seen = usize::MAX;
    while terminal.output.len() != seen {
        seen = terminal.output.len();
        terminal.listen(Duration::from_millis(60));
    }
}

#[test]
fn no_number_comes_over_the_gates_key() {
    let host = Host::of_the_script();
    let numbers = host.ask("select distinct phone from contact where phone is not null");
    let mut terminal = host.opening("gate", host.port);
    terminal.shows(&["Harrington High"]);
    let looked = |terminal: &mut Terminal, after: &str| {
        settled(terminal);
        let shown = terminal.lines().join("\n");
        let number = numbers.iter().find(|number| shown.contains(*number));
        assert_eq!(number, None, "after {after:?}:\n{shown}");
        assert!(!shown.contains("••••"), "after {after:?}, the end of a number:\n{shown}");
    };
    looked(&mut terminal, "");
    let somebody = host.somebody(1);
    let found = [format!("/{somebody}\r"), somebody.clone(), format!("{somebody}\r")];
    for keys in KEYS.into_iter().chain(found.iter().map(String::as_str)) {
        terminal.keys(keys);
        looked(&mut terminal, keys);
        for _ in 0..2 {
            terminal.keys("\x1b");
            looked(&mut terminal, keys);
        }
    }
    let acts: Vec<String> = host.ask("select distinct kind from act where who = 'K Bell' order by kind");
    let gate_kinds = ["arrival", "move", "sight", "undo", "late-step"];
    assert!(acts.iter().all(|kind| gate_kinds.iter().any(|own| kind.contains(own))), "{acts:?}");
}
