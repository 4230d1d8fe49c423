//! Commands that answer.

pub mod amendments;
pub mod arrangements;
pub mod board;
pub mod card;
pub mod casework;
pub mod checks;
pub mod corrections;
pub mod desks;
pub mod disclosures;
pub mod figures;
pub mod fire;
pub mod handover;
pub mod history;
pub mod lates;
pub mod list;
pub mod off_site;
pub mod searches;
pub mod staff;
pub mod tape;
pub mod unexplained;
pub mod unmarked;
pub mod who;
pub mod year;
