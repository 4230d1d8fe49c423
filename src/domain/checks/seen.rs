//! Marked or reported absent, and seen in a lesson, on a sweep or coming back.

use super::trail::{Sign, timed};
use super::{Check, Proposed, in_order, is_amended, is_decided, sides};
use crate::domain::arrival::judge;
use crate::domain::code::{Code, OnSite, Statistic};
use crate::domain::day::Day;
use crate::domain::evidence::Fact;
use crate::domain::pupil::Pupil;
use crate::domain::puzzle::Puzzle;
use crate::domain::session::{DayTimes, Session};

/// Absent in the session by its mark, and seen in it all the same. The first time seen says what the mark should be.
pub fn check(day: &Day, pupil: &Pupil, trail: &[Sign<'_>], session: Session, times: &DayTimes) -> Option<Check> {
    let stands = day.mark(pupil.id, session).settled?;
    let codes = &day.roll.codes;
    if codes.on_site(stands.code) == OnSite::Yes {
        return None;
    }
    let signs = trail.iter().filter(|sign| sign.seen && sign.session == session && sign.is_beside_the_register());
    let seen: Vec<&Sign<'_>> = signs.collect();
    let (first, newest) = (seen.first()?, seen.iter().map(|sign| sign.act).max()?);
    let arrived = judge(first.time, session, times.of(session));
    let place = first.place_and_time();
    let (puzzle, evidence, proposed) = if stands.code == Code::N {
        let register = trail.iter().find(|sign| sign.session == session && !sign.is_beside_the_register());
        let reason = format!("N, then seen in {}", first.place());
        (Puzzle::AbsentThenSeen, register.map(|sign| timed(sign, day.date)), Proposed::Amend { mark: arrived, reason })
    } else {
        let told = day.evidence.get(&(pupil.id, session))?.iter().rev();
        let told = told.into_iter().find(|one| matches!(one.fact, Fact::Report { .. } | Fact::Plan { .. }))?;
        let says = super::facts::says(told, day.date);
        let covers = matches!(codes.statistic(stands.code), Some(Statistic::Authorised | Statistic::NotRequired));
        let proposed = if arrived.code == Code::U && covers {
            // Who comes after close keeps the better code (reg 10, Table 1); after an appointment that is as it should be.
            if stands.code == Code::M {
                return None;
            }
            Proposed::Decide { reason: format!("{says}; came later: seen in {place}") }
        } else {
            Proposed::Amend { mark: arrived, reason: format!("{says}, but seen in {place}") }
        };
        (Puzzle::AwayButMarkedHere, Some(super::facts::timed(told, day.date)), proposed)
    };
    if is_amended(day, pupil.id, session, newest) || is_decided(day, pupil.id, session, puzzle, newest) {
        return None;
    }
    let sides = sides(evidence.clone().unwrap_or_default(), timed(first, day.date));
    let evidence = in_order(evidence.into_iter().chain(seen.iter().map(|sign| timed(sign, day.date))).collect());
    Some(Check { pupil: pupil.id, session, puzzle, evidence, sides, proposed })
}
