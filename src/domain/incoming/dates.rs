//! What files bring of the calendar.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::calendar::Closure;
use crate::domain::calendar::session::DayTimes;

/// Terms, closed days, and days whose times are not the usual ones.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum IncomingDates {
    /// A term.
    Term {
        /// "Autumn 1".
        name: String,
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
    },
    /// A day, or several, without school.
    Closed {
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
        /// Why.
        kind: Closure,
        /// In the school's words.
        name: String,
    },
    /// A day, or several, with school after all: closed by mistake.
    Open {
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
    },
    /// A day that ends early.
    EarlyEnd {
        /// The date.
        date: NaiveDate,
        /// When its sessions end.
        at: NaiveTime,
        /// In the school's words.
        name: String,
    },
    /// A day, or several, with session times of their own.
    Times {
        /// "Exam week".
        name: String,
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
        /// The times.
        times: DayTimes,
    },
    /// A day, or several, at the usual times after all: neither ended early nor with times of their own.
    Usual {
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
    },
}

impl IncomingDates {
    /// First and last day.
    pub fn span(&self) -> (NaiveDate, NaiveDate) {
        match self {
            IncomingDates::Term { from, until, .. }
            | IncomingDates::Closed { from, until, .. }
            | IncomingDates::Open { from, until }
            | IncomingDates::Times { from, until, .. }
            | IncomingDates::Usual { from, until } => (*from, *until),
            IncomingDates::EarlyEnd { date, .. } => (*date, *date),
        }
    }

    /// Whether they share a day.
    pub fn overlaps(&self, other: &IncomingDates) -> bool {
        let ((from, until), (first, last)) = (self.span(), other.span());
        from <= last && first <= until
    }
}
