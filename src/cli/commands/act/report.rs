//! `report-absence`: records that somebody reported an absence.

use chrono::{NaiveDate, NaiveTime};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::act::Noted;
use crate::cli::parse::{code, date, time};
use crate::domain::absence::when::{
    AbsenceRange, WhenPhrase, phrase_outside, phrase_to_offer, phrases_in, read, time_to_come, with_phrase_time,
};
use crate::domain::act::{Act, LogPromise, Refusal, ReportAbsence};
use crate::domain::calendar::session::{Session, SessionDate, minutes_after};
use crate::domain::code::Code;
use crate::domain::facts::message::Channel;
use crate::domain::facts::promise::{Promise, USUAL_WAIT};
use crate::domain::name::clean;

/// Record what somebody told the school about an absence
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    name: String,
    /// The code you give it
    #[arg(long, value_parser = code, required_unless_present_any = ["on_the_way", "ring_back"])]
    code: Option<Code>,
    /// No reason: the pupil is on the way, and here by then; if left out, at the time that --words say, or in half an hour
    #[arg(long, value_name = "HH:MM", value_parser = time, num_args = 0..=1, conflicts_with_all = ["code", "when", "from", "until", "seen", "ring_back"])]
    on_the_way: Option<Option<NaiveTime>>,
    /// No reason: somebody is to be rung back then
    #[arg(long, value_name = "HH:MM", value_parser = time, conflicts_with_all = ["code", "when", "from", "until", "seen"])]
    ring_back: Option<NaiveTime>,
    /// When, as on the screen: “fri pm”, “mon-wed”, “until 28/11”, “back thu”, “tomorrow at 10”; if left out, what --words say of it
    #[arg(long, conflicts_with_all = ["from", "until"], required_unless_present_any = ["words", "from", "until", "on_the_way", "ring_back"])]
    when: Option<String>,
    /// First day, from the morning; today if only --until is given
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "until")]
    from: Option<NaiveDate>,
    /// Last day, to its afternoon
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    until: Option<NaiveDate>,
    /// Who told you: “Mrs Khan, mother”
    #[arg(long, value_name = "WHO")]
    by: String,
    /// What was said
    #[arg(long, default_value = "")]
    words: String,
    /// How it came: answerphone, telephone, e-mail, front-desk or message
    #[arg(long, default_value = "telephone", value_parser = channel)]
    channel: Channel,
    /// A sibling it is about too; said again, another
    #[arg(long, value_name = "SIBLING")]
    with: Vec<String>,
    /// Evidence you have seen: “appointment card”
    #[arg(long, value_name = "WHAT", default_value = "")]
    seen: String,
}

fn channel(text: &str) -> Result<Channel, String> {
    let words =
        || format!("write one of {}", Channel::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", "));
    Channel::typed(text).ok_or_else(words)
}

/// Record the report: for whole days, unless the line or the words say otherwise.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let Some(code) = args.code else { return promise(desk, args) };
    let now = now(desk);
    let phrases = phrases_in(&args.words, Some(code), now, desk.store.roll());
    let (range, understood) = match given(desk, args, now)? {
        Some(range) => (range, None),
        None => from_words(desk, &phrases, code, now)?,
    };
    let AbsenceRange { from, until, back, time, note, .. } = with_phrase_time(range.clone(), &phrases);
    let outside =
        phrase_outside(&phrases, &range).map(|one| format!("the words say \u{201c}{}\u{201d} too", one.words));
    let names = std::iter::once(&args.name).chain(&args.with);
    let pupils = names.map(|name| desk.pupil(name, from.date)).collect::<Result<Vec<_>, _>>()?;
    let act = Act::ReportAbsence(ReportAbsence {
        pupils,
        code,
        from,
        until,
        by: clean(&args.by),
        words: clean(&args.words),
        channel: args.channel,
        seen: clean(&args.seen),
        back,
        time,
    });
    let but = note.into_iter().chain(outside).collect::<Vec<_>>().join("; ");
    desk.perform_noting(&act, Noted { understood, but: Some(but).filter(|but| !but.is_empty()) })
}

/// Today, and the session a report speaks of if it names none.
fn now(desk: &Desk<'_>) -> SessionDate {
    let today = desk.today();
    SessionDate::new(today, desk.store.roll().hours(today).arriving(desk.moment().time))
}

/// What the words say of when, and how it was understood.
fn from_words(
    desk: &mut Desk<'_>,
    phrases: &[WhenPhrase],
    code: Code,
    now: SessionDate,
) -> Result<(AbsenceRange, Option<String>), Failure> {
    let Some(WhenPhrase { words, meant }) = phrase_to_offer(phrases, Some(code), now) else {
        return Err(Failure::Usage("the words do not say when: add --when today, or --until".to_owned()));
    };
    match meant {
        Ok(range) => {
            // Days without school are told for themselves.
            let days = AbsenceRange { note: None, ..range.clone() }.means(now.date);
            let understood = format!("\u{201c}{words}\u{201d} is {days}");
            Ok((range.clone(), Some(understood)))
        }
        Err(text) => desk.refuse(&Refusal::Dates(text.clone())),
    }
}

/// Record what was promised for today.
fn promise(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let (today, now) = (desk.today(), desk.moment().time);
    let promise = match (args.ring_back, args.on_the_way) {
        (Some(at), _) => Promise::RingBack { at },
        (None, by) => {
            let in_words = || {
                time_to_come(&phrases_in(&args.words, None, self::now(desk), desk.store.roll()), today.and_time(now))
            };
            Promise::OnTheWay { by: by.flatten().or_else(in_words).unwrap_or_else(|| minutes_after(now, USUAL_WAIT)) }
        }
    };
    let act = Act::LogPromise(LogPromise {
        pupils: vec![desk.pupil(&args.name, today)?],
        at: self::now(desk),
        promise,
        by: clean(&args.by),
        words: clean(&args.words),
        channel: args.channel,
    });
    desk.perform(&act)
}

/// The sessions that the line means, or those of the days given, if any are.
fn given(desk: &mut Desk<'_>, args: &Args, now: SessionDate) -> Result<Option<AbsenceRange>, Failure> {
    if let Some(line) = &args.when {
        return match read(line, now, desk.store.roll()) {
            Ok(range) => Ok(Some(range)),
            Err(text) => desk.refuse(&Refusal::Dates(text)),
        };
    }
    let Some(until) = args.until else { return Ok(None) };
    let from = SessionDate::new(args.from.unwrap_or(now.date), Session::Am);
    let until = SessionDate::new(until, Session::Pm);
    Ok(Some(AbsenceRange { from, until, back: None, time: None, days: 0, note: None }))
}
