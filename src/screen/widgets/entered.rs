//! What a key does in a text field.

use super::dialog::{Action, Typing};
use super::field::Field;
use crate::keys::Key;

/// What a key did where something is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entered {
    /// Nothing further: the cursor moved, or the key means nothing here.
    Nothing,
    /// What is typed may have changed.
    Typed,
    /// Save, or take what is chosen.
    Save,
    /// Close.
    Close,
}

impl Entered {
    /// Handle a key where `field` is the only one.
    pub fn by(key: Key, field: &mut Field, typing: &Typing) -> Entered {
        match typing.dialog.get(key) {
            Some(Action::Save) => Entered::Save,
            Some(Action::Close) => Entered::Close,
            None if field.handle_key(key, &typing.field) => Entered::Typed,
            Some(Action::Next | Action::Previous) | None => Entered::Nothing,
        }
    }
}
