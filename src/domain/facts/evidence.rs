//! Evidence: separate, dated facts about where a pupil is. Nothing overwrites another; the [timeline](crate::domain::timeline) weighs them.

use std::fmt;

use chrono::format::{Item, Numeric, Pad};
use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::taken_by::{TakenBy, or_unsigned};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::{Code, CodeTable};

/// A settled or entered mark: a code, with the minutes late that go with it. The journal and `--json` write it in the same shape.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Mark {
    /// The code.
    pub code: Code,
    /// Minutes after the register opened, for a late.
    pub minutes: Option<i64>,
}

impl Mark {
    /// Whether this holds all that a file `says`: many files have no minutes, and their silence takes none away.
    pub fn holds(self, says: Mark) -> bool {
        self.code == says.code && (says.minutes.is_none() || says.minutes == self.minutes)
    }

    /// A mark without minutes.
    pub fn plain(code: Code) -> Mark {
        Mark { code, minutes: None }
    }

    /// Whether it says late: L or U.
    pub fn is_late(self) -> bool {
        self.code == Code::L || self.code == Code::U
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.minutes {
            Some(minutes) => write!(f, "{} {} min", self.code, minutes),
            None => write!(f, "{}", self.code),
        }
    }
}

/// "L 17 min", or "blank".
pub fn or_blank(mark: Option<Mark>) -> String {
    mark.map_or_else(|| "blank".to_owned(), |mark| mark.to_string())
}

/// What kind of fact it is, and what it says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    /// The tutor's own mark, from the register.
    Tutor(Mark),
    /// Seen arriving at the gate or the desk.
    Gate {
        /// School-local time of arrival.
        time: NaiveTime,
        /// The late reason given.
        reason: Option<String>,
        /// What it was judged to be by the times of the day when it was logged, which stands whatever times are set later; `None`
        /// from before that was kept.
        judged: Option<Mark>,
    },
    /// Somebody told the school: a parent, on the phone or the answerphone.
    Report {
        /// The code the school gave it.
        code: Code,
        /// When the appointment is, if a time was said; school-local.
        time: Option<NaiveTime>,
        /// Who told us: "Mrs Khan, mother".
        by: String,
        /// What was said.
        words: String,
    },
    /// Known beforehand: leave granted, a trip, a part-time timetable.
    Plan {
        /// The code.
        code: Code,
        /// What it is.
        words: String,
    },
    /// The office amended the mark.
    Office {
        /// The mark it was amended to.
        mark: Mark,
        /// Why.
        reason: String,
    },
}

impl Fact {
    /// The code of a report or a plan.
    pub fn reported_code(&self) -> Option<Code> {
        match self {
            Fact::Report { code, .. } | Fact::Plan { code, .. } => Some(*code),
            Fact::Tutor(_) | Fact::Gate { .. } | Fact::Office { .. } => None,
        }
    }

    /// Whether somebody reported it, and no school arranged it: what ends once the pupil is seen.
    pub fn is_report(&self, codes: &CodeTable) -> bool {
        self.reported_code().is_some_and(|code| codes.arranged(code).is_none())
    }

    /// When the pupil came, if it logs an arrival.
    pub fn arrived(&self) -> Option<NaiveTime> {
        match self {
            Fact::Gate { time, .. } => Some(*time),
            Fact::Tutor(_) | Fact::Report { .. } | Fact::Plan { .. } | Fact::Office { .. } => None,
        }
    }
}

/// Who a fact is from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Who {
    /// The officer who did the act, as it is signed.
    Officer(String),
    /// Who took the register, of a mark that one brought; `None` where nobody signed it.
    Taker(Option<TakenBy>),
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Who::Officer(name) => f.write_str(name),
            Who::Taker(by) => or_unsigned(by.as_ref()).fmt(f),
        }
    }
}

/// One fact about one pupil-session, with who and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// The act that recorded it.
    pub act: ActId,
    /// What it says.
    pub fact: Fact,
    /// Who recorded it.
    pub who: Who,
    /// When, school-local.
    pub at: NaiveDateTime,
    /// First session it speaks of.
    pub from: SessionDate,
    /// Last session it speaks of.
    pub until: SessionDate,
}

impl Evidence {
    /// When the register came in that a tutor's mark was in. A mark without one, as an imported one, is dated by its day alone.
    pub fn came_in(&self) -> Option<NaiveDateTime> {
        Some(self.at).filter(|at| at.time() != NaiveTime::MIN)
    }
}

/// A fact in a few words, with its time where it is of that day: "gate 08:57", "tutor N 08:50".
pub fn describe(evidence: &Evidence) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let at = clock(evidence.at.time());
        match &evidence.fact {
            Fact::Tutor(mark) => match evidence.came_in().filter(|came| came.date() == evidence.from.date) {
                Some(_) => write!(f, "tutor {mark} {at}"),
                None => write!(f, "tutor {mark}"),
            },
            Fact::Gate { time, .. } => write!(f, "gate {}", clock(*time)),
            Fact::Report { code, time, by, .. } => write!(f, "report {} by {by}", with_time(*code, *time)),
            Fact::Plan { code, words } if words.is_empty() => write!(f, "plan {code}"),
            Fact::Plan { code, words } => write!(f, "plan {code} {}", words.trim_end()),
            Fact::Office { mark, .. } => write!(f, "office {mark} {at}"),
        }
    })
}

/// A reported code, with the time of the appointment if one was said: "M at 10:00".
pub fn with_time(code: Code, time: Option<NaiveTime>) -> impl fmt::Display {
    fmt::from_fn(move |f| match time {
        Some(time) => write!(f, "{code} at {}", clock(time)),
        None => write!(f, "{code}"),
    })
}

/// A time of day: "08:57".
pub fn clock(time: NaiveTime) -> impl fmt::Display {
    // Laid out once: reading "%H:%M" anew for every fact takes longer than writing the time.
    static HOUR_AND_MINUTE: [Item<'_>; 3] =
        [Item::Numeric(Numeric::Hour, Pad::Zero), Item::Literal(":"), Item::Numeric(Numeric::Minute, Pad::Zero)];
    fmt::from_fn(move |f| time.format_with_items(HOUR_AND_MINUTE.iter()).write_to(f))
}
