//! A day put together from its tables.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use hashbrown::HashMap;
use rusqlite::Connection;

use super::{cases, past, timeline};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::day::{Ahead, Day, SessionMark};
use crate::domain::facts::evidence::{Evidence, Mark};
use crate::domain::facts::register::{HandedIn, Register, Taken, beside};
use crate::domain::people::contact::WrongNumber;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::school::roll::Roll;
use crate::store::tables::incoming::{arriving, fed_file, inbox, missing, quarantine};
use crate::store::tables::{
    call, desk_presence, evidence, late, lesson, mark, message, presence, promise, register, search, step, watch,
};

/// What is kept from one day's reading to the next.
#[derive(Default)]
pub struct Caches {
    /// What came before the date.
    pub past: past::Cache,
    /// Lessons' marks.
    pub lessons: lesson::Cache,
    /// Lates before the date.
    pub lates: late::Cache,
    /// When pupils were last seen.
    pub earlier: timeline::Cache,
    /// Case files.
    pub cases: cases::Cache,
}

/// The same of today, and of the date that is looked at beside it.
#[derive(Default)]
pub struct Kept {
    /// Today's.
    pub today: Caches,
    /// The other date's.
    pub another: Caches,
}

impl Kept {
    /// The roll has changed, on which what was kept of the past rests.
    pub fn forget_past(&mut self) {
        self.today.past = past::Cache::default();
        self.another.past = past::Cache::default();
    }
}

/// Every fact of `date`.
pub fn load(connection: &Connection, roll: &Arc<Roll>, date: NaiveDate, caches: &mut Caches) -> rusqlite::Result<Day> {
    let mut day = load_alone(connection, roll, date, caches)?;
    // Pupils who may be followed up: at N, or at an O from a register.
    let is_o = |mark: Option<Mark>| mark.is_some_and(|mark| mark.code == Code::O);
    let is_open = |mark: &SessionMark| {
        mark.settled.is_some_and(|mark| mark.code == Code::N) || is_o(mark.settled) && is_o(mark.tutor)
    };
    let open = day.marks.iter().filter(|(_, mark)| is_open(mark));
    let wanted = open.map(|((pupil, _), _)| *pupil).chain(day.watched.iter().map(|one| one.pupil));
    (day.past, _) = caches.past.of(connection, roll, wanted, date)?;
    day.unresolved_n = mark::unresolved_n(connection, date)?;
    day.waiting_marks = quarantine::count(connection)?;
    day.refused_files = fed_file::refused(connection, &roll.school)?;
    day.waiting_messages = inbox::count(connection)?;
    day.case_files = caches.cases.of(connection, roll)?;
    day.case_sessions = cases::watched_sessions(connection, roll, &day.case_files, date)?;
    let missing = missing::standing(connection, &roll.school)?.into_iter();
    day.missing_from_export = missing.filter(|one| one.is_asked_about(roll, date)).count();
    day.ahead = match roll.calendar.school_days_after(date).next() {
        Some(date) => Some(ahead(connection, roll, date)?),
        None => None,
    };
    Ok(day)
}

/// Every fact of `date` itself: not the past of those who are followed up, nor what stands open from before, nor the day after.
pub fn load_alone(
    connection: &Connection,
    roll: &Arc<Roll>,
    date: NaiveDate,
    Caches { past, lessons, lates, earlier, cases: _ }: &mut Caches,
) -> rusqlite::Result<Day> {
    let school = &roll.school;
    let (times, closed) = match roll.times(date) {
        Ok(times) => (Some(*times), None),
        Err(why) => (None, Some(why)),
    };

    let marks: HashMap<(PupilId, Session), SessionMark> = mark::on(connection, date)?
        .into_iter()
        .map(|(pupil, session, one)| {
            let (tutor, taken) = one.tutor.unzip();
            let taken = taken.unwrap_or_default();
            ((pupil, session), SessionMark { settled: one.settled, tutor, taken, revision: one.revision })
        })
        .collect();
    let mut by_session: HashMap<(PupilId, Session), Vec<Evidence>> = HashMap::new();
    let mut told_before: HashMap<PupilId, NaiveDate> = HashMap::new();
    for (pupil, one) in evidence::on(connection, school, date)? {
        if one.from.date < date && one.fact.is_report(&roll.codes) {
            let since = told_before.entry(pupil).or_insert(one.from.date);
            *since = (*since).min(one.from.date);
        }
        let covers = |session| (one.from..=one.until).contains(&SessionDate::new(date, session));
        for session in Session::BOTH.into_iter().filter(|session| covers(*session)) {
            // Most have one.
            by_session.entry((pupil, session)).or_insert_with(|| Vec::with_capacity(1)).push(one.clone());
        }
    }
    let handed_in = register::taken_on(connection, school, date)?;
    let registers = if closed.is_none() { registers(connection, roll, date, &marks, &handed_in)? } else { Vec::new() };
    let handed_in: HandedIn = handed_in.into_iter().collect();
    let displaced = evidence::displaced_on(connection, school, date)?;
    let mut behind: HashMap<(PupilId, Session), Vec<Evidence>> = HashMap::new();
    for (pupil, session, one) in &displaced {
        behind.entry((*pupil, *session)).or_default().push(one.clone());
    }
    for ((pupil, session), behind) in behind {
        let group = roll.pupil(pupil).and_then(|pupil| pupil.group);
        let taken = marks.get(&(pupil, session)).filter(|mark| mark.tutor.is_some()).map(|mark| mark.taken);
        let of = |act| handed_in.of(group, session, act);
        if let Some(taken) = taken {
            by_session.entry((pupil, session)).or_default().extend(beside(behind, taken, of));
        }
    }
    let mut watched = watch::on(connection, school, date)?;
    watched.sort_by_key(|one| roll.place(one.pupil));
    let (_, stands) = past.of(connection, roll, std::iter::empty(), date)?;
    let lates_before = lates.before(connection, roll, date, stands)?;
    let reasons = |from| evidence::late_reasons(connection, from, date);
    let late_reasons_before = lates.reasons_before(roll, date, stands, reasons)?;
    let earlier = earlier.of(connection, roll, &told_before, (date, stands))?;

    Ok(Day {
        date,
        roll: roll.clone(),
        times,
        hours: *roll.hours(date),
        closed,
        registers,
        handed_in,
        marks,
        evidence: by_session,
        earlier,
        displaced,
        lessons: lesson::on(connection, date)?,
        lesson_marks: lessons.marks_on(connection, date)?,
        messages: message::on(connection, date)?,
        calls: call::on(connection, school, date)?,
        promises: promise::on(connection, school, date)?,
        steps: step::on(connection, school, date)?,
        searches: search::on(connection, school, date)?,
        movements: presence::movements_on(connection, date)?,
        sightings: presence::sightings_on(connection, date)?,
        confirmations: presence::confirmations_on(connection, school, date)?,
        decisions: step::decisions_on(connection, school, date)?,
        desk_presences: desk_presence::all(connection, school)?,
        late_steps: late::followed_on(connection, school, date)?,
        lates_before,
        late_reasons_before,
        unresolved_n: Vec::new(),
        waiting_marks: 0,
        refused_files: Vec::new(),
        is_import_under_way: arriving::standing(connection)?.is_some(),
        waiting_messages: 0,
        missing_from_export: 0,
        wrong_numbers: wrong_numbers(connection, roll)?,
        watched,
        past: HashMap::new(),
        ahead: None,
        case_files: Arc::default(),
        case_sessions: HashMap::new(),
    })
}

