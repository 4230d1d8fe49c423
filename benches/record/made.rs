//! A made-up school of any size on a file of its own, with a morning's work in it.

use std::error::Error;
use std::path::PathBuf;

use chrono::{Datelike, Days, NaiveDate};
use firstbell::domain::act::{Act, FollowLate, LogArrival, LogCall, Officer};
use firstbell::domain::calendar::session::Session;
use firstbell::domain::code::Code;
use firstbell::domain::facts::evidence::Mark;
use firstbell::domain::facts::late_step::LateStep;
use firstbell::domain::incoming::{Incoming, IncomingLesson, IncomingPupil};
use firstbell::domain::people::pupil::{Flag, PupilId};
use firstbell::domain::school::School;
use firstbell::store::history::DayOfMarks;
use firstbell::store::{NotDone, Store};

#[allow(dead_code, clippy::panic, clippy::unwrap_used, reason = "the tests' own, of which this needs a part")]
#[path = "../../tests/school/mod.rs"]
mod school;

use firstbell::domain;
pub use school::acts::{amended, came_on};
use school::acts::{call, came, handed_in, reported, watched};
use school::files::{contact, flags, lesson, placed, pupil, term};
use school::{am, date_of, november, pm};
pub use school::{codes, now};

/// What a bench may fail with.
pub type Fault = Box<dyn Error>;

const FORENAMES: [&str; 16] = [
    "Amira", "Bilal", "Chloe", "Dylan", "Esme", "Finn", "Grace", "Hamza", "Isla", "Jack", "Keira", "Leo", "Maja",
    "Noah", "Olivia", "Zo\u{eb}",
];
const SURNAMES: [&str; 25] = [
    "Khan",
    "Smith",
    "O'Neill",
    "Br\u{fc}cke",
    "W\u{f3}jcik",
    "Patel",
    "Jones",
    "Nguyen",
    "Okafor",
    "Taylor",
    "Ahmed",
    "Evans",
    "Kaur",
    "Murphy",
    "Silva",
    "Hughes",
    "Ali",
    "Baker",
    "Cox",
    "Dunn",
    "Ellis",
    "Frost",
    "Green",
    "Hall",
    "Iqbal",
];

/// The school, and the folder that goes away with it.
pub struct Made {
    /// Open on its file.
    pub store: Store,
    /// Its file.
    pub path: PathBuf,
    /// Today, a Tuesday of November.
    pub today: NaiveDate,
    _folder: tempfile::TempDir,
}

/// Who signs.
pub fn officer() -> Officer {
    school::officer("S Marsh")
}

