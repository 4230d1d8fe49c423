//! The host that `tests/over_ssh.sh` has set up.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use firstbell::clock::Ticks;
use rustix::process::Pid;

pub use crate::terminal::text;
use crate::terminal::{self, Terminal};

/// An sshd, an account, and a file that the account owns.
pub struct Host {
    pub config: PathBuf,
    pub port: u16,
    account: String,
    program: String,
    db: String,
}

impl Host {
    /// As the script says.
    pub fn of_the_script() -> Host {
        let output =
            |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run tests/over_ssh.sh"));
        Host {
            config: output("OVER_SSH_CONFIG").into(),
            port: output("OVER_SSH_PORT").parse().unwrap(),
            account: output("OVER_SSH_ACCOUNT"),
            program: output("OVER_SSH_PROGRAM"),
            db: output("OVER_SSH_DB"),
        }
    }

    /// The words of a shell that open the screen by the key of `login`.
    pub fn words(&self, login: &str) -> String {
        format!("ssh -F {} -tt {login}", self.config.display())
    }

    /// The screen over the key of `login`, by the line at `port`, as it opens.
    pub fn opening(&self, login: &str, port: u16) -> Terminal {
        let ssh =
            pty_process::blocking::Command::new("ssh").arg("-F").arg(&self.config).args(["-p", &port.to_string()]);
        Terminal::start(ssh.args(["-tt", login]), 80, 24)
    }

    /// The file's own answer to a question of its owner, line by line, without the headings.
    #[track_caller]
    pub fn ask(&self, question: &str) -> Vec<String> {
        let owner = ["-u", &self.account, "--", &self.program, "--db", &self.db, "sql", question];
        let answer = Command::new("runuser").args(owner).output().unwrap();
        assert!(answer.status.success(), "{answer:?}");
        text(&answer.stdout).lines().skip(1).map(str::to_owned).collect()
    }

    /// How many acts of `who` the journal holds.
    #[track_caller]
    pub fn acts(&self, who: &str) -> usize {
        self.ask(&format!("select count(*) from act where who = '{who}'"))[0].parse().unwrap()
    }

    /// The admission number of somebody whom nothing speaks of yet: another for each place.
    #[track_caller]
    pub fn somebody(&self, place: usize) -> String {
        let found =
            self.ask("select p.admission_no from pupil p where p.id not in (select pupil from evidence) order by p.id");
        found.into_iter().nth(place).unwrap()
    }

    /// The program that serves the key of `login`, if it runs.
    pub fn server(&self, login: &str) -> Option<Pid> {
        let ps = Command::new("ps").args(["-o", "pid=,args=", "-u", &self.account]).output().unwrap();
        let own = format!("{} --db {} --as {login}", self.program, self.db);
        let line = text(&ps.stdout).lines().map(|line| line.trim().to_owned()).find(|line| line.ends_with(&own))?;
        Pid::from_raw(line.split_whitespace().next()?.parse().ok()?)
    }
}

/// The process above `pid`, and what it calls itself.
pub fn above(pid: Pid) -> (Pid, String) {
    let ask = |what: &str, pid: &str| {
        let ps = Command::new("ps").args(["-o", what, "-p", pid]).output().unwrap();
        text(&ps.stdout).trim().to_owned()
    };
    let above = ask("ppid=", &pid.as_raw_pid().to_string());
    let name = ask("args=", &above);
    (Pid::from_raw(above.parse().unwrap()).unwrap(), name)
}

/// Looks until there is something to see; and how long that took.
#[track_caller]
pub fn until<T>(what: &str, look: impl FnMut() -> Option<T>) -> (T, Duration) {
    let ticks = Ticks::start();
    (terminal::until(what, look), ticks.read())
}
