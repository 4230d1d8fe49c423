//! What every room may look at: the day, the session the office is working on, and the time.

use std::sync::Arc;

use chrono::{NaiveDateTime, NaiveTime};

use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate, SessionTimes};
use crate::domain::code::{Code, CodeFault, CodeRow};
use crate::domain::day::Day;
use crate::domain::facts::desk_presence::{DeskPresence, others};
use crate::domain::facts::evidence::Mark;
use crate::domain::incoming::waiting::FilesWaiting;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;
use crate::domain::triggers::PupilTrigger;

/// The last second of a day.
const END_OF_DAY: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 59) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Which day it is, as seen from today.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tense {
    /// Today, though midnight may have gone by a moment ago.
    Today,
    /// A day that is over.
    Past,
    /// A day still to come.
    Ahead,
}

/// The day as a room sees it.
#[derive(Clone, Debug)]
pub struct ViewContext {
    /// Every fact of the date.
    pub day: Arc<Day>,
    /// Which day that is, as seen from today.
    pub tense: Tense,
    /// Now, school-local, whichever day is shown.
    pub now: NaiveDateTime,
    /// Which desk this is.
    pub desk: String,
    /// Who sits at it.
    pub officer: String,
    /// The role at this desk: what it may see and do.
    pub role: Role,
    /// The triggers that are met, as they were last worked out; `None` until they are.
    pub triggers: Option<Arc<Vec<PupilTrigger>>>,
    /// What files leave to be decided, as it was when it was last asked for; `None` until then.
    pub files: Option<Arc<FilesWaiting>>,
}

impl ViewContext {
    /// The roll.
    pub fn roll(&self) -> &Arc<Roll> {
        &self.day.roll
    }

    /// The time by which the day is judged: of today it is now; a day that is over is judged at its end, one to come before it begins.
    pub fn time(&self) -> NaiveTime {
        match self.tense {
            Tense::Today => self.now.time(),
            Tense::Past => END_OF_DAY,
            Tense::Ahead => NaiveTime::MIN,
        }
    }

    /// Whether the day is today: what is recorded anywhere else is stamped with the wrong day, but for its marks.
    pub fn is_today(&self) -> bool {
        self.tense == Tense::Today
    }

    /// The session the office is working on.
    pub fn session(&self) -> Session {
        self.day.hours.current(self.time())
    }

    /// That session, of this date.
    pub fn at(&self) -> SessionDate {
        SessionDate::new(self.day.date, self.session())
    }

    /// Its times; `None` when there is no school.
    pub fn times(&self) -> Option<&SessionTimes> {
        self.day.session_times(self.session())
    }

    /// The pupil with this number.
    pub fn pupil(&self, id: PupilId) -> Option<&Pupil> {
        self.day.roll.pupil(id)
    }

    /// The revision of a pupil-session: what an act about it says it saw.
    pub fn revision(&self, id: PupilId, session: Session) -> ActId {
        self.day.mark(id, session).revision
    }

    /// What is held of the code typed, if it is one.
    pub fn code_row(&self, typed: &str) -> Option<&CodeRow> {
        self.roll().codes.row(Code::parse(typed)?)
    }

    /// Whether the code may stand there for the pupil.
    pub fn check_code(&self, code: Code, pupil: PupilId, at: SessionDate) -> Result<(), CodeFault> {
        let checked = self.pupil(pupil).map(|pupil| self.roll().check_code(code, at, pupil, self.now.date()));
        checked.transpose().map(drop)
    }

    /// The code typed, if it may stand there for the pupil; else what is wrong with it, in a sentence.
    pub fn typed_code(&self, typed: &str, pupil: PupilId, at: SessionDate) -> Result<Code, String> {
        let code = Code::parse(typed).ok_or("Type a code first.")?;
        self.check_code(code, pupil, at).map(|()| code).map_err(|fault| format!("{fault}."))
    }

    /// The code typed, if it may stand for any of these marks: whoever it may not stand for is refused by name.
    pub fn typed_code_of_any(&self, typed: &str, marks: &[(PupilId, SessionDate, ActId)]) -> Result<Code, String> {
        let mut checked = marks.iter().map(|(pupil, at, _)| self.typed_code(typed, *pupil, *at));
        let first = checked.next().unwrap_or_else(|| Err("Nobody is marked.".to_owned()));
        first.or_else(|why| checked.find_map(Result::ok).ok_or(why))
    }

    /// Whether the pupil's mark in the session says that they are in the building.
    pub fn is_in(&self, id: PupilId) -> bool {
        self.day.is_marked_in(id, self.session())
    }

    /// Presences at other desks that are on the pupil, the longest first.
    pub fn others_on(&self, id: PupilId) -> impl Iterator<Item = &DeskPresence> {
        self.day
            .desk_presences
            .iter()
            .filter(move |one| one.calling == Some(id) && one.desk != self.desk && one.is_current(self.now))
    }

    /// Presences at the other desks, the longest first.
    pub fn others(&self) -> impl Iterator<Item = &DeskPresence> {
        others(&self.day.desk_presences, &self.desk, self.now)
    }

    /// A pupil that somebody calls about, named; nobody, where the counter is open.
    pub fn named(&self, id: PupilId) -> Option<String> {
        check_matter(self.role, Matter::Day).is_ok().then(|| self.roll().name_and_group(id))
    }

    /// "L 9", "N", "-": the settled mark in the fewest letters.
    pub fn short_mark(&self, id: PupilId, session: Session) -> String {
        short(self.day.mark(id, session).settled)
    }

    /// "AM L 9   PM -": the same of each session of the day.
    pub fn short_marks(&self, id: PupilId) -> String {
        let marks = self.day.sessions().iter().map(|session| format!("{session} {}", self.short_mark(id, *session)));
        marks.collect::<Vec<_>>().join("   ")
    }

    /// The same, each session below that of other pupils: "AM L  9   PM -", "AM N      PM -".
    pub fn marks_in_columns(&self, id: PupilId) -> String {
        let mark = |session: &Session| format!("{session} {:<4}", in_column(self.day.mark(id, *session).settled));
        self.day.sessions().iter().map(mark).collect::<Vec<_>>().join("  ")
    }
}

/// The same with its minutes below those of other rows: "L  9", "L 25".
pub fn in_column(mark: Option<Mark>) -> String {
    match mark {
        Some(Mark { code, minutes: Some(minutes) }) if code == Code::L || code == Code::U => {
            format!("{code} {minutes:>2}")
        }
        Some(_) | None => short(mark),
    }
}

/// A mark in the fewest letters: "L 9", "N", "-".
pub fn short(mark: Option<Mark>) -> String {
    match mark {
        Some(Mark { code, minutes: Some(minutes) }) if code == Code::L || code == Code::U => {
            format!("{code} {minutes}")
        }
        Some(mark) => mark.code.to_string(),
        None => "-".to_owned(),
    }
}
