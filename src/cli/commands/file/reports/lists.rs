//! What the lists are made of, read from the record: case files, triggers, marks by code, and what is private, masked or put down.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{Days, NaiveDate};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::showing::{Numbers, Private};
use crate::domain::calendar::Calendar;
use crate::domain::calendar::dates::monday;
use crate::domain::calendar::half_terms::half_terms;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::{Code, Statistic};
use crate::domain::figures::by_code::ByCode;
use crate::domain::figures::question::{Question, Whom};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::triggers::TriggerKind;
use crate::domain::year::next_year;
use crate::report::reports::lists::facts::PrivateFacts;
use crate::report::reports::{Gathered, Needs, ReportKind};

/// Put what `kind` is made of to what was gathered.
pub fn gather(
    desk: &mut Desk<'_>,
    kind: &ReportKind,
    gathered: &mut Gathered,
    numbers: Numbers,
) -> Result<(), Failure> {
    if kind.wants(Needs::Cases) {
        gathered.facts.cases = desk.store.case_files(None)?;
    }
    if let Some(trigger) = TriggerKind::ALL.iter().find(|trigger| kind.wants(Needs::Trigger(**trigger))) {
        triggers(desk, *trigger, gathered)?;
    }
    let (first, last) = gathered.dates;
    let whole_year = Calendar::year_start(last)..day_after(last);
    if kind.wants(Needs::YearByCode) {
        by_code(desk, gathered, vec![(String::new(), whole_year)])?;
    }
    if kind.wants(Needs::HalfTermsByCode) {
        let stretches = half_terms_of(&gathered.roll, first..day_after(last));
        by_code(desk, gathered, stretches)?;
    }
    if kind.wants(Needs::WeeksByCode) {
        let stretches = weeks_of(&gathered.roll, first..day_after(last));
        by_code(desk, gathered, stretches)?;
    }
    if kind.wants(Needs::Missed) {
        gathered.facts.missed = missed(desk, gathered)?;
    }
    if kind.wants(Needs::Lines) {
        for one in &gathered.facts.triggers {
            let since = one.trigger.evidence.first().map_or(one.trigger.met, |session| session.at.date);
            let lines = desk.store.chronology(one.pupil, &(since..=last))?;
            gathered.facts.lines.insert(one.pupil, lines);
        }
    }
    if kind.wants(Needs::Private) {
        let pupils: Vec<PupilId> = gathered.facts.triggers.iter().map(|one| one.pupil).collect();
        for pupil in pupils {
            if !gathered.facts.private.contains_key(&pupil) {
                let private = private(desk, &gathered.roll, pupil, numbers)?;
                gathered.facts.private.insert(pupil, private);
            }
        }
    }
    if kind.wants(Needs::Siblings) {
        siblings(desk, gathered)?;
    }
    Ok(())
}

fn day_after(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(date)
}

fn triggers(desk: &mut Desk<'_>, wanted: TriggerKind, gathered: &mut Gathered) -> Result<(), Failure> {
    let now = desk.now();
    let mut found = desk.store.triggers(gathered.dates.1, now)?;
    found.retain(|one| {
        let pupil = gathered.roll.pupil(one.pupil);
        one.trigger.kind == wanted && pupil.is_some_and(|pupil| gathered.whom.includes(&gathered.roll, pupil))
    });
    gathered.facts.triggers = found;
    for (pupil, at) in desk.store.locked_sessions(None)? {
        gathered.facts.locked.entry(pupil).or_default().push(at);
    }
    Ok(())
}

/// Count the marks from the first of these stretches to the last, by stretch; each has its name.
fn by_code(
    desk: &mut Desk<'_>,
    gathered: &mut Gathered,
    stretches: Vec<(String, Range<NaiveDate>)>,
) -> Result<(), Failure> {
    let (names, ranges): (Vec<String>, Vec<Range<NaiveDate>>) = stretches.into_iter().unzip();
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return Ok(()) };
    let asked = asked(desk, first.start..last.end, gathered.whom.clone())?;
    let mut by_code = ByCode::new(ranges.clone());
    let now = desk.now();
    let tally = desk.store.figures_and_marks(&asked, now, |pupil, at, mark| by_code.count(pupil, at, mark.code))?;
    gathered.facts.by_code = by_code.with_blanks(&tally);
    gathered.facts.stretches = names;
    Ok(())
}

/// Of these dates, from the first that the record has anything of.
fn asked(desk: &Desk<'_>, dates: Range<NaiveDate>, whom: Whom) -> Result<Question, Failure> {
    let begins = desk.store.moment()?.begins()?.unwrap_or(dates.end);
    Ok(Question { dates: dates.start.max(begins).min(dates.end)..dates.end, whom, as_of: None })
}

