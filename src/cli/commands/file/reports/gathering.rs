//! What a report is made of, read from the record: only what that report wants.

use chrono::{Days, NaiveDate, TimeDelta};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::calendar::Calendar;
use crate::domain::figures::question::{Question, Whom};
use crate::domain::figures::tally::Tally;
use crate::report::reports::{Gathered, Needs, ReportKind};

/// Of so many days every fact is held.
const DAYS_MAX: usize = 31;

/// All that `kind` is made of.
pub fn gathered(
    desk: &mut Desk<'_>,
    kind: &ReportKind,
    (first, last): (NaiveDate, NaiveDate),
    whom: Whom,
) -> Result<Gathered, Failure> {
    // The roll as of today.
    let now = desk.day()?;
    let weeks = TimeDelta::weeks((last - first).num_days() / 7 + 1);
    let mut of = |needs, first: NaiveDate, last| match kind.wants(needs) {
        true => counted(desk, whom, first, last),
        false => Ok(Tally::none(desk.store.roll().clone())),
    };
    let mut gathered = Gathered {
        counts: of(Needs::Counts, first, last)?,
        before: of(Needs::Before, first - weeks, last - weeks)?,
        year: of(Needs::Year, Calendar::year_start(last), last)?,
        roll: desk.store.roll().clone(),
        dates: (first, last),
        now: desk.local(),
        whom,
        days: Vec::new(),
        lates: Vec::new(),
        registers: Vec::new(),
        today: kind.wants(Needs::Today).then_some(now),
    };
    if [Needs::Days, Needs::Lates, Needs::Registers].into_iter().any(|needs| kind.wants(needs)) {
        days(desk, kind, &mut gathered)?;
    }
    Ok(gathered)
}

/// Date by date: a year is never held whole.
fn days(desk: &mut Desk<'_>, kind: &ReportKind, gathered: &mut Gathered) -> Result<(), Failure> {
    let (first, last) = gathered.dates;
    let calendar = desk.store.roll().calendar.clone();
    let mut dates: Vec<NaiveDate> = calendar.school_days(first..last + Days::new(1)).collect();
    // Of one day it is said why there was no school.
    if dates.is_empty() {
        dates.push(last);
    }
    if kind.wants(Needs::Days) && dates.len() > DAYS_MAX {
        let text =
            format!("this report is of {DAYS_MAX} school days at most, not of {}: say --from and --to", dates.len());
        return Err(Failure::Usage(text));
    }
    for date in dates {
        let day = if date == desk.today() { desk.day()? } else { desk.store.another_day(date)? };
        gathered.take(kind, day);
    }
    Ok(())
}

/// The marks of these dates, counted: from the first that the record has anything of.
fn counted(desk: &mut Desk<'_>, whom: Whom, first: NaiveDate, last: NaiveDate) -> Result<Tally, Failure> {
    let begins = desk.store.moment()?.begins()?.unwrap_or(last);
    let asked = Question { dates: first.max(begins)..last + Days::new(1), whom, as_of: None };
    let now = desk.now();
    Ok(desk.store.figures(&asked, now)?)
}
