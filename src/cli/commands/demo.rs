//! `demo`: a made-up school to try the program on, with a morning of its own.

use std::io::Write;

use chrono::NaiveTime;

use crate::cli::args::{Global, time};
use crate::cli::{Failure, Next};

/// Make up a school and open its morning
#[derive(clap::Args, Debug)]
pub struct Args {
    /// When its morning starts
    #[arg(long, value_name = "HH:MM", default_value = "08:55", value_parser = time)]
    pub at: NaiveTime,
    /// Let its clock stand still
    #[arg(long)]
    pub still: bool,
    /// How many pupils
    #[arg(long, value_name = "N", default_value_t = 900, value_parser = clap::value_parser!(u32).range(30..=12_000))]
    pub pupils: u32,
    /// How many years of marks
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=6))]
    pub years: u32,
    /// The same number makes the same school
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Only make the file
    #[arg(long)]
    pub create_only: bool,
}

/// Make the school unless its file is there, then open the screen on it.
pub fn run(args: &Args, _global: &Global, _out: &mut dyn Write) -> Result<Next, Failure> {
    let over = NaiveTime::from_hms_opt(16, 0, 0);
    if over.is_some_and(|over| args.at >= over) {
        return Err(Failure::Usage("a demo's day is over at 16:00: begin it earlier with --at".to_owned()));
    }
    Err(Failure::Refused("the made-up school is not built yet".to_owned()))
}
