//! Every room's keys, from the file compiled in and the officer's own.

use std::rc::Rc;

use super::dialogs::desk::tape;
use super::dialogs::documents::{lists, sheet};
use super::dialogs::{ageing, call, chase, checks, fire, follow, inbound, off_site, register, search, step, sweep};
use super::panes::{lateness, registers, unexplained, watch};
use crate::keys::{Action, Fault, Keymap, KeymapFile, RoomHelp};
use crate::screen::widgets::dialog::{SharedTyping, Typing};
use crate::screen::widgets::{reading, reveal};
use crate::screen::{gate, house};

/// Every room's keys.
#[derive(Clone, Debug)]
pub struct Keymaps {
    /// The house.
    pub house: Keymap<house::Action>,
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
    /// The gate.
    pub gate: Keymap<gate::Action>,
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
    /// The keys of `file`, or everything that is wrong with it.
    pub fn read(mut file: KeymapFile) -> Result<Keymaps, Vec<Fault>> {
        let keymaps = Keymaps {
            house: file.keymap(),
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
            gate: file.keymap(),
            off_site: file.keymap(),
            reading: file.keymap(),
            number: file.keymap(),
            typing: Rc::new(Typing { list: file.keymap(), dialog: file.keymap(), field: file.keymap() }),
        };
        let faults = file.faults();
        if faults.is_empty() { Ok(keymaps) } else { Err(faults) }
    }

    /// Every room's help, in the order in which it is shown.
    pub fn help(&self) -> Vec<RoomHelp> {
        vec![
            ("Anywhere", self.house.help()),
            ("Every list", self.typing.list.help()),
            ("Unmarked registers", self.registers.help()),
            ("Unexplained absences", self.unexplained.help()),
            ("Lateness queue", self.lateness.help()),
            ("Watch list", self.watch.help()),
            ("The call card", self.call.help()),
            ("A step of the ladder", self.step.help()),
            ("A late followed through", self.follow.help()),
            ("Marks that stand at N", self.ageing.help()),
            ("A message about an absence", self.inbound.help()),
            ("Chasing a register", self.chase.help()),
            ("The day's tape", self.tape.help()),
            ("Daily lists for others", self.lists.help()),
            ("A text for CPOMS", self.cpoms.help()),
            ("A register", self.register.help()),
            ("Checks", self.checks.help()),
            ("The search for a pupil", self.search.help()),
            ("A sweep", self.sweep.help()),
            ("The gate", self.gate.help()),
            ("The fire list", self.fire.help()),
            ("Off site", self.off_site.help()),
            ("Reading a card", self.reading.help()),
            ("Masked numbers", self.number.help()),
            ("Every dialog you type in", self.typing.dialog.help()),
            ("Where you type", self.typing.field.help()),
        ]
    }
}

/// A list of the actions of a room that can be pressed: key, and what it does.
pub fn pressable<A: Action>(keys: &Keymap<A>) -> Vec<(String, &'static str)> {
    A::ALL.iter().filter_map(|entry| Some((keys.first_key(entry.action)?, entry.help))).collect()
}
