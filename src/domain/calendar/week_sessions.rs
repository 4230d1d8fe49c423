//! Sessions of the week, as an officer types them: `every fri pm`, `mon-wed`, `mon wed am, fri`.

use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::dates::parse_weekday;
use super::session::{Session, SessionDate};
use crate::domain::name::clean;

/// The line, for whoever wrote another.
pub const WRITTEN: &str = "every fri pm, mon-wed, mon wed am or every day";

/// The days of the week, from Monday.
const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
/// Those of a school's week.
const SCHOOL_WEEK: usize = 5;
/// Words that say nothing here.
const SILENT: [&str; 8] = ["every", "each", "all", "on", "in", "the", "and", "of"];

/// Which sessions of every week; at least one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WeekSessions {
    /// A bit for each session, from Monday's AM.
    bits: u16,
}

impl WeekSessions {
    /// The sessions that `text` means; the error says how they are written. A half of the day belongs to every day named before it,
    /// back to the half before.
    pub fn parse(text: &str) -> Result<WeekSessions, String> {
        let typed = text.to_lowercase().replace(['\u{2013}', '\u{2014}'], "-").replace(" to ", "-").replace(" - ", "-");
        let words = typed.split(|sign: char| sign.is_whitespace() || ",;&+.".contains(sign));
        let (mut bits, mut group, mut halves) = (0, Vec::new(), Vec::new());
        for word in words.filter(|word| !word.is_empty() && !SILENT.contains(word)) {
            if let Some(half) = half(word) {
                halves.push(half);
                continue;
            }
            let days = days(word).ok_or_else(|| wrong(text))?;
            if !halves.is_empty() {
                bits |= bits_of(&group, &halves);
                (group, halves) = (Vec::new(), Vec::new());
            }
            group.extend(days);
        }
        // "Every afternoon": of every day of the school's week.
        if group.is_empty() && !halves.is_empty() {
            group.extend(WEEK.into_iter().take(SCHOOL_WEEK));
        }
        bits |= bits_of(&group, if halves.is_empty() { &Session::BOTH } else { &halves });
        if bits == 0 { Err(wrong(text)) } else { Ok(WeekSessions { bits }) }
    }

    /// Every session of the school's week.
    pub fn every_school_day() -> WeekSessions {
        let days: Vec<Weekday> = WEEK.into_iter().take(SCHOOL_WEEK).collect();
        WeekSessions { bits: bits_of(&days, &Session::BOTH) }
    }

    /// One session of the week.
    pub fn one(day: Weekday, session: Session) -> WeekSessions {
        WeekSessions { bits: bit(day, session) }
    }

    /// Whether a session is one of them.
    pub fn has(self, day: Weekday, session: Session) -> bool {
        self.bits & bit(day, session) != 0
    }

    /// The first and the last session of a date that are among them; `None` where it has none.
    pub fn on(self, date: NaiveDate) -> Option<(SessionDate, SessionDate)> {
        let mut halves = Session::BOTH.into_iter().filter(|session| self.has(date.weekday(), *session));
        let first = halves.next()?;
        let last = halves.next().unwrap_or(first);
        Some((SessionDate::new(date, first), SessionDate::new(date, last)))
    }

    /// The days with these halves and no other: "Mon-Wed", "Mon Wed".
    fn days_with(self, halves: &[Session]) -> String {
        let is_one =
            |day: &Weekday| Session::BOTH.into_iter().all(|half| self.has(*day, half) == halves.contains(&half));
        let days: Vec<Weekday> = WEEK.into_iter().filter(is_one).collect();
        let on_end = |one: &Weekday, next: &Weekday| one.succ() == *next && *next != Weekday::Mon;
        let runs = days.chunk_by(on_end).map(|run| match run {
            [first, _, .., last] => format!("{first}-{last}"),
            few => few.iter().map(Weekday::to_string).collect::<Vec<_>>().join(" "),
        });
        runs.collect::<Vec<_>>().join(" ")
    }
}

/// "Fri PM", "Mon-Fri", "Mon Wed AM, Fri PM": [`WeekSessions::parse`] reads it back.
impl fmt::Display for WeekSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whole days come last: a half said after them would be theirs.
        let halves = [(&[Session::Am][..], " AM"), (&[Session::Pm], " PM"), (&Session::BOTH, "")];
        let groups = halves.into_iter().map(|(halves, half)| (self.days_with(halves), half));
        let groups = groups.filter(|(days, _)| !days.is_empty()).map(|(days, half)| format!("{days}{half}"));
        f.pad(&groups.collect::<Vec<_>>().join(", "))
    }
}

