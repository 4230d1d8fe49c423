//! A page of figures: what the figures screen shows at once. A table of a split, each row with what it is compared with, and the weeks
//! of all of it beside those of a year ago.

pub mod row_id;
mod rows;
#[cfg(test)]
mod tests;
pub mod typed;

use std::ops::Range;

use chrono::{Days, NaiveDate, NaiveDateTime, Weekday};

use super::Figures;
use super::counted::Counted;
use super::question::{Question, Whom};
use super::split::{By, Key};
use super::tally::Tally;
use super::trend::{Points, week, week_before};
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::Pupil;
use crate::domain::school::roll::Roll;
use row_id::RowId;

/// What a page is split by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Split {
    /// Year groups, or the tutor groups of one.
    Groups,
    /// Pupils.
    Pupils,
    /// Cohorts.
    Cohorts,
    /// Weekdays and halves of the day.
    HalfDays,
    /// Codes.
    Codes,
    /// Weeks.
    Weeks,
    /// Half-terms.
    HalfTerms,
    /// Bands of absence.
    Bands,
}

impl Split {
    /// Every split, in the order in which they are offered.
    pub const ALL: [Split; 8] = [
        Split::Groups,
        Split::Pupils,
        Split::Cohorts,
        Split::HalfDays,
        Split::Codes,
        Split::Weeks,
        Split::HalfTerms,
        Split::Bands,
    ];

    /// Whether its rows are compared with the week before.
    fn is_compared_by_week(self) -> bool {
        matches!(self, Split::Groups | Split::Pupils | Split::Cohorts | Split::HalfDays)
    }

    /// Whether its weeks are shown beside those of a year ago.
    fn is_shown_by_week(self) -> bool {
        matches!(self, Split::Groups | Split::Pupils | Split::Cohorts | Split::Weeks | Split::HalfTerms)
    }
}

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The dates; rows that are opened may narrow them.
    pub dates: Range<NaiveDate>,
    /// The last day of what was known; `None` is what is known now.
    pub as_of: Option<NaiveDate>,
    /// What is typed and what was opened: only what belongs to each of these is counted.
    pub within: Vec<RowId>,
    /// What it is split by.
    pub split: Split,
}

impl Asked {
    /// The split of the figures.
    pub fn by(&self) -> By {
        let is_group = |row: &RowId| matches!(row, RowId::Year(_) | RowId::Group(_));
        match self.split {
            Split::Groups if self.within.iter().any(is_group) => By::Group,
            Split::Groups => By::Year,
            Split::Pupils | Split::Bands => By::Pupil,
            Split::Cohorts => By::Cohort,
            Split::HalfDays => By::HalfDay,
            Split::Codes => By::Code,
            Split::Weeks => By::Week,
            Split::HalfTerms => By::HalfTerm,
        }
    }

    /// The dates that are left of those typed by what was opened.
    pub fn dates(&self) -> Range<NaiveDate> {
        let narrowed = self.within.iter().filter_map(|row| row.dates());
        let both = |dates: Range<NaiveDate>, own: Range<NaiveDate>| {
            let start = dates.start.max(own.start);
            start..dates.end.min(own.end).max(start)
        };
        narrowed.fold(self.dates.clone(), both)
    }

    /// Whether a pupil of the roll is asked about.
    pub fn includes(&self, roll: &Roll, pupil: &Pupil) -> bool {
        self.within.iter().all(|row| row.includes(roll, pupil))
    }

    /// Whose marks are counted, to begin with: on some dates, those sessions that count.
    pub fn begin(&self, roll: &std::sync::Arc<Roll>, dates: Range<NaiveDate>, now: NaiveDateTime) -> Tally {
        let counted = Counted::of(roll, dates.clone(), self.question(dates).until(now));
        let counted = self.half_day().map_or(counted.clone(), |(day, session)| counted.only(day, session));
        let code = self.within.iter().find_map(|row| if let RowId::Code(code) = row { *code } else { None });
        Tally::new(roll.clone(), counted, |pupil| self.includes(roll, pupil)).seeking(code)
    }

    /// The same dates and moment as a question.
    pub fn question(&self, dates: Range<NaiveDate>) -> Question {
        Question { dates, whom: Whom::default(), as_of: self.as_of }
    }

