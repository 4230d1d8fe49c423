//! The lateness queue: everyone who came late today.

use chrono::{NaiveTime, TimeDelta};

use super::code::Code;
use super::day::Day;
use super::evidence::{Fact, Mark};
use super::pupil::PupilId;
use super::session::Session;

/// One late pupil.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Late {
    /// Who.
    pub pupil: PupilId,
    /// Late for which session.
    pub session: Session,
    /// When they came: as logged at the gate, else reckoned from the tutor's minutes.
    pub time: Option<NaiveTime>,
    /// L or U, and the minutes.
    pub mark: Mark,
    /// The reason given.
    pub reason: Option<String>,
    /// Who logged it; `None` when it is the tutor's mark alone.
    pub logged_by: Option<String>,
}

/// Today's lates up to the `current` session, latest arrival first, then by name.
pub fn lates(day: &Day, current: Session) -> Vec<Late> {
    let mut rows: Vec<Late> = Vec::new();
    for session in Session::BOTH.into_iter().filter(|session| *session <= current) {
        for pupil in day.on_roll() {
            let Some(mark) = day.mark(pupil.id, session).settled else { continue };
            if mark.code == Code::L || mark.code == Code::U {
                rows.push(row(day, pupil.id, session, mark));
            }
        }
    }
    rows.sort_by_key(|late| (std::cmp::Reverse((late.session, late.time)), day.roll.place(late.pupil)));
    rows
}

fn row(day: &Day, pupil: PupilId, session: Session, mark: Mark) -> Late {
    let evidence = day.evidence.get(&(pupil, session)).map_or(&[][..], Vec::as_slice);
    let gate = evidence.iter().find_map(|one| match &one.fact {
        Fact::Gate { time, reason } => Some((*time, reason.clone(), one.who.clone())),
        _ => None,
    });
    match gate {
        Some((time, reason, who)) => Late { pupil, session, time: Some(time), mark, reason, logged_by: Some(who) },
        None => {
            let reckoned = day.session_times(session).zip(mark.minutes);
            let time = reckoned.map(|(times, late)| times.opens.overflowing_add_signed(TimeDelta::minutes(late)).0);
            Late { pupil, session, time, mark, reason: None, logged_by: None }
        }
    }
}
