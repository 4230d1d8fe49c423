//! What the watch rules need of the days before one date, for the whole roll: read a little at a time, so that nobody waits for
//! it, and kept; when something before the date changes, only the pupils it touched are read again.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::HashMap;
use rusqlite::Connection;

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::day::PastDay;
use crate::domain::day::school_days::SchoolDays;
use crate::domain::facts::evidence::Mark;
use crate::domain::figures::Figures;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::watch::{Before, Standing, Wants};
use crate::store::tables::{evidence, mark, register};
use crate::store::{Fault, Store, journal};

/// Days whose registers have come late, up to which whoever was marked in them is looked for. Of more, everybody is read again.
const LATE_REGISTERS: usize = 10;

/// What is known so far, and who is still to be read.
#[derive(Default)]
pub(in crate::store) struct Cache {
    known: Option<Known>,
}

struct Known {
    /// What it rests on: with another roll everything may be otherwise.
    roll: Arc<Roll>,
    wants: Wants,
    /// The school days that the year's figures are about.
    year: SchoolDays,
    standing: Arc<Standing>,
    /// Up to which act, and which amendment, the file has been asked what it touched.
    asked: (ActId, i64),
    /// The pupils still to be read.
    due: BTreeSet<PupilId>,
    /// Whether the standing is another than was last given.
    moved: bool,
}

/// What came of reading a little more.
#[derive(Clone, PartialEq, Debug)]
pub struct CaughtUp {
    /// The standing, if it is whole now and another than was last given.
    pub standing: Option<Arc<Standing>>,
    /// How many pupils are still to be read.
    pub left: usize,
}

impl Store {
    /// Read what the watch rules need of the days before `date`, of so many more pupils.
    pub fn catch_up(&mut self, date: NaiveDate, pupils: usize) -> Result<CaughtUp, Fault> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| Fault::from_sqlite(&path, &error);
        let moment = self.reader.transaction().map_err(fault)?;
        let caught_up = self.standing.catch_up(&moment, &self.held.roll, date, pupils).map_err(fault)?;
        moment.commit().map_err(fault)?;
        Ok(caught_up)
    }

    /// The same, of everybody at once: for who can wait.
    pub fn standing(&mut self, date: NaiveDate) -> Result<Arc<Standing>, Fault> {
        self.catch_up(date, usize::MAX)?;
        let known = self.standing.known.as_ref().map(|known| known.standing.clone());
        Ok(known.unwrap_or_else(|| Arc::new(Standing { date, pupils: HashMap::new() })))
    }
}

impl Cache {
    fn catch_up(
        &mut self,
        connection: &Connection,
        roll: &Arc<Roll>,
        date: NaiveDate,
        pupils: usize,
    ) -> rusqlite::Result<CaughtUp> {
        let stands = |known: &Known| Arc::ptr_eq(&known.roll, roll) && known.standing.date == date;
        let known = match self.known.take().filter(stands) {
            Some(mut known) => {
                known.ask(connection)?;
                known
            }
            None => Known::new(connection, roll, date)?,
        };
        let known = self.known.insert(known);
        for _ in 0..pupils {
            let Some(pupil) = known.due.first().copied() else { break };
            known.read(connection, pupil)?;
            known.due.remove(&pupil);
        }
        let given = known.due.is_empty() && std::mem::take(&mut known.moved);
        Ok(CaughtUp { standing: given.then(|| known.standing.clone()), left: known.due.len() })
    }

    /// The figures of these pupils in the school year up to the day before `date`; `None` while most of the roll is still to be read, or
    /// where no rule wants them.
    pub(super) fn years(
        &mut self,
        connection: &Connection,
        roll: &Arc<Roll>,
        date: NaiveDate,
        pupils: &[PupilId],
    ) -> rusqlite::Result<Option<HashMap<PupilId, Figures>>> {
        let stands = |known: &&mut Known| Arc::ptr_eq(&known.roll, roll) && known.standing.date == date;
        let wanted = |known: &&mut Known| known.wants.year_from.is_some();
        let Some(known) = self.known.as_mut().filter(stands).filter(wanted) else { return Ok(None) };
        known.ask(connection)?;
        if known.due.len() > pupils.len() {
            return Ok(None);
        }
        for pupil in pupils {
            if known.due.remove(pupil) {
                known.read(connection, *pupil)?;
            }
        }
        let year = |pupil: &PupilId| Some((*pupil, known.standing.pupils.get(pupil)?.year));
        Ok(Some(pupils.iter().filter_map(year).collect()))
    }
}

