//! Undo: an act like any other. It appends the reverse, and can itself be undone.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::absence::school_sessions;
use super::chain::Chain;
use super::presence::{self, moment};
use super::{
    Said, Stop, Work, arrival, barring, following, importing, lates, searching, settings, tutor_marks, watching,
};
use crate::domain::act::permission::may_act;
use crate::domain::act::{
    Act, Amend, Bar, ChangeSettings, Confirm, EndSearch, FollowLate, LiftBar, LogArrival, LogMovement, OpenSearch,
    Other, Receipt, Refusal, Sight, TakeLesson, TakeRegister, TakeStep, Unwatch, Watch,
};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::school::roll::Roll;
use crate::store::journal;
use crate::store::tables::{evidence, facts, lesson, mark, search, watch};

/// The act that `asked` stands by now: itself, or the last that did it again. Refused if it is taken back, or never was.
pub fn standing(connection: &Connection, roll: &Roll, asked: ActId) -> Result<ActId, Stop> {
    if journal::signature(connection, asked)?.is_none() {
        return Err(nothing());
    }
    let (last, stands) = journal::last_word(connection, asked)?;
    if stands {
        return Ok(last);
    }
    let signed = journal::signature(connection, last)?.ok_or_else(nothing)?;
    let (at, by) = (roll.school.local(signed.instant).time(), signed.who);
    let says = format!("that was taken back already at {} by {by}", at.format("%H:%M"));
    let at_gate = Some("that was taken back already".to_owned());
    Err(Refusal::DoneAlready { says, at_gate, by, at }.into())
}

fn nothing() -> Stop {
    Refusal::CannotUndo("there is nothing there to take back".to_owned()).into()
}

/// What is no act of an officer: of it an import alone is taken back.
fn undo_other(work: &Work<'_>, chain: Chain) -> Result<Receipt, Stop> {
    let other = journal::other(work.connection, chain.first)?.ok_or_else(nothing)?;
    let says = match &other {
        Other::Import { .. } => return importing::undo(work, chain, &other),
        Other::PinSet { .. } | Other::PinForgotten { .. } => {
            "that is no act that can be taken back: a PIN is put right by another PIN"
        }
        Other::History {} => "that is no act that can be taken back: it made up the years that this school rests on",
    };
    Err(Refusal::CannotUndo(says.to_owned()).into())
}

/// Take back `target`. Refused if somebody has changed since what it changed.
pub fn undo(work: &Work<'_>, target: ActId) -> Result<Receipt, Stop> {
    let chain = Chain::of(work.connection, target)?;
    let Some(deed) = &journal::deed(work.connection, chain.first)? else { return undo_other(work, chain) };
    match deed {
        // Whoever takes a bar back lifts it.
        Act::Bar(Bar { pupil, contact, reason }) if chain.did => {
            let lift = Act::LiftBar(LiftBar { pupil: *pupil, contact: *contact, reason: reason.clone() });
            may_act(work.role, &lift, work.roll)?;
        }
        deed => may_act(work.role, deed, work.roll)?,
    }
    let mut touched: BTreeMap<PupilId, BTreeSet<SessionDate>> = BTreeMap::new();
    for (id, told) in evidence::by_act(work.connection, &work.roll.school, chain.first)? {
        let pupil = work.roll.pupil(id).ok_or(Refusal::Unknown { what: "pupil" })?;
        let sessions = touched.entry(id).or_default();
        for at in mark::sessions_of(work.connection, id, told.from, told.until)? {
            work.unchanged_since(pupil, at, target)?;
            sessions.insert(at);
        }
        sessions.extend(school_sessions(work, told.from, told.until).into_iter().filter(|at| pupil.on_roll(at.date)));
    }
    if chain.did {
        take_back(work, chain, deed)?
    } else {
        do_again(work, chain, deed)?
    }
    let done = if chain.did { "undone" } else { "done again" };
    let what = deed.describe(work.roll);
    let words = format!("{done}: {what}");
    for (pupil, sessions) in &touched {
        work.settle_all(*pupil, sessions, Said::words(&words))?;
    }
    // What was not evidence, but moved where the pupil was: from that moment on; and what an arrival had ended, beyond its day.
    for (pupil, at) in moments(work, deed)? {
        work.settle(pupil, at, Said::words(&words))?;
    }
    let mut says = format!("{what} {done}");
    if let Some(first) = says.get(..1).map(str::to_uppercase) {
        says.replace_range(..1, &first);
    }
    // Whoever may take the deed back may read what it was: of the gate it is the gate's own.
    let receipt = work.receipt_of_gate(says, deed.pupils());
    Ok(Receipt { group: deed.group(), lesson: deed.lesson(), ..receipt })
}

