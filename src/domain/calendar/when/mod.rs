//! An absence range as an officer types it in one line: `fri pm`, `mon-wed`, `until 28/11`, `back thu`, `3 days`.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Calendar;
use super::dates::{parse_day, parse_weekday};
use super::session::{Session, SessionDate};
use crate::domain::name::clean;

/// The most days from the first to the last that one report speaks of: half a year.
pub const LONGEST: Days = Days::new(183);

/// The line, for whoever wrote another.
pub const WRITTEN: &str = "today, am, fri pm, mon-wed, 24/11-26/11, until fri, back thu or 3 days";

/// Sessions on end: the first and the last are on school days.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AbsenceRange {
    /// First session.
    pub from: SessionDate,
    /// Last session.
    pub until: SessionDate,
    /// When the pupil is expected back, where that was what was typed.
    pub back: Option<NaiveDate>,
    /// School days of which at least one session is meant.
    pub days: usize,
    /// Days that were typed and have no school, in words.
    pub note: Option<String>,
}

/// One end of the line: a day, and the half of it if one was named.
#[derive(Clone, Copy)]
struct End {
    date: NaiveDate,
    half: Option<Session>,
    /// Given by name, "today": the whole day is meant, its past sessions too.
    is_whole: bool,
}

/// The sessions that `text` means at `now`, today's date and the session it is; what is not said begins with that session.
/// The error says what is wrong and how it is put right.
pub fn read(text: &str, now: SessionDate, calendar: &Calendar) -> Result<AbsenceRange, String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let today = End { date: now.date, half: None, is_whole: false };
    let reader = Reader { now, calendar };
    if text.is_empty() {
        return reader.between(today, today);
    }
    if let Some(day) = text.strip_prefix("back ") {
        return reader.back(day.strip_prefix("on ").unwrap_or(day));
    }
    if let Some(last) = ["until ", "till ", "til ", "to "].iter().find_map(|word| text.strip_prefix(word)) {
        return reader.between(today, reader.end(last, today).ok_or_else(|| unknown(last))?);
    }
    if let Some(days) = school_days(&text) {
        return reader.count(days);
    }
    if let Some(only) = reader.end(&text, today) {
        return reader.between(only, only);
    }
    let (first, last) = reader.range(&text, today)?;
    reader.between(first, last)
}

impl AbsenceRange {
    /// What was understood, before it is saved: as [`AbsenceRange::describe`], with the sessions of a single day named, since whoever types
    /// "today" may not see that both are meant: "today, AM and PM".
    pub fn means(&self, today: NaiveDate) -> String {
        self.in_words(today, ", AM and PM")
    }

    /// "Tue 24 to Thu 26 Nov, 3 school days", "today, AM only": what was reported.
    pub fn describe(&self, today: NaiveDate) -> String {
        self.in_words(today, "")
    }

