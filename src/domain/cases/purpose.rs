//! Packs: for whom what is in the record of a pupil is put together, and what of it each of them is told.

use super::chronology::LineKind;
use super::words::words;

words! {
    /// What a pack is for.
    Purpose {
        /// An attendance panel.
        Panel "attendance panel"
        /// A review of what was agreed.
        Review "review meeting"
        /// A court, by way of the local authority.
        Court "court"
        /// A targeting support meeting with the local authority.
        Targeting "targeting support meeting"
        /// Education welfare: a child who may be missing from education.
        Cme "child missing from education"
    }
}

impl Purpose {
    /// For whom it is.
    pub fn audience(self) -> &'static str {
        match self {
            Purpose::Panel => "the panel",
            Purpose::Review => "the review meeting",
            Purpose::Court => "the local authority's legal team",
            Purpose::Targeting | Purpose::Cme => "the local authority",
        }
    }

    /// Whether it may be made though something is missing: a court is told all, or nothing.
    pub fn may_lack(self) -> bool {
        self != Purpose::Court
    }

    /// Whether a line of the chronology belongs to it. Marks that were amended go to a court as an annex of their own.
    pub fn tells(self, kind: LineKind) -> bool {
        use LineKind::{
            Absence, Amendment, Call, Case, Contact, Contract, Court, Details, EarlyHelp, Improvement, Leave, Letter,
            Meeting, PartTime, Penalty, Provider, Reintegration, Step, TakenBack, Visit,
        };
        match kind {
            Contact | Letter | Visit => true,
            Meeting | Contract | EarlyHelp | PartTime | Reintegration | Provider => self != Purpose::Cme,
            Absence => matches!(self, Purpose::Panel | Purpose::Review | Purpose::Court | Purpose::Cme),
            Call => matches!(self, Purpose::Panel | Purpose::Court | Purpose::Cme),
            Step => self == Purpose::Cme,
            Case => matches!(self, Purpose::Panel | Purpose::Review | Purpose::Targeting),
            Improvement | Penalty => self != Purpose::Cme,
            Leave => self != Purpose::Targeting,
            Details => matches!(self, Purpose::Court | Purpose::Cme),
            Court => matches!(self, Purpose::Court | Purpose::Targeting),
            // Who reads it is to know that something was put down in error.
            TakenBack => self == Purpose::Court,
            Amendment => false,
        }
    }
}
