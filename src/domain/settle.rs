//! The one rule that settles the statutory mark of a pupil-session from its evidence, and explains itself.

mod contradiction;
#[cfg(test)]
mod tests;

use chrono::NaiveDateTime;

use super::act::ActId;
use super::arrival::judge;
use super::code::{Code, CodeTable, OnSite, Statistic};
use super::evidence::{Evidence, Fact, Mark};
use super::session::{Session, SessionTimes};
pub use contradiction::Contradiction;
use contradiction::contradiction;

/// What the evidence of one pupil-session comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settled {
    /// The mark; `None` is a blank, which is neither N nor absent.
    pub mark: Option<Mark>,
    /// Why, in words: "L 17 min: gate 08:57 beats tutor N 08:50".
    pub why: String,
    /// Evidence that cannot be true together, until the office decides between it.
    pub contradiction: Option<Contradiction>,
    /// Whether the pupil is in the building. Someone seen arriving is, whatever the code.
    pub on_site: OnSite,
}

/// How strong a fact is. A stronger fact decides whatever weaker ones say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Strength {
    /// The tutor did not see the pupil.
    TutorAbsent,
    /// A report, or something known beforehand.
    Told,
    /// The tutor saw the pupil.
    TutorPresent,
    /// The gate saw the pupil.
    Gate,
    /// The office decided.
    Office,
}

/// The strength of a fact.
fn strength(fact: &Fact, codes: &CodeTable) -> Strength {
    match fact {
        Fact::Office { .. } => Strength::Office,
        Fact::Gate { .. } => Strength::Gate,
        Fact::Report { .. } | Fact::Plan { .. } => Strength::Told,
        // By the building, not the figures: who marks U has seen the pupil.
        Fact::Tutor(mark) if codes.on_site(mark.code) == OnSite::Yes => Strength::TutorPresent,
        Fact::Tutor(_) => Strength::TutorAbsent,
    }
}

/// Settle `evidence`, in any order, for a session.
///
/// Strongest first: office amendment (newest) > gate arrival (earliest; L before close, U after) > tutor present > report or
/// plan (newest) > tutor absent > blank. Adding a fact weaker than the one that decided never changes the mark, but for three
/// things:
///
/// * U is for arrivals that no better code fits (reg 10 and Table 1 of SI 2024/208): a report or plan that is
///   authorised or not required covers an arrival after close.
/// * N says that nothing is established yet: an office N gives way to an arrival logged after it.
/// * A tutor's later mark replaces the same tutor's earlier one.
pub fn settle(evidence: &[Evidence], session: Session, times: &SessionTimes, codes: &CodeTable) -> Settled {
    let scales = Scales { evidence, session, times, codes };
    let seen = scales.arrival().or_else(|| scales.newest(Strength::TutorPresent));
    let winner = scales.deciding_office().or_else(|| match seen {
        Some(late) if scales.asks(late).code == Code::U => scales.cover().or(seen),
        Some(_) => seen,
        None => scales.newest(Strength::Told).or_else(|| scales.newest(Strength::TutorAbsent)),
    });
    let contradiction = contradiction(&scales, winner);
    let Some(winner) = winner else {
        return Settled { mark: None, why: "no mark yet".to_owned(), contradiction, on_site: OnSite::Unknown };
    };

    let mark = scales.asks(winner);
    // The office can take back what a tutor thought to see, not that somebody came through the gate.
    let is_office = matches!(winner.fact, Fact::Office { .. });
    let on_site = match seen {
        Some(seen) if !is_office || matches!(seen.fact, Fact::Gate { .. }) => OnSite::Yes,
        _ => codes.on_site(mark.code),
    };
    let beaten = evidence
        .iter()
        .filter(|one| !std::ptr::eq(*one, winner) && !agrees(scales.asks(one), mark))
        .max_by_key(|one| (strength(&one.fact, codes), stamp(one)));
    let why = match beaten {
        Some(beaten) => format!("{mark}: {} {} {}", describe(winner), scales.verb(winner, beaten), describe(beaten)),
        None => format!("{mark}: {}", describe(winner)),
    };
    Settled { mark: Some(mark), why, contradiction, on_site }
}

