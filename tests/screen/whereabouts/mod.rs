//! Who is where, on the screen.

mod fire;
mod movement;
mod off_site;
