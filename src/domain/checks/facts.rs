//! Contradictions within one session: what the timeline finds, and registers that disagree.

use super::{Check, Proposed, in_order, is_amended, is_decided, sides, timed};
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::facts::contradiction::ContradictionKind;
use crate::domain::facts::evidence::{Evidence, Fact, Mark, Who};
use crate::domain::people::pupil::Pupil;
use crate::domain::timeline::{Contradiction, Event, Timeline, What, words};

/// What the timeline finds in a session.
pub fn check(day: &Day, pupil: &Pupil, line: &Timeline<'_>, session: Session) -> Option<Check> {
    let found = line.contradiction(session)?;
    let newest = found.one.act.max(found.other.act);
    let is_there = line.answer(session).is_some_and(|said| said.there);
    let is_confirmed = found.contradiction == ContradictionKind::OnTripButN && is_there;
    if is_confirmed || is_decided(day, pupil.id, session, found.contradiction, newest) {
        return None;
    }
    let reason = reason(day, &found);
    let proposed = match found.best {
        Some(mark) => Proposed::Amend { mark, reason },
        None => Proposed::Decide { reason },
    };
    let mut all: Vec<&Event<'_>> = line.claims(session).collect();
    // Of two at one time the one recorded first.
    all.sort_by_key(|event| event.act);
    let evidence = in_order(all.into_iter().map(|event| timed(event, day.date)).collect());
    let mut both = [found.one, found.other];
    both.sort_by_key(|event| event.act);
    let [first, second] = both.map(|event| timed(event, day.date));
    Some(Check {
        pupil: pupil.id,
        session,
        contradiction: found.contradiction,
        evidence,
        sides: sides(first, second),
        proposed,
    })
}

/// Why the best mark is confirmed, both sides named.
fn reason(day: &Day, found: &Contradiction<'_, '_>) -> String {
    let (one, other) = (found.one.clause(day.date), found.other.clause(day.date));
    match (found.contradiction, found.other.what) {
        (ContradictionKind::InButNotInRoom, What::Register(register)) => {
            format!("{one}; not in the room when the register was taken{}", register.clock())
        }
        (ContradictionKind::OnTripButN, What::Register(register)) => {
            format!("{one}; tutor's {}{}", register.mark, register.clock())
        }
        (ContradictionKind::ContactsDisagree, _) => format!("{one}; {other}: the newest stands"),
        (ContradictionKind::RegistersDisagree, What::Arrival(_)) => format!("{one}; {other}"),
        (ContradictionKind::RegistersDisagree, _) => format!("{one}; {other}: the better mark stands"),
        (ContradictionKind::ArrangementDisputed, _) => format!("{one}; {other} stands"),
        (ContradictionKind::DecidedThenTold, _) => format!("{one}; {other} since"),
        _ => format!("{one}, but {other}"),
    }
}

/// Two registers of one session marked a pupil differently, and nothing stronger has spoken.
pub fn registers(day: &Day, current: Session) -> Vec<Check> {
    let mut found = Vec::new();
    for (id, session, first) in day.displaced.iter().rev().filter(|(_, session, _)| *session <= current) {
        let stands = day.mark(*id, *session);
        let (Some(pupil), Some(tutor), Some(settled)) = (day.roll.pupil(*id), stands.tutor, stands.settled) else {
            continue;
        };
        // Signed by who took the register; one that was taken back says nothing.
        let taken = day.handed_in.of(pupil.group, *session, first.act);
        let Some(taken) = taken.filter(|taken| taken.act != stands.taken) else { continue };
        let first = Evidence { who: Who::Taker(Some(taken.by.clone())), ..first.clone() };
        let all = day.evidence_of(pupil, *session);
        let Some(newest) = all.iter().find(|one| one.act == stands.taken && matches!(one.fact, Fact::Tutor(_))) else {
            continue;
        };
        let Fact::Tutor(before) = first.fact else { continue };
        let goodness = |mark: Mark| day.roll.codes.goodness(mark.code);
        let same = newest.who == first.who || goodness(before) == goodness(tutor);
        let is_moot = settled.code != before.code && settled.code != tutor.code;
        let contradiction = ContradictionKind::RegistersDisagree;
        let done =
            is_amended(day, *id, *session, newest.act) || is_decided(day, *id, *session, contradiction, newest.act);
        if same || is_moot || done || !pupil.on_roll(day.date) {
            continue;
        }
        let best = if goodness(before) > goodness(tutor) { before } else { tutor };
        let (one, other) = (words::clause(&first, day.date), words::clause(newest, day.date));
        let reason = format!("{one}; {other}: the better mark stands");
        let proposed = match best.code == settled.code {
            true => Proposed::Decide { reason },
            false => Proposed::Amend { mark: best, reason },
        };
        // One that still counts beside the newer stands among the evidence too.
        let timed = |one: &Evidence| (words::shown(one, day.date), words::line(one, day.date));
        let others = all.iter().filter(|one| one.act != first.act || !matches!(one.fact, Fact::Tutor(_)));
        let evidence = in_order(std::iter::once(&first).chain(others).map(timed).collect());
        let sides = sides(timed(&first), timed(newest));
        found.push(Check { pupil: *id, session: *session, contradiction, evidence, sides, proposed });
    }
    found
}
