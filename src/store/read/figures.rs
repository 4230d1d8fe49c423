//! Marks counted for figures: only those of the dates and pupils asked about are read.

use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use hashbrown::HashMap;
use rusqlite::Connection;

use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::Mark;
use crate::domain::figures::counted::Counted;
use crate::domain::figures::page::{Asked, Page, Tallies};
use crate::domain::figures::question::Question;
use crate::domain::figures::tally::Tally;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::store::tables::mark;
use crate::store::{Fault, Store};

/// One pupil's marks are found by an index, everybody's lie together: of more than one pupil in so many all are read.
const ONE_IN: usize = 3;

impl Store {
    /// A page of the figures screen, read in one moment, as it stands `now`.
    pub fn figures_page(&mut self, asked: Asked, now: DateTime<Utc>) -> Result<Page, Fault> {
        let path = self.path.clone();
        let fault = |error: rusqlite::Error| Fault::from_sqlite(&path, &error);
        let moment = self.reader.transaction().map_err(fault)?;
        self.held.freshen(&moment, &self.codes, &mut self.caches).map_err(fault)?;
        let now = self.held.roll.school.local(now);
        let roll = self.held.roll_for(&moment, &self.codes, now.date()).map_err(fault)?;
        let page = page(&moment, &roll, asked, now).map_err(fault)?;
        moment.commit().map_err(fault)?;
        Ok(page)
    }
}

/// What is asked for, as it stands at `now`, school-local; each mark that counts is given to `also`.
pub fn load(
    connection: &Connection,
    roll: &Arc<Roll>,
    asked: &Question,
    now: NaiveDateTime,
    also: impl FnMut(PupilId, SessionDate, Mark),
) -> rusqlite::Result<Tally> {
    let counted = Counted::of(roll, asked.dates.clone(), asked.until(now));
    let tally = Tally::new(roll.clone(), counted, |pupil| asked.whom.includes(roll, pupil));
    count(connection, tally, asked.known_before(now), also)
}

fn page(connection: &Connection, roll: &Arc<Roll>, asked: Asked, now: NaiveDateTime) -> rusqlite::Result<Page> {
    let of = |dates: Range<NaiveDate>| {
        let known_before = asked.question(dates.clone()).known_before(now);
        count(connection, asked.begin(roll, dates, now), known_before, |_, _, _| {})
    };
    let whole = of(asked.dates())?;
    let compared = match asked.compared(&whole) {
        Some([last, before]) => Some([of(last)?, of(before)?]),
        None => None,
    };
    let year_ago = asked.a_year_ago().map(of).transpose()?;
    Ok(Page::new(asked, &Tallies { whole, compared, year_ago }))
}

/// Count the marks of whom a tally is of, on its dates; as they stood before `known_before`, where it is given. Each mark that counts is
/// given to `also`.
fn count(
    connection: &Connection,
    mut tally: Tally,
    known_before: Option<NaiveDateTime>,
    mut also: impl FnMut(PupilId, SessionDate, Mark),
) -> rusqlite::Result<Tally> {
    let (roll, dates) = (tally.roll().clone(), tally.counted().dates().clone());
    let later: HashMap<(PupilId, SessionDate), Option<Mark>> = match known_before {
        Some(moment) => {
            let changed = mark::changed_after(connection, &dates, roll.school.instant(moment))?;
            changed.into_iter().map(|(pupil, at, stood)| ((pupil, at), stood)).collect()
        }
        None => HashMap::new(),
    };
    let pupils: Vec<PupilId> = tally.pupils().map(|(pupil, _)| pupil).collect();
    let everybody = roll.pupils.iter().filter(|pupil| !pupil.on_roll_within(dates.clone()).is_empty()).count();
    let mut count_one = |pupil, at, mark| {
        if tally.count(pupil, at, mark) {
            also(pupil, at, mark);
        }
    };
    let mut count = |pupil, at, mark| {
        if later.is_empty() || !later.contains_key(&(pupil, at)) {
            count_one(pupil, at, mark);
        }
    };
    if pupils.len() * ONE_IN > everybody {
        mark::each_on(connection, &dates, count)?;
    } else {
        for pupil in pupils {
            mark::each_of(connection, pupil, &dates, &mut count)?;
        }
    }
    for ((pupil, at), stood) in later {
        if let Some(mark) = stood {
            count_one(pupil, at, mark);
        }
    }
    Ok(tally)
}
