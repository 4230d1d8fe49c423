//! The keys of both screens and the global ones, from the file compiled in and the officer's own.

use crate::keys::{Fault, Keymap, KeymapFile, RoomHelp};
use crate::screen::widgets::sheet;
use crate::screen::{gate, global_keys, guide, office};

/// Every room's keys.
#[derive(Clone, Debug)]
pub struct Keymaps {
    /// The global keys.
    pub global: Keymap<global_keys::Action>,
    /// What is read or listed, taken away.
    pub sheet: Keymap<sheet::Action>,
    /// The gate.
    pub gate: Keymap<gate::Action>,
    /// The guide to a new file.
    pub guide: Keymap<guide::Action>,
    /// The office.
    pub office: office::Keymaps,
}

impl Keymaps {
    /// The keys of `file`, or everything that is wrong with it.
    pub fn read(mut file: KeymapFile) -> Result<Keymaps, Vec<Fault>> {
        let keymaps = Keymaps {
            global: file.keymap(),
            sheet: file.keymap(),
            gate: file.keymap(),
            guide: file.keymap(),
            office: office::Keymaps::read(&mut file),
        };
        let faults = file.faults();
        if faults.is_empty() { Ok(keymaps) } else { Err(faults) }
    }

    /// Those of the guide's screen.
    pub fn for_guide(self) -> guide::Keys {
        guide::Keys { guide: self.guide, global: self.global, typing: self.office.typing }
    }

    /// Every room's help, in the order in which it is shown.
    pub fn help(&self) -> Vec<RoomHelp> {
        let typing = &self.office.typing;
        let mut help = vec![("Anywhere", self.global.help()), ("Every list", typing.list.help())];
        help.push(("Rows marked for one act: unexplained absences, lates, marks at N", typing.several.help()));
        help.extend(self.office.panes.help());
        help.push(("The gate", self.gate.help()));
        help.extend(self.office.dialogs.help());
        help.push(("The guide to a new file (firstbell profile FILE)", self.guide.help()));
        help.push(("What is read or listed", self.sheet.help()));
        help.push(("Every dialog you type in", typing.dialog.help()));
        help.push(("Where you type", typing.field.help()));
        help
    }
}
