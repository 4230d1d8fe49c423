//! Where pupils are: elsewhere by arrangement, out and back, and looked for.

mod arrangements;
mod off_site;
mod presence;
mod searching;