/// Whose timeline the deed moved, and from which session on.
fn moments(work: &Work<'_>, deed: &Act) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
    let at = |date, time| moment(work, date, time);
    Ok(match deed {
        Act::LogArrival(LogArrival { pupil, date, time, .. })
        | Act::LogMovement(LogMovement { pupil, date, time, .. })
        | Act::Sight(Sight { pupil, date, time, .. }) => vec![(*pupil, at(*date, *time))],
        Act::Confirm(Confirm { pupils, at, .. }) => pupils.iter().map(|pupil| (*pupil, *at)).collect(),
        Act::Amend(Amend { pupil, at, .. }) => vec![(*pupil, *at)],
        Act::TakeRegister(TakeRegister { marks, at, .. }) => marks.iter().map(|(pupil, _)| (*pupil, *at)).collect(),
        Act::TakeLesson(TakeLesson { lesson, marks, .. }) => {
            let Some((_, date)) = lesson::class_and_date(work.connection, *lesson)? else { return Ok(Vec::new()) };
            let morning = SessionDate::new(date, Session::Am);
            marks.iter().map(|(pupil, _)| (*pupil, morning)).collect()
        }
        Act::EndSearch(EndSearch { search, pupil, .. }) => {
            let date = search::date_of(work.connection, *search)?;
            date.map(|date| (*pupil, SessionDate::new(date, Session::Am))).into_iter().collect()
        }
        Act::FollowLate(_)
        | Act::ReportAbsence(_)
        | Act::LogCall(_)
        | Act::Bar(_)
        | Act::LiftBar(_)
        | Act::LogPromise(_)
        | Act::TakeStep(_)
        | Act::SettleAged(_)
        | Act::Decide(_)
        | Act::Chase(_)
        | Act::Snooze(_)
        | Act::Cover(_)
        | Act::ChaseLesson(_)
        | Act::OpenSearch(_)
        | Act::NoteSearch(_)
        | Act::Watch(_)
        | Act::Unwatch(_)
        | Act::ChangeSettings(_)
        | Act::Undo(_) => Vec::new(),
    })
}

/// Withdraw what the deed recorded.
fn take_back(work: &Work<'_>, chain: Chain, deed: &Act) -> Result<(), Stop> {
    match deed {
        Act::TakeRegister(TakeRegister { group, at, marks, .. }) => {
            // Before the marks are weighed: what is no longer handed in counts beside nothing.
            facts::withdraw(work.connection, chain.first, work.act)?;
            give_back(work, chain, *group, *at, marks)?;
        }
        Act::TakeLesson(_) => lesson::take_back(work.connection, chain.first, work.act, false)?,
        Act::Watch(Watch { pupil, .. }) => {
            if watch::withdraw(work.connection, chain.first, work.act)? == 0 {
                return Err(watching::not_watched(work, *pupil));
            }
            // What it took the place of stands again.
            watch::restore(work.connection, chain.first)?;
        }
        Act::ChangeSettings(ChangeSettings { from, to }) => settings::put_back(work, from, to)?,
        Act::Unwatch(Unwatch { pupil }) => {
            watching::not_yet_watched(work, *pupil)?;
            watch::restore(work.connection, chain.target)?;
        }
        Act::Bar(Bar { pupil, contact, .. }) => {
            barring::not_lifted_since(work, *pupil, *contact, chain.target)?;
            barring::lift_all(work, *pupil, *contact)?;
        }
        Act::LiftBar(LiftBar { pupil, contact, .. }) => {
            barring::not_yet_barred(work, *pupil, *contact)?;
            barring::restore(work, chain.target)?;
        }
        deed => {
            match deed {
                Act::LogMovement(LogMovement { pupil, date, .. }) => {
                    presence::is_last(work, *pupil, *date, chain.first)?
                }
                // Looked for again: of two searches for one pupil nobody would know which.
                Act::EndSearch(EndSearch { search, pupil, .. }) => {
                    let date = search::date_of(work.connection, *search)?.unwrap_or(work.today());
                    searching::none_open(work, *pupil, date)?;
                }
                _ => {}
            }
            evidence::withdraw(work.connection, chain.first, work.act)?;
            facts::withdraw(work.connection, chain.first, work.act)?;
        }
    }
    Ok(())
}

