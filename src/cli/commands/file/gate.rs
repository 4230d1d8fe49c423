//! `gate`: the screen opens at the gate.

use crate::cli::desk::Desk;
use crate::cli::parse::Look;
use crate::cli::{Failure, Next, ScreenOptions};

/// Open the screen at the gate: log who comes late, goes out and comes back
#[derive(clap::Args, Debug)]
pub struct Args {
    /// How the screen is to look
    #[command(flatten)]
    pub look: Look,
}

/// Open the gate.
pub fn run(args: &Args, desk: Desk<'_>) -> Result<Next, Failure> {
    let options = desk.screen(&args.look)?;
    Ok(Next::Screen(Box::new(ScreenOptions { gate: true, ..options })))
}
