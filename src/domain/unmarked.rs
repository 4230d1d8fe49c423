//! Registers that are not in: what state each is in, and in what order they are chased.

use chrono::NaiveTime;

use super::day::Day;
use super::register::{Register, RegisterState};
use super::session::Session;

/// One register that is not taken whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unmarked<'a> {
    /// The register.
    pub register: &'a Register,
    /// Its state.
    pub state: RegisterState,
}

/// The registers of `session` that are not taken whole at `now`: overdue ones, longest first, then part-marked, then those not
/// yet due; within each in the order of the tutor groups.
pub fn unmarked(day: &Day, session: Session, now: NaiveTime) -> Vec<Unmarked<'_>> {
    let Some(times) = day.session_times(session) else { return Vec::new() };
    let due_after = day.roll.school.register_due_after;
    let mut rows: Vec<Unmarked<'_>> = day
        .registers
        .iter()
        .filter(|register| register.session == session)
        .map(|register| Unmarked { register, state: register.state(now, times, due_after) })
        .filter(|row| row.state != RegisterState::Taken)
        .collect();
    rows.sort_by_key(|row| match row.state {
        RegisterState::Overdue { minutes } => (0, -minutes),
        RegisterState::PartMarked { .. } => (1, 0),
        RegisterState::Unmarked => (2, 0),
        RegisterState::Taken => (3, 0),
    });
    rows
}
