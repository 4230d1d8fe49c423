//! Which sessions the school holds on a date, and which of them have begun.

use chrono::{NaiveDate, NaiveDateTime};

use super::roll::Roll;
use crate::domain::calendar::session::{DayTimes, Session, SessionDate};

impl Roll {
    /// The times of a date's sessions; on a day without school why there is none, in words.
    pub fn times(&self, date: NaiveDate) -> Result<&DayTimes, String> {
        match self.calendar.why_closed(date) {
            Some(why) => Err(why),
            None => Ok(self.hours(date)),
        }
    }

    /// The sessions of a date, in order: none on a day without school.
    pub fn sessions_of(&self, date: NaiveDate) -> &'static [Session] {
        if self.calendar.is_school_day(date) { self.hours(date).sessions() } else { &[] }
    }

    /// Whether the register of a session of the school has opened by `now`, school-local.
    pub fn has_begun(&self, at: SessionDate, now: NaiveDateTime) -> bool {
        at.date < now.date() || at.date.and_time(self.hours(at.date).of(at.session).opens) <= now
    }
}
