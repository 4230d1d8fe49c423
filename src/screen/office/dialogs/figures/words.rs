//! The figures in words: whose they are, what all of them come to, what the chosen row comes to, and which commands write them.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::domain::calendar::Calendar;
use crate::domain::calendar::any_day::named;
use crate::domain::calendar::duration::duration;
use crate::domain::counted::counted;
use crate::domain::figures::page::row_id::RowId;
use crate::domain::figures::page::{Asked, Page, Row, Split};
use crate::domain::figures::trend::change;
use crate::domain::figures::{Figures, Line};
use crate::domain::school::roll::Roll;
use crate::domain::year::year_name;
use crate::screen::view_context::ViewContext;

/// "Figures  FSM, Year 9, 9BW  1 Sep to 24 Nov 2026  as known on 1 Nov".
pub(super) fn title(asked: &Asked, context: &ViewContext) -> String {
    let today = context.now.date();
    let within: Vec<String> = asked.within.iter().map(|row| row.describe(context.roll(), today)).collect();
    let whose = if within.is_empty() { "the school".to_owned() } else { within.join(", ") };
    let known = asked.as_of.map(|date| format!("  as known on {}", named(date, today))).unwrap_or_default();
    format!("Figures  {whose}  {}{known}", stretch(&asked.dates(), today))
}

/// "2026/27 so far", "Tue 1 Sep to Tue 24 Nov 2026", "Tue 24 Nov 2026".
fn stretch(dates: &Range<NaiveDate>, today: NaiveDate) -> String {
    let last = dates.end.pred_opt().unwrap_or(dates.end);
    if dates.start == Calendar::year_start(today) && last == today {
        return format!("{} so far", year_name(dates.start));
    }
    let day = |date: NaiveDate| date.format("%a %-d %b %Y").to_string();
    if last <= dates.start {
        return day(dates.start);
    }
    let first =
        if dates.start.year() == last.year() { dates.start.format("%a %-d %b").to_string() } else { day(dates.start) };
    format!("{first} to {}", day(last))
}

/// What all of it comes to, of which dates, and known when.
pub(super) fn summary(page: &Page, context: &ViewContext) -> Vec<String> {
    let today = context.now.date();
    let [persistent, severe] = page.lines;
    let range = if page.dates.is_empty() {
        "no date has come".to_owned()
    } else {
        format!("{} to {}", named(page.dates.start, today), named(page.last(), today))
    };
    let mut parts = vec![
        format!("{} attended", page.whole),
        counted(page.whole.blanks as usize, "blank"),
        counted(page.pupils as usize, "pupil"),
        format!("PA {}, SA {}", of(persistent, page.pupils), of(severe, page.pupils)),
        range,
    ];
    parts.push(match page.asked.as_of {
        Some(date) => format!("as known on {}", named(date, today)),
        None => format!("as known now, {}", context.now.format("%H:%M")),
    });
    if !page.has_terms {
        parts.push("the calendar lacks terms of these dates: their blanks are not known".to_owned());
    }
    parts
}

/// "14 (9.2 %)".
fn of(some: u32, all: u32) -> String {
    match tenths_of(some, all) {
        Some(tenths) => format!("{some} ({}.{} %)", tenths / 10, tenths % 10),
        None => some.to_string(),
    }
}

/// So many of all in tenths of a percent, rounded half up.
pub(super) fn tenths_of(some: u32, all: u32) -> Option<u32> {
    let figures = Figures { possible: all, attended: some, ..Figures::default() };
    figures.attendance_tenths()
}

/// All that is known of a row.
pub(super) fn detail(row: &Row, name: &str, page: &Page, context: &ViewContext) -> Vec<String> {
    let figures = row.figures;
    let mut parts = vec![match row.id {
        RowId::Band(_) => format!(
            "{name}: {} of {}",
            of(row.pupils.unwrap_or_default(), page.pupils),
            counted(page.pupils as usize, "pupil")
        ),
        RowId::Code(_) => format!("{name}: {}", counted(row.sessions as usize, "session")),
        RowId::Year(_)
        | RowId::Group(_)
        | RowId::Pupil(_)
        | RowId::Cohort(_)
        | RowId::HalfDay(..)
        | RowId::Week(_)
        | RowId::HalfTerm(..) => format!("{name}: {figures}"),
    }];
    if figures.possible > 0 {
        parts.push(format!(
            "{} missed, {} authorised and {} not",
            figures.absent(),
            figures.authorised,
            figures.unauthorised
        ));
    }
    if figures.lates > 0 {
        let minutes = duration(i64::from(figures.minutes), " min");
        parts.push(format!("L {}, U {}, {minutes}", figures.late_before_close, figures.late_after_close));
    }
    if figures.blanks > 0 {
        parts.push(counted(figures.blanks as usize, "blank"));
    }
    if let (Some(pupils), Some([persistent, severe])) = (row.pupils, row.lines) {
        parts.push(format!(
            "{}, PA {}, SA {}",
            counted(pupils as usize, "pupil"),
            of(persistent, pupils),
            of(severe, pupils)
        ));
    }
    if let Some(gap) = row.gap {
        parts.push(format!("{gap} points beside everybody else"));
    }
    parts.extend(line(row));
    parts.extend(compared(row, page, context.now.date()));
    if let Some(year_ago) = row.year_ago {
        parts.push(format!("a year ago {year_ago}"));
    }
    parts
}

