//! Files of keys: the compiled-in `keymaps.toml`, the officer's own over it, and all that is wrong with them.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::action::{Action, Entry};
use super::fault::{Fault, Place};
use super::key::Key;
use super::keymap::Keymap;

const BUILT_IN: &str = "keymaps.toml (built in)";

/// Every key of every room. Rooms ask for theirs with [`keymap`](KeymapFile::keymap); what is left unasked for is a
/// fault, and [`faults`](KeymapFile::faults) tells them all at once.
#[derive(Debug, Default)]
pub struct KeymapFile {
    files: usize,
    rooms: BTreeMap<String, Room>,
    faults: Vec<Fault>,
}

#[derive(Debug)]
struct Room {
    place: Place,
    asked_for: bool,
    lines: BTreeMap<String, Line>,
}

/// The keys of one action.
#[derive(Debug)]
struct Line {
    place: Place,
    keys: Vec<Key>,
}

/// Where a file's text stands, to turn its spans into lines.
struct SourceFile<'t> {
    number: usize,
    name: &'t str,
    text: &'t str,
}

impl SourceFile<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        Place::new(self.number, self.name, self.text, span.start)
    }
}

impl KeymapFile {
    /// The keys the program comes with.
    pub fn compiled_in() -> KeymapFile {
        let mut file = KeymapFile::default();
        file.overlay(BUILT_IN, include_str!("../../../keymaps.toml"));
        file
    }

    /// Lays a text over what is there: an action it names has the keys it gives, `[]` for none; all others keep theirs.
    pub fn overlay(&mut self, name: &str, text: &str) {
        let file = SourceFile { number: self.files, name, text };
        self.files += 1;
        match DeTable::parse(text) {
            Ok(document) => self.read(&file, document.get_ref()),
            Err(error) => {
                let place = file.place(error.span().unwrap_or_default());
                let message = format!("column {}: {}", place.column, error.message());
                self.faults.push(Fault::new(&place, "", message));
            }
        }
    }

    fn read(&mut self, file: &SourceFile, document: &DeTable) {
        for (name, value) in document {
            let place = file.place(name.span());
            let name: &str = name.get_ref();
            let DeValue::Table(table) = value.get_ref() else {
                let text = format!("keys stand under a room; write [{name}], and below it action = \"key\"");
                self.faults.push(Fault::new(&place, name, text));
                continue;
            };
            let room = Room { place, asked_for: false, lines: BTreeMap::new() };
            let room = self.rooms.entry(name.to_owned()).or_insert(room);
            for (action, value) in table {
                let place = file.place(action.span());
                let action: &str = action.get_ref();
                match keys(value.get_ref()) {
                    Ok(keys) => {
                        room.lines.insert(action.to_owned(), Line { place, keys });
                    }
                    Err(wrong) => self.faults.extend(wrong.into_iter().map(|(span, text)| {
                        let place = span.map_or(place.clone(), |span| file.place(span));
                        Fault::new(&place, format!("{name}.{action}"), text)
                    })),
                }
            }
        }
    }

