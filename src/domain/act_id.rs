//! The number of an act. Each fact holds the number of the act that recorded it.

use serde::{Deserialize, Serialize};

/// The number of an act in the journal; also the revision of everything the act touched. Zero is "never touched".
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ActId(pub i64);
