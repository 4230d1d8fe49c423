//! Case files, and a pupil's chronology: put together from what every table holds of the pupil.

use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{Days, NaiveDate, NaiveDateTime};
use hashbrown::HashMap;
use rusqlite::Connection;

use crate::domain::act_id::ActId;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::cases::caseload::{CaseFiles, WatchedSessions};
use crate::domain::cases::chronology::{Line, LineKind, MarkChange, MarkHeld, absences, in_order};
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::held::Held;
use crate::domain::cases::letters::{Letter, Paper};
use crate::domain::code::{Code, Statistic};
use crate::domain::facts::evidence::or_blank;
use crate::domain::figures::Figures;
use crate::domain::figures::counted::Counted;
use crate::domain::people::contact::Contact;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::year::next_year;
use crate::store::tables::{call, cases, mark, step};
use crate::store::{Fault, Store, journal};

/// The kinds of acts that change case files.
const KINDS: [&str; 6] =
    ["open-case", "change-case", "log-case-event", "end-case-event", "make-letter", "deliver-letter"];

/// The case files as they were last read, kept until an act is about one, or the roll is another.
#[derive(Default)]
pub struct Cache {
    known: Option<(Arc<Roll>, Arc<CaseFiles>)>,
    read_at: ActId,
}

impl Cache {
    /// Those of everybody who has one.
    pub fn of(&mut self, connection: &Connection, roll: &Arc<Roll>) -> rusqlite::Result<Arc<CaseFiles>> {
        let known = self.known.take().filter(|(known, _)| Arc::ptr_eq(known, roll));
        let known = match known {
            Some(known) if !journal::has_any_after(connection, self.read_at, &KINDS)? => Some(known),
            Some(_) | None => None,
        };
        self.read_at = journal::last(connection)?;
        let files = match known {
            Some((_, files)) => files,
            None => Arc::new(cases::files(connection, &roll.school, None)?),
        };
        self.known = Some((roll.clone(), files.clone()));
        Ok(files)
    }
}

impl Store {
    /// The case files of everybody who has one, or of one pupil.
    pub fn case_files(&self, pupil: Option<PupilId>) -> Result<CaseFiles, Fault> {
        cases::files(&self.reader, &self.held.roll.school, pupil).map_err(|error| self.fault(&error))
    }

    /// The sessions that penalty notices have locked, whoever's, in order of the pupils: they count towards no other notice.
    pub fn locked_sessions(&self, pupil: Option<PupilId>) -> Result<Vec<(PupilId, SessionDate)>, Fault> {
        cases::locked(&self.reader, pupil).map_err(|error| self.fault(&error))
    }

    /// A letter that stands, by the act that made it: about whom, the letter, and what stands on it.
    pub fn letter(&self, act: ActId) -> Result<Option<(PupilId, Held<Letter>, Paper)>, Fault> {
        letter(&self.reader, &self.held.roll, act).map_err(|error| self.fault(&error))
    }

    /// The attendance of each of `pupils` in this school year, in the sessions that have begun by `now`, school-local. Blanks and the
    /// minutes of lates are not counted.
    pub fn attendance(&mut self, pupils: &[PupilId], now: NaiveDateTime) -> Result<HashMap<PupilId, Figures>, Fault> {
        let (roll, path) = (&self.held.roll, self.path.clone());
        let fault = |error: rusqlite::Error| Fault::from_sqlite(&path, &error);
        let known = match roll.calendar.has_terms(Calendar::year_start(now.date())) {
            true => self.standing.years(&self.reader, roll, now.date(), pupils).map_err(fault)?,
            false => None,
        };
        match known {
            Some(before) => with_today(&self.reader, roll, before, now).map_err(fault),
            None => attendance(&self.reader, roll, pupils, now).map_err(fault),
        }
    }

    /// What is in the record of a pupil on these dates, in the order in which it happened.
    pub fn chronology(&self, pupil: PupilId, dates: &RangeInclusive<NaiveDate>) -> Result<Vec<Line>, Fault> {
        chronology(&self.reader, &self.held.roll, pupil, dates).map_err(|error| self.fault(&error))
    }

