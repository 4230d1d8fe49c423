//! `unexplained`: everybody who stands at N, in the order they are followed up.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::desk::showing::Numbers;
use crate::cli::text::{clock, minutes, sentence};
use crate::domain::absence::unexplained::{
    Cause, End, FollowUp, FollowUpStep, Missing, StandingKind, Unexplained, missing, next_call, unexplained,
};
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::contact::{CallOutcome, Contact};
use crate::domain::people::phone::Phone;

/// One unexplained pupil.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UnexplainedFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    session: Session,
    mark: Option<Mark>,
    cause: Cause,
    unaware: bool,
    missing: Option<MissingFacts>,
    standing: StandingKind,
    says: String,
    due: Option<DueFacts>,
    overdue: bool,
    tried: usize,
    last: Option<CallOutcome>,
    call_back: Option<String>,
    steps: Vec<StepFacts>,
    claimed_by: Vec<String>,
    looked_for: bool,
    siblings_in: usize,
    siblings_out: usize,
    day: usize,
    deadline: Option<NaiveDate>,
    next_contact: Option<NextFacts>,
}

/// The next step of the ladder.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct DueFacts {
    step: String,
    at: String,
    minutes_left: i64,
}

/// A parent did not know today, and what has ended it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct MissingFacts {
    since: String,
    ended_at: Option<String>,
    ended: Option<String>,
}

/// One step of the pupil's ladder, and who did it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct StepFacts {
    step: String,
    at: Option<String>,
    done: bool,
    taken_at: Option<String>,
    taken_by: Option<String>,
    words: Option<String>,
    from_day: Option<usize>,
}

/// Whom to ring next.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NextFacts {
    order: i64,
    name: String,
    relationship: String,
    /// The number to ring.
    phone: Option<String>,
    /// The contact's others that may be step.
    other_phones: Vec<String>,
}

/// Everybody who stands at N, in the order they are followed up
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    numbers: Numbers,
}

/// List them.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    desk.check_may_reveal(args.numbers)?;
    let Some(session) = desk.session_or_closed()? else { return Ok(()) };
    let day = desk.day()?;
    let found = unexplained(&day, session, desk.local().time());
    let mut rows: Vec<UnexplainedFacts> = found.into_iter().filter_map(|row| facts(&day, row)).collect();
    for row in &mut rows {
        let next = row.next_contact.iter_mut();
        let next = next.flat_map(|next| {
            let order = next.order;
            next.phone.iter_mut().chain(&mut next.other_phones).map(move |number| (order, number))
        });
        desk.reveal_numbers(args.numbers, row.pupil.pupil, next)?;
    }
    let overdue = rows.iter().filter(|row| row.overdue).count();
    let heading = format!("Unexplained absences: {}, {overdue} overdue.", rows.len());
    desk.answer(&heading, "Nobody is unexplained.", rows)
}

fn facts(day: &Day, row: Unexplained) -> Option<UnexplainedFacts> {
    let overdue = row.is_overdue();
    let pupil = day.roll.pupil(row.pupil)?;
    Some(UnexplainedFacts {
        pupil: PupilFacts::of(&day.roll, pupil),
        session: row.at.session,
        mark: day.mark(row.pupil, row.at.session).settled,
        cause: row.cause,
        unaware: row.unaware,
        missing: missing(day, pupil).map(|missing| missing_facts(&missing)),
        standing: row.standing.kind(),
        says: row.standing.describe(),
        due: row.due().map(|due| DueFacts {
            step: due.step.clone(),
            at: clock(due.at),
            minutes_left: due.minutes_left,
        }),
        overdue,
        tried: row.tried,
        last: row.last,
        call_back: row.call_back.map(clock),
        steps: FollowUp::of(day, pupil, row.at.session).steps().iter().map(step).collect(),
        claimed_by: row.claims.iter().map(|claim| claim.who.clone()).collect(),
        looked_for: row.looked_for,
        siblings_in: row.siblings_in,
        siblings_out: row.siblings_out,
        day: row.day,
        deadline: row.deadline,
        next_contact: next_call(day, row.pupil).map(next),
    })
}

fn missing_facts(missing: &Missing<'_>) -> MissingFacts {
    MissingFacts {
        since: clock(missing.call.at.time()),
        ended_at: missing.ended.as_ref().map(|end| clock(end.at)),
        ended: missing.ended.as_ref().map(End::describe),
    }
}

fn step(step: &FollowUpStep<'_>) -> StepFacts {
    StepFacts {
        step: step.on_ladder.step.clone(),
        at: step.at.map(clock),
        done: step.done,
        taken_at: step.taken.map(|taken| clock(taken.at.time())),
        taken_by: step.taken.map(|taken| taken.who.clone()),
        words: step.taken.map(|taken| taken.words.clone()),
        from_day: step.on_ladder.day,
    }
}

