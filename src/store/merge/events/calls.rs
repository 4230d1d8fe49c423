//! Calls that another system made: each is logged as an officer's is, and gives no code.

use super::{Merged, meant};
use crate::domain::act::LogCall;
use crate::domain::incoming::{IncomingCall, Place, Warning};
use crate::domain::name::fold;
use crate::domain::people::contact::{Call, CallOutcome, Contact};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::{Stop, Work, bring};
use crate::store::tables::call;

/// Merge calls. One that stands already, of the same pupil, session and outcome, and of the same words, is the same.
pub fn merge(
    work: &Work<'_>,
    incoming: &[(Place, IncomingCall)],
    merged: &mut Merged,
    step: &mut dyn FnMut(),
) -> Result<(), Stop> {
    for (place, one) in incoming {
        if merged.is_too_much() {
            break;
        }
        step();
        let found = meant::meant(work.connection, &one.pupil, merged)?.map(PupilId);
        let Some(pupil) = found.and_then(|id| work.roll.pupil(id)) else {
            meant::unknown(work.connection, merged, place, &one.pupil)?;
            continue;
        };
        let rung = rung(work.roll.contacts(pupil.id), one);
        let note = said(one, rung.is_none());
        let held = call::on(work.connection, &work.roll.school, one.at.date)?;
        // Whoever was rung may have become a contact since, or be none any more.
        let other = said(one, rung.is_some());
        let is_same = |held: &&Call| {
            let said = if held.contact.is_some() == rung.is_some() { &note } else { &other };
            (held.pupil, held.about, held.outcome, &held.note) == (pupil.id, one.at, one.outcome, said)
        };
        if held.iter().any(|held| is_same(&held)) {
            merged.calls.same += 1;
            continue;
        }
        if let Err(Stop::Refused(why)) = work.has_come(one.at.date, one.time.unwrap_or_default()) {
            merged.reject(place, "date", &one.at.date.to_string(), why.to_string());
            continue;
        }
        let whom = one.contact.as_deref().unwrap_or_default();
        let unheld = Contact::not_held(pupil.id, whom, one.number.as_deref());
        let barred = work.roll.why_barred(pupil.id, rung.unwrap_or(&unheld), one.number.as_deref());
        if let Some(why) = barred.filter(|_| rung.is_some() || one.number.is_some() || !whom.is_empty()) {
            let why = format!("{why}: log this call by hand, and say why they were rung all the same");
            merged.reject(place, "contact", whom, why);
            continue;
        }
        let number = rung.and_then(|rung| {
            rung.phones.iter().find(|phone| one.number.as_deref().is_some_and(|number| phone.is(number)))
        });
        let act = LogCall {
            pupil: pupil.id,
            contact: rung.map(|rung| rung.id),
            number: number.map(|phone| phone.number.clone()),
            at: one.at,
            outcome: one.outcome,
            code: None,
            until: None,
            note,
            call_back: None,
            covers: Vec::new(),
            sibling_answers: Vec::new(),
            saw: Vec::new(),
            despite: None,
        };
        match bring(work, &act.into()) {
            Ok(_) => merged.calls.new += 1,
            Err(Stop::Refused(why)) => {
                merged.reject(place, "result", one.outcome.as_str(), why.to_string());
                continue;
            }
            Err(fault) => return Err(fault),
        }
        if rung.is_none() && one.outcome == CallOutcome::WrongNumber {
            let name = work.roll.name_and_group(pupil.id);
            let text = format!(
                "a number for {name} is wrong or off, and no contact held here has it: put it right where it came from"
            );
            merged.warnings.push(Warning { place: place.clone(), text });
        }
    }
    Ok(())
}

/// The contact of the pupil's who has the number; of several, the one of that name. Nobody by the name alone.
fn rung<'r>(contacts: &'r [Contact], one: &IncomingCall) -> Option<&'r Contact> {
    let number = one.number.as_deref()?;
    let mut having: Vec<&Contact> = contacts.iter().filter(|contact| contact.has_number(number)).collect();
    if having.len() > 1 {
        let name = one.contact.as_deref().map(fold);
        having.retain(|contact| name.as_ref().is_some_and(|name| fold(&contact.name) == *name));
    }
    match having.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

/// What was said, with when; and to whom, where that is no contact who is held.
fn said(one: &IncomingCall, is_to_another: bool) -> String {
    let whom =
        one.contact.as_ref().filter(|_| is_to_another).map(|name| format!("to {name}, who is no contact held here"));
    let at = one.time.map(|time| format!("at {}", time.format("%H:%M")));
    let said = Some(one.note.clone()).filter(|note| !note.is_empty());
    [said, whom, at].into_iter().flatten().collect::<Vec<_>>().join("; ")
}