impl Known {
    fn new(connection: &Connection, roll: &Arc<Roll>, date: NaiveDate) -> rusqlite::Result<Known> {
        let wants = Wants::of(roll, date);
        let year = wants.year_from.map(|from| SchoolDays::of(roll, from..date)).unwrap_or_default();
        let mut known = Known {
            roll: roll.clone(),
            wants,
            year,
            standing: Arc::new(Standing { date, pupils: HashMap::new() }),
            asked: (journal::last(connection)?, mark::last_amendment(connection)?),
            due: BTreeSet::new(),
            moved: true,
        };
        known.all_due();
        Ok(known)
    }

    fn all_due(&mut self) {
        if !self.wants.is_nothing() {
            let date = self.standing.date;
            self.due = self.roll.pupils.iter().filter(|pupil| pupil.on_roll(date)).map(|pupil| pupil.id).collect();
        }
    }

    /// Ask whose marks before the date may have changed since the file was last asked.
    fn ask(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let (date, (since, amended)) = (self.standing.date, self.asked);
        let now = (journal::last(connection)?, mark::last_amendment(connection)?);
        if now == self.asked {
            return Ok(());
        }
        self.asked = now;
        if !journal::changed_before(connection, date, since)? {
            return Ok(());
        }
        // Every change of a mark is an amendment, but for the first of all: that comes with evidence, a register or a file.
        let mut touched = mark::amended_after(connection, amended, date)?;
        touched.extend(evidence::added_since(connection, since, date)?);
        let registers = register::dates_since(connection, since, date)?;
        if registers.len() > LATE_REGISTERS {
            self.all_due();
            return Ok(());
        }
        for late in registers {
            touched.extend(mark::moved_since(connection, late, since)?);
        }
        // A file's marks of who is in no group come without a register.
        if journal::imported_before(connection, date, since)? {
            touched.extend(self.roll.pupils.iter().filter(|pupil| pupil.group.is_none()).map(|pupil| pupil.id));
        }
        let on_roll = |id: &PupilId| self.roll.pupil(*id).is_some_and(|pupil| pupil.on_roll(date));
        if !self.wants.is_nothing() {
            self.due.extend(touched.into_iter().filter(on_roll));
        }
        Ok(())
    }

    fn read(&mut self, connection: &Connection, id: PupilId) -> rusqlite::Result<()> {
        let Some(pupil) = self.roll.pupil(id) else { return Ok(()) };
        let date = self.standing.date;
        let mut before = Before::default();
        if let Some(from) = self.wants.year_from {
            let dates = pupil.on_roll_within(from..date);
            before.year = Figures::blank(self.year.sessions(&dates));
            mark::days_of(connection, id, &dates, |day| {
                self.year.split(day).0.marks().for_each(|mark| before.year.fill(Some(mark), &self.roll.codes));
            })?;
        }
        for wanted in self.wants.days.iter().filter(|day| pupil.on_roll(**day)) {
            let codes = mark::codes_on(connection, id, *wanted)?;
            let of =
                |session: Session| codes.iter().find(|(one, _)| *one == session).map(|(_, code)| Mark::plain(*code));
            if !codes.is_empty() {
                before.days.push(PastDay { date: *wanted, am: of(Session::Am), pm: of(Session::Pm) });
            }
        }
        // Everybody's is held all day.
        before.days.shrink_to_fit();
        if self.standing.pupils.get(&id) != Some(&before) {
            self.moved = true;
            // Cloned once where the screen holds what it was given.
            Arc::make_mut(&mut self.standing).pupils.insert(id, before);
        }
        Ok(())
    }
}
