//! Looking for a pupil.

mod end_search;
mod note_search;
mod open_search;

pub use end_search::EndSearch;
pub use note_search::NoteSearch;
pub use open_search::OpenSearch;