/// Let stand again what the undo at hand withdrew.
fn do_again(work: &Work<'_>, chain: Chain, deed: &Act) -> Result<(), Stop> {
    match deed {
        Act::TakeRegister(TakeRegister { group, at, marks, .. }) => {
            facts::restore(work.connection, chain.first, chain.target)?;
            give_back(work, chain, *group, *at, marks)?;
        }
        Act::TakeLesson(_) => lesson::take_back(work.connection, chain.first, chain.target, true)?,
        Act::Watch(Watch { pupil, instead, .. }) => {
            match instead {
                Some(instead) => watching::replace(work, *pupil, *instead, chain.first)?,
                None => watching::not_yet_watched(work, *pupil)?,
            }
            watch::restore(work.connection, chain.target)?;
        }
        Act::ChangeSettings(ChangeSettings { from, to }) => settings::put_back(work, to, from)?,
        Act::Unwatch(Unwatch { pupil }) => {
            if watch::drop_pupil(work.connection, *pupil, work.act)? == 0 {
                return Err(watching::not_watched(work, *pupil));
            }
        }
        Act::Bar(Bar { pupil, contact, .. }) => {
            barring::not_yet_barred(work, *pupil, *contact)?;
            barring::restore(work, chain.target)?;
        }
        Act::LiftBar(LiftBar { pupil, contact, .. }) => {
            barring::not_lifted_since(work, *pupil, *contact, chain.target)?;
            barring::lift_all(work, *pupil, *contact)?;
        }
        deed => {
            match deed {
                Act::LogArrival(LogArrival { pupil, date, time, .. }) => {
                    let session = work.times(*date)?.arriving(*time);
                    arrival::not_yet_in(work, *pupil, SessionDate::new(*date, session))?;
                }
                Act::LogMovement(LogMovement { pupil, date, time, way, .. }) => {
                    presence::may_go(work, *pupil, *date, *time, *way)?
                }
                Act::OpenSearch(OpenSearch { pupil, date, .. }) => searching::none_open(work, *pupil, *date)?,
                Act::EndSearch(EndSearch { search, pupil, .. }) => drop(searching::going_on(work, *search, *pupil)?),
                Act::FollowLate(FollowLate { pupils, at, step, .. }) => lates::may_follow(work, pupils, *at, *step)?,
                Act::TakeStep(TakeStep { pupils, at, step, .. }) => following::not_yet_taken(work, pupils, *at, step)?,
                _ => {}
            }
            evidence::restore(work.connection, chain.target)?;
            facts::restore(work.connection, chain.first, chain.target)?;
        }
    }
    Ok(())
}

/// Give back the tutors' marks that a register displaced.
fn give_back(
    work: &Work<'_>,
    chain: Chain,
    group: GroupId,
    at: SessionDate,
    marks: &[(PupilId, Mark)],
) -> Result<(), Stop> {
    let brought = marks.iter().map(|(pupil, _)| (at, *pupil));
    tutor_marks::give_back(work, chain, brought, Said::default(), |_, _| {
        let group = work.roll.group(group).map_or("this group", |group| group.name.as_str());
        format!("a register of {group} was handed in or taken back since: take that back first")
    })
}
