//! `report-absence`: records that somebody reported an absence.

use chrono::{NaiveDate, NaiveTime};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::{code, date, time};
use crate::domain::act::{Act, LogPromise, Refusal, ReportAbsence};
use crate::domain::calendar::session::{Session, SessionDate, minutes_after};
use crate::domain::calendar::when::{AbsenceRange, read};
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
    /// No reason: the pupil is on the way, and here by then; in half an hour if left out
    #[arg(long, value_name = "HH:MM", value_parser = time, num_args = 0..=1, conflicts_with_all = ["code", "when", "from", "until", "seen", "ring_back"])]
    on_the_way: Option<Option<NaiveTime>>,
    /// No reason: somebody is to be rung back then
    #[arg(long, value_name = "HH:MM", value_parser = time, conflicts_with_all = ["code", "when", "from", "until", "seen"])]
    ring_back: Option<NaiveTime>,
    /// When, as on the screen: “fri pm”, “mon-wed”, “until 28/11”, “back thu”, “3 days”
    #[arg(long, conflicts_with_all = ["from", "until"], required_unless_present_any = ["from", "until", "on_the_way", "ring_back"])]
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

/// Record the report: for whole days, unless the line says otherwise.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let Some(code) = args.code else { return promise(desk, args) };
    let AbsenceRange { from, until, back, note, .. } = span(desk, args)?;
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
    });
    desk.perform_noting(&act, note)
}

/// Record what was promised for today.
fn promise(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let (today, now) = (desk.today(), desk.moment().time);
    let promise = match (args.ring_back, args.on_the_way) {
        (Some(at), _) => Promise::RingBack { at },
        (None, by) => Promise::OnTheWay { by: by.flatten().unwrap_or_else(|| minutes_after(now, USUAL_WAIT)) },
    };
    let session = desk.store.roll().hours(today).arriving(now);
    let act = Act::LogPromise(LogPromise {
        pupils: vec![desk.pupil(&args.name, today)?],
        at: SessionDate::new(today, session),
        promise,
        by: clean(&args.by),
        words: clean(&args.words),
        channel: args.channel,
    });
    desk.perform(&act)
}

/// The sessions that the line means, or those of the days given.
fn span(desk: &mut Desk<'_>, args: &Args) -> Result<AbsenceRange, Failure> {
    let today = desk.today();
    if let Some(line) = &args.when {
        let (roll, now) = (desk.store.roll(), desk.moment().time);
        let session = roll.hours(today).arriving(now);
        return match read(line, SessionDate::new(today, session), &roll.calendar) {
            Ok(span) => Ok(span),
            Err(text) => desk.refuse(&Refusal::Dates(text)),
        };
    }
    let (from, until) = (args.from.unwrap_or(today), args.until.unwrap_or(today));
    let (from, until) = (SessionDate::new(from, Session::Am), SessionDate::new(until, Session::Pm));
    Ok(AbsenceRange { from, until, back: None, days: 0, note: None })
}
