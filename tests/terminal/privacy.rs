//! Privacy in a real terminal: a PIN is set unseen and opens a lock, and a number that is copied is cleared again.

use rusqlite::Connection;
use std::time::Duration;

use rustix::process::Signal;

use crate::support::{Desk, FIRST_FRAME, text};
use crate::terminal::Terminal;

const F2: &str = "\x1bOQ";
const F3: &str = "\x1bOR";
/// What clears a clipboard: a blank in place of what was there, then nothing.
const CLEARED: [&str; 2] = ["IA==", ""];

/// Set the PIN, as an officer does.
fn set_pin(desk: &Desk, pin: &str) {
    let mut terminal = Terminal::start(desk.program().args(["pin"]), 80, 24);
    terminal.shows(&["New PIN of"]);
    terminal.keys(&format!("{pin}\r"));
    terminal.shows(&["The same again"]);
    terminal.keys(&format!("{pin}\r"));
    let (status, _) = terminal.ends();
    let output = text(&terminal.output);
    assert_eq!(status.code(), Some(0), "{output}");
    assert!(output.contains("is set.") && !output.contains(pin), "{output}");
    terminal.is_given_back();
}

/// What was handed to the clipboard, one after another, as it was sent.
fn copies(terminal: &Terminal) -> Vec<String> {
    let output = text(&terminal.output);
    let sent = output.split("\x1b]52;c;").skip(1);
    sent.map(|rest| rest.split("\x1b\\").next().unwrap().to_owned()).collect()
}

fn decoded(base64: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0, 0_u32);
    for letter in base64.trim_end_matches('=').bytes() {
        held = held << 6 | u32::try_from(LETTERS.iter().position(|one| *one == letter).unwrap()).unwrap();
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).unwrap());
        }
    }
    text(&bytes)
}

/// The hashes that are kept: no command says them.
fn hash(desk: &Desk) -> Vec<String> {
    let record = Connection::open(&desk.db).unwrap();
    let mut hashes = record.prepare("SELECT hash FROM pin").unwrap();
    hashes.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_lock_opens_with_the_pin_that_was_set() {
    let desk = Desk::school();
    set_pin(&desk, "471108");
    assert!(hash(&desk)[0].starts_with("$argon2id$v=19$m=7168,t=5,p=1$"));
    let mut terminal = desk.screen();
    terminal.keys(F3);
    terminal.shows(&["locked by S Marsh", "enter opens   ctrl-c leaves"]);
    terminal.hides("Harrington High");
    terminal.keys("q99999\r");
    terminal.shows(&["Wrong PIN."]);
    terminal.keys("471108\r");
    terminal.shows(&FIRST_FRAME);
    terminal.keys(F2);
    terminal.shows(&["press any key"]);
    terminal.hides("Harrington High");
    terminal.keys("q");
    terminal.shows(&FIRST_FRAME);
    terminal.keys("q");
    assert_eq!(terminal.ends().0.code(), Some(0));
    terminal.is_given_back();
    assert!(!text(&terminal.output).contains("471108"));
}

#[test]
fn a_locked_screen_that_is_ended_gives_the_terminal_back() {
    let desk = Desk::school();
    set_pin(&desk, "471108");
    for signal in [Some(Signal::TERM), Some(Signal::HUP), None] {
        let mut terminal = desk.screen();
        terminal.keys(&format!("/kha{F3}47"));
        terminal.shows(&["locked by"]);
        match signal {
            Some(signal) => terminal.signal(signal),
            None => terminal.keys("\x03"),
        }
        assert_eq!(terminal.ends().0.code(), Some(0), "{signal:?}");
        terminal.is_given_back();
    }
    let mut terminal = desk.screen();
    terminal.keys(F3);
    terminal.shows(&["locked by"]);
    terminal.hang_up();
    assert_eq!(terminal.ends().0.code(), Some(0));
    desk.is_whole();
}

#[test]
fn a_pin_that_is_none_or_not_ones_own_changes_nothing() {
    let desk = Desk::school();
    for (typed, message) in [
        ("4711\r4712\r", "the two are not the same"),
        ("0000\r", "guessed at once"),
        ("47\r", "from 4 to 32 digits"),
        ("47a11\r", "digits only"),
        ("47\x03", "nothing was changed"),
    ] {
        let mut terminal = Terminal::start(desk.program().args(["pin"]), 80, 24);
        terminal.shows(&["New PIN of"]);
        terminal.keys(typed);
        assert_eq!(terminal.ends().0.code(), Some(1), "{typed:?}");
        assert!(text(&terminal.output).contains(message), "{typed:?}: {}", text(&terminal.output));
        terminal.is_given_back();
    }
    assert_eq!(hash(&desk), [""; 0]);
    set_pin(&desk, "471108");
    let kept = hash(&desk);
    let mut terminal = Terminal::start(desk.program().args(["pin"]), 80, 24);
    terminal.shows(&["until now"]);
    terminal.keys("471109\r");
    assert_eq!(terminal.ends().0.code(), Some(1));
    assert!(text(&terminal.output).contains("that is not your PIN"));
    assert_eq!(hash(&desk), kept);
}

#[test]
fn the_fifth_wrong_pin_has_to_wait_and_a_new_process_has_not_forgotten() {
    let desk = Desk::school();
    set_pin(&desk, "471108");
    let kept = hash(&desk);
    let tried = |pin: &str| {
        let mut terminal = Terminal::start(desk.program().args(["pin"]), 80, 24);
        terminal.shows(&["until now"]);
        terminal.keys(&format!("{pin}\r"));
        assert_eq!(terminal.ends().0.code(), Some(1));
        terminal.is_given_back();
        text(&terminal.output)
    };
    for _ in 0..4 {
        let message = tried("471109");
        assert!(message.contains("that is not your PIN: nothing"), "{message}");
    }
    assert!(tried("471109").contains("that is not your PIN; the next is taken from"));
    // Not even the right one, and it does not count.
    let message = tried("471108");
    assert!(message.contains("too many wrong PINs: the next is taken from"), "{message}");
    assert_eq!(desk.ask("select wrong from pin"), ["5"]);
    assert_eq!(hash(&desk), kept);
    // Once the wait is over.
    let record = rusqlite::Connection::open(&desk.db).unwrap();
    record.execute_batch("UPDATE pin SET wrong_at = '2020-01-01T00:00:00Z'").unwrap();
    let mut terminal = Terminal::start(desk.program().args(["pin"]), 80, 24);
    terminal.shows(&["until now"]);
    terminal.keys("471108\r");
    terminal.shows(&["New PIN"]);
    assert_eq!(desk.ask("select wrong from pin"), ["0"]);
}

#[test]
fn asked_to_end_while_a_pin_is_typed_the_terminal_shows_again_what_is_typed() {
    let desk = Desk::school();
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        let mut terminal = Terminal::start(desk.program().args(["pin"]), 80, 24);
        terminal.shows(&["New PIN of"]);
        terminal.keys("47");
        terminal.signal(signal);
        assert_eq!(terminal.ends().0.code(), Some(1));
        assert!(text(&terminal.output).contains("nothing was changed"));
        terminal.is_given_back();
    }
    assert_eq!(hash(&desk), [""; 0]);
}

