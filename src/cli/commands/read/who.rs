//! `who`: one pupil's card, or a line for each pupil that matches.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use super::amendments;
use super::card::Card;
use super::card::details::private;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::desk::showing::Numbers;
use crate::cli::text::{clock, sentence};
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::act::wording;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::Session;
use crate::domain::code::OnSite;
use crate::domain::counted::counted;
use crate::domain::day::{Day, Timelines};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::find::resolve_everybody;
use crate::domain::timeline::Timeline;

/// One pupil's card: contacts, today's evidence, four weeks, figures, siblings, amendments; a line for each if several fit
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    #[command(flatten)]
    numbers: Numbers,
}

/// What is said of one of several, and all that the gate sees of anybody.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BriefFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    is_in: Option<bool>,
    says: String,
    last_reason: Option<LastFacts>,
}

/// The reason given when the pupil last came late.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LastFacts {
    on: NaiveDate,
    says: String,
}

/// Say it. On a closed day too: contacts are wanted most when school is out.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    desk.check_may_reveal(args.numbers)?;
    let (name, today) = (args.name.join(" "), desk.today());
    let found = resolve_everybody(desk.store.roll(), today, &name);
    match found.as_slice() {
        // Said as of any other name that means nobody.
        [] => desk.pupil_of_everybody(&name).map(drop),
        [one] if check_matter(desk.officer.role, Matter::Card).is_ok() => match card(desk, *one, args.numbers) {
            // What cannot be put down is not shown; whether the pupil is in needs no putting down.
            Err(Failure::Record(fault)) => brief(desk, &found).and(Err(Failure::Record(fault))),
            shown => shown,
        },
        found => brief(desk, found),
    }
}

fn card(desk: &mut Desk<'_>, id: PupilId, numbers: Numbers) -> Result<(), Failure> {
    let (today, now) = (desk.today(), desk.local().time());
    desk.opens_card(id)?;
    let past = desk.store.past(id, today)?;
    // No screen shows them: they are for whoever may say `amendments`.
    let amendments = match check_matter(desk.officer.role, Matter::Export) {
        Ok(()) => Some(amendments::facts(desk, id, Calendar::year_start(today), today)?),
        Err(_) => None,
    };
    let day = desk.day()?;
    let mut card = day.roll.pupil(id).map(|pupil| Card::of(&day, pupil, now, &past, amendments));
    if let Some(card) = &mut card {
        desk.reveal(numbers, id, private(card))?;
    }
    desk.answer("Pupil card.", "No such pupil.", card.into_iter().collect())
}

fn brief(desk: &mut Desk<'_>, found: &[PupilId]) -> Result<(), Failure> {
    let (day, now) = (desk.day()?, desk.local().time());
    let mut rows = Vec::new();
    for id in found {
        let Some(pupil) = day.roll.pupil(*id) else { continue };
        let last = desk.store.last_reason(*id, day.date)?;
        let (is_in, text) = match pupil.why_not_on_roll(day.date) {
            Some(why) => (Some(false), why),
            None => whether_in(&day, *id, now),
        };
        rows.push(BriefFacts {
            pupil: desk.seen(PupilFacts::of(&day.roll, pupil)),
            is_in,
            says: text,
            last_reason: last.and_then(|(on, text)| {
                let text = wording::late_reason(Some(text), desk.officer.role, &day.roll.school)?;
                Some(LastFacts { on, says: text })
            }),
        });
    }
    let heading = format!("{}.", counted(rows.len(), "pupil"));
    desk.answer(&heading, "No such pupil.", rows)
}

/// Whether a pupil is in, and no more: not by which code.
fn whether_in(day: &Day, pupil: PupilId, now: NaiveTime) -> (Option<bool>, String) {
    let Some(times) = &day.times else { return (None, "no school today".to_owned()) };
    let session: Session = times.current(now);
    let line = day.roll.pupil(pupil).map(|pupil| Timelines::at(day, now).of(pupil));
    match line.as_ref().and_then(Timeline::whereabouts).map(|found| (found.on_site, found.since)) {
        Some((OnSite::Yes, _)) => (Some(true), "in".to_owned()),
        Some((OnSite::No, since)) => (Some(false), format!("out since {}", clock(since))),
        Some((OnSite::Unknown, since)) => (None, format!("not where expected since {}", clock(since))),
        None if day.is_marked_in(pupil, session) => (Some(true), "in".to_owned()),
        None if day.mark(pupil, session).settled.is_none() => (None, "no mark yet".to_owned()),
        None => (Some(false), "not in".to_owned()),
    }
}

impl Row for BriefFacts {
    /// "Khan, Amira, 8KM: not in, last late on 17 Nov: bus."
    fn lines(&self) -> Vec<String> {
        let last = self.last_reason.as_ref();
        vec![sentence([
            format!("{}: {}", self.pupil.introduced(), self.says),
            last.map(|last| format!("last late {}: {}", last.on.format("%-d %b"), last.says)).unwrap_or_default(),
        ])]
    }
}
