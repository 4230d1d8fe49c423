//! Sessions: the two halves of a school day, and when their registers open, close and end.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// A half day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

    /// It alone, where sessions are listed.
    pub fn alone(self) -> &'static [Session] {
        match self {
            Session::Am => &[Session::Am],
            Session::Pm => &[Session::Pm],
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SessionTimes {
    /// Registration starts: a later arrival is late.
    #[serde(with = "hour_minute")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub opens: NaiveTime,
    /// Registration has ended: from here an arrival is U.
    #[serde(with = "hour_minute")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub closes: NaiveTime,
    /// The session is over: from here an arrival belongs to the next one.
    #[serde(with = "hour_minute")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub ends: NaiveTime,
}

/// Times as an officer writes them, `08:40`; TOML's own local time wants seconds.
pub(in crate::domain) mod hour_minute {
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
pub(in crate::domain) mod some_hour_minute {
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
}

/// The times of one day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DayTimes {
    /// The morning.
    pub am: SessionTimes,
    /// The afternoon; on a day without one, as it would have been: what was recorded of it before is judged by these.
    pub pm: SessionTimes,
    /// Only a single day of the calendar can be without an afternoon.
    #[serde(skip, default = "yes")]
    has_pm: bool,
}

fn yes() -> bool {
    true
}

impl DayTimes {
    /// A day of two sessions.
    pub fn new(am: SessionTimes, pm: SessionTimes) -> DayTimes {
        DayTimes { am, pm, has_pm: true }
    }

    /// The same day, ended early at `at`: there is no afternoon session if that is before it would have opened.
    pub fn ended_at(self, at: NaiveTime) -> DayTimes {
        if at <= self.pm.opens {
            let am = SessionTimes { ends: at.max(self.am.closes), ..self.am };
            return DayTimes { am, has_pm: false, ..self };
        }
        let pm = SessionTimes { closes: self.pm.closes.min(at), ends: self.pm.ends.min(at), ..self.pm };
        DayTimes { pm, ..self }
    }

    /// The sessions of the day, in order.
    pub fn sessions(&self) -> &'static [Session] {
        if self.has_pm { &Session::BOTH } else { &[Session::Am] }
    }

    /// Whether the day has this session.
    pub fn has(&self, session: Session) -> bool {
        session == Session::Am || self.has_pm
    }

    /// The times of one of them.
    pub fn of(&self, session: Session) -> &SessionTimes {
        match session {
            Session::Am => &self.am,
            Session::Pm => &self.pm,
        }
    }

    /// When the day's last session ends.
    pub fn ends(&self) -> NaiveTime {
        if self.has_pm { self.pm.ends } else { self.am.ends }
    }

    /// The session the office is working on at `time`: the morning until the afternoon register opens.
    pub fn current(&self, time: NaiveTime) -> Session {
        if !self.has_pm || time < self.pm.opens { Session::Am } else { Session::Pm }
    }

    /// The session an arrival at `time` belongs to: the morning's until the morning ends. After the day's [end](Self::ends) it
    /// belongs to none.
    pub fn arriving(&self, time: NaiveTime) -> Session {
        if !self.has_pm || time < self.am.ends { Session::Am } else { Session::Pm }
    }

    /// Everything that cannot be right about them: of which session, and why.
    pub fn faults(&self) -> Vec<(Session, String)> {
        let fault = |session: Session| self.of(session).fault().map(|fault| (session, fault));
        let mut faults: Vec<_> = Session::BOTH.into_iter().filter_map(fault).collect();
        if self.am.ends > self.pm.opens {
            faults.push((Session::Pm, "the afternoon opens before the morning has ended".to_owned()));
        }
        faults
    }

    /// What should be looked at though it works, each in a sentence: registers open for too long, or for different lengths (guidance
    /// says the same for every session).
    pub fn warnings(&self) -> Vec<String> {
        let minutes = Session::BOTH.map(|session| (session, self.of(session).minutes_open()));
        let mut warnings: Vec<String> = minutes
            .into_iter()
            .filter(|(_, minutes)| *minutes > 30)
            .map(|(session, minutes)| {
                format!("the {session} register stays open {minutes} minutes; guidance says at most 30")
            })
            .collect();
        let [(_, am), (_, pm)] = minutes;
        if am != pm {
            warnings.push(format!(
                "the AM register stays open {am} minutes and the PM register {pm}; guidance says the same for both"
            ));
        }
        warnings
    }
}

/// When somebody came who was so many minutes late for what began at `from`, school-local; `None` of minutes that no date has.
pub fn came(date: NaiveDate, from: NaiveTime, minutes: i64) -> Option<NaiveDateTime> {
    date.and_time(from).checked_add_signed(TimeDelta::try_minutes(minutes)?)
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
    fn an_impossible_register_is_refused() {
        for (times, minutes, refused) in [
            (open("08:40", "09:10", "12:30"), 30, false),
            (open("08:50", "09:25", "12:00"), 35, false),
            (open("08:40", "08:40", "12:30"), 0, true),
            (open("08:40", "08:10", "12:30"), -30, true),
            (open("08:40", "09:10", "09:00"), 30, true),
        ] {
            assert_eq!((times.minutes_open(), times.fault().is_some()), (minutes, refused), "{times:?}");
        }
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
    fn a_day_that_ends_early_may_have_no_afternoon() {
        // The afternoon opens at 13:20 and closes at 13:40.
        for (at, sessions, am_ends, closes, ends) in [
            ("09:00", 1, "09:10", "13:40", "09:10"),
            ("12:00", 1, "12:00", "13:40", "12:00"),
            ("12:30", 1, "12:30", "13:40", "12:30"),
            ("12:50", 1, "12:50", "13:40", "12:50"),
            ("13:20", 1, "13:20", "13:40", "13:20"),
            ("13:30", 2, "12:30", "13:30", "13:30"),
            ("14:15", 2, "12:30", "13:40", "14:15"),
            ("16:00", 2, "12:30", "13:40", "15:10"),
        ] {
            let day = times().ended_at(time(at));
            assert_eq!(day.sessions(), &Session::BOTH[..sessions], "{at}");
            assert_eq!(day.has(Session::Pm), sessions == 2, "{at}");
            assert_eq!((day.am.ends, day.pm.closes, day.ends()), (time(am_ends), time(closes), time(ends)), "{at}");
            let both = [time("14:00"), time("11:00")].map(|clock| (day.current(clock), day.arriving(clock)));
            let late = if sessions == 2 { Session::Pm } else { Session::Am };
            assert_eq!(both, [(late, late), (Session::Am, Session::Am)], "{at}");
        }
    }

    #[test]
    fn registers_open_for_too_long_or_for_different_lengths_are_warned_of() {
        let day = |am, pm| DayTimes::new(open("08:40", am, "12:30"), open("13:20", pm, "15:10"));
        let unlike = |am, pm| {
            format!("the AM register stays open {am} minutes and the PM register {pm}; guidance says the same for both")
        };
        let long = |session| format!("the {session} register stays open 31 minutes; guidance says at most 30");
        for (am, pm, warnings) in [
            ("09:10", "13:50", vec![]),
            ("08:45", "13:25", vec![]),
            ("09:00", "13:50", vec![unlike(20, 30)]),
            ("09:11", "13:51", vec![long("AM"), long("PM")]),
            ("09:10", "13:51", vec![long("PM"), unlike(30, 31)]),
        ] {
            assert_eq!(day(am, pm).warnings(), warnings, "{am} {pm}");
        }
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
