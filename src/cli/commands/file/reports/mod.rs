//! `report`: the reports that there are, and each of them as text, CSV, a workbook or a page of HTML.

pub mod due;
mod gathering;
mod lists;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser};
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::Row;
use crate::cli::desk::showing::Numbers;
use crate::cli::desk::writing::{answered, open};
use crate::cli::parse::{cohort, date};
use crate::domain::figures::cohort::Cohort;
use crate::domain::figures::hand_sheet::HandSheet;
use crate::domain::figures::question::Whom;
use crate::domain::people::pupil::PupilId;
use crate::exchange::hand_sheet;
use crate::report::layout::Report;
use crate::report::reports::{Needs, REPORTS, ReportKind};

/// Lists the reports, or makes one: text, CSV, a workbook, or a page to print
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Which report; left out, they are listed
    #[arg(value_parser = words())]
    name: Option<String>,
    /// Its first date; left out, what is usual for the report
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "name")]
    from: Option<NaiveDate>,
    /// Its last date; today if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "name")]
    to: Option<NaiveDate>,
    /// Only this year group, or several: 11,13
    #[arg(long, value_name = "YEAR", value_delimiter = ',', requires = "name")]
    year: Vec<i64>,
    /// Only this tutor group
    #[arg(long, value_name = "GROUP", requires = "name")]
    group: Option<String>,
    /// Only this cohort: FSM, "SEN K", "not EAL"
    #[arg(long, value_name = "COHORT", value_parser = cohort, requires = "name")]
    cohort: Option<Cohort>,
    /// Only this pupil, of a report that is of one: name, name and tutor group, or admission number
    #[arg(long, value_name = "WHO", requires = "name")]
    pupil: Option<String>,
    /// As it was known at the end of this date
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "name")]
    as_of: Option<NaiveDate>,
    /// The tracking sheet that the school kept by hand until now, a workbook or a table, read back beside `tracking`
    #[arg(long, value_name = "FILE", requires = "name")]
    beside: Option<PathBuf>,
    /// Leave names out, and groups of fewer than five pupils
    #[arg(long, requires = "name")]
    anonymous: bool,
    #[command(flatten)]
    numbers: Numbers,
    /// Make what the settings say is due, each report once, into its folder
    #[arg(long, conflicts_with_all = ["name", "numbers"])]
    due: bool,
    /// The new file, which ends in .txt, .csv, .xlsx or .html; left out, the text is the answer
    #[arg(long, value_name = "FILE", requires = "name")]
    out: Option<PathBuf>,
    /// Put it in the place of a file that is there already
    #[arg(long, requires = "out")]
    replace: bool,
}

impl Args {
    /// Whether it writes a file, and not its answer.
    pub fn reaches_files(&self) -> bool {
        self.out.is_some() || self.due || self.beside.is_some()
    }
}

/// A report that is to be made.
struct Asked {
    kind: &'static ReportKind,
    dates: (NaiveDate, NaiveDate),
    whom: Whom,
    /// The last day of what was known; `None` is what is known now.
    known: Option<NaiveDate>,
    is_anonymous: bool,
    numbers: Numbers,
    /// The sheet that the school keeps by hand.
    by_hand: Option<HandSheet>,
    /// To whom it goes, where that is said.
    to: Option<String>,
}

/// One report that can be made.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReportFacts {
    name: &'static str,
    r#for: &'static str,
    rhythm: &'static str,
    #[serde(skip)]
    title: &'static str,
}

