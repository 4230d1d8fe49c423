//! `gate`: the screen opens at the gate.

use std::io::Write;

use crate::cli::args::{Global, Look};
use crate::cli::desk::Desk;
use crate::cli::{Failure, Next, ScreenOptions};

/// Open the screen at the gate: log who comes late, goes out and comes back
#[derive(clap::Args, Debug)]
pub struct Args {
    /// How the screen is to look
    #[command(flatten)]
    pub look: Look,
}

/// Open the gate.
pub fn run(args: &Args, global: &Global, out: &mut dyn Write) -> Result<Next, Failure> {
    let options = Desk::open(global, out)?.screen(&args.look)?;
    Ok(Next::Screen(Box::new(ScreenOptions { gate: true, ..options })))
}
