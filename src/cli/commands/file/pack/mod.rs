//! `pack`: what is in the record of pupils, put together for a panel, a review, a court, or the local authority.

mod gathering;

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::showing::Numbers;
use crate::cli::desk::writing::{answered, open};
use crate::cli::parse::{date, time, word};
use crate::domain::act::Refusal;
use crate::domain::calendar::Calendar;
use crate::domain::cases::purpose::Purpose;
use crate::domain::people::pupil::PupilId;
use crate::report::pack::Pack;

/// What is in the record of pupils, put together for a panel, a review, a court or the local authority
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number; of several, in the order in which they are heard
    #[arg(required = true, value_name = "PUPIL")]
    names: Vec<String>,
    /// panel, review, court, targeting or cme
    #[arg(long = "for", value_name = "PURPOSE", value_parser = word::<Purpose>)]
    purpose: Purpose,
    /// First date; the school year's first if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<NaiveDate>,
    /// Last date; today if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    to: Option<NaiveDate>,
    /// When the first pupil is heard
    #[arg(long, value_name = "HH:MM", value_parser = time)]
    start: Option<NaiveTime>,
    /// Minutes for each
    #[arg(long, default_value_t = 20, requires = "start", value_parser = clap::value_parser!(u32).range(1..=240))]
    minutes: u32,
    /// Make it though something is missing, which is then said in it; never for a court
    #[arg(long)]
    anyway: bool,
    #[command(flatten)]
    numbers: Numbers,
    /// The new file, which ends in .html, .txt, .csv or .xlsx; left out, the text is the answer
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Put it in the place of a file that is there already
    #[arg(long, requires = "out")]
    replace: bool,
}

impl Args {
    /// For whom it is.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Whether it writes a file, and not its answer.
    pub fn reaches_files(&self) -> bool {
        self.out.is_some()
    }
}

/// Make it, where all is there that belongs to it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    if args.anyway && !args.purpose.may_lack() {
        return Err(Failure::Usage("a court is told all or nothing: --anyway is not for its pack".to_owned()));
    }
    let opened = args.out.as_deref().map(|to| open(to, args.replace)).transpose()?;
    if opened.is_none() && desk.json {
        return Err(Failure::Usage("a pack is no JSON: name a file with --out, or leave --json out".to_owned()));
    }
    let dates = dates(desk, args)?;
    let mut ids: Vec<PupilId> = Vec::new();
    for name in &args.names {
        let id = desk.pupil_of_everybody(name)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let mut pupils = Vec::new();
    for id in &ids {
        pupils.push(gathering::gathered(desk, args.purpose, dates, *id)?);
    }
    let roll = desk.store.roll().clone();
    let lacking = pupils.iter().filter(|one| !one.missing.is_empty());
    let lacking: Vec<String> =
        lacking.map(|one| format!("{}: {}", roll.name_and_group(one.pupil), one.missing.join("; "))).collect();
    if !lacking.is_empty() && !args.anyway {
        return desk.forbid(format!("the pack is not whole\n{}", lacking.join("\n")));
    }
    let what = format!("pack for {}, {} to {}", args.purpose.describe(), dates.0, dates.1);
    for one in &mut pupils {
        desk.exports(&what, Some(one.pupil))?;
        if args.purpose == Purpose::Court {
            gathering::born(desk, args.numbers, one)?;
        }
    }
    let times = args.start.map(|start| (start, args.minutes));
    let pack = Pack { purpose: args.purpose, roll, dates, now: desk.local(), times, pupils };
    answered(desk, &pack.report(), opened)
}

/// The first date and the last, none of them still to come.
fn dates(desk: &mut Desk<'_>, args: &Args) -> Result<(NaiveDate, NaiveDate), Failure> {
    let today = desk.today();
    let last = args.to.unwrap_or(today);
    let first = args.from.unwrap_or_else(|| Calendar::year_start(last));
    if last > today {
        return desk.refuse(&Refusal::Dates(format!("{last} is still to come: nothing is in the record of it")));
    }
    if first > last {
        return desk.refuse(&Refusal::Dates(format!("{last} is before {first}: give the first day first")));
    }
    Ok((first, last))
}
