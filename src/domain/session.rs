//! Sessions: the two halves of a school day, and when their registers open, close and end.

use std::fmt;

use chrono::{NaiveDate, NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

/// A half day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Session {
    /// The morning.
    Am,
    /// The afternoon.
    Pm,
}

impl Session {
    /// Both, in order.
    pub const BOTH: [Session; 2] = [Session::Am, Session::Pm];

    /// `AM` or `PM`, as stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Session::Am => "AM",
            Session::Pm => "PM",
        }
    }

    /// The session written as `text`, in either case.
    pub fn parse(text: &str) -> Option<Session> {
        Session::BOTH.into_iter().find(|session| session.as_str().eq_ignore_ascii_case(text.trim()))
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One session of one school-local date.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SessionDate {
    /// School-local date.
    pub date: NaiveDate,
    /// Which half of it.
    pub session: Session,
}

impl SessionDate {
    /// The session of that date.
    pub fn new(date: NaiveDate, session: Session) -> SessionDate {
        SessionDate { date, session }
    }
}

impl fmt::Display for SessionDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date.format("%a %-d %b"), self.session)
    }
}

/// When one session's register opens, closes, and the session ends (school-local).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionTimes {
    /// Registration starts: a later arrival is late.
    #[serde(with = "hour_minute")]
    pub opens: NaiveTime,
    /// Registration has ended: from here an arrival is U.
    #[serde(with = "hour_minute")]
    pub closes: NaiveTime,
    /// The session is over: from here an arrival belongs to the next one.
    #[serde(with = "hour_minute")]
    pub ends: NaiveTime,
}

/// Times as an officer writes them, `08:40`; TOML's own local time wants seconds.
mod hour_minute {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(time: &NaiveTime, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&time.format("%H:%M"))
    }

    pub fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(from)?;
        super::parse_time(&text).ok_or_else(|| D::Error::custom(format!("“{text}” is not a time such as 08:40")))
    }
}

/// A clock time typed as `8:40`, `08:40`, `0840` or `08.40`.
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    ["%H:%M", "%H%M", "%H.%M"].iter().find_map(|form| NaiveTime::parse_from_str(text, form).ok())
}

impl SessionTimes {
    /// Minutes the register stays open; the national guidance says at most 30 (domain 2.2).
    pub fn minutes_open(&self) -> i64 {
        (self.closes - self.opens).num_minutes()
    }

    /// Why these times cannot be used, or `None`.
    pub fn fault(&self) -> Option<String> {
        (self.opens >= self.closes || self.closes > self.ends)
            .then(|| "a session opens before it closes, and closes before it ends".to_owned())
    }

    /// What should be looked at though it can be used: a register open for more than 30 minutes.
    pub fn warning(&self) -> Option<String> {
        let minutes = self.minutes_open();
        (minutes > 30).then(|| format!("the register stays open {minutes} minutes; guidance says at most 30"))
    }
}

/// A day's two sessions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayTimes {
    /// The morning.
    pub am: SessionTimes,
    /// The afternoon.
    pub pm: SessionTimes,
}

impl DayTimes {
    /// The times of one of them.
    pub fn of(&self, session: Session) -> &SessionTimes {
        match session {
            Session::Am => &self.am,
            Session::Pm => &self.pm,
        }
    }

    /// The session the office is working on at `time`: the morning until the afternoon register opens.
    pub fn current(&self, time: NaiveTime) -> Session {
        if time < self.pm.opens { Session::Am } else { Session::Pm }
    }

    /// The session an arrival at `time` belongs to: the morning's until the morning ends.
    pub fn arriving(&self, time: NaiveTime) -> Session {
        if time < self.am.ends { Session::Am } else { Session::Pm }
    }
}

/// Session times by weekday: the usual day, and days that differ (an early Friday).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timetable {
    /// Monday to Friday, unless the day has times of its own.
    pub usual: DayTimes,
    /// Monday, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mon: Option<DayTimes>,
    /// Tuesday, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tue: Option<DayTimes>,
    /// Wednesday, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wed: Option<DayTimes>,
    /// Thursday, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thu: Option<DayTimes>,
    /// Friday, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fri: Option<DayTimes>,
}

impl Timetable {
    /// The times of a weekday; `None` at the weekend.
    pub fn on(&self, day: Weekday) -> Option<&DayTimes> {
        let own = match day {
            Weekday::Mon => &self.mon,
            Weekday::Tue => &self.tue,
            Weekday::Wed => &self.wed,
            Weekday::Thu => &self.thu,
            Weekday::Fri => &self.fri,
            Weekday::Sat | Weekday::Sun => return None,
        };
        Some(own.as_ref().unwrap_or(&self.usual))
    }
}

/// Whole minutes from `from` to `to`, negative when `to` is earlier.
pub fn minutes_between(from: NaiveTime, to: NaiveTime) -> i64 {
    let span: TimeDelta = to - from;
    span.num_minutes()
}
