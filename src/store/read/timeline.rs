//! One pupil's timeline of a date, read from every table that holds a fact of it.

use std::ops::Range;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use hashbrown::HashMap;
use rusqlite::{Connection, params};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::{CodeTable, OnSite};
use crate::domain::facts::evidence::{Evidence, Mark};
use crate::domain::facts::lesson::{Lesson, LessonMark};
use crate::domain::facts::presence::{Confirmation, Movement, Sighting};
use crate::domain::facts::register::{HandedIn, beside};
use crate::domain::facts::taken_by::TakenBy;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::school::roll::Roll;
use crate::domain::timeline::{Earlier, RegisterMark, Setting, Timeline};
use crate::store::columns::{date_or_none, date_text};
use crate::store::journal;
use crate::store::tables::{evidence, lesson, mark, presence, register};

/// A register's mark as it is held.
struct Held {
    session: Session,
    mark: Mark,
    taken_by: Option<TakenBy>,
    at: Option<NaiveDateTime>,
    act: ActId,
}

/// What was read of one pupil's date together with everybody's.
pub(super) struct Together<'a> {
    /// The marks that stand.
    pub marks: Vec<(Session, mark::Standing)>,
    /// Evidence that stands, oldest first.
    pub evidence: &'a [Evidence],
    /// Tutors' marks that a later register took the place of, oldest first.
    pub displaced: &'a [Evidence],
    /// Movements.
    pub movements: &'a [Movement],
    /// Everybody's registers.
    pub handed_in: &'a HandedIn,
}

/// Of which registers it is read who took them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takers {
    /// Of all.
    OfAll,
    /// Of those of which there are several.
    OfSeveral,
}

/// Everything recorded about one pupil on one date.
pub struct Facts {
    date: NaiveDate,
    marks: Vec<(Session, mark::Standing)>,
    registers: Vec<Held>,
    evidence: Vec<Evidence>,
    lessons: Vec<(Lesson, NaiveTime, LessonMark)>,
    movements: Vec<Movement>,
    sightings: Vec<Sighting>,
    answers: Vec<Confirmation>,
}

impl Facts {
    /// The facts of a pupil's date. Lessons, sightings and answers settle nothing but what was told, what a register shows as arranged,
    /// or what follows a departure: without any of these they are not read.
    pub fn load(connection: &Connection, roll: &Roll, pupil: &Pupil, date: NaiveDate) -> rusqlite::Result<Facts> {
        Facts::load_naming(connection, roll, pupil, date, Takers::OfSeveral)
    }

    /// The same, with the names of those who took the registers: to settle a mark they are needed only where there are several.
    pub fn load_naming(
        connection: &Connection,
        roll: &Roll,
        pupil: &Pupil,
        date: NaiveDate,
        takers: Takers,
    ) -> rusqlite::Result<Facts> {
        let school = &roll.school;
        let mut found = Facts {
            date,
            marks: mark::of_date(connection, date, pupil.id)?,
            registers: Vec::new(),
            evidence: evidence::of(connection, school, pupil.id, date)?,
            lessons: Vec::new(),
            movements: presence::movements_of(connection, pupil.id, date)?,
            sightings: Vec::new(),
            answers: Vec::new(),
        };
        found.read_registers(connection, roll, pupil, takers)?;
        found.read_others(connection, roll, pupil)?;
        Ok(found)
    }

    /// The facts of a pupil's date that were read together with everybody's.
    pub(super) fn of_many(
        connection: &Connection,
        roll: &Roll,
        pupil: &Pupil,
        date: NaiveDate,
        together: Together<'_>,
    ) -> rusqlite::Result<Facts> {
        let Together { marks, evidence, displaced, movements, handed_in } = together;
        let mut found = Facts {
            date,
            marks,
            registers: Vec::new(),
            evidence: evidence.to_vec(),
            lessons: Vec::new(),
            movements: movements.to_vec(),
            sightings: Vec::new(),
            answers: Vec::new(),
        };
        for (session, standing) in &found.marks {
            let Some((mark, act)) = standing.tutor else { continue };
            let of = |act| handed_in.of(pupil.group, *session, act);
            let taken_by = of(act).filter(|_| !displaced.is_empty()).map(|taken| taken.by.clone());
            let at = of(act).map(|taken| taken.at);
            found.registers.push(Held { session: *session, mark, taken_by, at, act });
            let mine = displaced.iter().filter(|one| one.from.session == *session).cloned();
            found.evidence.extend(beside(mine, act, of));
        }
        found.read_others(connection, roll, pupil)?;
        Ok(found)
    }