impl TryFrom<String> for WeekSessions {
    type Error = String;
    fn try_from(text: String) -> Result<WeekSessions, String> {
        WeekSessions::parse(&text)
    }
}

impl From<WeekSessions> for String {
    fn from(sessions: WeekSessions) -> String {
        sessions.to_string()
    }
}

fn wrong(text: &str) -> String {
    match clean(text) {
        text if text.is_empty() => format!("say on which days: {WRITTEN}"),
        text => format!("\u{201c}{text}\u{201d} is no days of the week: write {WRITTEN}"),
    }
}

fn half(word: &str) -> Option<Session> {
    match word {
        "morning" | "mornings" => Some(Session::Am),
        "afternoon" | "afternoons" => Some(Session::Pm),
        other => Session::parse(other),
    }
}

/// `fri`, `fridays`, `mon-wed`, `day`.
fn days(word: &str) -> Option<Vec<Weekday>> {
    if ["day", "days", "daily", "weekday", "weekdays", "week"].contains(&word) {
        return Some(WEEK.into_iter().take(SCHOOL_WEEK).collect());
    }
    if let Some((first, last)) = word.split_once('-') {
        let (first, last) = (weekday(first)?, weekday(last)?);
        let run = WEEK.into_iter().filter(|day| {
            (first.num_days_from_monday()..=last.num_days_from_monday()).contains(&day.num_days_from_monday())
        });
        return Some(run.collect::<Vec<_>>()).filter(|run| !run.is_empty());
    }
    Some(vec![weekday(word)?])
}

fn weekday(word: &str) -> Option<Weekday> {
    parse_weekday(word).or_else(|| parse_weekday(word.strip_suffix('s')?))
}

fn bits_of(days: &[Weekday], halves: &[Session]) -> u16 {
    days.iter().flat_map(|day| halves.iter().map(|half| bit(*day, *half))).fold(0, |bits, bit| bits | bit)
}

fn bit(day: Weekday, session: Session) -> u16 {
    let half = match session {
        Session::Am => 0,
        Session::Pm => 1,
    };
    1 << (2 * day.num_days_from_monday() + half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::date;
    use proptest::prelude::*;

    #[test]
    fn sessions_of_the_week_as_typed() {
        for (typed, meant) in [
            ("every fri pm", "Fri PM"),
            ("Friday afternoons", "Fri PM"),
            ("fri", "Fri"),
            ("mon-wed", "Mon-Wed"),
            ("mon to wed am", "Mon-Wed AM"),
            ("mon wed pm", "Mon Wed PM"),
            ("Mon and Wed, pm", "Mon Wed PM"),
            ("mon am, fri pm", "Mon AM, Fri PM"),
            ("fri am and pm", "Fri"),
            ("fri pm, mon-wed", "Fri PM, Mon-Wed"),
            ("every day", "Mon-Fri"),
            ("weekdays", "Mon-Fri"),
            ("every afternoon", "Mon-Fri PM"),
            ("am", "Mon-Fri AM"),
            ("tues & thurs", "Tue Thu"),
            ("mon, wed-fri", "Mon Wed-Fri"),
            ("sat", "Sat"),
        ] {
            let read = WeekSessions::parse(typed).map(|one| one.to_string());
            assert_eq!(read.as_deref(), Ok(meant), "{typed}");
        }
        for wrong in ["", "soon", "fri 2pm", "wed-mon", "every"] {
            assert!(WeekSessions::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            WeekSessions::parse("soon").unwrap_err(),
            "“soon” is no days of the week: write every fri pm, mon-wed, mon wed am or every day"
        );
    }

    #[test]
    fn a_date_has_the_sessions_of_its_weekday() {
        let sessions = WeekSessions::parse("mon, wed am, fri pm").unwrap();
        let on = |day| sessions.on(date(2026, 3, day)).map(|(first, last)| format!("{first} to {last}"));
        assert_eq!(on(2).as_deref(), Some("Mon 2 Mar AM to Mon 2 Mar AM"), "a half belongs to the days before it");
        assert_eq!(on(4).as_deref(), Some("Wed 4 Mar AM to Wed 4 Mar AM"));
        assert_eq!(on(6).as_deref(), Some("Fri 6 Mar PM to Fri 6 Mar PM"));
        assert_eq!((on(3), on(7)), (None, None));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(bits in 1_u16..1 << 14) {
            let sessions = WeekSessions { bits };
            prop_assert_eq!(WeekSessions::parse(&sessions.to_string()), Ok(sessions));
        }
    }
}
