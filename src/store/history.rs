//! Inserts years of marks at once, for a demo school.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::params;

use super::columns::date_text;
use super::{Fault, Store, journal};
use crate::domain::act::{Officer, Other};
use crate::domain::calendar::session::Session;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;

/// One date's marks.
pub struct DayOfMarks {
    /// The date.
    pub date: NaiveDate,
    /// Whose, which session, which mark.
    pub marks: Vec<(PupilId, Session, Mark)>,
}

impl Store {
    /// Lay down the marks of days gone by, as registers that nothing contradicted, in one transaction. For a file without
    /// any marks yet.
    pub fn insert_history(
        &mut self,
        officer: &Officer,
        now: DateTime<Utc>,
        days: impl Iterator<Item = DayOfMarks>,
    ) -> Result<u64, Fault> {
        let count = self.write(|file| {
            let mut days = days.peekable();
            // Whoever has read the days before anything stood there reads them again.
            let first = days.peek().map(|day| day.date);
            let act = journal::sign_other(file, officer, now.into(), &Other::History {}, first)?;
            // An index built at the end takes half the time of one kept up.
            file.execute_batch("DROP INDEX mark_of_pupil")?;
            let mut count = 0;
            let mut insert = file.prepare(
                "INSERT INTO mark (date, session, pupil, tutor, tutor_minutes, taken, code, minutes, act)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?4, ?5, ?6)",
            )?;
            for mut day in days {
                // Rows arrive in the order of the table: it grows at its end.
                day.marks.sort_by_key(|(pupil, session, _)| (*session, *pupil));
                let date = date_text(day.date);
                for (pupil, session, mark) in day.marks {
                    let (code, minutes) = (mark.code, mark.minutes);
                    insert.execute(params![date, session, pupil, code, minutes, act])?;
                    count += 1;
                }
            }
            file.execute_batch("CREATE INDEX mark_of_pupil ON mark (pupil, date, session, code)")?;
            Ok(count)
        })?;
        let tidied = self.writer.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        tidied.map_err(|error| self.fault(&error))?;
        Ok(count)
    }
}
