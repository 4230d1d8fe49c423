//! One pupil's school year, and the marks of one of its dates in full.

use std::ops::Range;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::timeline::{Facts, Takers, earlier};
use crate::domain::calendar::session::Session;
use crate::domain::day::PastDay;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::year::day_marks::{Amended, DayMarks};
use crate::domain::year::{Held, PupilYear, next_year};
use crate::store::tables::call;
use crate::store::tables::mark::{self, AmendmentRow};

/// The school year of a pupil that begins at `starts`, as it stands on `today`; `None` of a number that is not on the roll.
pub fn load(
    connection: &Connection,
    roll: &Roll,
    pupil: PupilId,
    starts: NaiveDate,
    today: NaiveDate,
) -> rusqlite::Result<Option<PupilYear>> {
    let Some(known) = roll.pupil(pupil) else { return Ok(None) };
    let dates = starts..next_year(starts);
    let held = Held {
        days: days(connection, pupil, &dates)?,
        oldest: mark::oldest_of(connection, pupil)?,
        calls: call::count_of(connection, pupil, &dates)?,
    };
    Ok(Some(PupilYear::new(roll, known, starts, today, held)))
}

/// The days with marks. Lates have their minutes; the index that holds all else has none, and lates are few.
fn days(connection: &Connection, pupil: PupilId, dates: &Range<NaiveDate>) -> rusqlite::Result<Vec<PastDay>> {
    let mut days: Vec<PastDay> = Vec::new();
    mark::days_of(connection, pupil, dates, |day| days.push(day))?;
    for (at, mark) in mark::lates_of(connection, pupil, dates)? {
        let place = days.binary_search_by_key(&at.date, |day| day.date).ok();
        if let Some(day) = place.and_then(|place| days.get_mut(place)) {
            *day.of(at.session) = mark;
        }
    }
    Ok(days)
}

/// The marks of a pupil's date in full; `None` of a number that is not on the roll.
pub fn marks_of_day(
    connection: &Connection,
    roll: &Roll,
    pupil: PupilId,
    date: NaiveDate,
) -> rusqlite::Result<Option<DayMarks>> {
    let Some(known) = roll.pupil(pupil) else { return Ok(None) };
    let facts = Facts::load_naming(connection, roll, known, date, Takers::OfAll)?;
    let before = match facts.reported_since(&roll.codes) {
        Some(since) => earlier(connection, roll, known, &(since..date))?,
        None => None,
    };
    let held = if known.on_roll(date) { roll.sessions_of(date) } else { &[] };
    let standing: Vec<_> = Session::BOTH
        .into_iter()
        .map(|session| (session, facts.standing(session).settled))
        .filter(|(session, mark)| held.contains(session) || mark.is_some())
        .collect();
    let amended = mark::amendments(connection, pupil, date, date)?.into_iter().map(|one| amended(one, roll)).collect();
    let about = (pupil, date, roll.calendar.why_closed(date));
    Ok(Some(DayMarks::new(about, &roll.codes, &facts.line(roll, before), &standing, amended)))
}

fn amended(one: AmendmentRow, roll: &Roll) -> Amended {
    Amended {
        session: one.at.session,
        was: one.original,
        is: one.new,
        reason: one.reason,
        said_by: one.said_by,
        is_by_rule: one.is_decided == Some(false),
        who: one.who,
        post: one.post,
        at: roll.school.local(one.instant),
    }
}