#[test]
fn a_pin_is_forgotten_and_set_at_a_terminal_only() {
    let desk = Desk::school();
    set_pin(&desk, "471108");
    let login = desk.ask("select login from pin")[0].clone();
    let forgotten = desk.run(&["pin", "--forget", &login]);
    assert!(forgotten.status.success(), "{forgotten:?}");
    assert_eq!(hash(&desk), [""; 0]);
    assert_eq!(desk.run(&["pin", "--forget", &login]).status.code(), Some(1));
    let piped = desk.command().args(["pin"]).stdin(std::process::Stdio::null()).output().unwrap();
    assert_eq!(piped.status.code(), Some(2));
    assert!(text(&piped.stderr).contains("ssh -t"), "{piped:?}");
    set_pin(&desk, "0246");
}

#[test]
fn a_number_copied_is_cleared_by_leaving_by_a_curtain_and_by_a_signal() {
    let desk = Desk::school();
    for end in ["q", F2, F3, "TERM"] {
        let mut terminal = desk.screen();
        terminal.keys("2c");
        terminal.shows(&["Call about"]);
        // The number is shown once that is recorded.
        terminal.until("the number", |terminal| {
            terminal.lines().iter().any(|line| line.contains('›') && line.contains(" 9"))
        });
        terminal.keys("y");
        terminal.shows(&["number copied, for 30 s"]);
        terminal.until("the copy", |terminal| !copies(terminal).is_empty());
        let number = decoded(&copies(&terminal)[0]);
        assert!(
            number.len() > 9 && number.chars().all(|sign| sign.is_ascii_digit() || "+ ".contains(sign)),
            "{number}"
        );
        assert!(terminal.lines().iter().any(|line| line.contains(&number)), "{number}");
        assert_eq!(copies(&terminal).len(), 1);
        match end {
            "TERM" => terminal.signal(Signal::TERM),
            "q" => {
                terminal.keys("\x1b");
                terminal.hides("Call about");
                terminal.keys("q");
            }
            keys => terminal.keys(keys),
        }
        terminal.until("cleared", |terminal| copies(terminal).len() == 3);
        assert_eq!(copies(&terminal)[1..], CLEARED, "{end:?}");
        if end == F2 || end == F3 {
            terminal.listen(Duration::from_millis(20));
            terminal.signal(Signal::TERM);
        }
        assert_eq!(terminal.ends().0.code(), Some(0));
        assert_eq!(copies(&terminal).len(), 3, "once: {end:?}");
        terminal.is_given_back();
    }
    assert_eq!(desk.ask("select count(*) from disclosure where what like '%copied'"), ["4"]);
}
