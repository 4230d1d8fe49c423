//! Evidence that cannot be true together.

use super::{OnSite, Scales, Strength, describe, stamp};
use crate::domain::code::{Code, Statistic};
use crate::domain::evidence::Evidence;

/// The gravest contradiction in the evidence, in words. One the office has decided upon since is none any more.
pub(super) fn contradiction(scales: &Scales<'_>, winner: Option<&Evidence>) -> Option<String> {
    let office = scales.newest(Strength::Office);
    let is_decided = |(one, other): &(&Evidence, &Evidence)| {
        office.is_some_and(|office| stamp(office) >= stamp(one) && stamp(office) >= stamp(other))
    };
    let pairs = [told_away(scales, winner), decided_away(scales), on_time_but_missed(scales), late_but_marked(scales)];
    let (one, other) = pairs.into_iter().flatten().find(|pair| !is_decided(pair))?;
    Some(format!("{}, but {}", describe(one), describe(other)))
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

/// Through the gate before the register opened, and not seen by the tutor: in the building, but where?
fn on_time_but_missed<'a>(scales: &Scales<'a>) -> Pair<'a> {
    let arrival = scales.arrival().filter(|arrival| scales.asks(arrival).code == Code::present(scales.session))?;
    Some((arrival, scales.newest(Strength::TutorAbsent)?))
}

/// Through the gate after close, and marked in class before: the U would take a present mark away.
fn late_but_marked<'a>(scales: &Scales<'a>) -> Pair<'a> {
    let marked = scales.newest(Strength::TutorPresent)?;
    let counts = scales.codes.statistic(scales.asks(marked).code) == Some(Statistic::Present);
    let arrival = scales.arrival().filter(|arrival| scales.asks(arrival).code == Code::U)?;
    counts.then_some((marked, arrival))
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
