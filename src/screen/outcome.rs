//! What a room says upward.

use crate::domain::act::Act;
use crate::domain::act::disclosure::Disclosure;
use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::register::register_ref::RegisterRef;
use crate::keys::Key;

/// What a room says upward when it has handled a key.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// Not a key of this room: it may be a global key.
    Ignored,
    /// Heard, and nothing further to do.
    Nothing,
    /// Open a dialog.
    Open(Ask),
    /// Do this to the record.
    Do(Act),
    /// Take back the last act of today that this login did at this desk and that stands; again, the one before it.
    TakeBack,
    /// Put this down, then show it.
    Disclose(Disclosure),
    /// Put this down, then copy this number to the officer's own machine.
    Copy(Disclosure, String),
    /// Tell the officer.
    Say(String),
    /// Close this dialog, then hear this key as if it had been pressed.
    Press(Key),
    /// Close this dialog.
    Close,
}

/// Which dialog, about whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Find a pupil.
    Find,
    /// A pupil's card.
    Card(PupilId),
    /// Log a late.
    Late(Option<PupilId>),
    /// Follow a late of today through.
    FollowLate(PupilId, Session),
    /// Tell the head of a year of its lates, or every head of theirs.
    ReportLates(Option<i64>),
    /// Log a call.
    Call(PupilId),
    /// Enter or amend a mark.
    Mark(PupilId),
    /// Log a message about an absence.
    Inbound(Option<PupilId>),
    /// Out of the building, or back.
    Move(Option<PupilId>),
    /// Put a pupil on the watch list.
    Watch(PupilId),
    /// Record a step of the ladder.
    Step(PupilId),
    /// Marks that have stood at N.
    Ageing,
    /// Chase a register, and say how.
    Chase(RegisterRef),
    /// Say who covers a register, and where.
    Cover(GroupId),
    /// A register, pupil by pupil.
    Register(RegisterRef),
    /// What is open, for whoever takes the desk over.
    HandOver,
    /// The day's tape.
    Tape,
    /// Choose a daily list for somebody else, with this pupil chosen.
    Lists(Option<PupilId>),
    /// The vulnerable who are absent, and whoever is missing, for the DSL.
    Dsl,
    /// Persistent absentees who are absent today, for the pastoral team.
    Pastoral,
    /// Today's lates, for heads of year.
    Lates,
    /// A pupil's day in facts, for CPOMS.
    Cpoms(PupilId),
    /// What contradicts, and who is looked for.
    Checks,
    /// The search for a pupil.
    Search(PupilId),
    /// A group gone through, pupil by pupil.
    Sweep,
    /// The fire list.
    Fire,
    /// Who is elsewhere by arrangement.
    OffSite,
    /// Who sits at which desk.
    People,
    /// Numbers to put right.
    Numbers,
    /// All keys.
    Help,
    /// Everything that can be done here, by name.
    Palette,
}
