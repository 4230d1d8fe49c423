//! What is put together from several tables: the roll, a day, a pupil's timeline, what came before.

pub mod cases;
pub mod date_facts;
pub mod day_log;
pub mod days;
pub mod figures;
pub mod handback;
pub mod imports;
pub mod incoming;
pub mod letters;
pub mod moment;
pub mod past;
pub mod roll;
pub mod standing;
pub mod timeline;
pub mod triggers;
pub mod year;
