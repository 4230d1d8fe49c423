//! What reads a line: its grammar, and the school days that are meant.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

use super::parts::{THIS_WEEK, clock, day_back, halved, month_added, school_days};
use super::{AbsenceRange, LONGEST, WRITTEN};
use crate::domain::calendar::Calendar;
use crate::domain::calendar::any_day::named;
use crate::domain::calendar::dates::{monday, parse_day, parse_weekday};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::counted::counted;
use crate::domain::name::clean;
use crate::domain::school::roll::Roll;

/// Words that say nothing here: "rest of the week" is "rest week".
const SILENT: [&str; 2] = ["the", "of"];
/// What stands before the last day.
const UNTIL: [&str; 4] = ["until ", "till ", "til ", "to "];
/// What stands between the first day and the last.
const BETWEEN: [&str; 6] = [" to ", " until ", " till ", "-", "\u{2013}", "\u{2014}"];
/// What stands between two days that are next to each other.
const ON_END: [&str; 2] = [" and ", " & "];
/// The end of it.
const END_OF_WEEK: [&str; 3] = ["end week", "end this week", "weekend"];

/// What reads a line.
pub(super) struct Reader<'a> {
    /// Today, and the session it is: what is not said begins with it.
    pub now: SessionDate,
    /// The school's calendar, and the times of its days.
    pub roll: &'a Roll,
}

/// Why a line means no sessions, and how it is put right.
pub(super) enum Fault {
    /// It is none of the grammar.
    Unknown(String),
    /// It means days without school.
    Closed(String),
    /// It means what cannot be.
    Impossible(String),
}

impl Fault {
    /// In a sentence.
    pub fn text(self) -> String {
        match self {
            Fault::Unknown(text) | Fault::Closed(text) | Fault::Impossible(text) => text,
        }
    }
}

/// One end of the line: a day, and the half of it if one was named.
#[derive(Clone, Copy)]
struct End {
    date: NaiveDate,
    half: Option<Session>,
    /// When on that day, if a time was given.
    time: Option<NaiveTime>,
    /// Given by name, "today" or "Tue 24 Nov": the whole day is meant, its past sessions too.
    is_whole: bool,
}

impl End {
    fn on(date: NaiveDate) -> End {
        End { date, half: None, time: None, is_whole: false }
    }
}

