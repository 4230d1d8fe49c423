//! Refusals: why the rules forbid an act.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::Officer;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::CodeFault;
use crate::domain::facts::evidence::{Mark, or_blank};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::staff::Role;

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
    /// After the day's last session.
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
    /// No such session on a day with school.
    #[error("there is no {} session on {}: {why}", at.session, at.date.format("%a %-d %b %Y"))]
    NoSession {
        /// Which session.
        at: SessionDate,
        /// Why not.
        why: String,
    },
    /// The code cannot stand there.
    #[error(transparent)]
    Code(#[from] CodeFault),
    /// The code cannot stand for this pupil.
    #[error("{name}: {fault}")]
    CodeFor {
        /// Their name.
        name: String,
        /// Why not.
        fault: CodeFault,
    },
    /// A reason is needed once the register has closed.
    #[error("the {at} register has closed: a change needs a reason")]
    ReasonNeeded {
        /// Which session.
        at: SessionDate,
    },
    /// Not on roll that day.
    #[error("{name} is not on roll on {}", date.format("%a %-d %b %Y"))]
    NotOnRoll {
        /// Their name.
        name: String,
        /// Which day.
        date: NaiveDate,
    },
    /// The record has nothing of that number.
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
    /// Somebody did it already.
    #[error("{says}")]
    DoneAlready {
        /// What, when and by whom, whole.
        says: String,
        /// It in words fit for the gate; `None` where it is not the gate's.
        at_gate: Option<String>,
        /// By whom.
        by: String,
        /// School-local.
        at: NaiveTime,
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
    /// It is for somebody else.
    #[error("{what} is for {}: this login is {}'s", a(*least), a(*role))]
    NotAllowed {
        /// What was asked: "code K".
        what: String,
        /// The least role it is for.
        least: Role,
        /// Whose login this is.
        role: Role,
    },
    /// Struck from the staff since they sat down.
    #[error("{login} is no longer among the school's staff: an admin adds them with “firstbell settings”")]
    NotStaff {
        /// Whose login.
        login: String,
    },
    /// The staff list gives them another role than when they sat down.
    #[error("this login is {}'s now: open firstbell again", a(*role))]
    OtherRole {
        /// What the list says.
        role: Role,
    },
    /// Anything else, said whole: a rule forbids it, or what was asked lacks something or means nothing. What a role may not do is
    /// [`NotAllowed`](Refusal::NotAllowed).
    #[error("{0}")]
    Forbidden(String),
}

impl Refusal {
    /// Nothing of today is left to take back for `officer` at this desk.
    pub fn nothing_done(officer: &Officer) -> Refusal {
        Refusal::CannotUndo(format!("{} has done nothing at this desk today that could be taken back", officer.name))
    }

    /// What would be taken back or done again is no mark of the day that is shown, `date`.
    pub fn of_another_day(date: NaiveDate) -> Refusal {
        let day = date.format("%a %-d %b");
        Refusal::CannotUndo(format!("the last act at this desk is about no mark of {day}: go back to today for it"))
    }

    /// `officer` has taken nothing back at this desk since the last act there.
    pub fn nothing_taken_back(officer: &Officer) -> Refusal {
        let text =
            format!("{} has taken nothing back at this desk since the last act that could be done again", officer.name);
        Refusal::CannotUndo(text)
    }
}

/// "an officer".
fn a(role: Role) -> String {
    let article = if matches!(role, Role::Officer | Role::Admin) { "an" } else { "a" };
    format!("{article} {role}")
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
            (
                Refusal::NoSession {
                    at: SessionDate::new(today(), Session::Pm),
                    why: "the day ends at 12:00: sports day".to_owned(),
                },
                "there is no PM session on Wed 4 Mar 2026: the day ends at 12:00: sports day",
            ),
            (Refusal::Code(CodeFault::Unknown(code("&"))), "& is not an attendance code"),
            (Refusal::ReasonNeeded { at: am }, "the Wed 4 Mar AM register has closed: a change needs a reason"),
            (Refusal::NotOnRoll { name: name(), date: today() }, "Khan, Amira is not on roll on Wed 4 Mar 2026"),
            (Refusal::AlreadySo { name: name(), mark: mark("I") }, "Khan, Amira already has I"),
        ] {
            assert_eq!(refusal.to_string(), says);
        }
    }
}
