//! What a fact is called: in short beside a mark, in a clause of a reason, in a line of evidence, and as a place where the pupil was.

use std::fmt::{self, Display};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::{Event, Presence, What};
use crate::domain::facts::evidence::{Evidence, Fact, clock, describe, with_time};
use crate::domain::facts::presence::{Confirmation, Movement, Way};
use crate::domain::facts::taken_by::or_unsigned;

impl Event<'_> {
    /// In a few words, with its time: "gate 08:57", "tutor N 08:50", "left 11:00, sent home ill".
    pub fn in_short(&self) -> impl fmt::Display {
        fmt::from_fn(|f| match self.what {
            What::Register(one) => write!(f, "tutor {}{}", one.mark, one.clock()),
            What::Arrival(one) | What::Reported(one, _) | What::Decision(one, _) => describe(one).fmt(f),
            What::Lesson(lesson, mark, _) => write!(f, "{mark} in {}", lesson.name()),
            What::Departure(one) => write!(f, "left {}, {}", clock(one.time), one.reason),
            What::Return(one) => write!(f, "back {}", clock(one.time)),
            What::Sighting(one) => write!(f, "{} {}, {}", seen_word(one.seen), clock(one.time), one.place),
            What::Answer(one) => f.write_str(&answer(one)),
        })
    }

    /// In a clause, with its time and who said so: "reported I by Mrs Khan, mother, 08:12".
    pub fn clause(&self, today: NaiveDate) -> String {
        match self.what {
            What::Register(one) => {
                format!("marked {} {}by {}", one.mark, when_if_known(one.at, today), or_unsigned(one.taken_by))
            }
            What::Arrival(one) | What::Reported(one, _) | What::Decision(one, _) => clause(one, today),
            What::Lesson(..) | What::Sighting(_) => format!("{} {}", seen_in(self.presence), self.place_and_time()),
            What::Departure(_) | What::Return(_) | What::Answer(_) => self.in_short().to_string(),
        }
    }

    /// A line of evidence: "08:12 I reported by Mrs Khan, mother: flu (S Marsh)", "09:00 N in period 1, 8KM Maths, Ms Ali".
    pub fn line(&self, today: NaiveDate) -> String {
        match self.what {
            What::Register(one) => {
                let (at, by) = (when_if_known(one.at, today), or_unsigned(one.taken_by));
                format!("{at}{} in {} registration, {by}", one.mark, one.session)
            }
            What::Arrival(one) | What::Reported(one, _) | What::Decision(one, _) => line(one, today),
            What::Lesson(_, mark, starts) => format!("{} {mark} in {}", clock(starts), self.place()),
            What::Sighting(one) => format!("{} {}, {}", clock(one.time), seen_word(one.seen), self.place()),
            What::Departure(_) | What::Return(_) => format!("{} {}", clock(self.at), self.place()),
            What::Answer(one) => format!("{} ({})", answer(one), one.who),
        }
    }

    /// The time its line shows; `None` for what was known beforehand.
    pub fn shown(&self, today: NaiveDate) -> Option<NaiveDateTime> {
        match self.what {
            What::Register(one) => one.at,
            What::Arrival(one) | What::Reported(one, _) | What::Decision(one, _) => shown(one, today),
            What::Lesson(_, _, starts) => Some(today.and_time(starts)),
            What::Answer(one) => Some(one.at),
            What::Departure(_) | What::Return(_) | What::Sighting(_) => Some(today.and_time(self.at)),
        }
    }

    /// The time it is told by: a lesson begins before the moment it counts from.
    pub fn shown_at(&self) -> NaiveTime {
        self.what.try_as_lesson().map_or(self.at, |(_, _, starts)| starts)
    }

    /// Where, in a word or two, without times and names: "gate", "register", "P2 8KM Maths".
    pub fn place_of_sight(&self) -> String {
        match self.what {
            What::Register(_) => "register".to_owned(),
            What::Arrival(_) => "gate".to_owned(),
            What::Lesson(lesson, ..) => lesson.name(),
            What::Departure(_) | What::Return(_) => "back in".to_owned(),
            What::Sighting(one) => one.place.clone(),
            What::Answer(one) => one.said_by.clone(),
            What::Decision(one, _) => format!("says {}", one.who),
            What::Reported(one, _) => describe(one).to_string(),
        }
    }

    /// Where, without the time: "period 1, 8KM Maths, Ms Ali".
    pub fn place(&self) -> String {
        match self.what {
            What::Register(one) => {
                format!("registration{} with {}", one.clock(), or_unsigned(one.taken_by))
            }
            What::Arrival(one) => format!("gate {}, {}", clock(self.at), one.who),
            What::Lesson(lesson, ..) => {
                let teacher = lesson.teacher.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
                format!("period {}, {}{teacher}", lesson.period, lesson.class)
            }
            What::Sighting(one) => format!("{}, {}", one.place, one.who),
            What::Departure(one) | What::Return(one) => moved(one),
            What::Answer(one) => answer(one),
            What::Reported(one, _) | What::Decision(one, _) => describe(one).to_string(),
        }
    }

    /// Where and when: what is last seen of somebody.
    pub fn place_and_time(&self) -> String {
        match self.what {
            What::Lesson(_, _, starts) => format!("{} {}", self.place(), clock(starts)),
            What::Sighting(one) => format!("{} {}", self.place(), clock(one.time)),
            What::Register(_)
            | What::Arrival(_)
            | What::Departure(_)
            | What::Return(_)
            | What::Answer(_)
            | What::Reported(..)
            | What::Decision(..) => self.place(),
        }
    }
}

