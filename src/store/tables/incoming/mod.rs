//! What files bring that is not used at once: told of an import, waiting for a code, or asked about, or to be read.

pub mod arriving;
pub mod fed_file;
pub mod import_note;
pub mod import_source;
pub mod inbox;
pub mod mark_meaning;
pub mod missing;
pub mod quarantine;
