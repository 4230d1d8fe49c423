//! The screen over a real sshd: what only a line between two computers can show. `tests/over_ssh.sh` sets up the sshd and runs
//! these, so cargo does not run them by itself.

#![allow(clippy::pedantic)]

#[cfg(test)]
mod relay;
#[cfg(test)]
mod support;
#[cfg(test)]
#[path = "../terminal/terminal.rs"]
#[allow(dead_code, reason = "the other tests of the terminal use the rest")]
mod terminal;

#[cfg(test)]
mod dropped;
#[cfg(test)]
mod masked;
#[cfg(test)]
mod slow_line;
