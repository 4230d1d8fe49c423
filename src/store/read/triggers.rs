//! What triggers are worked out of, for the whole school or one pupil: one pass over the marks, pupil by pupil, from ten school weeks
//! before the school year on.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use hashbrown::HashMap;
use rusqlite::Connection;

use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::readiness::parents;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::people::school_age::is_of_school_age;
use crate::domain::school::roll::Roll;
use crate::domain::triggers::school_weeks::{SchoolWeeks, without_terms};
use crate::domain::triggers::{Family, Illness, PupilRecord, PupilTrigger, put_in_order, triggers};
use crate::domain::year::next_year;
use crate::store::tables::{cases, evidence, mark};
use crate::store::{Fault, Store};

impl Store {
    /// Every trigger that is met by who is on roll on `on`, as if that date were today: in the order in which they are listed, of one date
    /// by name.
    pub fn triggers(&mut self, on: NaiveDate, now: DateTime<Utc>) -> Result<Vec<PupilTrigger>, Fault> {
        let mut found = Vec::new();
        self.trigger_records(on, now, None, |pupil, record| {
            found.extend(triggers(record).into_iter().map(|trigger| PupilTrigger { pupil: pupil.id, trigger }));
        })?;
        put_in_order(&mut found);
        Ok(found)
    }

    /// Look at the record of everybody on roll on `on`, or of one pupil, as if that date were today; by name. What has no mark yet from
    /// today on is no blank.
    pub fn trigger_records(
        &mut self,
        on: NaiveDate,
        now: DateTime<Utc>,
        only: Option<PupilId>,
        each: impl FnMut(&Pupil, &PupilRecord<'_>),
    ) -> Result<(), Fault> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| Fault::from_sqlite(&path, &error);
        let moment = self.reader.transaction().map_err(fault)?;
        let now = self.held.roll.school.local(now);
        self.held.freshen_for(&moment, &self.codes, &mut self.caches, now.date()).map_err(fault)?;
        load(&moment, &self.held.roll, (on, now), only, each).map_err(fault)?;
        moment.commit().map_err(fault)
    }
}

fn load(
    connection: &Connection,
    roll: &Roll,
    (on, now): (NaiveDate, NaiveDateTime),
    only: Option<PupilId>,
    mut each: impl FnMut(&Pupil, &PupilRecord<'_>),
) -> rusqlite::Result<()> {
    let today = now.date();
    let mut marked = Vec::new();
    for year in without_terms(&roll.calendar, on) {
        marked.extend(mark::sessions::dates(connection, &year)?);
    }
    let weeks = SchoolWeeks::of(roll, on, &marked);
    let mut illness: HashMap<PupilId, Vec<Illness>> = HashMap::new();
    for (pupil, known, from, until) in evidence::illness_until(connection, &roll.school, weeks.year)? {
        if known <= on {
            illness.entry(pupil).or_default().push(Illness { known, from, until });
        }
    }
    let mut locked: HashMap<PupilId, Vec<SessionDate>> = HashMap::new();
    for (pupil, at) in cases::locked(connection, only)? {
        locked.entry(pupil).or_default().push(at);
    }
    let (files, none) = (cases::files(connection, &roll.school, only)?, CaseFile::default());
    let (dates, year) = (weeks.dates(on), weeks.year..next_year(weeks.year));
    let mut marks = Vec::new();
    let wanted = |pupil: &&Pupil| only.map_or_else(|| pupil.on_roll(on), |only| pupil.id == only);
    for pupil in roll.pupils.iter().filter(wanted) {
        let theirs = pupil.on_roll_within(dates.clone());
        mark::sessions::of_pupil(connection, pupil.id, &theirs, &mut marks)?;
        // What has been said of the rest of today has not been met yet; of a day to come it is what will be.
        while on == today && marks.pop_if(|(at, _)| !roll.has_begun(*at, now)).is_some() {}
        let record = PupilRecord {
            weeks: &weeks,
            on,
            on_roll: pupil.on_roll_within(year.clone()),
            sessions: weeks.sessions(&theirs, today, &roll.codes, &marks),
            illness: illness.get(&pupil.id).map(Vec::as_slice).unwrap_or_default(),
            locked: locked.get(&pupil.id).map(Vec::as_slice).unwrap_or_default(),
            is_of_school_age: is_due(roll, pupil, (on, today)),
            family: Some(Family {
                file: files.get(&pupil.id).unwrap_or(&none),
                parents: parents(roll.contacts(pupil.id)),
            }),
        };
        each(pupil, &record);
    }
    Ok(())
}

/// Whether the pupil is of compulsory school age: by the date of birth, else by the year group, which is known of today's school year.
fn is_due(roll: &Roll, pupil: &Pupil, (on, today): (NaiveDate, NaiveDate)) -> bool {
    let is_this_year = Calendar::year_start(on) == Calendar::year_start(today);
    let by_year = || roll.year_of(pupil).filter(|_| is_this_year).is_none_or(|year| (1..=11).contains(&year));
    pupil.date_of_birth.map_or_else(by_year, |born| is_of_school_age(born, on))
}
