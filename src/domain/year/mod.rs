//! One pupil's school year: each session of it, what they add up to, and the pattern in what was missed.

pub mod day_marks;
pub mod pattern;
#[cfg(test)]
mod tests;

use std::ops::Range;

use chrono::{Datelike, Months, NaiveDate, Weekday};
use hashbrown::HashMap;

use super::calendar::Calendar;
use super::calendar::half_terms::{HalfTerm, half_terms};
use super::calendar::session::{Session, SessionDate};
use super::code::{Code, CodeTable, Statistic};
use super::day::PastDay;
use super::facts::evidence::Mark;
use super::figures::Figures;
use super::people::pupil::{Pupil, PupilId};
use super::school::roll::Roll;
use pattern::{DaysMissed, Weekdays};

/// What the record holds of a pupil's school year.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Held {
    /// Days with marks, in order, the minutes of lates among them.
    pub days: Vec<PastDay>,
    /// The pupil's oldest mark of all.
    pub oldest: Option<NaiveDate>,
    /// Calls made about it that stand.
    pub calls: u32,
}

/// One pupil's school year. What is counted ends yesterday, as every figure of the card does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PupilYear {
    /// Whose.
    pub pupil: PupilId,
    /// 1 August.
    pub starts: NaiveDate,
    /// The first date of which nothing is counted: today, or the next year's first.
    pub before: NaiveDate,
    /// The first days of the oldest school year that the record holds of the pupil, and of the newest.
    pub years: (NaiveDate, NaiveDate),
    /// Whether the calendar has terms of this year; else its days are those with marks, and no blank is known.
    pub has_terms: bool,
    /// Its days in order: every school day, and closed days on which there are marks.
    pub days: Vec<YearDay>,
    /// Its half-terms in order, and what each adds up to.
    pub half_terms: Vec<(HalfTerm, Figures)>,
    /// What all of it adds up to.
    pub figures: Figures,
    /// How often each code was an absence, the most frequent first.
    pub missed: Vec<(Code, u32)>,
    /// Minutes of its lates, and how many of these have none.
    pub late_minutes: (i64, u32),
    /// The same sessions by weekday.
    pub weekdays: Weekdays,
    /// The first days of half-terms, after their holidays.
    pub first_days_back: DaysMissed,
    /// The last days of half-terms, before their holidays.
    pub last_days: DaysMissed,
    /// Calls made about it.
    pub calls: u32,
}

/// One day of the year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct YearDay {
    /// The date.
    pub date: NaiveDate,
    /// Its morning.
    pub am: Slot,
    /// Its afternoon.
    pub pm: Slot,
}

/// What there is of a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slot {
    /// There was none, or not for this pupil.
    None,
    /// It is today's or still to come, and has no mark.
    Ahead,
    /// It has gone by without a mark.
    Blank,
    /// It has a mark.
    Marked(Mark),
    /// It has a mark that counts in nothing: the day is closed now, or the pupil was not on roll.
    Uncounted(Mark),
}

impl Slot {
    /// Its mark, counted or not.
    pub fn mark(self) -> Option<Mark> {
        match self {
            Slot::Marked(mark) | Slot::Uncounted(mark) => Some(mark),
            Slot::None | Slot::Ahead | Slot::Blank => None,
        }
    }
}

impl YearDay {
    /// One of its sessions.
    pub fn of(&self, session: Session) -> Slot {
        match session {
            Session::Am => self.am,
            Session::Pm => self.pm,
        }
    }

    /// Whether it is one of the pupil's: a day before or after their time on roll is none.
    pub fn is_theirs(&self) -> bool {
        self.am != Slot::None || self.pm != Slot::None
    }
}

/// What a mark means in the picture of a year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// Present, and on time.
    Present,
    /// Late, before or after the register closed.
    Late,
    /// Attending elsewhere.
    Elsewhere,
    /// Authorised absence.
    Authorised,
    /// Unauthorised absence.
    Unauthorised,
    /// N: nobody knows yet why.
    Unexplained,
    /// Not a possible session.
    NotRequired,
}