impl Row for ReportFacts {
    /// "lates: Lates and minutes lost, for heads of year and tutors, weekly."
    fn lines(&self) -> Vec<String> {
        vec![format!("{}: {}, for {}, {}.", self.name, self.title, self.r#for, self.rhythm)]
    }
}

fn words() -> PossibleValuesParser {
    PossibleValuesParser::new(REPORTS.map(|report| PossibleValue::new(report.name).help(report.title)))
}

/// List them, make one, or make what is due.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    if args.due {
        return due::run(desk);
    }
    let Some(kind) = args.name.as_deref().and_then(|name| REPORTS.into_iter().find(|report| report.name == name))
    else {
        let facts = |kind: &ReportKind| ReportFacts {
            name: kind.name,
            r#for: kind.audience,
            rhythm: kind.rhythm,
            title: kind.title,
        };
        return desk.answer("Reports:", "There is none.", REPORTS.map(facts).into());
    };
    let opened = args.out.as_deref().map(|to| open(to, args.replace)).transpose()?;
    if opened.is_none() && desk.json {
        return Err(Failure::Usage("a report is no JSON: name a file with --out, or leave --json out".to_owned()));
    }
    if args.numbers.numbers && !kind.wants(Needs::Private) {
        return Err(Failure::Usage(format!("{} shows no numbers: leave --numbers out", kind.name)));
    }
    desk.check_may_reveal(args.numbers)?;
    let known = args.as_of.filter(|date| *date < desk.today());
    if known.is_some() && !kind.knows_when() {
        let text = format!("--as-of: of all that {} is made of it is not known when it was put down", kind.name);
        return Err(Failure::Usage(text));
    }
    if args.beside.is_some() && !kind.wants(Needs::ByHand) {
        return Err(Failure::Usage(format!("{} has no sheet beside it: leave --beside out", kind.name)));
    }
    let dates = dates(desk, args, kind, known)?;
    let by_hand = args.beside.as_deref().map(|file| hand_sheet::read(file, dates.1)).transpose()?;
    let group = args.group.as_deref().map(|group| desk.group(group)).transpose()?;
    let pupil = pupil(desk, args, kind)?;
    let whom = Whom { years: args.year.clone(), group, cohort: args.cohort, pupil };
    let asked =
        Asked { kind, dates, whom, known, is_anonymous: args.anonymous, numbers: args.numbers, by_hand, to: None };
    let report = make(desk, &asked)?;
    answered(desk, &report, opened)
}

/// Make it, once it is put down as an export.
fn make(desk: &mut Desk<'_>, asked: &Asked) -> Result<Report, Failure> {
    let Asked { kind, dates, whom, .. } = asked;
    let gathered = gathering::gathered(desk, asked)?;
    let mut report = kind.report(&gathered, asked.is_anonymous);
    let names = if asked.is_anonymous { ", without names" } else { "" };
    let to = asked.to.as_ref().map(|to| format!(", for {to}")).unwrap_or_default();
    desk.exports(&format!("report {}, {} to {}{names}{to}", kind.name, dates.0, dates.1), whom.pupil)?;
    if let Some(to) = &asked.to {
        report.audience.clone_from(to);
    }
    Ok(report)
}

/// The pupil whom it is of, where it is of one.
fn pupil(desk: &mut Desk<'_>, args: &Args, kind: &ReportKind) -> Result<Option<PupilId>, Failure> {
    match (&args.pupil, kind.wants(Needs::Pupil)) {
        (None, false) => Ok(None),
        (None, true) => Err(Failure::Usage(format!("{} is of one pupil: say --pupil", kind.name))),
        (Some(_), false) => Err(Failure::Usage(format!("{} is of several pupils: leave --pupil out", kind.name))),
        (Some(_), true) if args.anonymous => {
            Err(Failure::Usage(format!("{} is of one pupil: it cannot be without names", kind.name)))
        }
        (Some(name), true) => desk.pupil_of_everybody(name).map(Some),
    }
}

/// The first date and the last, none of them still to come.
fn dates(
    desk: &Desk<'_>,
    args: &Args,
    kind: &ReportKind,
    known: Option<NaiveDate>,
) -> Result<(NaiveDate, NaiveDate), Failure> {
    let today = known.unwrap_or(desk.today());
    let last = args.to.unwrap_or(today);
    let first = args.from.unwrap_or_else(|| kind.usual.from(last, &desk.store.roll().calendar));
    if let Some(known) = known.filter(|known| last > *known) {
        return Err(Failure::Usage(format!("{last} is after {known}: of it nothing was known then")));
    }
    if last > today {
        return Err(Failure::Usage(format!("{last} is still to come: there is nothing to report of it")));
    }
    if first > last {
        return Err(Failure::Usage(format!("{first} is after {last}: give the first date as --from")));
    }
    Ok((first, last))
}
