//! A made-up school's own clock: kept in its file, so that every process on the file shares one morning.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use rusqlite::OptionalExtension;

use super::columns::{instant, instant_text};
use super::file::fault::unopened;
use super::file::place::beside;
use super::{Fault, Store};
use crate::clock::Clock;
use crate::domain::code::CodeTable;

const LOCAL: &str = "%Y-%m-%dT%H:%M:%S";

/// When a demo's morning starts, on its own clock, and the real instant at which it last did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoClock {
    /// School-local.
    pub starts: NaiveDateTime,
    /// Real.
    pub began: DateTime<Utc>,
}

/// When a demo's day is over: past it, the morning begins again.
pub const OVER: NaiveTime = match NaiveTime::from_hms_opt(16, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

impl DemoClock {
    /// What time it is in the demo at the real instant `real`; `None` once its day is over.
    pub fn local(&self, real: DateTime<Utc>) -> Option<NaiveDateTime> {
        let gone = real - self.began;
        let local = self.starts.checked_add_signed(gone)?;
        // A computer's clock set back would take the demo to before its morning.
        let lasts = local >= self.starts && local.date() == self.starts.date();
        (lasts && local.time() < OVER).then_some(local)
    }
}

impl Store {
    /// The clock this file is worked by: the computer's, or, in a demo, its own morning, begun again when it is over.
    pub fn clock(&mut self) -> Result<Clock, Fault> {
        let Some(demo) = self.demo_clock()? else { return Ok(Clock::System) };
        let real = Clock::System.now();
        let local = match demo.local(real) {
            Some(local) => local,
            None => {
                match self.set_demo_clock(DemoClock { began: real, ..demo }) {
                    // A read-only process has its own morning.
                    Ok(()) | Err(Fault::ReadOnly(_)) => demo.starts,
                    Err(fault) => return Err(fault),
                }
            }
        };
        Ok(Clock::starting_at(self.held.roll.school.instant(local)))
    }

    /// Delete the made-up school's file at `path`, if there is one, with what lies beside it. Answers whether the place is free: any
    /// other file stays, and so does one that cannot be read.
    pub fn remove_demo(path: &Path, codes: Arc<CodeTable>) -> Result<bool, Fault> {
        match Store::open_to_read(path, codes) {
            Ok(store) if store.demo_clock()?.is_some() => {}
            Err(Fault::Missing(_)) => {}
            Ok(_) | Err(Fault::Foreign(_)) => return Ok(false),
            Err(fault) => return Err(fault),
        }
        for suffix in ["", "-wal", "-shm", "-journal"] {
            match std::fs::remove_file(beside(path, suffix)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(unopened(path, &error)),
                _ => {}
            }
        }
        Ok(true)
    }

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
        self.write(|file| {
            file.execute(
                "INSERT INTO demo (one, starts, began) VALUES (1, ?1, ?2)
                 ON CONFLICT DO UPDATE SET starts = excluded.starts, began = excluded.began",
                [starts, began],
            )
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_runs_until_four_and_never_before_its_morning() {
        let starts = "2026-11-24T08:55:00".parse().unwrap();
        let began: DateTime<Utc> = "2027-02-01T20:00:00Z".parse().unwrap();
        let clock = DemoClock { starts, began };
        let at = |minutes| clock.local(began + chrono::TimeDelta::minutes(minutes)).map(|local| local.to_string());
        assert_eq!(at(0).as_deref(), Some("2026-11-24 08:55:00"));
        assert_eq!(at(424).as_deref(), Some("2026-11-24 15:59:00"));
        assert_eq!(at(425), None);
        assert_eq!(at(60 * 24), None, "not tomorrow at the same time");
        assert_eq!(at(-1), None);
    }
}
