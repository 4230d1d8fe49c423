//! `profile FILE`: what the columns of a file are, proposed, asked and saved; on the screen, or by a file of answers.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::desk::answer::Row;
use crate::cli::desk::{Desk, codes};
use crate::cli::parse::Look;
use crate::cli::{Failure, GuideOptions, Next};
use crate::config::{self, plain};
use crate::domain::counted::counted;
use crate::domain::name::clean;
use crate::exchange::profiles::guide::{About, Answers, Guide, NotKept, Point, Trial};
use crate::exchange::profiles::{Profile, Profiles};

/// A file of answers has no more bytes than that.
const ANSWERS_MAX: u64 = 100_000;

/// Teaching a file.
#[derive(clap::Args, Debug)]
#[group(skip)]
pub struct Args {
    /// A file of another system to be taught, on the screen: what its columns are is proposed, asked and saved
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Answer what is asked by this file, and save without opening the screen
    #[arg(long, value_name = "PATH", requires = "file")]
    answers: Option<PathBuf>,
    /// Only say what is proposed and what is asked (the same with --json alone)
    #[arg(long, requires = "file", conflicts_with = "answers")]
    propose: bool,
    /// With --answers: only say what would be read
    #[arg(long, requires = "answers")]
    dry_run: bool,
    #[command(flatten)]
    look: Look,
}

/// One thing that is proposed or asked.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PointFacts {
    /// `file`, `column`, `sessions`, `code`, `above` (the list), `given` (in every row) or `source` (whose files).
    about: &'static str,
    /// By what a file of answers names it.
    key: String,
    /// What stands there: a few different cells; of the file, how it lies. Telephone numbers, addresses and the like are masked.
    samples: Vec<String>,
    /// What it is, where that is certain or answered; null where it is asked.
    settled: Option<String>,
    reason: String,
    /// The question, where it is asked.
    asks: Option<String>,
    /// What may be answered: the likely ones.
    choices: Vec<String>,
}

/// What was taught, and what it comes to.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TaughtFacts {
    profile: String,
    what: String,
    /// The file that it was saved to; null where nothing was.
    saved: Option<String>,
    /// What would be read: "36 marks of 9 pupils".
    brings: Vec<String>,
    /// What each mark that is no national code was taken for.
    signs: Vec<String>,
    /// Of the pupils whom marks name, how many are on the roll; null where that cannot be said.
    on_roll: Option<usize>,
    /// Rows that would be refused, and the first of them.
    refused: usize,
    first: Vec<String>,
    /// What is to be looked at.
    look_at: Vec<String>,
    /// Why another profile would be used all the same.
    passed_over: Option<String>,
    /// The profile as it is written.
    text: String,
}

impl Args {
    /// Whether a file is named: then this computer's files are reached.
    pub fn reaches_files(&self) -> bool {
        self.file.is_some()
    }

    /// Whether the screen is to be opened.
    pub fn opens_screen(&self, json: bool) -> bool {
        self.file.is_some() && self.answers.is_none() && !self.propose && !json
    }
}

/// What the screen needs to open.
pub fn screen(args: &Args, desk: &Desk<'_>) -> Result<Next, Failure> {
    let guide = open(args, desk)?;
    let look = crate::cli::look(&args.look);
    let folder = config::profiles(desk.store.path());
    Ok(Next::Guide(Box::new(GuideOptions { guide, folder, keymaps: config::keymaps()?, look })))
}

/// Say what is proposed, or answer and save; false where no file is named.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<bool, Failure> {
    if args.file.is_none() {
        return Ok(false);
    }
    let mut guide = open(args, desk)?;
    match &args.answers {
        None => propose(desk, &guide)?,
        Some(path) => {
            let answers = Answers::parse(&read(path)?).map_err(|why| unusable(path, &why))?;
            guide.take(&answers).map_err(|why| unusable(path, &why))?;
            settle(desk, &guide, &answers, args.dry_run)?;
        }
    }
    Ok(true)
}

fn open(args: &Args, desk: &Desk<'_>) -> Result<Guide, Failure> {
    let profiles = Profiles::load(&config::profiles(desk.store.path()))?;
    let path = args.file.as_deref().unwrap_or(Path::new(""));
    Ok(Guide::open(path, (desk.store.roll().clone(), codes()?), profiles, desk.today())?)
}

fn read(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let file = config::open_file(path).and_then(|file| file.take(ANSWERS_MAX).read_to_string(&mut text));
    file.map_err(|error| unusable(path, &plain(&error)))?;
    Ok(text)
}

fn unusable(path: &Path, why: &str) -> Failure {
    Failure::Usage(format!("{}: {why}", path.display()))
}

fn propose(desk: &mut Desk<'_>, guide: &Guide) -> Result<(), Failure> {
    let points = guide.points();
    let open = points.iter().filter(|point| point.is_open()).count();
    let known = guide.describe_known().map(|known| format!(" {known}")).unwrap_or_default();
    let asked = if open == 0 { "nothing is asked".to_owned() } else { counted(open, "question") };
    let heading = format!("{}: {}; {asked}.{known}", guide.file(), guide.describe());
    desk.answer(&heading, "", points.iter().map(PointFacts::of).collect())
}

