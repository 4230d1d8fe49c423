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
pub(super) mod hour_minute {
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

/// The same, of a time that may be left out.
pub(super) mod some_hour_minute {
    use chrono::NaiveTime;
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(time: &Option<NaiveTime>, to: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => super::hour_minute::serialize(time, to),
            None => to.serialize_none(),
        }
    }

    pub fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Option<NaiveTime>, D::Error> {
        super::hour_minute::deserialize(from).map(Some)
    }
}

/// A clock time typed as `8:40`, `08:40`, `0840` or `08.40`.
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    ["%H:%M", "%H%M", "%H.%M"].iter().find_map(|form| NaiveTime::parse_from_str(text, form).ok())
}

impl SessionTimes {
    /// Minutes the register stays open: at most 30, says the DfE guidance Working together to improve school attendance.
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
    /// The times of a day of the week. Whether the school meets at all is the calendar's to say.
    pub fn on(&self, day: Weekday) -> &DayTimes {
        let own = match day {
            Weekday::Mon => &self.mon,
            Weekday::Tue => &self.tue,
            Weekday::Wed => &self.wed,
            Weekday::Thu => &self.thu,
            Weekday::Fri => &self.fri,
            Weekday::Sat | Weekday::Sun => &None,
        };
        own.as_ref().unwrap_or(&self.usual)
    }
}

/// Whole minutes from `from` to `to`, negative when `to` is earlier.
pub fn minutes_between(from: NaiveTime, to: NaiveTime) -> i64 {
    let span: TimeDelta = to - from;
    span.num_minutes()
}

/// So many minutes after `from`, on the clock: past midnight it begins again. As good as `from` for a number no clock has.
pub fn minutes_after(from: NaiveTime, minutes: i64) -> NaiveTime {
    from.overflowing_add_signed(TimeDelta::try_minutes(minutes).unwrap_or_default()).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{date, time, times};

    fn open(opens: &str, closes: &str, ends: &str) -> SessionTimes {
        SessionTimes { opens: time(opens), closes: time(closes), ends: time(ends) }
    }

    #[test]
    fn a_register_open_too_long_is_warned_of_and_an_impossible_one_refused() {
        for (times, minutes, warned, refused) in [
            (open("08:40", "09:10", "12:30"), 30, false, false),
            (open("08:40", "09:11", "12:30"), 31, true, false),
            (open("08:50", "09:25", "12:00"), 35, true, false),
            (open("08:40", "08:40", "12:30"), 0, false, true),
            (open("08:40", "08:10", "12:30"), -30, false, true),
            (open("08:40", "09:10", "09:00"), 30, false, true),
        ] {
            assert_eq!(times.minutes_open(), minutes);
            assert_eq!((times.warning().is_some(), times.fault().is_some()), (warned, refused), "{times:?}");
        }
        let warning = open("08:40", "09:15", "12:30").warning();
        assert_eq!(warning.as_deref(), Some("the register stays open 35 minutes; guidance says at most 30"));
    }

    #[test]
    fn the_clock_says_which_session_it_is() {
        for (clock, current, arriving) in [
            ("07:00", Session::Am, Session::Am),
            ("12:29", Session::Am, Session::Am),
            ("12:30", Session::Am, Session::Pm),
            ("13:19", Session::Am, Session::Pm),
            ("13:20", Session::Pm, Session::Pm),
            ("18:00", Session::Pm, Session::Pm),
        ] {
            assert_eq!((times().current(time(clock)), times().arriving(time(clock))), (current, arriving), "{clock}");
        }
    }

    #[test]
    fn a_weekday_may_have_times_of_its_own() {
        let early = DayTimes { pm: open("12:40", "13:00", "14:00"), ..times() };
        let timetable = Timetable { usual: times(), mon: None, tue: None, wed: None, thu: None, fri: Some(early) };
        assert_eq!(timetable.on(Weekday::Thu), &times());
        assert_eq!(timetable.on(Weekday::Fri), &early);
        assert_eq!(timetable.on(Weekday::Sat), &times());
        assert_eq!(timetable.on(Weekday::Sun), &times());
    }

    #[test]
    fn times_are_read_as_they_are_typed() {
        for typed in ["8:57", "08:57", "0857", "08.57", " 8.57 "] {
            assert_eq!(parse_time(typed), Some(time("08:57")), "{typed}");
        }
        for typed in ["", "25:00", "8", "8:60", "nine"] {
            assert_eq!(parse_time(typed), None, "{typed}");
        }
    }

    #[test]
    fn sessions_are_in_the_order_of_the_day() {
        assert!(SessionDate::new(date(2026, 3, 4), Session::Pm) < SessionDate::new(date(2026, 3, 5), Session::Am));
        assert!(Session::Am < Session::Pm);
        assert_eq!(SessionDate::new(date(2026, 3, 4), Session::Am).to_string(), "Wed 4 Mar AM");
        assert_eq!(Session::parse(" pm "), Some(Session::Pm));
        assert_eq!(minutes_between(time("09:10"), time("08:40")), -30);
        assert_eq!(minutes_after(time("08:40"), -30), time("08:10"));
        assert_eq!(minutes_after(time("23:50"), 20), time("00:10"));
        assert_eq!(minutes_after(time("08:40"), i64::MAX), time("08:40"));
    }
}
