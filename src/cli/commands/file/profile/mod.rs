//! `profile`: the profiles by which tables of other systems are known, and the guide that writes one.

pub mod guide;

use clap::Subcommand;
use serde::Serialize;

use crate::cli::desk::Desk;
use crate::cli::desk::answer::Row;
use crate::cli::{Failure, Next};
use crate::config;
use crate::domain::counted::counted;
use crate::domain::name::clean;
use crate::exchange::profiles::{Profile, Profiles};

/// Teach firstbell a file of another system; or list the profiles by which files are known, or show one
#[derive(clap::Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    taught: guide::Args,
}

impl Args {
    /// Whether a file is named.
    pub fn reaches_files(&self) -> bool {
        self.taught.reaches_files()
    }

    /// Whether the screen is to be opened.
    pub fn opens_screen(&self, json: bool) -> bool {
        self.taught.opens_screen(json)
    }
}

#[derive(Subcommand, Debug)]
enum What {
    /// List them (the same as without a word)
    List,
    /// Print one as it is written
    Show {
        /// Its name
        name: String,
    },
}

/// One profile.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProfileFacts {
    name: String,
    /// What the files are.
    what: String,
    /// Which of our tables they hold.
    kind: &'static str,
    /// Whether the school has written it.
    own: bool,
    /// The profile as it is written; null in the list.
    text: Option<String>,
}

/// Open the guide's screen.
pub fn screen(args: &Args, desk: &Desk<'_>) -> Result<Next, Failure> {
    guide::screen(&args.taught, desk)
}

/// Teach a file, list the profiles, or show one.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    if guide::run(desk, &args.taught)? {
        return Ok(());
    }
    let profiles = Profiles::load(&config::profiles(desk.store.path()))?;
    match &args.what {
        None | Some(What::List) => {
            let rows: Vec<ProfileFacts> = profiles.iter().map(|one| facts(one, None)).collect();
            desk.answer(&format!("Known: {}.", counted(rows.len(), "profile")), "There are no profiles.", rows)
        }
        Some(What::Show { name }) => {
            let Some(profile) = profiles.named(name) else {
                let why = format!("no profile is called “{}”: `firstbell profile` lists them", clean(name));
                return Err(Failure::Usage(why));
            };
            let row = facts(profile, Some(profile.text.clone()));
            let heading = row.describe();
            desk.answer(&heading, "", vec![row])
        }
    }
}

fn facts(profile: &Profile, text: Option<String>) -> ProfileFacts {
    ProfileFacts {
        name: profile.name.clone(),
        what: profile.what.clone(),
        kind: profile.kind.as_str(),
        own: profile.is_own,
        text,
    }
}

impl ProfileFacts {
    fn describe(&self) -> String {
        let own = if self.own { ", the school's own" } else { "" };
        format!("{}: {}, read as {}{own}.", self.name, self.what, self.kind)
    }
}

impl Row for ProfileFacts {
    /// "marks-grid: marks in a grid, read as marks.", or the profile as it is written.
    fn lines(&self) -> Vec<String> {
        match &self.text {
            Some(text) => text.lines().map(clean).collect(),
            None => vec![self.describe()],
        }
    }
}
