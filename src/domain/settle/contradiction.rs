//! Evidence that cannot be true together.

use std::fmt;

use super::{OnSite, Scales, Strength, arrival_time, describe, stamp};
use crate::domain::code::{Code, Statistic};
use crate::domain::evidence::{Evidence, Fact, Mark};
use crate::domain::puzzle::Puzzle;

/// Two facts that cannot be true together, and what would decide between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contradiction {
    /// Which kind.
    pub puzzle: Puzzle,
    /// What was said, or stood, first.
    pub one: Evidence,
    /// What contradicts it.
    pub other: Evidence,
    /// The mark to confirm, if the office is of the rule's mind.
    pub best: Mark,
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, but {}", describe(&self.one), describe(&self.other))
    }
}

/// The gravest contradiction in the evidence. One the office has decided upon since is none any more.
pub(super) fn contradiction(scales: &Scales<'_>, winner: Option<&Evidence>) -> Option<Contradiction> {
    let office = scales.newest(Strength::Office);
    let is_decided = |(one, other): (&Evidence, &Evidence)| {
        office.is_some_and(|office| stamp(office) >= stamp(one) && stamp(office) >= stamp(other))
    };
    let pairs = [
        (Puzzle::AwayButMarkedHere, told_away(scales, winner)),
        (Puzzle::AwayButMarkedHere, decided_away(scales)),
        (Puzzle::InButNotInRoom, in_but_missed(scales)),
        (Puzzle::RegistersDisagree, late_but_marked(scales)),
        (Puzzle::OnTripButN, listed_but_missed(scales, winner)),
        (Puzzle::ContactsDisagree, told_twice(scales, winner)),
    ];
    let found = pairs.into_iter().filter_map(|(puzzle, pair)| Some((puzzle, pair?)));
    let (puzzle, (one, other)) = found.into_iter().find(|(_, pair)| !is_decided(*pair))?;
    let best = match puzzle {
        // Where somebody was seen, the mark of whoever saw them; unless the rule has found a better one already.
        Puzzle::AwayButMarkedHere => scales.asks(winner.filter(|winner| is_in(scales, winner)).unwrap_or(other)),
        Puzzle::ContactsDisagree => scales.asks(other),
        _ => scales.asks(one),
    };
    Some(Contradiction { puzzle, one: one.clone(), other: other.clone(), best })
}

type Pair<'a> = Option<(&'a Evidence, &'a Evidence)>;

/// Reported or planned elsewhere, and seen: unless that is what covers the arrival.
fn told_away<'a>(scales: &Scales<'a>, winner: Option<&Evidence>) -> Pair<'a> {
    let told = scales.newest(Strength::Told).filter(|told| is_away(scales, told))?;
    if winner.is_some_and(|winner| std::ptr::eq(winner, told)) {
        return None;
    }
    let office = scales.newest(Strength::Office).filter(|office| is_in(scales, office));
    Some((told, seen(scales).or(office)?))
}

/// Amended to an absence by the office, and seen since: unless the arrival is after close and the absence covers it.
fn decided_away<'a>(scales: &Scales<'a>) -> Pair<'a> {
    let office = scales.deciding_office().filter(|office| !is_in(scales, office))?;
    let seen = seen(scales).filter(|seen| stamp(seen) > stamp(office))?;
    let covered = scales.asks(seen).code == Code::U && scales.covers(office);
    (!covered).then_some((office, seen))
}

/// Through the gate before the register opened, or logged there before it was taken, and not seen by the tutor: in the building,
/// but where?
fn in_but_missed<'a>(scales: &Scales<'a>) -> Pair<'a> {
    let missed = scales.newest(Strength::TutorAbsent)?;
    let arrival = scales.arrival()?;
    let was_in_time = scales.asks(arrival).code == Code::present(scales.session);
    let was_logged = stamp(arrival) < stamp(missed) && arrival_time(arrival) < Some(missed.at.time());
    (was_in_time || was_logged).then_some((arrival, missed))
}

/// Through the gate after close, and marked in class before: the U would take a present mark away.
fn late_but_marked<'a>(scales: &Scales<'a>) -> Pair<'a> {
    let marked = scales.newest(Strength::TutorPresent)?;
    let counts = scales.codes.statistic(scales.asks(marked).code) == Some(Statistic::Present);
    let arrival = scales.arrival().filter(|arrival| scales.asks(arrival).code == Code::U)?;
    counts.then_some((marked, arrival))
}

/// On the list of a trip or another activity elsewhere, and missed by the tutor who did not know.
fn listed_but_missed<'a>(scales: &Scales<'a>, winner: Option<&Evidence>) -> Pair<'a> {
    let listed =
        scales.newest(Strength::Told).filter(|told| winner.is_some_and(|winner| std::ptr::eq(winner, *told)))?;
    let statistic = |one: &Evidence| scales.codes.statistic(scales.asks(one).code);
    let missed = scales.newest(Strength::TutorAbsent).filter(|one| statistic(one) == Some(Statistic::Unauthorised))?;
    (statistic(listed) == Some(Statistic::Activity)).then_some((listed, missed))
}

/// Two people told the school different things, and nobody has seen the pupil.
fn told_twice<'a>(scales: &Scales<'a>, winner: Option<&Evidence>) -> Pair<'a> {
    let newest =
        scales.newest(Strength::Told).filter(|told| winner.is_some_and(|winner| std::ptr::eq(winner, *told)))?;
    let by = |one: &Evidence| match &one.fact {
        Fact::Report { by, .. } => Some(by.clone()),
        _ => None,
    };
    let who = by(newest)?;
    let others = scales.of(Strength::Told).filter(|one| by(one).is_some_and(|by| by != who));
    let other = others.max_by_key(|one| stamp(one)).filter(|one| scales.asks(one).code != scales.asks(newest).code)?;
    Some((other, newest))
}

fn seen<'a>(scales: &Scales<'a>) -> Option<&'a Evidence> {
    scales.newest(Strength::TutorPresent).or_else(|| scales.arrival())
}

fn is_in(scales: &Scales<'_>, one: &Evidence) -> bool {
    scales.codes.on_site(scales.asks(one).code) == OnSite::Yes
}

fn is_away(scales: &Scales<'_>, one: &Evidence) -> bool {
    scales.codes.on_site(scales.asks(one).code) == OnSite::No
}
