//! Logging a call, with the code it gave and the siblings it covers.

use crate::domain::act::{Act, ActId, Receipt, Refusal};
use crate::domain::code::Code;
use crate::domain::contact::{Call, Contact, ContactId};
use crate::domain::evidence::Fact;
use crate::domain::pupil::{Pupil, PupilId};
use crate::domain::session::{Session, SessionDate};

use super::super::{call, evidence};
use super::absence::{may_be_reported, school_sessions};
use super::{Stop, Work};

/// Log a call. The call itself is always kept; a code is refused pupil by pupil where the mark has moved since it was seen,
/// and the receipt says so.
pub fn log(work: &Work<'_>, act: &Act) -> Result<Receipt, Stop> {
    let Act::LogCall { pupil: id, contact, at, outcome, code, note, call_back, covers, saw, despite } = act else {
        return Err(Refusal::Unknown { what: "act" }.into());
    };
    let pupil = work.on_roll(*id, at.date)?;
    work.times(at.date)?;
    let rung = match contact {
        Some(contact) => Some(contact_of(work, *id, *contact, despite.as_deref())?),
        None => None,
    };
    let spoke_to = rung.map_or_else(|| "a caller".to_owned(), Contact::introduced);
    let until = last_session(*at, *code);
    if let Some(code) = code {
        may_be_reported(work, *code, *at, until)?;
    }
    let mut but: Vec<String> = Vec::new();
    let mut pupils: Vec<PupilId> = Vec::new();
    for id in std::iter::once(id).chain(covers) {
        if pupils.contains(id) {
            continue;
        }
        pupils.push(*id);
        let covered = work.on_roll(*id, at.date)?;
        if *id != pupil.id && (covered.household.is_none() || covered.household != pupil.household) {
            let says = format!("{} is not of the same household", covered.list_name());
            return Err(Refusal::Forbidden(says).into());
        }
        let mut given = *code;
        if given.is_some() {
            match work.unchanged_since(covered, *at, seen(saw, *id)) {
                Ok(()) => {}
                Err(Stop::Refused(refusal)) => {
                    given = None;
                    but.push(format!("no code: {refusal}"));
                }
                Err(fault) => return Err(fault),
            }
        }
        let number = rung.and_then(|one| one.phone.clone());
        let one = Call {
            number,
            despite: despite.clone(),
            act: work.act,
            pupil: *id,
            contact: *contact,
            about: *at,
            at: work.local,
            outcome: *outcome,
            code: given,
            note: note.trim().to_owned(),
            call_back: *call_back,
            who: String::new(),
        };
        call::add(work.connection, &one)?;
        if let Some(code) = given {
            let words = if note.trim().is_empty() { outcome.says() } else { note.trim() };
            let fact = Fact::Report { code, by: spoke_to.clone(), words: words.to_owned() };
            evidence::add(work.connection, work.act, *id, *at, until, &fact)?;
            for session in school_sessions(work, *at, until).into_iter().filter(|at| covered.on_roll(at.date)) {
                work.settle_again(*id, session, None)?;
            }
        }
    }
    let says = says(work, pupil, act, pupils.len() - 1, &spoke_to, but.len() < pupils.len());
    let but = (!but.is_empty()).then(|| but.join("; "));
    Ok(Receipt { but, ..work.receipt(says, pupils) })
}

fn seen(saw: &[(PupilId, ActId)], id: PupilId) -> ActId {
    saw.iter().find(|(pupil, _)| *pupil == id).map_or(ActId::default(), |(_, revision)| *revision)
}

/// An appointment is for the session; any other reason is for the rest of the day.
fn last_session(at: SessionDate, code: Option<Code>) -> SessionDate {
    let session = if code == Some(Code::M) { at.session } else { Session::Pm };
    SessionDate::new(at.date, session)
}

/// The contact, unless they must not be contacted and nobody has said why they were.
fn contact_of<'a>(work: &Work<'a>, pupil: PupilId, id: ContactId, despite: Option<&str>) -> Result<&'a Contact, Stop> {
    let contact = work.roll.contact(pupil, id).ok_or(Refusal::Unknown { what: "contact" })?;
    if contact.do_not_contact && despite.is_none_or(|reason| reason.trim().is_empty()) {
        let says = format!("{} must not be contacted: say why they were all the same", contact.name);
        return Err(Refusal::Forbidden(says).into());
    }
    Ok(contact)
}

fn says(work: &Work<'_>, pupil: &Pupil, act: &Act, more: usize, spoke_to: &str, coded: bool) -> String {
    let Act::LogCall { outcome, code, call_back, .. } = act else { return String::new() };
    let mut says = work.roll.name_and_group(pupil.id);
    if more > 0 {
        says.push_str(&format!(" and {more} more"));
    }
    says.push_str(&format!(": {}, {spoke_to}", outcome.says()));
    if let (Some(code), true) = (code, coded) {
        says.push_str(&format!(", {code}"));
    }
    if let Some(at) = call_back {
        says.push_str(&format!(" at {}", at.format("%H:%M")));
    }
    says
}
