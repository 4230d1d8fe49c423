//! Marked or reported absent, and seen in a lesson, on a sweep or coming back.

use super::{Check, Proposed, Timed, in_order, is_amended, is_decided, sides, timed};
use crate::domain::calendar::session::Session;
use crate::domain::code::{Code, OnSite, Statistic};
use crate::domain::day::Day;
use crate::domain::facts::contradiction::ContradictionKind;
use crate::domain::people::pupil::Pupil;
use crate::domain::timeline::arrival::judge;
use crate::domain::timeline::{Event, Presence, Timeline, What};

/// Absent in the session by its mark, and seen in it all the same. The first time seen says what the mark should be.
pub fn check(day: &Day, pupil: &Pupil, line: &Timeline<'_>, session: Session) -> Option<Check> {
    let stands = day.mark(pupil.id, session).settled?;
    let codes = &day.roll.codes;
    if codes.on_site(stands.code) == OnSite::Yes {
        return None;
    }
    let seen: Vec<&Event<'_>> = line.events().iter().filter(|event| is_beside_the_register(event, session)).collect();
    let (first, newest) = (*seen.first()?, seen.iter().map(|event| event.act).max()?);
    let arrived = judge(first.shown_at(), session, day.hours.of(session));
    let place = first.place_and_time();
    let (contradiction, evidence, proposed): (ContradictionKind, Option<Timed>, Proposed) = if stands.code == Code::N {
        let register = line.claims(session).find(|event| matches!(event.what, What::Register(_)));
        let reason = format!("N, then seen in {}", first.place());
        (
            ContradictionKind::AbsentThenSeen,
            register.map(|event| timed(event, day.date)),
            Proposed::Amend { mark: arrived, reason },
        )
    } else {
        // A departure explains it too, until the pupil is back; a decision or a register may say it alone.
        let report = line.reported_for(session).max_by_key(|event| event.act).or_else(|| line.mark(session).by)?;
        let text = report.clause(day.date);
        let covers = matches!(codes.statistic(stands.code), Some(Statistic::Authorised | Statistic::NotRequired));
        let is_alarm = stands.code.must_not_be_here();
        let proposed = if is_alarm || (arrived.code == Code::U && covers) {
            // A pupil who comes after close keeps the better code (reg 10, Table 1); after an appointment that is as it should be.
            if stands.code == Code::M {
                return None;
            }
            Proposed::Decide { reason: format!("{text}; came later: seen in {place}") }
        } else {
            Proposed::Amend { mark: arrived, reason: format!("{text}, but seen in {place}") }
        };
        let contradiction =
            if is_alarm { ContradictionKind::MustNotBeHere } else { ContradictionKind::AwayButMarkedHere };
        (contradiction, Some(timed(report, day.date)), proposed)
    };
    if is_amended(day, pupil.id, session, newest) || is_decided(day, pupil.id, session, contradiction, newest) {
        return None;
    }
    let sides = sides(evidence.clone().unwrap_or_default(), timed(first, day.date));
    let evidence = in_order(evidence.into_iter().chain(seen.iter().map(|event| timed(event, day.date))).collect());
    Some(Check { pupil: pupil.id, session, contradiction, evidence, sides, proposed })
}

/// Seen in the session by more than a register, the gate or a decision; whoever leaves is there as they leave.
fn is_beside_the_register(event: &Event<'_>, session: Session) -> bool {
    event.session == session
        && match event.what {
            What::Lesson(..) | What::Return(_) | What::Sighting(_) => event.presence == Some(Presence::Seen),
            What::Departure(_) => true,
            What::Register(_) | What::Arrival(_) | What::Answer(_) | What::Reported(..) | What::Decision(..) => false,
        }
}
