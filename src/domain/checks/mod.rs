//! Post-registration checks: evidence of the day that cannot be true together, and for each the one act that would settle it.

mod facts;
mod missing;
mod seen;
mod siblings;
#[cfg(test)]
mod tests;

use chrono::{NaiveDateTime, NaiveTime};

use super::act::{self, Act, OpenSearch};
use super::act_id::ActId;
use super::calendar::session::{Session, SessionDate};
use super::day::{Day, Timelines};
use super::facts::contradiction::ContradictionKind;
use super::facts::evidence::{Fact, Mark};
use super::people::pupil::PupilId;
use super::timeline::Event;

/// One contradiction, with what is known and what would settle it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Check {
    /// About whom.
    pub pupil: PupilId,
    /// Which half of the day.
    pub session: Session,
    /// Which kind.
    pub contradiction: ContradictionKind,
    /// What is known, in the order of the times shown, each with who said so.
    pub evidence: Vec<String>,
    /// The two lines of it that cannot both be true, in the same order; the second is empty where only one was said.
    pub sides: [String; 2],
    /// What would settle it.
    pub proposed: Proposed,
}

/// What would settle a contradiction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Proposed {
    /// Look for the pupil.
    Search {
        /// Last seen where and when, in words.
        last_seen: String,
    },
    /// Enter this mark, or confirm it.
    Amend {
        /// To what.
        mark: Mark,
        /// Why.
        reason: String,
    },
    /// Leave the mark as it stands, and say why.
    Decide {
        /// What is made of it.
        reason: String,
    },
}

impl Proposed {
    /// In words: "amend to L 20 min: N, then seen in period 1".
    pub fn describe(&self) -> String {
        match self {
            Proposed::Search { last_seen } => format!("look for the pupil, last seen {last_seen}"),
            Proposed::Amend { mark, reason } => format!("{mark}: {reason}"),
            Proposed::Decide { reason } => format!("leave the mark: {reason}"),
        }
    }
}

impl Check {
    /// What tells it from every other check of the day.
    pub fn id(&self) -> (PupilId, Session, ContradictionKind) {
        (self.pupil, self.session, self.contradiction)
    }

    /// What contradicts what, in one line: "08:45 / in AM registration; 09:00 N in period 1, 8KM Maths, Ms Ali". Who said the first
    /// and why stands in the evidence.
    pub fn in_short(&self) -> String {
        let [one, other] = &self.sides;
        if other.is_empty() {
            return one.clone();
        }
        let end = [", ", ": ", " ("].into_iter().filter_map(|part| one.find(part)).min();
        format!("{}; {other}", end.and_then(|end| one.get(..end)).unwrap_or(one))
    }

    /// The proposed act.
    pub fn act(&self, day: &Day) -> Act {
        let (pupil, at) = (self.pupil, SessionDate::new(day.date, self.session));
        match &self.proposed {
            Proposed::Search { last_seen } => {
                Act::OpenSearch(OpenSearch { pupil, date: day.date, last_seen: last_seen.clone() })
            }
            Proposed::Amend { mark, reason } => {
                let saw = day.mark(pupil, self.session).revision;
                Act::Amend(act::Amend {
                    pupil,
                    at,
                    code: mark.code,
                    minutes: mark.minutes,
                    reason: reason.clone(),
                    saw,
                })
            }
            Proposed::Decide { reason } => self.decide(day, reason),
        }
    }

    /// The act that leaves the mark as it stands.
    pub fn decide(&self, day: &Day, reason: &str) -> Act {
        let at = SessionDate::new(day.date, self.session);
        Act::Decide(act::Decide { pupil: self.pupil, at, contradiction: self.contradiction, reason: reason.to_owned() })
    }
}

/// Every contradiction of `day` up to the `current` session at `now`: the gravest kind first, then by tier, then by name, then by
/// session. A total order. One that has been settled or decided since its newest evidence is none.
pub fn checks(day: &Day, current: Session, now: NaiveTime) -> Vec<Check> {
    if day.times.is_none() {
        return Vec::new();
    }
    let timelines = Timelines::at(day, now);
    let mut found = Vec::new();
    for pupil in day.on_roll() {
        let line = timelines.of(pupil);
        found.extend(missing::check(day, pupil, &line, current));
        found.extend(Session::BOTH.into_iter().filter(|session| *session <= current).flat_map(|session| {
            let facts = facts::check(day, pupil, &line, session);
            facts.into_iter().chain(seen::check(day, pupil, &line, session)).chain(siblings::check(day, pupil, session))
        }));
    }
    found.extend(facts::registers(day, current));
    found.sort_by_cached_key(|check| {
        let tier = day.roll.pupil(check.pupil).map(crate::domain::people::pupil::Pupil::tier);
        (check.contradiction, tier, day.roll.place(check.pupil), check.session)
    });
    found.dedup_by_key(|check| check.id());
    found
}

/// Where and when a pupil was last seen today, in words: "registration 08:45 with Mrs Kemp; not in period 1, 8KM Maths 09:00".
/// Empty where nobody has seen them.
pub fn last_seen(day: &Day, pupil: PupilId, now: NaiveTime) -> String {
    day.roll
        .pupil(pupil)
        .map_or_else(String::new, |pupil| missing::last_seen(day, pupil.id, &Timelines::at(day, now).of(pupil)))
}

/// A line of evidence, with the time it shows; none of what was known beforehand.
type Timed = (Option<NaiveDateTime>, String);

/// An event's line of evidence, with the time it shows.
fn timed(event: &Event<'_>, today: chrono::NaiveDate) -> Timed {
    (event.shown(today), event.line(today))
}

/// Lines in the order of the times they show; of two at one time, as they came.
fn in_order(mut lines: Vec<Timed>) -> Vec<String> {
    lines.sort_by_key(|(shown, _)| *shown);
    lines.into_iter().map(|(_, text)| text).collect()
}

/// Two lines in that order.
fn sides(one: Timed, other: Timed) -> [String; 2] {
    if other.0 < one.0 { [other.1, one.1] } else { [one.1, other.1] }
}

/// Whether the office has decided on this kind of contradiction since `newest`.
fn is_decided(day: &Day, pupil: PupilId, session: Session, contradiction: ContradictionKind, newest: ActId) -> bool {
    let mine = day
        .decisions
        .iter()
        .filter(|one| (one.pupil, one.session, one.contradiction) == (pupil, session, contradiction));
    mine.into_iter().any(|one| one.act > newest)
}

/// Whether the office has amended the mark since `newest`.
fn is_amended(day: &Day, pupil: PupilId, session: Session, newest: ActId) -> bool {
    let evidence = day.evidence.get(&(pupil, session)).map_or(&[][..], Vec::as_slice);
    evidence.iter().any(|one| matches!(one.fact, Fact::Office { .. }) && one.act > newest)
}