impl Meaning {
    /// What a code means in it.
    pub fn of(code: Code, codes: &CodeTable) -> Meaning {
        match codes.statistic(code) {
            _ if code == Code::L || code == Code::U => Meaning::Late,
            _ if code == Code::N => Meaning::Unexplained,
            Some(Statistic::Present) => Meaning::Present,
            Some(Statistic::Activity) => Meaning::Elsewhere,
            Some(Statistic::Authorised) => Meaning::Authorised,
            Some(Statistic::Unauthorised) => Meaning::Unauthorised,
            Some(Statistic::NotRequired | Statistic::Administrative) | None => Meaning::NotRequired,
        }
    }
}

/// "2026/27".
pub fn year_name(starts: NaiveDate) -> String {
    format!("{}/{:02}", starts.year(), (starts.year() + 1).rem_euclid(100))
}

/// The first day of the school year written as `2026/27`, `2026-27`, `2026/2027` or `2026`.
pub fn parse_year(text: &str) -> Option<NaiveDate> {
    let (first, second) = match text.trim().split_once(['/', '-']) {
        Some((first, second)) => (first, Some(second)),
        None => (text.trim(), None),
    };
    let year: i32 = first.parse().ok().filter(|year| (1900..=9999).contains(year))?;
    let next: Option<i32> = second.map_or(Some(year + 1), |second| second.parse().ok());
    let is_next = next == Some(year + 1) || next == Some((year + 1) % 100);
    NaiveDate::from_ymd_opt(year, 8, 1).filter(|_| is_next)
}

/// The first day of the school year after this one.
pub fn next_year(starts: NaiveDate) -> NaiveDate {
    starts.checked_add_months(Months::new(12)).unwrap_or(starts)
}

/// The first day of the school year before this one.
pub fn previous_year(starts: NaiveDate) -> NaiveDate {
    starts.checked_sub_months(Months::new(12)).unwrap_or(starts)
}

/// The first day of the last school year of a pupil: this year's, or the one in which they left.
pub fn last_year(pupil: &Pupil, today: NaiveDate) -> NaiveDate {
    Calendar::year_start(pupil.until.map_or(today, |until| until.min(today)))
}

impl PupilYear {
    /// The school year of a pupil that begins at `starts`, as the record holds it on `today`.
    pub fn new(roll: &Roll, pupil: &Pupil, starts: NaiveDate, today: NaiveDate, held: Held) -> PupilYear {
        let year = starts..next_year(starts);
        let before = today.clamp(year.start, year.end);
        let newest = last_year(pupil, today);
        let oldest = held.oldest.map_or(newest, Calendar::year_start).min(newest);
        let calls = held.calls;
        let (days, has_terms) = days(roll, pupil, &year, before, held.days);
        let met = |day: &&YearDay| if has_terms { roll.calendar.is_school_day(day.date) } else { is_weekday(day.date) };
        let half_terms = half_terms(&roll.calendar, days.iter().filter(met).map(|day| day.date));
        let mut it = PupilYear {
            pupil: pupil.id,
            starts,
            before,
            years: (oldest, newest),
            has_terms,
            days,
            half_terms: half_terms.into_iter().map(|one| (one, Figures::default())).collect(),
            figures: Figures::default(),
            missed: Vec::new(),
            late_minutes: (0, 0),
            weekdays: Weekdays::default(),
            first_days_back: DaysMissed::default(),
            last_days: DaysMissed::default(),
            calls,
        };
        it.count(&roll.codes);
        it
    }

