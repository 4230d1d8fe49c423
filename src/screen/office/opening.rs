//! Which dialog opens for what is asked.

use hashbrown::HashMap;

use super::dialogs::desk::{help, palette, people, tape};
use super::dialogs::documents::lists;
use super::dialogs::documents::sheet::{SheetCard, Which};
use super::dialogs::{
    ageing, call, card, chase, checks, cover, find, fire, follow, inbound, late, mark, movement, numbers, off_site,
    register, search, step, sweep, watch,
};
use super::keymaps::Keymaps;
use crate::domain::day::Past;
use crate::domain::people::pupil::PupilId;
use crate::keys::RoomHelp;
use crate::screen::outcome::Ask;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::dialog::Dialog;
use crate::screen::widgets::picker::SharedFinder;

/// What dialogs are opened with.
pub struct Tools<'a> {
    /// The office's keys.
    pub keymaps: &'a Keymaps,
    /// The finder that pickers share.
    pub finder: &'a SharedFinder,
    /// What came before today for the pupil asked about, if it is known.
    pub past: Option<&'a Past>,
    /// What came before today, of everybody of whom it is known.
    pub pasts: &'a HashMap<PupilId, Past>,
    /// What can be pressed now.
    pub here: Vec<(String, &'static str)>,
    /// What every key does, room by room.
    pub help: Vec<RoomHelp>,
}

/// Open what is asked for.
pub fn open(ask: Ask, context: &ViewContext, tools: Tools<'_>) -> Box<dyn Dialog> {
    let Tools { keymaps, finder, past, pasts, here, help: all_keys } = tools;
    let (typing, finder) = (keymaps.typing.clone(), finder.clone());
    match ask {
        Ask::Find => Box::new(find::Find::new(typing, finder, context)),
        Ask::Card(pupil) => {
            Box::new(card::Card::new(keymaps.reading.clone(), keymaps.number.clone(), pupil, past.cloned(), context))
        }
        Ask::Late(offered) => Box::new(late::Late::new(typing, finder, context, offered)),
        Ask::Call(pupil) => Box::new(call::CallCard::new(keymaps.call.clone(), typing, pupil, context)),
        Ask::Mark(pupil) => Box::new(mark::MarkCard::new(typing, pupil, context)),
        Ask::Inbound(offered) => {
            Box::new(inbound::Inbound::new(keymaps.inbound.clone(), typing, finder, context, offered))
        }
        Ask::Move(chosen) => Box::new(movement::MoveCard::new(typing, finder, context, chosen)),
        Ask::Watch(pupil) => Box::new(watch::WatchCard::new(typing, pupil, context)),
        Ask::Step(pupil) => Box::new(step::StepCard::new(keymaps.step.clone(), typing, pupil, context)),
        Ask::FollowLate(pupil, session) => {
            Box::new(follow::FollowCard::new(keymaps.follow.clone(), typing, pupil, session))
        }
        Ask::ReportLates(year) => Box::new(follow::HeadsCard::new(typing, year, context)),
        Ask::Ageing => Box::new(ageing::AgeingList::new(keymaps.ageing.clone(), typing, context)),
        Ask::HandOver => sheet(keymaps, Which::HandOver, pasts, context),
        Ask::Dsl => sheet(keymaps, Which::Dsl, pasts, context),
        Ask::Pastoral => sheet(keymaps, Which::Pastoral, pasts, context),
        Ask::Lates => sheet(keymaps, Which::Lates, pasts, context),
        Ask::Cpoms(pupil) => sheet(keymaps, Which::Cpoms(pupil), pasts, context),
        Ask::Tape => Box::new(tape::Tape::new(keymaps.tape.clone(), typing)),
        Ask::Lists(chosen) => Box::new(lists::Lists::new(keymaps.lists.clone(), chosen)),
        Ask::Chase(whose) => Box::new(chase::ChaseCard::new(keymaps.chase.clone(), whose)),
        Ask::Cover(group) => Box::new(cover::CoverCard::new(typing, group, context)),
        Ask::Register(whose) => {
            let keys = (keymaps.register.clone(), keymaps.reading.clone());
            Box::new(register::RegisterCard::new(typing, keys, whose, context))
        }
        Ask::Checks => Box::new(checks::Checks::new(keymaps.checks.clone(), typing, context)),
        Ask::Search(pupil) => Box::new(search::SearchCard::new(keymaps.search.clone(), typing, pupil, context)),
        Ask::Sweep => Box::new(sweep::Sweep::new(keymaps.sweep.clone(), typing, context)),
        Ask::Fire => Box::new(fire::Fire::new(typing, keymaps.fire.clone(), context)),
        Ask::OffSite => Box::new(off_site::OffSiteCard::new(typing, keymaps.off_site.clone(), context)),
        Ask::Numbers => {
            Box::new(numbers::Numbers::new(typing, keymaps.reading.clone(), keymaps.number.clone(), context))
        }
        Ask::People => Box::new(people::People::new(keymaps.reading.clone())),
        Ask::Help => Box::new(help::Help::new(keymaps.reading.clone(), all_keys)),
        Ask::Palette => Box::new(palette::Palette::new(typing, here)),
    }
}

fn sheet(keymaps: &Keymaps, which: Which, pasts: &HashMap<PupilId, Past>, context: &ViewContext) -> Box<dyn Dialog> {
    let known = context.day.past.iter().chain(pasts).map(|(pupil, past)| (*pupil, past.clone())).collect();
    Box::new(SheetCard::new(keymaps.reading.clone(), keymaps.cpoms.clone(), which, known, context))
}
