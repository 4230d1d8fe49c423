//! An absence range as an officer types it in one line: `fri pm`, `mon-wed`, `until 28/11`, `back thu`, `3 days`, `tomorrow at 10`;
//! and as somebody says it among other words.

mod parts;
mod phrases;
mod reader;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use crate::domain::calendar::any_day::named;
use crate::domain::calendar::dates::{parse_day, parse_weekday};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::counted::counted;
use crate::domain::facts::evidence::clock;
use crate::domain::school::roll::Roll;
pub use phrases::{
    WhenPhrase, last_day_said, offer_in, phrase_outside, phrase_to_offer, phrases_in, time_to_come, with_phrase_time,
};
use reader::{Fault, Reader};

/// The most days from the first to the last that one report speaks of: half a year.
pub const LONGEST: Days = Days::new(183);

/// The line, for whoever wrote another.
pub const WRITTEN: &str = "today, am, fri pm, mon-wed, 14-18 dec, until fri, back thu or tue at 10";

/// Sessions on end: the first and the last are on school days.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AbsenceRange {
    /// First session.
    pub from: SessionDate,
    /// Last session.
    pub until: SessionDate,
    /// When the pupil is expected back, where that was what was typed.
    pub back: Option<NaiveDate>,
    /// The time of an appointment in a single session, where one was typed; school-local.
    pub time: Option<NaiveTime>,
    /// School days of which at least one session is meant.
    pub days: usize,
    /// Days that were typed and have no school, in words.
    pub note: Option<String>,
}

/// The sessions that `text` means at `now`, today's date and the session it is; what is not said begins with that session. The name of
/// a day of the week is the coming one, today if that is its name. The error says what is wrong and how it is put right.
pub fn read(text: &str, now: SessionDate, roll: &Roll) -> Result<AbsenceRange, String> {
    Reader { now, roll }.read(text).map_err(Fault::text)
}

impl AbsenceRange {
    /// What was understood, before it is saved: as [`AbsenceRange::describe`], with the sessions of a single day named, since whoever types
    /// "today" may not see that both are meant: "today, AM and PM".
    pub fn means(&self, today: NaiveDate) -> String {
        self.in_words(today, ", AM and PM")
    }

    /// "Tue 24 to Thu 26 Nov, 3 school days", "today, AM only", "Wed 25 Nov at 10:00, AM only": what was reported. [`read`] reads it
    /// back as the same sessions.
    pub fn describe(&self, today: NaiveDate) -> String {
        self.in_words(today, "")
    }

    /// `both` follows a single whole day.
    fn in_words(&self, today: NaiveDate, both: &str) -> String {
        let (from, until) = (self.from, self.until);
        let mut text = if from.date == until.date {
            let day = if from.date == today { "today".to_owned() } else { named(from.date, today) };
            let day = self.time.map_or_else(|| day.clone(), |time| format!("{day} at {}", clock(time)));
            match from.session == until.session {
                true => format!("{day}, {} only", from.session),
                false => format!("{day}{both}"),
            }
        } else {
            let whole = (from.session, until.session) == (Session::Am, Session::Pm);
            let one_month = (from.date.year(), from.date.month()) == (until.date.year(), until.date.month());
            let first = match (whole, one_month) {
                (true, true) => from.date.format("%a %-d").to_string(),
                (true, false) => named(from.date, today),
                (false, _) => format!("{} {}", named(from.date, today), from.session),
            };
            let half = if whole { String::new() } else { format!(" {}", until.session) };
            format!("{first} to {}{half}, {}", named(until.date, today), counted(self.days, "school day"))
        };
        if let Some(note) = &self.note {
            text = format!("{text}; {note}");
        }
        text
    }
}

/// Why a pupil who is away until `until` cannot be expected back on `back`; `None` if they can.
pub fn back_fault(until: SessionDate, back: NaiveDate) -> Option<String> {
    let latest = match until.session {
        Session::Am => back < until.date,
        Session::Pm => back <= until.date,
    };
    latest.then(|| {
        let back = back.format("%a %-d %b");
        format!("back on {back}, but away until {until}: give a later day back, or an earlier last one")
    })
}

/// The day back typed as `thu`, `26/11` or `tomorrow`: a day of the week is the next after the pupil's last session.
pub fn back_on(text: &str, today: NaiveDate, until: SessionDate) -> Option<NaiveDate> {
    let after = match until.session {
        Session::Am => until.date,
        Session::Pm => until.date.succ_opt().unwrap_or(until.date),
    };
    parse_day(text, if parse_weekday(text).is_some() { after } else { today })
}

#[cfg(test)]
mod tests;
