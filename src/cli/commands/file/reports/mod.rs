//! `report`: the reports that there are, and each of them as text, CSV, a workbook or a page of HTML.

mod gathering;

use std::ffi::OsStr;
use std::io::BufWriter;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser};
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::Row;
use crate::cli::parse::{cohort, date};
use crate::config::{NewFile, NotMade};
use crate::domain::figures::cohort::Cohort;
use crate::domain::figures::question::Whom;
use crate::render::{Format, write};
use crate::report::layout::Report;
use crate::report::reports::{REPORTS, ReportKind};
use crate::store::Fault;

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
    /// Only this year group
    #[arg(long, value_name = "YEAR", requires = "name")]
    year: Option<i64>,
    /// Only this tutor group
    #[arg(long, value_name = "GROUP", requires = "name")]
    group: Option<String>,
    /// Only this cohort: FSM, "SEN K", "not EAL"
    #[arg(long, value_name = "COHORT", value_parser = cohort, requires = "name")]
    cohort: Option<Cohort>,
    /// Leave names out, and groups of fewer than five pupils
    #[arg(long, requires = "name")]
    anonymous: bool,
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
        self.out.is_some()
    }
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

/// List them, or make one.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
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
    let dates = dates(desk, args, kind)?;
    let group = args.group.as_deref().map(|group| desk.group(group)).transpose()?;
    let whom = Whom { year: args.year, group, cohort: args.cohort, pupil: None };
    let gathered = gathering::gathered(desk, kind, dates, whom)?;
    let report = kind.report(&gathered, args.anonymous);
    let names = if args.anonymous { ", without names" } else { "" };
    desk.exports(&format!("report {}, {} to {}{names}", kind.name, dates.0, dates.1), None)?;
    match opened {
        None => {
            let mut text = Vec::new();
            write(&report, Format::Text, &mut text)?;
            String::from_utf8_lossy(&text).lines().try_for_each(|line| desk.print(line))
        }
        Some((format, file)) => {
            let path = written(&report, format, file)?;
            desk.done(None, &format!("{} is in {}", report.title, path.display()), None)
        }
    }
}

/// Begin the file; its name says how it is written.
fn open(to: &std::path::Path, replaces: bool) -> Result<(Format, NewFile), Failure> {
    let Some(format) = to.extension().and_then(OsStr::to_str).and_then(Format::of_ending) else {
        let text = "a report is written as its name ends: .txt, .csv, .xlsx or .html";
        return Err(Failure::Usage(text.to_owned()));
    };
    let file = if replaces { NewFile::begin_to_replace(to) } else { NewFile::begin(to) };
    Ok((format, file.map_err(Fault::from)?))
}

/// The first date and the last, none of them still to come.
fn dates(desk: &Desk<'_>, args: &Args, kind: &ReportKind) -> Result<(NaiveDate, NaiveDate), Failure> {
    let today = desk.today();
    let last = args.to.unwrap_or(today);
    let first = args.from.unwrap_or_else(|| kind.usual.from(last, &desk.store.roll().calendar));
    if last > today {
        return Err(Failure::Usage(format!("{last} is still to come: there is nothing to report of it")));
    }
    if first > last {
        return Err(Failure::Usage(format!("{first} is after {last}: give the first date as --from")));
    }
    Ok((first, last))
}

fn written(report: &Report, format: Format, file: NewFile) -> Result<PathBuf, Failure> {
    let path = file.to().to_owned();
    let failed = |error| Failure::from(Fault::from(NotMade::Failed { path: path.clone(), error }));
    let mut out = BufWriter::new(file);
    write(report, format, &mut out).map_err(failed)?;
    let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
    Ok(file.keep().map_err(Fault::from)?)
}
