//! Undo: an act like any other. It appends the reverse, and can itself be undone.

use rusqlite::Connection;

use crate::domain::act::{Act, ActId, Receipt, Refusal};
use crate::domain::evidence::{Fact, Mark};
use crate::domain::pupil::{GroupId, PupilId};
use crate::domain::roll::Roll;
use crate::domain::session::SessionDate;

use super::super::{call, evidence, journal, mark, register, watch};
use super::registers::put_tutor;
use super::{Stop, Work, arrival, watching};

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
    let by = journal::signature(connection, last)?.map_or_else(String::new, |signed| {
        format!(" at {} by {}", roll.school.local(signed.instant).format("%H:%M"), signed.who)
    });
    Err(Refusal::CannotUndo(format!("that was taken back already{by}")).into())
}

fn nothing() -> Stop {
    Refusal::CannotUndo("there is nothing there to take back".to_owned()).into()
}

/// Take back `target`. Refused if somebody has changed since what it changed.
pub fn undo(work: &Work<'_>, target: ActId) -> Result<Receipt, Stop> {
    let chain = chain(work, target)?;
    let mut changed: Vec<(PupilId, SessionDate)> = Vec::new();
    for span in evidence::by_act(work.connection, &work.roll.school, chain.first)? {
        for at in mark::sessions_of(work.connection, span.pupil, span.from, span.until)? {
            let pupil = work.roll.pupil(span.pupil).ok_or(Refusal::Unknown { what: "pupil" })?;
            work.unchanged_since(pupil, at, target)?;
            changed.push((span.pupil, at));
        }
    }
    if chain.did {
        take_back(work, &chain)?
    } else {
        do_again(work, &chain)?
    }
    let done = if chain.did { "undone" } else { "done again" };
    let what = describe(work, &chain.deed);
    for (pupil, at) in changed {
        work.settle_again(pupil, at, Some(&format!("{done}: {what}")))?;
    }
    let mut says = format!("{what} {done}");
    if let Some(first) = says.get(..1).map(str::to_uppercase) {
        says.replace_range(..1, &first);
    }
    let group = match chain.deed {
        Act::TakeRegister { group, .. } | Act::Chase { group, .. } => Some(group),
        _ => None,
    };
    Ok(Receipt { group, ..work.receipt(says, pupils(&chain.deed)) })
}

fn chain(work: &Work<'_>, target: ActId) -> Result<Chain, Stop> {
    let (mut first, mut did) = (target, true);
    while let Some(undone) = journal::undoes(work.connection, first)? {
        (first, did) = (undone, !did);
    }
    let deed = journal::deed(work.connection, first)?.ok_or_else(nothing)?;
    Ok(Chain { target, first, deed, did })
}

/// Withdraw what the deed recorded.
fn take_back(work: &Work<'_>, chain: &Chain) -> Result<(), Stop> {
    match &chain.deed {
        Act::TakeRegister { group, at, marks, .. } => {
            give_back(work, chain, *group, *at, marks)?;
            register::withdraw(work.connection, chain.first, work.act)?;
        }
        Act::Watch { pupil, .. } => {
            if watch::withdraw(work.connection, chain.first, work.act)? == 0 {
                return Err(watching::not_watched(work, *pupil));
            }
        }
        Act::Unwatch { pupil } => {
            watching::not_yet_watched(work, *pupil)?;
            watch::restore(work.connection, chain.target)?;
        }
        _ => {
            evidence::withdraw(work.connection, chain.first, work.act)?;
            call::withdraw(work.connection, chain.first, work.act)?;
            register::withdraw(work.connection, chain.first, work.act)?;
        }
    }
    Ok(())
}

/// Let stand again what the undo at hand withdrew.
fn do_again(work: &Work<'_>, chain: &Chain) -> Result<(), Stop> {
    match &chain.deed {
        Act::TakeRegister { group, at, marks, .. } => {
            give_back(work, chain, *group, *at, marks)?;
            register::restore(work.connection, chain.first, chain.target)?;
        }
        Act::Watch { pupil, .. } => {
            watching::not_yet_watched(work, *pupil)?;
            watch::restore(work.connection, chain.target)?;
        }
        Act::Unwatch { pupil } => {
            if watch::drop_pupil(work.connection, *pupil, work.act)? == 0 {
                return Err(watching::not_watched(work, *pupil));
            }
        }
        deed => {
            if let Act::LogArrival { pupil, date, time, .. } = deed {
                let session = work.times(*date)?.arriving(*time);
                arrival::not_yet_in(work, *pupil, SessionDate::new(*date, session))?;
            }
            evidence::restore(work.connection, chain.target)?;
            call::restore(work.connection, chain.first, chain.target)?;
            register::restore(work.connection, chain.first, chain.target)?;
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
        put_tutor(work, *pupil, at, of(&before, *pupil))?;
    }
    Ok(())
}

/// A tutor's mark that another took the place of: whose, which, and the act that had brought it.
type Displaced = (PupilId, Mark, ActId);

fn displaced(work: &Work<'_>, by: ActId) -> Result<Vec<Displaced>, Stop> {
    let all = evidence::displaced_by(work.connection, &work.roll.school, by)?;
    let tutor = |one: evidence::Spanning| match one.evidence.fact {
        Fact::Tutor(mark) => Some((one.pupil, mark, one.evidence.act)),
        _ => None,
    };
    Ok(all.into_iter().filter_map(tutor).collect())
}

/// The pupils a deed names.
fn pupils(deed: &Act) -> Vec<PupilId> {
    match deed {
        Act::Amend { pupil, .. }
        | Act::LogArrival { pupil, .. }
        | Act::Watch { pupil, .. }
        | Act::Unwatch { pupil } => vec![*pupil],
        Act::LogCall { pupil, covers, .. } => std::iter::once(*pupil).chain(covers.iter().copied()).collect(),
        Act::ReportAbsence { pupils, .. } => pupils.clone(),
        Act::TakeRegister { marks, .. } => marks.iter().map(|(pupil, _)| *pupil).collect(),
        Act::Chase { .. } | Act::Undo { .. } => Vec::new(),
    }
}

/// The deed in a few words.
fn describe(work: &Work<'_>, deed: &Act) -> String {
    let name = |pupil: &PupilId| work.roll.name_and_group(*pupil);
    let group = |id| work.roll.group(id).map_or("register", |group| group.name.as_str()).to_owned();
    match deed {
        Act::Amend { pupil, at, code, .. } => format!("{} of {} {}", code, name(pupil), at.session),
        Act::LogArrival { pupil, time, .. } => format!("arrival of {} at {}", name(pupil), time.format("%H:%M")),
        Act::ReportAbsence { pupils, code, .. } => {
            format!("report {code} for {}", pupils.iter().map(name).collect::<Vec<_>>().join(" and "))
        }
        Act::LogCall { pupil, outcome, .. } => format!("call about {} ({})", name(pupil), outcome.says()),
        Act::Chase { group: id, method, .. } => format!("chase of {} by {}", group(*id), method.as_str()),
        Act::TakeRegister { group: id, .. } => format!("register of {}", group(*id)),
        Act::Watch { pupil, .. } => format!("watch on {}", name(pupil)),
        Act::Unwatch { pupil } => format!("taking {} off the watch list", name(pupil)),
        Act::Undo { .. } => "undo".to_owned(),
    }
}
