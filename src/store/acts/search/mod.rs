//! Looking for a pupil.

mod end_search;
mod note_search;
mod open_search;
mod standing;
