//! Registers: one tutor group's marks for one session, and what state they are in.

use chrono::{NaiveDateTime, NaiveTime, Timelike};
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::evidence::{Evidence, Who};
use super::taken_by::TakenBy;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionTimes, minutes_after, minutes_between};
use crate::domain::people::pupil::{GroupId, PupilId};

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
    pub by: TakenBy,
}

impl Taken {
    /// Whether a mark that this brought counts although `newer` has brought another: of one taker the newer is a correction, of
    /// several takers each is evidence of its own. A teacher's paper and the teacher's own register are two.
    pub fn counts_beside(&self, newer: &Taken) -> bool {
        self.act != newer.act && self.by != newer.by
    }
}

/// The registers of one date that were handed in and stand, found by a mark that one of them brought.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HandedIn {
    by_group: HashMap<(GroupId, Session, ActId), Taken>,
    by_act: HashMap<(Session, ActId), Taken>,
}

impl FromIterator<(GroupId, Session, Taken)> for HandedIn {
    fn from_iter<I: IntoIterator<Item = (GroupId, Session, Taken)>>(all: I) -> HandedIn {
        let mut found = HandedIn::default();
        all.into_iter().for_each(|(group, session, taken)| found.insert(group, session, taken));
        found
    }
}

impl HandedIn {
    /// Add the register of a group.
    pub fn insert(&mut self, group: GroupId, session: Session, taken: Taken) {
        let any = self.by_act.entry((session, taken.act)).or_insert_with(|| taken.clone());
        if any.by != taken.by {
            any.by = TakenBy::Import;
        }
        self.by_group.insert((group, session, taken.act), taken);
    }

    /// The register by which `act` brought the mark of a pupil who is in `group` now. A pupil who has moved since was in another
    /// group's; of several that one import brought, nobody knows which.
    pub fn of(&self, group: Option<GroupId>, session: Session, act: ActId) -> Option<&Taken> {
        let mine = group.and_then(|group| self.by_group.get(&(group, session, act)));
        mine.or_else(|| self.by_act.get(&(session, act)))
    }

    /// Every one of them, in no order.
    pub fn all(&self) -> impl Iterator<Item = &Taken> {
        self.by_group.values()
    }
}

/// Of the registers' marks of one pupil-session that another took the place of, those that count beside the mark `taken` brought,
/// signed by whoever handed each in, oldest first: of each other taker the newest. What each act handed in is `handed_in`'s to
/// say, and nothing of what was taken back counts.
pub fn beside<'h>(
    displaced: impl IntoIterator<Item = Evidence>,
    taken: ActId,
    handed_in: impl Fn(ActId) -> Option<&'h Taken>,
) -> Vec<Evidence> {
    let Some(stands) = handed_in(taken) else { return Vec::new() };
    let mut found: Vec<Evidence> = Vec::new();
    for one in displaced {
        let Some(old) = handed_in(one.act).filter(|old| old.counts_beside(stands)) else { continue };
        let who = Who::Taker(Some(old.by.clone()));
        match found.iter_mut().find(|held| held.who == who) {
            Some(held) if held.act > one.act => {}
            Some(held) => *held = Evidence { who, at: old.at, ..one },
            None => found.push(Evidence { who, at: old.at, ..one }),
        }
    }
    found.sort_by_key(|one| one.act);
    found
}

/// How a register was chased.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, IntoStaticStr, EnumString, VariantArray)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "kebab-case")]
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
    pub const ALL: &[ChaseMethod] = ChaseMethod::VARIANTS;

    /// The word it is stored and shown by.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The method stored as `word`.
    pub fn parse(word: &str) -> Option<ChaseMethod> {
        word.parse().ok()
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

    /// Until when it is put off at `now`; `None` once that time has come.
    pub fn put_off(&self, now: NaiveTime) -> Option<NaiveTime> {
        self.snoozed.filter(|until| now < *until)
    }
}

/// Until when a register put off at `now` is left alone: ten minutes, by the whole minute.
pub fn put_off_until(now: NaiveTime) -> NaiveTime {
    minutes_after(now.with_second(0).and_then(|now| now.with_nanosecond(0)).unwrap_or(now), 10)
}