    /// The marks of a pupil on these dates, in order; blanks are none.
    pub fn marks_of(&self, pupil: PupilId, dates: &RangeInclusive<NaiveDate>) -> Result<Vec<MarkHeld>, Fault> {
        mark::held_of(&self.reader, pupil, dates).map_err(|error| self.fault(&error))
    }

    /// Every change of a pupil's marks of these dates, whoever or whatever made it, in order.
    pub fn changes_of_marks(
        &self,
        pupil: PupilId,
        dates: &RangeInclusive<NaiveDate>,
    ) -> Result<Vec<MarkChange>, Fault> {
        let changes = mark::amendments(&self.reader, pupil, *dates.start(), *dates.end());
        let change = |one: mark::AmendmentRow| MarkChange {
            at: one.at,
            was: one.original,
            is: one.new,
            changed: self.held.roll.school.local(one.instant),
            who: one.who,
            reason: one.reason,
            act: one.act,
        };
        Ok(changes.map_err(|error| self.fault(&error))?.into_iter().map(change).collect())
    }

    /// The sessions of these dates that have begun by `now`, school-local, and are marked unauthorised, G, O or U, locked or not; and of
    /// these dates those at N.
    pub fn unauthorised(
        &self,
        pupil: PupilId,
        dates: &RangeInclusive<NaiveDate>,
        now: NaiveDateTime,
    ) -> Result<(Vec<SessionDate>, Vec<SessionDate>), Fault> {
        unauthorised(&self.reader, &self.held.roll, pupil, dates, now).map_err(|error| self.fault(&error))
    }
}

/// The sessions up to `today` that say how what is due in these case files stands.
pub fn watched_sessions(
    connection: &Connection,
    roll: &Roll,
    files: &CaseFiles,
    today: NaiveDate,
) -> rusqlite::Result<WatchedSessions> {
    let mut found = WatchedSessions::new();
    for (pupil, file) in files {
        let Some(from) = file.watched_from(&roll.calendar) else { continue };
        let marks = mark::held_of(connection, *pupil, &(from..=today))?.into_iter();
        let counted = marks.filter_map(|mark| Some((mark.at, roll.codes.statistic(mark.code)?)));
        found.insert(*pupil, counted.collect());
    }
    Ok(found)
}

fn letter(
    connection: &Connection,
    roll: &Roll,
    act: ActId,
) -> rusqlite::Result<Option<(PupilId, Held<Letter>, Paper)>> {
    let found = cases::letter::about(connection, act)?.zip(cases::letter::paper(connection, act)?);
    let Some((pupil, paper)) = found else { return Ok(None) };
    let letters = cases::letter::of(connection, &roll.school, Some(pupil))?.into_iter();
    Ok(letters.map(|(_, one)| one).find(|one| one.by.act == act).map(|one| (pupil, one, paper)))
}

fn attendance(
    connection: &Connection,
    roll: &Roll,
    pupils: &[PupilId],
    now: NaiveDateTime,
) -> rusqlite::Result<HashMap<PupilId, Figures>> {
    let starts = Calendar::year_start(now.date());
    let counted = Counted::of(roll, starts..next_year(starts), now);
    let mut found = HashMap::with_capacity(pupils.len());
    for known in pupils.iter().filter_map(|pupil| roll.pupil(*pupil)) {
        let (mut figures, within) = (Figures::default(), known.on_roll_within(counted.dates().clone()));
        mark::days_of(connection, known.id, &within, |day| {
            for (session, mark) in Session::BOTH.into_iter().zip([day.am, day.pm]) {
                if counted.has(SessionDate::new(day.date, session)) {
                    figures.fill(mark, &roll.codes);
                }
            }
        })?;
        found.insert(known.id, figures);
    }
    Ok(found)
}

