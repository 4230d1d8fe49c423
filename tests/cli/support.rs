//! The made-up school with pupils of its own on a Tuesday morning, and the program run on it.

#[allow(dead_code, reason = "not every test program uses all of it")]
#[path = "../school/mod.rs"]
mod school;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use chrono::{DateTime, Utc};
use firstbell::domain;
use firstbell::domain::act::{Act, Officer};
use firstbell::domain::calendar::Closure;
use firstbell::domain::incoming::{Incoming, IncomingDates, IncomingPupil, PupilKey};
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::School;
use firstbell::store::Store;
use firstbell::store::demo::DemoClock;
use tempfile::TempDir;

pub use school::acts::*;
use school::files;
pub use school::files::{lesson, placed};
pub use school::{AMIRA, am, codes, november, now};

/// Tuesday, ten minutes after the morning register has closed.
pub const NOW: &str = "2026-11-24T09:20";

/// A name that would colour, ring, retitle and turn round a terminal.
pub const AWKWARD: &str = "Zo\u{eb}\u{1b}[31m\u{7}\u{9b}2J\u{202e}\u{1b}]0;x\u{7} Mc\tBad";

/// A folder with a school's file in it.
pub struct Desk {
    pub folder: TempDir,
    pub db: PathBuf,
}

/// What the program answered.
pub struct CommandOutput {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl CommandOutput {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    pub fn rows(&self) -> Vec<serde_json::Value> {
        self.json()["rows"].as_array().unwrap().clone()
    }

    /// The names in the rows of a JSON answer, in order.
    pub fn names(&self) -> Vec<String> {
        self.rows().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    }

    #[track_caller]
    pub fn ends(self, exit: i32) -> CommandOutput {
        assert_eq!(self.exit, exit, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }
}

impl Desk {
    /// An empty folder; the file is still to be made.
    pub fn bare() -> Desk {
        let folder = TempDir::new().unwrap();
        let db = folder.path().join("school.db");
        Desk { folder, db }
    }

    /// Harrington High on [`NOW`]'s morning: 8KM is in, with Amira Khan unexplained and Jo Smith late; 9BW is in with a
    /// blank; 10DP is not in.
    pub fn harrington() -> Desk {
        let desk = Desk::bare();
        let mut store = desk.create();
        let groups = store.roll().groups.clone();
        let mut take = |name: &str, teacher: &str, marks: &[(i64, &str)]| {
            let group = groups.iter().find(|group| group.name == name).unwrap().id;
            let marks: Vec<_> = marks.iter().map(|(pupil, text)| (PupilId(*pupil), *text)).collect();
            store.perform(&officer(), now("08:50"), &handed_in(group, am(24), teacher, &marks).into()).unwrap();
        };
        take("8KM", "Mrs Kemp", &[(1, "N"), (4, "/"), (5, "L 6"), (7, "N")]);
        take("9BW", "Mr Webb", &[(3, "N")]);
        desk
    }

    /// The school with nobody marked.
    pub fn create(&self) -> Store {
        let mut store = Store::create(&self.db, &school::settings(), codes()).unwrap();
        let merged =
            store.merge(&officer(), instant("2026-09-01T08:00:00Z"), &incoming(), false, &mut |_, _| {}).unwrap();
        assert_eq!(merged.rejects, []);
        // Made up, so that anybody may be asked about at any time.
        let began = now("09:00");
        store.set_demo_clock(DemoClock { starts: NOW.parse().unwrap_or_default(), began }).unwrap();
        store.day(november(24)).unwrap();
        store
    }

    /// The school is made up no longer.
    pub fn is_real(&self) {
        rusqlite::Connection::open(&self.db).unwrap().execute("DELETE FROM demo", []).unwrap();
    }

    /// J Ito does something at another desk, on the morning of the 24th.
    pub fn perform(&self, time: &str, act: impl Into<Act>) {
        let mut store = Store::open(&self.db, codes()).unwrap();
        store.perform(&officer(), now(time), &act.into()).unwrap();
    }

