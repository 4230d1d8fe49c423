//! Acts: each loads what its rule needs, lets the rule decide, writes, and says what it did. One file per act of the office.

pub mod absence;
mod amend;
mod arrival;
mod barring;
mod calls;
mod chain;
mod following;
mod importing;
mod lates;
pub mod lessons;
mod presence;
mod promising;
pub mod registers;
mod searching;
mod settings;
mod settling;
mod tutor_marks;
mod undo;
mod watching;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use rusqlite::Connection;

use super::journal;
use super::tables::{lesson, mark, search};
use crate::domain::act::permission::may_act;
use crate::domain::act::{
    Act, Amend, Bar, ChangeSettings, Chase, ChaseLesson, Confirm, Cover, Decide, EndSearch, FollowLate, LiftBar,
    LogArrival, LogMovement, NoteSearch, Officer, OpenSearch, Receipt, Refusal, ReportAbsence, SettleAged, Sight,
    Snooze, TakeLesson, TakeRegister, TakeStep, Undo, Unwatch, When,
};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{DayTimes, SessionDate, SessionTimes};
use crate::domain::code::{Code, CodeFault, CodeRow};
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::message::Message;
use crate::domain::name::clean;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;
pub use settling::Said;

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
    /// The role of whoever does it.
    pub role: Role,
    /// Whether they own the file.
    pub is_owner: bool,
    /// Now, school-local.
    pub local: NaiveDateTime,
    /// This act's number.
    pub act: ActId,
}

/// Do `act` inside the caller's transaction.
pub fn perform(
    connection: &Connection,
    roll: &Roll,
    officer: &Officer,
    when: When,
    act: &Act,
) -> Result<Receipt, Stop> {
    may_act(officer.role, act, roll)?;
    let undoes = act.undoes().map(|act| undo::standing(connection, roll, act)).transpose()?;
    let number = journal::sign(connection, officer, when, act, (about(connection, act)?, undoes))?;
    let work = Work {
        connection,
        roll,
        role: officer.role,
        is_owner: officer.is_owner,
        local: roll.school.local(when.now),
        act: number,
    };
    match act {
        Act::Amend(Amend { pupil, at, code, minutes, reason, saw }) => {
            amend::amend(&work, *pupil, *at, Mark { code: *code, minutes: *minutes }, reason, *saw)
        }
        Act::LogArrival(LogArrival { pupil, date, time, reason, instead }) => {
            arrival::log(&work, *pupil, date.and_time(*time), reason.as_deref(), *instead)
        }
        Act::FollowLate(FollowLate { pupils, at, step, words }) => lates::follow(&work, pupils, *at, *step, words),
        Act::ReportAbsence(ReportAbsence { pupils, code, from, until, by, words, channel, seen, back }) => {
            let message = Message { channel: *channel, seen: clean(seen), back: *back };
            absence::report(&work, pupils, (*from, *until), *code, by, words, &message)
        }
        Act::LogPromise(_) => promising::promise(&work, act),
        Act::LogCall(_) => calls::log(&work, act),
        Act::Bar(Bar { pupil, contact, reason }) => barring::bar(&work, *pupil, *contact, reason),
        Act::LiftBar(LiftBar { pupil, contact, reason }) => barring::lift(&work, *pupil, *contact, reason),
        Act::TakeStep(TakeStep { pupils, at, step, words }) => following::take_step(&work, pupils, *at, step, words),
        Act::SettleAged(SettleAged { marks, code, reason }) => following::settle_aged(&work, marks, *code, reason),
        Act::Decide(Decide { pupil, at, puzzle, reason }) => following::decide(&work, *pupil, *at, *puzzle, reason),
        Act::Chase(Chase { group, at, method }) => registers::chase(&work, *group, *at, *method),
        Act::Snooze(Snooze { group, at, until }) => registers::snooze(&work, *group, *at, *until),
        Act::Cover(Cover { group, at, teacher, room }) => {
            registers::cover(&work, *group, *at, teacher.as_deref(), room.as_deref())
        }
        Act::ChaseLesson(ChaseLesson { lesson, method }) => lessons::chase(&work, *lesson, *method),
        Act::TakeLesson(TakeLesson { lesson, by, marks }) => lessons::take(&work, *lesson, by, marks),
        Act::LogMovement(LogMovement { pupil, date, time, way, reason }) => {
            presence::go(&work, *pupil, *date, *time, *way, reason)
        }
        Act::Sight(Sight { pupil, date, time, seen, place }) => {
            presence::sight(&work, *pupil, *date, *time, *seen, place)
        }
        Act::Confirm(Confirm { pupils, at, there, said_by }) => presence::confirm(&work, pupils, *at, *there, said_by),
        Act::OpenSearch(OpenSearch { pupil, date, last_seen }) => searching::open(&work, *pupil, *date, last_seen),
        Act::NoteSearch(NoteSearch { search, pupil, words }) => searching::note(&work, *search, *pupil, words),
        Act::EndSearch(EndSearch { search, pupil, outcome, found, words }) => {
            searching::end(&work, *search, *pupil, *outcome, *found, words)
        }
        Act::TakeRegister(TakeRegister { group, at, by, marks }) => registers::take(&work, *group, *at, by, marks),
        Act::Watch(_) => watching::watch(&work, act),
        Act::Unwatch(Unwatch { pupil }) => watching::unwatch(&work, *pupil),
        Act::ChangeSettings(ChangeSettings { from, to }) => settings::change(&work, from, to),
        Act::Undo(Undo { act }) => undo::undo(&work, undoes.unwrap_or(*act)),
    }
}

