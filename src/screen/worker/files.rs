//! Reads what files leave to be decided, when it is asked for: a tenth of a second, for all marks are held against what the school's own
//! system told.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::store_worker::StoreWorker;
use crate::screen::event::Event;

impl StoreWorker {
    /// As of now, as far as the officer's role may see it.
    pub(super) fn files(&mut self, now: DateTime<Utc>) -> Vec<Event> {
        match self.store.files_waiting(self.officer.role, now) {
            Ok(found) => vec![Event::Files(Arc::new(found))],
            Err(fault) => vec![self.blinded(&fault)],
        }
    }
}