    /// Run the program at [`NOW`] on this desk's file.
    #[track_caller]
    pub fn run(&self, args: &[&str]) -> CommandOutput {
        self.run_at(NOW, args)
    }

    /// Run the program at `now`. What it answers in JSON has the shape that it publishes.
    #[track_caller]
    pub fn run_at(&self, now: &str, args: &[&str]) -> CommandOutput {
        let output = read_output(self.command().args(["--now", now]).args(args).output().unwrap());
        crate::shapes::assert_fits(args, &output);
        output
    }

    /// Bring in a file of this name and text, at [`NOW`].
    pub fn import(&self, name: &str, text: &str, more: &[&str]) -> CommandOutput {
        self.import_at(NOW, name, text, more)
    }

    /// Bring in a file of this name and text at `now`.
    pub fn import_at(&self, now: &str, name: &str, text: &str, more: &[&str]) -> CommandOutput {
        let file = self.folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        self.run_at(now, &[&["import", file.to_str().unwrap()], more].concat())
    }

    /// The program, with an environment of its own.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_firstbell"));
        command.env_clear().env("HOME", self.folder.path()).env("FIRSTBELL_DB", &self.db);
        command.env("FIRSTBELL_OFFICER", "S Marsh, attendance officer");
        command
    }

    /// The file's own answer to a question.
    pub fn ask(&self, question: &str) -> Vec<Vec<Option<String>>> {
        let store = Store::open(&self.db, codes()).unwrap();
        store.ask(question).unwrap().unwrap().rows
    }
}

/// What was said, with the name of the account that runs the tests put as “own”.
pub fn with_own_login(text: &str) -> String {
    let officer = firstbell::config::officer(&[], true, None).unwrap();
    text.replace(&format!("({})", officer.login), "(own)")
}

/// An instant, as written in UTC.
pub fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Change the settings of a file, as an admin does.
pub fn change_settings(db: &Path, change: impl FnOnce(&mut School)) {
    let mut store = Store::open(db, codes()).unwrap();
    let act = settings_changed(&store.roll().school, change).into();
    store.perform(&officer(), now("07:45"), &act).unwrap();
}

pub fn read_output(output: Output) -> CommandOutput {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    CommandOutput { exit: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

pub fn officer() -> Officer {
    Officer::unbound("J Ito", "office", "test")
}

/// (surname, forename, group): two of one name, and one whose name would do harm.
const PUPILS: [(&str, &str, &str); 7] = [
    ("Khan", "Amira", "8KM"),
    ("Khan", "Bilal", "10DP"),
    ("Osei", "Kofi", "9BW"),
    ("O’Neill-Smith", "Zoë", "8KM"),
    ("Smith", "Jo", "8KM"),
    ("Smith", "Jo", "9BW"),
    (AWKWARD, "Bea", "8KM"),
];

/// The school with other pupils in three groups, all of year 8, known by numbers without zeros before; and another training day.
fn incoming() -> Incoming {
    let mut school = files::incoming();
    school.groups = placed(["8KM", "9BW", "10DP"].map(files::group));
    let from = Some("2026-09-01".parse().unwrap());
    let pupil = |(n, row)| IncomingPupil { year: Some(8), from, ..files::pupil(n, row) };
    school.pupils = placed((1..).zip(PUPILS).map(pupil));
    school.contacts.truncate(2);
    let bare = |key: &mut PupilKey| {
        key.admission_no = key.admission_no.as_ref().map(|number| number.trim_start_matches('0').to_owned());
    };
    school.pupils.iter_mut().for_each(|(_, row)| bare(&mut row.key));
    school.contacts.iter_mut().for_each(|(_, row)| bare(&mut row.pupil));
    school.flags.iter_mut().for_each(|(_, row)| bare(&mut row.pupil));
    let (from, until, name) = (november(27), november(27), "staff training".to_owned());
    school.calendar = placed([
        files::term("Autumn", "2026-09-01".parse().unwrap(), "2026-12-18".parse().unwrap()),
        IncomingDates::Closed { from, until, kind: Closure::Inset, name },
    ]);
    school
}