/// The half-terms that the dates lie in, cut to them; of a school year without terms the dates themselves.
fn half_terms_of(roll: &Roll, dates: Range<NaiveDate>) -> Vec<(String, Range<NaiveDate>)> {
    // Of each school year by itself: there a half-term has one name.
    let first = Calendar::year_start(dates.start);
    let years = std::iter::successors(Some(first), |year| Some(next_year(*year))).take_while(|year| *year < dates.end);
    let all = years.flat_map(|year| half_terms(&roll.calendar, roll.calendar.school_days(year..next_year(year))));
    let cut = all.map(|one| (one.name, one.from.max(dates.start)..day_after(one.until).min(dates.end)));
    let cut: Vec<_> = cut.filter(|(_, within)| within.start < within.end).collect();
    if cut.is_empty() { vec![("all dates".to_owned(), dates)] } else { cut }
}

/// The weeks of the dates in which there was school, each named by its Monday; of a school year without terms every week.
fn weeks_of(roll: &Roll, dates: Range<NaiveDate>) -> Vec<(String, Range<NaiveDate>)> {
    let first = monday(dates.start).unwrap_or(dates.start);
    let mondays = (0..).map_while(|week: u64| first.checked_add_days(Days::new(week * 7)));
    let weeks = mondays.take_while(|monday| *monday < dates.end).map(|monday| {
        let end = monday.checked_add_days(Days::new(7)).unwrap_or(dates.end);
        (monday, monday.max(dates.start)..end.min(dates.end))
    });
    let has_school = |within: &Range<NaiveDate>| {
        !roll.calendar.has_terms(Calendar::year_start(within.start))
            || roll.calendar.school_days(within.clone()).next().is_some()
    };
    weeks
        .filter(|(_, within)| has_school(within))
        .map(|(monday, within)| (monday.format("%-d %b %Y").to_string(), within))
        .collect()
}

fn missed(desk: &mut Desk<'_>, gathered: &Gathered) -> Result<BTreeMap<PupilId, Vec<(SessionDate, Code)>>, Failure> {
    let (first, last) = gathered.dates;
    let asked = asked(desk, first..day_after(last), gathered.whom.clone())?;
    let codes = gathered.roll.codes.clone();
    let mut missed: BTreeMap<PupilId, Vec<(SessionDate, Code)>> = BTreeMap::new();
    let now = desk.now();
    desk.store.figures_and_marks(&asked, now, |pupil, at, mark| {
        if matches!(codes.statistic(mark.code), Some(Statistic::Authorised | Statistic::Unauthorised)) {
            missed.entry(pupil).or_default().push((at, mark.code));
        }
    })?;
    for sessions in missed.values_mut() {
        sessions.sort_unstable();
    }
    Ok(missed)
}

/// What is private of a pupil and those who may be contacted: masked, or whole once it is put down.
fn private(desk: &mut Desk<'_>, roll: &Roll, id: PupilId, numbers: Numbers) -> Result<PrivateFacts, Failure> {
    let Some(pupil) = roll.pupil(id) else { return Ok(PrivateFacts::default()) };
    let may_be = || roll.contacts(id).iter().filter(|one| !one.is_barred());
    let mut facts = PrivateFacts {
        born: pupil.date_of_birth.map(|born| born.to_string()),
        address: pupil.address.as_deref().map(|address| address.in_a_line()),
        numbers: may_be().filter_map(|one| Some((one.order, one.numbers_to_ring().next()?.number.clone()))).collect(),
        homes: may_be().filter_map(|one| Some((one.order, one.address.as_deref()?.in_a_line()))).collect(),
    };
    let own = facts.born.iter_mut().map(|born| (Private::DateOfBirth, born));
    let home = facts.address.iter_mut().map(|address| (Private::Address, address));
    let numbered = facts.numbers.iter_mut().map(|(order, number)| (Private::Number(*order), number));
    let homes = facts.homes.iter_mut().map(|(order, address)| (Private::AddressOf(*order), address));
    desk.reveal(numbers, id, own.chain(home).chain(numbered).chain(homes).collect())?;
    Ok(facts)
}

/// The year's figures of those of the pupil's household.
fn siblings(desk: &mut Desk<'_>, gathered: &mut Gathered) -> Result<(), Failure> {
    let last = gathered.dates.1;
    let roll = gathered.roll.clone();
    let Some(pupil) = gathered.whom.pupil.and_then(|pupil| roll.pupil(pupil)) else { return Ok(()) };
    for sibling in roll.siblings(pupil).filter(|one| one.on_roll(last)) {
        let whom = Whom { pupil: Some(sibling.id), ..Whom::default() };
        let asked = asked(desk, Calendar::year_start(last)..day_after(last), whom)?;
        let now = desk.now();
        let figures = desk.store.figures(&asked, now)?.of(sibling.id);
        gathered.facts.siblings.insert(sibling.id, figures);
    }
    Ok(())
}
