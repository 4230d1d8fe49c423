//! What keys mean. `keymaps.toml` names a key for every action, room by room; the officer's own file overlays it action
//! by action; each room asks for its own [`Keymap`], and all faults of both files are told together. This floor knows
//! no room by name: a room declares its actions with [`actions!`](crate::actions).

mod action;
mod fault;
mod file;
mod key;
mod keymap;

pub use action::{Action, Entry};
pub use fault::Fault;
pub use file::KeymapFile;
pub use key::{Key, UnreadableKey};
pub use keymap::{HelpRow, Keymap, Pressable, RoomHelp};
