//! A made-up school of any size on a file of its own, with a morning's work in it.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use firstbell::domain::act::{
    Act, FollowLate, LogArrival, LogCall, Officer, ReportAbsence, TakeRegister, TakenBy, Watch,
};
use firstbell::domain::calendar::session::{Session, SessionDate};
use firstbell::domain::code::{Code, CodeTable};
use firstbell::domain::facts::evidence::Mark;
use firstbell::domain::facts::late_step::LateStep;
use firstbell::domain::facts::message::Channel;
use firstbell::domain::incoming::{
    Incoming, IncomingContact, IncomingDates, IncomingFlags, IncomingLesson, IncomingPupil, Place, PupilKey,
};
use firstbell::domain::people::contact::CallOutcome;
use firstbell::domain::people::pupil::{Flag, PupilId};
use firstbell::domain::school::School;
use firstbell::store::history::DayOfMarks;
use firstbell::store::{NotDone, Store};

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

/// The codes.
pub fn codes() -> Result<Arc<CodeTable>, Fault> {
    Ok(Arc::new(CodeTable::national()?))
}

/// Who signs.
pub fn officer() -> Officer {
    Officer::unbound("S Marsh", "attendance officer", "office pts/1")
}

/// A time of a date; in November the school's clock is UTC.
pub fn at(date: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    date.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()).and_utc()
}

/// Today.
pub fn today() -> Result<NaiveDate, Fault> {
    NaiveDate::from_ymd_opt(2026, 11, 24).ok_or_else(|| "no such date".into())
}

/// The files of a school of so many pupils: forty to a group, five contacts to every two.
pub fn incoming(pupils: usize) -> Result<Incoming, Fault> {
    let name = |n: usize| {
        let one = FORENAMES.get(n % FORENAMES.len()).copied().unwrap_or_default();
        let other = SURNAMES.get(n / FORENAMES.len() % SURNAMES.len()).copied().unwrap_or_default();
        (one.to_owned(), format!("{other}{}", if n.is_multiple_of(3) { "-Lee" } else { "" }))
    };
    let mut files = Incoming::default();
    let from = NaiveDate::from_ymd_opt(2020, 9, 1).ok_or("no such date")?;
    for n in 0..pupils {
        let (forename, surname) = name(n);
        let group = Some(format!("{}{:02}", 7 + n / 40 % 5, n / 40));
        let household = Some(format!("home {}", n / 2));
        let pupil = IncomingPupil {
            key: key(n),
            forename,
            surname,
            group,
            household,
            from: Some(from),
            ..IncomingPupil::default()
        };
        files.pupils.push((place(n), pupil));
        for order in 1..=if n % 2 == 0 { 2 } else { 3 } {
            let (name, relationship) = (format!("Contact {order} of {n}"), "parent".to_owned());
            let phones = Some(vec![format!("0113 49{n:05}")]);
            let contact = IncomingContact { pupil: key(n), order, name, relationship, phones, ..Default::default() };
            files.contacts.push((place(n), contact));
        }
        if n % 20 == 0 {
            let flags = vec![Flag::ALL.get(n / 20 % Flag::ALL.len()).copied().unwrap_or(Flag::Medical)];
            files.flags.push((place(n), IncomingFlags { pupil: key(n), flags }));
        }
    }
    for year in 0..7 {
        let from = from.checked_add_days(Days::new(365 * year)).ok_or("no such date")?;
        let until = from.checked_add_days(Days::new(320)).ok_or("no such date")?;
        files.calendar.push((place(0), IncomingDates::Term { name: format!("{year}"), from, until }));
    }
    Ok(files)
}

/// A day's lessons of so many pupils: twenty to a class, six periods, five of them marked.
fn lessons(pupils: usize, date: NaiveDate) -> Incoming {
    let mut files = Incoming::default();
    for period in 1..=6 {
        for n in 0..pupils {
            let (class, room) = (format!("{:03} Maths {period}", n / 20), Some(format!("R{}", n / 20)));
            let marked = Mark::plain(if n % 10 == 9 { Code::N } else { Code::PRESENT_AM });
            let (period, teacher) = (period.to_string(), Some(format!("Mx {}", n / 20)));
            let mark = (period != "6").then_some(marked);
            files.lessons.push((place(n), IncomingLesson { pupil: key(n), date, period, class, teacher, room, mark }));
        }
    }
    files
}

fn place(line: usize) -> Place {
    Place { file: "school.csv".to_owned(), line: line as u64 }
}

fn key(n: usize) -> PupilKey {
    PupilKey { admission_no: Some(format!("{n:06}")), ..PupilKey::default() }
}

