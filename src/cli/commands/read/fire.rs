//! `fire`: who is on site now, as it prints; and a tutor group of it ticked off.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::PupilFacts;
use crate::domain::act::{Act, Sight, SightGroup};
use crate::domain::code::OnSite;
use crate::domain::day::Day;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::whereabouts::fire::on_site_for;
use crate::domain::whereabouts::roll_call::{RollCall, Said};

/// Who is on site now, a page a tutor group, to be printed: `firstbell fire | lp`; or a group ticked off in the roll call
#[derive(clap::Args, Debug)]
#[command(after_help = "firstbell fire 8KM --seen --not-seen amira kofi")]
pub struct Args {
    /// This tutor group only
    group: Option<String>,
    /// Everybody of the group is seen of whom this roll call says nothing yet
    #[arg(long, requires = "group")]
    seen: bool,
    /// Who was looked for and not seen, each name in quotes
    #[arg(long, value_name = "NAME", num_args = 1.., requires = "group")]
    not_seen: Vec<String>,
}

impl Args {
    /// Whether it ticks anybody.
    pub fn records(&self) -> bool {
        self.seen || !self.not_seen.is_empty()
    }
}

/// One pupil to account for.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FireFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    tutor: Option<String>,
    on_site: OnSite,
    why: String,
}

/// Print it: nothing is written, and no lock waited for. Or tick a group off.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let only = args.group.as_deref().map(|name| desk.group(name)).transpose()?;
    let day = desk.day()?;
    if let Some(group) = only.filter(|_| args.records()) {
        return tick(desk, &day, group, args);
    }
    let list = on_site_for(&day, desk.local().time(), desk.officer.role);
    if desk.json {
        let groups = list.groups.iter().filter(|group| only.is_none() || group.group == only);
        let rows = groups.flat_map(|group| {
            let tutor = &group.tutor;
            group.pupils.iter().filter_map(|one| facts(&day, one.pupil, tutor.clone(), one.on_site, &one.why))
        });
        let rows = rows.map(|row| FireFacts { pupil: desk.seen(row.pupil), ..row });
        let answer = desk.frame(rows.collect());
        return desk.print_json(&answer);
    }
    desk.print_pages(&list.text(&day.roll, only))
}

/// Whoever was not seen, an act each; then the rest in one act. A name that means nobody of them is told before anything is recorded.
fn tick(desk: &mut Desk<'_>, day: &Day, group: GroupId, args: &Args) -> Result<(), Failure> {
    let now = desk.local();
    let name = day.roll.group(group).map_or_else(String::new, |group| group.name.clone());
    let list = on_site_for(day, now.time(), desk.officer.role);
    let group = list.groups.iter().find(|one| one.group == Some(group));
    let pupils: Vec<PupilId> = group.into_iter().flat_map(|group| &group.pupils).map(|one| one.pupil).collect();
    let call = RollCall::running(day, now.time()).unwrap_or_else(|| RollCall::at(now.time()));
    let said = Said::of(pupils.iter().copied(), &call.sightings(day));
    let named =
        args.not_seen.iter().map(|one| desk.pupil_of(one, day, &pupils, &name)).collect::<Result<Vec<_>, _>>()?;
    let (date, time, place) = (now.date(), now.time(), call.place());
    for pupil in &named {
        desk.perform(&Act::Sight(Sight { pupil: *pupil, date, time, seen: false, place: place.clone() }))?;
    }
    if !args.seen {
        return Ok(());
    }
    let is_open = |id: &PupilId| said.open.contains(id) && !named.contains(id);
    let is_missed = |id: &PupilId| said.not_seen.contains(id) || named.contains(id);
    let (open, but): (Vec<_>, Vec<_>) =
        (pupils.iter().copied().filter(is_open).collect(), pupils.iter().copied().filter(is_missed).collect());
    if open.is_empty() {
        return desk.forbid(format!("{name} is gone through: {} of {} are seen", said.seen.len(), said.all()));
    }
    let since = call.began;
    desk.perform(&Act::SightGroup(SightGroup { group: name, pupils: open, but, date, time, place, since }))
}

fn facts(day: &Day, id: PupilId, tutor: Option<String>, on_site: OnSite, why: &str) -> Option<FireFacts> {
    let pupil = PupilFacts::of(&day.roll, day.roll.pupil(id)?);
    Some(FireFacts { pupil, tutor, on_site, why: why.to_owned() })
}