    /// Lessons, sightings and answers, where they can settle something.
    fn read_others(&mut self, connection: &Connection, roll: &Roll, pupil: &Pupil) -> rusqlite::Result<()> {
        if !self.is_reported() && !self.shows_arrangement(&roll.codes) {
            return Ok(());
        }
        let school = &roll.school;
        self.sightings = presence::sightings_of(connection, pupil.id, self.date)?;
        self.answers = presence::confirmations_of(connection, school, pupil.id, self.date)?;
        let starts = |one: &Lesson| school.periods.iter().find(|period| period.name == one.period);
        for (lesson, mark) in lesson::of_pupil(connection, pupil.id, self.date)? {
            if let Some(period) = starts(&lesson) {
                self.lessons.push((lesson, period.starts, mark));
            }
        }
        Ok(())
    }

    /// The registers' marks that stand, and those of other takers that count beside them.
    fn read_registers(
        &mut self,
        connection: &Connection,
        roll: &Roll,
        pupil: &Pupil,
        takers: Takers,
    ) -> rusqlite::Result<()> {
        let displaced = evidence::displaced_of(connection, &roll.school, pupil.id, self.date)?;
        let mut handed_in = HandedIn::default();
        if takers == Takers::OfAll || !displaced.is_empty() {
            for (group, session, taken) in register::taken_on(connection, &roll.school, self.date)? {
                handed_in.insert(group, session, taken);
            }
        }
        for (session, standing) in &self.marks {
            let Some((mark, act)) = standing.tutor else { continue };
            let of = |act| handed_in.of(pupil.group, *session, act);
            let is_signed = register::is_handed_in(connection, SessionDate::new(self.date, *session), act)?;
            let signature = if is_signed { journal::signature(connection, act)? } else { None };
            let (taken_by, at) = match (of(act), signature) {
                (Some(taken), _) => (Some(taken.by.clone()), Some(taken.at)),
                (None, Some(signed)) => (None, Some(roll.school.local(signed.instant))),
                (None, None) => (None, None),
            };
            self.registers.push(Held { session: *session, mark, taken_by, at, act });
            let mine = displaced.iter().filter(|one| one.from.session == *session).cloned();
            self.evidence.extend(beside(mine, act, of));
        }
        Ok(())
    }

    /// Whether anything was told of the date, or the pupil went out: what a sighting can end.
    pub fn is_reported(&self) -> bool {
        self.evidence.iter().any(|one| one.fact.reported_code().is_some()) || !self.movements.is_empty()
    }

    /// Whether a register shows an arrangement: what a provider's answer can end.
    fn shows_arrangement(&self, codes: &CodeTable) -> bool {
        self.registers.iter().any(|one| codes.attends_elsewhere(one.mark.code))
    }

    /// The mark that stands in a session.
    pub fn standing(&self, session: Session) -> mark::Standing {
        self.marks.iter().find(|(of, _)| *of == session).map(|(_, standing)| *standing).unwrap_or_default()
    }

    /// What was reported of this date. An arrangement ends on no other date than that of the sighting.
    fn reports<'a>(&'a self, codes: &'a CodeTable) -> impl Iterator<Item = &'a Evidence> {
        self.evidence.iter().filter(|one| one.fact.is_report(codes))
    }

    /// The first day of what was reported of this date and began before it.
    pub fn reported_since(&self, codes: &CodeTable) -> Option<NaiveDate> {
        self.reports(codes).map(|one| one.from.date).filter(|from| *from < self.date).min()
    }

    /// The last day of what was reported of this date.
    pub fn reported_until(&self, codes: &CodeTable) -> Option<NaiveDate> {
        self.reports(codes).map(|one| one.until.date).max()
    }

    /// The timeline of these facts.
    pub fn line<'a>(&'a self, roll: &'a Roll, earlier: Option<Earlier>) -> Timeline<'a> {
        let mut line = Timeline::new(Setting { date: self.date, hours: roll.hours(self.date), codes: &roll.codes });
        for one in &self.registers {
            let (session, mark, taken_by, at) = (one.session, one.mark, one.taken_by.as_ref(), one.at);
            line.add_register(RegisterMark { session, mark, taken_by, at, date: self.date }, one.act);
        }
        self.evidence.iter().for_each(|one| line.add_evidence(one));
        self.lessons.iter().for_each(|(lesson, starts, mark)| line.add_lesson(lesson, *starts, mark));
        self.movements.iter().for_each(|one| line.add_movement(one));
        self.sightings.iter().for_each(|one| line.add_sighting(one));
        self.answers.iter().for_each(|one| line.add_answer(one));
        line.add_earlier(earlier);
        line.in_order()
    }
}