/// "out 10:20, dentist".
fn moved(movement: &Movement) -> String {
    let way = match movement.way {
        Way::Out => "out",
        Way::Back => "back",
    };
    format!(
        "{way} {}, {}",
        clock(movement.time),
        if movement.reason.is_empty() { &movement.who } else { &movement.reason }
    )
}

/// "not there 10:20, says Mr Hall".
fn answer(one: &Confirmation) -> String {
    let there = if one.there { "there" } else { "not there" };
    format!("{there} {}, says {}", clock(one.at.time()), one.said_by)
}

fn seen_word(seen: bool) -> &'static str {
    if seen { "seen" } else { "NOT seen" }
}

fn seen_in(presence: Option<Presence>) -> &'static str {
    if presence == Some(Presence::Seen) { "seen in" } else { "not in" }
}

/// "08:12"; of what was said on another day than `today`'s also which: "Mon 23 Nov 14:05".
fn when(at: NaiveDateTime, today: NaiveDate) -> String {
    at.format(if at.date() == today { "%H:%M" } else { "%a %-d %b %H:%M" }).to_string()
}

/// "08:12 ", with the blank behind it; nothing where nobody knows.
fn when_if_known(at: Option<NaiveDateTime>, today: NaiveDate) -> String {
    at.map(|at| format!("{} ", when(at, today))).unwrap_or_default()
}

/// A piece of evidence in a clause.
pub fn clause(evidence: &Evidence, today: NaiveDate) -> String {
    let at = when(evidence.at, today);
    match &evidence.fact {
        Fact::Tutor(mark) => format!("marked {mark} {}by {}", when_if_known(evidence.came_in(), today), evidence.who),
        Fact::Gate { time, .. } => format!("gate {}", clock(*time)),
        Fact::Report { code, time, by, .. } => format!("reported {} by {by}, {at}", with_time(*code, *time)),
        Fact::Plan { code, words } if words.is_empty() => format!("planned {code}"),
        Fact::Plan { code, words } => format!("on the list for {words} ({code})"),
        Fact::Office { mark, .. } => format!("office {mark} {at} by {}", evidence.who),
    }
}

/// A piece of evidence in a line.
pub fn line(evidence: &Evidence, today: NaiveDate) -> String {
    let (at, who) = (when(evidence.at, today), &evidence.who);
    let detail = |words: &str| if words.is_empty() { String::new() } else { format!(": {words}") };
    match &evidence.fact {
        Fact::Tutor(mark) => {
            let at = when_if_known(evidence.came_in(), today);
            format!("{at}{mark} in {} registration, {who}", evidence.from.session)
        }
        Fact::Gate { time, reason, .. } => {
            format!("{} through the gate{} ({who})", clock(*time), detail(reason.as_deref().unwrap_or_default()))
        }
        Fact::Report { code, time, by, words } => {
            format!("{at} {} reported by {by}{} ({who})", with_time(*code, *time), detail(words))
        }
        Fact::Plan { code, words } => format!("{code} known before{} ({who})", detail(words)),
        Fact::Office { mark, reason } => format!("{at} {mark} by the office{} ({who})", detail(reason)),
    }
}

/// The time the line of a piece of evidence shows; `None` for what was known beforehand.
pub fn shown(evidence: &Evidence, today: NaiveDate) -> Option<NaiveDateTime> {
    match &evidence.fact {
        Fact::Gate { time, .. } => Some(today.and_time(*time)),
        Fact::Plan { .. } => None,
        Fact::Tutor(_) => evidence.came_in(),
        Fact::Report { .. } | Fact::Office { .. } => Some(evidence.at),
    }
}
