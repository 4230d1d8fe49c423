//! `searches`: who is looked for today, or was.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::text::clock;
use crate::domain::day::Day;
use crate::domain::facts::search::{FoundWhere, Search, SearchOutcome};

/// One search.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SearchFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    opened_at: String,
    opened_by: String,
    last_seen: String,
    notes: Vec<NoteFacts>,
    ended: Option<EndFacts>,
}

/// One note.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NoteFacts {
    at: String,
    by: String,
    words: String,
}

/// How it ended.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct EndFacts {
    outcome: SearchOutcome,
    found: Option<FoundWhere>,
    at: String,
    by: String,
    words: String,
}

/// List them, those that go on first.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    if desk.session_or_closed()?.is_none() {
        return Ok(());
    }
    let day = desk.day()?;
    let (open, over): (Vec<&Search>, Vec<&Search>) = day.searches.iter().partition(|search| search.is_open());
    let heading = format!("Looked for: {}. Found or handed on today: {}.", open.len(), over.len());
    let rows: Vec<SearchFacts> = open.into_iter().chain(over).filter_map(|search| facts(&day, search)).collect();
    desk.answer(&heading, "Nobody is looked for.", rows)
}

fn facts(day: &Day, search: &Search) -> Option<SearchFacts> {
    let notes = search.notes.iter();
    Some(SearchFacts {
        pupil: PupilFacts::of(&day.roll, day.roll.pupil(search.pupil)?),
        opened_at: clock(search.opened.time()),
        opened_by: search.who.clone(),
        last_seen: search.last_seen.clone(),
        notes: notes
            .map(|note| NoteFacts { at: clock(note.at.time()), by: note.who.clone(), words: note.words.clone() })
            .collect(),
        ended: search.ended.as_ref().map(|end| EndFacts {
            outcome: end.outcome,
            found: end.found,
            at: clock(end.at.time()),
            by: end.who.clone(),
            words: end.words.clone(),
        }),
    })
}

impl Row for SearchFacts {
    /// "Khan, Amira, 8KM, flags CP: looked for since 09:20 by S Marsh, last seen registration 08:45. 09:25 toilets, no, J Ito."
    fn lines(&self) -> Vec<String> {
        let (who, at, by, last) = (self.pupil.introduced(), &self.opened_at, &self.opened_by, &self.last_seen);
        let notes: Vec<String> =
            self.notes.iter().map(|note| format!(" {} {}, {}.", note.at, note.words, note.by)).collect();
        let notes = notes.concat();
        let end = self.ended.as_ref();
        let end = end.map(|end| format!(" {} {} {}, {}.", end.at, end.outcome.how(end.found), end.words, end.by));
        vec![format!("{who}: looked for since {at} by {by}, last seen {last}.{notes}{}", end.unwrap_or_default())]
    }
}
