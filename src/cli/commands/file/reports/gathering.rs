//! What a report is made of, read from the record: only what that report wants.

use chrono::{Days, NaiveDate, TimeDelta};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::Session;
use crate::report::reports::{Counts, Gathered, Needs, Only, ReportKind};

/// Of so many days every fact is held.
const DAYS_MAX: usize = 31;

/// All that `kind` is made of.
pub fn gathered(
    desk: &mut Desk<'_>,
    kind: &ReportKind,
    (first, last): (NaiveDate, NaiveDate),
    only: Only,
) -> Result<Gathered, Failure> {
    // The roll as of today.
    let now = desk.day()?;
    let weeks = TimeDelta::weeks((last - first).num_days() / 7 + 1);
    let of = |desk: &Desk<'_>, needs, first, last| match kind.wants(needs) {
        true => counts(desk, &only, first, last),
        false => Ok(Counts::default()),
    };
    let mut gathered = Gathered {
        counts: of(desk, Needs::Counts, first, last)?,
        before: of(desk, Needs::Before, first - weeks, last - weeks)?,
        year: of(desk, Needs::Year, Calendar::year_start(last), last)?,
        roll: desk.store.roll().clone(),
        dates: (first, last),
        now: desk.local(),
        only,
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

/// The marks of the sessions that have begun, counted.
fn counts(desk: &Desk<'_>, only: &Only, first: NaiveDate, last: NaiveDate) -> Result<Counts, Failure> {
    let (roll, now) = (desk.store.roll(), desk.local());
    let moment = desk.store.moment()?;
    let mut counts = Counts::default();
    let begins = moment.begins()?.unwrap_or(last);
    for date in first.max(begins).iter_days().take_while(|date| *date <= last) {
        let has_begun = |session: &&Session| date.and_time(roll.hours(date).of(**session).opens) <= now;
        let begun: Vec<Session> = roll.sessions_of(date).iter().filter(has_begun).copied().collect();
        if !begun.is_empty() {
            counts.date(roll, only, date, &begun, &moment.marks_on(date)?);
        }
    }
    Ok(counts)
}
