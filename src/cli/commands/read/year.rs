//! `year`: a pupil's school year: what it adds up to, its calendar, and the pattern in what was missed.

use chrono::NaiveDate;
use serde::Serialize;

use super::card::FigureFacts;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::text::sentence;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::day::PastDay;
use crate::domain::figures::Figures;
use crate::domain::year::pattern::{DaysMissed, WEEKDAYS, stands_out};
use crate::domain::year::{PupilYear, last_year, parse_year, year_name};
use crate::report::year::{calls, counts, lates_and_line, lines, pattern, without_terms};

/// A pupil's school year: every session in a calendar, what was missed, lates, and the pattern by weekday
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    /// School year; this one if left out, or the last of a pupil who has left
    #[arg(long, value_name = "2025/26", value_parser = year)]
    year: Option<NaiveDate>,
}

fn year(text: &str) -> Result<NaiveDate, String> {
    parse_year(text).ok_or_else(|| "write a school year such as 2025/26".to_owned())
}

/// A school year.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct YearFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    /// "2025/26".
    school_year: String,
    /// The last day that is counted; `null` where nothing is yet.
    counted_until: Option<NaiveDate>,
    /// Whether the calendar has terms of the year; else its days are those with marks.
    has_terms: bool,
    figures: FigureFacts,
    /// Absences by code, the most frequent first.
    missed: Vec<MissedFacts>,
    late_minutes: i64,
    /// Lates of which no minutes are held.
    lates_without_minutes: u32,
    /// Sessions still to be missed before the pupil is persistently absent; `null` where they are.
    to_persistent: Option<u32>,
    half_terms: Vec<HalfTermFacts>,
    weekdays: Vec<WeekdayFacts>,
    first_days_back: DaysMissed,
    last_days: DaysMissed,
    calls: u32,
    /// School days and days with marks, oldest first.
    days: Vec<PastDay>,
    /// The same to be read.
    #[serde(skip)]
    text: Vec<String>,
}

/// How often a code was an absence.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MissedFacts {
    code: Code,
    sessions: u32,
}

/// A half-term.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HalfTermFacts {
    half_term: String,
    from: NaiveDate,
    until: NaiveDate,
    figures: FigureFacts,
}

/// The mornings or afternoons of a weekday.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WeekdayFacts {
    /// "Mon".
    weekday: String,
    session: Session,
    figures: FigureFacts,
    /// Missed half as often again as all sessions, and four times or more.
    stands_out: bool,
}

/// Say it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let id = desk.pupil_of_everybody(&args.name.join(" "))?;
    let (roll, today) = (desk.store.roll().clone(), desk.today());
    let starts = args.year.or_else(|| roll.pupil(id).map(|pupil| last_year(pupil, today))).unwrap_or(today);
    desk.opens_card(id)?;
    let year = desk.store.year(id, starts, today)?;
    let row = year.as_ref().zip(roll.pupil(id)).map(|(year, pupil)| facts(year, PupilFacts::of(&roll, pupil)));
    desk.answer(&format!("School year {}.", year_name(starts)), "No such pupil.", row.into_iter().collect())
}

fn facts(year: &PupilYear, pupil: PupilFacts) -> YearFacts {
    let figures = |counts: Figures| FigureFacts { counts, attendance: counts.to_string() };
    let both = WEEKDAYS.into_iter().flat_map(|weekday| Session::BOTH.map(|session| (weekday, session)));
    YearFacts {
        text: text(year, &pupil),
        pupil,
        school_year: year_name(year.starts),
        counted_until: year.counted_until(),
        has_terms: year.has_terms,
        figures: figures(year.figures),
        missed: year.missed.iter().map(|(code, sessions)| MissedFacts { code: *code, sessions: *sessions }).collect(),
        late_minutes: year.late_minutes.0,
        lates_without_minutes: year.late_minutes.1,
        to_persistent: year.figures.to_persistent(),
        half_terms: year
            .half_terms
            .iter()
            .map(|(one, counts)| HalfTermFacts {
                half_term: one.name.clone(),
                from: one.from,
                until: one.until,
                figures: figures(*counts),
            })
            .collect(),
        weekdays: both
            .map(|(weekday, session)| {
                let counts = year.weekdays.of(weekday, session);
                let stands_out = stands_out(&counts, &year.figures);
                WeekdayFacts { weekday: weekday.to_string(), session, figures: figures(counts), stands_out }
            })
            .collect(),
        first_days_back: year.first_days_back,
        last_days: year.last_days,
        calls: year.calls,
        days: year.theirs().map(|day| PastDay { date: day.date, am: day.am.mark(), pm: day.pm.mark() }).collect(),
    }
}

fn text(year: &PupilYear, pupil: &PupilFacts) -> Vec<String> {
    let mut text = vec![sentence([pupil.introduced()])];
    text.extend(without_terms(year).map(|why| sentence([why.to_owned()])));
    let mut last = pattern(year, "x");
    last.extend(calls(year));
    text.extend([counts(year), lates_and_line(year), last].map(|parts| sentence([parts.join("; ")])));
    text.extend(lines(year));
    text
}

impl Row for YearFacts {
    fn lines(&self) -> Vec<String> {
        self.text.clone()
    }
}
