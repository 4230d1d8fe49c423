//! How one pupil is followed up today: which steps are theirs, what is done of them, what is due.

use chrono::NaiveTime;

use super::missing::{missing, seen_since};
use super::{Standing, has_untried_contact};
use crate::domain::calendar::session::{Session, minutes_between};
use crate::domain::day::{Day, Timelines};
use crate::domain::facts::promise::PromiseKind;
use crate::domain::people::contact::Call;
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::school::ladder::{DoneBy, Due, Step, StepTaken, due};
use crate::domain::timeline::Presence;

/// How one pupil is followed up today.
#[derive(Clone, Debug)]
pub struct FollowUp<'a> {
    day: &'a Day,
    pupil: PupilId,
    ladder: Vec<&'a Step>,
    /// What was promised, where it is still waited for.
    promise: Option<Waiting>,
    /// The call in which a parent did not know: what counts is what was done since.
    unaware: Option<&'a Call>,
    /// What `after` counts from.
    from: Option<NaiveTime>,
    /// The call does not wait for its minutes.
    is_at_once: bool,
    /// 1 on the first day.
    on_day: usize,
}

/// A promise that is waited for: neither kept nor followed by another word.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Waiting {
    kind: PromiseKind,
    /// When it was given, school-local.
    since: NaiveTime,
    /// When it falls due.
    at: NaiveTime,
}

/// One step of a follow-up, and how it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct FollowUpStep<'a> {
    /// The step as the school's ladder has it.
    pub on_ladder: &'a Step,
    /// When it falls due, school-local; `None` without school.
    pub at: Option<NaiveTime>,
    /// It is done.
    pub done: bool,
    /// Who recorded it, and when: of an event.
    pub taken: Option<&'a StepTaken>,
    /// It is not asked for before a later day of the absence.
    pub later: bool,
}

impl<'a> FollowUp<'a> {
    /// A pupil's follow-up from the close of a session's register, of the morning's where nothing has answered its N since; from the call,
    /// while the pupil is missing.
    pub fn of(day: &'a Day, pupil: &Pupil, session: Session) -> FollowUp<'a> {
        let ladder = &day.roll.school.ladder;
        let unaware = missing(day, pupil).filter(|missing| missing.is_open()).map(|missing| missing.call);
        let steps = if unaware.is_some() { &ladder.unaware } else { ladder.of(pupil.tier()) };
        // A school that closed after its registers were taken still looks for whoever it had not accounted for.
        let first = first_unexplained(day, pupil, session);
        let was_held = day.session_times(first).is_some() || day.mark(pupil.id, first).settled.is_some();
        let closes = was_held.then(|| day.hours.of(first).closes);
        FollowUp {
            day,
            pupil: pupil.id,
            ladder: steps.iter().filter(|step| step.is_for(pupil.flags)).collect(),
            promise: waiting(day, pupil),
            unaware,
            from: closes.map(|closes| unaware.map_or(closes, |call| call.at.time())),
            is_at_once: false,
            on_day: day.past.get(&pupil.id).map_or(0, |past| past.days_absent) + 1,
        }
    }

    /// The same of a pupil who is found not to be where they were due: counted from then, and somebody is rung at once.
    pub fn at_once(self, time: NaiveTime) -> FollowUp<'a> {
        FollowUp { from: self.from.map(|from| from.max(time)), is_at_once: true, ..self }
    }

    /// Whether a parent did not know, and nothing has ended it.
    pub fn unaware(&self) -> bool {
        self.unaware.is_some()
    }

    /// 1 on the first day of the absence, 2 when nothing was seen of the pupil on the school day before either, and so on.
    pub fn day(&self) -> usize {
        self.on_day
    }

    /// Whether a promise is still waited for.
    pub fn is_promised(&self) -> bool {
        self.promise.is_some()
    }

    /// When somebody asked to be rung, where that is still waited for.
    pub fn call_back(&self) -> Option<NaiveTime> {
        self.promise.filter(|one| one.kind == PromiseKind::RingBack).map(|one| one.at)
    }

    /// By when the pupil, said to be on the way, is to be here, where that is still waited for.
    pub fn on_the_way(&self) -> Option<NaiveTime> {
        self.promise.filter(|one| one.kind == PromiseKind::OnTheWay).map(|one| one.at)
    }

