//! Dialogs: at most one is open.

use super::dialog::Dialog;
use super::keymaps::{Keymaps, pressable};
use super::outcome::Ask;
use super::picker::SharedFinder;
use super::scene::Scene;
use crate::domain::day::Past;

pub mod ageing;
pub mod call;
mod card;
pub mod chase;
pub mod checks;
mod find;
pub mod fire;
mod help;
pub mod inbound;
mod late;
mod mark;
mod numbers;
pub mod off_site;
mod palette;
mod register;
pub mod search;
pub mod step;
pub mod sweep;
mod watch;

/// What dialogs are opened with.
pub struct Tools<'a> {
    /// Every room's keys.
    pub keymaps: &'a Keymaps,
    /// The finder that pickers share.
    pub finder: &'a SharedFinder,
    /// What came before today for the pupil asked about, if it is known.
    pub past: Option<&'a Past>,
    /// What can be pressed in the pane that hears keys.
    pub here: Vec<(String, &'static str)>,
}

/// Open what is asked for.
pub fn open(ask: Ask, scene: &Scene, tools: Tools<'_>) -> Box<dyn Dialog> {
    let Tools { keymaps, finder, past, here } = tools;
    let (typing, finder) = (keymaps.typing.clone(), finder.clone());
    match ask {
        Ask::Find => Box::new(find::Find::new(typing, finder, scene)),
        Ask::Card(pupil) => Box::new(card::Card::new(keymaps.reading.clone(), pupil, past.cloned())),
        Ask::Late(offered) => Box::new(late::Late::new(typing, finder, scene, offered)),
        Ask::Call(pupil) => Box::new(call::CallCard::new(keymaps.call.clone(), typing, pupil, scene)),
        Ask::Mark(pupil) => Box::new(mark::MarkCard::new(typing, pupil, scene)),
        Ask::Inbound(offered) => {
            Box::new(inbound::Inbound::new(keymaps.inbound.clone(), typing, finder, scene, offered))
        }
        Ask::Watch(pupil) => Box::new(watch::WatchCard::new(typing, pupil)),
        Ask::Step(pupil) => Box::new(step::StepCard::new(keymaps.step.clone(), typing, pupil, scene)),
        Ask::Ageing => Box::new(ageing::AgeingList::new(keymaps.ageing.clone(), typing, scene)),
        Ask::Chase(group) => Box::new(chase::ChaseCard::new(keymaps.chase.clone(), group)),
        Ask::Register(group) => Box::new(register::RegisterCard::new(typing, keymaps.reading.clone(), group, scene)),
        Ask::Checks => Box::new(checks::Checks::new(keymaps.checks.clone(), typing, scene)),
        Ask::Search(pupil) => Box::new(search::SearchCard::new(keymaps.search.clone(), typing, pupil, scene)),
        Ask::Sweep => Box::new(sweep::Sweep::new(keymaps.sweep.clone(), typing, scene)),
        Ask::Fire => Box::new(fire::Fire::new(typing, keymaps.fire.clone(), scene)),
        Ask::OffSite => Box::new(off_site::OffSiteCard::new(typing, keymaps.off_site.clone(), scene)),
        Ask::Numbers => Box::new(numbers::Numbers::new(typing, keymaps.reading.clone(), scene)),
        Ask::Help => Box::new(help::Help::new(keymaps.reading.clone(), keymaps.help())),
        Ask::Palette => {
            let rows = here.into_iter().chain(pressable(&keymaps.house)).collect();
            Box::new(palette::Palette::new(typing, rows))
        }
    }
}
