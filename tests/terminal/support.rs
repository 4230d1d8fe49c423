//! A made-up school in a folder of its own, and the program run on it.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::terminal::Terminal;
pub use crate::terminal::text;

/// Twenty past nine on the made-up school's morning: the register has just closed.
pub const NOW: &str = "2026-11-24T09:20";
/// What the first whole frame of that morning holds.
pub const FIRST_FRAME: [&str; 4] = ["Harrington High", "Unexplained", "Watch", "/ find"];

/// The file of a made-up school, made once and copied for each test.
static SCHOOL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let desk = Desk::bare();
    let made = desk.run(&["demo", "--create-only", "--pupils", "60", "--years", "1"]);
    assert!(made.status.success(), "{made:?}");
    std::fs::read(&desk.db).unwrap()
});

/// A folder with a school's file in it.
pub struct Desk {
    pub folder: TempDir,
    pub db: PathBuf,
}

impl Desk {
    /// An empty folder; the file is still to be made.
    pub fn bare() -> Desk {
        let folder = TempDir::new().unwrap();
        let db = folder.path().join("school.db");
        Desk { folder, db }
    }

    /// The made-up school.
    pub fn school() -> Desk {
        let desk = Desk::bare();
        std::fs::write(&desk.db, &*SCHOOL).unwrap();
        desk
    }

    /// The program's words on this file, at [`NOW`].
    pub fn words(&self) -> Vec<&OsStr> {
        ["--db".as_ref(), self.db.as_os_str(), "--now".as_ref(), NOW.as_ref()].into()
    }

    /// An environment of its own.
    pub fn environment(&self) -> [(&'static str, String); 4] {
        let home = self.folder.path().display().to_string();
        let path = std::env::var("PATH").unwrap_or_default();
        let officer = "S Marsh, attendance officer".to_owned();
        [("HOME", home), ("PATH", path), ("TERM", "xterm-256color".to_owned()), ("FIRSTBELL_OFFICER", officer)]
    }

    /// One of the program's commands.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_firstbell"));
        command.env_clear().envs(self.environment()).args(self.words());
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command().args(args).output().unwrap()
    }

    /// The screen, opened in a terminal of the usual size, its first frame whole.
    pub fn screen(&self) -> Terminal {
        self.screen_of(120, 40)
    }

    pub fn screen_of(&self, width: u16, height: u16) -> Terminal {
        let mut terminal = self.opening(width, height);
        terminal.shows(&FIRST_FRAME);
        terminal
    }

    /// The screen as it opens: nothing waited for.
    pub fn opening(&self, width: u16, height: u16) -> Terminal {
        Terminal::start(self.program(), width, height)
    }

    /// The program, to be started in a terminal.
    pub fn program(&self) -> pty_process::blocking::Command {
        let program = pty_process::blocking::Command::new(env!("CARGO_BIN_EXE_firstbell"));
        program.env_clear().envs(self.environment()).args(self.words())
    }

    /// The file's own answer to a question, line by line, without the headings.
    #[track_caller]
    pub fn ask(&self, question: &str) -> Vec<String> {
        let answer = self.run(&["sql", question]);
        assert!(answer.status.success(), "{answer:?}");
        text(&answer.stdout).lines().skip(1).map(str::to_owned).collect()
    }

    /// How many acts the journal holds.
    #[track_caller]
    pub fn acts(&self) -> usize {
        self.ask("select count(*) from act")[0].parse().unwrap()
    }

    /// Every journal row has the fact it speaks of, every fact its row, and the file is sound.
    #[track_caller]
    pub fn is_whole(&self) {
        assert_eq!(self.ask("select integrity_check from pragma_integrity_check"), ["ok"]);
        let dangling = self.ask("select * from pragma_foreign_key_check");
        assert_eq!(dangling, [""; 0]);
        for (kind, facts) in [("arrival", "evidence"), ("chase", "chase"), ("watch", "watched"), ("call", "call")] {
            let half = format!("select id from act where kind = '{kind}' and id not in (select act from {facts})");
            assert_eq!(self.ask(&half), [""; 0], "{kind} without its {facts}");
        }
    }
}
