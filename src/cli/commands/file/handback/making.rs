//! Makes a hand-back, and writes it.

use std::path::Path;

use super::facts::{HandbackShownFacts, ToHandBackFacts};
use super::{Making, Written};
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::config::{self, NewFile};
use crate::domain::counted::counted;
use crate::domain::facts::handback::{Form, Handback};
use crate::domain::name::clean;
use crate::exchange::handback::{Writing, receipt};
use crate::exchange::origin::digest;
use crate::exchange::profiles::{Profile, Profiles};
use crate::report::document::COLUMNS;
use crate::report::handback::sheet;
use crate::store::Fault;
use crate::store::handback::Asked;

/// Make it and write it. It is put down first: where the file cannot be written, the same is handed back the next time.
pub fn run(desk: &mut Desk<'_>, making: &Making) -> Result<(), Failure> {
    let form = form(making)?;
    let dates = making.dates.in_order()?;
    if form != Form::Sheet && making.to.is_none() && !desk.json {
        return Err(Failure::Usage("say which file it is to be: --to FILE".to_owned()));
    }
    let profiles = Profiles::load(&config::profiles(desk.store.path()))?;
    let profile = match &making.profile {
        None => None,
        Some(name) => Some(profiles.named(name).ok_or_else(|| {
            Failure::Usage(format!("no profile is called “{}”: `firstbell profile` lists them", clean(name)))
        })?),
    };
    // SIMS takes its own numbers; a table, those of the system that its profile names.
    let system = profile.map_or("sims", Profile::system);
    let (numbers, roll) = (desk.store.numbers_elsewhere(system)?, desk.store.roll().clone());
    let writing = Writing::new(form, profile, &roll, &numbers).map_err(Failure::Usage)?;
    let writing = if making.comments { writing.with_comments() } else { writing };
    can_be_written(making)?;
    let waits = desk.store.to_hand_back(desk.now(), dates)?.changes;
    let not_written: Vec<ToHandBackFacts> =
        waits.iter().filter_map(|change| ToHandBackFacts::of(&roll, change, Some(&writing.why_not(change)?))).collect();
    let asked = Asked { form, profile: profile.map(|one| one.name.as_str()), dates };
    let when = desk.when();
    let is_written = |change: &_| writing.why_not(change).is_none();
    let made = desk.store.hand_back(&desk.officer, when, &asked, &is_written);
    let Some(handback) = desk.answered(made)? else { return nothing(desk, &not_written) };
    desk.exports(&format!("hand-back {}", handback.number.0), None)?;
    let changes: Vec<_> = handback.rows.iter().map(|row| &row.change).collect();
    let document = sheet(&roll, &handback, desk.local());
    if let Some(path) = &making.to {
        let text = writing.text(&changes);
        if let Some(text) = &text {
            desk.store.keep_own_file(when.now, &digest(text.as_bytes()))?;
        }
        keep(path, &text.unwrap_or_else(|| document.text()))?;
    }
    if let Some(path) = &making.receipt {
        keep(path, &receipt::text(&handback, &made_at(desk, &handback)))?;
    }
    if desk.json {
        let row = HandbackShownFacts::of(&roll, &handback, not_written);
        let answer = desk.frame(vec![row]);
        return desk.print_json(&answer);
    }
    let Some(path) = &making.to else { return desk.print_document(&document, COLUMNS) };
    let marks = counted(handback.rows.len(), "mark");
    desk.print(&format!("Hand-back {}: {marks} in {}.", handback.number.0, path.display()))?;
    print_not_written(desk, &not_written)
}

/// The form that is asked for; refused where what is asked beside it goes with another.
fn form(making: &Making) -> Result<Form, Failure> {
    let form = match (making.form.map(Written::form), &making.profile) {
        (None | Some(Form::Csv), Some(_)) => Form::Csv,
        (Some(form), Some(_)) => {
            let text = format!("a profile is for a table: leave --profile out, or --form {}", form.as_str());
            return Err(Failure::Usage(text));
        }
        (form, None) => form.unwrap_or(Form::Sheet),
    };
    if making.comments && form != Form::Sims {
        return Err(Failure::Usage("--comments goes with --form sims alone".to_owned()));
    }
    Ok(form)
}

/// Refuse where a file cannot be there: nothing is put down for it.
fn can_be_written(making: &Making) -> Result<(), Failure> {
    let mut places = Vec::new();
    for path in making.to.iter().chain(&making.receipt) {
        if path == Path::new("-") {
            return Err(Failure::Usage(
                "“-” is no file: name one, or leave --to out and the sheet is printed".to_owned(),
            ));
        }
        // This is gone again at once.
        places.push(NewFile::begin(path).map_err(Fault::from)?.to().to_owned());
    }
    match places.as_slice() {
        [to, receipt] if to == receipt => {
            Err(Failure::Usage("the marks and their receipt are two files: name another for --receipt".to_owned()))
        }
        _ => Ok(()),
    }
}

/// When a hand-back was made, in UTC, as a receipt has it.
pub fn made_at(desk: &Desk<'_>, handback: &Handback) -> String {
    desk.store.roll().school.instant(handback.made).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn keep(path: &Path, text: &str) -> Result<(), Failure> {
    NewFile::begin(path).and_then(|new| new.keep_text(text)).map_err(Fault::from)?;
    Ok(())
}

/// Nothing waits, which is well; or nothing of it has a place in this form, which is refused: each reason once.
fn nothing(desk: &mut Desk<'_>, not_written: &[ToHandBackFacts]) -> Result<(), Failure> {
    if !not_written.is_empty() {
        let mut reasons: Vec<(&str, usize)> = Vec::new();
        for why in not_written.iter().filter_map(ToHandBackFacts::kept_out) {
            match reasons.iter_mut().find(|(known, _)| *known == why) {
                Some((_, count)) => *count += 1,
                None => reasons.push((why, 1)),
            }
        }
        let kept_out = |(why, count): (&str, usize)| format!("{} kept out ({why})", counted(count, "mark"));
        let reasons: Vec<String> = reasons.into_iter().map(kept_out).collect();
        return desk.refuse_unsettled(&format!("nothing is handed back: {}", reasons.join(", ")));
    }
    if desk.json {
        let answer = desk.frame(Vec::<ToHandBackFacts>::new());
        return desk.print_json(&answer);
    }
    desk.print("Nothing waits to be handed back.")
}

fn print_not_written(desk: &mut Desk<'_>, not_written: &[ToHandBackFacts]) -> Result<(), Failure> {
    use crate::cli::desk::answer::Row as _;
    not_written.iter().flat_map(|one| one.lines()).try_for_each(|line| desk.print(&format!("Not in it: {line}")))
}
