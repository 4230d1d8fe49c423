//! One key, as it is written in `keymaps.toml` and as the terminal sends it.

use std::fmt;
use std::str::FromStr;

use crokey::{KeyCombination, OneToThree};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key: `"x"`, `"G"`, `"?"`, `"ctrl-x"`, `"alt-x"`, `"shift-tab"`, `"enter"`, `"pagedown"`, `"f2"`.
///
/// crokey knows the names; a character is taken as it is typed, because crokey would take `G` for `g`, and knows no `é`.
/// Shift is only told of keys that no character tells apart, such as `shift-tab`: a terminal sends `G`, not shift and `g`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Key(KeyCombination);

/// Why a text is no key.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UnreadableKey {
    /// Nothing of that name is on a keyboard.
    #[error(
        "\"{0}\" is no key; keys are written \"x\", \"X\", \"?\", \"ctrl-x\", \"shift-tab\", \"enter\", \"pagedown\""
    )]
    Unknown(String),
    /// A keyboard has it, but a terminal sends something else.
    #[error("no terminal sends \"{0}\"; write \"{1}\"")]
    NeverSent(String, String),
}

const MODIFIERS: [(&str, KeyModifiers); 3] =
    [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT), ("shift-", KeyModifiers::SHIFT)];

impl Key {
    /// The key of that code and those modifiers, in the one form in which keys are compared.
    pub fn new(code: KeyCode, modifiers: KeyModifiers) -> Key {
        let mut modifiers = modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match code {
            KeyCode::Char(letter) => {
                let shifted = modifiers.contains(KeyModifiers::SHIFT);
                modifiers.remove(KeyModifiers::SHIFT);
                KeyCode::Char(if modifiers.contains(KeyModifiers::CONTROL) {
                    letter.to_ascii_lowercase()
                } else if shifted {
                    only(letter.to_uppercase()).unwrap_or(letter)
                } else {
                    letter
                })
            }
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            other => other,
        };
        if code == KeyCode::BackTab {
            modifiers.insert(KeyModifiers::SHIFT);
        }
        Key(KeyCombination::one_key(code, modifiers))
    }

    /// The key of a single typed character.
    pub fn typed(letter: char) -> Key {
        Key::new(KeyCode::Char(letter), KeyModifiers::NONE)
    }

    /// The character this key types, if it types one.
    pub fn character(self) -> Option<char> {
        match self.0 {
            KeyCombination { codes: OneToThree::One(KeyCode::Char(letter)), modifiers: KeyModifiers::NONE } => {
                Some(letter)
            }
            _ => None,
        }
    }

    /// What the terminal sends instead, when it cannot send this: Ctrl has only 32 codes, and some are keys themselves.
    fn sent_instead(self) -> Option<&'static str> {
        let KeyCombination { codes: OneToThree::One(KeyCode::Char(letter)), modifiers } = self.0 else { return None };
        if !modifiers.contains(KeyModifiers::CONTROL) {
            return None;
        }
        match letter {
            'i' => Some("tab"),
            'm' => Some("enter"),
            '[' | '3' => Some("esc"),
            '/' | '_' => Some("ctrl-7"),
            '8' | '?' => Some("backspace"),
            '@' | '2' => Some("ctrl-space"),
            '\\' => Some("ctrl-4"),
            ']' => Some("ctrl-5"),
            '^' => Some("ctrl-6"),
            _ => None,
        }
    }
}

/// The one character of an iterator that has only one.
fn only(mut letters: impl Iterator<Item = char>) -> Option<char> {
    letters.next().filter(|_| letters.next().is_none())
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Key {
        Key::new(event.code, event.modifiers)
    }
}

impl From<Key> for KeyEvent {
    fn from(key: Key) -> KeyEvent {
        let mut event: KeyEvent = key.0.into();
        if let KeyCode::Char(letter) = event.code
            && letter.is_uppercase()
        {
            event.modifiers.insert(KeyModifiers::SHIFT);
        }
        event
    }
}

impl FromStr for Key {
    type Err = UnreadableKey;

