//! Somebody of a pupil's family.

use serde::{Deserialize, Serialize};

use crate::domain::people::contact::ContactId;

/// Somebody of the family: a contact of the pupil's, or a name alone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Party {
    /// The contact, where it is one.
    pub contact: Option<ContactId>,
    /// The name, as it was then.
    pub name: String,
}
