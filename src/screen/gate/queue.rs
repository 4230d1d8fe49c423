//! What the gate wants done, in the order it was typed: one act after another, each kept until the record has it or has refused it.

use std::collections::VecDeque;

use chrono::{NaiveDate, NaiveTime};

use crate::domain::act::{Act, LogArrival, LogMovement, Undo};
use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::facts::presence::Way;
use crate::domain::people::pupil::PupilId;

/// One thing to be done.
#[derive(Clone, PartialEq, Debug)]
pub enum Job {
    /// A pupil has come.
    Arrival {
        /// Who.
        pupil: PupilId,
        /// The day it was stamped.
        date: NaiveDate,
        /// When the first key was pressed.
        time: NaiveTime,
        /// The reason given.
        reason: Option<String>,
        /// What it counts as, whatever the clock says.
        instead: Option<Code>,
    },
    /// A pupil goes out or comes back.
    Move {
        /// Who.
        pupil: PupilId,
        /// The day it was stamped.
        date: NaiveDate,
        /// When the first key was pressed.
        time: NaiveTime,
        /// Which way.
        way: Way,
        /// Why; may be empty on the way back.
        reason: String,
    },
    /// The last of this desk is taken back, whichever that is when its turn comes.
    TakeBack,
}

impl Job {
    /// Who it is about.
    pub fn pupil(&self) -> Option<PupilId> {
        match self {
            Job::Arrival { pupil, .. } | Job::Move { pupil, .. } => Some(*pupil),
            Job::TakeBack => None,
        }
    }

    fn act(&self, last: Option<ActId>) -> Option<Act> {
        match self.clone() {
            Job::Arrival { pupil, date, time, reason, instead } => {
                Some(Act::LogArrival(LogArrival { pupil, date, time, reason, instead }))
            }
            Job::Move { pupil, date, time, way, reason } => {
                Some(Act::LogMovement(LogMovement { pupil, date, time, way, reason }))
            }
            Job::TakeBack => last.map(|act| Act::Undo(Undo { act })),
        }
    }
}

/// What is to be done, and what is being done.
#[derive(Default)]
pub struct Queue {
    waiting: VecDeque<Job>,
    asked: Option<Job>,
    /// The last could not be written: nothing more is asked until the record moves or somebody goes on.
    stalled: bool,
}

impl Queue {
    /// Put something at its end.
    pub fn push(&mut self, job: Job) {
        self.waiting.push_back(job);
        self.stalled = false;
    }

    /// Ask for the next act, if nothing is asked for already; `last` is the act that can be taken back.
    pub fn next(&mut self, last: Option<ActId>) -> Option<Act> {
        if self.asked.is_some() || self.stalled {
            return None;
        }
        while let Some(job) = self.waiting.pop_front() {
            if let Some(act) = job.act(last) {
                self.asked = Some(job);
                return Some(act);
            }
        }
        None
    }

    /// Whether what waits takes back what was asked for.
    pub fn takes_back_asked(&self) -> bool {
        let mut behind_asked = 0_usize;
        self.asked.is_some()
            && self.waiting.iter().any(|job| {
                let left = if *job == Job::TakeBack { behind_asked.checked_sub(1) } else { Some(behind_asked + 1) };
                behind_asked = left.unwrap_or(0);
                left.is_none()
            })
    }

    /// All that is left to be asked for, at once: nobody is there any more to hear of it. Whatever takes back one that is not asked for
    /// yet leaves it out.
    pub fn rest(&mut self, last: Option<ActId>) -> Vec<Act> {
        let mut last = last.filter(|_| self.asked.is_none());
        if self.takes_back_asked() {
            self.asked = None;
        }
        let mut acts = Vec::new();
        for job in std::mem::take(&mut self.waiting) {
            match job.act(None) {
                Some(act) => acts.push(act),
                None if acts.is_empty() => acts.extend(last.take().map(|act| Act::Undo(Undo { act }))),
                None => drop(acts.pop()),
            }
        }
        acts
    }

    /// What was asked for has its answer.
    pub fn answered(&mut self) -> Option<Job> {
        self.asked.take()
    }

    /// What was asked for could not be written: it is asked for again, before all else.
    pub fn failed(&mut self) {
        if let Some(job) = self.asked.take() {
            self.waiting.push_front(job);
        }
        self.stalled = true;
    }

    /// The record can be read again, or time has passed: try once more.
    pub fn go_on(&mut self) {
        self.stalled = false;
    }

    /// How many are not saved yet.
    pub fn len(&self) -> usize {
        self.waiting.len() + usize::from(self.asked.is_some())
    }

    /// Whether something about this pupil is not saved yet.
    pub fn is_about(&self, pupil: PupilId) -> bool {
        self.asked.iter().chain(&self.waiting).any(|job| job.pupil() == Some(pupil))
    }
}
