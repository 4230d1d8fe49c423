//! Undo: an act like any other. It appends the reverse, and can itself be undone.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::domain::act::{Act, ActId, Receipt, Refusal};
use crate::domain::evidence::{Fact, Mark};
use crate::domain::permission::may_act;
use crate::domain::pupil::{GroupId, PupilId};
use crate::domain::roll::Roll;
use crate::domain::session::{Session, SessionDate};

use super::super::{evidence, facts, journal, lesson, mark, search, watch};
use super::absence::school_sessions;
use super::presence::moment;
use super::registers::put_tutor;
use super::{Said, Stop, Work, arrival, barring, following, lates, presence, searching, settings, watching};

/// What an undo comes down to, however many undos it undoes.
struct Chain {
    /// The act being undone.
    target: ActId,
    /// The deed at the bottom, and its number.
    first: ActId,
    deed: Act,
    /// The act being undone did the deed, or did it again.
    did: bool,
}

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

fn no_act() -> Stop {
    let says = "that is no act that can be taken back: what a file brought in is put right by another file, and a PIN by another PIN";
    Refusal::CannotUndo(says.to_owned()).into()
}

/// Take back `target`. Refused if somebody has changed since what it changed.
pub fn undo(work: &Work<'_>, target: ActId) -> Result<Receipt, Stop> {
    let chain = chain(work, target)?;
    match &chain.deed {
        // Whoever takes a bar back lifts it.
        Act::Bar { pupil, contact, reason } if chain.did => {
            let lift = Act::LiftBar { pupil: *pupil, contact: *contact, reason: reason.clone() };
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
        take_back(work, &chain)?
    } else {
        do_again(work, &chain)?
    }
    let done = if chain.did { "undone" } else { "done again" };
    let what = chain.deed.describe(work.roll);
    let words = format!("{done}: {what}");
    for (pupil, sessions) in &touched {
        work.settle_all(*pupil, sessions, Said::words(&words))?;
    }
    // What was not evidence, but moved where the pupil was: from that moment on; and what an arrival had ended, beyond its day.
    for (pupil, at) in moments(work, &chain)? {
        work.settle(pupil, at, Said::words(&words))?;
    }
    let mut says = format!("{what} {done}");
    if let Some(first) = says.get(..1).map(str::to_uppercase) {
        says.replace_range(..1, &first);
    }
    // Whoever may take the deed back may read what it was: of the gate it is the gate's own.
    let receipt = work.receipt_of_gate(says, chain.deed.pupils());
    Ok(Receipt { group: chain.deed.group(), lesson: chain.deed.lesson(), ..receipt })
}

/// Whose timeline the deed moved, and from which session on.
fn moments(work: &Work<'_>, chain: &Chain) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
    let at = |date, time| moment(work, date, time);
    Ok(match &chain.deed {
        Act::LogArrival { pupil, date, time, .. }
        | Act::Move { pupil, date, time, .. }
        | Act::Sight { pupil, date, time, .. } => vec![(*pupil, at(*date, *time))],
        Act::Confirm { pupils, at, .. } => pupils.iter().map(|pupil| (*pupil, *at)).collect(),
        Act::Amend { pupil, at, .. } => vec![(*pupil, *at)],
        Act::TakeRegister { marks, at, .. } => marks.iter().map(|(pupil, _)| (*pupil, *at)).collect(),
        Act::TakeLesson { lesson, marks, .. } => {
            let Some((_, date)) = lesson::class_and_date(work.connection, *lesson)? else { return Ok(Vec::new()) };
            let morning = SessionDate::new(date, Session::Am);
            marks.iter().map(|(pupil, _)| (*pupil, morning)).collect()
        }
        Act::EndSearch { search, pupil, .. } => {
            let date = search::date_of(work.connection, *search)?;
            date.map(|date| (*pupil, SessionDate::new(date, Session::Am))).into_iter().collect()
        }
        Act::FollowLate { .. }
        | Act::ReportAbsence { .. }
        | Act::LogCall { .. }
        | Act::Bar { .. }
        | Act::LiftBar { .. }
        | Act::LogPromise { .. }
        | Act::TakeStep { .. }
        | Act::SettleAged { .. }
        | Act::Decide { .. }
        | Act::Chase { .. }
        | Act::Snooze { .. }
        | Act::Cover { .. }
        | Act::ChaseLesson { .. }
        | Act::OpenSearch { .. }
        | Act::NoteSearch { .. }
        | Act::Watch { .. }
        | Act::Unwatch { .. }
        | Act::ChangeSettings { .. }
        | Act::Undo { .. } => Vec::new(),
    })
}

fn chain(work: &Work<'_>, target: ActId) -> Result<Chain, Stop> {
    let (mut first, mut did) = (target, true);
    while let Some(undone) = journal::undoes(work.connection, first)? {
        (first, did) = (undone, !did);
    }
    let deed = journal::deed(work.connection, first)?.ok_or_else(no_act)?;
    Ok(Chain { target, first, deed, did })
}

/// Withdraw what the deed recorded.
fn take_back(work: &Work<'_>, chain: &Chain) -> Result<(), Stop> {
    match &chain.deed {
        Act::TakeRegister { group, at, marks, .. } => {
            // Before the marks are weighed: what is no longer handed in counts beside nothing.
            facts::withdraw(work.connection, chain.first, work.act)?;
            give_back(work, chain, *group, *at, marks)?;
        }
        Act::TakeLesson { .. } => lesson::take_back(work.connection, chain.first, work.act, false)?,
        Act::Watch { pupil, .. } => {
            if watch::withdraw(work.connection, chain.first, work.act)? == 0 {
                return Err(watching::not_watched(work, *pupil));
            }
            // What it took the place of stands again.
            watch::restore(work.connection, chain.first)?;
        }
        Act::ChangeSettings { from, to } => settings::put_back(work, from, to)?,
        Act::Unwatch { pupil } => {
            watching::not_yet_watched(work, *pupil)?;
            watch::restore(work.connection, chain.target)?;
        }
        Act::Bar { pupil, contact, .. } => {
            barring::not_lifted_since(work, *pupil, *contact, chain.target)?;
            barring::lift_all(work, *pupil, *contact)?;
        }
        Act::LiftBar { pupil, contact, .. } => {
            barring::not_yet_barred(work, *pupil, *contact)?;
            barring::restore(work, chain.target)?;
        }
        deed => {
            match deed {
                Act::Move { pupil, date, .. } => presence::is_last(work, *pupil, *date, chain.first)?,
                // Looked for again: of two searches for one pupil nobody would know which.
                Act::EndSearch { search, pupil, .. } => {
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
fn do_again(work: &Work<'_>, chain: &Chain) -> Result<(), Stop> {
    match &chain.deed {
        Act::TakeRegister { group, at, marks, .. } => {
            facts::restore(work.connection, chain.first, chain.target)?;
            give_back(work, chain, *group, *at, marks)?;
        }
        Act::TakeLesson { .. } => lesson::take_back(work.connection, chain.first, chain.target, true)?,
        Act::Watch { pupil, instead, .. } => {
            match instead {
                Some(instead) => watching::replace(work, *pupil, *instead, chain.first)?,
                None => watching::not_yet_watched(work, *pupil)?,
            }
            watch::restore(work.connection, chain.target)?;
        }
        Act::ChangeSettings { from, to } => settings::put_back(work, to, from)?,
        Act::Unwatch { pupil } => {
            if watch::drop_pupil(work.connection, *pupil, work.act)? == 0 {
                return Err(watching::not_watched(work, *pupil));
            }
        }
        Act::Bar { pupil, contact, .. } => {
            barring::not_yet_barred(work, *pupil, *contact)?;
            barring::restore(work, chain.target)?;
        }
        Act::LiftBar { pupil, contact, .. } => {
            barring::not_lifted_since(work, *pupil, *contact, chain.target)?;
            barring::lift_all(work, *pupil, *contact)?;
        }
        deed => {
            match deed {
                Act::LogArrival { pupil, date, time, .. } => {
                    let session = work.times(*date)?.arriving(*time);
                    arrival::not_yet_in(work, *pupil, SessionDate::new(*date, session))?;
                }
                Act::Move { pupil, date, time, way, .. } => presence::may_go(work, *pupil, *date, *time, *way)?,
                Act::OpenSearch { pupil, date, .. } => searching::none_open(work, *pupil, *date)?,
                Act::EndSearch { search, pupil, .. } => drop(searching::going_on(work, *search, *pupil)?),
                Act::FollowLate { pupils, at, step, .. } => lates::may_follow(work, pupils, *at, *step)?,
                Act::TakeStep { pupils, at, step, .. } => following::not_yet_taken(work, pupils, *at, step)?,
                _ => {}
            }
            evidence::restore(work.connection, chain.target)?;
            facts::restore(work.connection, chain.first, chain.target)?;
        }
    }
    Ok(())
}

/// Give back the tutor's marks that the act being undone displaced. Registers are undone newest first: where another has spoken
/// for one of these pupils since, it is refused.
fn give_back(
    work: &Work<'_>,
    chain: &Chain,
    group: GroupId,
    at: SessionDate,
    marks: &[(PupilId, Mark)],
) -> Result<(), Stop> {
    let left = match journal::undoes(work.connection, chain.target)? {
        Some(undone) if !chain.did => displaced(work, undone)?,
        _ => marks.iter().map(|(pupil, mark)| (*pupil, *mark, chain.first)).collect(),
    };
    let before = displaced(work, chain.target)?;
    let of = |all: &[Displaced], pupil| all.iter().find(|one| one.0 == pupil).map(|one| (one.1, one.2));
    for (pupil, _) in marks {
        let now = mark::standing(work.connection, at, *pupil)?.tutor;
        if now.map(|now| now.1) != of(&left, *pupil).map(|left| left.1) {
            let group = work.roll.group(group).map_or("this group", |group| group.name.as_str());
            let says = format!("a register of {group} was handed in or taken back since: take that back first");
            return Err(Refusal::CannotUndo(says).into());
        }
        put_tutor(work, *pupil, at, of(&before, *pupil), Said::default())?;
    }
    Ok(())
}

/// A tutor's mark that another took the place of: whose, which, and the act that had brought it.
type Displaced = (PupilId, Mark, ActId);

fn displaced(work: &Work<'_>, by: ActId) -> Result<Vec<Displaced>, Stop> {
    let all = evidence::displaced_by(work.connection, &work.roll.school, by)?;
    let tutor = |(pupil, one): evidence::Whose| match one.fact {
        Fact::Tutor(mark) => Some((pupil, mark, one.act)),
        _ => None,
    };
    Ok(all.into_iter().filter_map(tutor).collect())
}
