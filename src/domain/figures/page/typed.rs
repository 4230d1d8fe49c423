//! Whose figures, of which dates and known when, as an officer types it in one line: "FSM 9 from 1 sep to 24 nov", "SEN K last week",
//! "8KM this half-term as of 1 nov".

use std::ops::Range;

use chrono::{Days, Months, NaiveDate};

use super::row_id::RowId;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::any_day::named;
use crate::domain::calendar::dates::parse_day;
use crate::domain::figures::cohort::Cohort;
use crate::domain::figures::trend::{half_term_before, half_terms_of, week, week_before};
use crate::domain::name::fold;
use crate::domain::school::roll::Roll;

/// What is typed, for whoever typed something else.
pub const WRITTEN: &str =
    "a cohort (FSM, not FSM, SEN K), a year, a group, from 1 sep to 24 nov, last week, this half-term, as of 1 nov";

/// The most words of a day, and of any other phrase.
const DAY: usize = 4;
const PHRASE: usize = 3;

/// Words that say nothing by themselves: "pupils of year 9 and FSM".
const JOINING: [&str; 7] = ["and", "of", "in", "the", "pupils", "all", "year-group"];

/// What cohorts are also called.
const CALLED: [(&str, &str); 16] = [
    ("non fsm", "not fsm"),
    ("non-fsm", "not fsm"),
    ("pupil premium", "tier disadvantaged"),
    ("sen support", "sen k"),
    ("ehc", "sen e"),
    ("ehcp", "sen e"),
    ("not sen", "no sen"),
    ("non-sen", "no sen"),
    ("lac", "cla"),
    ("not lac", "not cla"),
    ("cp", "cp/cin"),
    ("cin", "cp/cin"),
    ("girls", "sex f"),
    ("boys", "sex m"),
    ("vulnerable", "tier vulnerable"),
    ("disadvantaged", "tier disadvantaged"),
];

/// Whose figures, of which dates, known when.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// What all of those counted belong to.
    pub within: Vec<RowId>,
    /// The dates; `None` is the school year so far.
    pub dates: Option<Range<NaiveDate>>,
    /// The last day of what was known; `None` is what is known now.
    pub as_of: Option<NaiveDate>,
}

/// One phrase of it.
enum Phrase {
    Within(RowId),
    Dates(Range<NaiveDate>),
    From(NaiveDate),
    To(NaiveDate, NaiveDate),
    AsOf(NaiveDate),
    Nothing,
}

