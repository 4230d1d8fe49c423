//! Prints a text: it goes to the standard input of a command in the school's settings. No shell is involved.

use std::io::{ErrorKind, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use wait_timeout::ChildExt as _;

use crate::config::plain;

/// Give `text` to `command` and wait until it is done, at most `limit`: then it is ended. What went wrong comes back: "lp ended with 1".
pub fn print(command: &str, text: &str, limit: Duration) -> Result<(), String> {
    let words = shell_words::split(command).unwrap_or_default();
    let Some((program, rest)) = words.split_first() else { return Ok(()) };
    let failed = |why: &str| format!("{program} {why}");
    let mut child = Command::new(program)
        .args(rest)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Of its own, so that all it started can be ended with it.
        .process_group(0)
        .spawn()
        .map_err(|error| failed(&format!("could not be started ({})", plain(&error))))?;
    let stdin = child.stdin.take();
    // Longer than what a pipe holds, the text waits for whoever reads it: that is waited for no longer than the command.
    let (ended, written) = std::thread::scope(|threads| {
        let writing = threads.spawn(|| stdin.map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes())));
        (ended(&mut child, limit), writing.join().unwrap_or(Ok(())))
    });
    match ended {
        None => Err(failed(&format!("was not done in {} seconds", limit.as_secs()))),
        Some(status) if !status.success() => Err(failed(&match status.code() {
            Some(code) => format!("ended with {code}"),
            None => "was ended".to_owned(),
        })),
        // Who has not read all of it may be done all the same.
        Some(_) => match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(failed(&plain(&error))),
            _ => Ok(()),
        },
    }
}

/// How it ended; `None` if it had to be.
fn ended(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    if let Ok(Some(status)) = child.wait_timeout(limit) {
        return Some(status);
    }
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if let Some(group) = group {
        let (Ok(()) | Err(_)) = kill_process_group(group, Signal::KILL);
    }
    drop(child.kill());
    drop(child.wait());
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Ticks;

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn the_text_reaches_the_command_and_no_shell_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a slip; $HOME");
        let command = format!("tee '{}'", file.display());
        assert_eq!(print(&command, "LATE SLIP\n", LONG), Ok(()));
        assert_eq!(std::fs::read_to_string(file).unwrap(), "LATE SLIP\n");
        assert_eq!(print("", "LATE SLIP\n", LONG), Ok(()), "no command, no slip");
        assert_eq!(print("true", "LATE SLIP\n", LONG), Ok(()), "who reads nothing may be content");
    }

    #[test]
    fn what_goes_wrong_is_said_and_nobody_is_waited_for() {
        let why = |command, text: &str, limit| print(command, text, limit).unwrap_err();
        assert_eq!(why("false", "LATE SLIP\n", LONG), "false ended with 1");
        assert!(why("/no/such/printer -x", "", LONG).contains("/no/such/printer could not be started"));
        let ticks = Ticks::start();
        let more_than_a_pipe_holds = "A line of a list\n".repeat(20_000);
        assert_eq!(why("sleep 60", &more_than_a_pipe_holds, Duration::ZERO), "sleep was not done in 0 seconds");
        assert_eq!(print("cat", &more_than_a_pipe_holds, LONG), Ok(()));
        assert!(ticks.read() < LONG);
    }
}
