//! The keys of one room.

use super::action::{Action, Entry};
use super::key::Key;

/// What each key means in a room.
#[derive(Clone, Debug)]
pub struct Keymap<A: 'static> {
    bound: Vec<(Key, A)>,
}

/// A line of help: the keys, and what they do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HelpRow {
    /// "j, down".
    pub keys: String,
    /// "one down".
    pub help: &'static str,
}

/// An action that can be pressed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pressable {
    /// The key that a footer shows.
    pub key: String,
    /// What it does.
    pub help: &'static str,
    /// Other words that it is looked for by.
    pub also: &'static str,
}

/// A room's keys, for help and `docs/keys.md`: its heading, and a row an action.
pub type RoomHelp = (&'static str, Vec<HelpRow>);

impl<A: Action> Keymap<A> {
    /// A keymap of the keys as bound: the first of two meanings wins.
    pub(super) fn new(bound: Vec<(Key, A)>) -> Keymap<A> {
        Keymap { bound }
    }

    /// What `key` means here.
    pub fn get(&self, key: impl Into<Key>) -> Option<A> {
        let key = key.into();
        self.bound.iter().find(|(bound, _)| *bound == key).map(|(_, action)| *action)
    }

    /// The keys of an action, as they are written, the best known first.
    pub fn keys(&self, action: A) -> Vec<String> {
        self.bound.iter().filter(|(_, bound)| *bound == action).map(|(key, _)| key.to_string()).collect()
    }

    /// The key of an action that a footer shows.
    pub fn first_key(&self, action: A) -> Option<String> {
        self.bound.iter().find(|(_, bound)| *bound == action).map(|(key, _)| key.to_string())
    }

    /// That key and what it does here, in a footer's words; a footer leaves out what has no key.
    pub fn hint(&self, action: A, does: &str) -> (String, String) {
        (self.first_key(action).unwrap_or_default(), does.to_owned())
    }

    /// A hint for each of several actions.
    pub fn hints(&self, shown: &[(A, &str)]) -> Vec<(String, String)> {
        shown.iter().map(|(action, does)| self.hint(*action, does)).collect()
    }

    /// The actions that can be pressed.
    pub fn pressable(&self) -> Vec<Pressable> {
        let of = |entry: &Entry<A>| {
            Some(Pressable { key: self.first_key(entry.action)?, help: entry.help, also: entry.also })
        };
        A::ALL.iter().filter_map(of).collect()
    }

    /// A line of help for every action that has a key.
    pub fn help(&self) -> Vec<HelpRow> {
        let row = |entry: &Entry<A>| HelpRow { keys: self.keys(entry.action).join(", "), help: entry.help };
        A::ALL.iter().map(row).filter(|row| !row.keys.is_empty()).collect()
    }
}
