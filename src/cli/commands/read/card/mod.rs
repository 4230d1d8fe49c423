//! The facts of a pupil's card, as `who` gives them in JSON.

pub mod details;
pub mod follow_up;
pub mod text;
pub mod today;

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use super::amendments::AmendmentFacts;
use crate::cli::commands::act::watch::{WatchFacts, why};
use crate::cli::desk::answer::PupilFacts;
use crate::cli::text::clock;
use crate::domain::absence::unexplained::next_call;
use crate::domain::calendar::session::Session;
use crate::domain::code::{Code, OnSite};
use crate::domain::day::{Day, Past, PastDay, Timelines, closed_marks};
use crate::domain::facts::evidence::{Evidence, Fact, Mark, describe};
use crate::domain::facts::message::Channel;
use crate::domain::figures::Figures;
use crate::domain::people::contact::{CallOutcome, Contact};
use crate::domain::people::phone::Phone;
use crate::domain::people::pupil::Pupil;
use details::{AddressFacts, DetailFacts};
use follow_up::{FollowUpFacts, PromiseFacts, promises};
use today::{HappeningFacts, LessonFacts, NowFacts, happenings, lessons};

/// One pupil, whole.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Card {
    #[serde(flatten)]
    pub pupil: PupilFacts,
    pub upn: Option<String>,
    pub on_roll_from: NaiveDate,
    pub on_roll_until: Option<NaiveDate>,
    #[serde(flatten)]
    pub details: DetailFacts,
    /// What each flag stands for, in the order of `flags`.
    pub flag_meanings: Vec<&'static str>,
    pub now: NowFacts,
    /// How far the follow-up has come; none of a pupil who is not unexplained.
    pub follow_up: Option<FollowUpFacts>,
    /// In calling order.
    pub contacts: Vec<ContactFacts>,
    /// Today's, the morning's first; on a closed day those alone that have a mark.
    pub sessions: Vec<SessionFacts>,
    /// Today's, in the order of the day.
    pub lessons: Vec<LessonFacts>,
    /// Today's, in order of time.
    pub happenings: Vec<HappeningFacts>,
    /// Today's, oldest first.
    pub calls: Vec<CallFacts>,
    /// Today's, oldest first.
    pub promises: Vec<PromiseFacts>,
    /// Figures from the start of the school year to yesterday.
    pub year_to_yesterday: FigureFacts,
    /// School days on roll, oldest first.
    pub four_weeks: Vec<PastDay>,
    /// Marks of these weeks on days that are closed now, oldest first: they count in nothing.
    pub on_closed_days: Vec<ClosedFacts>,
    pub siblings: Vec<SiblingFacts>,
    pub watched: Option<WatchFacts>,
    /// Of this school year, oldest first.
    pub amendments: Option<Vec<AmendmentFacts>>,
}

/// A contact.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ContactFacts {
    pub order: i64,
    pub name: String,
    pub relationship: String,
    /// The number rung first.
    pub phone: Option<String>,
    /// The others, in order.
    pub other_phones: Vec<String>,
    /// Those that are not rung, beside others that are: somebody who must not be contacted answers them.
    pub barred_phones: Vec<String>,
    pub email: Option<String>,
    pub do_not_contact: bool,
    /// Why not; `null` for who may be contacted, empty where the file does not say.
    pub bar: Option<String>,
    /// None of the numbers may be rung: somebody who must not be contacted answers them.
    pub number_barred: bool,
    pub note: Option<String>,
    pub language: Option<String>,
    /// Null where nobody has said.
    pub parental_responsibility: Option<bool>,
    /// Where they live, if not with the pupil; none of who must not be contacted. Masked unless numbers are asked for.
    pub address: Option<AddressFacts>,
    /// When the number was found wrong; it waits to be put right.
    pub found_wrong: Option<NaiveDate>,
    /// Whom to ring next.
    pub next: bool,
}