    /// The keys of a room; its faults are noted.
    pub fn keymap<A: Action>(&mut self) -> Keymap<A> {
        let Some(room) = self.rooms.get_mut(A::ROOM) else {
            let place = Place::new(0, BUILT_IN, "", 0);
            self.faults.push(Fault::new(&place, A::ROOM, format!("the room is missing; write [{}]", A::ROOM)));
            return Keymap::new(Vec::new());
        };
        room.asked_for = true;
        let mut bound: Vec<Bound<A>> = Vec::new();
        for entry in A::ALL {
            let Some(line) = room.lines.get(entry.name) else {
                let text = format!("the action is missing; write {} = [] if it is to have no key", entry.name);
                self.faults.push(Fault::new(&room.place, about(entry), text));
                continue;
            };
            for key in &line.keys {
                let this = Bound { place: &line.place, key: *key, entry };
                let fault = match bound.iter().find(|other| other.key == this.key) {
                    Some(other) => Some(clash(&this, other)),
                    None => unfit::<A>(*key, entry).map(|text| Fault::new(&line.place, about(entry), text)),
                };
                match fault {
                    Some(fault) => self.faults.push(fault),
                    None => bound.push(this),
                }
            }
        }
        let known: Vec<&str> = A::ALL.iter().map(|entry| entry.name).collect();
        for (name, line) in room.lines.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            let text = format!("there is no such action; {} has {}", A::ROOM, known.join(", "));
            self.faults.push(Fault::new(&line.place, format!("{}.{name}", A::ROOM), text));
        }
        Keymap::new(bound.into_iter().map(|Bound { key, entry, .. }| (key, entry.action)).collect())
    }

    /// Everything wrong, in the order of the files, once every room has asked for its keys: a room nobody asked for is
    /// unknown.
    pub fn faults(mut self) -> Vec<Fault> {
        let known: Vec<&str> =
            self.rooms.iter().filter(|(_, room)| room.asked_for).map(|(name, _)| name.as_str()).collect();
        for (name, room) in self.rooms.iter().filter(|(_, room)| !room.asked_for) {
            let text = format!("there is no such room; the rooms are {}", known.join(", "));
            self.faults.push(Fault::new(&room.place, name, text));
        }
        self.faults.sort();
        self.faults
    }
}

/// What is wrong with a value, and where if it is not the whole line.
type Wrong = Vec<(Option<Range<usize>>, String)>;

/// The keys of a value: one text, or a list of them. All of its faults, if it has any.
fn keys(value: &DeValue) -> Result<Vec<Key>, Wrong> {
    let key = |value: &DeValue| match value {
        DeValue::String(text) => text.parse::<Key>().map_err(|error| error.to_string()),
        _ => Err("a key is written \"x\", several [\"x\", \"enter\"], none []".to_owned()),
    };
    let DeValue::Array(list) = value else {
        return key(value).map(|key| vec![key]).map_err(|message| vec![(None, message)]);
    };
    let (mut keys, mut wrong) = (Vec::new(), Vec::new());
    for item in list {
        match key(item.get_ref()) {
            Ok(key) => keys.push(key),
            Err(message) => wrong.push((Some(item.span()), message)),
        }
    }
    if wrong.is_empty() { Ok(keys) } else { Err(wrong) }
}

/// A key with its meaning, and the line that gives it.
struct Bound<'f, A: 'static> {
    place: &'f Place,
    key: Key,
    entry: &'static Entry<A>,
}

/// `registers.chase`
fn about<A: Action>(entry: &Entry<A>) -> String {
    format!("{}.{}", A::ROOM, entry.name)
}

/// One key given twice. Told of the later line: the officer can change their own file, not the built-in one.
fn clash<A: Action>(this: &Bound<A>, that: &Bound<A>) -> Fault {
    let key = this.key;
    if this.entry.action == that.entry.action {
        return Fault::new(this.place, about(this.entry), format!("\"{key}\" stands there twice; take one out"));
    }
    let (later, earlier) = if this.place > that.place { (this, that) } else { (that, this) };
    let (other, place) = (earlier.entry.name, earlier.place);
    let text = format!("\"{key}\" is already {other} ({place}); give one of the two another key");
    Fault::new(later.place, about(later.entry), text)
}

/// Why a key must not have this meaning, and what to do instead.
///
/// The bytes of an arrow key may arrive apart; what is left of it then looks like Esc, `[` or `O`, and a capital. So may those by
/// which a terminal says that its window has come to the front (`I`) or is there no longer (`O`).
fn unfit<A: Action>(key: Key, entry: &Entry<A>) -> Option<String> {
    let letter = key.character();
    if A::TYPED && letter.is_some() {
        return Some(format!("\"{key}\" is text in {}; use ctrl, alt or a named key", A::ROOM));
    }
    let why = if matches!(letter, Some('[' | 'O' | 'A'..='I' | 'P'..='S' | 'Z')) {
        "a broken arrow key can arrive as"
    } else if ["esc", "ctrl-c"].contains(&key.to_string().as_str()) {
        "one gets away with"
    } else {
        return None;
    };
    entry.records.then(|| format!("{} writes to the record, and {why} \"{key}\"; use a small letter", entry.name))
}

#[cfg(test)]
mod tests;
