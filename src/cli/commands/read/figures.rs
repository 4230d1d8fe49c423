//! `figures`: attendance counted, by whatever is asked.

use std::ops::Range;

use chrono::{Days, NaiveDate};
use clap::builder::PossibleValuesParser;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{RangeFacts, Row};
use crate::cli::parse::{cohort, date};
use crate::cli::text::long_date;
use crate::domain::act::Refusal;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::figures::Figures;
use crate::domain::figures::cohort::Cohort;
use crate::domain::figures::question::{Question, Whom};
use crate::domain::figures::split::{By, Key, Part};
use crate::domain::school::roll::Roll;
use crate::report::figures::lines;

/// Attendance, lates and blanks counted: of the school, or by year, group, pupil, cohort, weekday, session, code or week
#[derive(clap::Args, Debug)]
pub struct Args {
    /// What the figures are split by
    #[arg(long, value_parser = words())]
    by: String,
    /// First date; the school year's first if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<NaiveDate>,
    /// Last date; today if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    to: Option<NaiveDate>,
    /// Only this year group, or several: 11,13
    #[arg(long, value_name = "YEAR", value_delimiter = ',')]
    year: Vec<i64>,
    /// Only this tutor group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Only this cohort: FSM, "SEN K", "not EAL"
    #[arg(long, value_name = "COHORT", value_parser = cohort)]
    cohort: Option<Cohort>,
    /// Only this pupil: name, name and tutor group, or admission number
    #[arg(long, value_name = "PUPIL")]
    pupil: Option<String>,
    /// As it was known at the end of this date
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    as_of: Option<NaiveDate>,
}

impl Args {
    /// Whether it names pupils, many of them: a list for others.
    pub fn lists_pupils(&self) -> bool {
        By::parse(&self.by) == Some(By::Pupil) && self.pupil.is_none()
    }

    /// Whether it is about one pupil.
    pub fn names_a_pupil(&self) -> bool {
        self.pupil.is_some()
    }
}

fn words() -> PossibleValuesParser {
    PossibleValuesParser::new(By::ALL.iter().map(|by| by.as_str()))
}

/// One part: its key, and what it adds up to.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FigureRowFacts {
    #[serde(flatten)]
    key: KeyFacts,
    #[serde(flatten)]
    counts: Figures,
    /// The same to be read.
    #[serde(skip)]
    text: Vec<String>,
}

/// Which part it is: the fields of what the figures are split by, and no others.
#[derive(Serialize, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct KeyFacts {
    /// Null of pupils in none.
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<Option<i64>>,
    /// Null of pupils in none.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<Option<String>>,
    /// Null of pupils in none.
    #[serde(skip_serializing_if = "Option::is_none")]
    house: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    admission_no: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cohort: Option<String>,
    /// "Mon".
    #[serde(skip_serializing_if = "Option::is_none")]
    weekday: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<Session>,
    /// Null of blanks.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Option<Code>>,
    /// Its Monday.
    #[serde(skip_serializing_if = "Option::is_none")]
    week: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    half_term: Option<String>,
    /// First day of the half-term.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<NaiveDate>,
    /// Last day of the half-term.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<NaiveDate>,
}

impl KeyFacts {
    fn of(roll: &Roll, key: &Key) -> KeyFacts {
        let none = KeyFacts::default();
        match key {
            Key::School => none,
            Key::Year(year) => KeyFacts { year: Some(*year), ..none },
            Key::Group(group) => {
                let name = group.and_then(|id| roll.group(id)).map(|group| group.name.clone());
                KeyFacts { group: Some(name), ..none }
            }
            Key::House(house) => KeyFacts { house: Some(house.clone()), ..none },
            Key::Pupil(id) => {
                let pupil = roll.pupil(*id);
                let number = pupil.and_then(|pupil| pupil.admission_no.clone());
                KeyFacts { admission_no: Some(number), name: pupil.map(|pupil| pupil.list_name()), ..none }
            }
            Key::Cohort(cohort) => KeyFacts { cohort: Some(cohort.to_string()), ..none },
            Key::Weekday(day) => KeyFacts { weekday: Some(day.to_string()), ..none },
            Key::Session(session) => KeyFacts { session: Some(*session), ..none },
            Key::HalfDay(day, session) => KeyFacts { weekday: Some(day.to_string()), session: Some(*session), ..none },
            Key::Code(code) => KeyFacts { code: Some(*code), ..none },
            Key::Week(monday) => KeyFacts { week: Some(*monday), ..none },
            Key::HalfTerm(one) => {
                let (from, until) = (Some(one.from), Some(one.until));
                KeyFacts { half_term: Some(one.name.clone()), from, until, ..none }
            }
        }
    }
}