    fn half_day(&self) -> Option<(Weekday, Session)> {
        self.within
            .iter()
            .find_map(|row| if let RowId::HalfDay(day, session) = row { Some((*day, *session)) } else { None })
    }

    /// The last week that was counted, as far as it is asked about, and the school week before it, where rows are compared by them.
    pub fn compared(&self, counted: &Tally) -> Option<[Range<NaiveDate>; 2]> {
        let parts = self.split.is_compared_by_week().then(|| counted.parts(By::Week))?;
        let monday =
            parts.iter().rev().find_map(|part| if let Key::Week(monday) = part.key { Some(monday) } else { None })?;
        let before = week_before(&counted.roll().calendar, monday)?;
        Some([monday..week(monday).end.min(counted.counted().dates().end), before])
    }

    /// The dates of a year ago, where weeks are shown beside those.
    pub fn a_year_ago(&self) -> Option<Range<NaiveDate>> {
        self.split.is_shown_by_week().then(|| super::trend::a_year_ago(&self.dates()))
    }
}

/// One row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Which.
    pub id: RowId,
    /// Of which part of the split; `None` of a band.
    pub key: Option<Key>,
    /// What it adds up to.
    pub figures: Figures,
    /// Every session of it, or those with the code that was opened.
    pub sessions: u32,
    /// Its pupils, where it is of pupils.
    pub pupils: Option<u32>,
    /// How many of these are persistently and severely absent.
    pub lines: Option<[u32; 2]>,
    /// The last week and the week before it; of a week or a half-term itself and the one before.
    pub compared: Option<[Figures; 2]>,
    /// The same weeks a year ago.
    pub year_ago: Option<Figures>,
    /// How a cohort differs from everybody else.
    pub gap: Option<Points>,
}

/// A week of all of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WeekOf {
    /// Its Monday.
    pub monday: NaiveDate,
    /// What it adds up to.
    pub figures: Figures,
    /// The same 52 weeks before, if anything was possible then.
    pub year_ago: Option<Figures>,
}

/// What the figures screen shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// What was asked for.
    pub asked: Asked,
    /// The dates that were counted: none lies after what was known.
    pub dates: Range<NaiveDate>,
    /// All of it.
    pub whole: Figures,
    /// Pupils who had a session.
    pub pupils: u32,
    /// How many of these are persistently and severely absent.
    pub lines: [u32; 2],
    /// The table.
    pub rows: Vec<Row>,
    /// The weeks, where they are shown.
    pub weeks: Vec<WeekOf>,
    /// The weeks that rows are compared by: the last, and that before it.
    pub compared: Option<[Range<NaiveDate>; 2]>,
    /// The calendar has the terms of these dates: blanks are known.
    pub has_terms: bool,
}

/// What a page is put together from.
pub struct Tallies {
    /// Of all that was asked for.
    pub whole: Tally,
    /// Of the weeks that rows are compared by.
    pub compared: Option<[Tally; 2]>,
    /// Of a year ago.
    pub year_ago: Option<Tally>,
}

impl Page {
    /// The page of what was counted.
    pub fn new(asked: Asked, tallies: &Tallies) -> Page {
        let whole = &tallies.whole;
        let (roll, dates) = (whole.roll(), whole.counted().dates().clone());
        let rows = rows::rows(&asked, tallies);
        let own = rows::pupils(&asked, whole);
        let reach =
            |line| u32::try_from(own.iter().filter(|(_, figures)| figures.reaches(line)).count()).unwrap_or(u32::MAX);
        let years =
            dates.start.iter_days().step_by(28).take_while(|date| *date < dates.end).chain(dates.end.pred_opt());
        let has_terms = years.map(Calendar::year_start).all(|starts| roll.calendar.has_terms(starts));
        Page {
            whole: own.iter().map(|(_, figures)| *figures).sum(),
            pupils: u32::try_from(own.len()).unwrap_or(u32::MAX),
            lines: [super::Line::Persistent, super::Line::Severe].map(reach),
            weeks: if asked.split.is_shown_by_week() { rows::weeks(tallies) } else { Vec::new() },
            compared: asked.compared(whole),
            rows,
            dates,
            has_terms,
            asked,
        }
    }

    /// The last date that was counted.
    pub fn last(&self) -> NaiveDate {
        self.dates.end.checked_sub_days(Days::new(1)).unwrap_or(self.dates.end)
    }
}
