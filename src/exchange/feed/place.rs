//! Where a file goes once the record has done with it.

/// Where it goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Taken.
    Done,
    /// Refused.
    Refused,
}

impl Place {
    /// The folder's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Place::Done => "done",
            Place::Refused => "refused",
        }
    }
}
