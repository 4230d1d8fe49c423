//! How a search ends.

use super::{Act, EndSearch};
use crate::domain::facts::search::{FoundWhere, Search, SearchOutcome};

impl Search {
    /// The act that ends it: the pupil was found there.
    pub fn found(&self, place: FoundWhere, words: &str) -> Act {
        self.end(SearchOutcome::Found, Some(place), words)
    }

    /// The act that ends it: it was handed on to them.
    pub fn hand_on(&self, words: &str) -> Act {
        self.end(SearchOutcome::Escalated, None, words)
    }

    fn end(&self, outcome: SearchOutcome, found: Option<FoundWhere>, words: &str) -> Act {
        Act::EndSearch(EndSearch { search: self.act, pupil: self.pupil, outcome, found, words: words.to_owned() })
    }
}
