//! What is read or listed in a dialog, taken away: copied to the officer's own machine, or printed.

use crate::domain::act::disclosure::Shown;
use crate::domain::people::pupil::PupilId;

crate::actions! {
    /// What keys mean where something is read or listed, besides its own keys.
    pub Action in "sheet" {
        Copy "copy" "copy what is shown to your own machine, for five minutes" | "clipboard paste";
        Print "print" "print what is shown" | "paper printer";
    }
}

/// What a dialog shows that may be taken away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// What it is, after "the": "card", "day's tape".
    pub what: &'static str,
    /// What is put down when it is taken, if anything is, and about whom, if about one pupil.
    pub recorded: Option<(Shown, Option<PupilId>)>,
}

impl Sheet {
    /// One that names pupils, or is about this one: who takes it is put down.
    pub fn of(pupil: Option<PupilId>, what: &'static str) -> Sheet {
        Sheet { what, recorded: Some((Shown::Export, pupil)) }
    }

    /// One that everybody at every desk may have.
    pub fn for_everybody(what: &'static str) -> Sheet {
        Sheet { what, recorded: None }
    }
}
