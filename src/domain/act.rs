//! Acts: what an officer does to the record, and the answers an act can get.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::code::{Code, CodeFault};
use super::contact::{CallOutcome, ContactId};
use super::evidence::{Mark, or_blank};
use super::pupil::{GroupId, PupilId};
use super::register::ChaseMethod;
use super::session::{Session, SessionDate};

/// The number of an act in the journal; also the revision of everything the act touched. Zero is "never touched".
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ActId(pub i64);

/// Who is at the desk: every act is signed with this (reg 6 of SI 2024/208: name and title of the person who amends).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Officer {
    /// "S Marsh".
    pub name: String,
    /// Post: "attendance officer".
    pub post: String,
    /// Which desk: login, host and terminal, "smarsh@office-pc pts/3".
    pub desk: String,
}

/// Who took a register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TakenBy {
    /// The tutor or cover teacher, by name.
    Teacher(String),
    /// Typed in the office from the teacher's paper.
    Paper(String),
}

/// What an officer does to the record. Every act names its pupils; none depends on what is chosen on a screen.
///
/// `saw` is the revision of the pupil-session the officer was looking at ([`ActId`] of its last change): where it has moved,
/// the act is refused with both values.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Enter or amend a mark by office decision.
    Amend {
        /// Whose.
        pupil: PupilId,
        /// Which session.
        at: SessionDate,
        /// To what.
        code: Code,
        /// Minutes late, with L or U; `None` leaves the rule's own.
        minutes: Option<i64>,
        /// Why. Required once the register has closed.
        reason: String,
        /// Revision seen.
        saw: ActId,
    },
    /// A pupil arrived.
    LogArrival {
        /// Who.
        pupil: PupilId,
        /// School-local date.
        date: NaiveDate,
        /// School-local time.
        time: NaiveTime,
        /// The reason given.
        reason: Option<String>,
    },
    /// Somebody reported an absence.
    ReportAbsence {
        /// Whose.
        pupils: Vec<PupilId>,
        /// The code given to it.
        code: Code,
        /// First session.
        from: SessionDate,
        /// Last session.
        until: SessionDate,
        /// Who reported it.
        by: String,
        /// What was said.
        words: String,
    },
    /// A call to a contact.
    LogCall {
        /// About whom.
        pupil: PupilId,
        /// The contact rung.
        contact: Option<ContactId>,
        /// About which session.
        at: SessionDate,
        /// What became of it.
        outcome: CallOutcome,
        /// A code for the absence, if the call gave a reason.
        code: Option<Code>,
        /// In words.
        note: String,
        /// When to ring again.
        call_back: Option<NaiveTime>,
        /// Others of the household the same call speaks for.
        covers: Vec<PupilId>,
        /// Revision seen of each pupil's session.
        saw: Vec<(PupilId, ActId)>,
    },
    /// A register was chased.
    Chase {
        /// Whose register.
        group: GroupId,
        /// Which session.
        at: SessionDate,
        /// How.
        method: ChaseMethod,
    },
    /// A register was handed in, whole or in part.
    TakeRegister {
        /// Whose register.
        group: GroupId,
        /// Which session.
        at: SessionDate,
        /// By whom.
        by: TakenBy,
        /// The marks in it; pupils left out stay blank.
        marks: Vec<(PupilId, Mark)>,
    },
    /// Put a pupil on the watch list.
    Watch {
        /// Whom.
        pupil: PupilId,
        /// Why.
        reason: String,
        /// Last day of it.
        until: Option<NaiveDate>,
    },
    /// Take a pupil off the watch list.
    Unwatch {
        /// Whom.
        pupil: PupilId,
    },
    /// Take back an earlier act. Undoing an undo does it again.
    Undo {
        /// Which.
        act: ActId,
    },
}

/// What became of an act that was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Its number in the journal.
    pub act: ActId,
    /// What it did, in words for the status line: "Khan, Amira 8KM: L 17 min, gate 08:57 beats tutor N 08:50".
    pub says: String,
    /// The pupils it named.
    pub pupils: Vec<PupilId>,
    /// The register it named.
    pub group: Option<GroupId>,
    /// A part of it that could not be done though the rest was, in words.
    pub but: Option<String>,
}