    fn from_str(text: &str) -> Result<Key, UnreadableKey> {
        let mut name = text;
        let mut modifiers = KeyModifiers::NONE;
        while let Some((rest, modifier)) =
            MODIFIERS.iter().find_map(|(prefix, modifier)| Some((name.strip_prefix(prefix)?, *modifier)))
        {
            name = rest;
            modifiers.insert(modifier);
        }
        let unknown = || UnreadableKey::Unknown(text.to_owned());
        let code = match only(name.chars()) {
            Some(letter) if letter.is_control() => return Err(unknown()),
            // Which character shift and 1 type is the keyboard's affair.
            Some(letter) if modifiers.contains(KeyModifiers::SHIFT) && !letter.is_alphabetic() => return Err(unknown()),
            Some(letter) => KeyCode::Char(letter),
            None => match crokey::parse(name).map_err(|_| unknown())?.codes {
                // What is left is a name; "cmd-x" and "a-b" are more than one key or none.
                OneToThree::One(code) if !name.contains('-') => code,
                _ => return Err(unknown()),
            },
        };
        let key = Key::new(code, modifiers);
        let control_shift = modifiers.contains(KeyModifiers::CONTROL | KeyModifiers::SHIFT);
        let instead = match key.sent_instead() {
            Some(instead) => instead.to_owned(),
            None if control_shift && matches!(code, KeyCode::Char(_)) => key.to_string(),
            None => return Ok(key),
        };
        Err(UnreadableKey::NeverSent(text.to_owned(), instead))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OneToThree::One(code) = self.0.codes else { return Err(fmt::Error) };
        let held = MODIFIERS.iter().filter(|(_, modifier)| self.0.modifiers.contains(*modifier));
        let mut written: String = held.map(|(prefix, _)| *prefix).collect();
        match code {
            KeyCode::Char(' ') => written.push_str("space"),
            KeyCode::Char(letter) => written.push(letter),
            KeyCode::BackTab => written.push_str("tab"),
            named => written.push_str(&KeyCombination::from(named).to_string().to_lowercase()),
        }
        f.pad(&written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    #[test]
    fn a_key_is_written_as_it_is_read() {
        for text in [
            "x",
            "G",
            "?",
            "/",
            ":",
            "-",
            "[",
            "~",
            "é",
            "£",
            "É",
            "1",
            "space",
            "esc",
            "enter",
            "tab",
            "shift-tab",
            "up",
            "down",
            "left",
            "right",
            "home",
            "end",
            "pageup",
            "pagedown",
            "backspace",
            "delete",
            "insert",
            "f1",
            "f12",
            "ctrl-x",
            "ctrl-space",
            "alt-x",
            "alt-X",
            "ctrl-left",
            "shift-up",
            "ctrl-alt-delete",
            "alt--",
        ] {
            assert_eq!(key(text).to_string(), text);
        }
    }

    #[test]
    fn other_spellings_are_the_same_key() {
        for (spelling, usual) in [
            ("shift-g", "G"),
            ("shift-G", "G"),
            ("ctrl-X", "ctrl-x"),
            ("alt-ctrl-x", "ctrl-alt-x"),
            ("backtab", "shift-tab"),
            ("Enter", "enter"),
            ("PageDown", "pagedown"),
            ("minus", "-"),
            ("del", "delete"),
            (" ", "space"),
        ] {
            assert_eq!(key(spelling).to_string(), usual);
        }
    }

    #[test]
    fn what_the_terminal_sends_is_what_was_written() {
        let sent = [
            (KeyCode::Char('G'), KeyModifiers::SHIFT, "G"),
            (KeyCode::Char('G'), KeyModifiers::NONE, "G"),
            (KeyCode::Char('?'), KeyModifiers::SHIFT, "?"),
            (KeyCode::Char('?'), KeyModifiers::NONE, "?"),
            (KeyCode::Char('É'), KeyModifiers::SHIFT, "É"),
            (KeyCode::Char(' '), KeyModifiers::NONE, "space"),
            (KeyCode::Char('c'), KeyModifiers::CONTROL, "ctrl-c"),
            (KeyCode::BackTab, KeyModifiers::SHIFT, "shift-tab"),
            (KeyCode::BackTab, KeyModifiers::NONE, "shift-tab"),
            (KeyCode::Tab, KeyModifiers::SHIFT, "shift-tab"),
            (KeyCode::Up, KeyModifiers::SHIFT, "shift-up"),
        ];
        for (code, modifiers, text) in sent {
            assert_eq!(Key::from(KeyEvent::new(code, modifiers)), key(text), "{text}");
            assert_eq!(Key::from(KeyEvent::from(key(text))), key(text), "{text}");
        }
        assert_ne!(key("g"), key("G"));
    }

    #[test]
    fn what_no_key_is_called_is_refused() {
        for text in ["", "ctrl-", "xx", "a-b", "cmd-x", "super-x", "pagdown", "\n", "ctrl-foo", "f25", "ß?", "shift-1"]
        {
            assert_eq!(text.parse::<Key>(), Err(UnreadableKey::Unknown(text.to_owned())));
        }
    }

    #[test]
    fn what_no_terminal_sends_is_refused_with_what_it_does_send() {
        for (text, sent) in [
            ("ctrl-i", "tab"),
            ("ctrl-M", "enter"),
            ("ctrl-[", "esc"),
            ("ctrl-/", "ctrl-7"),
            ("ctrl-shift-x", "ctrl-x"),
        ] {
            assert_eq!(text.parse::<Key>(), Err(UnreadableKey::NeverSent(text.to_owned(), sent.to_owned())));
        }
    }
}