    /// Count each session that has gone by: in the year, in its half-term, on its weekday.
    fn count(&mut self, codes: &CodeTable) {
        let mut missed: HashMap<Code, u32> = HashMap::new();
        for day in self.days.iter().filter(|day| day.date < self.before) {
            let mut figures = Figures::default();
            for session in Session::BOTH {
                let mark = match day.of(session) {
                    Slot::Marked(mark) => Some(mark),
                    Slot::Blank => None,
                    Slot::None | Slot::Ahead | Slot::Uncounted(_) => continue,
                };
                let code = mark.map(|mark| mark.code);
                figures.count(mark, codes);
                self.weekdays.count(SessionDate::new(day.date, session), mark, codes);
                if let Some(late) = mark.filter(|mark| mark.is_late()) {
                    self.late_minutes.0 += late.minutes.unwrap_or(0);
                    self.late_minutes.1 += u32::from(late.minutes.is_none());
                }
                let absent = |code: &Code| {
                    matches!(codes.statistic(*code), Some(Statistic::Authorised | Statistic::Unauthorised))
                };
                if let Some(code) = code.filter(absent) {
                    *missed.entry(code).or_default() += 1;
                }
            }
            self.figures += figures;
            let place = self.half_terms.partition_point(|(one, _)| one.until < day.date);
            if let Some((half_term, sum)) = self.half_terms.get_mut(place).filter(|(one, _)| one.from <= day.date) {
                *sum += figures;
                if day.date == half_term.from {
                    self.first_days_back.count(&figures);
                }
                if day.date == half_term.until {
                    self.last_days.count(&figures);
                }
            }
        }
        self.missed = missed.into_iter().collect();
        self.missed.sort_by_key(|(code, count)| (u32::MAX - count, *code));
    }

    /// The day of a date, where it is one of the pupil's.
    pub fn day(&self, date: NaiveDate) -> Option<&YearDay> {
        let place = self.days.binary_search_by_key(&date, |day| day.date).ok()?;
        self.days.get(place).filter(|day| day.is_theirs())
    }

    /// The pupil's days, in order.
    pub fn theirs(&self) -> impl DoubleEndedIterator<Item = &YearDay> {
        self.days.iter().filter(|day| day.is_theirs())
    }

    /// The half-term that a date lies in.
    pub fn half_term(&self, date: NaiveDate) -> Option<&HalfTerm> {
        self.half_terms.iter().map(|(one, _)| one).find(|one| one.from <= date && date <= one.until)
    }

    /// The last day that is counted, or on which the year ended for the pupil; `None` where nothing is counted yet.
    pub fn counted_until(&self) -> Option<NaiveDate> {
        self.theirs().map(|day| day.date).rfind(|date| *date < self.before)
    }
}

fn is_weekday(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The days of a year, and whether the calendar has terms of it.
fn days(
    roll: &Roll,
    pupil: &Pupil,
    year: &Range<NaiveDate>,
    before: NaiveDate,
    marked: Vec<PastDay>,
) -> (Vec<YearDay>, bool) {
    let on_roll = pupil.on_roll_within(year.clone());
    let mut marked: HashMap<NaiveDate, PastDay> = marked.into_iter().map(|day| (day.date, day)).collect();
    let mut days: Vec<YearDay> = Vec::new();
    for date in roll.calendar.school_days(year.clone()) {
        let is_on_roll = on_roll.contains(&date);
        let mut held = marked.remove(&date).unwrap_or(PastDay { date, am: None, pm: None });
        let sessions = roll.hours(date).sessions();
        let mut slot = |session: Session| match (*held.of(session), sessions.contains(&session) && is_on_roll) {
            (Some(mark), true) => Slot::Marked(mark),
            (Some(mark), false) => Slot::Uncounted(mark),
            (None, true) if date < before => Slot::Blank,
            (None, true) => Slot::Ahead,
            (None, false) => Slot::None,
        };
        days.push(YearDay { date, am: slot(Session::Am), pm: slot(Session::Pm) });
    }
    let has_terms = roll.calendar.has_terms(year.start);
    for day in marked.into_values().filter(PastDay::is_marked) {
        // Years whose terms nobody has brought in are as their marks say.
        let counts = !has_terms && is_weekday(day.date) && on_roll.contains(&day.date);
        let slot = |mark: Option<Mark>| match mark {
            Some(mark) if counts => Slot::Marked(mark),
            Some(mark) => Slot::Uncounted(mark),
            None => Slot::None,
        };
        days.push(YearDay { date: day.date, am: slot(day.am), pm: slot(day.pm) });
    }
    days.sort_by_key(|day| day.date);
    (days, has_terms)
}
