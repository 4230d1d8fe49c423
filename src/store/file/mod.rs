//! The file itself: opened, made, upgraded, looked after, copied; and what can be wrong with it.

pub mod backup;
pub mod change;
pub mod fault;
pub mod import_lock;
pub mod open;
pub mod place;
pub mod query;
pub mod reading;
pub mod schema;
