//! `sweep`: a group, a class or one pupil is looked for, and each is seen or not.

use chrono::{NaiveTime, Timelike};

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::parse::time;
use crate::domain::act::{Act, Sight};
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::name::clean;
use crate::domain::people::pupil::PupilId;
use crate::domain::whereabouts::sweep::{Place, why_away};

/// Record who of a group was seen, and who was not
#[derive(clap::Args, Debug)]
#[command(after_help = "firstbell sweep 8KM --seen --not-seen amira kofi\n\
                        firstbell sweep amira 8km --not-seen --place library")]
pub struct Args {
    /// The tutor group, the class of this period, “year 9” or “everyone”; or one pupil
    #[arg(required = true)]
    whom: Vec<String>,
    /// Who was seen, each name in quotes; without a name, all the others who are to be looked for
    #[arg(long, value_name = "NAME", num_args = 0..)]
    seen: Option<Vec<String>>,
    /// Who was not; without a name, all the others
    #[arg(long, value_name = "NAME", num_args = 0..)]
    not_seen: Option<Vec<String>>,
    /// Where, for one pupil or if not in the sweep of the group
    #[arg(long)]
    place: Option<String>,
    /// When, if not now
    #[arg(long, value_name = "HH:MM", value_parser = time)]
    at: Option<NaiveTime>,
}

/// Whom it looks for.
struct Group {
    name: String,
    /// Where they are looked for.
    place: String,
    pupils: Vec<PupilId>,
    /// Those who are to be looked for, being neither out nor known to be elsewhere.
    expected: Vec<PupilId>,
}

/// Record it, an act for each pupil; a name that means nobody of them is told before anything is recorded.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let now = desk.local();
    let session = desk.current()?.session;
    let day = desk.day()?;
    let group = group(desk, &day, &args.whom.join(" "), session)?;
    let mut seen_by_pupil: Vec<(PupilId, bool)> = Vec::new();
    let sides = [(&args.seen, true), (&args.not_seen, false)];
    for (name, seen) in sides.iter().flat_map(|(names, seen)| names.iter().flatten().map(move |name| (name, *seen))) {
        let pupil = desk.pupil_of(name, &day, &group.pupils, &group.name)?;
        if seen_by_pupil.iter().any(|(other, _)| *other == pupil) {
            return desk.forbid(format!("{} is named twice", day.roll.name_and_group(pupil)));
        }
        seen_by_pupil.push((pupil, seen));
    }
    let others = sides.iter().filter(|(names, _)| names.as_ref().is_some_and(Vec::is_empty)).map(|(_, seen)| *seen);
    match others.collect::<Vec<_>>().as_slice() {
        [] => {}
        [seen] => {
            let rest: Vec<PupilId> = group
                .expected
                .iter()
                .copied()
                .filter(|id| seen_by_pupil.iter().all(|(named, _)| named != id))
                .collect();
            seen_by_pupil.extend(rest.into_iter().map(|id| (id, *seen)));
        }
        _ => return desk.forbid("say by name who was seen, or who was not: the others are the rest".to_owned()),
    }
    if seen_by_pupil.is_empty() {
        return desk.forbid(format!("say who of {} was seen, by --seen, and who was not, by --not-seen", group.name));
    }
    let place = args.place.as_deref().map_or(group.place, clean);
    let time = args.at.unwrap_or(now.time()).with_second(0).unwrap_or(now.time());
    seen_by_pupil.into_iter().try_for_each(|(pupil, seen)| {
        desk.perform(&Act::Sight(Sight { pupil, date: now.date(), time, seen, place: place.clone() }))
    })
}

/// The group called so, else the one pupil.
fn group(desk: &mut Desk<'_>, day: &Day, whom: &str, session: Session) -> Result<Group, Failure> {
    if let Some(place) = Place::called(whom, day, desk.local().time()) {
        let pupils = place.pupils(day, session);
        let expected = pupils.iter().copied().filter(|id| why_away(day, *id, session).is_none()).collect();
        return Ok(Group { name: place.name(day), place: place.sweep(day), pupils, expected });
    }
    let pupil = desk.pupil(whom, day.date)?;
    let name = day.roll.name_and_group(pupil);
    Ok(Group { name, place: String::new(), pupils: vec![pupil], expected: vec![pupil] })
}
