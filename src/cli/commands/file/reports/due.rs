//! `report --due`: what the settings say is due is made into its folder, each report once. That it was made is told by its file, and by a
//! mark beside it, which stays where the file is taken away.

use std::ffi::OsStr;
use std::path::Path;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::{Asked, make};
use crate::cli::Failure;
use crate::cli::commands::due_rows::{faults, kind};
use crate::cli::desk::Desk;
use crate::cli::desk::answer::Row;
use crate::cli::desk::showing::Numbers;
use crate::cli::desk::writing::written;
use crate::config::{NewFile, NotMade};
use crate::domain::figures::question::Whom;
use crate::domain::name::clean;
use crate::domain::school::report_due::ReportDue;
use crate::render::Format;
use crate::report::reports::{Needs, Stretch};
use crate::store::Fault;

/// What became of a report that was due.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReportDueFacts {
    report: String,
    /// The day on which it was due.
    due: NaiveDate,
    /// Its file; null where it was not made.
    file: Option<String>,
    /// Why it was not made; null where it was.
    why_not: Option<String>,
}

impl Row for ReportDueFacts {
    /// "weekly, due 2026-11-27: in /srv/firstbell/reports/2026-11-27-weekly.xlsx."
    fn lines(&self) -> Vec<String> {
        let became = match (&self.file, &self.why_not) {
            (Some(file), _) => format!("in {file}"),
            (None, why) => format!("not made, and tried again next time: {}", why.as_deref().unwrap_or_default()),
        };
        vec![format!("{}, due {}: {became}.", self.report, self.due)]
    }
}

/// Make what is due, and say of each what became of it; what could not be made does not keep the others from it.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    // The settings as of now.
    desk.day()?;
    let rows = desk.store.roll().school.reports.clone();
    let (mut facts, mut worst): (Vec<ReportDueFacts>, Option<Failure>) = (Vec::new(), None);
    for row in &rows {
        let Some(due) = due_on(desk, row) else { continue };
        let report = row.report.clone();
        match make_once(desk, row, due) {
            Ok(None) => {}
            Ok(Some(file)) => facts.push(ReportDueFacts { report, due, file: Some(file), why_not: None }),
            Err(failure) => {
                facts.push(ReportDueFacts { report, due, file: None, why_not: Some(failure.to_string()) });
                let is_worse = worst.as_ref().is_none_or(|worst| worst.exit() < failure.exit());
                worst = if is_worse { Some(failure) } else { worst };
            }
        }
    }
    desk.answer("Reports that were due:", "Nothing is due that was not made.", facts)?;
    worst.map_or(Ok(()), Err)
}

/// The day on which it was last due, by now. What is of today alone is due only on its day.
fn due_on(desk: &Desk<'_>, row: &ReportDue) -> Option<NaiveDate> {
    let (roll, now) = (desk.store.roll(), desk.local());
    let due = row.last_due(&roll.calendar, now.date())?;
    let from = row.at.unwrap_or_else(|| roll.hours(due).ends());
    let due = match due.and_time(from) <= now {
        true => due,
        false => row.last_due(&roll.calendar, due.checked_sub_days(Days::new(1))?)?,
    };
    let is_of_today = kind(row).is_some_and(|kind| kind.wants(Needs::Today) && kind.usual == Stretch::Day);
    (!is_of_today || due == now.date()).then_some(due)
}

/// Make it, unless it was made; where its file is then.
fn make_once(desk: &mut Desk<'_>, row: &ReportDue, due: NaiveDate) -> Result<Option<String>, Failure> {
    let (Some(kind), Some(format)) = (kind(row), Format::of_ending(&row.format)) else {
        return Err(Failure::Usage(faults(std::slice::from_ref(row)).join("; ")));
    };
    let file = Path::new(&row.folder).join(row.file_name(due));
    let mark = mark_of(&file);
    let is_there = |path: &Path| path.symlink_metadata().is_ok();
    if is_there(&file) || is_there(&mark) {
        return Ok(None);
    }
    // Begun before anything is read: a folder that takes no file is found out first.
    let new = match NewFile::begin(&file) {
        Ok(new) => new,
        Err(NotMade::Exists(_)) => return Ok(None),
        Err(failed) => return Err(Fault::from(failed).into()),
    };
    let group = row.group.as_deref().map(|name| {
        let unknown = || Failure::Refused(format!("there is no tutor group “{}”", clean(name)));
        desk.group_called(name).ok_or_else(unknown)
    });
    let group = group.transpose()?;
    let calendar = desk.store.roll().calendar.clone();
    let first = match kind.usual {
        Stretch::Day | Stretch::Year => kind.usual.from(due, &calendar),
        Stretch::Week | Stretch::Fortnight | Stretch::HalfTerm | Stretch::Term => row.begins(&calendar, due),
    };
    let asked = Asked {
        kind,
        dates: (first, due),
        whom: Whom { years: row.year.into_iter().collect(), group, ..Whom::default() },
        known: None,
        is_anonymous: row.anonymous,
        numbers: Numbers { numbers: false },
        by_hand: None,
        to: Some(row.to.clone()),
    };
    let report = make(desk, &asked)?;
    // Another desk may have made it meanwhile.
    if is_there(&mark) {
        return Ok(None);
    }
    let path = match written(&report, format, new) {
        Ok(path) => path,
        Err(Failure::Record(Fault::Exists(_))) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    match NewFile::begin(&mark).and_then(|mark| mark.keep_text("")) {
        Ok(_) | Err(NotMade::Exists(_)) => {}
        Err(failed) => return Err(Fault::from(failed).into()),
    }
    Ok(Some(path.display().to_string()))
}

/// What stands beside a file that was made: hidden, and empty.
fn mark_of(file: &Path) -> std::path::PathBuf {
    let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
    file.with_file_name(format!(".{name}.made"))
}