/// The evidence of one pupil-session, ready to be weighed.
struct Scales<'a> {
    evidence: &'a [Evidence],
    session: Session,
    times: &'a SessionTimes,
    codes: &'a CodeTable,
}

impl<'a> Scales<'a> {
    fn of(&self, wanted: Strength) -> impl Iterator<Item = &'a Evidence> {
        let (evidence, codes) = (self.evidence, self.codes);
        evidence.iter().filter(move |one| strength(&one.fact, codes) == wanted && !is_replaced(one, evidence))
    }

    fn newest(&self, wanted: Strength) -> Option<&'a Evidence> {
        self.of(wanted).max_by_key(|one| stamp(one))
    }

    /// The pupil's first arrival: coming back later in the session changes nothing.
    fn arrival(&self) -> Option<&'a Evidence> {
        self.of(Strength::Gate).min_by_key(|one| (arrival_time(one), stamp(one)))
    }

    /// The newest office amendment, unless it is an N that an arrival logged since has answered.
    fn deciding_office(&self) -> Option<&'a Evidence> {
        let answered = |office: &Evidence| {
            self.asks(office).code == Code::N && self.arrival().is_some_and(|arrival| stamp(arrival) > stamp(office))
        };
        self.newest(Strength::Office).filter(|office| !answered(office))
    }

    /// The report or plan that covers an arrival after close.
    fn cover(&self) -> Option<&'a Evidence> {
        self.newest(Strength::Told).filter(|told| self.covers(told))
    }

    fn covers(&self, one: &Evidence) -> bool {
        let statistic = self.codes.statistic(self.asks(one).code);
        matches!(statistic, Some(Statistic::Authorised | Statistic::NotRequired))
    }

    /// The mark a fact asks for by itself.
    fn asks(&self, one: &Evidence) -> Mark {
        match &one.fact {
            Fact::Tutor(mark) => *mark,
            Fact::Report { code, .. } | Fact::Plan { code, .. } => Mark::plain(*code),
            Fact::Gate { time, .. } => judge(*time, self.session, self.times),
            Fact::Office { mark, .. } if mark.minutes.is_none() && mark.is_late() => {
                // An office L or U without minutes takes those of the arrival it stands for.
                let minutes = self.arrival().and_then(|arrival| self.asks(arrival).minutes);
                Mark { minutes, ..*mark }
            }
            Fact::Office { mark, .. } => *mark,
        }
    }

    fn verb(&self, winner: &Evidence, beaten: &Evidence) -> &'static str {
        let told = strength(&winner.fact, self.codes) == Strength::Told;
        if told && strength(&beaten.fact, self.codes) > Strength::Told { "covers" } else { "beats" }
    }
}

/// The order it was recorded in. Acts are numbered as they are committed; clocks are set back.
fn stamp(one: &Evidence) -> (ActId, NaiveDateTime) {
    (one.act, one.at)
}

fn is_replaced(one: &Evidence, evidence: &[Evidence]) -> bool {
    let is_tutor = |one: &Evidence| matches!(one.fact, Fact::Tutor(_));
    is_tutor(one) && evidence.iter().any(|other| is_tutor(other) && other.who == one.who && stamp(other) > stamp(one))
}

fn arrival_time(one: &Evidence) -> Option<chrono::NaiveTime> {
    match one.fact {
        Fact::Gate { time, .. } => Some(time),
        _ => None,
    }
}

/// Whether a beaten mark says the same as the one that stands; without minutes it does not dispute them.
fn agrees(beaten: Mark, stands: Mark) -> bool {
    beaten.code == stands.code && (beaten.minutes.is_none() || beaten.minutes == stands.minutes)
}

/// A fact in a few words, with its time: "gate 08:57", "tutor N 08:50".
pub fn describe(evidence: &Evidence) -> String {
    let at = evidence.at.format("%H:%M");
    match &evidence.fact {
        Fact::Tutor(mark) => format!("tutor {mark} {at}"),
        Fact::Gate { time, .. } => format!("gate {}", time.format("%H:%M")),
        Fact::Report { code, by, .. } => format!("report {code} by {by}"),
        Fact::Plan { code, words } => format!("plan {code} {words}").trim_end().to_owned(),
        Fact::Office { mark, .. } => format!("office {mark} {at}"),
    }
}
