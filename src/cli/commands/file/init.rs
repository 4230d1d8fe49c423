//! `init`: make a new school's file, and the folder it lies in.

use std::fs::DirBuilder;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::cli::commands::admin::settings;
use crate::cli::desk::{Desk, codes};
use crate::cli::parse::Global;
use crate::config::plain;
use crate::domain::name::clean;
use crate::domain::school::School;
use crate::store::{Fault, Store};

/// Make a new school's file
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The school's name
    #[arg(long)]
    name: String,
    /// Settings to start with, as “firstbell settings” prints them
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
}

/// Make the file, readable by its owner only.
pub fn run(args: &Args, global: &Global, out: &mut dyn Write) -> Result<(), Failure> {
    let name = clean(&args.name);
    if name.is_empty() {
        return Err(Failure::Usage("the school needs a name: --name \"Harrington High\"".to_owned()));
    }
    let (usual, warnings) = match &args.settings {
        Some(file) => settings::read(file)?,
        None => (School::usual().map_err(|error| Failure::Program(error.message().to_owned()))?, Vec::new()),
    };
    let school = School { name, ..usual };
    let path = global.path()?;
    let codes = codes()?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder)?;
    }
    let store = Store::create(&path, &school, codes)?;
    let mut desk = Desk::at(store, global, out)?;
    let but = (!warnings.is_empty()).then(|| format!("look at {}", warnings.join("; ")));
    desk.done(None, &format!("{} is ready in {}", school.name, path.display()), but.as_deref())
}

/// Make a folder and those above it, for its owner only: what lies in it is about children.
pub fn make_folder(folder: &Path) -> Result<(), Failure> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| Fault::Unopened { path: folder.to_owned(), why: plain(&error) }.into())
}
