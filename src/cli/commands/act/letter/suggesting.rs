//! Who should get which letter by the school's rules.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::rows::SuggestionFacts;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::PupilFacts;
use crate::domain::act::Refusal;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::letters::suggest::{Standing, Suggestion, half_term, suggest, ten_weeks};
use crate::domain::code::Code;
use crate::domain::counted::counted;
use crate::domain::figures::question::{Question, Whom};
use crate::domain::figures::tally::Tally;
use crate::domain::people::pupil::PupilId;

/// List them.
pub fn run(desk: &mut Desk<'_>, on: NaiveDate) -> Result<(), Failure> {
    let found = suggested(desk, on)?;
    desk.exports("letters that are suggested", None)?;
    let roll = desk.store.roll().clone();
    let many = found.iter().filter(|one| one.against.is_none()).count();
    let fact = |one: Suggestion| {
        let pupil = PupilFacts::of(&roll, roll.pupil(one.pupil)?);
        Some(SuggestionFacts { pupil, letter: one.letter, why: one.why, against: one.against })
    };
    let rows: Vec<SuggestionFacts> = found.into_iter().filter_map(fact).collect();
    let left_out = rows.len() - many;
    let heading = format!("{} suggested for {on}, {left_out} left out.", counted(many, "letter"));
    desk.answer(&heading, "No letter is suggested.", rows)
}

/// Everybody of whom a rule suggests a letter on a day, also where something speaks against it; in order of the roll.
pub fn suggested(desk: &mut Desk<'_>, on: NaiveDate) -> Result<Vec<Suggestion>, Failure> {
    let today = desk.today();
    if on > today {
        return desk.refuse(&Refusal::Dates(format!("{on} is still to come: nobody knows the figures of it")));
    }
    let roll = desk.store.roll().clone();
    let (year, weeks) = (Calendar::year_start(on), ten_weeks(&roll.calendar, on));
    let year_tally = tally(desk, year, on)?;
    let weeks_tally = tally(desk, weeks, on)?;
    let half_tally = tally(desk, roll.calendar.half_term_start(on), on)?;
    let mut locked: BTreeMap<PupilId, BTreeSet<SessionDate>> = BTreeMap::new();
    for (pupil, at) in desk.store.locked_sessions(None)? {
        if (weeks..=on).contains(&at.date) {
            locked.entry(pupil).or_default().insert(at);
        }
    }
    let files = desk.store.case_files(None)?;
    let half_term = half_term(&roll.calendar, on);
    let rules = &roll.school.letter_rules;
    let mut found = Vec::new();
    for pupil in roll.pupils.iter().filter(|pupil| pupil.on_roll(on)) {
        let file = files.get(&pupil.id);
        let last = rules.iter().filter_map(|rule| Some((rule.letter.clone(), file?.last_letter(&rule.letter)?)));
        let locked = locked.get(&pupil.id).map_or(0, BTreeSet::len);
        let mut standing = Standing {
            pupil: pupil.id,
            flags: pupil.flags,
            year: year_tally.of(pupil.id),
            ill: 0,
            unauthorised: weeks_tally
                .of(pupil.id)
                .unauthorised
                .saturating_sub(u32::try_from(locked).unwrap_or(u32::MAX)),
            lates: half_tally.of(pupil.id).lates,
            last: last.collect(),
        };
        // Only of whom a rule is reached it is asked what the absences were.
        if !suggest(rules, &standing, on, half_term).is_empty() {
            let marks = desk.store.marks_of(pupil.id, &(year..=on))?;
            let ill = marks.iter().filter(|mark| [Code::I, Code::M].contains(&mark.code)).count();
            standing.ill = u32::try_from(ill).unwrap_or(u32::MAX);
        }
        found.extend(suggest(rules, &standing, on, half_term));
    }
    Ok(found)
}

/// The marks of these dates, counted.
pub fn tally(desk: &mut Desk<'_>, from: NaiveDate, to: NaiveDate) -> Result<Tally, Failure> {
    let dates = from..to.checked_add_days(Days::new(1)).unwrap_or(to);
    let now = desk.now();
    Ok(desk.store.figures(&Question { dates, whom: Whom::default(), as_of: None }, now)?)
}
