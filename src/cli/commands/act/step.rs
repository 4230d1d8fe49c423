//! `step`: an event on the ladder: somebody told, a visit made.

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::domain::absence::unexplained::{FollowUp, unexplained_pupil};
use crate::domain::act::{Act, TakeStep};
use crate::domain::name::{clean, meant};
use crate::domain::school::ladder::{DoneBy, Step};

/// Record a step of the ladder about an absence: somebody was told, a visit was made
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    name: String,
    /// The step, or part of its name: “tell DSL”, “visit”
    step: String,
    /// To whom, and what was said
    words: Vec<String>,
}

/// Record it about the session the pupil is unexplained in, else the current one.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let current = desk.current()?;
    let id = desk.pupil(&args.name, current.date)?;
    let day = desk.day()?;
    let row = unexplained_pupil(&day, id, current.session, desk.local().time());
    let at = row.map_or(current, |row| row.at);
    let follow_up = day.roll.pupil(id).map(|pupil| FollowUp::of(&day, pupil, at.session));
    let steps: Vec<&Step> = follow_up.iter().flat_map(FollowUp::steps).map(|step| step.on_ladder).collect();
    let found = meant(&args.step, &steps, |step| step.step.clone());
    let [step] = found.as_slice() else {
        let wrong = if found.is_empty() { "is no step" } else { "is more than one step" };
        let (name, all) = (day.roll.name_and_group(id), steps.iter().map(|step| step.step.as_str()));
        let all = all.collect::<Vec<_>>().join(", ");
        return desk.forbid(format!("“{}” {wrong} for {name}: name one of {all}", clean(&args.step)));
    };
    match step.done_by() {
        DoneBy::Event => {}
        DoneBy::Call => return desk.forbid(format!("a call does “{}”: log the call", step.step)),
        DoneBy::Contacts => return desk.forbid(format!("calls to every contact do “{}”: log them", step.step)),
    }
    let words = clean(&args.words.join(" "));
    if let Some(whom) = step.tells().filter(|_| words.is_empty()) {
        return desk.forbid(format!("say who was told: the name of the {whom}"));
    }
    desk.perform(&Act::TakeStep(TakeStep { pupils: vec![id], at, step: step.step.clone().into(), words }))
}