    /// `both` follows a single whole day.
    fn in_words(&self, today: NaiveDate, both: &str) -> String {
        let (from, until) = (self.from, self.until);
        let mut text = if from.date == until.date {
            let day = if from.date == today { "today".to_owned() } else { day(from.date, today) };
            match from.session == until.session {
                true => format!("{day}, {} only", from.session),
                false => format!("{day}{both}"),
            }
        } else {
            let whole = (from.session, until.session) == (Session::Am, Session::Pm);
            let one_month = (from.date.year(), from.date.month()) == (until.date.year(), until.date.month());
            let first = match (whole, one_month) {
                (true, true) => from.date.format("%a %-d").to_string(),
                (true, false) => day(from.date, today),
                (false, _) => format!("{} {}", day(from.date, today), from.session),
            };
            let half = if whole { String::new() } else { format!(" {}", until.session) };
            format!("{first} to {}{half}, {}", day(until.date, today), count(self.days))
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

/// What reads a line.
struct Reader<'a> {
    now: SessionDate,
    calendar: &'a Calendar,
}

impl Reader<'_> {
    /// `fri`, `fri pm`, `pm`: a day of the week is the coming one after `after`, that day included.
    fn end(&self, text: &str, after: End) -> Option<End> {
        let text = text.trim();
        let (day, half) = match text.rsplit_once(' ') {
            _ if Session::parse(text).is_some() => ("", Session::parse(text)),
            Some((day, half)) if Session::parse(half).is_some() => (day, Session::parse(half)),
            _ => (text, None),
        };
        let date = match day {
            "" => Some(after.date),
            "today" | "tomorrow" | "yesterday" => parse_day(day, self.now.date),
            _ => parse_day(day, after.date),
        };
        date.map(|date| End { date, half, is_whole: day == "today" }).filter(|_| half.is_some() || !text.is_empty())
    }

    /// Two ends, parted wherever both can be read.
    fn range(&self, text: &str, today: End) -> Result<(End, End), String> {
        let mut wrong = None;
        for part in [" to ", " until ", "-", "\u{2013}", "\u{2014}"] {
            for (place, part) in text.match_indices(part) {
                let (first, last) = (text.get(..place).unwrap_or_default(), text.get(place + part.len()..));
                let last = last.unwrap_or_default();
                let Some(from) = self.end(first, today) else {
                    wrong.get_or_insert(first);
                    continue;
                };
                match self.end(last, from) {
                    Some(until) => return Ok((from, until)),
                    // What follows a day that can be read is what could not be.
                    None => wrong = Some(last),
                }
            }
        }
        Err(unknown(wrong.unwrap_or(text)))
    }

    /// From one end to the other. A day that is today begins with the session it is, unless it is called so.
    fn between(&self, first: End, last: End) -> Result<AbsenceRange, String> {
        let until = SessionDate::new(last.date, last.half.unwrap_or(Session::Pm));
        let begun = first.date == self.now.date && self.now <= until && !first.is_whole;
        let usual = if begun { self.now.session } else { Session::Am };
        let from = SessionDate::new(first.date, first.half.unwrap_or(usual));
        if until < from {
            let [first, last] = if from.date == until.date {
                [from, until].map(|at| at.to_string())
            } else {
                [from, until].map(|at| self.day(at.date))
            };
            return Err(format!("{last} is before {first}: write the first day first, then the last"));
        }
        self.span(from, until, None)
    }

    /// From now to the last session before the pupil comes back.
    fn back(&self, text: &str) -> Result<AbsenceRange, String> {
        let today = self.now.date;
        // Nobody comes back on the day of the report: its name means the same day next week.
        let after = match parse_weekday(text) {
            Some(_) => today.succ_opt().unwrap_or(today),
            None => today,
        };
        let back = parse_day(text, after).ok_or_else(|| unknown(text))?;
        if back <= today {
            let when = if back == today { "today" } else { "over already" };
            return Err(format!("{} is {when}: write the coming day on which they are back", self.day(back)));
        }
        self.not_too_long(today, back)?;
        let last = self.calendar.school_days_before(back).next().filter(|last| *last >= today);
        let Some(last) = last else {
            return Err(format!("there is no school before {}: write a later day", self.day(back)));
        };
        let (comes, note) = match self.calendar.why_closed(back) {
            None => (back, None),
            Some(why) => {
                (self.calendar.school_days_after(back).next().unwrap_or(back), Some(self.no_school(back, &why)))
            }
        };
        let span = self.span(self.now, SessionDate::new(last, Session::Pm), note)?;
        Ok(AbsenceRange { back: Some(comes), ..span })
    }

    /// So many school days, today the first of them if it is one.
    fn count(&self, days: usize) -> Result<AbsenceRange, String> {
        let today = self.now.date;
        let first = Some(today).filter(|today| self.calendar.is_school_day(*today));
        let mut dates = first.into_iter().chain(self.calendar.school_days_after(today));
        let Some(place) = days.checked_sub(1) else {
            return Err(format!("0 days is no absence: write {WRITTEN}"));
        };
        let Some(last) = dates.nth(place) else {
            return Err(format!("the school calendar ends before {}: write a nearer last day", count(days)));
        };
        self.span(self.now, SessionDate::new(last, Session::Pm), None)
    }

    /// The school days from one session to another, and what was left out between them.
    fn span(&self, from: SessionDate, until: SessionDate, note: Option<String>) -> Result<AbsenceRange, String> {
        self.not_too_long(from.date, until.date)?;
        let dates = from.date.iter_days().take_while(|date| *date <= until.date);
        let open: Vec<NaiveDate> = dates.filter(|date| self.calendar.is_school_day(*date)).collect();
        let (Some(first), Some(last)) = (open.first().copied(), open.last().copied()) else {
            return Err(self.closed(from.date, until.date));
        };
        let missed = [(from.date, first), (until.date, last)].into_iter().filter(|(typed, is)| typed != is);
        let missed = missed.filter_map(|(typed, _)| Some(self.no_school(typed, &self.calendar.why_closed(typed)?)));
        let mut notes: Vec<String> = missed.collect();
        notes.extend(self.left_out(first, last));
        notes.extend(note);
        Ok(AbsenceRange {
            from: if first == from.date { from } else { SessionDate::new(first, Session::Am) },
            until: if last == until.date { until } else { SessionDate::new(last, Session::Pm) },
            back: None,
            days: open.len(),
            note: (!notes.is_empty()).then(|| notes.join(", ")),
        })
    }

    /// "half-term and inset left out": every weekday without school between two school days.
    fn left_out(&self, first: NaiveDate, last: NaiveDate) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        let dates = first.iter_days().take_while(|date| *date <= last);
        for date in dates.filter(|date| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)) {
            let name = match self.calendar.closed.iter().find(|day| day.date == date) {
                Some(day) if day.name.is_empty() => day.kind.as_str().to_owned(),
                Some(day) => day.name.clone(),
                None if self.calendar.term(date).is_none() => self.break_at(date).to_owned(),
                None => continue,
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| format!("{} left out", names.join(" and ")))
    }

