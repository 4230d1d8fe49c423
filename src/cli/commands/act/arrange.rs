//! `arrange`: an arrangement entered once, for many; changed or ended from a date.

use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::{code, date};
use crate::config::{open_file, plain};
use crate::domain::act::{Act, Arrange, ChangeArrangement, EndArrangement, Refusal};
use crate::domain::calendar::week_sessions::WeekSessions;
use crate::domain::code::Code;
use crate::domain::facts::arrangement::{Arrangement, ArrangementId, Terms};
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::find::lines::read_lines;

/// The name of standard input.
const STDIN: &str = "-";

/// The most bytes of a list of pupils.
const LONGEST: u64 = 1 << 20;

/// Enter an arrangement for many pupils: a trip, work experience, alternative provision, a part-time timetable; change one, or end it
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Who is in it: a name, a name and tutor group, an admission number, or a tutor group for all of it
    pupils: Vec<String>,
    /// More of them, a line each; “-” reads them from standard input
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// The code of its sessions: V, P, W, B, K, D, C2 ...
    #[arg(long, value_parser = code, required_unless_present_any = ["change", "end"])]
    code: Option<Code>,
    /// With whom or what it is: “Harbour Garage”
    #[arg(long, required_unless_present_any = ["change", "end"])]
    title: Option<String>,
    /// The provider's telephone number
    #[arg(long)]
    number: Option<String>,
    /// On which days: “every fri pm”, “mon-wed”, “mon wed am”; every school day if left out
    #[arg(long)]
    days: Option<String>,
    /// First day; of a change or an end the first on which it is otherwise. Today if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<NaiveDate>,
    /// Last day; of a single day leave it out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    until: Option<NaiveDate>,
    /// When it is to be looked at again
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    review: Option<NaiveDate>,
    /// Anything else, or why it is changed or ended
    #[arg(long)]
    note: Option<String>,
    /// Change the arrangement of this number: pupils that are named come into it, what is not named stays
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["code", "end"])]
    change: Option<i64>,
    /// A pupil who is taken out of it; said again, another
    #[arg(long, value_name = "PUPIL", requires = "change")]
    without: Vec<String>,
    /// End the arrangement of this number
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["code", "title", "number", "days", "until", "review", "pupils", "list"])]
    end: Option<i64>,
    /// Take it back from its first day on, as if it had never been
    #[arg(long, requires = "end", conflicts_with = "from")]
    whole: bool,
}

impl Args {
    /// Whether it reads a file of this computer.
    pub fn reaches_files(&self) -> bool {
        self.list.as_deref().is_some_and(|file| file != Path::new(STDIN))
    }
}

/// Enter, change or end it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let from = args.from.unwrap_or(desk.today());
    if let Some(number) = args.end {
        let held = held(desk, number)?;
        let from = if args.whole { held.from } else { from };
        let words = args.note.as_deref().map(clean).unwrap_or_default();
        return desk.perform(&Act::EndArrangement(EndArrangement::of(&held, from, words)));
    }
    let days = args.days.as_deref().map(WeekSessions::parse).transpose();
    let days = days.or_else(|text| desk.refuse(&Refusal::Dates(text)))?;
    let pupils = listed(desk, &args.pupils, args.list.as_deref(), from)?;
    let text = |given: &Option<String>| given.as_deref().map(clean);
    if let Some(number) = args.change {
        let held = held(desk, number)?;
        let out = listed(desk, &args.without, None, from)?;
        let was = held.terms.clone();
        let terms = Terms {
            title: text(&args.title).unwrap_or(was.title),
            number: text(&args.number).unwrap_or(was.number),
            days: days.unwrap_or(was.days),
            until: args.until.unwrap_or(was.until),
            review: args.review.or(was.review),
            note: text(&args.note).unwrap_or(was.note),
        };
        return desk.perform(&Act::ChangeArrangement(ChangeArrangement::of(&held, from, terms, &pupils, &out)));
    }
    let (Some(code), Some(title)) = (args.code, text(&args.title)) else {
        return Err(Failure::Usage("an arrangement has a --code and a --title".to_owned()));
    };
    let terms = Terms {
        title,
        number: text(&args.number).unwrap_or_default(),
        days: days.unwrap_or_else(WeekSessions::every_school_day),
        until: args.until.unwrap_or(from),
        review: args.review,
        note: text(&args.note).unwrap_or_default(),
    };
    desk.perform(&Act::Arrange(Arrange { pupils, code, from, terms }))
}

fn held(desk: &mut Desk<'_>, number: i64) -> Result<Arrangement, Failure> {
    match desk.store.roll().arrangement(ArrangementId(number)).cloned() {
        Some(held) => Ok(held),
        None => desk.forbid(format!("there is no arrangement {number}: `firstbell arrangements` lists them")),
    }
}

/// The pupils of these arguments and of the list. Every line that means nobody, or several, is told, and then nothing is done.
fn listed(
    desk: &mut Desk<'_>,
    names: &[String],
    list: Option<&Path>,
    date: NaiveDate,
) -> Result<Vec<PupilId>, Failure> {
    let mut text = names.join("\n");
    if let Some(list) = list {
        text = format!("{}\n{text}", read(list)?);
    }
    let (pupils, unmet) = read_lines(desk.store.roll(), date, &text);
    if unmet.is_empty() {
        return Ok(pupils);
    }
    let told: Vec<String> = unmet.iter().map(|one| one.describe(desk.store.roll())).collect();
    desk.forbid(format!("nothing is recorded until every pupil is known:\n{}", told.join("\n")))
}

fn read(list: &Path) -> Result<String, Failure> {
    let (name, read) = if list == Path::new(STDIN) {
        ("standard input".to_owned(), std::io::read_to_string(std::io::stdin().take(LONGEST)))
    } else {
        let name = list.display().to_string();
        // Opening a pipe would wait for whoever writes into it.
        if std::fs::metadata(list).is_ok_and(|found| !found.is_file()) {
            return Err(Failure::Usage(format!(
                "{name} is no ordinary file: name one, or “{STDIN}” for standard input"
            )));
        }
        (name, open_file(list).and_then(|file| std::io::read_to_string(file.take(LONGEST))))
    };
    read.map_err(|error| Failure::Usage(format!("{name} cannot be read: {}; check its name", plain(&error))))
}
