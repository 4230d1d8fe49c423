//! What comes in to the screen, and what it asks for.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;

use super::casework::{CaseAnswer, CaseQuestion};
use crate::domain::act::day_log::Entry;
use crate::domain::act::disclosure::Disclosure;
use crate::domain::act::{Act, Receipt, Refusal};
use crate::domain::day::{Day, Past};
use crate::domain::facts::desk_presence::Place;
use crate::domain::figures::page::{Asked, Page};
use crate::domain::incoming::waiting::FilesWaiting;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::Notify;
use crate::domain::school::pin::Pin;
use crate::domain::triggers::PupilTrigger;
use crate::domain::watch::Standing;
use crate::domain::year::PupilYear;
use crate::domain::year::day_marks::DayMarks;
use crate::keys::Key;

/// What came in.
#[derive(Debug)]
pub enum Event {
    /// A key.
    Key(Key),
    /// Text pasted.
    Paste(String),
    /// Text pasted, too long to be taken.
    LongPaste,
    /// The terminal has another size.
    Resize,
    /// We were stopped and go on: the terminal may be in another state.
    Resume,
    /// The minute turned.
    Minute,
    /// The record as it stands now.
    News(Box<Day>),
    /// What the watch rules need of the days before today, for everybody.
    Standing(Arc<Standing>),
    /// Every trigger that is met as of today, in the order in which they are listed.
    Triggers(Arc<Vec<PupilTrigger>>),
    /// What was asked about cases.
    Cases(CaseAnswer),
    /// What files leave to be decided, as far as this role may see it.
    Files(Arc<FilesWaiting>),
    /// A page of figures.
    Figures(Box<Page>),
    /// Our window is in front, or no longer.
    Focus(bool),
    /// Another date as it stands now; with the receipt of our own act, if that is what changed it.
    AnotherDay(Box<Day>, Option<Receipt>),
    /// What came before a date, for one pupil.
    Recalled(PupilId, NaiveDate, Box<Past>),
    /// A pupil's school year.
    Year(Box<PupilYear>),
    /// The marks of a pupil's date in full.
    DayMarks(Box<DayMarks>),
    /// The day log of a date, oldest first.
    DayLog(NaiveDate, Vec<Entry>),
    /// This was recorded: it may be shown.
    Disclosed(Disclosure),
    /// The officer here was struck from the staff, or has another role by now: the sentence for it.
    ShutOut(String),
    /// Whether the officer has a PIN to lock the screen with.
    PinSet(bool),
    /// Whether the PIN opens the screen; `None` when that could not be looked up.
    Unlocked(Option<bool>),
    /// What became of the act with this ticket, and the record as it stands after it; no record when it could not be read
    /// though the act is safe.
    Done(Ticket, Result<(Receipt, Option<Box<Day>>), Box<Refusal>>),
    /// What can be taken back and done again at this desk now.
    Undoable(Undoable),
    /// Something was not printed: why.
    NotPrinted(String),
    /// The file could not be read, or not be written: one plain sentence. With the ticket of the act, if it was one; that is tried
    /// again until it is done, refused or given up.
    Fault(String, Option<Ticket>),
    /// The act with this ticket is not tried again: what it was and why.
    GivenUp(Ticket, String),
    /// We are told to stop.
    Terminate,
    /// The terminal is gone.
    HangUp,
}

/// Tells the answer to one act from the answer to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ticket(pub u64);

/// What this login can take back, or do again, of its own acts of today at this desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Undoable {
    /// Something stands that can be taken back.
    pub undo: bool,
    /// Something was taken back, and can be done again.
    pub redo: bool,
}

/// What is to be printed, and the command that prints it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Printing {
    /// As the school's settings name it.
    pub command: String,
    /// What it is, as a sentence begins: "The late slip".
    pub what: String,
    /// What is said after a failure: "What was logged stands."; may be empty.
    pub afterwards: &'static str,
    /// Plain text.
    pub text: String,
}

/// What the screen asks for.
#[derive(Debug, PartialEq)]
pub enum Request {
    /// Do this act.
    Perform(Ticket, Act),
    /// Take back the last act of today that this login did at this desk and that stands.
    TakeBack(Ticket),
    /// Do again what this login took back last at this desk.
    DoAgain(Ticket),
    /// Try the act with this ticket no more.
    GiveUp(Ticket),
    /// Show this date as today.
    Show(NaiveDate),
    /// Show this date beside today, or none any more.
    AnotherDay(Option<NaiveDate>),
    /// What came before `date` for this pupil?
    Recall(PupilId, NaiveDate),
    /// The school year of this pupil that begins on this date?
    Year(PupilId, NaiveDate),
    /// The marks of this pupil on this date, in full?
    DayMarks(PupilId, NaiveDate),
    /// Which triggers are met as of today?
    Triggers,
    /// What is asked about cases?
    Cases(CaseQuestion),
    /// What do files leave to be decided?
    Files,
    /// What does this page of figures hold?
    Figures(Asked),
    /// What was done on this date?
    DayLog(NaiveDate),
    /// Tell the other desks at which screen we sit, and whom we are calling about.
    ReportPresence(Place, Option<PupilId>),
    /// Give this to the school's printer.
    Print(Printing),
    /// Put this down, then show it.
    Disclose(Disclosure),
    /// What could not be recorded so far is not to be shown any more.
    ForgetUnshown,
    /// Say, in this way, that the watch list has changed, to whoever looks at another window.
    Notify(Notify),
    /// Has the officer a PIN?
    HasPin,
    /// Does this PIN open the screen?
    Unlock(Pin),
    /// Copy this to the officer's own machine, for so long.
    Copy(String, Duration),
    /// What was copied is there no longer.
    Uncopy,
    /// Draw everything anew.
    Redraw,
    /// Take the terminal over again.
    Reenter,
    /// Leave, and say why.
    ShutOut(String),
    /// Leave.
    Quit,
}
