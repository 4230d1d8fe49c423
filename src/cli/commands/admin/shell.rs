//! `completions` and `man`: for packagers.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::Failure;

/// Print what completes the arguments in a shell
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Which shell
    shell: Shell,
}

/// Print what completes the arguments in a shell.
pub fn completions(args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    // Into memory first: the generator gives up with a panic when nobody reads on.
    let (mut command, mut text) = (crate::cli::commands::args::Args::command(), Vec::new());
    clap_complete::generate(args.shell, &mut command, "firstbell", &mut text);
    Ok(out.write_all(&text)?)
}

/// Print the manual page.
pub fn man(mut out: &mut dyn Write) -> Result<(), Failure> {
    Ok(clap_mangen::Man::new(crate::cli::commands::args::Args::command()).render(&mut out)?)
}
