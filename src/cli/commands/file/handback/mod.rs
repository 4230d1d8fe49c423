//! `handback`: marks that the school's management information system does not hold as the record does, for it to be told.

mod confirming;
pub mod facts;
mod making;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Subcommand, ValueEnum};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::date;
use crate::domain::act::{Act, Refusal, RefuseHandback};
use crate::domain::counted::counted;
use crate::domain::facts::handback::{Form, HandbackId};
use crate::domain::name::clean;
use facts::{HandbackFacts, HandbackShownFacts, ToHandBackFacts};

/// Hand back to your management information system the marks that it does not hold as the record does. Until somebody confirms them
/// they are handed back again
#[derive(clap::Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "firstbell handback | lp\n\
                        firstbell handback --form csv --profile marks-long --to marks.csv --receipt receipt.csv\n\
                        firstbell handback confirm 3")]
pub struct Args {
    #[command(flatten)]
    making: Making,
    #[command(subcommand)]
    what: Option<What>,
}

/// What is handed back, and how.
#[derive(clap::Args, Debug)]
struct Making {
    /// In which form; a sheet if left out, and a table where a profile is named
    #[arg(long, value_enum)]
    form: Option<Written>,
    /// The profile in whose columns the table is
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The new file: an existing one is never written over. A sheet is printed where no file is named
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Let the reasons go along as comments, which anybody in SIMS may read
    #[arg(long)]
    comments: bool,
    /// A new file for the receipt, which a program completes and gives back to `handback confirm`
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
    #[command(flatten)]
    dates: Dates,
}

/// Of which dates.
#[derive(clap::Args, Debug)]
struct Dates {
    /// The first date
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<NaiveDate>,
    /// The last date, if not today
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<NaiveDate>,
}

impl Dates {
    /// The first and the last, where they are said; refused where the first is after the last.
    fn in_order(&self) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Failure> {
        match (self.from, self.until) {
            (Some(from), Some(until)) if from > until => {
                Err(Failure::Usage(format!("{from} is after {until}: give the first date as --from")))
            }
            dates => Ok(dates),
        }
    }
}

/// The forms, as they are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Written {
    /// A list on paper, for a person to key
    Sheet,
    /// A table, in our own columns or in those of a profile
    Csv,
    /// XML for a partner program of SIMS
    Sims,
}

#[derive(Subcommand, Debug)]
enum What {
    /// List what is to be handed back, and what the other system refused; nothing is handed back by that
    Waiting {
        #[command(flatten)]
        dates: Dates,
    },
    /// List what was handed back, the newest first, and how it stands
    List,
    /// Show one hand-back, row by row
    Show {
        /// Its number
        number: i64,
    },
    /// Say that rows are in the other system: they are not handed back again
    Confirm {
        /// The number of the hand-back
        #[arg(required_unless_present = "receipt", conflicts_with = "receipt")]
        number: Option<i64>,
        /// Its rows, such as 1,3-5; all that wait, where none is named
        #[arg(long, value_name = "ROWS", value_parser = rows, conflicts_with = "receipt")]
        rows: Option<Rows>,
        /// The receipt, completed by the program that put them there
        #[arg(long, value_name = "FILE")]
        receipt: Option<PathBuf>,
    },
    /// Say that the other system refused rows: each is kept out until the mark is another
    Refuse {
        /// The number of the hand-back
        number: i64,
        /// Its rows, such as 1,3-5
        #[arg(long, value_name = "ROWS", value_parser = rows)]
        rows: Rows,
        /// Why
        #[arg(long, value_name = "WORDS")]
        reason: String,
    },
}

/// Places of rows, from 1.
#[derive(Clone, Debug)]
struct Rows(Vec<i64>);

/// More rows than are named by hand.
const ROWS_MAX: i64 = 10_000;

/// `1,3-5`.
fn rows(text: &str) -> Result<Rows, String> {
    let wrong = || "write rows as 1,3-5".to_owned();
    let mut all = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let number = |text: &str| text.trim().parse::<i64>().ok().filter(|one| (1..=ROWS_MAX).contains(one));
        let (first, last) = number(first).zip(number(last)).filter(|(first, last)| first <= last).ok_or_else(wrong)?;
        all.extend(first..=last);
    }
    all.sort_unstable();
    all.dedup();
    Ok(Rows(all))
}

impl Args {
    /// Whether it says what became of a hand-back.
    pub fn records(&self) -> bool {
        matches!(self.what, Some(What::Confirm { .. } | What::Refuse { .. }))
    }

    /// What it does to files beside the school's.
    pub fn reaches_files(&self) -> Option<&'static str> {
        match &self.what {
            None if self.making.to.is_some() || self.making.receipt.is_some() => Some("writes a file"),
            Some(What::Confirm { receipt: Some(_), .. }) => Some("reads a file"),
            None
            | Some(
                What::Waiting { .. } | What::List | What::Show { .. } | What::Confirm { .. } | What::Refuse { .. },
            ) => None,
        }
    }
}

/// Hand back, list, or say what became of it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    match &args.what {
        None => making::run(desk, &args.making),
        Some(What::Waiting { dates }) => waiting(desk, dates),
        Some(What::List) => list(desk),
        Some(What::Show { number }) => show(desk, HandbackId(*number)),
        Some(What::Confirm { number, rows, receipt }) => {
            confirming::run(desk, number.map(HandbackId), rows.as_ref(), receipt.as_deref())
        }
        Some(What::Refuse { number, rows, reason }) => {
            let (number, reason) = (HandbackId(*number), clean(reason));
            desk.perform(&Act::RefuseHandback(RefuseHandback { number, rows: rows.0.clone(), reason }))
        }
    }
}

impl Written {
    fn form(self) -> Form {
        match self {
            Written::Sheet => Form::Sheet,
            Written::Csv => Form::Csv,
            Written::Sims => Form::Sims,
        }
    }
}

fn waiting(desk: &mut Desk<'_>, dates: &Dates) -> Result<(), Failure> {
    let dates = dates.in_order()?;
    desk.exports("marks to be handed back", None)?;
    let found = desk.store.to_hand_back(desk.now(), dates)?;
    let roll = desk.store.roll().clone();
    let waits = found.changes.iter().filter_map(|change| ToHandBackFacts::of(&roll, change, None));
    let refused = found.refused.iter().filter_map(|(change, why)| ToHandBackFacts::of(&roll, change, Some(why)));
    let rows: Vec<ToHandBackFacts> = waits.chain(refused).collect();
    let refused = match found.refused.len() {
        0 => String::new(),
        many => format!(", and {many} that the other system refused"),
    };
    let heading = format!("{} to be handed back{refused}.", counted(found.changes.len(), "mark"));
    desk.answer(&heading, "Nothing waits.", rows)
}

fn list(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let rows: Vec<HandbackFacts> = desk.store.handbacks()?.iter().rev().map(HandbackFacts::of).collect();
    desk.answer(&format!("{}.", counted(rows.len(), "hand-back")), "Nothing was handed back.", rows)
}

fn show(desk: &mut Desk<'_>, number: HandbackId) -> Result<(), Failure> {
    let Some(handback) = desk.store.handback(number)? else {
        return desk.refuse(&Refusal::Unknown { what: "hand-back" });
    };
    desk.exports(&format!("hand-back {}", number.0), None)?;
    let row = HandbackShownFacts::of(desk.store.roll(), &handback, Vec::new());
    desk.answer(&format!("Hand-back {}.", number.0), "", vec![row])
}
