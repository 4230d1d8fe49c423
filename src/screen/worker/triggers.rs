//! Works out the triggers of the whole school: a tenth of a second, on the store worker's thread, when they are asked for.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::store_worker::StoreWorker;
use crate::screen::event::Event;

impl StoreWorker {
    /// Those that are met as of today.
    pub(super) fn triggers(&mut self, now: DateTime<Utc>) -> Vec<Event> {
        match self.store.triggers(self.date, now) {
            Ok(found) => vec![Event::Triggers(Arc::new(found))],
            Err(fault) => vec![self.blinded(&fault)],
        }
    }
}
