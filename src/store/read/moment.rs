//! The marks that stand, date by date, all as of one moment, whatever others write meanwhile.

use chrono::NaiveDate;
use hashbrown::HashMap;
use rusqlite::Transaction;

use crate::domain::calendar::session::Session;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;
use crate::store::tables::{call, mark};
use crate::store::{Fault, Store};

/// One moment of the record.
pub struct Moment<'s> {
    store: &'s Store,
    connection: Transaction<'s>,
}

impl Store {
    /// The record as it is now.
    pub fn moment(&self) -> Result<Moment<'_>, Fault> {
        let connection = self.reader.unchecked_transaction().map_err(|error| self.fault(&error))?;
        Ok(Moment { store: self, connection })
    }
}

impl Moment<'_> {
    /// The date of the first mark or call of all.
    pub fn begins(&self) -> Result<Option<NaiveDate>, Fault> {
        let dates = mark::oldest(&self.connection).and_then(|mark| Ok([mark, call::oldest(&self.connection)?]));
        dates.map(|dates| dates.into_iter().flatten().min()).map_err(|error| self.store.fault(&error))
    }

    /// Everybody's settled marks of `date`.
    pub fn marks_on(&self, date: NaiveDate) -> Result<HashMap<(PupilId, Session), Mark>, Fault> {
        let marks = mark::on(&self.connection, date).map_err(|error| self.store.fault(&error))?;
        Ok(marks.into_iter().filter_map(|(pupil, session, one)| Some(((pupil, session), one.settled?))).collect())
    }
}
