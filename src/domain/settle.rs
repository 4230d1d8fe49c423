//! The one rule that settles the statutory mark of a pupil-session from its evidence, and explains itself.

use super::arrival::judge;
use super::code::{Code, CodeTable, OnSite, Statistic};
use super::evidence::{Evidence, Fact, Mark};
use super::session::{Session, SessionTimes};

/// What the evidence of one pupil-session comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settled {
    /// The mark; `None` is a blank, which is neither N nor absent.
    pub mark: Option<Mark>,
    /// Why, in words: "L 17 min: gate 08:57 beats tutor N 08:50".
    pub why: String,
    /// Evidence that cannot be true together with the mark, in words.
    pub contradiction: Option<String>,
    /// Whether the pupil is in the building. Someone seen arriving is, whatever the code.
    pub on_site: OnSite,
}

/// How strong a fact is. A stronger fact decides whatever weaker ones say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Strength {
    /// The tutor marked the pupil absent.
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
pub fn strength(fact: &Fact, codes: &CodeTable) -> Strength {
    match fact {
        Fact::Office { .. } => Strength::Office,
        Fact::Gate { .. } => Strength::Gate,
        Fact::Report { .. } | Fact::Plan { .. } => Strength::Told,
        Fact::Tutor(mark) if codes.statistic(mark.code) == Some(Statistic::Present) => Strength::TutorPresent,
        Fact::Tutor(_) => Strength::TutorAbsent,
    }
}

/// Settle `evidence`, in any order, for a session.
///
/// Strongest first: office amendment (newest) > gate arrival (L before close, U after, unless a code that is authorised or not
/// required covers the arrival) > tutor present > report or plan (newest) > tutor absent > blank. Monotone: adding a fact
/// weaker than the one that decided never changes the mark.
pub fn settle(evidence: &[Evidence], session: Session, times: &SessionTimes, codes: &CodeTable) -> Settled {
    let of = |wanted: Strength| evidence.iter().filter(move |one| strength(&one.fact, codes) == wanted);
    let newest = |wanted| of(wanted).max_by_key(|one| (one.at, one.act));
    let gate = of(Strength::Gate).min_by_key(|one| arrival_time(one));
    let told = newest(Strength::Told);
    let arrived = gate.and_then(arrival_time).map(|time| judge(time, session, times));

    let decided = if let Some(office) = newest(Strength::Office) {
        Some((office, office_mark(office, arrived)))
    } else if let (Some(gate), Some(mark)) = (gate, arrived) {
        match told.filter(|told| mark.code == Code::U && covers(told, codes)) {
            Some(told) => Some((told, mark_of(told))),
            None => Some((gate, Some(mark))),
        }
    } else {
        [Strength::TutorPresent, Strength::Told, Strength::TutorAbsent]
            .into_iter()
            .find_map(newest)
            .map(|one| (one, mark_of(one)))
    };

    let on_site = match (gate, decided.and_then(|(_, mark)| mark)) {
        (Some(_), _) => OnSite::Yes,
        (None, Some(mark)) => codes.on_site(mark.code),
        (None, None) => OnSite::Unknown,
    };
    let Some((winner, mark)) = decided else {
        return Settled { mark: None, why: "no mark yet".to_owned(), contradiction: None, on_site };
    };
    let beaten = evidence
        .iter()
        .filter(|one| !std::ptr::eq(*one, winner) && mark_of(one) != mark)
        .max_by_key(|one| (strength(&one.fact, codes), one.at, one.act));
    let shown = mark.map_or_else(|| "blank".to_owned(), |mark| mark.to_string());
    let why = match beaten {
        Some(beaten) => format!("{shown}: {} {} {}", describe(winner), verb(winner, beaten, codes), describe(beaten)),
        None => format!("{shown}: {}", describe(winner)),
    };
    let seen = newest(Strength::TutorPresent).or(gate);
    let contradiction = match (seen, told) {
        (Some(seen), Some(told)) if away(told, codes) && !covers_arrival(winner, told) => {
            Some(format!("{}, but {}", describe(told), describe(seen)))
        }
        _ => None,
    };
    Settled { mark, why, contradiction, on_site }
}

fn arrival_time(evidence: &Evidence) -> Option<chrono::NaiveTime> {
    match evidence.fact {
        Fact::Gate { time, .. } => Some(time),
        _ => None,
    }
}

/// The mark a fact asks for by itself; a gate arrival asks for nothing until it is judged.
fn mark_of(evidence: &Evidence) -> Option<Mark> {
    match &evidence.fact {
        Fact::Tutor(mark) | Fact::Office { mark, .. } => Some(*mark),
        Fact::Report { code, .. } | Fact::Plan { code, .. } => Some(Mark::plain(*code)),
        Fact::Gate { .. } => None,
    }
}

/// An office L or U without minutes takes those of the arrival it stands for.
fn office_mark(office: &Evidence, arrived: Option<Mark>) -> Option<Mark> {
    let mut mark = mark_of(office)?;
    if mark.minutes.is_none() && (mark.code == Code::L || mark.code == Code::U) {
        mark.minutes = arrived.and_then(|arrived| arrived.minutes);
    }
    Some(mark)
}

/// Whether what the school was told covers an arrival after close: U is for arrivals no better code fits (domain 2.3).
fn covers(told: &Evidence, codes: &CodeTable) -> bool {
    let statistic = mark_of(told).and_then(|mark| codes.statistic(mark.code));
    matches!(statistic, Some(Statistic::Authorised | Statistic::NotRequired))
}

fn covers_arrival(winner: &Evidence, told: &Evidence) -> bool {
    std::ptr::eq(winner, told)
}

/// Whether what the school was told puts the pupil elsewhere.
fn away(told: &Evidence, codes: &CodeTable) -> bool {
    mark_of(told).is_some_and(|mark| codes.on_site(mark.code) == OnSite::No)
}

fn verb(winner: &Evidence, beaten: &Evidence, codes: &CodeTable) -> &'static str {
    if strength(&winner.fact, codes) < strength(&beaten.fact, codes) { "covers" } else { "beats" }
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
