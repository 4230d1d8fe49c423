//! Marks counted for figures: only those of the dates and pupils asked about are read.

use std::sync::Arc;

use chrono::NaiveDateTime;
use hashbrown::HashMap;
use rusqlite::Connection;

use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::Mark;
use crate::domain::figures::counted::Counted;
use crate::domain::figures::question::Question;
use crate::domain::figures::tally::Tally;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::store::tables::mark;

/// One pupil's marks are found by an index, everybody's lie together: of more than one pupil in so many all are read.
const ONE_IN: usize = 3;

/// What is asked for, as it stands at `now`, school-local.
pub fn load(
    connection: &Connection,
    roll: &Arc<Roll>,
    asked: &Question,
    now: NaiveDateTime,
) -> rusqlite::Result<Tally> {
    let counted = Counted::of(roll, asked.dates.clone(), asked.until(now));
    let dates = counted.dates().clone();
    let later: HashMap<(PupilId, SessionDate), Option<Mark>> = match asked.known_before(now) {
        Some(moment) => {
            let changed = mark::changed_after(connection, &dates, roll.school.instant(moment))?;
            changed.into_iter().map(|(pupil, at, stood)| ((pupil, at), stood)).collect()
        }
        None => HashMap::new(),
    };
    let mut tally = Tally::new(roll.clone(), counted, |pupil| asked.whom.includes(roll, pupil));
    let pupils: Vec<PupilId> = tally.pupils().map(|(pupil, _)| pupil).collect();
    let everybody = roll.pupils.iter().filter(|pupil| !pupil.on_roll_within(dates.clone()).is_empty()).count();
    let mut count = |pupil, at, mark| {
        if later.is_empty() || !later.contains_key(&(pupil, at)) {
            tally.count(pupil, at, mark);
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
            tally.count(pupil, at, mark);
        }
    }
    Ok(tally)
}