/// What a session's evidence comes to.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SessionFacts {
    pub session: Session,
    pub mark: Option<Mark>,
    /// What the code means.
    pub meaning: Option<String>,
    /// The rule's own explanation.
    pub why: String,
    pub contradiction: Option<String>,
    /// `yes`, `no` or `unknown`.
    pub on_site: OnSite,
    /// Oldest first.
    pub evidence: Vec<EvidenceFacts>,
}

/// One piece of evidence.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EvidenceFacts {
    /// `tutor`, `gate`, `report`, `plan` or `office`.
    pub kind: &'static str,
    pub says: String,
    /// The reason, or what was said.
    pub words: Option<String>,
    /// By which way a report came.
    pub channel: Option<Channel>,
    /// What evidence was seen with it.
    pub seen: Option<String>,
    /// When the pupil is expected back.
    pub back: Option<NaiveDate>,
    pub by: String,
    pub on: NaiveDate,
    pub at: String,
}

/// One call.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CallFacts {
    pub at: String,
    pub contact: Option<String>,
    pub outcome: CallOutcome,
    pub code: Option<Code>,
    pub note: String,
    pub call_back: Option<String>,
    /// Why somebody was rung who must not be contacted.
    pub despite: Option<String>,
    pub by: String,
}

/// Counts of sessions, and the percentage they make.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FigureFacts {
    #[serde(flatten)]
    pub counts: Figures,
    /// "91.2 % (31/34)", or "n/a".
    pub attendance: String,
}

/// Marks on a day that is closed now.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClosedFacts {
    #[serde(flatten)]
    pub day: PastDay,
    /// "2 marks lie on a day that is closed now: Tue 24 Nov, Boiler".
    pub says: String,
}

/// Another of the household, with today's marks.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SiblingFacts {
    #[serde(flatten)]
    pub pupil: PupilFacts,
    pub am: Option<Mark>,
    pub pm: Option<Mark>,
}

impl Card {
    /// The card of `pupil` on `day`, as it is at `now`.
    pub fn of(day: &Day, pupil: &Pupil, now: NaiveTime, past: &Past, amendments: Option<Vec<AmendmentFacts>>) -> Card {
        let roll = &day.roll;
        let siblings = roll.siblings(pupil).filter(|sibling| sibling.on_roll(day.date));
        let mark = |pupil: &Pupil, session| day.mark(pupil.id, session).settled;
        Card {
            pupil: PupilFacts::of(roll, pupil),
            upn: pupil.upn.clone(),
            on_roll_from: pupil.from,
            on_roll_until: pupil.until,
            details: DetailFacts::of(pupil, day.date),
            flag_meanings: pupil.flags.iter().map(|flag| flag.meaning()).collect(),
            now: NowFacts::of(day, pupil.id, now),
            follow_up: FollowUpFacts::of(day, pupil.id, now),
            contacts: contacts(day, pupil),
            sessions: Session::BOTH.into_iter().filter_map(|session| facts(day, pupil, session)).collect(),
            lessons: lessons(day, pupil.id),
            happenings: happenings(day, pupil.id),
            calls: calls(day, pupil),
            promises: promises(day, pupil.id),
            year_to_yesterday: FigureFacts { counts: past.year, attendance: past.year.to_string() },
            four_weeks: past.four_weeks.clone(),
            on_closed_days: on_closed_days(day, pupil, past),
            siblings: siblings
                .map(|one| SiblingFacts {
                    pupil: PupilFacts::of(roll, one),
                    am: mark(one, Session::Am),
                    pm: mark(one, Session::Pm),
                })
                .collect(),
            watched: day.watched.iter().find(|one| one.pupil == pupil.id).map(|watched| why(watched, day.date)),
            amendments,
        }
    }
}

