//! `watch`: the watch list, and who is put on it and taken off.

use chrono::NaiveDate;
use clap::Subcommand;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::answer::{PupilFacts, Row};
use crate::cli::args::date;
use crate::cli::desk::Desk;
use crate::cli::text::sentence;
use crate::domain::act::Act;
use crate::domain::day::Day;
use crate::domain::evidence::{Mark, or_blank};
use crate::domain::name::clean;
use crate::domain::session::Session;
use crate::domain::watch::Watched;

/// The watch list: list it, put a pupil on it, take one off
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

/// What is to be done with it.
#[derive(Subcommand, Debug)]
enum What {
    /// List who is watched (the same as without a word)
    List,
    /// Put a pupil on it
    Add {
        /// Name, name and tutor group, or admission number
        name: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// Last day of it
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        until: Option<NaiveDate>,
    },
    /// Take a pupil off it
    Drop {
        /// Name, name and tutor group, or admission number
        name: String,
    },
}

impl Args {
    /// Whether the list is changed by it.
    pub fn records(&self) -> bool {
        !matches!(self.what, None | Some(What::List))
    }
}

/// Why a pupil is watched.
#[derive(Serialize)]
pub struct WatchFacts {
    pub reason: String,
    pub until: Option<NaiveDate>,
    pub by: String,
    pub since: NaiveDate,
}

/// One watched pupil.
#[derive(Serialize)]
struct WatchedFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    #[serde(flatten)]
    watch: WatchFacts,
    am: Option<Mark>,
    pm: Option<Mark>,
}

/// List, add or drop.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    match &args.what {
        None | Some(What::List) => list(desk),
        Some(What::Add { name, reason, until }) => {
            let pupil = desk.pupil(name, desk.today())?;
            desk.perform(&Act::Watch {
                pupil,
                reason: clean(reason),
                until: *until,
                owner: None,
                review: None,
                instead: None,
            })
        }
        Some(What::Drop { name }) => {
            let pupil = desk.pupil(name, desk.today())?;
            desk.perform(&Act::Unwatch { pupil })
        }
    }
}

fn list(desk: &mut Desk<'_>) -> Result<(), Failure> {
    if desk.session_or_closed()?.is_none() {
        return Ok(());
    }
    let day = desk.day()?;
    let rows: Vec<WatchedFacts> = day.watched.iter().filter_map(|watched| facts(&day, watched)).collect();
    let heading = format!("Watched: {}.", rows.len());
    desk.answer(&heading, "Nobody is watched.", rows)
}

fn facts(day: &Day, watched: &Watched) -> Option<WatchedFacts> {
    let mark = |session| day.mark(watched.pupil, session).settled;
    Some(WatchedFacts {
        pupil: PupilFacts::of(&day.roll, day.roll.pupil(watched.pupil)?),
        watch: why(watched),
        am: mark(Session::Am),
        pm: mark(Session::Pm),
    })
}

/// Why a pupil is watched.
pub fn why(watched: &Watched) -> WatchFacts {
    WatchFacts {
        reason: watched.reason.clone(),
        until: watched.until,
        by: watched.who.clone(),
        since: watched.at.date(),
    }
}

impl WatchFacts {
    /// "watched for truancy, until 2026-12-18, asked for by S Marsh".
    pub fn told(&self) -> String {
        let until = self.until.map(|until| format!(", until {until}")).unwrap_or_default();
        format!("watched for {}{until}, asked for by {}", self.reason, self.by)
    }
}

impl Row for WatchedFacts {
    /// "Ash, Ned, 7CK: AM /, PM blank, watched for truancy, asked for by S Marsh."
    fn lines(&self) -> Vec<String> {
        vec![sentence([
            format!("{}: AM {}", self.pupil.introduced(), or_blank(self.am)),
            format!("PM {}", or_blank(self.pm)),
            self.watch.told(),
        ])]
    }
}
