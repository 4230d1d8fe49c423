//! A tiny school's file and a desk that works on it.

#[allow(dead_code, reason = "not every test program uses all of it")]
#[path = "../../school/mod.rs"]
mod school;
mod sound;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use firstbell::domain;
use firstbell::domain::act::{Act, LogArrival, Officer, Receipt, Undo};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::session::SessionDate;
use firstbell::domain::day::Timelines;
use firstbell::domain::facts::evidence::or_blank;
use firstbell::domain::incoming::{Incoming, IncomingContact, IncomingMark, IncomingPupil, PupilKey};
use firstbell::domain::people::pupil::{GroupId, PupilId};
use firstbell::domain::school::School;
use firstbell::store::Amendment;
use firstbell::store::merge::Merged;
use firstbell::store::{NotDone, Store};
use rusqlite::Connection;
use tempfile::TempDir;

/// All of one login, whatever they are called.
pub fn officer(name: &str) -> Officer {
    Officer::unbound(name, "attendance officer", "office pts/1")
}

pub use school::acts::*;
pub use school::files::{contact as contact_row, detailed, detailed_contact, lesson, placed, pupil};
pub use school::*;

/// 8KM from Monday 30 November.
pub const JOINER: PupilId = PupilId(9);
/// 8KM until Friday 27 November.
pub const LEAVER: PupilId = PupilId(10);

/// The school as its files bring it, with a joiner and a leaver; Amira's father must not be contacted.
pub fn incoming() -> Incoming {
    let mut files = school::files::incoming();
    files.pupils.extend(placed([
        IncomingPupil { from: Some(november(30)), ..pupil(9, ("Newby", "Joe", "8KM")) },
        IncomingPupil { until: Some(november(27)), ..pupil(10, ("Oldman", "Kit", "8KM")) },
    ]));
    files.contacts[1].1.do_not_contact = Some(true);
    files
}

/// Every upgrade of the schema.
const UPGRADES: [&str; 18] = [
    include_str!("../../../data/schema/0001.sql"),
    include_str!("../../../data/schema/0002.sql"),
    include_str!("../../../data/schema/0003.sql"),
    include_str!("../../../data/schema/0004.sql"),
    include_str!("../../../data/schema/0005.sql"),
    include_str!("../../../data/schema/0006.sql"),
    include_str!("../../../data/schema/0007.sql"),
    include_str!("../../../data/schema/0008.sql"),
    include_str!("../../../data/schema/0009.sql"),
    include_str!("../../../data/schema/0010.sql"),
    include_str!("../../../data/schema/0011.sql"),
    include_str!("../../../data/schema/0012.sql"),
    include_str!("../../../data/schema/0013.sql"),
    include_str!("../../../data/schema/0014.sql"),
    include_str!("../../../data/schema/0015.sql"),
    include_str!("../../../data/schema/0016.sql"),
    include_str!("../../../data/schema/0017.sql"),
    include_str!("../../../data/schema/0018.sql"),
];

/// A new file with the tables and the number that a version had after so many upgrades, and nothing in it.
pub fn tables_before(path: &Path, upgrades: usize) -> Connection {
    let file = Connection::open(path).unwrap();
    UPGRADES[..upgrades].iter().for_each(|upgrade| file.execute_batch(upgrade).unwrap());
    file.execute_batch(&format!("PRAGMA application_id = 0x3162656c; PRAGMA user_version = {upgrades}")).unwrap();
    file.execute_batch("PRAGMA journal_mode = WAL").unwrap();
    file
}

/// A desk with a store on a file of its own, or on another desk's.
pub struct Desk {
    pub path: PathBuf,
    pub store: Store,
    pub officer: Officer,
    folder: Option<TempDir>,
}

