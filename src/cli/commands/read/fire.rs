//! `fire`: who is on site now, as it prints.

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::answer::PupilFacts;
use crate::domain::code::OnSite;
use crate::domain::day::Day;
use crate::domain::people::pupil::PupilId;
use crate::domain::whereabouts::fire::on_site_for;

/// Who is on site now, a page a tutor group, to be printed: `firstbell fire | lp`
#[derive(clap::Args, Debug)]
pub struct Args {
    /// This tutor group only
    group: Option<String>,
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

/// Print it. Nothing is written, and no lock waited for.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let only = args.group.as_deref().map(|name| desk.group(name)).transpose()?;
    let day = desk.day()?;
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

fn facts(day: &Day, id: PupilId, tutor: Option<String>, on_site: OnSite, why: &str) -> Option<FireFacts> {
    let pupil = PupilFacts::of(&day.roll, day.roll.pupil(id)?);
    Some(FireFacts { pupil, tutor, on_site, why: why.to_owned() })
}