/// "2nd".
pub fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{G8KM, LOUIS, at, morning, register, time, tutor};

    fn taken(act: i64, by: TakenBy) -> Taken {
        Taken { act: ActId(act), at: at("08:52"), by }
    }

    fn teacher(name: &str) -> TakenBy {
        TakenBy::Teacher(name.to_owned())
    }

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

        register.taken = Some(taken(1, teacher("Mrs Kemp")));
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
    fn a_register_put_off_comes_back_at_its_time() {
        let mut register = register(G8KM, Session::Am);
        assert_eq!(register.put_off(time("09:10")), None);
        register.snoozed = Some(time("09:20"));
        assert_eq!(register.put_off(time("09:19")), Some(time("09:20")));
        assert_eq!(register.put_off(time("09:20")), None);
        assert_eq!(put_off_until(time("09:10:42")), time("09:20"));
    }

    #[test]
    fn chases_are_counted_in_ordinals() {
        for (n, text) in [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (21, "21st"), (112, "112th")] {
            assert_eq!(ordinal(n), text);
        }
    }

    #[test]
    fn every_taker_s_register_counts_and_one_taker_s_newer_is_a_correction() {
        let (own, paper) = (taken(1, teacher("Mr Webb")), taken(2, TakenBy::Paper("Mr Webb".to_owned())));
        assert!(own.counts_beside(&paper) && paper.counts_beside(&own));
        assert!(own.counts_beside(&taken(3, teacher("Ms Ali"))) && !own.counts_beside(&taken(3, teacher("Mr Webb"))));
        // By the kind, whatever the words: a teacher called so is not the paper, and not a file that does not say.
        assert!(paper.counts_beside(&taken(3, teacher(&paper.by.to_string()))));
        assert!(taken(1, TakenBy::Import).counts_beside(&taken(3, teacher(&TakenBy::Import.to_string()))));
    }

    #[test]
    fn of_the_marks_displaced_the_newest_of_each_other_taker_counts() {
        let own = [(1, "Mr Webb"), (2, "Ms Ali"), (5, "Ms Ali")].map(|(act, name)| taken(act, teacher(name)));
        let paper = [3, 4].map(|act| taken(act, TakenBy::Paper("Mr Webb".to_owned())));
        let all: Vec<Taken> = own.into_iter().chain(paper).collect();
        let counts = |displaced: &[i64], stands, withdrawn: &[i64]| {
            let handed_in =
                |act: ActId| all.iter().find(|one| one.act == act).filter(|one| !withdrawn.contains(&one.act.0));
            let displaced = displaced.iter().map(|act| Evidence { act: ActId(*act), ..tutor("N", "08:50") });
            let found = beside(displaced, ActId(stands), handed_in);
            found.iter().map(|one| format!("{} {}", one.act.0, one.who)).collect::<Vec<_>>().join("; ")
        };
        for (displaced, stands, withdrawn, expected) in [
            (&[][..], 1, &[][..], ""),
            (&[1], 2, &[], "1 Mr Webb"),
            (&[1], 3, &[], "1 Mr Webb"),
            (&[3], 1, &[], "3 Mr Webb, on paper"),
            (&[2, 1], 3, &[], "1 Mr Webb; 2 Ms Ali"),
            (&[2], 5, &[], ""),
            (&[1, 2, 3], 4, &[], "1 Mr Webb; 2 Ms Ali"),
            (&[3, 3, 4], 5, &[], "4 Mr Webb, on paper"),
            // What was taken back counts no more, and nothing counts beside what nobody handed in.
            (&[1, 2], 3, &[2], "1 Mr Webb"),
            (&[1], 3, &[1], ""),
            (&[1], 9, &[], ""),
        ] {
            assert_eq!(counts(displaced, stands, withdrawn), expected, "{displaced:?} {stands} {withdrawn:?}");
        }
    }

    #[test]
    fn methods_are_read_as_they_are_written() {
        for method in ChaseMethod::ALL.iter().copied() {
            assert_eq!(ChaseMethod::parse(method.as_str()), Some(method));
        }
    }
}