    /// The event that did a step, the newest if it was told again.
    pub fn taken(&self, step: &Step) -> Option<&'a StepTaken> {
        let counts = |one: &&StepTaken| {
            one.pupil == self.pupil
                && one.step.as_str() == step.step
                && self.unaware.is_none_or(|call| one.act > call.act)
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
    pub fn steps(&self) -> Vec<FollowUpStep<'a>> {
        let stands = |step: &&'a Step| FollowUpStep {
            on_ladder: step,
            at: self.from.map(|from| step.due_at(from)),
            done: self.is_done(step),
            taken: self.taken(step),
            later: !step.is_asked_on(self.on_day),
        };
        self.ladder.iter().map(stands).collect()
    }

    /// The events recorded about the pupil today, oldest first, those that no step asks for among them.
    pub fn events(&self) -> impl Iterator<Item = &'a StepTaken> + use<'a> {
        let pupil = self.pupil;
        self.day.steps.iter().filter(move |one| one.pupil == pupil)
    }

    /// What is due. A promise takes the place of ringing until its time, never of telling somebody.
    pub fn due(&self, now: NaiveTime) -> Option<Due> {
        self.next(now).map(|(due, _)| due)
    }

    /// How far the follow-up has come.
    pub fn standing(&self, now: NaiveTime) -> Standing {
        match self.next(now) {
            Some((due, Some(Waiting { kind: PromiseKind::OnTheWay, since, .. }))) => Standing::OnTheWay { since, due },
            Some((due, _)) => Standing::Due(due),
            None => self.nothing_due(),
        }
    }

    /// The step that is due, or the promise that takes its place.
    fn next(&self, now: NaiveTime) -> Option<(Due, Option<Waiting>)> {
        let from = self.from?;
        let due = due(self.ladder.iter().copied(), |step| self.is_done(step), from, self.on_day, now);
        let due = due.map(|due| match due.by {
            DoneBy::Call if self.is_at_once => Due { at: from, minutes_left: minutes_between(now, from), ..due },
            DoneBy::Call | DoneBy::Contacts | DoneBy::Event => due,
        });
        let promised = self.promise.map(|one| {
            let (step, minutes_left) = (one.kind.step().to_owned(), minutes_between(now, one.at));
            (Due { step, by: DoneBy::Call, at: one.at, minutes_left }, Some(one))
        });
        match (promised, due) {
            (Some((promised, _)), Some(due))
                if due.by == DoneBy::Event && (due.at <= promised.at || self.unaware()) =>
            {
                Some((due, None))
            }
            (Some(promised), _) => Some(promised),
            (None, due) => due.map(|due| (due, None)),
        }
    }

    /// Nothing more is asked for today: because all is done, because the rest is for a later day, or because nobody was reached
    /// and nobody was told.
    fn nothing_due(&self) -> Standing {
        let calls = || self.day.calls_about(self.pupil);
        let steps = self.steps();
        let promise = steps.iter().any(|step| step.taken.is_some());
        if !promise && !calls().any(|call| call.outcome.answered()) {
            let since = calls().last().map(|call| call.at.time()).or(self.from).unwrap_or_default();
            return Standing::NobodyReached { since };
        }
        match steps.iter().find(|step| !step.done) {
            Some(step) => {
                Standing::Later { step: step.on_ladder.step.clone(), day: step.on_ladder.day.unwrap_or_default() }
            }
            None => Standing::AllDone,
        }
    }
}

/// The session from which an absence is followed up: an afternoon that only goes on with the morning's begins nothing anew.
fn first_unexplained(day: &Day, pupil: &Pupil, session: Session) -> Session {
    let goes_on =
        session == Session::Pm && day.is_unresolved(pupil.id, session) && day.is_unresolved(pupil.id, Session::Am);
    let was_here =
        || Timelines::whole(day).of(pupil).events().iter().any(|event| event.presence == Some(Presence::Seen));
    if goes_on && !was_here() { Session::Am } else { session }
}

/// The last word of today, if it is a promise: to be rung back, or on the way and not seen since.
fn waiting(day: &Day, pupil: &Pupil) -> Option<Waiting> {
    let call = day.calls_about(pupil.id).last();
    let promise = day.promises.iter().rfind(|one| one.pupil == pupil.id);
    match (call, promise) {
        (call, Some(promise)) if call.is_none_or(|call| call.act < promise.act) => {
            let since = promise.at.time();
            let kept = seen_since(day, pupil, (since, promise.act)).is_some();
            (!kept).then(|| Waiting { kind: promise.promise.kind(), since, at: promise.promise.time() })
        }
        (Some(call), _) => {
            let waiting = |at| Waiting { kind: PromiseKind::RingBack, since: call.at.time(), at };
            call.call_back.map(waiting)
        }
        (None, _) => None,
    }
}
