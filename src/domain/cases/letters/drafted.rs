//! Letters that could be made of a template: what is asked for beside the template and the pupils, and a row for each recipient with
//! what is lacking for it.

use chrono::{Days, NaiveDate, NaiveTime};

use super::{Letter, Paper};
use crate::domain::calendar::Calendar;
use crate::domain::people::contact::ContactId;
use crate::domain::people::pupil::PupilId;

/// School days after which an answer is asked for.
const REPLY_DAYS: usize = 5;

/// When and where a meeting is that a letter invites to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeetingAsked {
    /// When.
    pub on: NaiveDate,
    /// At which time.
    pub at: NaiveTime,
    /// Where.
    pub place: String,
}

/// What is asked for beside the template and the pupils.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The first date of the figures, and the last.
    pub dates: (NaiveDate, NaiveDate),
    /// By when an answer is asked for.
    pub reply_by: NaiveDate,
    /// Who signs.
    pub signed_by: String,
    /// Words of their own.
    pub words: String,
    /// The meeting that they invite to.
    pub meeting: Option<MeetingAsked>,
    /// Contacts who get one too.
    pub also: Vec<ContactId>,
}

impl Asked {
    /// What is usual for letters of today: the figures are those of the school year up to the last date, the answer is asked for within
    /// five school days, and whoever makes them signs.
    pub fn usual(signed_by: String, calendar: &Calendar, today: NaiveDate, last: NaiveDate) -> Asked {
        let year = Calendar::year_start(last);
        let first = calendar.school_days(year..last).next().unwrap_or(year);
        let later = calendar.school_days_after(today).nth(REPLY_DAYS - 1);
        Asked {
            dates: (first, last),
            reply_by: later.unwrap_or_else(|| today.checked_add_days(Days::new(7)).unwrap_or(today)),
            signed_by,
            words: String::new(),
            meeting: None,
            also: Vec::new(),
        }
    }
}

/// A letter to one recipient, or that there is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drafted {
    /// About whom.
    pub pupil: PupilId,
    /// To whom; empty where the pupil has nobody to write to.
    pub to: String,
    /// "mother".
    pub relationship: String,
    /// Whether it is handed over: there is no address.
    pub by_hand: bool,
    /// Where it is not English.
    pub language: Option<String>,
    /// What is to be known before it is sent.
    pub notes: Vec<String>,
    /// What the record lacks for it, or why it is not sent.
    pub lacks: Vec<String>,
    /// What is to be kept; `None` where something is lacking.
    pub letter: Option<(Letter, Paper)>,
}

impl Drafted {
    /// That somebody gets none, and why.
    pub fn none(pupil: PupilId, to: &str, why: String) -> Drafted {
        Drafted {
            pupil,
            to: to.to_owned(),
            relationship: String::new(),
            by_hand: false,
            language: None,
            notes: Vec::new(),
            lacks: vec![why],
            letter: None,
        }
    }
}