/// What is known of a school day to come.
fn ahead(connection: &Connection, roll: &Roll, date: NaiveDate) -> rusqlite::Result<Ahead> {
    let marks = mark::on(connection, date)?.into_iter();
    let marks = marks.filter_map(|(pupil, session, one)| Some((pupil, session, one.settled?)));
    Ok(Ahead { date, marks: marks.filter(|(_, _, mark)| roll.codes.is_away(mark.code)).collect() })
}

/// Numbers found wrong that are still held: neither an import nor a correction has put them right.
fn wrong_numbers(connection: &Connection, roll: &Roll) -> rusqlite::Result<Vec<WrongNumber>> {
    let is_held = |wrong: &WrongNumber| {
        let contact = roll.contact(wrong.pupil, wrong.contact);
        contact.is_some_and(|contact| wrong.is_of(contact))
    };
    Ok(call::wrong_numbers(connection, &roll.school)?.into_iter().filter(is_held).collect())
}

fn registers(
    connection: &Connection,
    roll: &Roll,
    date: NaiveDate,
    marks: &HashMap<(PupilId, Session), SessionMark>,
    handed_in: &[(GroupId, Session, Taken)],
) -> rusqlite::Result<Vec<Register>> {
    let mut members: HashMap<GroupId, Vec<PupilId>> = HashMap::new();
    for pupil in roll.pupils.iter().filter(|pupil| pupil.on_roll(date)) {
        if let Some(group) = pupil.group {
            members.entry(group).or_default().push(pupil.id);
        }
    }
    let month = date.with_day(1).unwrap_or(date);
    let chased: HashMap<GroupId, usize> = register::chased_between(connection, month, date)?.into_iter().collect();
    let mut registers = Vec::new();
    for session in roll.hours(date).sessions().iter().copied() {
        for group in &roll.groups {
            let Some(pupils) = members.get(&group.id) else { continue };
            let is_blank = |pupil: &&PupilId| marks.get(&(**pupil, session)).is_none_or(|mark| mark.settled.is_none());
            registers.push(Register {
                group: group.id,
                session,
                taken: None,
                on_roll: pupils.len(),
                blanks: pupils.iter().filter(is_blank).copied().collect(),
                cover: None,
                room: None,
                chases: Vec::new(),
                snoozed: None,
                chased_this_month: chased.get(&group.id).copied().unwrap_or(0),
            });
        }
    }
    let place: HashMap<(GroupId, Session), usize> =
        registers.iter().enumerate().map(|(place, register)| ((register.group, register.session), place)).collect();
    let mut put = |group, session, change: &mut dyn FnMut(&mut Register)| {
        if let Some(register) = place.get(&(group, session)).and_then(|place| registers.get_mut(*place)) {
            change(register);
        }
    };
    for (group, session, taken) in handed_in {
        put(*group, *session, &mut |register| register.taken = Some(taken.clone()));
    }
    for (group, session, chase) in register::chases_on(connection, &roll.school, date)? {
        put(group, session, &mut |register| register.chases.push(chase.clone()));
    }
    for (group, session, teacher, room) in register::cover_on(connection, date)? {
        put(group, session, &mut |register| (register.cover, register.room) = (teacher.clone(), room.clone()));
    }
    for (group, session, until) in register::snoozed_on(connection, date)? {
        put(group, session, &mut |register| register.snoozed = Some(until));
    }
    Ok(registers)
}
