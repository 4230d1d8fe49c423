//! Records a call, with the code it gave and the siblings it covers.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::reported::{check_range, check_report};
use crate::domain::act::{LogCall, Receipt, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::facts::evidence::Fact;
use crate::domain::name::clean;
use crate::domain::people::contact::{Call, CallOutcome, Contact, ContactId};
use crate::domain::people::pupil::PupilId;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::settling::Quote;
use crate::store::acts::work::{Stop, Work};
use crate::store::tables::{call, evidence};

/// What is known of one child once a call is logged: what was said of them, and the code that was kept.
struct Logged {
    pupil: PupilId,
    outcome: CallOutcome,
    code: Option<Code>,
    /// The same was said of them as of the pupil the call is about.
    same: bool,
}

impl Recorded for LogCall {
    /// Log a call. The call itself is always kept; a code is refused pupil by pupil where the mark has moved since it was seen,
    /// and the receipt says so.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let LogCall {
            pupil: id, contact, at, outcome, code, until, note, call_back, covers, sibling_answers, saw, ..
        } = self;
        let pupil = work.on_roll(*id, at.date)?;
        work.is_followed_up(*at)?;
        if let Some(stray) = sibling_answers.iter().find(|one| !covers.contains(&one.pupil) || one.pupil == *id) {
            let text = format!("{} is not covered by the call", work.roll.name_and_group(stray.pupil));
            return Err(Stop::forbidden(text));
        }
        let rung = match contact {
            Some(contact) => Some(work.roll.contact(*id, *contact).ok_or(Refusal::Unknown { what: "contact" })?),
            None => None,
        };
        let number = number(self, rung)?;
        let despite = why_barred(work, self, rung, number)?;
        let spoke_to = rung.map_or_else(|| "a caller".to_owned(), Contact::introduced);
        if let Some(until) = until {
            check_call_range(*at, *until, *code)?;
        }
        let mut but: Vec<String> = Vec::new();
        let mut logged: Vec<Logged> = Vec::new();
        for id in std::iter::once(id).chain(covers) {
            if logged.iter().any(|one| one.pupil == *id) {
                continue;
            }
            let covered = work.on_roll(*id, at.date)?;
            if *id != pupil.id && (covered.household.is_none() || covered.household != pupil.household) {
                let text = format!("{} is not of the same household", work.roll.telling_name(covered));
                return Err(Stop::forbidden(text));
            }
            let own = sibling_answers.iter().find(|one| one.pupil == *id);
            let (outcome, code, until) = own.map_or((*outcome, *code, *until), |one| (one.outcome, one.code, None));
            let mut given = code;
            if let Some(code) = given {
                work.session(*at)?;
                check_report(work, code, (*at, last_session(*at, code, until)), covered)?;
                match work.unchanged_since(covered, *at, seen(saw, *id)) {
                    Ok(()) => {}
                    Err(Stop::Refused(refusal)) => {
                        given = None;
                        but.push(format!("no code: {refusal}"));
                    }
                    Err(fault) => return Err(fault),
                }
            }
            let one = Call {
                number: number.map(str::to_owned),
                despite: despite.clone(),
                act: work.act,
                pupil: *id,
                contact: rung.map(|rung| held_by(work, *id, rung)),
                about: *at,
                at: work.local,
                outcome,
                code: given,
                note: clean(note),
                call_back: call_back.filter(|_| own.is_none() || outcome == CallOutcome::CallBack),
                who: String::new(),
            };
            call::add(work.connection, &one)?;
            if let Some(code) = given {
                let note = clean(note);
                let words = if note.is_empty() { outcome.describe() } else { note.as_str() };
                let fact = Fact::Report { code, time: None, by: spoke_to.clone(), words: words.to_owned() };
                let until = last_session(*at, code, until);
                evidence::add(work.connection, work.act, *id, *at, until, &fact)?;
                let reached = work.weighed(covered, *at, until)?;
                work.settle_all(*id, &reached, Quote { words, by: Some(&spoke_to) })?;
            }
            logged.push(Logged { pupil: *id, outcome, code: given, same: own.is_none() });
        }
        let text = describe(work, self, &logged, &spoke_to);
        let but = (!but.is_empty()).then(|| but.join("; "));
        Ok(Receipt { but, ..work.receipt(text, logged.iter().map(|one| one.pupil).collect()) })
    }

    fn take_back(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.withdraw(work)
    }

    fn do_again(&self, work: &Work<'_>, chain: Chain) -> Result<(), Stop> {
        chain.restore(work)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(Some(self.at.date))
    }
}

