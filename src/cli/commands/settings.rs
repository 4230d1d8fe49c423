//! `settings`: print the school's settings, or check a file of them whole and save it.

use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::config::plain;
use crate::domain::name::clean;
use crate::domain::school::School;

/// Print the school's settings, or check a file of them and save it
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Settings to save, as this command prints them
    file: Option<PathBuf>,
}

/// Print them, or save `args.file`.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let Some(file) = &args.file else { return print(desk) };
    let (school, warnings) = read(file)?;
    desk.store.set_school(&school)?;
    let but = (!warnings.is_empty()).then(|| format!("look at {}", warnings.join("; ")));
    desk.done(None, &format!("Settings of {} saved", school.name), but.as_deref())
}

fn print(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let school = desk.store.roll().school.clone();
    if desk.json {
        return desk.say_json(&desk.frame(vec![school]));
    }
    let text = toml::to_string_pretty(&school).map_err(|error| Failure::Program(error.to_string()))?;
    text.lines().try_for_each(|line| desk.say(line))
}

/// The settings in `file`, and what should be looked at though it works. All that is wrong is told at once.
pub fn read(file: &Path) -> Result<(School, Vec<String>), Failure> {
    let name = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::Usage(format!("{name} cannot be read: {}; check its name", plain(&error))))?;
    let mut school: School = toml::from_str(&text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        Failure::Usage(format!("{name}:{line}: {}; nothing was changed", error.message().replace('\n', ", ")))
    })?;
    school.name = clean(&school.name);
    for reason in &mut school.late_reasons {
        reason.says = clean(&reason.says);
    }
    for reason in &mut school.reasons {
        reason.words.iter_mut().for_each(|word| *word = clean(word));
        reason.says = reason.says.as_deref().map(clean);
    }
    for rule in &mut school.watch_rules {
        rule.name = clean(&rule.name);
    }
    let (faults, warnings) = (school.faults(), school.warnings());
    if faults.is_empty() {
        return Ok((school, warnings));
    }
    let told = faults.iter().map(|fault| format!("\n{fault}")).collect::<String>();
    Err(Failure::Usage(format!("{name} cannot be used, nothing was changed:{told}")))
}