/// Say it.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let Some(by) = By::parse(&args.by) else { return Ok(()) };
    let today = desk.today();
    let to = args.to.unwrap_or(today);
    let from = args.from.unwrap_or(Calendar::year_start(to));
    if to < from {
        return desk.refuse(&Refusal::Dates(format!("{to} is before {from}: give the first day first")));
    }
    let whom = whom(desk, args)?;
    if let Some(pupil) = whom.pupil {
        desk.opens_card(pupil)?;
    } else if args.lists_pupils() {
        desk.exports("figures by pupil", None)?;
    }
    let dates = from..to.checked_add_days(Days::new(1)).unwrap_or(to);
    let asked = Question { dates, whom: whom.clone(), as_of: args.as_of.filter(|date| *date < today) };
    let now = desk.now();
    let tally = desk.store.figures(&asked, now)?;
    let roll = tally.roll().clone();
    let parts = tally.parts(by);
    let pupils = tally.parts(By::School).first().and_then(|all| all.pupils).unwrap_or_default();
    let whole = tally.whole();
    let text = lines(&roll, &tally, by, &parts);
    let whose = match whom.describe(&roll) {
        everybody if everybody.is_empty() => everybody,
        whose => format!(" of {whose}"),
    };
    let by = match by {
        By::School if whose.is_empty() => " of the school".to_owned(),
        By::School => String::new(),
        by => format!(" by {}", by.as_str()),
    };
    let heading = format!(
        "Figures{by}{whose}, {}{}: {}, {}.",
        stretch(&asked.dates),
        asked.as_of.map(|date| format!(", as known on {}", long_date(date))).unwrap_or_default(),
        counted(pupils as usize, "pupil"),
        counted(whole.blanks as usize, "blank"),
    );
    let range = RangeFacts { from, to, known_on: asked.as_of.unwrap_or(today) };
    let rows = rows(&roll, parts, text);
    desk.answer_of_range(range, &heading, "Nothing is held of these dates.", rows)
}

fn whom(desk: &mut Desk<'_>, args: &Args) -> Result<Whom, Failure> {
    let group = args.group.as_deref().map(|group| desk.group(group)).transpose()?;
    let pupil = args.pupil.as_deref().map(|name| desk.pupil_of_everybody(name)).transpose()?;
    Ok(Whom { years: args.year.clone(), group, cohort: args.cohort, pupil })
}

fn stretch(dates: &Range<NaiveDate>) -> String {
    let last = dates.end.pred_opt().unwrap_or(dates.end);
    if last == dates.start { long_date(last) } else { format!("{} to {}", long_date(dates.start), long_date(last)) }
}

/// A row for each part; the headings stand over the first, and what all add up to below the last.
fn rows(roll: &Roll, parts: Vec<Part>, text: Vec<String>) -> Vec<FigureRowFacts> {
    let mut text = text.into_iter();
    let headings = text.next();
    let mut rows: Vec<FigureRowFacts> = Vec::new();
    for part in parts {
        let (key, counts) = (KeyFacts::of(roll, &part.key), part.figures);
        rows.push(FigureRowFacts { key, counts, text: text.next().into_iter().collect() });
    }
    if let (Some(first), Some(headings)) = (rows.first_mut(), headings) {
        first.text.insert(0, headings);
    }
    if let Some(last) = rows.last_mut() {
        last.text.extend(text);
    }
    rows
}

impl Row for FigureRowFacts {
    fn lines(&self) -> Vec<String> {
        self.text.clone()
    }
}
