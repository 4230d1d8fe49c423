//! Headings that mean a session: "09/11/2026 AM", `MonAM`, "Friday afternoon".

use chrono::{NaiveDate, Weekday};

use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::name::clean;
use crate::exchange::table::dates::{Order, Reads, reads};
use crate::exchange::table::written::weekday;

/// The words for sessions.
const WORDS: [(&str, Session); 4] =
    [("am", Session::Am), ("pm", Session::Pm), ("morning", Session::Am), ("afternoon", Session::Pm)];
/// What may stand behind them.
const BEHIND: [&str; 5] = ["attendance", "session", "registration", "mark", "reg"];

/// Which session a column of marks is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// This one.
    On(SessionDate),
    /// That of a day of the week that the row or the file tells.
    Weekday(Weekday, Session),
    /// That of the date that the row tells.
    OfRow(Session),
}

/// The session that `text` is the word for: "AM", "Morning attendance".
pub fn session(text: &str) -> Option<Session> {
    let text = clean(text).to_lowercase();
    let text = BEHIND.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(&text).trim();
    WORDS.iter().find(|(word, _)| *word == text).map(|(_, session)| *session)
}

/// The session that the heading `text` means, its date read by `date`.
pub fn when(text: &str, date: impl Fn(&str) -> Option<NaiveDate>) -> Option<When> {
    let is_sign = |c: char| !c.is_alphanumeric();
    let text = clean(text).to_lowercase();
    let text = text.trim_matches(is_sign);
    let rests = WORDS.iter().flat_map(|(word, session)| {
        [text.strip_suffix(word), text.strip_prefix(word)].into_iter().flatten().map(|rest| (rest, *session))
    });
    let mut found = rests.filter_map(|(rest, session)| {
        let rest = rest.trim_matches(is_sign);
        match weekday(rest) {
            Some(day) => Some(When::Weekday(day, session)),
            None => date(rest).map(|date| When::On(SessionDate::new(date, session))),
        }
    });
    found.next()
}

/// What the dates in `headings` tell of their order.
pub fn order(headings: &[String]) -> Order {
    let parts = headings.iter().flat_map(|heading| heading.split([' ', '_'])).map(reads);
    parts.fold(Order::Open, |order, part| match (part, order) {
        (Reads::MonthFirst, _) => Order::MonthFirst(1),
        (Reads::DayFirst, Order::Open) => Order::DayFirst,
        (Reads::Otherwise | Reads::DayFirst | Reads::Either, order) => order,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::written::written;

    #[test]
    fn headings_that_are_sessions() {
        let when = |text: &str| when(text, |date| written(date, Order::Open).ok());
        let ninth = NaiveDate::from_ymd_opt(2026, 11, 9).unwrap();
        for text in [
            "09/11/2026 AM",
            "2026-11-09 am",
            "AM 09/11/2026",
            "09/11/2026 (AM)",
            "Mon 9 Nov 2026 Morning",
            "2026-11-09_AM",
        ] {
            assert_eq!(when(text), Some(When::On(SessionDate::new(ninth, Session::Am))), "{text}");
        }
        for text in ["FriPM", "Fri PM", "friday_pm", "Friday afternoon", "PM Fri", "Fri-PM"] {
            assert_eq!(when(text), Some(When::Weekday(Weekday::Fri, Session::Pm)), "{text}");
        }
        for text in ["AM", "Mon", "09/11/2026", "Tue 09/11/2026 AM", "Program", "Exam", "Name", "AM marks", "", "Mo AM"]
        {
            assert_eq!(when(text), None, "{text}");
        }
    }

    #[test]
    fn words_for_sessions() {
        for text in ["AM", "am", "Morning", "Morning attendance", "AM session", "AM mark"] {
            assert_eq!(session(text), Some(Session::Am), "{text}");
        }
        for text in ["", "1", "A", "All day", "session", "AMPM"] {
            assert_eq!(session(text), None, "{text}");
        }
    }
}