/// The child's own contact who is the same person, where the child has one: siblings are rung by contacts of their own.
fn held_by(work: &Work<'_>, pupil: PupilId, rung: &Contact) -> ContactId {
    work.roll.same_person(pupil, rung).map_or(rung.id, |one| one.id)
}

fn seen(saw: &[(PupilId, ActId)], id: PupilId) -> ActId {
    saw.iter().find(|(pupil, _)| *pupil == id).map_or(ActId::default(), |(_, revision)| *revision)
}

/// A reason holds until the end of the day that was said; else an appointment is for the session, any other reason for the rest
/// of the day.
fn last_session(at: SessionDate, code: Code, until: Option<NaiveDate>) -> SessionDate {
    match until {
        Some(until) => SessionDate::new(until, Session::Pm),
        None if code == Code::M => at,
        None => SessionDate::new(at.date, Session::Pm),
    }
}

/// Refuse a last day that no code goes with, or to which no absence can last.
fn check_call_range(at: SessionDate, until: NaiveDate, code: Option<Code>) -> Result<(), Stop> {
    if code.is_none() {
        return Err(Stop::forbidden("a last day goes with a code: give the code that it is the last day of"));
    }
    check_range(at, SessionDate::new(until, Session::Pm))
}

/// The number that was rung: as said, else the one of the contact's that is rung first.
fn number<'a>(call: &'a LogCall, rung: Option<&'a Contact>) -> Result<Option<&'a str>, Stop> {
    let Some(number) = &call.number else {
        return Ok(rung.and_then(Contact::first_number).map(|phone| phone.number.as_str()));
    };
    if rung.is_some_and(|rung| rung.has_number(number)) {
        Ok(Some(number))
    } else {
        Err(Refusal::Unknown { what: "number" }.into())
    }
}

/// Why somebody was rung who must not be contacted about the pupil; refused where nobody has said it. A sibling of whom they must
/// not be told is not covered by the call, whatever was said.
fn why_barred(
    work: &Work<'_>,
    call: &LogCall,
    rung: Option<&Contact>,
    number: Option<&str>,
) -> Result<Option<String>, Stop> {
    let LogCall { pupil, covers, despite, .. } = call;
    let Some(rung) = rung else { return Ok(None) };
    for sibling in covers {
        if let Some(why) = work.roll.why_barred(*sibling, rung, number) {
            let name = work.roll.name_and_group(*sibling);
            return Err(Stop::forbidden(format!("{why}, about {name}: leave them out of the call")));
        }
    }
    let Some(why) = work.roll.why_barred(*pupil, rung, number) else { return Ok(None) };
    work.required_text(despite.as_deref().unwrap_or_default(), &format!("{why}: say why they were rung all the same"))
        .map(Some)
}

fn describe(work: &Work<'_>, call: &LogCall, logged: &[Logged], spoke_to: &str) -> String {
    let LogCall { pupil, at, outcome, until, call_back, .. } = call;
    let (same, others): (Vec<&Logged>, Vec<&Logged>) = logged.iter().partition(|one| one.same);
    let mut text = work.roll.name_and_group(*pupil);
    if same.len() > 1 {
        text.push_str(&format!(" and {} more", same.len() - 1));
    }
    text.push_str(&format!(": {}, {spoke_to}", outcome.describe()));
    if let Some(code) = same.iter().find_map(|one| one.code) {
        text.push_str(&format!(", {code}"));
        if let Some(until) = until.filter(|until| *until > at.date) {
            text.push_str(&format!(" until {}", until.format("%a %-d %b")));
        }
    }
    if let Some(at) = call_back {
        text.push_str(&format!(" at {}", at.format("%H:%M")));
    }
    for other in others {
        let code = other.code.map(|code| format!(", {code}")).unwrap_or_default();
        text.push_str(&format!("; {}: {}{code}", work.roll.name_and_group(other.pupil), other.outcome.describe()));
    }
    text
}
