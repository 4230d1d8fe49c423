//! `call`: a call to a contact about a pupil.

use chrono::{NaiveDate, NaiveTime};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::{code, time};
use crate::cli::text::clock;
use crate::domain::absence::unexplained::unexplained_session;
use crate::domain::absence::when::{last_day_said, phrases_in};
use crate::domain::act::{Act, LogCall};
use crate::domain::calendar::dates::parse_day;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::day::Day;
use crate::domain::name::{clean, meant};
use crate::domain::people::contact::{Call, CallOutcome, Contact, next_number};
use crate::domain::people::pupil::PupilId;

/// What is written for somebody who gave a reason.
const SPOKE: &str = "spoke";

/// Record a call to a contact about an absence, and what became of it
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    /// Who was rung: the place in the calling order, from 1, or part of the name; left out: a caller
    #[arg(long, value_name = "N|NAME")]
    contact: Option<String>,
    /// Which of the contact's numbers was rung, from 1, if not the next
    #[arg(long, value_name = "N", requires = "contact")]
    number: Option<usize>,
    /// spoke, no-answer, unaware, left-message, wrong-number, call-back, someone-else or refused (would not say why)
    #[arg(long, value_parser = outcome)]
    outcome: CallOutcome,
    /// The code for the reason they gave
    #[arg(long, value_parser = code)]
    code: Option<Code>,
    /// The last day of the absence: thu, 28/11; left out, what the note says ("back fri"), else today
    #[arg(long, value_name = "DAY", requires = "code")]
    until: Option<String>,
    /// When they are to be rung again, with call-back
    #[arg(long, value_name = "HH:MM", value_parser = time)]
    at: Option<NaiveTime>,
    /// What was said
    #[arg(long, default_value = "")]
    note: String,
    /// A sibling the call speaks for too; said again, another
    #[arg(long, value_name = "SIBLING")]
    with: Vec<String>,
    /// Why somebody was rung who must not be contacted
    #[arg(long, value_name = "WHY")]
    despite: Option<String>,
}

fn word(outcome: CallOutcome) -> &'static str {
    if outcome == CallOutcome::Aware { SPOKE } else { outcome.as_str() }
}

fn outcome(text: &str) -> Result<CallOutcome, String> {
    let found = CallOutcome::ALL.iter().copied().find(|outcome| word(*outcome) == text);
    let all = || CallOutcome::ALL.iter().copied().map(word).collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| format!("an outcome is one of {}", all()))
}

/// Record it about the session the pupil is unexplained in, else the current one.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let current = desk.current()?;
    let pupil = desk.pupil(&args.name.join(" "), current.date)?;
    let day = desk.day()?;
    let session = unexplained_session(&day, pupil, current.session).unwrap_or(current.session);
    let at = SessionDate::new(current.date, session);
    let contact = match &args.contact {
        Some(named) => Some(contact(desk, &day, pupil, named)?),
        None => None,
    };
    if let Some(text) = wanting(args, contact, desk.local().time()) {
        return desk.forbid(text);
    }
    let until = match args.until.as_deref().map(|typed| (typed, parse_day(typed, current.date))) {
        Some((typed, None)) => {
            return desk.forbid(format!("“{}” is no day: write thu, 28/11 or 2026-11-28", clean(typed)));
        }
        Some((_, until)) => until,
        None => match last_day_of_note(args, at, &day) {
            Ok(until) => until,
            Err(text) => return desk.forbid(text),
        },
    };
    let number = match contact.map(|contact| number(args, contact, &day)).transpose() {
        Ok(number) => number.flatten(),
        Err(text) => return desk.forbid(text),
    };
    let covers = args.with.iter().map(|name| desk.pupil(name, current.date)).collect::<Result<Vec<_>, _>>()?;
    let about = std::iter::once(&pupil).chain(&covers);
    let saw = about.map(|id| (*id, day.mark(*id, session).revision)).collect();
    desk.perform(&Act::LogCall(LogCall {
        pupil,
        contact: contact.map(|contact| contact.id),
        number,
        at,
        outcome: args.outcome,
        code: args.code,
        until,
        note: clean(&args.note),
        call_back: args.at,
        covers,
        sibling_answers: Vec::new(),
        saw,
        despite: args.despite.as_deref().map(clean),
    }))
}

