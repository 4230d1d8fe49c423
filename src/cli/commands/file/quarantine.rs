//! `quarantine`: marks of files that are no code, and what they mean.

use chrono::NaiveDate;
use clap::Subcommand;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::parse::code;
use crate::cli::text::{clock, sentence};
use crate::domain::act::{Act, DropMarks, MapMark};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::facts::waiting_mark::WaitingMark;
use crate::domain::name::clean;
use crate::domain::school::roll::Roll;

/// So many marks are told of each that waits.
const EXAMPLES: usize = 3;

/// Marks of files that are no attendance code, and wait: list them, say what one means, or drop it
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

/// What is to be done with it.
#[derive(Subcommand, Debug)]
enum What {
    /// List what waits (the same as without a word)
    List,
    /// List what marks of files mean by now
    Meanings,
    /// Say what a mark means: what waits of it is released, and files that come later use it
    Map {
        /// The mark as it stands in the file
        #[arg(allow_hyphen_values = true)]
        mark: String,
        /// The code that it means
        #[arg(value_parser = code)]
        code: Code,
    },
    /// Drop what waits of a mark: it was none
    Drop {
        /// The mark as it stands in the file
        #[arg(allow_hyphen_values = true)]
        mark: String,
        /// Why
        #[arg(long, value_name = "WORDS")]
        reason: String,
    },
}

impl Args {
    /// Whether the record is changed by it.
    pub fn records(&self) -> bool {
        !matches!(self.what, None | Some(What::List | What::Meanings))
    }
}

/// What waits of one mark.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuarantineFacts {
    mark: String,
    waiting: usize,
    pupils: usize,
    first: NaiveDate,
    last: NaiveDate,
    examples: Vec<WaitingFacts>,
}

/// One that waits.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct WaitingFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    date: NaiveDate,
    session: Session,
    file: String,
    line: u64,
    act: i64,
    by: String,
    on: NaiveDate,
    at: String,
}

/// What a mark means.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MeaningFacts {
    mark: String,
    code: Code,
    act: i64,
    by: String,
    on: NaiveDate,
    at: String,
}

/// List, map or drop.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    match &args.what {
        None | Some(What::List) => list(desk),
        Some(What::Meanings) => meanings(desk),
        Some(What::Map { mark, code }) => desk.perform(&Act::MapMark(MapMark { raw: clean(mark), code: *code })),
        Some(What::Drop { mark, reason }) => {
            desk.perform(&Act::DropMarks(DropMarks { raw: clean(mark), reason: clean(reason) }))
        }
    }
}

fn list(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let waiting = desk.store.waiting_marks()?;
    let roll = desk.store.roll().clone();
    let rows: Vec<QuarantineFacts> =
        waiting.chunk_by(|one, next| one.raw == next.raw).filter_map(|of_mark| facts(&roll, of_mark)).collect();
    let heading = format!("{} for somebody to say what they mean.", counted(waiting.len(), "mark"));
    desk.answer(&heading, "No mark of a file waits.", rows)
}

fn facts(roll: &Roll, waiting: &[WaitingMark]) -> Option<QuarantineFacts> {
    let (first, last) = (waiting.first()?, waiting.last()?);
    let mut pupils: Vec<_> = waiting.iter().map(|one| one.pupil).collect();
    pupils.sort_unstable();
    pupils.dedup();
    let example = |one: &WaitingMark| {
        Some(WaitingFacts {
            pupil: PupilFacts::of(roll, roll.pupil(one.pupil)?),
            date: one.of.date,
            session: one.of.session,
            file: one.file.clone(),
            line: one.line,
            act: one.act.0,
            by: one.brought_by.clone(),
            on: one.at.date(),
            at: clock(one.at.time()),
        })
    };
    Some(QuarantineFacts {
        mark: first.raw.clone(),
        waiting: waiting.len(),
        pupils: pupils.len(),
        first: first.of.date,
        last: last.of.date,
        examples: waiting.iter().take(EXAMPLES).filter_map(example).collect(),
    })
}

fn meanings(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let meanings = desk.store.mark_meanings()?;
    let fact = |one: &crate::domain::facts::waiting_mark::MarkMeaning| MeaningFacts {
        mark: one.raw.clone(),
        code: one.code,
        act: one.act.0,
        by: one.by.clone(),
        on: one.at.date(),
        at: clock(one.at.time()),
    };
    let rows: Vec<MeaningFacts> = meanings.iter().map(fact).collect();
    let heading = format!("{} of files with a meaning of their own.", counted(rows.len(), "mark"));
    desk.answer(&heading, "No mark of a file has a meaning of its own.", rows)
}

impl Row for QuarantineFacts {
    /// "“7”: 12 marks of 3 pupils, 2 to 24 Nov 2026." and a line for each of the first.
    fn lines(&self) -> Vec<String> {
        let [first, last] = [self.first, self.last].map(|date| date.format("%-d %b %Y").to_string());
        let dates = if first == last { first } else { format!("{first} to {last}") };
        let marks = counted(self.waiting, "mark");
        let head = sentence([format!("“{}”: {marks} of {}", self.mark, counted(self.pupils, "pupil")), dates]);
        let example = |one: &WaitingFacts| {
            let at = SessionDate::new(one.date, one.session);
            let (who, file, line) = (one.pupil.name_and_group(), &one.file, one.line);
            format!("  {who}, {at}, {file} line {line} ({}, {} {}).", one.by, one.on.format("%-d %b"), one.at)
        };
        let more = self.waiting.checked_sub(self.examples.len()).filter(|more| *more > 0);
        let more = more.map(|more| format!("  and {more} more."));
        std::iter::once(head).chain(self.examples.iter().map(example)).chain(more).collect()
    }
}

impl Row for MeaningFacts {
    /// "“7” is I (L Lead, 24 Nov 09:20)."
    fn lines(&self) -> Vec<String> {
        vec![format!("“{}” is {} ({}, {} {}).", self.mark, self.code, self.by, self.on.format("%-d %b"), self.at)]
    }
}