impl Reader<'_> {
    /// The sessions that `text` means.
    pub fn read(&self, text: &str) -> Result<AbsenceRange, Fault> {
        let text = text.to_lowercase();
        let words = text.split_whitespace().filter(|word| !SILENT.contains(word)).collect::<Vec<_>>().join(" ");
        let text = as_typed(&words);
        let text = text.as_str();
        let today = End::on(self.now.date);
        if text.is_empty() {
            return self.between(today, today);
        }
        if let Some(day) = day_back(text) {
            return self.back(day);
        }
        if let Some(last) = UNTIL.iter().find_map(|word| text.strip_prefix(word)) {
            if END_OF_WEEK.contains(&last) {
                return self.week(0);
            }
            return self.between(today, self.end(last, today).ok_or_else(|| unknown(last))?);
        }
        if THIS_WEEK.contains(&text) {
            return self.week(0);
        }
        if text == "next week" {
            return self.week(1);
        }
        if let Some(days) = school_days(text.strip_prefix("for ").unwrap_or(text)) {
            return self.count(days);
        }
        if let Some(first) = text.strip_prefix("from ") {
            return match self.end(first, today) {
                Some(only) => Ok(open_ended(self.between(only, only)?)),
                None => self.range(first, today).and_then(|(first, last)| self.between(first, last)),
            };
        }
        if let Some(only) = self.at_time(text, today).or_else(|| self.end(text, today)) {
            return self.between(only, only);
        }
        let (first, last) = self.range(text, today)?;
        self.between(first, last)
    }

    /// `tomorrow at 10`, `fri 14:00`, `2pm`: a day of which a time is named, and so one of its sessions.
    fn at_time(&self, text: &str, today: End) -> Option<End> {
        let (text, half) = halved(text);
        let (day, time) = ["at ", "by "]
            .iter()
            .find_map(|word| text.rsplit_once(word).filter(|(day, _)| day.is_empty() || day.ends_with(' ')))
            .or_else(|| {
                let (day, time) = text.rsplit_once(' ').unwrap_or(("", text));
                let has_minutes = time.split_once([':', '.']).is_some_and(|(_, minutes)| minutes.len() >= 2);
                (has_minutes || time.ends_with("am") || time.ends_with("pm")).then_some((day, time))
            })?;
        let time = clock(time.trim(), half)?;
        let end = if day.is_empty() { today } else { self.end(day, today)? };
        let session = self.roll.hours(end.date).arriving(time);
        Some(End { half: Some(half.or(end.half).unwrap_or(session)), time: Some(time), ..end })
    }

    /// `fri`, `fri pm`, `this afternoon`: a day of the week is the coming one after `after`, that day included.
    fn end(&self, text: &str, after: End) -> Option<End> {
        let text = text.trim();
        let text = text.strip_prefix("on ").unwrap_or(text);
        let (day, half) = halved(text);
        let today = self.now.date;
        let whole = End { is_whole: true, ..End::on(today) };
        let end = match day {
            "" => End::on(after.date),
            "this" if half.is_some() => End::on(today),
            "today" | "all day" | "all day today" => whole,
            "tomorrow" | "yesterday" => End::on(parse_day(day, today)?),
            _ => {
                let day = day.strip_prefix("this ").unwrap_or(day);
                let is_whole = day.split_once(' ').is_some_and(|(name, _)| parse_weekday(name).is_some());
                End { is_whole, ..End::on(parse_day(day, after.date)?) }
            }
        };
        Some(End { half, ..end }).filter(|_| half.is_some() || !text.is_empty())
    }

    /// Two ends, parted wherever both can be read; `14-18 dec` and `Mon 14 to Fri 18 Dec` have one month.
    fn range(&self, text: &str, today: End) -> Result<(End, End), Fault> {
        let mut wrong = None;
        for part in BETWEEN.iter().chain(&ON_END) {
            for (place, found) in text.match_indices(*part) {
                let (first, last) = (text.get(..place).unwrap_or_default(), text.get(place + found.len()..));
                let last = last.unwrap_or_default();
                let with_month = month_added(first, last).and_then(|first| self.end(&first, today));
                let Some(from) = with_month.or_else(|| self.end(first, today)) else {
                    wrong.get_or_insert(first);
                    continue;
                };
                match self.end(last, from) {
                    // "mon and wed" are two days, "mon and tue" are on end.
                    Some(until) if !ON_END.contains(part) || self.is_next(from.date, until.date) => {
                        return Ok((from, until));
                    }
                    // What follows a day that can be read is what could not be.
                    _ => wrong = Some(last),
                }
            }
        }
        Err(unknown(wrong.unwrap_or(text)))
    }

    fn is_next(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.calendar().school_days_after(first).next() == Some(last)
    }

    fn calendar(&self) -> &Calendar {
        &self.roll.calendar
    }

    /// This week from now on, at a weekend the coming one; or one of those after it.
    fn week(&self, later: u64) -> Result<AbsenceRange, Fault> {
        let today = self.now.date;
        // At a weekend "this week" and "next week" are the same.
        let weeks = if is_weekend(today) { 1 } else { later };
        let first = monday(today).and_then(|monday| monday.checked_add_days(Days::new(7 * weeks)));
        let first = first.ok_or_else(|| unknown("week"))?;
        let last = first.checked_add_days(Days::new(4)).ok_or_else(|| unknown("week"))?;
        self.between(End::on(first.max(today)), End::on(last))
    }

    /// From one end to the other. A day that is today begins with the session it is, unless it is called so.
    fn between(&self, first: End, last: End) -> Result<AbsenceRange, Fault> {
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
            let text = format!("{last} is before {first}: write the first day first, then the last");
            return Err(Fault::Impossible(text));
        }
        Ok(AbsenceRange { time: first.time, ..self.span(from, until, None)? })
    }

    /// From now to the last session before the pupil comes back.
    fn back(&self, text: &str) -> Result<AbsenceRange, Fault> {
        let today = self.now.date;
        // Nobody said on which day of it: until the end of this week is meant. At a weekend that says nothing.
        if text == "next week" && !is_weekend(today) {
            return Ok(with_note(self.week(0)?, "no day back was said"));
        }
        // Nobody comes back on the day of the report: its name means the same day next week.
        let after = match parse_weekday(text) {
            Some(_) => today.succ_opt().unwrap_or(today),
            None => today,
        };
        let back = parse_day(text, after).ok_or_else(|| unknown(text))?;
        if back <= today {
            let when = if back == today { "today" } else { "over already" };
            let text = format!("{} is {when}: write the coming day on which they are back", self.day(back));
            return Err(Fault::Impossible(text));
        }
        self.not_too_long(today, back)?;
        let last = self.calendar().school_days_before(back).next().filter(|last| *last >= today);
        let Some(last) = last else {
            let text = format!("there is no school before {}: write a later day", self.day(back));
            return Err(Fault::Impossible(text));
        };
        let (comes, note) = match self.calendar().why_closed(back) {
            None => (back, None),
            Some(why) => {
                (self.calendar().school_days_after(back).next().unwrap_or(back), Some(self.no_school(back, &why)))
            }
        };
        let span = self.span(self.now, SessionDate::new(last, Session::Pm), note)?;
        Ok(AbsenceRange { back: Some(comes), ..span })
    }

    /// So many school days, today the first of them if it is one.
    fn count(&self, days: usize) -> Result<AbsenceRange, Fault> {
        let today = self.now.date;
        let first = Some(today).filter(|today| self.calendar().is_school_day(*today));
        let mut dates = first.into_iter().chain(self.calendar().school_days_after(today));
        let Some(place) = days.checked_sub(1) else {
            return Err(Fault::Impossible(format!("0 days is no absence: write {WRITTEN}")));
        };
        let Some(last) = dates.nth(place) else {
            let text =
                format!("the school calendar ends before {}: write a nearer last day", counted(days, "school day"));
            return Err(Fault::Impossible(text));
        };
        self.span(self.now, SessionDate::new(last, Session::Pm), None)
    }

    /// The school days from one session to another, and what was left out between them.
    fn span(&self, from: SessionDate, until: SessionDate, note: Option<String>) -> Result<AbsenceRange, Fault> {
        self.not_too_long(from.date, until.date)?;
        let dates = from.date.iter_days().take_while(|date| *date <= until.date);
        let open: Vec<NaiveDate> = dates.filter(|date| self.calendar().is_school_day(*date)).collect();
        let (Some(first), Some(last)) = (open.first().copied(), open.last().copied()) else {
            return Err(Fault::Closed(self.closed(from.date, until.date)));
        };
        let missed = [(from.date, first), (until.date, last)].into_iter().filter(|(typed, is)| typed != is);
        let missed = missed.filter_map(|(typed, _)| Some(self.no_school(typed, &self.calendar().why_closed(typed)?)));
        let mut notes: Vec<String> = missed.collect();
        notes.extend(self.left_out(first, last));
        notes.extend(note);
        Ok(AbsenceRange {
            from: if first == from.date { from } else { SessionDate::new(first, Session::Am) },
            until: if last == until.date { until } else { SessionDate::new(last, Session::Pm) },
            back: None,
            time: None,
            days: open.len(),
            note: (!notes.is_empty()).then(|| notes.join(", ")),
        })
    }

    /// "half-term and inset left out": every weekday without school between two school days.
    fn left_out(&self, first: NaiveDate, last: NaiveDate) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        let dates = first.iter_days().take_while(|date| *date <= last);
        for date in dates.filter(|date| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)) {
            let name = match self.calendar().closed.iter().find(|day| day.date == date) {
                Some(day) if day.name.is_empty() => day.kind.as_str().to_owned(),
                Some(day) => day.name.clone(),
                None if self.calendar().term(date).is_none() => self.break_at(date).to_owned(),
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
        let before = self.calendar().terms.iter().rfind(|term| term.until < date);
        let after = self.calendar().terms.iter().find(|term| date < term.from);
        let (Some(before), Some(after)) = (before, after) else { return "holidays" };
        let same = before.name.split(' ').next() == after.name.split(' ').next() && before.name.contains(' ');
        if same || (after.from - before.until).num_days() <= 11 { "half-term" } else { "holidays" }
    }

    fn closed(&self, first: NaiveDate, last: NaiveDate) -> String {
        let days = match first == last {
            true => format!("on {}", self.day(first)),
            false => format!("from {} to {}", self.day(first), self.day(last)),
        };
        let why = self.calendar().why_closed(first).unwrap_or_default();
        let next = match self.calendar().school_days_after(last).next() {
            Some(next) => format!("the next school day is {}", self.day(next)),
            None => "the school calendar has no later day".to_owned(),
        };
        format!("no school {days} ({why}); {next}")
    }

    fn no_school(&self, date: NaiveDate, why: &str) -> String {
        format!("not {} ({why})", self.day(date))
    }

    fn not_too_long(&self, first: NaiveDate, last: NaiveDate) -> Result<(), Fault> {
        if first.checked_add_days(LONGEST).is_some_and(|latest| last <= latest) {
            return Ok(());
        }
        let [first, last] = [first, last].map(|date| date.format("%-d %b %Y"));
        Err(Fault::Impossible(format!("from {first} to {last} is more than half a year: write a nearer last day")))
    }

    fn day(&self, date: NaiveDate) -> String {
        named(date, self.now.date)
    }
}

