//! The watch list: pupils the team keeps an eye on, and the lists that the school's rules make beside it.

mod rules;
mod standing;

pub use rules::{Listed, RuleList, rule_lists};
pub use standing::{Before, Standing, Wants};
