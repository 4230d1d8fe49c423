//! The keys of both screens and the global ones, from the file compiled in and the officer's own.

use crate::keys::{Fault, Keymap, KeymapFile, RoomHelp};
use crate::screen::office::keymaps as office;
use crate::screen::{gate, global_keys};

/// Every room's keys.
#[derive(Clone, Debug)]
pub struct Keymaps {
    /// The global keys.
    pub global: Keymap<global_keys::Action>,
    /// The gate.
    pub gate: Keymap<gate::Action>,
    /// The office.
    pub office: office::Keymaps,
}

impl Keymaps {
    /// The keys of `file`, or everything that is wrong with it.
    pub fn read(mut file: KeymapFile) -> Result<Keymaps, Vec<Fault>> {
        let keymaps = Keymaps { global: file.keymap(), gate: file.keymap(), office: office::Keymaps::read(&mut file) };
        let faults = file.faults();
        if faults.is_empty() { Ok(keymaps) } else { Err(faults) }
    }

    /// Every room's help, in the order in which it is shown.
    pub fn help(&self) -> Vec<RoomHelp> {
        let office = &self.office;
        vec![
            ("Anywhere", self.global.help()),
            ("Every list", office.typing.list.help()),
            ("Unmarked registers", office.registers.help()),
            ("Unexplained absences", office.unexplained.help()),
            ("Lateness queue", office.lateness.help()),
            ("Watch list", office.watch.help()),
            ("The call card", office.call.help()),
            ("A step of the ladder", office.step.help()),
            ("A late followed through", office.follow.help()),
            ("Marks that stand at N", office.ageing.help()),
            ("A message about an absence", office.inbound.help()),
            ("Chasing a register", office.chase.help()),
            ("The day's tape", office.tape.help()),
            ("Daily lists for others", office.lists.help()),
            ("A text for CPOMS", office.cpoms.help()),
            ("A register", office.register.help()),
            ("Checks", office.checks.help()),
            ("The search for a pupil", office.search.help()),
            ("A sweep", office.sweep.help()),
            ("The gate", self.gate.help()),
            ("The fire list", office.fire.help()),
            ("Off site", office.off_site.help()),
            ("Reading a card", office.reading.help()),
            ("Masked numbers", office.number.help()),
            ("Every dialog you type in", office.typing.dialog.help()),
            ("Where you type", office.typing.field.help()),
        ]
    }
}