fn next((contact, phone): (&Contact, &Phone)) -> NextFacts {
    let others = contact.numbers_to_ring().filter(|other| *other != phone);
    NextFacts {
        order: contact.order,
        name: contact.name.clone(),
        relationship: contact.relationship.clone(),
        phone: Some(phone.number.clone()),
        other_phones: others.map(|other| other.number.clone()).collect(),
    }
}

impl Row for UnexplainedFacts {
    /// "Khan, Amira, 8KM, flags CP: tell DSL due in 14 minutes, at 09:40, called once, no answer, next ..."
    fn lines(&self) -> Vec<String> {
        let due = match &self.due {
            None => self.says.clone(),
            Some(DueFacts { step, at, minutes_left: 0 }) => format!("{step} due now, at {at}"),
            Some(due) if due.minutes_left < 0 => {
                format!("{} overdue {}, since {}", due.step, minutes(-due.minutes_left), due.at)
            }
            Some(due) => format!("{} due in {}, at {}", due.step, minutes(due.minutes_left), due.at),
        };
        let due = match self.standing {
            StandingKind::OnTheWay => {
                let by = self
                    .due
                    .as_ref()
                    .filter(|_| !self.overdue)
                    .map_or_else(String::new, |due| format!(", here by {}", due.at));
                format!("{}{by}", self.says)
            }
            StandingKind::LeftUnexplained if self.due.is_some() => format!("{}, {due}", self.says),
            // The session and its mark stand before it.
            StandingKind::ReasonWanted => "in by now, reason wanted".to_owned(),
            StandingKind::LeftUnexplained
            | StandingKind::Due
            | StandingKind::NobodyReached
            | StandingKind::Later
            | StandingKind::AllDone => due,
        };
        let tried = match (self.tried, self.last) {
            (0, _) | (_, None) => "not called yet".to_owned(),
            (1, Some(last)) => format!("called once: {}", last.describe()),
            (n, Some(last)) => format!("called {n} times, last: {}", last.describe()),
        };
        let next = match &self.next_contact {
            Some(next) => {
                let phone = next.phone.as_deref().unwrap_or("no number").to_owned();
                let phone = next.other_phones.iter().fold(phone, |phones, other| format!("{phones} or {other}"));
                format!("next {}, {}, {phone}", next.name, next.relationship)
            }
            None => "nobody left to ring".to_owned(),
        };
        let siblings = match (self.siblings_out, self.siblings_in) {
            (0, 0) => String::new(),
            (0, inside) => format!("siblings in school: {inside}"),
            (out, 0) => format!("siblings also unexplained: {out}"),
            (out, inside) => format!("siblings also unexplained: {out}, in school: {inside}"),
        };
        let unaware = if self.unaware { "MISSING, parent did not know, " } else { "" };
        let ended = self.missing.as_ref().and_then(|missing| Some((&missing.since, missing.ended.as_ref()?)));
        let ended = ended.map(|(since, ended)| format!("parent did not know {since}, {ended}"));
        let mark = self.mark.map_or_else(|| "no mark".to_owned(), |mark| mark.to_string());
        let elsewhere = match self.cause {
            Cause::NotConfirmed => ", nobody has confirmed it",
            Cause::NotThere => ", the provider says not there",
            Cause::NoReason => "",
        };
        let taken: Vec<String> = self.steps.iter().filter_map(StepFacts::taken).collect();
        let deadline = self.deadline.map(|date| format!("reason needed by {}", date.format("%a %-d %b")));
        vec![sentence([
            format!("{}: {unaware}{} {mark}{elsewhere}", self.pupil.introduced(), self.session),
            ended.unwrap_or_default(),
            due,
            if self.day > 1 { format!("day {} of absence", self.day) } else { String::new() },
            taken.join(", "),
            if self.looked_for { "looked for".to_owned() } else { String::new() },
            match self.claimed_by.as_slice() {
                [] => String::new(),
                who => format!("{} calling now", who.join(" and ")),
            },
            tried,
            self.call_back.as_ref().map(|at| format!("ring back at {at}")).unwrap_or_default(),
            next,
            siblings,
            deadline.unwrap_or_default(),
        ])]
    }
}

impl StepFacts {
    /// "tell DSL 09:41 by S Marsh (told Ms Grey)".
    fn taken(&self) -> Option<String> {
        let (at, by) = self.taken_at.as_ref().zip(self.taken_by.as_ref())?;
        let words = self.words.as_ref().filter(|words| !words.is_empty());
        Some(format!("{} {at} by {by}{}", self.step, words.map(|said| format!(" ({said})")).unwrap_or_default()))
    }
}