/// The figures of the days `before`, and what of today has begun: of whoever is on roll today.
fn with_today(
    connection: &Connection,
    roll: &Roll,
    before: HashMap<PupilId, Figures>,
    now: NaiveDateTime,
) -> rusqlite::Result<HashMap<PupilId, Figures>> {
    let today = Counted::of(roll, now.date()..now.date().succ_opt().unwrap_or_default(), now);
    let mut found = before;
    mark::each_on(connection, today.dates(), |pupil, at, mark| {
        if let Some(figures) = found.get_mut(&pupil).filter(|_| today.has(at)) {
            figures.fill(Some(mark), &roll.codes);
        }
    })?;
    for figures in found.values_mut() {
        *figures = Figures { blanks: 0, minutes: 0, ..*figures };
    }
    Ok(found)
}

fn unauthorised(
    connection: &Connection,
    roll: &Roll,
    pupil: PupilId,
    dates: &RangeInclusive<NaiveDate>,
    now: NaiveDateTime,
) -> rusqlite::Result<(Vec<SessionDate>, Vec<SessionDate>)> {
    let marks = mark::held_of(connection, pupil, dates)?.into_iter().filter(|mark| roll.has_begun(mark.at, now));
    let counted = marks.filter(|mark| roll.codes.statistic(mark.code) == Some(Statistic::Unauthorised));
    let (unresolved, firm): (Vec<_>, Vec<_>) = counted.partition(|mark| mark.code == Code::N);
    let at = |marks: Vec<MarkHeld>| marks.into_iter().map(|mark| mark.at).collect();
    Ok((at(firm), at(unresolved)))
}

fn chronology(
    connection: &Connection,
    roll: &Roll,
    pupil: PupilId,
    dates: &RangeInclusive<NaiveDate>,
) -> rusqlite::Result<Vec<Line>> {
    let mut lines = absences(roll, &mark::held_of(connection, pupil, dates)?);
    // A mark of a year ago may be amended today.
    let since = dates.start().checked_sub_days(Days::new(366)).unwrap_or(*dates.start());
    for one in mark::amendments(connection, pupil, since, *dates.end())? {
        // What the rule settled by itself is in the amendment record.
        if one.is_decided == Some(false) {
            continue;
        }
        let at = roll.school.local(one.instant);
        let (was, is) = (or_blank(one.original), or_blank(one.new));
        lines.push(Line {
            date: at.date(),
            time: Some(at.time()),
            kind: LineKind::Amendment,
            who: one.who,
            with: one.said_by.unwrap_or_default(),
            what: format!("mark of {} amended from {was} to {is}: {}", one.at, one.reason),
            act: one.act,
        });
    }
    for one in call::of_pupil(connection, &roll.school, pupil, dates)? {
        let code = one.code.map(|code| format!(", code {code}")).unwrap_or_default();
        let note = if one.note.is_empty() { String::new() } else { format!(": {}", one.note) };
        let contact = one.contact.and_then(|contact| roll.contact(pupil, contact));
        lines.push(Line {
            date: one.at.date(),
            time: Some(one.at.time()),
            kind: LineKind::Call,
            who: one.who,
            with: contact.map_or_else(String::new, Contact::introduced),
            what: format!("call about {}, {}{code}{note}", one.about, one.outcome.describe()),
            act: one.act,
        });
    }
    for (date, one) in step::of_pupil(connection, &roll.school, pupil, dates)? {
        let words = if one.words.is_empty() { String::new() } else { format!(": {}", one.words) };
        lines.push(Line {
            date: one.at.date(),
            time: Some(one.at.time()),
            kind: LineKind::Step,
            who: one.who,
            with: String::new(),
            what: format!("{} about {}{words}", one.step.as_str(), SessionDate::new(date, one.session)),
            act: one.act,
        });
    }
    let files = cases::files(connection, &roll.school, Some(pupil))?;
    lines.extend(files.values().flat_map(CaseFile::lines));
    lines.retain(|line| dates.contains(&line.date));
    Ok(in_order(lines))
}