/// The last day that the note says, where a code was given: "flu, back thu".
fn last_day_of_note(args: &Args, at: SessionDate, day: &Day) -> Result<Option<NaiveDate>, String> {
    let Some(code) = args.code else { return Ok(None) };
    let phrases = phrases_in(&args.note, Some(code), at, &day.roll);
    last_day_said(&phrases, at).map_err(|words| {
        let words = clean(&words);
        format!(
            "the note says \u{201c}{words}\u{201d}, which a call does not record: say the last day by --until, and log a message \
             (report-absence) for other days"
        )
    })
}

/// What is still wanting, or does not go together, in words.
fn wanting(args: &Args, contact: Option<&Contact>, now: NaiveTime) -> Option<String> {
    let noted = !args.note.trim().is_empty();
    let reason = match (args.outcome, args.code) {
        (CallOutcome::Aware, None) if !noted => {
            Some("say the reason they gave, by --code or --note; --outcome refused if they gave none".to_owned())
        }
        // Whoever would not say why has the school decide: O, as a rule.
        (CallOutcome::Aware | CallOutcome::Refused, _) | (_, None) => None,
        (_, Some(code)) => {
            Some(format!("{code} goes with a word about the reason: --outcome {SPOKE} or --outcome refused"))
        }
    };
    let again = match (args.outcome, args.at) {
        (CallOutcome::CallBack, None) => Some("say when they are to be rung again: --at HH:MM".to_owned()),
        (CallOutcome::CallBack, Some(at)) if at <= now => {
            Some(format!("{} is past: say a time still to come, when they are to be rung again", clock(at)))
        }
        (CallOutcome::CallBack, Some(_)) | (_, None) => None,
        (_, Some(_)) => Some("a time to ring again goes with --outcome call-back".to_owned()),
    };
    let reached = contact
        .filter(|one| one.phones.is_empty() && !one.is_barred() && !noted)
        .map(|one| format!("no number is held for {}: say in --note how they were reached", one.introduced()));
    reason.or(again).or(reached)
}

/// The number that was rung: the one asked for, else the next of the contact's.
fn number(args: &Args, contact: &Contact, day: &Day) -> Result<Option<String>, String> {
    let held = contact.phones.len();
    let phone = match args.number {
        Some(place) => {
            let phone = place.checked_sub(1).and_then(|place| contact.phones.get(place));
            let text = || format!("{} has no number {place}: {held} held", contact.introduced());
            Some(phone.ok_or_else(text)?)
        }
        None => {
            let calls: Vec<Call> = day.calls_about(contact.pupil).cloned().collect();
            next_number(contact, &calls, &day.wrong_numbers).or(contact.first_number())
        }
    };
    Ok(phone.map(|phone| phone.number.clone()))
}

/// The contact at a place of the calling order, or with a name; refused with those that there are.
pub(in crate::cli::commands) fn contact<'d>(
    desk: &mut Desk<'_>,
    day: &'d Day,
    pupil: PupilId,
    named: &str,
) -> Result<&'d Contact, Failure> {
    let all = day.roll.contacts(pupil);
    let found = match named.trim().parse::<usize>() {
        Ok(place) => place.checked_sub(1).and_then(|place| all.get(place)).into_iter().collect(),
        Err(_) => meant(named, all, Contact::introduced),
    };
    if let [one] = found.as_slice() {
        return Ok(one);
    }
    let name = day.roll.name_and_group(pupil);
    let listed: Vec<String> =
        all.iter().enumerate().map(|(place, one)| format!("{} {}", place + 1, one.introduced())).collect();
    desk.forbid(match (listed.is_empty(), found.is_empty()) {
        (true, _) => format!("no contact is held for {name}: leave --contact out, and say in --note who it was"),
        (false, true) => format!("{name} has no contact “{}”: {}", clean(named), listed.join("; ")),
        (false, false) => format!("“{}” means several contacts of {name}: {}", clean(named), listed.join("; ")),
    })
}
