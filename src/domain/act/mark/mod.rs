//! Marks decided in the office.

mod amend;
mod decide;
mod settle_aged;

pub use amend::Amend;
pub use decide::Decide;
pub use settle_aged::SettleAged;
