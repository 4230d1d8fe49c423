//! Counts a page of figures: less than a tenth of a second, on the store worker's thread, whenever it is asked for.

use chrono::{DateTime, Utc};

use super::store_worker::StoreWorker;
use crate::domain::figures::page::Asked;
use crate::screen::event::Event;

impl StoreWorker {
    /// The page, as the record stands.
    pub(super) fn figures(&mut self, asked: Asked, now: DateTime<Utc>) -> Vec<Event> {
        match self.store.figures_page(asked, now) {
            Ok(page) => vec![Event::Figures(Box::new(page))],
            Err(fault) => vec![self.blinded(&fault)],
        }
    }
}
