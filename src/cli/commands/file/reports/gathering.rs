//! What a report is made of, read from the record: only what that report wants.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read};
use std::ops::Range;

use chrono::{Days, NaiveDate, TimeDelta};

use super::{Asked, lists};
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::config::open_file;
use crate::domain::calendar::Calendar;
use crate::domain::figures::england::England;
use crate::domain::figures::impact::{Impact, WEEKS, Windows, overlapping};
use crate::domain::figures::question::{Question, Whom};
use crate::domain::figures::tally::Tally;
use crate::domain::people::pupil::PupilId;
use crate::report::reports::lists::facts::ListFacts;
use crate::report::reports::{Done, Gathered, Needs, ReportKind};

/// Of so many days every fact is held.
const DAYS_MAX: usize = 31;
/// The name of a school's own file of England's figures, beside its record.
const ENGLAND: &str = "england.toml";
/// More bytes such a file never has.
const LONGEST: u64 = 1 << 20;
/// Weeks from a school day to that of the school year before.
const YEAR: i64 = 52;
/// So many school years before are told.
const PAST: i64 = 2;

/// All that `kind` is made of.
pub fn gathered(desk: &mut Desk<'_>, asked: &Asked) -> Result<Gathered, Failure> {
    let (kind, (first, last)) = (asked.kind, asked.dates);
    // The roll as of today.
    let now = desk.day()?;
    let weeks = TimeDelta::weeks((last - first).num_days() / 7 + 1);
    let mut of = |needs, first: NaiveDate, last| match kind.wants(needs) {
        true => counted(desk, asked, first, last),
        false => Ok(Tally::none(desk.store.roll().clone())),
    };
    let year_to = |last| (Calendar::year_start(last), last);
    let counts = of(Needs::Counts, first, last)?;
    let before = of(Needs::Before, first - weeks, last - weeks)?;
    let year = of(Needs::Year, Calendar::year_start(last), last)?;
    let mut past = Vec::new();
    for ago in (1..=PAST).map(|years| last - TimeDelta::weeks(YEAR * years)) {
        let (first, last) = year_to(ago);
        past.push(of(Needs::Past, first, last)?);
    }
    let mut gathered = Gathered {
        counts,
        before,
        year,
        past,
        done: if kind.wants(Needs::Done) { done(desk, asked)? } else { Vec::new() },
        england: if kind.wants(Needs::England) { england(desk)? } else { England::default() },
        known: asked.known,
        roll: desk.store.roll().clone(),
        dates: asked.dates,
        now: desk.local(),
        whom: asked.whom.clone(),
        days: Vec::new(),
        lates: Vec::new(),
        registers: Vec::new(),
        today: kind.wants(Needs::Today).then_some(now),
        facts: ListFacts { by_hand: asked.by_hand.clone(), ..ListFacts::default() },
    };
    lists::gather(desk, kind, &mut gathered, asked.numbers)?;
    if [Needs::Days, Needs::Lates, Needs::Registers, Needs::Elsewhere].into_iter().any(|needs| kind.wants(needs)) {
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
fn counted(desk: &mut Desk<'_>, asked: &Asked, first: NaiveDate, last: NaiveDate) -> Result<Tally, Failure> {
    let begins = desk.store.moment()?.begins()?.unwrap_or(last);
    ask(desk, first.max(begins)..last + Days::new(1), asked.whom.clone(), asked.known)
}

fn ask(desk: &mut Desk<'_>, dates: Range<NaiveDate>, whom: Whom, as_of: Option<NaiveDate>) -> Result<Tally, Failure> {
    let now = desk.now();
    Ok(desk.store.figures(&Question { dates, whom, as_of }, now)?)
}

/// What was done to raise attendance in the school year up to the last date, and what changed after it, as far as it was known; beside
/// what the pupil's year group changed by over the same dates.
fn done(desk: &mut Desk<'_>, asked: &Asked) -> Result<Vec<Done>, Failure> {
    let last = asked.dates.1;
    let known = asked.known.unwrap_or(desk.today());
    let dates = Calendar::year_start(last)..=last;
    let roll = desk.store.roll().clone();
    let year_of = |pupil| roll.pupil(pupil).and_then(|pupil| roll.year_of(pupil));
    let mut found: Vec<(PupilId, &str, NaiveDate, Windows, bool)> = Vec::new();
    for (pupil, file) in desk.store.case_files(None)? {
        let mut events = file.done_by(known);
        events.retain(|(_, on)| dates.contains(on));
        if events.is_empty() || !roll.pupil(pupil).is_some_and(|one| asked.whom.includes(&roll, one)) {
            continue;
        }
        let about = |(_, on): &(&str, NaiveDate)| Windows::about(&roll.calendar, *on, WEEKS, known);
        let windows: Vec<Windows> = events.iter().map(about).collect();
        let overlaps = overlapping(&windows);
        let each = events.into_iter().zip(windows).zip(overlaps);
        found.extend(each.map(|(((what, on), windows), overlaps)| (pupil, what, on, windows, overlaps)));
    }
    // Each pupil, and each year group, is counted once over all of their dates.
    let around = |windows: &mut dyn Iterator<Item = &Windows>| {
        let all =
            windows.map(|one| one.before.start..one.after.end).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
        let all = all.unwrap_or(last..last);
        all.start..all.end.min(known).max(all.start)
    };
    let (mut pupils, mut years) = (BTreeMap::new(), BTreeMap::new());
    for (pupil, ..) in &found {
        if !pupils.contains_key(pupil) {
            let dates = around(&mut found.iter().filter(|one| one.0 == *pupil).map(|one| &one.3));
            let whom = Whom { pupil: Some(*pupil), ..Whom::default() };
            pupils.insert(*pupil, ask(desk, dates, whom, asked.known)?);
        }
        if let Some(year) = year_of(*pupil).filter(|year| !years.contains_key(year)) {
            let dates = around(&mut found.iter().filter(|one| year_of(one.0) == Some(year)).map(|one| &one.3));
            let whom = Whom { years: vec![year], ..Whom::default() };
            years.insert(year, ask(desk, dates, whom, asked.known)?);
        }
    }
    let impact = |tally: Option<&Tally>, windows: &Windows| {
        let within = |dates| tally.map(|tally| tally.within(dates)).unwrap_or_default();
        Impact { before: within(&windows.before), after: within(&windows.after) }
    };
    let each = found.into_iter().map(|(pupil, what, on, windows, overlaps)| {
        let year_group = year_of(pupil).and_then(|year| years.get(&year));
        let (impact, year_group) = (impact(pupils.get(&pupil), &windows), impact(year_group, &windows));
        Done { what, pupil, on, impact, year_group, overlaps }
    });
    Ok(each.collect())
}

/// England's figures: those of the school's own file beside its record, or those that the program holds.
fn england(desk: &Desk<'_>) -> Result<England, Failure> {
    let file = desk.store.path().with_file_name(ENGLAND);
    let mut text = String::new();
    match open_file(&file).and_then(|file| file.take(LONGEST).read_to_string(&mut text)) {
        Ok(_) => {
            England::read(&text).map_err(|wrong| Failure::Usage(format!("{} is not right: {wrong}", file.display())))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => England::held().map_err(Failure::Usage),
        Err(error) => Err(Failure::Usage(format!("{} cannot be read: {error}", file.display()))),
    }
}
