//! Registers that are not in: what state each is in, and in what order they are chased.

use chrono::NaiveTime;
use hashbrown::HashMap;

use crate::domain::calendar::session::{Session, minutes_after, minutes_between};
use crate::domain::code::OnSite;
use crate::domain::day::Day;
use crate::domain::facts::lesson::{Lesson, LessonId, period_at};
use crate::domain::facts::register::{Register, RegisterState};
use crate::domain::people::pupil::PupilId;

/// Sessions of one month from which having to be chased is a habit.
const HABIT: usize = 3;

/// One register that is not taken whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unmarked<'a> {
    /// The register.
    pub register: &'a Register,
    /// Its state.
    pub state: RegisterState,
    /// Until when it is put off; it is unmarked all the same.
    pub until: Option<NaiveTime>,
}

/// The registers of `session` that are not taken whole at `now`: overdue ones, longest first, then part-marked, then those not
/// yet due; within each in the order of the tutor groups. Those put off come last, in the same order.
pub fn unmarked(day: &Day, session: Session, now: NaiveTime) -> Vec<Unmarked<'_>> {
    let Some(times) = day.session_times(session) else { return Vec::new() };
    let due_after = day.roll.school.register_due_after;
    let mut rows: Vec<Unmarked<'_>> = day
        .registers
        .iter()
        .filter(|register| register.session == session)
        .map(|register| {
            let state = register.state(now, times, due_after);
            Unmarked { register, state, until: register.put_off(now) }
        })
        .filter(|row| row.state != RegisterState::Taken)
        .collect();
    rows.sort_by_key(|row| (row.until.is_some(), urgency(row.state)));
    rows
}

/// Sorts states into the order in which they are chased.
fn urgency(state: RegisterState) -> (u8, i64) {
    match state {
        RegisterState::Overdue { minutes } => (0, -minutes),
        RegisterState::PartMarked { .. } => (1, 0),
        RegisterState::Unmarked => (2, 0),
        RegisterState::Taken => (3, 0),
    }
}

/// In how many sessions of the month so far the register had to be chased, this one among them.
pub fn chased_this_month(day: &Day, register: &Register) -> usize {
    let todays = day.registers.iter().filter(|one| one.group == register.group && one.session <= register.session);
    register.chased_this_month + todays.filter(|one| !one.chases.is_empty()).count()
}

/// The same count, if it is a habit.
pub fn habit(day: &Day, register: &Register) -> Option<usize> {
    Some(chased_this_month(day, register)).filter(|count| *count >= HABIT)
}

/// One lesson's register that is not taken whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnmarkedLesson<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// Its state: overdue or part-marked.
    pub state: RegisterState,
    /// Pupils due in it who are on roll.
    pub on_roll: usize,
    /// Those whom its register leaves out though nothing says that they are elsewhere.
    pub blanks: Vec<PupilId>,
}

/// The lessons of the period going on at `now` whose registers are expected by then and not taken whole: those with no mark
/// first; within each in the order of the classes.
pub fn unmarked_lessons(day: &Day, now: NaiveTime) -> Vec<UnmarkedLesson<'_>> {
    let school = &day.roll.school;
    let (Some(times), Some(period)) = (&day.times, period_at(&school.periods, now)) else { return Vec::new() };
    let minutes = minutes_between(minutes_after(period.starts, school.register_due_after), now);
    // Periods have no dates: one that begins after an early end is not held.
    if minutes <= 0 || period.starts >= times.ends() {
        return Vec::new();
    }
    let session = times.arriving(period.starts);
    let going_on = day.lessons.iter().filter(|lesson| lesson.period == period.name);
    let mut rows: Vec<UnmarkedLesson<'_>> = going_on
        .map(|lesson| {
            let state = RegisterState::Overdue { minutes };
            UnmarkedLesson { lesson, state, on_roll: 0, blanks: Vec::new() }
        })
        .collect();
    let place: HashMap<LessonId, usize> = rows.iter().enumerate().map(|(place, row)| (row.lesson.id, place)).collect();
    let mut marked = vec![0; rows.len()];
    for one in day.lesson_marks.iter() {
        let Some(at) = place.get(&one.lesson) else { continue };
        let (Some(row), Some(marked)) = (rows.get_mut(*at), marked.get_mut(*at)) else { continue };
        if !day.roll.pupil(one.pupil).is_some_and(|pupil| pupil.on_roll(day.date)) {
            continue;
        }
        row.on_roll += 1;
        if one.mark.is_some() {
            *marked += 1;
        } else if !is_away(day, one.pupil, session) {
            row.blanks.push(one.pupil);
        }
    }
    for (row, marked) in rows.iter_mut().zip(marked) {
        row.blanks.sort_by_key(|pupil| day.roll.place(*pupil));
        if marked > 0 {
            row.state = RegisterState::PartMarked { marked: row.on_roll - row.blanks.len(), of: row.on_roll };
        }
    }
    rows.retain(|row| !row.blanks.is_empty());
    rows.sort_by_key(|row| urgency(row.state));
    rows
}

/// Whether the pupil is known to be out of the building in `session`: reported ill, on a trip, gone home. Not whoever is only
/// missing (N), nor whoever came through the gate since.
pub fn is_away(day: &Day, pupil: PupilId, session: Session) -> bool {
    let settled = day.mark(pupil, session).settled;
    let away = settled.is_some_and(|mark| day.roll.codes.on_site(mark.code) == OnSite::No);
    away && !day.came_by_gate(pupil, session) || day.is_out(pupil).is_some()
}

#[cfg(test)]
mod tests;
