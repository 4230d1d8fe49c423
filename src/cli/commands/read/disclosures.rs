//! `disclosures`: what protected data was shown to whom.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::parse::date;
use crate::cli::text::{clock, long_date, sentence};
use crate::domain::act::disclosure::Disclosed;
use crate::domain::counted::counted;
use crate::domain::school::roll::Roll;

/// What was shown to whom on a date: numbers, vulnerable pupils' cards, lists for others, copies
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Which date, if not today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    date: Option<NaiveDate>,
}

/// One thing that was shown.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DisclosureFacts {
    at: String,
    by: String,
    login: Option<String>,
    desk: String,
    shown: &'static str,
    what: String,
    whom: Option<PupilFacts>,
}

/// List them, oldest first.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let on = args.date.unwrap_or(desk.today());
    let roll = desk.store.roll().clone();
    let rows: Vec<DisclosureFacts> = desk.store.disclosed(on)?.into_iter().map(|one| facts(&roll, one)).collect();
    let heading = format!("Shown on {}: {}.", long_date(on), counted(rows.len(), "time"));
    desk.answer(&heading, "Nothing was put down as shown.", rows)
}

fn facts(roll: &Roll, disclosed: Disclosed) -> DisclosureFacts {
    let Disclosed { disclosure, who, desk, login, at } = disclosed;
    DisclosureFacts {
        at: clock(at.time()),
        by: who,
        login,
        desk,
        shown: disclosure.shown.as_str(),
        what: disclosure.what,
        whom: disclosure.pupil.and_then(|id| roll.pupil(id)).map(|pupil| PupilFacts::of(roll, pupil)),
    }
}

impl Row for DisclosureFacts {
    /// "09:31: number, Khan, Amira, 8KM, contact 2, shown to S Marsh at smarsh@office-pc pts/3."
    fn lines(&self) -> Vec<String> {
        vec![sentence([
            format!("{}: {}", self.at, self.shown),
            self.whom.as_ref().map(PupilFacts::name_and_group).unwrap_or_default(),
            self.what.clone(),
            format!("shown to {} at {}", self.by, self.desk),
        ])]
    }
}
