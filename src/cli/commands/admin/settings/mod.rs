//! `settings`: print the school's settings, or check a document of them whole and save it: from a file, from standard input, or out
//! of an editor.

pub mod edit;

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::commands::due_rows;
use crate::cli::desk::Desk;
use crate::cli::desk::act::Noted;
use crate::config::{open_file, plain};
use crate::domain::act::{Act, ChangeSettings};
use crate::domain::calendar::timetable::Timetable;
use crate::domain::school::School;
use crate::domain::school::document::DocumentFault;
use crate::domain::school::target::of_nobody;

/// The name of standard input.
const STDIN: &str = "-";

/// The most bytes of a document of settings: many times what a large school's come to.
const LONGEST: u64 = 1 << 20;

/// Print the school's settings, or check a document of them and save it
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Settings to save, as this command prints them; “-” reads them from standard input
    file: Option<PathBuf>,
    /// Change them in your editor: $EDITOR
    #[arg(long, conflicts_with = "file")]
    edit: bool,
}

impl Args {
    /// Whether it reads a file of this computer, or starts a program.
    pub fn reaches_files(&self) -> bool {
        self.edit || self.file.as_deref().is_some_and(|file| file != Path::new(STDIN))
    }
}

/// Print them, change them, or save `args.file`.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    if args.edit {
        return edit::run(desk);
    }
    let Some(file) = &args.file else { return print(desk) };
    save(desk, &read(file)?)
}

/// Save them, and say what should be looked at all the same.
pub fn save(desk: &mut Desk<'_>, (school, warnings): &(School, Vec<String>)) -> Result<(), Failure> {
    let (held, today) = (desk.store.roll().school.clone(), desk.today());
    if let Some(fault) = school.times.from_fault(&held.times, today) {
        return Err(Failure::Usage(format!("{fault}; nothing was changed")));
    }
    let nobody = of_nobody(desk.store.roll(), &school.targets, &held.targets);
    if !nobody.is_empty() {
        return Err(Failure::Usage(format!("{}; nothing was changed", nobody.join("; "))));
    }
    let note = (!warnings.is_empty()).then(|| format!("look at {}", warnings.join("; ")));
    // The times that held before are no part of the document.
    if held == (School { former: held.former.clone(), ..school.clone() }) {
        return desk.done(None, "Nothing was changed", note.as_deref());
    }
    let act = Act::ChangeSettings(ChangeSettings { from: Box::new(held), to: Box::new(school.clone()) });
    desk.perform_noting(&act, Noted::but(note))
}

/// What `--json` prints: the settings, and the session times that hold today.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SettingsFacts {
    #[serde(flatten)]
    school: School,
    times_today: Timetable,
}

fn print(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let (school, today) = (desk.store.roll().school.clone(), desk.today());
    if desk.json {
        let times_today = school.timetable(today).clone();
        return desk.print_json(&desk.frame(vec![SettingsFacts { school, times_today }]));
    }
    document(&school, today)?.lines().try_for_each(|line| desk.print(line))
}

/// The settings as one document. Where its session times are to come, those that hold `today` follow as a comment.
pub fn document(school: &School, today: NaiveDate) -> Result<String, Failure> {
    let text = |of: Result<String, toml::ser::Error>| of.map_err(|error| Failure::Program(error.to_string()));
    let mut document = text(toml::to_string_pretty(school))?;
    let now = school.timetable(today);
    if *now != school.times {
        document += "\n# The session times above are to come. Until then these hold:\n";
        for line in text(toml::to_string_pretty(&BTreeMap::from([("times", now)])))?.lines() {
            document += format!("# {line}").trim_end();
            document.push('\n');
        }
    }
    Ok(document)
}

/// The settings in `file`, and what should be looked at though it works. All that is wrong is told at once.
pub fn read(file: &Path) -> Result<(School, Vec<String>), Failure> {
    let (name, text) = if file == Path::new(STDIN) {
        ("standard input".to_owned(), up_to_longest(std::io::stdin()))
    } else {
        let name = file.display().to_string();
        // Opening a pipe would wait for whoever writes into it.
        if std::fs::metadata(file).is_ok_and(|found| !found.is_file()) {
            let message = format!("{name} is no ordinary file: name one, or “{STDIN}” for standard input");
            return Err(Failure::Usage(message));
        }
        (name, open_file(file).and_then(up_to_longest))
    };
    let unread = |error| Failure::Usage(format!("{name} cannot be read: {}; check its name", plain(&error)));
    match text.map_err(unread)? {
        Some(text) => checked(&name, &text),
        None => {
            let message =
                format!("{name} is longer than any settings, more than {} KiB; nothing was changed", LONGEST >> 10);
            Err(Failure::Usage(message))
        }
    }
}

/// What is read, or nothing where it is longer than any settings.
fn up_to_longest(from: impl Read) -> io::Result<Option<String>> {
    let text = io::read_to_string(from.take(LONGEST + 1))?;
    Ok(Some(text).filter(|text| text.len() as u64 <= LONGEST))
}

/// The settings that `text` holds, and what should be looked at; `name` says where it stands.
pub fn checked(name: &str, text: &str) -> Result<(School, Vec<String>), Failure> {
    let faults = match School::read(text) {
        Ok(school) => {
            // Which reports there are the settings themselves do not know.
            let faults = due_rows::faults(&school.reports);
            if faults.is_empty() {
                let warnings = school.warnings();
                return Ok((school, warnings));
            }
            faults.into_iter().map(|text| DocumentFault { line: None, text }).collect()
        }
        Err(faults) => faults,
    };
    let told = faults.into_iter().map(|fault| match fault.line {
        Some(line) => format!("{name}:{line}: {}", fault.text),
        None => fault.text,
    });
    let told = told.collect::<Vec<_>>().join("\n");
    Err(Failure::Usage(format!("{name} cannot be used, nothing was changed:\n{told}")))
}
