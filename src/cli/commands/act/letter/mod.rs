//! `letter`: letters to parents. The templates are listed, a letter is suggested by the school's rules, made once its recipients were
//! seen and counted, printed again as it was, and followed until it has gone.

mod making;
pub mod rows;
mod suggesting;

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime};
use clap::Subcommand;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::{date, time, word};
use crate::config::NewFile;
use crate::domain::act::{Act, DeliverLetter, Refusal};
use crate::domain::act_id::ActId;
use crate::domain::cases::letters::{Delivery, LetterOutcome, least_for_letter};
use crate::domain::counted::counted;
use crate::domain::name::clean_lines;
use crate::render::letters::{Templates, page};
use crate::report::letter::{Sheet, text};
use crate::store::Fault;
use rows::TemplateFacts;

/// Letters to parents: list the templates, see who should get which, make them, print one again, say that it was sent
#[derive(clap::Args, Debug)]
#[command(after_help = "firstbell letter suggest\n\
                        firstbell letter make concern-1 --suggested --out letters\n\
                        firstbell letter make concern-1 --suggested --out letters --confirm 12\n\
                        firstbell letter sent 31 32 --by post")]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

/// What is to be done.
#[derive(Subcommand, Debug)]
enum What {
    /// List the templates (the same as without a word)
    List,
    /// List who should get which letter by the school's rules, and why; nothing is made by it
    Suggest {
        /// On which day; today if left out
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        on: Option<NaiveDate>,
    },
    /// Make letters: first list to whom they go and how many they are, then, with --confirm and that number, keep and write them
    Make(making::Args),
    /// Print letters again, as they were made
    Print {
        /// Their numbers
        #[arg(required = true)]
        numbers: Vec<i64>,
        /// A new file, which ends in .html or .txt; left out, the text is printed
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Say that letters were sent or handed over
    Sent {
        /// Their numbers
        #[arg(required = true)]
        numbers: Vec<i64>,
        /// hand, post or email
        #[arg(long, value_parser = way)]
        by: LetterOutcome,
        /// When, if not today
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        on: Option<NaiveDate>,
        /// At which time; today, if not now
        #[arg(long, value_name = "HH:MM", value_parser = time)]
        at: Option<NaiveTime>,
        /// Who sent or handed it over, if not you
        #[arg(long)]
        who: Option<String>,
        /// Whatever is to be said of it
        #[arg(long, default_value = "")]
        words: String,
    },
    /// Say that a letter came back
    Returned {
        /// Its number
        number: i64,
        /// When, if not today
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
        on: Option<NaiveDate>,
        /// Whatever is to be said of it: "gone away"
        #[arg(long, default_value = "")]
        words: String,
    },
}

/// A way in which a letter goes.
fn way(text: &str) -> Result<LetterOutcome, String> {
    word::<LetterOutcome>(text)
        .ok()
        .filter(|outcome| *outcome != LetterOutcome::Returned)
        .ok_or_else(|| "write one of hand, post, email".to_owned())
}

impl Args {
    /// Whether something is put down by it.
    pub fn records(&self) -> bool {
        matches!(self.what, Some(What::Make(_) | What::Sent { .. } | What::Returned { .. }))
    }

    /// Whether it writes files.
    pub fn reaches_files(&self) -> bool {
        matches!(self.what, Some(What::Make(_) | What::Print { out: Some(_), .. }))
    }
}

/// Every template; one that cannot be used is refused with where it is wrong.
fn templates(desk: &mut Desk<'_>) -> Result<Templates, Failure> {
    desk.store.letter_templates().or_else(|fault| desk.forbid(fault.to_string()))
}

/// List, suggest, make, print, follow.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let (today, now) = (desk.today(), desk.local().time());
    match &args.what {
        None | Some(What::List) => {
            let rows: Vec<TemplateFacts> = templates(desk)?.iter().map(TemplateFacts::of).collect();
            desk.answer(&format!("{}.", counted(rows.len(), "template")), "There is none.", rows)
        }
        Some(What::Suggest { on }) => suggesting::run(desk, on.unwrap_or(today)),
        Some(What::Make(args)) => making::run(desk, args),
        Some(What::Print { numbers, out }) => print(desk, numbers, out.as_deref()),
        Some(What::Sent { numbers, by, on, at, who, words }) => {
            let on = on.unwrap_or(today);
            let time = at.or_else(|| (on == today).then_some(now));
            let who = who.clone().unwrap_or_else(|| desk.officer.name.clone());
            let words = clean_lines(words);
            let delivery = |letter| Delivery { letter, outcome: *by, on, time, who: who.clone(), words: words.clone() };
            numbers.iter().try_for_each(|number| deliver(desk, delivery(ActId(*number))))
        }
        Some(What::Returned { number, on, words }) => {
            let (on, who, words) = (on.unwrap_or(today), desk.officer.name.clone(), clean_lines(words));
            let (letter, outcome) = (ActId(*number), LetterOutcome::Returned);
            let time = (on == today).then_some(now);
            deliver(desk, Delivery { letter, outcome, on, time, who, words })
        }
    }
}

fn deliver(desk: &mut Desk<'_>, delivery: Delivery) -> Result<(), Failure> {
    match desk.store.letter(delivery.letter)? {
        Some((pupil, ..)) => desk.perform(&Act::DeliverLetter(DeliverLetter { pupil, delivery })),
        None => desk.refuse(&Refusal::Unknown { what: "letter" }),
    }
}

/// The letters of these numbers, as they were made.
fn print(desk: &mut Desk<'_>, numbers: &[i64], out: Option<&std::path::Path>) -> Result<(), Failure> {
    let ending = |path: &std::path::Path| path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    let is_page = match out.map(ending) {
        None => false,
        Some(Some(ending)) if ending == "html" || ending == "txt" => ending == "html",
        Some(_) => return Err(Failure::Usage("a letter is written as its name ends: .html or .txt".to_owned())),
    };
    if out.is_none() && desk.json {
        return Err(Failure::Usage("a letter is no JSON: name a file with --out, or leave --json out".to_owned()));
    }
    let mut sheets = Vec::new();
    for number in numbers {
        let Some((pupil, letter, paper)) = desk.store.letter(ActId(*number))? else {
            return desk.refuse(&Refusal::Unknown { what: "letter" });
        };
        let least = least_for_letter(&letter.what.template);
        if desk.officer.role < least {
            return desk.refuse(&Refusal::NotAllowed {
                what: "this letter".to_owned(),
                least,
                role: desk.officer.role,
            });
        }
        desk.exports(&format!("letter {number}"), Some(pupil))?;
        sheets.push(Sheet::of(ActId(*number), &letter.what, &paper));
    }
    let Some(path) = out else { return text(&sheets).lines().try_for_each(|line| desk.print(line)) };
    let file = NewFile::begin(path).map_err(Fault::from)?;
    let written = if is_page { page(&sheets)? } else { text(&sheets) };
    let path = file.keep_text(&written).map_err(Fault::from)?;
    desk.done(None, &format!("{} in {}", counted(sheets.len(), "letter"), path.display()), None)
}