impl Desk {
    pub fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("school.db");
        let store = Store::create(&path, &School::usual().unwrap(), codes()).unwrap();
        let mut desk = Desk { path, store, officer: officer("S Marsh"), folder: Some(folder) };
        desk.merge(&incoming());
        desk
    }

    /// Another desk on the same file.
    pub fn another(&self, name: &str) -> Desk {
        Desk::of_file(&self.path, name)
    }

    /// A desk on the file that lies there.
    pub fn of_file(path: &Path, name: &str) -> Desk {
        let store = Store::open(path, codes()).unwrap();
        Desk { path: path.to_owned(), store, officer: officer(name), folder: None }
    }

    /// Close the file and open it anew.
    pub fn reopened(&mut self) {
        // The old one is closed before the new one is opened.
        let elsewhere = tempfile::tempdir().unwrap();
        let other = Store::create(&elsewhere.path().join("other.db"), &School::usual().unwrap(), codes()).unwrap();
        drop(std::mem::replace(&mut self.store, other));
        self.store = Store::open(&self.path, codes()).unwrap();
    }

    pub fn merge(&mut self, incoming: &Incoming) -> Merged {
        self.store.merge(&self.officer, now("07:00"), incoming, false, &mut |_, _| {}).unwrap()
    }

    /// Do it today at that time.
    pub fn perform(&mut self, at: &str, act: &Act) -> Result<Receipt, String> {
        match self.store.perform(&self.officer, now(at), act) {
            Ok(receipt) => Ok(receipt),
            Err(NotDone::Refused(refusal)) => Err(refusal.to_string()),
            Err(NotDone::Fault(fault) | NotDone::Unknown(fault, _)) => panic!("{fault}"),
        }
    }

    /// Change the school's settings on a date, as an admin does.
    pub fn change_settings(&mut self, today: NaiveDate, change: impl FnOnce(&mut School)) {
        let act = settings_changed(&self.store.roll().school, change).into();
        let noon = self.store.roll().school.instant(local(today, "12:00"));
        self.store.perform(&self.officer, noon, &act).unwrap();
        self.store.day(today).unwrap();
    }

    pub fn done(&mut self, at: &str, act: impl Into<Act>) -> Receipt {
        let acts = self.acts();
        let receipt = self.perform(at, &act.into()).unwrap();
        assert_eq!(self.acts(), acts + 1, "one act, one row in the journal");
        receipt
    }

    /// It is refused, with this answer, and leaves no trace.
    pub fn refused(&mut self, at: &str, act: impl Into<Act>) -> String {
        let before = self.dump();
        let answer = self.perform(at, &act.into()).unwrap_err();
        assert_eq!(self.dump(), before, "a refusal changes nothing");
        answer
    }

    pub fn undo(&mut self, at: &str, act: ActId) -> Receipt {
        self.done(at, Undo { act })
    }

    /// The settled mark in words, or "blank".
    pub fn mark(&mut self, pupil: PupilId, at: SessionDate) -> String {
        or_blank(self.store.day(at.date).unwrap().mark(pupil, at.session).settled)
    }

    pub fn contradiction(&mut self, pupil: PupilId, at: SessionDate) -> Option<String> {
        let day = self.store.day(at.date).unwrap();
        let line = Timelines::whole(&day).of(day.roll.pupil(pupil).unwrap());
        line.contradiction(at.session).map(|found| found.to_string())
    }

    /// Searches of the day that stand: the act that opened each, and how many notes it has.
    pub fn searches(&mut self) -> Vec<(ActId, usize)> {
        let day = self.store.day(november(24)).unwrap();
        day.searches.iter().map(|one| (one.act, one.notes.len())).collect()
    }

    pub fn revision(&self, pupil: PupilId, at: SessionDate) -> ActId {
        self.store.revision(pupil, at).unwrap()
    }

    pub fn amendments(&self, pupil: PupilId) -> Vec<Amendment> {
        self.store.amendments(pupil, november(1), november(30)).unwrap()
    }

    /// The pupil's amendments as "Tue 24 Nov AM: N -> L 17 min: bus; L 17 min: gate 08:57": what was said, who said it where it was not
    /// who did the act, and the rule's sentence.
    pub fn amended(&self, pupil: PupilId) -> Vec<String> {
        self.amendments(pupil)
            .iter()
            .map(|row| {
                let by = row.said_by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
                let words = row.quote().map(|words| format!("{words}{by}; ")).unwrap_or_default();
                let rule = row.rule.as_deref().unwrap_or_default();
                format!("{}: {} -> {}: {words}{rule}", row.at, or_blank(row.original), or_blank(row.new))
            })
            .collect()
    }

    pub fn ask(&self, question: &str) -> Vec<Vec<Option<String>>> {
        self.store.ask(question).unwrap().unwrap().rows
    }

    pub fn count(&self, of: &str) -> i64 {
        self.ask(&format!("SELECT count(*) FROM {of}"))[0][0].as_ref().unwrap().parse().unwrap()
    }

    /// Acts of officers in the journal.
    pub fn acts(&self) -> i64 {
        self.count("act WHERE kind NOT IN ('import', 'handback', 'file-refused')")
    }

    /// Everything in the file.
    pub fn dump(&self) -> Vec<Vec<Vec<Option<String>>>> {
        const TABLES: [&str; 50] = [
            "school",
            "staff",
            "tutor_group",
            "household",
            "pupil",
            "contact",
            "term",
            "closed_day",
            "timetable",
            "early_end",
            "other_times",
            "covering",
            "snooze",
            "lesson",
            "lesson_pupil",
            "lesson_mark",
            "lesson_chase",
            "movement",
            "sighting",
            "confirmation",
            "search",
            "step",
            "late_step",
            "decision",
            "message",
            "sitting",
            "act",
            "mark",
            "evidence",
            "amendment",
            "register",
            "chase",
            "call",
            "arrangement",
            "arrangement_pupil",
            "bar",
            "watched",
            "roll_change",
            "import_note",
            "quarantine",
            "mark_meaning",
            "missing",
            "handback",
            "handback_mark",
            "handback_answer",
            "import_source",
            "mis_mark",
            "fed_file",
            "inbox",
            "sqlite_sequence",
        ];
        TABLES.iter().map(|table| self.ask(&format!("SELECT * FROM {table}"))).collect()
    }

    /// What stands: marks, evidence, registers, and everything that follows them up. Not how it came about.
    pub fn standing(&self) -> Vec<Vec<Vec<Option<String>>>> {
        [
            "date, session, pupil, tutor, tutor_minutes, taken, code, minutes FROM mark WHERE coalesce(tutor, code) <> ''",
            "id, 1, 1 FROM evidence WHERE withdrawn IS NULL",
            "date, session, tutor_group, act FROM register WHERE withdrawn IS NULL",
            "id, 1, 1 FROM chase WHERE withdrawn IS NULL",
            "id, 1, 1 FROM call WHERE withdrawn IS NULL",
            "id, 1, 1 FROM watched WHERE withdrawn IS NULL",
            "id, 1, 1 FROM bar WHERE withdrawn IS NULL",
            "id, 1, 1 FROM arrangement WHERE withdrawn IS NULL",
            "id, 1, 1 FROM arrangement_pupil WHERE withdrawn IS NULL",
            "id, 1, 1 FROM snooze WHERE withdrawn IS NULL",
            "id, 1, 1 FROM covering WHERE withdrawn IS NULL",
            "id, 1, 1 FROM step WHERE withdrawn IS NULL",
            "id, 1, 1 FROM late_step WHERE withdrawn IS NULL",
            "id, 1, 1 FROM decision WHERE withdrawn IS NULL",
            "id, 1, 1 FROM search WHERE withdrawn IS NULL",
            "id, 1, 1 FROM movement WHERE withdrawn IS NULL",
            "id, 1, 1 FROM sighting WHERE withdrawn IS NULL",
            "id, 1, 1 FROM confirmation WHERE withdrawn IS NULL",
            "id, 1, 1 FROM lesson_mark WHERE withdrawn IS NULL",
            "id, 1, 1 FROM lesson_chase WHERE withdrawn IS NULL",
            "lesson, pupil, code FROM lesson_pupil",
            "pupil, date, raw FROM quarantine WHERE ended IS NULL AND withdrawn IS NULL",
            "id, raw, code FROM mark_meaning WHERE withdrawn IS NULL",
            "id, pupil, stays FROM missing WHERE ended IS NULL AND withdrawn IS NULL",
            "id, pupil, answer FROM handback_answer WHERE withdrawn IS NULL",
            "pupil, date, code FROM mis_mark WHERE withdrawn IS NULL",
            "id, dismissed, 1 FROM fed_file",
            "id, ended, iif(ended IS NULL, NULL, meant) FROM inbox WHERE withdrawn IS NULL",
            "settings, 1, 1 FROM school",
        ]
        .map(|question| self.ask(&format!("SELECT {question} ORDER BY 1, 2, 3")))
        .to_vec()
    }
}

