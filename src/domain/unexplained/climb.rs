//! One pupil's way up the ladder today: which steps are theirs, what is done of them, what is due.

use chrono::NaiveTime;

use super::has_untried_contact;
use crate::domain::contact::{Call, missing_since};
use crate::domain::day::Day;
use crate::domain::ladder::{DoneBy, Due, Step, StepTaken, due};
use crate::domain::pupil::{Pupil, PupilId};
use crate::domain::session::{Session, minutes_between};

/// One pupil's way up the ladder today.
#[derive(Clone, Debug)]
pub struct Climb<'a> {
    day: &'a Day,
    pupil: PupilId,
    steps: Vec<&'a Step>,
    /// The call in which a parent did not know: what counts is what was done since.
    unaware: Option<&'a Call>,
    /// What `after` counts from.
    from: Option<NaiveTime>,
    /// 1 on the first day.
    on_day: usize,
}

/// One step, and how it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Rung<'a> {
    /// The step.
    pub step: &'a Step,
    /// When it falls due, school-local; `None` without school.
    pub at: Option<NaiveTime>,
    /// It is done.
    pub done: bool,
    /// Who recorded it, and when: of an event.
    pub taken: Option<&'a StepTaken>,
    /// It is not asked for before a later day of the absence.
    pub later: bool,
}

impl<'a> Climb<'a> {
    /// A pupil's way from the close of a session's register; from the call, where a parent did not know.
    pub fn of(day: &'a Day, pupil: &Pupil, session: Session) -> Climb<'a> {
        let ladder = &day.roll.school.ladder;
        let unaware = missing_since(day.calls_about(pupil.id));
        let steps = if unaware.is_some() { &ladder.unaware } else { ladder.of(pupil.tier()) };
        let closes = day.session_times(session).map(|times| times.closes);
        Climb {
            day,
            pupil: pupil.id,
            steps: steps.iter().filter(|step| step.is_for(pupil.flags)).collect(),
            unaware,
            from: closes.map(|closes| unaware.map_or(closes, |call| call.at.time())),
            on_day: day.past.get(&pupil.id).map_or(0, |past| past.unexplained_days) + 1,
        }
    }

    /// The same, counted from a later time.
    pub fn since(self, time: NaiveTime) -> Climb<'a> {
        Climb { from: self.from.map(|from| from.max(time)), ..self }
    }

    /// Whether a parent did not know.
    pub fn unaware(&self) -> bool {
        self.unaware.is_some()
    }

    /// 1 on the first day of the absence, 2 when an N of the school day before still stands, and so on.
    pub fn day(&self) -> usize {
        self.on_day
    }

    /// The event that did a step, the newest if it was told again.
    pub fn taken(&self, step: &Step) -> Option<&'a StepTaken> {
        let counts = |one: &&StepTaken| {
            one.pupil == self.pupil && one.step == step.step && self.unaware.is_none_or(|call| one.act > call.act)
        };
        self.day.steps.iter().filter(counts).max_by_key(|one| one.act)
    }

    /// Whether a step is done.
    pub fn is_done(&self, step: &Step) -> bool {
        match step.done_by() {
            DoneBy::Call => self.day.calls_about(self.pupil).next().is_some(),
            DoneBy::Contacts => !has_untried_contact(self.day, self.pupil),
            DoneBy::Event => self.taken(step).is_some(),
        }
    }

    /// Every step of the pupil's ladder, in order.
    pub fn rungs(&self) -> Vec<Rung<'a>> {
        let rung = |step: &&'a Step| Rung {
            step,
            at: self.from.map(|from| step.due_at(from)),
            done: self.is_done(step),
            taken: self.taken(step),
            later: !step.is_asked_on(self.on_day),
        };
        self.steps.iter().map(rung).collect()
    }

    /// The events recorded about the pupil today, oldest first, those that no step asks for among them.
    pub fn events(&self) -> impl Iterator<Item = &'a StepTaken> + use<'a> {
        let pupil = self.pupil;
        self.day.steps.iter().filter(move |one| one.pupil == pupil)
    }

    /// What is due. A promised call-back takes the place of ringing until its time, never of telling somebody.
    pub fn due(&self, now: NaiveTime) -> Option<Due> {
        let from = self.from?;
        let due = due(self.steps.iter().copied(), |step| self.is_done(step), from, self.on_day, now);
        let promised = self.day.calls_about(self.pupil).last().and_then(|call| call.call_back).map(|at| Due {
            step: "call back".to_owned(),
            by: DoneBy::Call,
            at,
            minutes_left: minutes_between(now, at),
        });
        match (promised, due) {
            (Some(promised), Some(due)) if due.by == DoneBy::Event && (due.at <= promised.at || self.unaware()) => {
                Some(due)
            }
            (Some(promised), _) => Some(promised),
            (None, due) => due,
        }
    }
}
