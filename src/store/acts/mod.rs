//! Acts: each loads what its rule needs, lets the rule decide, writes, and says what it did. One file per act of the office.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use rusqlite::Connection;

use crate::domain::act::{Act, ActId, Officer, Receipt, Refusal};
use crate::domain::code::{Code, CodeFault, CodeRow};
use crate::domain::evidence::Mark;
use crate::domain::pupil::{Pupil, PupilId};
use crate::domain::roll::Roll;
use crate::domain::session::{DayTimes, SessionDate};
use crate::domain::settle::settle;

use super::{evidence, journal, mark};

mod absence;
mod amend;
mod arrival;
mod calls;
pub mod registers;
mod undo;
mod watching;

/// Why an act stopped: nothing of it is kept.
pub enum Stop {
    /// An answer.
    Refused(Box<Refusal>),
    /// A fault.
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Stop {
        Stop::Sqlite(error)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Stop {
        Stop::Refused(Box::new(refusal))
    }
}

impl From<CodeFault> for Stop {
    fn from(fault: CodeFault) -> Stop {
        Refusal::Code(fault).into()
    }
}

/// What every act works with.
pub struct Work<'a> {
    /// The transaction.
    pub connection: &'a Connection,
    /// The roll.
    pub roll: &'a Roll,
    /// Now, school-local.
    pub local: NaiveDateTime,
    /// This act's number.
    pub act: ActId,
}

/// A settled mark that an act changed, or left.
pub struct Settlement {
    was: Option<Mark>,
    now: Option<Mark>,
    why: String,
}

/// Do `act` inside the caller's transaction.
pub fn perform(
    connection: &Connection,
    roll: &Roll,
    officer: &Officer,
    now: DateTime<Utc>,
    act: &Act,
) -> Result<Receipt, Stop> {
    let number = journal::sign(connection, officer, now, act)?;
    let work = Work { connection, roll, local: roll.school.local(now), act: number };
    match act {
        Act::Amend { pupil, at, code, minutes, reason, saw } => {
            amend::amend(&work, *pupil, *at, Mark { code: *code, minutes: *minutes }, reason, *saw)
        }
        Act::LogArrival { pupil, date, time, reason } => arrival::log(&work, *pupil, *date, *time, reason.as_deref()),
        Act::ReportAbsence { pupils, code, from, until, by, words } => {
            absence::report(&work, pupils, *code, *from, *until, by, words)
        }
        Act::LogCall { .. } => calls::log(&work, act),
        Act::Chase { group, at, method } => registers::chase(&work, *group, *at, *method),
        Act::TakeRegister { group, at, by, marks } => registers::take(&work, *group, *at, by, marks),
        Act::Watch { pupil, reason, until } => watching::watch(&work, *pupil, reason, *until),
        Act::Unwatch { pupil } => watching::unwatch(&work, *pupil),
        Act::Undo { act } => undo::undo(&work, *act),
    }
}

impl<'a> Work<'a> {
    fn today(&self) -> NaiveDate {
        self.local.date()
    }

    /// The pupil, if on roll that day.
    fn on_roll(&self, id: PupilId, date: NaiveDate) -> Result<&'a Pupil, Stop> {
        let pupil = self.roll.pupil(id).ok_or(Refusal::Unknown { what: "pupil" })?;
        if pupil.on_roll(date) { Ok(pupil) } else { Err(Refusal::NotOnRoll { name: pupil.list_name(), date }.into()) }
    }

    /// The day's times, if there is school.
    pub fn times(&self, date: NaiveDate) -> Result<&'a DayTimes, Stop> {
        if let Some(why) = self.roll.calendar.why_closed(date) {
            return Err(Refusal::NoSchool { date, why }.into());
        }
        let none = || Refusal::NoSchool { date, why: "it is a weekend".to_owned() };
        self.roll.school.times.on(date.weekday()).ok_or_else(|| none().into())
    }

    fn check(&self, code: Code, at: SessionDate) -> Result<&'a CodeRow, Stop> {
        Ok(self.roll.codes.check(code, at.date, at.session)?)
    }

    /// Weigh the evidence of a pupil-session again and keep what it comes to. `reason` goes into the amendment record;
    /// without one the rule's own explanation does.
    fn settle_again(&self, pupil: PupilId, at: SessionDate, reason: Option<&str>) -> Result<Settlement, Stop> {
        let day = self.times(at.date)?;
        let standing = mark::standing(self.connection, at, pupil)?;
        let mut all = evidence::of(self.connection, &self.roll.school, pupil, at)?;
        if let Some((tutor, taken)) = standing.tutor {
            let (who, when) = match journal::entry(self.connection, taken)? {
                Some(entry) => (entry.who, self.roll.school.local(entry.instant)),
                None => (String::new(), self.local),
            };
            let fact = crate::domain::evidence::Fact::Tutor(tutor);
            all.push(crate::domain::evidence::Evidence { act: taken, fact, who, at: when });
        }
        let settled = settle(&all, at.session, day.of(at.session), &self.roll.codes);
        let reason = reason.filter(|reason| !reason.is_empty()).unwrap_or(&settled.why);
        mark::put_settled(self.connection, at, pupil, standing.settled, settled.mark, self.act, reason)?;
        Ok(Settlement { was: standing.settled, now: settled.mark, why: settled.why })
    }

    /// Refuse if the pupil-session has moved since revision `saw`.
    fn unchanged_since(&self, pupil: &Pupil, at: SessionDate, saw: ActId) -> Result<(), Stop> {
        let standing = mark::standing(self.connection, at, pupil.id)?;
        if standing.revision <= saw {
            return Ok(());
        }
        let entry = journal::entry(self.connection, standing.revision)?;
        let was = mark::at_revision(self.connection, at, pupil.id, saw)?;
        Err(Refusal::ChangedMeanwhile {
            pupil: pupil.id,
            name: self.roll.name_and_group(pupil.id),
            by: entry.as_ref().map_or_else(String::new, |entry| entry.who.clone()),
            at: entry.map_or(self.local, |entry| self.roll.school.local(entry.instant)),
            was,
            now: standing.settled,
            revision: standing.revision,
        }
        .into())
    }

    fn receipt(&self, says: String, pupils: Vec<PupilId>) -> Receipt {
        Receipt { act: self.act, says, pupils, group: None, but: None }
    }
}
