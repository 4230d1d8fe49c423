//! The status: what is said at the foot, and when its time is over.

use chrono::{NaiveDateTime, TimeDelta};

use super::App;

/// The status.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Status {
    /// Nothing.
    Quiet,
    /// An act is on its way to the disk.
    Saving,
    /// Done: in words. It can be taken back.
    Done(String),
    /// Done but for a part.
    But(String, String),
    /// Refused: why.
    Refused(String),
    /// A hint.
    Hint(String),
    /// The file cannot be read; it goes by itself when the file can.
    Fault(String),
    /// An act cannot be written: it is tried again until it can be, and keys are typed ahead.
    Unwritten(String),
    /// What could not be written was given up; it stays until the officer goes on.
    Failed(String),
}

impl Status {
    /// Whether its time is over once it was read: a fault, and what is not saved, stay until they are put right.
    fn passes(&self) -> bool {
        match self {
            Status::Done(_) | Status::But(..) | Status::Refused(_) | Status::Hint(_) => true,
            Status::Quiet | Status::Saving | Status::Fault(_) | Status::Unwritten(_) | Status::Failed(_) => false,
        }
    }
}

/// How often something was said, and when last, school-local.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Said {
    times: u64,
    at: NaiveDateTime,
}

/// So long it may take to read; at the next minute after that it goes by itself.
const READ_WITHIN: TimeDelta = TimeDelta::seconds(30);

impl App {
    /// Say this in place of what was said.
    pub(super) fn say(&mut self, status: Status) {
        self.status = status;
        // A long one lies over the panes' last line.
        self.has_only_moved.set(false);
        self.said = Said { times: self.said.times.wrapping_add(1), at: self.context.now };
    }

    /// The officer has gone on to something else: what stood since before `said` goes, if it passes.
    pub(super) fn go_on_from(&mut self, said: Said) {
        if self.said == said && self.status.passes() {
            self.say(Status::Quiet);
        }
    }

    /// The minute has turned: what passes, and has stood long enough to be read, goes.
    pub(super) fn end_old_status(&mut self) {
        let stands_for = self.context.now - self.said.at;
        // A clock set back says nothing of how long it stands.
        if self.status.passes() && stands_for.abs() >= READ_WITHIN {
            self.say(Status::Quiet);
        }
    }
}
