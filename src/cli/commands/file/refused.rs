//! `refused`: files that a folder that feeds itself has refused, and that somebody is to see to.

use chrono::NaiveDate;
use clap::Subcommand;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::Row;
use crate::cli::text::{clock, sentence};
use crate::domain::act::{Act, DismissFile, Refusal};
use crate::domain::counted::counted;
use crate::domain::facts::fed_file::RefusedFile;

/// Files that `feed` has refused: list them, or take one off the screens once it is seen to
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

/// What is to be done.
#[derive(Subcommand, Debug)]
enum What {
    /// List them (the same as without a word)
    List,
    /// Take one off the screens: somebody has seen to it
    Dismiss {
        /// The number of the refusal
        #[arg(value_name = "NUMBER")]
        number: i64,
    },
}

impl Args {
    /// Whether the record is changed by it.
    pub fn records(&self) -> bool {
        matches!(self.what, Some(What::Dismiss { .. }))
    }
}

/// One file that was refused.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RefusedFileFacts {
    number: i64,
    file: String,
    folder: String,
    /// Its name in the folder "refused", where its report lies beside it.
    kept_as: String,
    says: String,
    date: NaiveDate,
    at: String,
}

/// List, or dismiss.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let files = desk.store.refused_files()?;
    match &args.what {
        None | Some(What::List) => {
            let rows: Vec<RefusedFileFacts> = files.into_iter().map(RefusedFileFacts::of).collect();
            let heading = format!("{} to see to.", counted(rows.len(), "refused file"));
            desk.answer(&heading, "No refused file is to be seen to.", rows)
        }
        Some(What::Dismiss { number }) => match files.into_iter().find(|one| one.number == *number) {
            Some(one) => desk.perform(&Act::DismissFile(DismissFile { number: one.number, file: one.file })),
            None => desk.refuse(&Refusal::Unknown { what: "refused file" }),
        },
    }
}

impl RefusedFileFacts {
    fn of(one: RefusedFile) -> RefusedFileFacts {
        let RefusedFile { number, file, folder, kept_as, why, at } = one;
        RefusedFileFacts { number, file, folder, kept_as, says: why, date: at.date(), at: clock(at.time()) }
    }
}

impl Row for RefusedFileFacts {
    /// "3, 24 Nov 2026 09:20, marks.xml stops in the middle…" and where it lies.
    fn lines(&self) -> Vec<String> {
        let when = format!("{} {}", self.date.format("%-d %b %Y"), self.at);
        let first = sentence([self.number.to_string(), when, self.says.clone()]);
        let lies = format!("  It lies in {}/refused/{}, with its report.", self.folder, self.kept_as);
        vec![first, lies]
    }
}
