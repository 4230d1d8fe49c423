//! Following up: events on the ladder, contradictions looked into, marks that stood at N too long.

use chrono::NaiveTime;

use super::{Said, Stop, Work};
use crate::domain::act::{Receipt, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::{Code, Statistic};
use crate::domain::facts::evidence::{Fact, Mark};
use crate::domain::facts::puzzle::Puzzle;
use crate::domain::name::clean;
use crate::domain::people::contact::unaware;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::ladder::StepTaken;
use crate::store::tables::{call, evidence, mark, step};

/// Record an event on the ladder. A step is taken once: a second time is refused with who took it first. What was told before a
/// parent did not know is told again: it is another thing to be told.
pub fn take_step(
    work: &Work<'_>,
    pupils: &[PupilId],
    at: SessionDate,
    name: &str,
    words: &str,
) -> Result<Receipt, Stop> {
    work.is_followed_up(at)?;
    work.has_come(at.date, NaiveTime::MIN)?;
    let name = &work.said(name, "say which step was taken")?;
    let words = clean(words);
    not_yet_taken(work, pupils, at, name)?;
    for (place, id) in pupils.iter().enumerate() {
        work.on_roll(*id, at.date)?;
        if pupils.iter().take(place).any(|earlier| earlier == id) {
            continue;
        }
        step::add(work.connection, work.act, *id, at, name, &words)?;
    }
    let first = pupils.first().ok_or(Refusal::Unknown { what: "pupil" })?;
    let more = if pupils.len() > 1 { format!(" and {} more", pupils.len() - 1) } else { String::new() };
    let words = if words.is_empty() { words } else { format!(", {words}") };
    let says = format!("{}{more}: {name} {}{words}", work.roll.name_and_group(*first), work.local.format("%H:%M"));
    Ok(work.receipt(says, pupils.to_vec()))
}

/// Refuse a step that was taken for one of these pupils already; before a parent did not know is another time.
pub fn not_yet_taken(work: &Work<'_>, pupils: &[PupilId], at: SessionDate, name: &str) -> Result<(), Stop> {
    let taken = step::on(work.connection, &work.roll.school, at.date)?;
    let calls = call::on(work.connection, &work.roll.school, at.date)?;
    let missing = |id: PupilId| unaware(calls.iter().filter(|call| call.pupil == id)).last().map(|call| call.act);
    let counts = |one: &StepTaken| {
        pupils.contains(&one.pupil) && one.step == name && missing(one.pupil).is_none_or(|unaware| one.act > unaware)
    };
    match taken.into_iter().find(counts) {
        Some(first) => {
            let (name, at, by) = (work.roll.name_and_group(first.pupil), first.at.time(), first.who);
            let says = format!("{name}: {} was recorded at {} by {by}", first.step, at.format("%H:%M"));
            Err(Refusal::DoneAlready { says, at_gate: None, by, at }.into())
        }
        None => Ok(()),
    }
}

/// Settle marks that have stood at N too long. One that has moved since it was seen is left as it is, and the receipt says so.
pub fn settle_aged(
    work: &Work<'_>,
    marks: &[(PupilId, SessionDate, ActId)],
    code: Code,
    reason: &str,
) -> Result<Receipt, Stop> {
    let reason = &work.said(reason, "say why: a mark of a closed register is amended")?;
    let mut but: Vec<String> = Vec::new();
    let mut done = 0;
    for (id, at, saw) in marks {
        let pupil = work.on_roll(*id, at.date)?;
        if work.check(code, *at, pupil)?.statistic != Statistic::Unauthorised || code == Code::N {
            let says = format!("{code} is no answer to a mark that nobody explained: amend it by itself");
            return Err(Refusal::Forbidden(says).into());
        }
        if at.date >= work.today() {
            let says = format!("{} {at} has not aged: somebody may still explain it", work.roll.name_and_group(*id));
            return Err(Refusal::Forbidden(says).into());
        }
        let stands_at_n = mark::standing(work.connection, *at, *id)?.settled.is_some_and(|mark| mark.code == Code::N);
        match work.unchanged_since(pupil, *at, *saw) {
            Ok(()) if stands_at_n => {}
            Ok(()) => {
                but.push(format!("{} {at} no longer stands at N", work.roll.name_and_group(*id)));
                continue;
            }
            Err(Stop::Refused(refusal)) => {
                but.push(refusal.to_string());
                continue;
            }
            Err(fault) => return Err(fault),
        }
        let fact = Fact::Office { mark: Mark::plain(code), reason: reason.to_owned() };
        evidence::add(work.connection, work.act, *id, *at, *at, &fact)?;
        work.settle(*id, *at, Said::words(reason))?;
        done += 1;
    }
    if done == 0 {
        let why = if but.is_empty() { "there is no such mark".to_owned() } else { but.join("; ") };
        return Err(Refusal::Forbidden(why).into());
    }
    let pupils = marks.iter().map(|(pupil, ..)| *pupil).collect();
    let says = format!("{done} {} settled to {code}: {reason}", if done == 1 { "mark" } else { "marks" });
    let but = (!but.is_empty()).then(|| but.join("; "));
    Ok(Receipt { but, ..work.receipt(says, pupils) })
}

/// Record what the office made of a contradiction without changing the mark.
pub fn decide(work: &Work<'_>, id: PupilId, at: SessionDate, puzzle: Puzzle, reason: &str) -> Result<Receipt, Stop> {
    work.on_roll(id, at.date)?;
    work.is_followed_up(at)?;
    let reason = work.said(reason, "say what was made of it: the record must show it")?;
    step::decide(work.connection, work.act, id, at, puzzle, &reason)?;
    Ok(work.receipt(format!("{}, {}: {reason}", work.roll.name_and_group(id), puzzle.says()), vec![id]))
}
