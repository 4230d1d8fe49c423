//! 300 ms there and back, 80 columns and 24 lines: nothing is asked of the terminal, and a key costs what it changes.

use std::time::Duration;

use firstbell::clock::Ticks;

use crate::relay::Relay;
use crate::support::{Host, text, until};
use crate::terminal::Terminal;

/// Each way.
const DELAY: Duration = Duration::from_millis(150);
/// What one late may cost down the line, SSH's own bytes among them.
const LATE_MAX: usize = 6_000;
/// What may come down the line until the first whole frame, the handshake of SSH among it.
const START_MAX: usize = 20_000;

/// Not a test by itself: the slow line that `tests/over_ssh.sh --stay` offers.
#[test]
fn a_line_by_hand() {
    let Ok(port) = std::env::var("OVER_SSH_RELAY") else { return };
    let relay = Relay::start(port.parse().unwrap(), Host::of_the_script().port, DELAY);
    let mut last = (0, 0);
    loop {
        std::thread::sleep(Duration::from_secs(1));
        let now = (relay.down(), relay.up());
        if now != last {
            println!("down {} (+{}) up {} (+{})", now.0, now.0 - last.0, now.1, now.1 - last.1);
            last = now;
        }
    }
}

/// Bytes that came down the line, and of them those that the terminal was sent.
fn counts(relay: &Relay, terminal: &Terminal) -> (usize, usize) {
    (relay.down(), terminal.output.len())
}

/// Until nothing more comes: longer than it takes there and back.
fn settled(terminal: &mut Terminal) {
    let mut seen = usize::MAX;
    while terminal.output.len() != seen {
        seen = terminal.output.len();
        let ticks = Ticks::start();
        while ticks.read() < 4 * DELAY {
            terminal.listen(DELAY);
        }
    }
}

#[test]
fn a_late_costs_little_and_nothing_is_asked_of_the_terminal() {
    let host = Host::of_the_script();
    let relay = Relay::start(0, host.port, DELAY);
    let ticks = Ticks::start();
    let mut terminal = host.opening("jsmith", relay.port);
    terminal.shows(&["Harrington High", "Unexplained", "/ find"]);
    let opened = ticks.read();
    settled(&mut terminal);
    let start = counts(&relay, &terminal);
    asks_nothing(&text(&terminal.output));

    let (before, name) = (host.acts("J Smith"), host.somebody(0));
    for key in format!("l{name}\rb\r").chars() {
        terminal.keys(&key.to_string());
        std::thread::sleep(Duration::from_millis(66));
        terminal.listen(Duration::ZERO);
    }
    terminal.shows(&["✓"]);
    until("the late is in the journal", || (host.acts("J Smith") == before + 1).then_some(()));
    settled(&mut terminal);
    let late = counts(&relay, &terminal);
    let (late, shown) = (late.0 - start.0, late.1 - start.1);

    println!(
        "start: {} bytes down the line, {} to the terminal, {} ms from ssh to frame",
        start.0,
        start.1,
        opened.as_millis()
    );
    println!("one late, {} keys: {late} bytes down the line, {shown} to the terminal", name.len() + 3);
    assert!(start.0 < START_MAX, "{start:?}");
    assert!(late < LATE_MAX, "{late}");
    terminal.keys("q");
    assert_eq!(terminal.ends().0.code(), Some(0));
    asks_nothing(&text(&terminal.output));
    terminal.is_given_back();
}

/// Nothing in `output` makes a terminal answer: where is the cursor, what are you, how large, which colours, which modes.
#[track_caller]
fn asks_nothing(output: &str) {
    for (place, after) in output.match_indices('\x1b').map(|(place, _)| (place, &output[place + 1..])) {
        let asks = if let Some(csi) = after.strip_prefix('[') {
            let end = csi.find(|letter: char| ('@'..='~').contains(&letter)).unwrap_or(csi.len());
            let (parameters, last) = (&csi[..end], csi[end..].chars().next());
            match last {
                Some('n' | 'c' | 't' | 'x') => true,
                Some('p') => parameters.contains('$'),
                Some('u') => parameters.starts_with('?'),
                Some('q') => parameters.starts_with('>'),
                _ => false,
            }
        } else if let Some(osc) = after.strip_prefix(']') {
            let end = osc.find(['\x07', '\x1b']).unwrap_or(osc.len());
            osc[..end].ends_with('?')
        } else {
            after.starts_with(['P', 'Z'])
        };
        assert!(!asks, "the terminal is asked something at {place}: {:?}", after.chars().take(12).collect::<String>());
    }
}
