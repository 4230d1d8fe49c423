//! Every table of the record, in an order in which each rests only on those before it.

mod casework;
mod days;
mod follow_up;
mod incoming;
mod lessons;
mod roll;
#[cfg(test)]
mod tests;

use super::kind::Kind;

/// Every table, parents first.
pub fn kinds() -> impl DoubleEndedIterator<Item = &'static Kind> {
    [roll::KINDS, days::KINDS, lessons::KINDS, follow_up::KINDS, incoming::KINDS, casework::KINDS].into_iter().flatten()
}