impl Made {
    /// A school of so many pupils, with the marks of so many days gone by.
    pub fn new(pupils: usize, days: u64) -> Result<Made, Fault> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("school.db");
        let today = today()?;
        let mut store = Store::create(&path, &School::usual()?, codes()?)?;
        let merged = store.merge(&officer(), at(today, 7, 0), &incoming(pupils)?, false, &mut |_, _| {})?;
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
        store.lay_down(&officer(), at(today, 7, 0), marked)?;
        Ok(Made { store, path, today, _folder: folder })
    }

    /// Do it.
    pub fn perform(&mut self, now: DateTime<Utc>, act: &Act) -> Result<(), Fault> {
        match self.store.perform(&officer(), now, act) {
            Ok(_) => Ok(()),
            Err(NotDone::Refused(refusal)) => Err(refusal.into()),
            Err(NotDone::Fault(fault) | NotDone::Unknown(fault, _)) => Err(fault.into()),
        }
    }

    /// A whole day: both registers of every group, a tenth at N in the morning; lessons, arrivals, reports, calls, the watch
    /// list.
    pub fn work(&mut self) -> Result<(), Fault> {
        let roll = self.store.roll().clone();
        let lessons = lessons(roll.pupils.len(), self.today);
        let merged = self.store.merge(&officer(), at(self.today, 7, 1), &lessons, false, &mut |_, _| {})?;
        if !merged.rejects.is_empty() {
            return Err(format!("{:?}", merged.rejects.first()).into());
        }
        for session in Session::BOTH {
            for group in &roll.groups {
                let members = roll.pupils.iter().filter(|pupil| pupil.group == Some(group.id));
                let marks = members.map(|pupil| (pupil.id, todays(pupil.id, session))).collect();
                let by = TakenBy::Teacher("Mrs Kemp".to_owned());
                let at_session = SessionDate::new(self.today, session);
                self.perform(
                    at(self.today, 13, 30),
                    &Act::TakeRegister(TakeRegister { group: group.id, at: at_session, by, marks }),
                )?;
            }
        }
        for pupil in roll.pupils.iter().filter(|pupil| pupil.id.0 % 20 == 1) {
            let (date, reason) = (self.today, Some("bus".to_owned()));
            let time = NaiveTime::from_hms_opt(8, 57, 0).unwrap_or_default();
            self.perform(
                at(self.today, 13, 30),
                &Act::LogArrival(LogArrival { pupil: pupil.id, date, time, reason, instead: None }),
            )?;
        }
        let (from, until) = (SessionDate::new(self.today, Session::Am), SessionDate::new(self.today, Session::Pm));
        let late = roll.pupils.iter().map(|pupil| pupil.id).filter(|id| id.0 % 20 == 1).collect::<Vec<_>>();
        for step in [LateStep::Met, LateStep::Challenged, LateStep::NotAccepted, LateStep::Reported] {
            let act = Act::FollowLate(FollowLate { pupils: late.clone(), at: from, step, words: String::new() });
            self.perform(at(self.today, 13, 30), &act)?;
        }
        for pupil in roll.pupils.iter().filter(|pupil| pupil.id.0 % 20 == 2) {
            let (pupils, by, words) = (vec![pupil.id], "mother".to_owned(), "flu".to_owned());
            self.perform(
                at(self.today, 13, 31),
                &Act::ReportAbsence(ReportAbsence {
                    pupils,
                    code: Code::I,
                    from,
                    until,
                    by,
                    words,
                    channel: Channel::Telephone,
                    seen: String::new(),
                    back: None,
                }),
            )?;
        }
        // Two attempts about one of those at N and three about the next: three hundred in a school of 1,200.
        let unexplained = roll.pupils.iter().filter(|pupil| pupil.id.0 % 10 == 0);
        for pupil in unexplained.flat_map(|one| std::iter::repeat_n(one, if one.id.0 % 20 == 0 { 3 } else { 2 })) {
            let act = Act::LogCall(LogCall {
                despite: None,
                number: None,
                pupil: pupil.id,
                contact: None,
                at: from,
                outcome: CallOutcome::NoAnswer,
                code: None,
                until: None,
                note: String::new(),
                call_back: None,
                covers: Vec::new(),
                theirs: Vec::new(),
                saw: Vec::new(),
            });
            self.perform(at(self.today, 13, 32), &act)?;
        }
        for pupil in roll.pupils.iter().filter(|pupil| pupil.id.0 % 120 == 5) {
            let (reason, until) = ("back from illness".to_owned(), None);
            self.perform(
                at(self.today, 13, 33),
                &Act::Watch(Watch { pupil: pupil.id, reason, until, owner: None, review: None, instead: None }),
            )?;
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

fn todays(pupil: PupilId, session: Session) -> Mark {
    Mark::plain(if pupil.0 % 10 == 0 && session == Session::Am { Code::N } else { Code::present(session) })
}