fn contacts(day: &Day, pupil: &Pupil) -> Vec<ContactFacts> {
    let next = next_call(day, pupil.id).map(|(contact, _)| contact.id);
    let facts = |contact: &Contact| {
        let (barred_phones, other_phones) = others(contact);
        ContactFacts {
            order: contact.order,
            name: contact.name.clone(),
            relationship: contact.relationship.clone(),
            phone: contact.first_number().map(|phone| phone.number.clone()),
            other_phones,
            barred_phones,
            email: contact.email.clone(),
            do_not_contact: contact.is_barred(),
            bar: contact.bar.clone(),
            number_barred: !contact.phones.is_empty() && !contact.is_barred() && !contact.can_be_rung(),
            note: contact.note.clone(),
            language: contact.language.clone(),
            parental_responsibility: contact.parental_responsibility,
            address: contact.address.as_deref().filter(|_| !contact.is_barred()).map(AddressFacts::of),
            found_wrong: day.wrong_numbers.iter().find(|one| one.is_of(contact)).map(|one| one.at.date()),
            next: next == Some(contact.id),
        }
    };
    day.roll.contacts(pupil.id).iter().map(facts).collect()
}

/// The numbers beside the first: those that are not rung though others are, and the rest.
fn others(contact: &Contact) -> (Vec<String>, Vec<String>) {
    let (first, can_be_rung) = (contact.first_number(), contact.can_be_rung());
    let others = contact.phones.iter().filter(|phone| Some(*phone) != first);
    let (barred, rest): (Vec<&Phone>, Vec<&Phone>) = others.partition(|phone| phone.barred && can_be_rung);
    let numbers = |phones: Vec<&Phone>| phones.into_iter().map(|phone| phone.number.clone()).collect();
    (numbers(barred), numbers(rest))
}

fn on_closed_days(day: &Day, pupil: &Pupil, past: &Past) -> Vec<ClosedFacts> {
    let text = |one: &PastDay| closed_marks::describe(one.marks().count(), one.date, &day.roll.calendar);
    let days = closed_marks::closed_marks(day, pupil.id, past).into_iter();
    days.map(|day| ClosedFacts { says: text(&day), day }).collect()
}

fn facts(day: &Day, pupil: &Pupil, session: Session) -> Option<SessionFacts> {
    let codes = &day.roll.codes;
    let evidence = day.evidence_of(pupil, session);
    // What stands is what the record says; the rule only explains it.
    let mark = day.mark(pupil.id, session).settled;
    // A day that closed after its registers were taken keeps its marks.
    if day.session_times(session).is_none() && mark.is_none() {
        return None;
    }
    let line = Timelines::whole(day).of(pupil);
    Some(SessionFacts {
        session,
        mark,
        meaning: mark.and_then(|mark| codes.row(mark.code)).map(|row| row.meaning.clone()),
        why: line.why_stands(session, mark),
        contradiction: line.contradiction(session).map(|found| found.to_string()),
        on_site: line.was_on_site(session, mark),
        evidence: evidence.iter().map(|one| one_fact(one, day)).collect(),
    })
}

fn one_fact(evidence: &Evidence, day: &Day) -> EvidenceFacts {
    let (kind, words) = match &evidence.fact {
        Fact::Tutor(_) => ("tutor", None),
        Fact::Gate { reason, .. } => ("gate", reason.clone()),
        Fact::Report { words, .. } => ("report", Some(words.clone())),
        Fact::Plan { .. } => ("plan", None),
        Fact::Office { reason, .. } => ("office", Some(reason.clone())),
    };
    let message = day.messages.get(&evidence.act).filter(|_| kind == "report");
    EvidenceFacts {
        kind,
        says: describe(evidence).to_string(),
        words: words.filter(|words| !words.is_empty()),
        channel: message.map(|message| message.channel),
        seen: message.map(|message| message.seen.clone()).filter(|seen| !seen.is_empty()),
        back: message.and_then(|message| message.back),
        by: evidence.who.to_string(),
        on: evidence.at.date(),
        at: clock(evidence.at.time()),
    }
}

fn calls(day: &Day, pupil: &Pupil) -> Vec<CallFacts> {
    let name = |id| day.roll.rung(pupil, id).map(|contact| contact.name.clone());
    let facts = day.calls_about(pupil.id).map(|call| CallFacts {
        at: clock(call.at.time()),
        contact: call.contact.and_then(name),
        outcome: call.outcome,
        code: call.code,
        note: call.note.clone(),
        call_back: call.call_back.map(clock),
        despite: call.despite.clone(),
        by: call.who.clone(),
    });
    facts.collect()
}
