//! The watch list: pupils the team keeps an eye on, and the lists that the school's rules make beside it.

mod list;
mod rule;
mod rules;
mod standing;

pub use list::Watched;
pub use rule::{Kind, Rule, faults};
pub use rules::{Listed, RuleList, rule_lists};
pub use standing::{Before, Standing, Wants};