    /// Half-term lies between the two halves of a term, or is a week; what is longer is the holidays.
    fn break_at(&self, date: NaiveDate) -> &'static str {
        let before = self.calendar.terms.iter().rfind(|term| term.until < date);
        let after = self.calendar.terms.iter().find(|term| date < term.from);
        let (Some(before), Some(after)) = (before, after) else { return "holidays" };
        let same = before.name.split(' ').next() == after.name.split(' ').next() && before.name.contains(' ');
        if same || (after.from - before.until).num_days() <= 11 { "half-term" } else { "holidays" }
    }

    fn closed(&self, first: NaiveDate, last: NaiveDate) -> String {
        let days = match first == last {
            true => format!("on {}", self.day(first)),
            false => format!("from {} to {}", self.day(first), self.day(last)),
        };
        let why = self.calendar.why_closed(first).unwrap_or_default();
        let next = match self.calendar.school_days_after(last).next() {
            Some(next) => format!("the next school day is {}", self.day(next)),
            None => "the school calendar has no later day".to_owned(),
        };
        format!("no school {days} ({why}); {next}")
    }

    fn no_school(&self, date: NaiveDate, why: &str) -> String {
        format!("not {} ({why})", self.day(date))
    }

    fn not_too_long(&self, first: NaiveDate, last: NaiveDate) -> Result<(), String> {
        if first.checked_add_days(LONGEST).is_some_and(|latest| last <= latest) {
            return Ok(());
        }
        let [first, last] = [first, last].map(|date| date.format("%-d %b %Y"));
        Err(format!("from {first} to {last} is more than half a year: write a nearer last day"))
    }

    fn day(&self, date: NaiveDate) -> String {
        day(date, self.now.date)
    }
}

/// "Tue 24 Nov"; with its year where that is another.
fn day(date: NaiveDate, today: NaiveDate) -> String {
    date.format(if date.year() == today.year() { "%a %-d %b" } else { "%a %-d %b %Y" }).to_string()
}

fn count(days: usize) -> String {
    if days == 1 { "1 school day".to_owned() } else { format!("{days} school days") }
}

/// The number in `3 days`, `1 school day` or `2 weeks` of five.
fn school_days(text: &str) -> Option<usize> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(digits)?;
    let number: usize = number.parse().ok()?;
    match unit.trim() {
        "day" | "days" | "school day" | "school days" => Some(number),
        "week" | "weeks" => number.checked_mul(5),
        _ => None,
    }
}

fn unknown(text: &str) -> String {
    match clean(text) {
        text if text.is_empty() => format!("a day is missing: write {WRITTEN}"),
        text => format!("\u{201c}{text}\u{201d} is no day: write {WRITTEN}"),
    }
}

#[cfg(test)]
mod tests;
