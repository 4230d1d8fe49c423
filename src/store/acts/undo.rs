//! Undo: an act like any other. It appends the reverse, and can itself be undone.

use crate::domain::act::{Act, ActId, Receipt, Refusal};
use crate::domain::pupil::PupilId;
use crate::domain::session::SessionDate;

use super::super::evidence::Spanning;
use super::super::{call, evidence, journal, mark, register, watch};
use super::absence::school_sessions;
use super::registers::put_tutor;
use super::{Stop, Work};

/// What an undo comes down to, however many undos it undoes.
struct Chain {
    /// The deed at the bottom, and its number.
    first: ActId,
    deed: Act,
    /// The act being undone did the deed, or did it again.
    did: bool,
}

/// Take back `target`. Refused if it is taken back already, or if somebody has changed since what it changed.
pub fn undo(work: &Work<'_>, target: ActId) -> Result<Receipt, Stop> {
    let chain = chain(work, target)?;
    if let Some(undo) = journal::undone_by(work.connection, target)?.filter(|undo| *undo != work.act) {
        let entry = journal::entry(work.connection, undo)?;
        let by = entry.map_or_else(String::new, |entry| {
            format!(" at {} by {}", work.roll.school.local(entry.instant).format("%H:%M"), entry.who)
        });
        return Err(Refusal::CannotUndo(format!("that was taken back already{by}")).into());
    }
    let spans = evidence::by_act(work.connection, &work.roll.school, chain.first)?;
    for span in &spans {
        for at in sessions(work, span) {
            untouched_since(work, span.pupil, at, target)?;
        }
    }
    let pupils = match &chain.deed {
        Act::Unwatch { pupil } if chain.did => {
            watch::restore(work.connection, target)?;
            vec![*pupil]
        }
        Act::Unwatch { pupil } => {
            watch::drop_pupil(work.connection, *pupil, work.act)?;
            vec![*pupil]
        }
        Act::TakeRegister { at, marks, .. } => {
            take_back_register(work, &chain, target, *at, marks.iter().map(|(pupil, _)| *pupil))?;
            marks.iter().map(|(pupil, _)| *pupil).collect()
        }
        _ if chain.did => {
            evidence::withdraw(work.connection, chain.first, work.act)?;
            call::withdraw(work.connection, chain.first, work.act)?;
            register::withdraw(work.connection, chain.first, work.act)?;
            watch::withdraw(work.connection, chain.first, work.act)?;
            spans.iter().map(|span| span.pupil).collect()
        }
        _ => {
            evidence::restore(work.connection, target)?;
            call::restore(work.connection, chain.first, target)?;
            register::restore(work.connection, chain.first, target)?;
            watch::restore(work.connection, target)?;
            spans.iter().map(|span| span.pupil).collect()
        }
    };
    let done = if chain.did { "undone" } else { "done again" };
    let what = describe(work, &chain.deed);
    for span in &spans {
        for at in sessions(work, span) {
            work.settle_again(span.pupil, at, Some(&format!("{done}: {what}")))?;
        }
    }
    let mut says = format!("{what} {done}");
    if let Some(first) = says.get(..1).map(str::to_uppercase) {
        says.replace_range(..1, &first);
    }
    Ok(work.receipt(says, pupils))
}

fn chain(work: &Work<'_>, target: ActId) -> Result<Chain, Stop> {
    let (mut number, mut did) = (target, true);
    loop {
        let entry = journal::entry(work.connection, number)?;
        let deed = entry.and_then(|entry| entry.deed);
        match deed {
            Some(Act::Undo { act }) => (number, did) = (act, !did),
            Some(deed) => return Ok(Chain { first: number, deed, did }),
            None => return Err(Refusal::CannotUndo("there is nothing there to take back".to_owned()).into()),
        }
    }
}

fn sessions(work: &Work<'_>, span: &Spanning) -> Vec<SessionDate> {
    school_sessions(work, span.from, span.until)
}

fn untouched_since(work: &Work<'_>, pupil: PupilId, at: SessionDate, target: ActId) -> Result<(), Stop> {
    let pupil = work.roll.pupil(pupil).ok_or(Refusal::Unknown { what: "pupil" })?;
    work.unchanged_since(pupil, at, target)
}

/// A register gives back the marks it displaced; done again, it displaces them again.
fn take_back_register(
    work: &Work<'_>,
    chain: &Chain,
    target: ActId,
    at: SessionDate,
    pupils: impl Iterator<Item = PupilId>,
) -> Result<(), Stop> {
    let before = evidence::displaced_by(work.connection, &work.roll.school, target)?;
    let stood = |pupil: PupilId| {
        before.iter().find(|one| one.pupil == pupil).and_then(|one| match one.evidence.fact {
            crate::domain::evidence::Fact::Tutor(mark) => Some((mark, one.evidence.act)),
            _ => None,
        })
    };
    if chain.did {
        register::withdraw(work.connection, chain.first, work.act)?;
    } else {
        register::restore(work.connection, chain.first, target)?;
    }
    for pupil in pupils {
        let now = mark::standing(work.connection, at, pupil)?.tutor.map(|(_, taken)| taken);
        // A later register has spoken for this pupil: its word stands.
        if chain.did && now != Some(chain.first) {
            continue;
        }
        put_tutor(work, pupil, at, stood(pupil))?;
    }
    Ok(())
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