/// A range as it is told, [`AbsenceRange::describe`], as it is typed: "today, AM only" is `today am`, and behind its last day a range
/// tells only what follows from it.
fn as_typed(text: &str) -> String {
    let text = text.split_once(';').map_or(text, |(range, _)| range).trim();
    match text.rsplit_once(", ") {
        Some((day, "am and pm")) => day.to_owned(),
        Some((range, days)) if range.contains(" to ") && school_days(days).is_some() => range.to_owned(),
        Some((day, half)) if half.ends_with(" only") => format!("{day} {}", half.trim_end_matches(" only")),
        Some(_) | None => text.to_owned(),
    }
}

/// Nobody said how long: one day is meant, for of the next nothing is known.
fn open_ended(range: AbsenceRange) -> AbsenceRange {
    with_note(range, "no last day was said")
}

/// The same sessions, with one thing more to be said of them.
fn with_note(range: AbsenceRange, more: &str) -> AbsenceRange {
    let note = range.note.map_or_else(|| more.to_owned(), |note| format!("{note}, {more}"));
    AbsenceRange { note: Some(note), ..range }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn unknown(text: &str) -> Fault {
    Fault::Unknown(match clean(text) {
        text if text.is_empty() => format!("a day is missing: write {WRITTEN}"),
        text => format!("\u{201c}{text}\u{201d} is no day: write {WRITTEN}"),
    })
}
