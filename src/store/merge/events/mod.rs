//! A day's events from files: calls that were made, who came and went, messages to be read.

mod arrivals;
mod calls;
mod messages;
mod whom;

use super::{Merged, meant};
use crate::domain::incoming::Incoming;
use crate::store::acts::{Stop, Work};

/// Merge arrivals and departures, calls, and messages.
pub fn merge(work: &Work<'_>, incoming: &Incoming, merged: &mut Merged, step: &mut dyn FnMut()) -> Result<(), Stop> {
    arrivals::merge(work, &incoming.arrivals, merged, step)?;
    calls::merge(work, &incoming.calls, merged, step)?;
    messages::merge(work, &incoming.messages, merged, step)
}
