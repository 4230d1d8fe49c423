//! `retention`: what is past keeping, and its removal.

use std::io::{BufRead, IsTerminal, Write, stderr, stdin};

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::Row;
use crate::cli::text::long_date;
use crate::clock::Clock;
use crate::domain::calendar::retention::{Past, YEARS};
use crate::domain::name::clean;
use crate::domain::year::year_name;
use crate::store::retention::PastKeeping;

/// List what is older than the law wants it kept, by school year; or remove it
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Remove it for good, once the school's name is typed: here, or when it is asked for
    #[arg(long, value_name = "SCHOOL", num_args = 0..=1)]
    remove: Option<Option<String>>,
}

/// What of one school year is past keeping.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RetentionFacts {
    /// "2019/20".
    year: String,
    counts: Vec<KindFacts>,
}

/// How much of one kind.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KindFacts {
    /// As its file in an archive is called.
    kind: &'static str,
    rows: i64,
}

/// List it, and remove it where that is asked for and confirmed.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let past = Past::on(desk.today());
    let found = desk.store.past_keeping(past)?;
    let asked = args.remove.as_ref().filter(|_| !found.is_empty());
    if asked.is_none() || !desk.json {
        list(desk, past, &found)?;
    }
    let Some(typed) = asked else { return Ok(()) };
    if matches!(desk.clock, Clock::Given(_)) {
        return desk.forbid("what is past keeping is told by the computer's own clock: leave --now out".to_owned());
    }
    let school = desk.store.roll().school.name.clone();
    let typed = match typed {
        Some(typed) => typed.clone(),
        None => ask(&school)?,
    };
    if clean(&typed) != school {
        return desk.forbid(format!("that is not the name of the school, {school}: nothing was removed"));
    }
    let officer = desk.officer.clone();
    let when = desk.when();
    let cleared = desk.store.clear_past(&officer, when, past);
    let cleared = desk.answered(cleared)?;
    let rows: usize = cleared.iter().map(|(_, rows)| rows).sum();
    desk.done(None, &format!("{rows} rows up to {} are removed for good", long_date(past.last_day)), None)
}

fn list(desk: &mut Desk<'_>, past: Past, found: &[PastKeeping]) -> Result<(), Failure> {
    let mut years: Vec<NaiveDate> = found.iter().map(|one| one.year).collect();
    years.dedup();
    let of = |year: NaiveDate| {
        let counts = found.iter().filter(|one| one.year == year);
        let counts = counts.map(|one| KindFacts { kind: one.kind, rows: one.rows }).collect();
        RetentionFacts { year: year_name(year), counts }
    };
    let heading =
        format!("Past {YEARS} years: what is about days up to {}, and was entered by then.", long_date(past.last_day));
    desk.answer(&heading, "There is nothing of them.", years.into_iter().map(of).collect())
}

/// What is typed when the school's name is asked for.
fn ask(school: &str) -> Result<String, Failure> {
    if !stdin().is_terminal() {
        return Err(Failure::Usage(format!("standard input is no terminal: confirm with --remove \"{school}\"")));
    }
    write!(stderr(), "This cannot be taken back. To remove it for good, type the school's name, {school}: ")?;
    let mut typed = String::new();
    stdin().lock().read_line(&mut typed)?;
    Ok(typed)
}

impl Row for RetentionFacts {
    /// "2019/20: marks 1200, evidence 31."
    fn lines(&self) -> Vec<String> {
        let counts: Vec<String> = self.counts.iter().map(|one| format!("{} {}", one.kind, one.rows)).collect();
        vec![format!("{}: {}.", self.year, counts.join(", "))]
    }
}
