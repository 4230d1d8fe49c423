//! A small school on a Tuesday morning, and the program run on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use firstbell::domain::act::{Act, ChangeSettings, Officer, TakeRegister, TakenBy};
use firstbell::domain::calendar::Closure;
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::code::{Code, CodeTable};
use firstbell::domain::facts::evidence::Mark;
use firstbell::domain::incoming::*;
use firstbell::domain::people::pupil::{Flag, PupilId};
use firstbell::domain::school::School;
use firstbell::store::Store;
use firstbell::store::demo::DemoClock;
use tempfile::TempDir;

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
pub struct Said {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl Said {
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
    pub fn ends(self, exit: i32) -> Said {
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
        let roll = store.roll().clone();
        let who = |admission: &str| {
            roll.pupils.iter().find(|pupil| pupil.admission_no.as_deref() == Some(admission)).unwrap().id
        };
        let group = |name: &str| roll.groups.iter().find(|group| group.name == name).unwrap().id;
        let plain = |admission: &str, code| (who(admission), Mark::plain(code));
        let mut take = |name: &str, by: &str, marks: Vec<(PupilId, Mark)>| {
            let at = SessionDate::new("2026-11-24".parse().unwrap(), Session::Am);
            let act =
                Act::TakeRegister(TakeRegister { group: group(name), at, by: TakenBy::Teacher(by.to_owned()), marks });
            store.perform(&officer(), instant("2026-11-24T08:50:00Z"), &act).unwrap();
        };
        let late = (who("5"), Mark { code: Code::L, minutes: Some(6) });
        take("8KM", "Mrs Kemp", vec![plain("1", Code::N), plain("4", Code::PRESENT_AM), late, plain("7", Code::N)]);
        take("9BW", "Mr Webb", vec![plain("3", Code::N)]);
        desk
    }

    /// The school with nobody marked.
    pub fn create(&self) -> Store {
        let codes = Arc::new(CodeTable::national().unwrap());
        let school = School { name: "Harrington High".to_owned(), ..School::usual().unwrap() };
        let mut store = Store::create(&self.db, &school, codes).unwrap();
        let now = instant("2026-09-01T08:00:00Z");
        let merged = store.merge(&officer(), now, &incoming(), false, &mut |_, _| {}).unwrap();
        assert_eq!(merged.rejects, []);
        // Made up, so that anybody may be asked about at any time.
        let began = instant("2026-11-24T09:00:00Z");
        store.set_demo_clock(DemoClock { starts: NOW.parse().unwrap_or_default(), began }).unwrap();
        store.day("2026-11-24".parse().unwrap()).unwrap();
        store
    }

    /// The school is made up no longer.
    pub fn is_real(&self) {
        rusqlite::Connection::open(&self.db).unwrap().execute("DELETE FROM demo", []).unwrap();
    }

    /// J Ito does something at another desk, on the morning of the 24th.
    pub fn perform(&self, time: &str, act: &Act) {
        let mut store = Store::open(&self.db, Arc::new(CodeTable::national().unwrap())).unwrap();
        store.perform(&officer(), instant(&format!("2026-11-24T{time}:00Z")), act).unwrap();
    }

    /// Run the program at [`NOW`] on this desk's file.
    pub fn run(&self, args: &[&str]) -> Said {
        self.run_at(NOW, args)
    }

    /// Run the program at `now`.
    pub fn run_at(&self, now: &str, args: &[&str]) -> Said {
        said(self.command().args(["--now", now]).args(args).output().unwrap())
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
        let store = Store::open(&self.db, Arc::new(CodeTable::national().unwrap())).unwrap();
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
    let mut store = Store::open(db, Arc::new(CodeTable::national().unwrap())).unwrap();
    let from = store.roll().school.clone();
    let mut to = from.clone();
    change(&mut to);
    let act = Act::ChangeSettings(ChangeSettings { from: Box::new(from), to: Box::new(to) });
    store.perform(&officer(), instant("2026-11-24T07:45:00Z"), &act).unwrap();
}

pub fn said(output: Output) -> Said {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { exit: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

pub fn officer() -> Officer {
    Officer::unbound("J Ito", "office", "test")
}

fn incoming() -> Incoming {
    let place = Place::default;
    let key = |admission: &str| PupilKey { admission_no: Some(admission.to_owned()), ..PupilKey::default() };
    let text = |text: &str| Some(text.to_owned());
    let group = |name: &str, year, tutor: &str, room: &str| IncomingGroup {
        name: name.to_owned(),
        year: Some(year),
        tutor: text(tutor),
        room: text(room),
    };
    let pupil = |admission: &str, surname: &str, forename: &str, group: &str, household: Option<&str>| IncomingPupil {
        key: key(admission),
        surname: surname.to_owned(),
        forename: forename.to_owned(),
        year: Some(8),
        group: text(group),
        household: household.map(str::to_owned),
        from: Some("2026-09-01".parse().unwrap()),
        until: None,
        stays: false,
    };
    let contact = |order, name: &str, relationship: &str, phone: &str| IncomingContact {
        pupil: key("1"),
        order,
        name: name.to_owned(),
        relationship: relationship.to_owned(),
        phones: Some(text(phone).into_iter().collect()),
        ..IncomingContact::default()
    };
    let tutor = |name: &str| IncomingStaff { name: name.to_owned(), ..IncomingStaff::default() };
    let term = IncomingDates::Term {
        name: "Autumn".to_owned(),
        from: "2026-09-01".parse().unwrap(),
        until: "2026-12-18".parse().unwrap(),
    };
    let inset = IncomingDates::Closed {
        from: "2026-11-27".parse().unwrap(),
        until: "2026-11-27".parse().unwrap(),
        kind: Closure::Inset,
        name: "staff training".to_owned(),
    };
    let flags = |admission: &str, flag| IncomingFlags { pupil: key(admission), flags: vec![flag] };
    Incoming {
        refused_contacts: Vec::new(),
        staff: ["Mrs Kemp", "Mr Webb", "Dr Price"].map(|name| (place(), tutor(name))).into(),
        groups: vec![
            (place(), group("8KM", 8, "Mrs Kemp", "B12")),
            (place(), group("9BW", 9, "Mr Webb", "R12")),
            (place(), group("10DP", 10, "Dr Price", "Lab2")),
        ],
        pupils: vec![
            (place(), pupil("1", "Khan", "Amira", "8KM", Some("Khan"))),
            (place(), pupil("2", "Khan", "Bilal", "10DP", Some("Khan"))),
            (place(), pupil("3", "Osei", "Kofi", "9BW", None)),
            (place(), pupil("4", "O’Neill-Smith", "Zoë", "8KM", None)),
            (place(), pupil("5", "Smith", "Jo", "8KM", None)),
            (place(), pupil("6", "Smith", "Jo", "9BW", None)),
            (place(), pupil("7", AWKWARD, "Bea", "8KM", None)),
        ],
        contacts: vec![
            (place(), contact(1, "Mrs Khan", "mother", "07700 900310")),
            (place(), contact(2, "Mr Khan", "father", "07700 900822")),
        ],
        flags: vec![(place(), flags("1", Flag::ChildProtection)), (place(), flags("3", Flag::EhcPlan))],
        calendar: vec![(place(), term), (place(), inset)],
        marks: Vec::new(),
        lessons: Vec::new(),
    }
}
