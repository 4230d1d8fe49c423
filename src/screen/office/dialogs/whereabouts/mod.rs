//! Who is where: in the building, out of it, looked for.

pub mod board;
pub mod fire;
pub mod movement;
pub mod off_site;
pub mod search;
pub mod sweep;
