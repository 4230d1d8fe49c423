//! The connection ends in the middle of a word: what was saved is there, nothing is left running, the next login is sane.

use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::support::{Host, above, text, until};
use crate::terminal::Terminal;

/// Thirty times what it takes.
const AT_ONCE: Duration = Duration::from_secs(1);
const PROMPT: &str = "home> ";

/// A shell in a window at home, from which ssh is called, as people do.
fn at_home() -> Terminal {
    let shell = pty_process::blocking::Command::new("bash").args(["--norc", "--noprofile", "--noediting", "-i"]);
    let mut home = Terminal::start(shell.env("PS1", PROMPT).env("TERM", "xterm-256color"), 80, 24);
    home.shows(&[PROMPT.trim()]);
    home
}

/// Say something to the shell, and wait for `end` in what comes then.
#[track_caller]
fn say(home: &mut Terminal, words: &str, end: &str) -> String {
    let before = home.output.len();
    home.keys(&format!("{words}\n"));
    home.until(&format!("{end:?} after {words:?}"), |home| text(&home.output[before..]).contains(end));
    text(&home.output[before..])
}

/// How the shell's terminal is set.
#[track_caller]
fn modes(home: &mut Terminal) -> String {
    let output = say(home, "stty -g | sed 's/^/[/; s/$/]/'", "]\r\n");
    output.rsplit_once('[').unwrap().1.split(']').next().unwrap().to_owned()
}

/// What tmux would show: unlike others it clears nothing for a program that enters the alternate screen a second time.
fn in_tmux(home: &Terminal) -> Vec<String> {
    const ENTER: &str = "\x1b[?1049h";
    let (height, width) = home.screen().size();
    let mut shown = vt100::Parser::new(height, width, 0);
    for (place, part) in text(&home.output).split(ENTER).enumerate() {
        if place > 0 && !shown.screen().alternate_screen() {
            shown.process(ENTER.as_bytes());
        }
        shown.process(part.as_bytes());
    }
    shown.screen().rows(0, width.get()).collect()
}

/// Whether a process still runs: one that has ended and is not yet taken note of does not.
fn runs(pid: Pid) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_pid())).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}

/// The ssh that runs in that shell.
fn client(host: &Host, home: &Terminal) -> Pid {
    let children = format!("/proc/{0}/task/{0}/children", home.pid().as_raw_pid());
    let find = || std::fs::read_to_string(&children).unwrap().split_whitespace().next().map(str::to_owned);
    let (pid, _) = until(&format!("ssh to {}", host.port), find);
    Pid::from_raw(pid.parse().unwrap()).unwrap()
}

/// The sshd that speaks for the program.
fn session(program: Pid) -> Pid {
    let mut at = program;
    loop {
        let (pid, name) = above(at);
        if name.starts_with("sshd") {
            return pid;
        }
        assert!(pid != Pid::INIT, "no sshd above the program");
        at = pid;
    }
}

#[test]
fn however_the_line_drops_what_was_saved_is_kept_and_the_next_login_is_sane() {
    let host = Host::of_the_script();
    let mut home = at_home();
    let usual = modes(&mut home);
    for (turn, killed) in ["client", "session", "program"].into_iter().enumerate() {
        home.keys(&format!("{}\n", host.words("aroy")));
        home.shows(&["Harrington High", "Unexplained", "/ find"]);
        let (program, _) = until("the program runs", || host.server("aroy"));
        let (before, late) = (host.acts("A Roy"), host.somebody(2 + turn));
        home.keys(&format!("l{late}\r"));
        home.shows(&["A reason's letter"]);
        home.keys("b\r");
        home.shows(&["✓"]);
        home.hides("A reason's letter");
        home.keys("/xyzz");
        home.shows(&["xyzz"]);
        let shown = home.output.len();

        let end = match killed {
            "client" => client(&host, &home),
            "session" => session(program),
            _ => program,
        };
        kill_process(end, Signal::KILL).unwrap();
        let ((), took) = until("the program has ended", || (!runs(program)).then_some(()));
        println!("{killed} killed: the program had ended after {} ms", took.as_millis());
        assert!(took < AT_ONCE, "{killed}: {took:?}");
        home.until("the shell is back", |home| text(&home.output[shown..]).contains(PROMPT));
        assert_eq!(modes(&mut home), usual, "{killed}: how the window is set");
        assert_eq!(host.acts("A Roy"), before + 1, "{killed}: what was saved");
        // A program that is killed cannot take leave: its place runs out by itself, for nobody renews it.
        if killed != "program" {
            assert_eq!(host.ask("select who from sitting where who = 'A Roy'"), [""; 0], "{killed}: nobody sits there");
        }

        home.keys(&format!("{}\n", host.words("aroy")));
        home.until("the next login", |home| {
            let shown = home.lines().join("\n");
            shown.contains("Harrington High") && shown.contains("/ find") && !shown.contains(PROMPT.trim())
        });
        home.listen(Duration::from_millis(200));
        assert!(!home.lines().join("\n").contains("xyzz"), "{killed}: half a word is still there");
        assert_eq!(in_tmux(&home), home.lines(), "{killed}: remains of the last picture");
        home.keys("?");
        home.shows(&["All keys"]);
        home.keys("\x1b");
        home.hides("All keys");
        let shown = home.output.len();
        home.keys("q");
        home.until("the shell is back", |home| text(&home.output[shown..]).contains(PROMPT));
        home.is_given_back();
        assert_eq!(modes(&mut home), usual, "{killed}: how the window is set after the next login");
    }
    let whole = host.ask("select integrity_check from pragma_integrity_check");
    assert_eq!(whole, ["ok"]);
}
