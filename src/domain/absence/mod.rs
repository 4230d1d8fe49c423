//! Who is not there: unexplained, elsewhere by arrangement, or waiting for a reason; and the sessions that a report speaks of.

pub mod of_day;
pub mod offsite;
pub mod unexplained;
pub mod unresolved;
pub mod when;
