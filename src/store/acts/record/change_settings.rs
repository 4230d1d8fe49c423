//! Changes the school's settings, and takes that back where nobody has changed them since.

use std::path::Path;

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::config::leaves_an_admin;
use crate::domain::act::{ChangeSettings, Receipt};
use crate::domain::calendar::session::SessionDate;
use crate::domain::calendar::timetable::Timetable;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::School;
use crate::store::acts::chain::Chain;
use crate::store::acts::recorded::Recorded;
use crate::store::acts::work::{Stop, Work};
use crate::store::read::roll;

impl Recorded for ChangeSettings {
    /// Put `to` in the place of `from`. Other session times hold from today on, or from the first day they name if that is to come.
    fn record(&self, work: &Work<'_>) -> Result<Receipt, Stop> {
        let (from, to) = (&*self.from, &*self.to);
        replace(work, from, to, "the settings were changed meanwhile: look at them again, then change them")?;
        let held = roll::school(work.connection)?;
        let first = held.times.from.filter(|first| *first >= work.today() && held.times != from.times);
        let first = first.map(|first| format!("; the new session times hold from {}", first.format("%a %-d %b %Y")));
        Ok(work.receipt(format!("Settings of {} saved{}", held.name, first.unwrap_or_default()), Vec::new()))
    }

    fn take_back(&self, work: &Work<'_>, _chain: Chain) -> Result<(), Stop> {
        put_back(work, &self.from, &self.to)
    }

    fn do_again(&self, work: &Work<'_>, _chain: Chain) -> Result<(), Stop> {
        put_back(work, &self.to, &self.from)
    }

    fn moved(&self, _work: &Work<'_>) -> Result<Vec<(PupilId, SessionDate)>, Stop> {
        Ok(Vec::new())
    }

    fn date(&self, _connection: &Connection) -> rusqlite::Result<Option<NaiveDate>> {
        Ok(None)
    }
}

/// Put `from` back where `to` still stands. Session times that have held for some day stay for that day.
fn put_back(work: &Work<'_>, from: &School, to: &School) -> Result<(), Stop> {
    let times = Timetable { from: None, ..from.times.clone() };
    let from = School { times, ..from.clone() };
    replace(work, to, &from, "the settings were changed since: take that back first")
}

fn replace(work: &Work<'_>, stands: &School, with: &School, otherwise: &str) -> Result<(), Stop> {
    let held = roll::school(work.connection)?;
    if !is_same(&held, stands) {
        return Err(Stop::forbidden(otherwise.to_owned()));
    }
    let programs = [("late-slip", &held.late_slip, &with.late_slip), ("printer", &held.printer, &with.printer)];
    if let Some((name, ..)) = programs.iter().find(|(_, held, with)| held != with && !work.is_owner) {
        return Err(Stop::forbidden(format!(
            "{name} is a program of this computer: whoever owns the school's file changes it, under no login given by --as; \
             nothing was changed"
        )));
    }
    if work.connection.path().is_none_or(|path| !leaves_an_admin(&with.staff, Path::new(path))) {
        let text =
            "staff: nobody would be left who may change the settings: make somebody an admin; nothing was changed";
        return Err(Stop::forbidden(text.to_owned()));
    }
    Ok(roll::write_school(work.connection, &with.clone().in_place_of(&held, work.today()))?)
}

/// Whether two documents say the same, whatever the record has made of the day from which their times hold.
fn is_same(held: &School, other: &School) -> bool {
    let plain = |school: &School| School {
        times: Timetable { from: None, ..school.times.clone() },
        former: Vec::new(),
        ..school.clone()
    };
    plain(held) == plain(other)
}