/// The earliest date `act` can change a mark of. A lesson's and a search's stand in the record.
fn about(connection: &Connection, act: &Act) -> rusqlite::Result<Option<NaiveDate>> {
    match act {
        Act::TakeLesson(TakeLesson { lesson, .. }) => {
            Ok(lesson::class_and_date(connection, *lesson)?.map(|(_, date)| date))
        }
        Act::EndSearch(EndSearch { search, .. }) => search::date_of(connection, *search),
        act => Ok(act.date()),
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
        self.roll.times(date).map_err(|why| Refusal::NoSchool { date, why }.into())
    }

    /// Whether there is school, on a date on which pupils come, go and are followed up: a day that closed unexpectedly is one, for
    /// they are sent home on it.
    fn comes_and_goes(&self, date: NaiveDate) -> Result<bool, Stop> {
        let is_sent_home = self.roll.calendar.closed_unexpectedly(date);
        self.times(date).map(|_| true).or_else(|refused| if is_sent_home { Ok(false) } else { Err(refused) })
    }

    /// The times of a session, if there is one then.
    pub fn session(&self, at: SessionDate) -> Result<&'a SessionTimes, Stop> {
        let times = self.times(at.date)?;
        if times.has(at.session) {
            return Ok(times.of(at.session));
        }
        Err(Refusal::NoSession { at, why: self.roll.calendar.why_early(at.date).unwrap_or_default() }.into())
    }

    /// Refuse where nobody is followed up: there is no such session, and the day did not close unexpectedly.
    pub fn is_followed_up(&self, at: SessionDate) -> Result<(), Stop> {
        if self.roll.calendar.closed_unexpectedly(at.date) { Ok(()) } else { self.session(at).map(|_| ()) }
    }

    /// Whether a register of `at` can have been taken yet: from the first arrival that belongs to it.
    pub fn has_begun(&self, at: SessionDate) -> Result<bool, Stop> {
        self.session(at)?;
        let times = self.times(at.date)?;
        Ok((at.date, at.session) <= (self.today(), times.arriving(self.local.time())))
    }

    /// The code's row, if it may stand there for this pupil.
    fn check(&self, code: Code, at: SessionDate, pupil: &Pupil) -> Result<&'a CodeRow, Stop> {
        self.roll.check_code(code, at, pupil, self.today()).map_err(|fault| match fault {
            CodeFault::NotFor { .. } => Refusal::CodeFor { name: self.roll.name_and_group(pupil.id), fault }.into(),
            CodeFault::Unknown(_) | CodeFault::OutOfDate { .. } | CodeFault::WrongSession { .. } => fault.into(),
        })
    }

    /// The same of a mark: minutes go with a late, and are none or more.
    fn check_mark(&self, mark: Mark, at: SessionDate, pupil: &Pupil) -> Result<(), Stop> {
        self.check(mark.code, at, pupil)?;
        match mark.minutes {
            Some(minutes) if minutes < 0 || ![Code::L, Code::U].contains(&mark.code) => {
                Err(Refusal::Forbidden(format!("{mark} cannot be: minutes late go with L and U only")).into())
            }
            _ => Ok(()),
        }
    }

    /// Refuse if the pupil-session has moved since revision `saw`; what was done since and taken back again has not moved it.
    fn unchanged_since(&self, pupil: &Pupil, at: SessionDate, saw: ActId) -> Result<(), Stop> {
        let standing = mark::standing(self.connection, at, pupil.id)?;
        if standing.revision <= saw {
            return Ok(());
        }
        let was = mark::at_revision(self.connection, at, pupil.id, saw)?;
        if was == standing.settled && self.taken_back_since(pupil.id, at, saw)? {
            return Ok(());
        }
        let signed = journal::signature(self.connection, standing.revision)?;
        Err(Refusal::ChangedMeanwhile {
            pupil: pupil.id,
            name: self.roll.name_and_group(pupil.id),
            by: signed.as_ref().map_or_else(String::new, |signed| signed.who.clone()),
            at: signed.map_or(self.local, |signed| self.roll.school.local(signed.instant)),
            was,
            now: standing.settled,
            revision: standing.revision,
        }
        .into())
    }

    /// Whether whatever amended the mark since `saw` stands as it did then.
    fn taken_back_since(&self, pupil: PupilId, at: SessionDate, saw: ActId) -> Result<bool, Stop> {
        for act in mark::amended_since(self.connection, at, pupil, saw)? {
            if !journal::stands_as_at(self.connection, act, saw)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What was typed, trimmed; refused with `wanting` where nothing was.
    fn said(&self, text: &str, wanting: &str) -> Result<String, Stop> {
        let said = clean(text);
        if said.is_empty() { Err(Refusal::Forbidden(wanting.to_owned()).into()) } else { Ok(said) }
    }

    /// Refuse a time that has not come yet.
    fn has_come(&self, date: NaiveDate, time: NaiveTime) -> Result<(), Stop> {
        if date.and_time(time) <= self.local {
            return Ok(());
        }
        let says = format!("{} on {} has not come yet", time.format("%H:%M"), date.format("%a %-d %b"));
        Err(Refusal::Forbidden(says).into())
    }

    fn receipt(&self, says: String, pupils: Vec<PupilId>) -> Receipt {
        Receipt { act: self.act, says, at_gate: None, pupils, group: None, lesson: None, but: None }
    }

    /// The receipt of what holds nothing but what was asked, so that the gate may read it whole.
    fn receipt_of_gate(&self, says: String, pupils: Vec<PupilId>) -> Receipt {
        Receipt { at_gate: Some(says.clone()), ..self.receipt(says, pupils) }
    }
}