/// Every test ends with a sound record.
impl Drop for Desk {
    fn drop(&mut self) {
        if !std::thread::panicking() && self.folder.is_some() {
            self.sound();
        }
    }
}

// Files --------------------------------------------------------------------------------------------------------------

pub fn key(number: &str) -> PupilKey {
    PupilKey { admission_no: Some(number.to_owned()), ..PupilKey::default() }
}

pub fn contact(number: &str, order: i64, name: &str) -> IncomingContact {
    let text = format!("{name}, mother, 0113 496 000{order}");
    IncomingContact { pupil: key(number), ..contact_row(0, order, &text) }
}

pub fn pupils(rows: impl IntoIterator<Item = IncomingPupil>) -> Incoming {
    Incoming { pupils: placed(rows), ..Incoming::default() }
}

/// By admission number.
pub fn marks<'a>(rows: impl IntoIterator<Item = (&'a str, SessionDate, &'a str)>) -> Incoming {
    let one = |(number, at, text)| IncomingMark { pupil: key(number), at, mark: mark(text), by: None };
    Incoming { marks: placed(rows.into_iter().map(one)).into(), ..Incoming::default() }
}

pub fn amira() -> IncomingPupil {
    incoming().pupils.remove(0).1
}

pub fn warned(merged: &Merged) -> Vec<String> {
    merged.warnings.iter().map(|one| format!("{}: {}", one.place.line, one.text)).collect()
}

// Acts ---------------------------------------------------------------------------------------------------------------

pub fn arrival(pupil: PupilId, time: &str) -> Act {
    LogArrival { reason: Some("bus".to_owned()), ..came(pupil, time) }.into()
}

pub fn amend(pupil: PupilId, at: SessionDate, to: &str, reason: &str, saw: ActId) -> Act {
    amended(pupil, at, to, reason, saw).into()
}

pub fn report(pupils: &[PupilId], code: &str, from: SessionDate, until: SessionDate) -> Act {
    reported(pupils, code, from, until).into()
}

pub fn register(group: GroupId, at: SessionDate, marks: &[(PupilId, &str)]) -> Act {
    handed_in(group, at, "Mrs Kemp", marks).into()
}
