//! `settings --edit`: the settings as one document in the admin's editor, saved once they are right. What was written is kept
//! until then.

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{checked, document, save};
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::text::printable;
use crate::config::{self, NewFile, NotMade, open_file, plain};

/// Open them in the editor, as often as it takes, and save them.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let school = desk.store.roll().school.clone();
    let before = document(&school, desk.today())?;
    let file = put(&before)?;
    let kept = |why: String| Failure::Usage(format!("{why}; your text is kept in {}", file.display()));
    let settings = loop {
        open(&file).map_err(&kept)?;
        let read = open_file(&file).and_then(io::read_to_string);
        let text = read.map_err(|error| kept(format!("it cannot be read: {}", plain(&error))))?;
        if text == before {
            // Whether or not it can be taken away, nothing of anybody's is lost.
            let _ = fs::remove_file(&file);
            return desk.print("Nothing was changed.");
        }
        match checked(&file.display().to_string(), &text) {
            Ok(settings) => break settings,
            Err(failure) if again(&failure)? => {}
            Err(failure) => return Err(kept(failure.to_string())),
        }
    };
    // The editor may have been open for an hour.
    desk.day()?;
    if desk.store.roll().school != school {
        return Err(Failure::Refused(kept("somebody else changed the settings meanwhile".to_owned()).to_string()));
    }
    save(desk, &settings).map_err(|failure| match failure {
        Failure::Record(fault) => kept(fault.to_string()),
        Failure::Usage(message) => kept(message),
        other => other,
    })?;
    let _ = fs::remove_file(&file);
    Ok(())
}

/// Put a text into a new file of its own, for its owner only.
fn put(text: &str) -> Result<PathBuf, Failure> {
    let folder = std::env::temp_dir();
    for number in 0..100 {
        let path = folder.join(format!("firstbell-settings-{}-{number}.toml", std::process::id()));
        let made = NewFile::begin(&path).and_then(|file| file.keep_text(text));
        match made {
            Err(NotMade::Exists(_)) => {}
            made => return made.map_err(|why| Failure::Usage(why.to_string())),
        }
    }
    Err(Failure::Usage(format!("{} has no room for another file of settings: clear it", folder.display())))
}

/// Have the editor change `file`; the error is the beginning of a sentence.
fn open(file: &Path) -> Result<(), String> {
    let words = config::editor();
    let (Some(program), arguments) = (words.first(), words.get(1..).unwrap_or_default()) else {
        return Err("$EDITOR names no editor".to_owned());
    };
    match Command::new(program).args(arguments).arg(file).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("{program} ended with a fault, and nothing was changed")),
        Err(error) => Err(format!("{program} cannot be started: {}; nothing was changed", plain(&error))),
    }
}

/// Tell everything that is wrong, and ask whether to go on.
fn again(failure: &Failure) -> Result<bool, Failure> {
    let mut prompt = io::stderr();
    failure.to_string().lines().try_for_each(|line| writeln!(prompt, "{}", printable(line)))?;
    write!(prompt, "Edit it again? (y, or n to leave it) ")?;
    prompt.flush()?;
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer)?;
    Ok(read > 0 && !answer.trim().to_lowercase().starts_with('n'))
}
