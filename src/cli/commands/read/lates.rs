//! `lates`: everybody who came late today, and how far each late is followed through.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::{PupilFacts, Row};
use crate::cli::text::{clock, sentence};
use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::act::wording::{self, shows_step};
use crate::domain::calendar::duration::duration;
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::late_step::{LateFollowed, LateStep};
use crate::domain::facts::register::ordinal;
use crate::domain::late::followed::following;
use crate::domain::late::lateness::{Late, lates, tally};
use crate::domain::school::staff::Role;

/// Everybody who came late today, how often, and how far each late is followed through
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Only this year group
    #[arg(long, value_name = "YEAR")]
    year: Option<i64>,
}

/// One late pupil.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LateFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    session: Session,
    time: Option<String>,
    mark: Mark,
    reason: Option<String>,
    logged_by: Option<String>,
    nth: usize,
    week_minutes: i64,
    state: String,
    next: Option<String>,
    steps: Vec<LateStepFacts>,
}

/// One step of following it through.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LateStepFacts {
    step: LateStep,
    words: String,
    at: String,
    by: String,
    counts: bool,
}

/// List them.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let Some(session) = desk.session_or_closed()? else { return Ok(()) };
    let day = desk.day()?;
    let year_of = |late: &Late| day.roll.pupil(late.pupil).and_then(|pupil| day.roll.year_of(pupil));
    let wanted = lates(&day, session).into_iter().filter(|late| args.year.is_none() || year_of(late) == args.year);
    let role = desk.officer.role;
    let late = wanted.filter_map(|late| facts(&day, late, session, role));
    let rows: Vec<LateFacts> = late.map(|row| LateFacts { pupil: desk.seen(row.pupil), ..row }).collect();
    let who = args.year.map(|year| format!(" of Year {year}")).unwrap_or_default();
    let heading = format!("Lates{who}: {}.", rows.len());
    let nobody = args.year.map(|year| format!(" in Year {year}")).unwrap_or_default();
    desk.answer(&heading, &format!("Nobody{nobody} has come late."), rows)
}

fn facts(day: &Day, late: Late, current: Session, role: Role) -> Option<LateFacts> {
    let pupil = day.roll.pupil(late.pupil)?;
    let followed = following(day, &late).only(|step| shows_step(step, role));
    let words = check_matter(role, Matter::Card).is_ok();
    let steps = followed.done.iter().map(|one| LateStepFacts::of(one, followed.counts(one), words)).collect();
    Some(LateFacts {
        pupil: PupilFacts::of(&day.roll, pupil),
        session: late.session,
        time: late.time.map(clock),
        mark: late.mark,
        nth: tally(day, late.pupil, late.session).half_term,
        week_minutes: tally(day, late.pupil, current).week_minutes,
        state: followed.state().to_owned(),
        steps,
        next: followed.next.map(|next| next.describe()),
        reason: wording::late_reason(late.reason, role, &day.roll.school),
        logged_by: late.logged_by,
    })
}

impl LateStepFacts {
    /// With the words, for whoever may read what was said of a pupil.
    fn of(followed: &LateFollowed, counts: bool, in_words: bool) -> LateStepFacts {
        let words = if in_words { followed.words.clone() } else { String::new() };
        let (at, by) = (clock(followed.at.time()), followed.who.clone());
        LateStepFacts { step: followed.step, words, at, by, counts }
    }
}

impl Row for LateFacts {
    /// "08:57, Idris, Bea, 8KM: L 17 min, AM, bus, logged by J Ito, 3rd this half-term, 42 min this week, met."
    fn lines(&self) -> Vec<String> {
        let time = self.time.as_deref().unwrap_or("time not known");
        let logged = self.logged_by.as_ref().map(|who| format!("logged by {who}"));
        let next = self.next.as_ref().map(|next| format!("next: {next}"));
        vec![sentence([
            format!("{time}, {}: {}", self.pupil.introduced(), self.mark),
            self.session.to_string(),
            self.reason.clone().unwrap_or_else(|| "no reason given".to_owned()),
            logged.unwrap_or_else(|| "from the register".to_owned()),
            format!("{} this half-term", ordinal(self.nth)),
            format!("{} this week", duration(self.week_minutes, " min")),
            self.state.clone(),
            next.unwrap_or_default(),
        ])]
    }
}
