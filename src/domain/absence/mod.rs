//! Who is not there: unexplained, elsewhere by arrangement, or waiting for a reason.

pub mod offsite;
pub mod unexplained;
pub mod unresolved;
