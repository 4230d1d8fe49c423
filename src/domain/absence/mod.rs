//! Who is not there: unexplained, elsewhere by arrangement, or waiting for a reason.

pub mod ageing;
pub mod offsite;
pub mod unexplained;