fn settle(desk: &mut Desk<'_>, guide: &Guide, answers: &Answers, dry_run: bool) -> Result<(), Failure> {
    let faults = guide.faults();
    if !faults.is_empty() {
        return desk.refuse_unsettled(&format!("no profile was made of {}: {}", guide.file(), faults.join("; ")));
    }
    let name = answers.name.clone().unwrap_or_else(|| guide.name());
    let profile = guide.profile(&name, answers.what.as_deref()).map_err(Failure::Usage)?;
    let trial = guide.try_out(&profile)?;
    if trial.names_nobody() && !answers.nobody_on_roll && !dry_run {
        return desk.refuse_unsettled(&format!(
            "nobody whom {} names is on your roll, so what was taken for their numbers may be something else, and nothing was saved: import \
             the pupils first, or say `nobody-on-roll = true` in the answers",
            guide.file()
        ));
    }
    let saved = match dry_run {
        true => None,
        false => match guide.keep(&profile, &config::profiles(desk.store.path()), answers.replace) {
            Ok(path) => Some(path),
            Err(why @ NotKept::Exists(_)) => {
                return desk.refuse_unsettled(&format!("{why}: say another name in the answers, or `replace = true`"));
            }
            Err(why @ NotKept::Rival(_)) => {
                return desk.refuse_unsettled(&format!("{why}, with `replace = true` in the answers"));
            }
            Err(why @ (NotKept::Name(_) | NotKept::BuiltIn(_) | NotKept::Rivals(_) | NotKept::Failed(_))) => {
                return desk.refuse_unsettled(&why.to_string());
            }
        },
    };
    let row = TaughtFacts::of(profile, trial, saved);
    let heading = match &row.saved {
        Some(path) => format!("Saved as {path}."),
        None => "Nothing was saved.".to_owned(),
    };
    desk.answer(&heading, "", vec![row])
}

impl PointFacts {
    fn of(point: &Point) -> PointFacts {
        PointFacts {
            about: match point.about {
                About::File => "file",
                About::Column(_) => "column",
                About::Sessions => "sessions",
                About::Code(_) => "code",
                About::Above(_) => "above",
                About::Given(_) => "given",
                About::Source => "source",
            },
            key: point.key.clone(),
            samples: point.shown(false),
            settled: point.settled().map(|choice| choice.word()),
            reason: point.reason.clone(),
            asks: point.is_open().then(|| point.question()),
            choices: point.choices.iter().take(point.likely).map(|choice| choice.word()).collect(),
        }
    }
}

impl Row for PointFacts {
    /// "column “Day”: date day-first, for it holds dates, the day first: ...", or what is asked and may be answered.
    fn lines(&self) -> Vec<String> {
        let what = format!("{} “{}”", self.about, clean(&self.key));
        let samples = match self.samples.is_empty() {
            true => String::new(),
            false => format!(" ({})", self.samples.join(", ")),
        };
        match (&self.settled, &self.asks) {
            (Some(settled), _) => vec![format!("{what}{samples}: {settled}; {}.", self.reason)],
            (None, asks) => vec![
                format!("{what}{samples}: asked; {}.", self.reason),
                format!("  {} {}.", asks.as_deref().unwrap_or_default(), self.choices.join(", ")),
            ],
        }
    }
}

impl TaughtFacts {
    fn of(profile: Profile, trial: Trial, saved: Option<PathBuf>) -> TaughtFacts {
        let Trial { brings, signs, on_roll, refused, first, look_at, passed_over } = trial;
        TaughtFacts {
            profile: profile.name,
            what: profile.what,
            saved: saved.map(|path| path.display().to_string()),
            brings,
            signs,
            on_roll: on_roll.map(|(known, _)| known),
            refused,
            first,
            look_at,
            passed_over,
            text: profile.text,
        }
    }
}

impl Row for TaughtFacts {
    fn lines(&self) -> Vec<String> {
        let brings = if self.brings.is_empty() { "nothing".to_owned() } else { self.brings.join(", ") };
        let on_roll =
            self.on_roll.map(|many| format!("; on your roll: {}", counted(many, "pupil"))).unwrap_or_default();
        let mut lines = vec![format!("Would be read by {}: {brings}{on_roll}.", self.profile)];
        lines.extend(self.signs.iter().map(|sign| format!("Sign: {sign}.")));
        lines.extend(self.passed_over.iter().map(|why| format!("Not used: {why}.")));
        if self.refused > 0 {
            lines.push(format!("Refused: {}.", counted(self.refused, "row")));
        }
        lines.extend(self.first.iter().map(|one| format!("  {one}.")));
        lines.extend(self.look_at.iter().map(|one| format!("Look at: {one}.")));
        lines.extend(self.text.lines().map(clean));
        lines
    }
}