/// The files of a school of so many pupils: forty to a group, five contacts to every two.
pub fn incoming(pupils: usize) -> Incoming {
    let of = |names: &[&'static str], n: usize| names.get(n % names.len()).copied().unwrap_or_default();
    let from = date_of(2020, 9, 1);
    let row = |n: usize| {
        let (forename, surname) = (of(&FORENAMES, n), of(&SURNAMES, n / FORENAMES.len()));
        let surname = format!("{surname}{}", if n.is_multiple_of(3) { "-Lee" } else { "" });
        let group = format!("{}{:02}", 7 + n / 40 % 5, n / 40);
        let household = Some(format!("home {}", n / 2));
        IncomingPupil { household, from: Some(from), ..pupil(n, (&surname, forename, &group)) }
    };
    let contacts = |n: usize| {
        let orders = 1..=if n.is_multiple_of(2) { 2 } else { 3 };
        orders.map(move |order| contact(n, order, &format!("Contact {order} of {n}, parent, 0113 49{n:05}")))
    };
    let flagged = |n: usize| flags(n, &[Flag::ALL.get(n / 20 % Flag::ALL.len()).copied().unwrap_or(Flag::Medical)]);
    let terms = (0..7).map(|year| {
        let from = from + Days::new(365 * year);
        term(&year.to_string(), from, from + Days::new(320))
    });
    Incoming {
        pupils: placed((0..pupils).map(row)),
        contacts: placed((0..pupils).flat_map(contacts)),
        flags: placed((0..pupils).step_by(20).map(flagged)),
        calendar: placed(terms),
        ..Incoming::default()
    }
}

/// Today's lessons of so many pupils: twenty to a class, six periods, five of them marked.
fn lessons(pupils: usize) -> Incoming {
    let row = |(period, n): (usize, usize)| {
        let (class, teacher, room) = (n / 20, Some(format!("Mx {}", n / 20)), Some(format!("R{}", n / 20)));
        let text = (period != 6).then_some(if n % 10 == 9 { "N" } else { "/" });
        let (class, period) = (format!("{class:03} Maths {period}"), period.to_string());
        IncomingLesson { teacher, room, ..lesson(n, &period, &class, text) }
    };
    let all = (1..=6).flat_map(|period| (0..pupils).map(move |n| (period, n)));
    Incoming { lessons: placed(all.map(row)), ..Incoming::default() }
}

impl Made {
    /// A school of so many pupils, with the marks of so many days gone by.
    pub fn new(pupils: usize, days: u64) -> Result<Made, Fault> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("school.db");
        let today = november(24);
        let mut store = Store::create(&path, &School::usual()?, codes())?;
        let merged = store.merge(&officer(), now("07:00"), &incoming(pupils), false, &mut |_, _| {})?;
        if !merged.rejects.is_empty() {
            return Err(format!("{:?}", merged.rejects.first()).into());
        }
        store.day(today)?;
        let roll = store.roll().clone();
        let gone = (1..=days).rev().filter_map(|n| today.checked_sub_days(Days::new(n)));
        let marked = gone.filter(|date| roll.calendar.is_school_day(*date)).map(|date| {
            let of = |session| (0..pupils).map(move |n| (PupilId(n as i64 + 1), session, usual(n, session, date)));
            DayOfMarks { date, marks: Session::BOTH.into_iter().flat_map(of).collect() }
        });
        store.insert_history(&officer(), now("07:00"), marked)?;
        Ok(Made { store, path, today, _folder: folder })
    }

    /// Do it today at that time.
    pub fn perform(&mut self, time: &str, act: impl Into<Act>) -> Result<(), Fault> {
        match self.store.perform(&officer(), now(time), &act.into()) {
            Ok(_) => Ok(()),
            Err(NotDone::Refused(refusal)) => Err(refusal.into()),
            Err(NotDone::Fault(fault) | NotDone::Unknown(fault, _)) => Err(fault.into()),
        }
    }

    /// A whole day: both registers of every group, a tenth at N in the morning; lessons, arrivals, reports, calls, the watch
    /// list.
    pub fn work(&mut self) -> Result<(), Fault> {
        let roll = self.store.roll().clone();
        let lessons = lessons(roll.pupils.len());
        let merged = self.store.merge(&officer(), now("07:01"), &lessons, false, &mut |_, _| {})?;
        if !merged.rejects.is_empty() {
            return Err(format!("{:?}", merged.rejects.first()).into());
        }
        for (session, at) in [(Session::Am, am(24)), (Session::Pm, pm(24))] {
            for group in &roll.groups {
                let members = roll.pupils.iter().filter(|pupil| pupil.group == Some(group.id));
                let marks: Vec<_> = members.map(|pupil| (pupil.id, todays(pupil.id, session))).collect();
                self.perform("13:30", handed_in(group.id, at, "Mrs Kemp", &marks))?;
            }
        }
        let ids: Vec<PupilId> = roll.pupils.iter().map(|pupil| pupil.id).collect();
        let every = |of: i64, from: i64| ids.iter().copied().filter(move |id| id.0 % of == from);
        for pupil in every(20, 1) {
            self.perform("13:30", LogArrival { reason: Some("bus".to_owned()), ..came(pupil, "08:57") })?;
        }
        for step in [LateStep::Met, LateStep::Challenged, LateStep::NotAccepted, LateStep::Reported] {
            let (pupils, words) = (every(20, 1).collect(), String::new());
            self.perform("13:30", FollowLate { pupils, at: am(24), step, words })?;
        }
        for pupil in every(20, 2) {
            self.perform("13:31", reported(&[pupil], "I", am(24), pm(24)))?;
        }
        // Two attempts about one of those at N and three about the next: three hundred in a school of 1,200.
        for pupil in every(10, 0).flat_map(|id| std::iter::repeat_n(id, if id.0 % 20 == 0 { 3 } else { 2 })) {
            self.perform("13:32", LogCall { contact: None, ..call(pupil, 1) })?;
        }
        for pupil in every(120, 5) {
            self.perform("13:33", watched(pupil, "back from illness"))?;
        }
        Ok(())
    }
}

/// Of a day gone by: one in twenty-five late in the morning, others each day.
fn usual(n: usize, session: Session, date: NaiveDate) -> Mark {
    if session == Session::Am && (n + date.ordinal() as usize).is_multiple_of(25) {
        return Mark { code: Code::L, minutes: Some(1 + n as i64 % 40) };
    }
    let odd = (n + date.to_string().len() * 7).is_multiple_of(17);
    Mark::plain(if odd { Code::I } else { Code::present(session) })
}

fn todays(pupil: PupilId, session: Session) -> &'static str {
    match session {
        Session::Am if pupil.0 % 10 == 0 => "N",
        Session::Am => "/",
        Session::Pm => "\\",
    }
}