/// Why an act was not done: an answer, not an error. Names are resolved by the store, so each says itself whole.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// Somebody changed it since it was looked at.
    #[error("{name} was changed at {} by {by}: it was {}, it is now {}", at.format("%H:%M"), or_blank(*was), or_blank(*now))]
    ChangedMeanwhile {
        /// Whose mark.
        pupil: PupilId,
        /// Their name.
        name: String,
        /// By whom.
        by: String,
        /// School-local.
        at: NaiveDateTime,
        /// The mark that was seen.
        was: Option<Mark>,
        /// The mark there now.
        now: Option<Mark>,
        /// Its revision now.
        revision: ActId,
    },
    /// Already logged as arrived.
    #[error("{name} is already in: logged {} by {by}, {mark}", time.format("%H:%M"))]
    AlreadyIn {
        /// Their name.
        name: String,
        /// Arrival time logged.
        time: NaiveTime,
        /// By whom.
        by: String,
        /// What it settled to.
        mark: Mark,
    },
    /// The session is over or has not begun.
    #[error("{what} is after the {session} session ended at {}", ends.format("%H:%M"))]
    SessionOver {
        /// What was asked, such as "16:40".
        what: String,
        /// Which session.
        session: Session,
        /// When it ended.
        ends: NaiveTime,
    },
    /// No school that day.
    #[error("there is no school on {}: {why}", date.format("%a %-d %b %Y"))]
    NoSchool {
        /// Which day.
        date: NaiveDate,
        /// Why not.
        why: String,
    },
    /// The code cannot stand there.
    #[error(transparent)]
    Code(#[from] CodeFault),
    /// A reason is needed once the register has closed.
    #[error("the {at} register has closed: a change needs a reason")]
    ReasonNeeded {
        /// Which session.
        at: SessionDate,
    },
    /// Not on roll that day, or not known at all.
    #[error("{name} is not on roll on {}", date.format("%a %-d %b %Y"))]
    NotOnRoll {
        /// Their name.
        name: String,
        /// Which day.
        date: NaiveDate,
    },
    /// Not on roll, or the tutor group does not exist.
    #[error("there is no such {what}")]
    Unknown {
        /// "pupil", "tutor group", "contact".
        what: &'static str,
    },
    /// The register came in meanwhile.
    #[error("the register of {group} was taken at {} by {by}", at.format("%H:%M"))]
    RegisterTaken {
        /// Tutor group.
        group: String,
        /// School-local.
        at: NaiveDateTime,
        /// By whom.
        by: String,
    },
    /// Already on the watch list.
    #[error("{name} is already on the watch list: {reason}")]
    AlreadyWatched {
        /// Their name.
        name: String,
        /// The reason there.
        reason: String,
    },
    /// Not on the watch list.
    #[error("{name} is not on the watch list")]
    NotWatched {
        /// Their name.
        name: String,
    },
    /// The dates are the wrong way round, or too far apart.
    #[error("{0}")]
    Dates(String),
    /// Nothing to take back, or it is taken back already.
    #[error("{0}")]
    CannotUndo(String),
    /// The mark is that already.
    #[error("{name} already has {mark}")]
    AlreadySo {
        /// Their name.
        name: String,
        /// The mark.
        mark: Mark,
    },
    /// Anything else that the rules forbid, said whole.
    #[error("{0}")]
    Forbidden(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{AMIRA, at, code, mark, time, today};

    #[test]
    fn a_refusal_says_itself_whole() {
        let name = || "Khan, Amira".to_owned();
        let who = || "S Marsh".to_owned();
        let am = SessionDate::new(today(), Session::Am);
        let changed = |was, now| Refusal::ChangedMeanwhile {
            pupil: AMIRA,
            name: name(),
            by: who(),
            at: at("09:41"),
            was,
            now,
            revision: ActId(7),
        };
        for (refusal, says) in [
            (
                changed(Some(mark("N")), Some(mark("L 17"))),
                "Khan, Amira was changed at 09:41 by S Marsh: it was N, it is now L 17 min",
            ),
            (changed(None, Some(mark("/"))), "Khan, Amira was changed at 09:41 by S Marsh: it was blank, it is now /"),
            (
                Refusal::AlreadyIn { name: name(), time: time("08:57"), by: who(), mark: mark("L 17") },
                "Khan, Amira is already in: logged 08:57 by S Marsh, L 17 min",
            ),
            (
                Refusal::SessionOver { what: "16:40".to_owned(), session: Session::Pm, ends: time("15:10") },
                "16:40 is after the PM session ended at 15:10",
            ),
            (
                Refusal::NoSchool { date: today(), why: "it is a weekend".to_owned() },
                "there is no school on Wed 4 Mar 2026: it is a weekend",
            ),
            (Refusal::Code(CodeFault::Unknown(code("&"))), "& is not an attendance code"),
            (Refusal::ReasonNeeded { at: am }, "the Wed 4 Mar AM register has closed: a change needs a reason"),
            (Refusal::NotOnRoll { name: name(), date: today() }, "Khan, Amira is not on roll on Wed 4 Mar 2026"),
            (Refusal::AlreadySo { name: name(), mark: mark("I") }, "Khan, Amira already has I"),
        ] {
            assert_eq!(refusal.to_string(), says);
        }
    }

    #[test]
    fn an_act_survives_the_journal() {
        let act = Act::Amend {
            pupil: AMIRA,
            at: SessionDate::new(today(), Session::Am),
            code: code("\\"),
            minutes: None,
            reason: "marked in error".to_owned(),
            saw: ActId(7),
        };
        let written = serde_json::to_string(&act).unwrap();
        assert_eq!(serde_json::from_str::<Act>(&written).unwrap(), act);
    }
}
