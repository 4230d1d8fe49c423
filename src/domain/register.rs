//! Registers: one tutor group's marks for one session, and what state they are in.

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::act::ActId;
use super::pupil::{GroupId, PupilId};
use super::session::{Session, SessionTimes, minutes_after, minutes_between};

/// A register as it stands: everything but the marks themselves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Register {
    /// Whose.
    pub group: GroupId,
    /// Which half of the day.
    pub session: Session,
    /// When it was last taken, and by whom; `None` until it is.
    pub taken: Option<Taken>,
    /// Pupils of the group on roll today.
    pub on_roll: usize,
    /// Those of them with no mark at all.
    pub blanks: Vec<PupilId>,
    /// Teacher covering today, if not the tutor.
    pub cover: Option<String>,
    /// Room today, if not the usual one.
    pub room: Option<String>,
    /// Times it has been chased, oldest first.
    pub chases: Vec<Chase>,
    /// Not to be chased before this time, school-local.
    pub snoozed: Option<NaiveTime>,
    /// Earlier sessions of this month in which it had to be chased.
    pub chased_this_month: usize,
}

/// That a register was handed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    /// The act that recorded it.
    pub act: ActId,
    /// School-local.
    pub at: NaiveDateTime,
    /// By whom.
    pub who: String,
}

/// How a register was chased.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChaseMethod {
    /// Rang the room.
    Phone,
    /// Sent a message.
    Message,
    /// Sent somebody.
    Runner,
    /// Called on the radio.
    Radio,
}

impl ChaseMethod {
    /// Every method, in the order offered.
    pub const ALL: [ChaseMethod; 4] =
        [ChaseMethod::Phone, ChaseMethod::Message, ChaseMethod::Runner, ChaseMethod::Radio];

    /// The word it is stored and shown by.
    pub fn as_str(self) -> &'static str {
        match self {
            ChaseMethod::Phone => "phone",
            ChaseMethod::Message => "message",
            ChaseMethod::Runner => "runner",
            ChaseMethod::Radio => "radio",
        }
    }

    /// The method stored as `word`.
    pub fn parse(word: &str) -> Option<ChaseMethod> {
        ChaseMethod::ALL.into_iter().find(|method| method.as_str() == word)
    }
}

/// One chase of one register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chase {
    /// The act that recorded it.
    pub act: ActId,
    /// How.
    pub method: ChaseMethod,
    /// School-local.
    pub at: NaiveDateTime,
    /// By whom.
    pub who: String,
}

/// What state a register is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum RegisterState {
    /// Not handed in and due: minutes since it was due.
    Overdue {
        /// Minutes past the time it was due.
        minutes: i64,
    },
    /// Handed in with blanks left.
    PartMarked {
        /// Pupils with a mark.
        marked: usize,
        /// Pupils on roll.
        of: usize,
    },
    /// Not handed in, and not yet due.
    Unmarked,
    /// A mark for every pupil: handed in whole, or nothing left to mark (all on work experience, nobody on roll).
    Taken,
}

impl Register {
    /// The state at `now`. `due_after` is the minutes after opening by which a register is expected.
    pub fn state(&self, now: NaiveTime, times: &SessionTimes, due_after: i64) -> RegisterState {
        if self.blanks.is_empty() {
            return RegisterState::Taken;
        }
        if self.taken.is_some() {
            let marked = self.on_roll.saturating_sub(self.blanks.len());
            return RegisterState::PartMarked { marked, of: self.on_roll };
        }
        let due = minutes_after(times.opens, due_after);
        let minutes = minutes_between(due, now);
        if minutes > 0 { RegisterState::Overdue { minutes } } else { RegisterState::Unmarked }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{G8KM, LOUIS, at, morning, register, time};

    fn state_at(register: &Register, now: &str) -> RegisterState {
        register.state(time(now), &morning(), 10)
    }

    #[test]
    fn a_register_is_unmarked_then_overdue_then_part_marked_then_taken() {
        let mut register = register(G8KM, Session::Am);
        assert_eq!(state_at(&register, "08:00"), RegisterState::Unmarked);
        assert_eq!(state_at(&register, "08:50"), RegisterState::Unmarked);
        assert_eq!(state_at(&register, "08:51"), RegisterState::Overdue { minutes: 1 });
        assert_eq!(state_at(&register, "09:34"), RegisterState::Overdue { minutes: 44 });

        register.taken = Some(Taken { act: ActId(1), at: at("08:52"), who: "Mrs Kemp".to_owned() });
        register.blanks = vec![LOUIS];
        assert_eq!(state_at(&register, "09:34"), RegisterState::PartMarked { marked: 3, of: 4 });
        register.blanks.clear();
        assert_eq!(state_at(&register, "09:34"), RegisterState::Taken);
    }

    #[test]
    fn a_register_with_nothing_left_to_mark_is_not_chased() {
        let mut trip = register(G8KM, Session::Am);
        trip.blanks.clear();
        assert_eq!(state_at(&trip, "09:34"), RegisterState::Taken);
    }

    #[test]
    fn states_are_in_the_order_they_are_worked_through() {
        let part = RegisterState::PartMarked { marked: 3, of: 4 };
        let order = [RegisterState::Overdue { minutes: 5 }, part, RegisterState::Unmarked, RegisterState::Taken];
        assert!(order.is_sorted());
    }

    #[test]
    fn methods_are_read_as_they_are_written() {
        for method in ChaseMethod::ALL {
            assert_eq!(ChaseMethod::parse(method.as_str()), Some(method));
        }
    }
}