/// What `text` asks for on the day `today`. The error is a sentence: what is not understood, and what can be written.
pub fn read(text: &str, today: NaiveDate, roll: &Roll) -> Result<Filter, String> {
    let folded = text.to_lowercase().replace(',', " ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    let mut filter = Filter::default();
    let (mut from, mut to) = (None, None);
    let mut rest = words.as_slice();
    while let Some(word) = rest.first() {
        let (phrase, length) =
            first_phrase(rest, today, roll)?.ok_or_else(|| format!("“{word}” is not understood: write {WRITTEN}."))?;
        rest = rest.get(length..).unwrap_or_default();
        match phrase {
            Phrase::Within(row) if filter.within.contains(&row) => {}
            Phrase::Within(row) => filter.within.push(row),
            Phrase::Dates(dates) if filter.dates.is_none() => filter.dates = Some(dates),
            Phrase::From(date) if from.is_none() => from = Some(date),
            Phrase::To(date, coming) if to.is_none() => to = Some((date, coming)),
            Phrase::Dates(_) | Phrase::From(_) | Phrase::To(..) => {
                return Err("That names dates twice: write them once.".to_owned());
            }
            Phrase::AsOf(date) => filter.as_of = Some(date).filter(|date| *date < today),
            Phrase::Nothing => {}
        }
    }
    if from.is_some() || to.is_some() {
        if filter.dates.is_some() {
            return Err("That names dates twice: write them once.".to_owned());
        }
        let (last, coming) = to.unwrap_or((today, today));
        let first = from.unwrap_or_else(|| Calendar::year_start(last));
        let last = if last < first { coming } else { last };
        if last < first {
            let [last, first] = [last, first].map(|date| named(date, today));
            return Err(format!("{last} is before {first}: give the first day first."));
        }
        filter.dates = Some(first..after(last));
    }
    Ok(filter)
}

impl Filter {
    /// The dates it means: the school year so far where it names none.
    pub fn dates(&self, today: NaiveDate) -> Range<NaiveDate> {
        self.dates.clone().unwrap_or_else(|| Calendar::year_start(today)..after(today))
    }
}

/// The phrase that the words begin with, and how many words it takes: the longest there is.
fn first_phrase(words: &[&str], today: NaiveDate, roll: &Roll) -> Result<Option<(Phrase, usize)>, String> {
    for (leads, length) in [
        ("from", 1),
        ("since", 1),
        ("to", 1),
        ("until", 1),
        ("till", 1),
        ("-", 1),
        ("on", 1),
        ("as of", 2),
        ("as at", 2),
        ("as known on", 3),
    ] {
        if words.get(..length).map(|words| words.join(" ")).as_deref() != Some(leads) {
            continue;
        }
        let Some((date, coming, taken)) = day(words.get(length..).unwrap_or_default(), today) else {
            return Err(format!("Write a day behind “{leads}”: 1 sep, 24/11 or fri."));
        };
        let phrase = match leads {
            "from" | "since" => Phrase::From(date),
            "to" | "until" | "till" | "-" => Phrase::To(date, coming),
            "on" => Phrase::Dates(date..after(date)),
            _ => Phrase::AsOf(date),
        };
        return Ok(Some((phrase, length + taken)));
    }
    for length in (1..=PHRASE.min(words.len())).rev() {
        let phrase = words.get(..length).unwrap_or_default().join(" ");
        if let Some(found) = period(&phrase, today, roll)? {
            return Ok(Some((Phrase::Dates(found), length)));
        }
        if let Some(row) = group_of(&phrase, roll)? {
            return Ok(Some((Phrase::Within(row), length)));
        }
    }
    Ok(words.first().filter(|word| JOINING.contains(word)).map(|_| (Phrase::Nothing, 1)))
}

/// The day that the words begin with: the latest that has come, and the one to come; and how many words it takes.
fn day(words: &[&str], today: NaiveDate) -> Option<(NaiveDate, NaiveDate, usize)> {
    (1..=DAY.min(words.len())).rev().find_map(|length| {
        let text = words.get(..length)?.join(" ");
        let coming = parse_day(&text, today)?;
        let earlier = [today.checked_sub_days(Days::new(6)), today.checked_sub_months(Months::new(12))];
        let earlier = earlier.into_iter().flatten().filter_map(|from| parse_day(&text, from));
        let come = earlier.chain([coming]).filter(|date| *date <= today).max();
        Some((come.unwrap_or(coming), coming, length))
    })
}

/// "last week", "this half-term": the dates so far.
fn period(phrase: &str, today: NaiveDate, roll: &Roll) -> Result<Option<Range<NaiveDate>>, String> {
    let calendar = &roll.calendar;
    let year = Calendar::year_start(today);
    let none = |what: &str| format!("The calendar has no {what}: write the dates.");
    let found = match phrase.replace("half term", "half-term").as_str() {
        "today" => today..after(today),
        "yesterday" => today.pred_opt().unwrap_or(today)..today,
        "this week" => week(today).start..after(today),
        "last week" => week_before(calendar, today).ok_or_else(|| none("week before this one"))?,
        "this half-term" => {
            let begun = half_terms_of(calendar, year).into_iter().rfind(|one| one.from <= today);
            begun.ok_or_else(|| none("half-term of today"))?.from..after(today)
        }
        "last half-term" => {
            let last = half_term_before(calendar, today).ok_or_else(|| none("half-term before this one"))?;
            last.from..after(last.until)
        }
        "this year" => year..after(today),
        "last year" => year.checked_sub_months(Months::new(12)).unwrap_or(year)..year,
        _ => return Ok(None),
    };
    Ok(Some(found))
}

/// A cohort, a year group or a tutor group.
fn group_of(phrase: &str, roll: &Roll) -> Result<Option<RowId>, String> {
    let called = CALLED.iter().find(|(called, _)| *called == phrase).map_or(phrase, |(_, name)| *name);
    if let Some(cohort) = Cohort::ALL.into_iter().find(|cohort| cohort.to_string().eq_ignore_ascii_case(called)) {
        return Ok(Some(RowId::Cohort(cohort)));
    }
    let folded = fold(phrase);
    if let Some(group) = roll.groups.iter().find(|group| fold(&group.name) == folded) {
        return Ok(Some(RowId::Group(Some(group.id))));
    }
    let number = phrase.strip_prefix("year").or_else(|| phrase.strip_prefix('y')).unwrap_or(phrase).trim_start();
    let Ok(year) = number.parse::<i64>() else { return Ok(None) };
    if roll.pupils.iter().any(|pupil| roll.year_of(pupil) == Some(year)) {
        Ok(Some(RowId::Year(Some(year))))
    } else {
        Err(format!("There is no Year {year}."))
    }
}

fn after(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(date)
}
