//! Parses the arguments that several commands share.

use clap::Parser;

use super::Command;
use crate::cli::parse::{Global, Look};

/// The attendance officer's morning in one terminal window. Without a command the screen opens.
#[derive(Parser, Debug)]
#[command(name = "firstbell", version)]
#[command(after_help = "Exit codes: 0 done, 1 refused, 2 usage or configuration, 3 fault.")]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(flatten)]
    pub look: Look,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the screen is opened with. Most of the program that reads arguments is that of the commands: a desk would hold it all day.
#[derive(Parser, Debug)]
#[command(name = "firstbell", version)]
pub struct Opened {
    #[command(flatten)]
    pub global: Global,
    #[command(flatten)]
    pub look: Look,
}

impl From<Opened> for Args {
    fn from(Opened { global, look }: Opened) -> Args {
        Args { global, look, command: None }
    }
}

/// What may be asked through a forced command: nothing in it says who asks, of which file, or what time it is.
#[derive(Parser, Debug)]
#[command(name = "firstbell", version)]
#[command(about = "The attendance officer's morning in one terminal window. Without a command the screen opens.", long_about = None)]
#[command(after_help = "Exit codes: 0 done, 1 refused, 2 usage or configuration, 3 fault.")]
pub struct Asked {
    /// Answer in JSON
    #[arg(long, global = true)]
    pub json: bool,
    #[command(flatten)]
    pub look: Look,
    #[command(subcommand)]
    pub command: Option<Command>,
}