/// How far a pupil is from persistent absence, or beyond it.
fn line(row: &Row) -> Option<String> {
    let RowId::Pupil(_) = row.id else { return None };
    let figures = row.figures;
    match (figures.absence_word(), figures.to_clear(), figures.to_persistent()) {
        (Some(word), Some(more), _) => Some(format!("{word} until {more} more attended")),
        (None, _, Some(more)) if figures.possible > 0 => Some(format!("persistently absent after {more} more missed")),
        _ => None,
    }
}

/// The last week beside that before it.
fn compared(row: &Row, page: &Page, today: NaiveDate) -> Option<String> {
    let [last, before] = row.compared?;
    let points = change(&before, &last)?;
    match (&page.compared, row.id) {
        (Some([week, week_before]), _) => Some(format!(
            "{points} in the week of {} ({last}) on that of {} ({before})",
            named(week.start, today),
            named(week_before.start, today)
        )),
        (None, RowId::Week(_)) => Some(format!("{points} on the week before")),
        (None, RowId::HalfTerm(..)) => Some(format!("{points} on the half-term before")),
        (None, _) => None,
    }
}

/// What a chart of the weeks shows.
pub(super) fn heading_of_chart(split: Split) -> &'static str {
    match split {
        Split::Groups | Split::Pupils | Split::Cohorts | Split::Weeks | Split::HalfTerms => "Absent by week",
        Split::HalfDays => "Absent by weekday and half of the day",
        Split::Codes => "Sessions by code, but for present",
        Split::Bands => "Pupils by absence",
    }
}

/// The command that answers with the same figures; `None` where there is none.
pub(super) fn command(asked: &Asked, roll: &Roll, today: NaiveDate) -> Option<String> {
    if asked.split == Split::Bands {
        return None;
    }
    let quoted = |text: String| if text.contains(' ') { format!("\"{text}\"") } else { text };
    let mut words = vec!["firstbell figures --by".to_owned(), asked.by().as_str().to_owned()];
    for row in &asked.within {
        words.push(match row {
            RowId::Year(Some(year)) => format!("--year {year}"),
            RowId::Group(Some(group)) => format!("--group {}", quoted(roll.group(*group)?.name.clone())),
            RowId::Cohort(cohort) => format!("--cohort {}", quoted(cohort.to_string())),
            RowId::Week(_) | RowId::HalfTerm(..) => continue,
            RowId::Year(None)
            | RowId::Group(None)
            | RowId::Pupil(_)
            | RowId::HalfDay(..)
            | RowId::Code(_)
            | RowId::Band(_) => {
                return None;
            }
        });
    }
    let is_one = |kind: fn(&RowId) -> bool| asked.within.iter().filter(|row| kind(row)).count() <= 1;
    if !is_one(|row| matches!(row, RowId::Cohort(_))) || !is_one(|row| matches!(row, RowId::Year(_))) {
        return None;
    }
    let (dates, last) = (asked.dates(), |end: NaiveDate| end.pred_opt().unwrap_or(end));
    if dates.start != Calendar::year_start(last(dates.end)) {
        words.push(format!("--from {}", dates.start));
    }
    if last(dates.end) != today {
        words.push(format!("--to {}", last(dates.end)));
    }
    words.extend(asked.as_of.map(|date| format!("--as-of {date}")));
    Some(words.join(" "))
}

/// Whether a pupil of these figures is beyond a line, in two letters.
pub(super) fn beyond(figures: &Figures) -> Option<(&'static str, u32)> {
    let more = figures.to_clear()?;
    Some((if figures.reaches(Line::Severe) { "SA" } else { "PA" }, more))
}
