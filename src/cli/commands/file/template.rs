//! `template`: a pattern of each file that can be imported.

use std::io::Write;

use clap::builder::PossibleValuesParser;

use crate::cli::Failure;
use crate::exchange::flat::template::template;
use crate::exchange::kind::Kind;

/// Print a pattern of a file that can be imported
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Which file
    #[arg(value_parser = PossibleValuesParser::new(Kind::ALL.iter().map(|word| word.as_str())))]
    kind: String,
}

/// Print the pattern as it stands: it imports.
pub fn run(args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let kind = Kind::parse(&args.kind).ok_or_else(|| Failure::Usage("there is no such file".to_owned()))?;
    Ok(out.write_all(template(kind).as_bytes())?)
}
