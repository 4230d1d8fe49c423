//! A made-up school's own clock: kept in its file, so that every process on the file shares one morning.

use chrono::{DateTime, NaiveDateTime, Utc};
use rusqlite::OptionalExtension;

use super::columns::{instant, instant_text};
use super::{Fault, Store};

const LOCAL: &str = "%Y-%m-%dT%H:%M:%S";

/// When a demo's morning starts, on its own clock, and the real instant at which it last did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoClock {
    /// School-local.
    pub starts: NaiveDateTime,
    /// Real.
    pub began: DateTime<Utc>,
}

impl Store {
    /// The demo's clock; `None` in a real school's file.
    pub fn demo_clock(&self) -> Result<Option<DemoClock>, Fault> {
        let found = self.reader.query_row("SELECT starts, began FROM demo", [], |row| {
            let text: String = row.get(0)?;
            let starts = NaiveDateTime::parse_from_str(&text, LOCAL).map_err(|error| {
                rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
            })?;
            Ok(DemoClock { starts, began: instant(row, 1)? })
        });
        found.optional().map_err(|error| self.fault(&error))
    }

    /// Say that this file is a demo, and when its morning starts and began.
    pub fn set_demo_clock(&mut self, clock: DemoClock) -> Result<(), Fault> {
        let (starts, began) = (clock.starts.format(LOCAL).to_string(), instant_text(clock.began));
        self.writer
            .execute(
                "INSERT INTO demo (one, starts, began) VALUES (1, ?1, ?2)
                 ON CONFLICT DO UPDATE SET starts = excluded.starts, began = excluded.began",
                [starts, began],
            )
            .map_err(|error| self.fault(&error))?;
        Ok(())
    }
}
