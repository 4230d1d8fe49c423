//! Why somebody is where the board has them, in few words that can be read out; and when they are due.

use chrono::NaiveTime;

use crate::domain::absence::offsite::{OffSite, OffSiteState, due_by};
use crate::domain::absence::unexplained::{Cause, Unexplained};
use crate::domain::calendar::session::{Session, SessionDate, parse_time};
use crate::domain::day::Day;
use crate::domain::facts::evidence::{Evidence, Fact, Mark, clock};
use crate::domain::people::pupil::Pupil;
use crate::domain::register::register_ref::RegisterRef;
use crate::domain::timeline::{Event, Presence, Timeline, What};

/// What the register has not said, and whose it is.
pub(super) fn of_blank(day: &Day, pupil: &Pupil, session: Session) -> String {
    let Some(group) = pupil.group else { return "in no register".to_owned() };
    let register = RegisterRef::Group(group);
    match day.register(group, session).and_then(|register| register.taken.as_ref()) {
        Some(taken) => format!("left blank by {}", taken.by),
        None => match register.taker(day, session).who {
            Some(who) => format!("register not in: {who}"),
            None => "register not in".to_owned(),
        },
    }
}

/// How far the follow-up has come: "not there; call 09:30; 2 tried".
pub(super) fn of_unexplained(row: &Unexplained) -> String {
    let unaware = row.unaware.then(|| "the parent did not know".to_owned());
    let cause = match row.cause {
        Cause::NoReason => None,
        Cause::NotConfirmed => Some("not confirmed".to_owned()),
        Cause::NotThere => Some("not there".to_owned()),
    };
    let tried = (row.tried > 0).then(|| format!("{} tried", row.tried));
    [cause, unaware, Some(row.standing.describe()), tried].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// With whom a pupil is, and what is confirmed: "Harbour AP, there 09:31".
pub(super) fn of_elsewhere(one: &OffSite, day: &Day, session: Session) -> String {
    let with = &one.with;
    match &one.state {
        OffSiteState::There(said) => format!("{with}, there {}", clock(said.at.time())),
        OffSiteState::NotThere(said) => format!("{with}, NOT there {}", clock(said.at.time())),
        OffSiteState::Waiting => match due_by(day, session) {
            Some(due) => format!("{with}, to be confirmed by {}", clock(due)),
            None => with.clone(),
        },
        OffSiteState::Due | OffSiteState::Over => format!("{with}, not confirmed"),
    }
}

/// Who says why, when, and in which words: "Mrs Khan, mother 08:12: flu".
pub(super) fn of_absence(line: &Timeline<'_>, session: Session, stands: Option<Mark>) -> String {
    let settled = line.mark(session);
    match settled.by.filter(|_| settled.mark == stands).map(|event| event.what) {
        Some(What::Reported(one, _) | What::Decision(one, _)) => told(one),
        Some(What::Register(one)) => match one.taken_by {
            Some(by) => format!("register{}, {by}", one.clock()),
            None => format!("register{}", one.clock()),
        },
        Some(What::Departure(one)) => format!("out {}, {}", clock(one.time), one.reason),
        Some(What::Arrival(_) | What::Lesson(..) | What::Return(_) | What::Sighting(_) | What::Answer(_)) | None => {
            line.why_stands(session, stands)
        }
    }
}

fn told(evidence: &Evidence) -> String {
    let detail = |words: &str| if words.is_empty() { String::new() } else { format!(": {words}") };
    let at = clock(evidence.at.time());
    match &evidence.fact {
        Fact::Report { by, words, .. } => format!("{by} {at}{}", detail(words)),
        Fact::Plan { words, .. } if words.is_empty() => "known before".to_owned(),
        Fact::Plan { words, .. } => words.clone(),
        Fact::Office { reason, .. } => format!("office {at}{}", detail(reason)),
        Fact::Tutor(_) | Fact::Gate { .. } => String::new(),
    }
}

/// When they are expected back: as it was said, else the first session after the reason has ended. `None` where it says no more
/// than today, or the calendar does not reach so far.
pub(super) fn back(day: &Day, told: &Evidence) -> Option<SessionDate> {
    if let Some(date) = day.messages.get(&told.act).and_then(|message| message.back) {
        return Some(SessionDate::new(date, Session::Am));
    }
    let until = told.until;
    let today = |session| SessionDate::new(day.date, session);
    if until == today(Session::Am) && day.sessions().contains(&Session::Pm) {
        return Some(today(Session::Pm));
    }
    if until <= today(Session::Pm) {
        return None;
    }
    if until.session == Session::Am && day.roll.calendar.is_school_day(until.date) {
        return Some(SessionDate::new(until.date, Session::Pm));
    }
    let next = day.roll.calendar.school_days_after(until.date).next()?;
    Some(SessionDate::new(next, Session::Am))
}

/// When somebody is due back, by the words with which they went: "dentist, back 11:30".
pub(super) fn due_back(words: &str) -> Option<NaiveTime> {
    const BEFORE: [&str; 6] = ["back", "due", "until", "till", "by", "return"];
    let mut is_due = false;
    for word in words.split([' ', ',', ';', '(', ')']).filter(|word| !word.is_empty()) {
        let small = word.to_lowercase();
        match parse_time(word) {
            Some(time) if is_due => return Some(time),
            _ if BEFORE.contains(&small.as_str()) => is_due = true,
            // "back at about 11:30".
            _ => is_due = is_due && ["at", "about", "around", "in", "by"].contains(&small.as_str()),
        }
    }
    None
}

/// The time of an appointment of the session that was told of, while nobody has seen the pupil come or go from then on.
pub(super) fn appointment(line: &Timeline<'_>, session: Session) -> Option<NaiveTime> {
    let named = line.reported_for(session).rev().find_map(|event| match event.what {
        What::Reported(Evidence { fact: Fact::Report { time, .. }, .. }, _) => *time,
        What::Reported(..)
        | What::Register(_)
        | What::Arrival(_)
        | What::Lesson(..)
        | What::Departure(_)
        | What::Return(_)
        | What::Sighting(_)
        | What::Answer(_)
        | What::Decision(..) => None,
    })?;
    let moved = |event: &Event<'_>| matches!(event.what, What::Arrival(_) | What::Return(_) | What::Departure(_));
    let is_seen_since =
        line.signs().any(|event| event.at >= named && (moved(event) || event.presence == Some(Presence::Seen)));
    // Whoever went to it and came back before its time has been.
    let has_been = line.signs().any(|event| matches!(event.what, What::Return(_)));
    (!is_seen_since && !has_been).then_some(named)
}
