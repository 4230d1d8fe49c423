//! The context of every act, and the reasons one stops.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use rusqlite::Connection;

use crate::domain::act::{Receipt, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{DayTimes, SessionDate, SessionTimes, came};
use crate::domain::code::{Code, CodeFault, CodeRow};
use crate::domain::facts::evidence::Mark;
use crate::domain::name::clean;
use crate::domain::people::pupil::{GroupId, Pupil, PupilId, TutorGroup};
use crate::domain::school::roll::Roll;
use crate::domain::school::staff::Role;
use crate::store::journal;
use crate::store::tables::mark;

/// Why an act stopped: nothing of it is kept.
pub enum Stop {
    /// An answer.
    Refused(Box<Refusal>),
    /// A fault.
    Sqlite(rusqlite::Error),
}

impl Stop {
    /// Refused: why, in a sentence.
    pub fn forbidden(why: impl Into<String>) -> Stop {
        Refusal::Forbidden(why.into()).into()
    }

    /// A refusal to take back, with why.
    pub fn cannot_undo(why: impl Into<String>) -> Stop {
        Refusal::CannotUndo(why.into()).into()
    }
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

impl<'a> Work<'a> {
    /// The school-local date.
    pub fn today(&self) -> NaiveDate {
        self.local.date()
    }

    /// The pupil, if on roll that day.
    pub fn on_roll(&self, id: PupilId, date: NaiveDate) -> Result<&'a Pupil, Stop> {
        let pupil = self.roll.pupil(id).ok_or(Refusal::Unknown { what: "pupil" })?;
        if pupil.on_roll(date) {
            Ok(pupil)
        } else {
            Err(Refusal::NotOnRoll { name: self.roll.telling_name(pupil).to_string(), date }.into())
        }
    }

    /// The day's times, if there is school.
    pub fn times(&self, date: NaiveDate) -> Result<&'a DayTimes, Stop> {
        self.roll.times(date).map_err(|why| Refusal::NoSchool { date, why }.into())
    }

    /// Whether there is school, on a date on which pupils come, go and are followed up: a day that closed unexpectedly is one, for
    /// they are sent home on it.
    pub fn comes_and_goes(&self, date: NaiveDate) -> Result<bool, Stop> {
        let is_sent_home = self.roll.calendar.closed_unexpectedly(date);
        self.times(date).map(|_| true).or_else(|refused| if is_sent_home { Ok(false) } else { Err(refused) })
    }

    /// The session in which a school-local moment lies.
    pub fn moment(&self, date: NaiveDate, time: NaiveTime) -> SessionDate {
        SessionDate::new(date, self.roll.hours(date).arriving(time))
    }

    /// The tutor group.
    pub fn group(&self, id: GroupId) -> Result<&'a TutorGroup, Stop> {
        Ok(self.roll.group(id).ok_or(Refusal::Unknown { what: "tutor group" })?)
    }

    /// The times of a session, if there is one then.
    pub fn session(&self, at: SessionDate) -> Result<&'a SessionTimes, Stop> {
        let times = self.times(at.date)?;
        if times.has(at.session) {
            return Ok(times.of(at.session));
        }
        Err(Refusal::NoSession { at, why: self.roll.calendar.why_early(at.date).unwrap_or_default() }.into())
    }

    /// The sessions from `from` to `until` on days with school.
    pub fn school_sessions(&self, from: SessionDate, until: SessionDate) -> Vec<SessionDate> {
        let dates = from.date.iter_days().take_while(|date| *date <= until.date);
        let held = dates.filter_map(|date| Some((date, self.times(date).ok()?.sessions())));
        held.flat_map(|(date, sessions)| sessions.iter().map(move |session| SessionDate::new(date, *session)))
            .filter(|at| from <= *at && *at <= until)
            .collect()
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
    pub fn check(&self, code: Code, at: SessionDate, pupil: &Pupil) -> Result<&'a CodeRow, Stop> {
        self.roll.check_code(code, at, pupil, self.today()).map_err(|fault| match fault {
            CodeFault::NotFor { .. } => Refusal::CodeFor { name: self.roll.name_and_group(pupil.id), fault }.into(),
            CodeFault::Unknown(_) | CodeFault::OutOfDate { .. } | CodeFault::WrongSession { .. } => fault.into(),
        })
    }

    /// The same of a mark: minutes go with a late, and are none or more.
    pub fn check_mark(&self, mark: Mark, at: SessionDate, pupil: &Pupil) -> Result<(), Stop> {
        self.check(mark.code, at, pupil)?;
        match mark.minutes {
            Some(minutes) if minutes < 0 || ![Code::L, Code::U].contains(&mark.code) => {
                Err(Refusal::Forbidden(format!("{mark} cannot be: minutes late go with L and U only")).into())
            }
            _ => Ok(()),
        }
    }

    /// Refuse if the pupil-session has moved since revision `saw`; what was done since and taken back again has not moved it.
    pub fn unchanged_since(&self, pupil: &Pupil, at: SessionDate, saw: ActId) -> Result<(), Stop> {
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
    pub fn taken_back_since(&self, pupil: PupilId, at: SessionDate, saw: ActId) -> Result<bool, Stop> {
        for act in mark::amended_since(self.connection, at, pupil, saw)? {
            if !journal::stands_as_at(self.connection, act, saw)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The text, trimmed; empty text is refused with `wanting`.
    pub fn required_text(&self, text: &str, wanting: &str) -> Result<String, Stop> {
        let given = clean(text);
        if given.is_empty() { Err(Refusal::Forbidden(wanting.to_owned()).into()) } else { Ok(given) }
    }

    /// Refuse a time that has not come yet.
    pub fn has_come(&self, date: NaiveDate, time: NaiveTime) -> Result<(), Stop> {
        if date.and_time(time) <= self.local {
            return Ok(());
        }
        let text = format!("{} on {} has not come yet", time.format("%H:%M"), date.format("%a %-d %b"));
        Err(Refusal::Forbidden(text).into())
    }

    /// Refuse minutes late, of what began at `from`, that are still to come: nobody wrote them on a paper.
    pub fn late_has_come(&self, mark: Mark, date: NaiveDate, from: NaiveTime) -> Result<(), Stop> {
        let Some(minutes) = mark.minutes else { return Ok(()) };
        match came(date, from, minutes) {
            Some(time) => self.has_come(time.date(), time.time()),
            None => Err(Refusal::Forbidden(format!("{mark} has not come yet")).into()),
        }
    }

    /// The receipt of this act: what it did, and the pupils it named.
    pub fn receipt(&self, text: String, pupils: Vec<PupilId>) -> Receipt {
        Receipt {
            act: self.act,
            text,
            at_gate: None,
            pupils,
            group: None,
            lesson: None,
            but: None,
            not_done: Vec::new(),
            undid: None,
        }
    }

    /// The receipt of what holds nothing but what was asked, so that the gate may read it whole.
    pub fn receipt_of_gate(&self, text: String, pupils: Vec<PupilId>) -> Receipt {
        Receipt { at_gate: Some(text.clone()), ..self.receipt(text, pupils) }
    }
}
