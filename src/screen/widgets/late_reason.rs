//! The reason of a late, as it is typed at the gate and in the office. Letters may be a name as well: one letter alone is a reason's
//! key, and with Alt it is nothing else.

use crate::domain::name::fold;
use crate::domain::school::LateReason;
use crate::keys::Key;

/// The reason whose key was pressed with Alt: at once, whatever is typed.
pub fn pressed_with_alt(key: Key, reasons: &[LateReason]) -> Option<&LateReason> {
    let key = key.to_string();
    reasons.iter().find(|one| format!("alt-{}", one.key) == key)
}

/// The reason that has this key.
pub fn with_key(letter: char, reasons: &[LateReason]) -> Option<&LateReason> {
    reasons.iter().find(|one| one.key == letter)
}

/// The reason that is typed: its key alone, or the beginning of its words.
pub fn typed<'a>(text: &str, reasons: &'a [LateReason]) -> Option<&'a LateReason> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (None, _) => None,
        (Some(letter), None) => with_key(letter, reasons),
        (Some(_), Some(_)) => reasons.iter().find(|one| fold(&one.says).starts_with(&fold(text))),
    }
}
