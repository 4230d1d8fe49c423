//! The keys of the office's panes and dialogs.

use std::rc::Rc;

use super::dialogs::desk::tape;
use super::dialogs::documents::{lists, sheet};
use super::dialogs::{ageing, call, chase, checks, fire, follow, inbound, off_site, register, search, step, sweep};
use super::panes::{lateness, registers, unexplained, watch};
use crate::keys::{Action, Keymap, KeymapFile};
use crate::screen::widgets::dialog::{SharedTyping, Typing};
use crate::screen::widgets::{reading, reveal};

/// The keys of the office's panes and dialogs.
#[derive(Clone, Debug)]
pub struct Keymaps {
    /// Unmarked registers.
    pub registers: Keymap<registers::Action>,
    /// Unexplained absences.
    pub unexplained: Keymap<unexplained::Action>,
    /// Lateness queue.
    pub lateness: Keymap<lateness::Action>,
    /// Watch list.
    pub watch: Keymap<watch::Action>,
    /// The call card.
    pub call: Keymap<call::Action>,
    /// Recording a step of the ladder.
    pub step: Keymap<step::Action>,
    /// A late followed through.
    pub follow: Keymap<follow::Action>,
    /// Marks that have stood at N.
    pub ageing: Keymap<ageing::Action>,
    /// A message about an absence.
    pub inbound: Keymap<inbound::Action>,
    /// Choosing how to chase.
    pub chase: Keymap<chase::Action>,
    /// The day's tape.
    pub tape: Keymap<tape::Action>,
    /// Daily lists for others.
    pub lists: Keymap<lists::Action>,
    /// A text for CPOMS.
    pub cpoms: Keymap<sheet::Action>,
    /// A register, pupil by pupil.
    pub register: Keymap<register::Action>,
    /// What contradicts.
    pub checks: Keymap<checks::Action>,
    /// The search for a pupil.
    pub search: Keymap<search::Action>,
    /// A group gone through.
    pub sweep: Keymap<sweep::Action>,
    /// The fire list.
    pub fire: Keymap<fire::Action>,
    /// Who is off site.
    pub off_site: Keymap<off_site::Action>,
    /// What is read and not written.
    pub reading: Keymap<reading::Action>,
    /// Where numbers are masked.
    pub number: Keymap<reveal::Action>,
    /// What dialogs share.
    pub typing: SharedTyping,
}

impl Keymaps {
    /// The keys of `file`, which notes what is wrong with them.
    pub fn read(file: &mut KeymapFile) -> Keymaps {
        Keymaps {
            registers: file.keymap(),
            unexplained: file.keymap(),
            lateness: file.keymap(),
            watch: file.keymap(),
            call: file.keymap(),
            step: file.keymap(),
            follow: file.keymap(),
            ageing: file.keymap(),
            inbound: file.keymap(),
            chase: file.keymap(),
            tape: file.keymap(),
            lists: file.keymap(),
            cpoms: file.keymap(),
            register: file.keymap(),
            checks: file.keymap(),
            search: file.keymap(),
            sweep: file.keymap(),
            fire: file.keymap(),
            off_site: file.keymap(),
            reading: file.keymap(),
            number: file.keymap(),
            typing: Rc::new(Typing { list: file.keymap(), dialog: file.keymap(), field: file.keymap() }),
        }
    }
}

/// A list of the actions of a room that can be pressed: key, and what it does.
pub fn pressable<A: Action>(keys: &Keymap<A>) -> Vec<(String, &'static str)> {
    A::ALL.iter().filter_map(|entry| Some((keys.first_key(entry.action)?, entry.help))).collect()
}