/// The last of these dates on which somebody saw a pupil whatever the marks say: at the gate, going out or back, when looked for, or
/// in a lesson.
pub fn last_seen_beside_marks(
    connection: &Connection,
    codes: &CodeTable,
    pupil: PupilId,
    dates: &Range<NaiveDate>,
) -> rusqlite::Result<Option<NaiveDate>> {
    let question = "SELECT max(day) FROM (
           SELECT max(last_day) AS day FROM evidence WHERE pupil = ?1 AND last_day >= ?2 AND last_day < ?3
             AND kind = 'gate' AND withdrawn IS NULL
           UNION ALL SELECT max(date) FROM movement WHERE pupil = ?1 AND date >= ?2 AND date < ?3 AND withdrawn IS NULL
           UNION ALL SELECT max(date) FROM sighting WHERE pupil = ?1 AND date >= ?2 AND date < ?3
             AND seen AND withdrawn IS NULL
           UNION ALL SELECT max(l.date) FROM lesson l JOIN lesson_pupil p ON p.lesson = l.id AND p.pupil = ?1
             WHERE l.date >= ?2 AND l.date < ?3 AND p.code IN (SELECT value FROM json_each(?4)))";
    last_date(connection, question, codes, pupil, dates)
}

/// The last of these dates on which a register saw a pupil, or a mark counts as here.
fn last_marked_here(
    connection: &Connection,
    codes: &CodeTable,
    pupil: PupilId,
    dates: &Range<NaiveDate>,
) -> rusqlite::Result<Option<NaiveDate>> {
    let question = "SELECT max(date) FROM mark WHERE pupil = ?1 AND date >= ?2 AND date < ?3
           AND (tutor IN (SELECT value FROM json_each(?4)) OR code IN (SELECT value FROM json_each(?4)))";
    last_date(connection, question, codes, pupil, dates)
}

/// What a question answers that is asked of a pupil (`?1`), from a date until before another (`?2`, `?3`), and of the codes of
/// whoever is here (`?4`, a JSON array).
fn last_date(
    connection: &Connection,
    question: &'static str,
    codes: &CodeTable,
    pupil: PupilId,
    dates: &Range<NaiveDate>,
) -> rusqlite::Result<Option<NaiveDate>> {
    let rows = codes.rows().iter().filter(|row| row.on_site == OnSite::Yes);
    let here = rows.map(|row| row.code.as_str()).collect::<serde_json::Value>().to_string();
    connection
        .prepare_cached(question)?
        .query_row(params![pupil, date_text(dates.start), date_text(dates.end), here], |row| date_or_none(row, 0))
}

/// When a pupil was last seen on these dates; `None` where nobody saw them.
pub fn earlier(
    connection: &Connection,
    roll: &Roll,
    pupil: &Pupil,
    dates: &Range<NaiveDate>,
) -> rusqlite::Result<Option<Earlier>> {
    let mut before = dates.clone();
    loop {
        let seen = last_seen_beside_marks(connection, &roll.codes, pupil.id, &before)?;
        let Some(last) = seen.max(last_marked_here(connection, &roll.codes, pupil.id, &before)?) else {
            return Ok(None);
        };
        let facts = Facts::load(connection, roll, pupil, last)?;
        // A decision may have taken back all that a date's registers had said.
        match facts.line(roll, None).as_earlier() {
            Some(found) => return Ok(Some(found)),
            None => before.end = last,
        }
    }
}

/// When pupils were last seen before one date, kept until something before it changes.
#[derive(Default)]
pub struct Cache {
    known: HashMap<PupilId, (NaiveDate, Option<Earlier>)>,
}

impl Cache {
    /// Of each pupil of whom something was told that began on an earlier date: when they were last seen since then. `date` is today's,
    /// and whether nothing before it has changed since this was last asked.
    pub fn of(
        &mut self,
        connection: &Connection,
        roll: &Roll,
        reported_since: &HashMap<PupilId, NaiveDate>,
        (date, stands): (NaiveDate, bool),
    ) -> rusqlite::Result<HashMap<PupilId, Earlier>> {
        if !stands {
            self.known.clear();
        }
        let mut found = HashMap::new();
        for (id, since) in reported_since {
            let Some(pupil) = roll.pupil(*id) else { continue };
            let held = self.known.get(id).filter(|(asked, _)| asked == since).map(|(_, held)| *held);
            let last = match held {
                Some(last) => last,
                None => earlier(connection, roll, pupil, &(*since..date))?,
            };
            self.known.insert(*id, (*since, last));
            found.extend(last.map(|last| (*id, last)));
        }
        Ok(found)
    }
}
