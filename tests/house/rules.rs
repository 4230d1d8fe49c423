//! The rules of the house, each a question about one file; what breaks one is said in a sentence.

use std::collections::BTreeSet;

use crate::source::{Named, Names, Source};

/// Bottom up. A room may look below its floor, never at its own neighbours, never up.
const FLOORS: [&[&str]; 6] =
    [&["domain", "keys", "clock"], &["config"], &["store"], &["exchange", "demo"], &["screen", "cli"], &["main"]];

/// What only these rooms may touch.
const TOOLS: [(&str, &[&str]); 5] = [
    ("rusqlite", &["store"]),
    ("ratatui", &["screen"]),
    ("tui_textarea", &["screen"]),
    ("crossterm", &["keys", "screen"]),
    ("clap", &["cli"]),
];

/// What panes and dialogs stand on.
const GROUND: [&str; 13] = [
    "dialog", "event", "field", "layout", "list", "outcome", "picker", "question", "reading", "reveal", "scene",
    "text", "theme",
];

/// The record's aggregates: what is made of several is made above them.
const AGGREGATES: [&str; 17] = [
    "bar",
    "call",
    "disclosure",
    "evidence",
    "facts",
    "late",
    "lesson",
    "mark",
    "message",
    "pin",
    "presence",
    "promise",
    "register",
    "search",
    "sitting",
    "step",
    "watch",
];

/// Who begins a change of the record: everybody else goes by them, and so looks whether the file is still where it was.
const CHANGERS: [&str; 2] = ["src/store/change.rs", "src/store/schema.rs"];

/// Longer files have more than one reason to exist.
const LINES_MAX: usize = 450;
const BAD_NAMES: [&str; 4] = ["utils", "helpers", "manager", "types"];
const BAD_WORDS: [&[&str]; 5] =
    [&["unsafe"], &["todo", "!"], &["unimplemented", "!"], &["dbg", "!"], &["#", "[", "ignore"]];

/// Everything in `file` that breaks a rule about imports; `modules` are all that there are.
pub fn imports(file: &Source, modules: &BTreeSet<Names>) -> Vec<String> {
    let mut faults = Vec::new();
    for path in file.paths() {
        let why = match &path {
            Named::Theirs(path) => tool(file, &path[0]),
            Named::Ours(path) => floor(file, path)
                .or_else(|| room(file, path, modules))
                .or_else(|| ground(file, path))
                .or_else(|| aggregate(file, path)),
        };
        let (Named::Ours(path) | Named::Theirs(path)) = path;
        faults.extend(why.map(|why| format!("{} names {}: {why}", file.file, path.join("::"))));
    }
    faults
}

fn tool(file: &Source, name: &str) -> Option<String> {
    let (_, rooms) = TOOLS.iter().find(|(tool, _)| *tool == name)?;
    let here = file.module.first().map_or("lib", String::as_str);
    (!rooms.contains(&here)).then(|| format!("only {} may", rooms.join(" and ")))
}

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn floor(file: &Source, path: &Names) -> Option<String> {
    // The root holds the rooms, and the macro that the keys export; it imports nothing itself.
    let Some(here) = file.module.first() else { return Some("the root imports nothing".to_owned()) };
    let there = match path.first().map(String::as_str) {
        Some("actions") => "keys",
        Some(there) => there,
        None => return Some("the root is nobody's to import".to_owned()),
    };
    match (floor_of(here), floor_of(there)) {
        (None, _) => Some(format!("{here} is on no floor")),
        (_, None) => Some(format!("{there} is on no floor")),
        (Some(_), Some(_)) if here == there => None,
        (Some(ours), Some(theirs)) if theirs < ours => None,
        (Some(ours), Some(theirs)) if theirs == ours => {
            Some("neighbours on one floor do not import each other".to_owned())
        }
        _ => Some("nothing imports upward".to_owned()),
    }
}

/// The pane or dialog that a path lies in.
fn room_of(path: &[String]) -> Option<&[String]> {
    let is_room = path.len() >= 3 && path[0] == "screen" && (path[1] == "panes" || path[1] == "dialogs");
    is_room.then(|| &path[..3])
}

/// The longest beginning of `path` that is a module.
fn module_of<'p>(path: &'p Names, modules: &BTreeSet<Names>) -> &'p [String] {
    (0..=path.len()).rev().map(|end| &path[..end]).find(|part| modules.contains(*part)).unwrap_or_default()
}

fn room(file: &Source, path: &Names, modules: &BTreeSet<Names>) -> Option<String> {
    let here = room_of(&file.module)?;
    let module = module_of(path, modules);
    let may = match path.first().map(String::as_str) {
        Some("domain" | "keys" | "actions") => true,
        // Its own, what all panes share, or the ground.
        Some("screen") => {
            module.starts_with(here)
                || module == ["screen", "panes"]
                || module.get(1).is_some_and(|name| GROUND.contains(&name.as_str()))
        }
        _ => false,
    };
    (!may).then(|| "a room stands on the domain, the keys and the screen's ground alone".to_owned())
}

fn ground(file: &Source, path: &Names) -> Option<String> {
    let is_ground = |path: &[String]| path.len() > 1 && path[0] == "screen" && GROUND.contains(&path[1].as_str());
    // What all panes share is ground to them.
    let stands_below = is_ground(&file.module) || file.module == ["screen", "panes"];
    let may = matches!(path[0].as_str(), "domain" | "keys" | "actions") || is_ground(path);
    (stands_below && !may).then(|| "the ground knows nobody who stands on it, nor the record".to_owned())
}

fn aggregate(file: &Source, path: &Names) -> Option<String> {
    let aggregate =
        |path: &Names| path.get(1).filter(|name| path[0] == "store" && AGGREGATES.contains(&name.as_str())).cloned();
    let (here, there) = (aggregate(&file.module)?, aggregate(path)?);
    (here != there).then(|| "aggregates do not import each other".to_owned())
}

/// What is wrong with a file's name, length or words.
pub fn manners(file: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    if file.lines > LINES_MAX {
        faults.push(format!("{} has {} lines: {LINES_MAX} are enough", file.file, file.lines));
    }
    for name in file.module.iter().filter(|name| BAD_NAMES.contains(&name.as_str())) {
        faults.push(format!("{}: “{name}” says nothing of what is in it", file.file));
    }
    let begins = file.words.iter().any(|word| word == "transaction_with_behavior");
    if begins && file.file.starts_with("src/") && !CHANGERS.contains(&file.file.as_str()) {
        faults.push(format!("{} begins a change of the record by itself", file.file));
    }
    for bad in BAD_WORDS {
        if file.words.windows(bad.len()).any(|words| words == bad) {
            faults.push(format!("{} has {}", file.file, bad.concat()));
        }
    }
    faults
}
