//! The unexplained, each under one heading by the progress of the follow-up.

use chrono::NaiveTime;

use super::{About, Item};
use crate::domain::absence::offsite::{OffSiteState, is_off_site, off_site};
use crate::domain::absence::unexplained::{Standing, Unexplained, unexplained};
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::facts::evidence::or_blank;
use crate::domain::people::contact::{Call, CallOutcome};
use crate::domain::school::ladder::{Due, StepTaken};
use crate::report::lists::{caller, escalations, last_search};

/// Everybody unexplained, in the order they are followed up, each with the heading they belong under.
pub(super) fn items(day: &Day, current: Session, now: NaiveTime) -> Vec<(About, Item)> {
    unexplained(day, current, now).iter().map(|row| (heading(day, row), item(day, row, now))).collect()
}

fn heading(day: &Day, row: &Unexplained) -> About {
    let last = day.calls_about(row.pupil).last();
    let spoken = |call: &Call| matches!(call.outcome, CallOutcome::Aware | CallOutcome::Refused);
    let spoke = day.calls_about(row.pupil).any(spoken);
    if escalations(day, row.pupil).next().is_some() || last_search(day, row.pupil).is_some() {
        return About::Escalated;
    }
    match last {
        _ if row.unaware => About::Unaware,
        _ if matches!(row.standing, Standing::ReasonWanted { .. }) => About::InByNow,
        _ if row.call_back.is_some() => About::Promised,
        _ if matches!(row.standing, Standing::OnTheWay { .. }) => About::Spoken,
        None => About::NotTried,
        Some(call) if call.outcome == CallOutcome::CallBack => About::Promised,
        Some(_) if spoke => About::Spoken,
        Some(_) => About::Tried,
    }
}

fn item(day: &Day, row: &Unexplained, now: NaiveTime) -> Item {
    let mark = or_blank(day.mark(row.pupil, row.at.session).settled);
    let mut parts = vec![format!("{} {mark}", row.at.session)];
    parts.extend(away(day, row, now));
    if row.day > 1 {
        parts.push(format!("day {}", row.day));
    }
    if row.unaware {
        parts.push("the parent did not know".to_owned());
    }
    let last = day.calls_about(row.pupil).last();
    parts.push(match last {
        Some(call) => tried(day, row.tried, call),
        None => "not called yet".to_owned(),
    });
    // A promise of the last call, or one that was told since.
    let promise = day.promises.iter().rfind(|one| one.pupil == row.pupil);
    let promise = promise.filter(|promise| last.is_none_or(|call| call.act < promise.act) && row.promised);
    parts.extend(match promise {
        Some(promise) => Some(format!("{} {} ({})", promise.at.format("%H:%M"), promise.describe(), promise.who)),
        None => row.call_back.map(|at| {
            let by = last.map_or("", |call| call.who.as_str());
            format!("ring back at {}, promised by {by}", at.format("%H:%M"))
        }),
    });
    let steps: Vec<&StepTaken> = escalations(day, row.pupil).collect();
    parts.extend(steps.iter().map(|one| took(one)));
    let search = last_search(day, row.pupil);
    parts.extend(search.map(|search| {
        let how = match &search.ended {
            Some(end) if end.is_elsewhere() => format!("{} {} by {}", end.how(), end.at.format("%H:%M"), end.who),
            Some(end) => format!("search {} {} by {}", end.outcome.as_str(), end.at.format("%H:%M"), end.who),
            None => format!("search open since {} by {}", search.opened.format("%H:%M"), search.who),
        };
        format!("{how}: {}", search.last_word())
    }));
    parts.extend(next(row));
    let item = Item::of(day, row.pupil, &parts.join("; "));
    let called = last.map(|call| (call.at, &call.who)).into_iter();
    let moves = called.chain(promise.map(|one| (one.at, &one.who))).chain(steps.iter().map(|one| (one.at, &one.who)));
    let searched = search.map(|one| one.ended.as_ref().map_or((one.opened, &one.who), |end| (end.at, &end.who)));
    match moves.chain(searched).max_by_key(|(at, _)| *at) {
        Some((at, who)) => item.moved(at.time(), who),
        None => item,
    }
}

/// What is due next; a promised call is already in the text.
fn next(row: &Unexplained) -> Option<String> {
    let step = |due: &Due| {
        let at = due.at.format("%H:%M");
        if due.minutes_left < 0 { format!("{} overdue since {at}", due.step) } else { format!("{} by {at}", due.step) }
    };
    match &row.standing {
        Standing::Due(due) if row.call_back == Some(due.at) && due.minutes_left >= 0 => None,
        Standing::Due(due) => Some(step(due)),
        Standing::OnTheWay { due, .. } if due.minutes_left < 0 => {
            Some(format!("not here at {}", due.at.format("%H:%M")))
        }
        Standing::OnTheWay { .. } => None,
        Standing::LeftUnexplained { due: Some(due), .. } => Some(format!("{}; {}", row.standing.describe(), step(due))),
        // The session and its mark stand before it.
        Standing::ReasonWanted { .. } => Some("in by now, reason wanted".to_owned()),
        Standing::LeftUnexplained { due: None, .. }
        | Standing::NobodyReached { .. }
        | Standing::Later { .. }
        | Standing::AllDone => Some(row.standing.describe()),
    }
}

/// The provider of a pupil who is not there or not confirmed.
fn away(day: &Day, row: &Unexplained, now: NaiveTime) -> Option<String> {
    day.mark(row.pupil, row.at.session).settled.filter(|mark| is_off_site(day, mark.code))?;
    let one = off_site(day, row.at.session, now).into_iter().find(|one| one.pupil == row.pupil)?;
    let how = match one.state {
        OffSiteState::NotThere(confirmation) => {
            format!("not there, said {} {}", confirmation.said_by, confirmation.at.format("%H:%M"))
        }
        OffSiteState::Due => "not confirmed".to_owned(),
        OffSiteState::Waiting | OffSiteState::Over | OffSiteState::There(_) => return None,
    };
    Some(format!("{}: {how}", one.with))
}

/// "2 tried, last 09:31 Mrs Khan, mother: no answer (S Marsh)".
fn tried(day: &Day, tried: usize, call: &Call) -> String {
    let note = if call.note.is_empty() { String::new() } else { format!(", {}", call.note) };
    let whom = caller(day, call);
    let (at, text) = (call.at.format("%H:%M"), call.outcome.describe());
    format!("{tried} tried, last {at} {whom}: {text}{note} ({})", call.who)
}

/// "tell DSL 10:02 by S Marsh: rang Mrs Hall".
pub(super) fn took(step: &StepTaken) -> String {
    let words = if step.words.is_empty() { String::new() } else { format!(": {}", step.words) };
    format!("{} {} by {}{words}", step.step, step.at.format("%H:%M"), step.who)
}
