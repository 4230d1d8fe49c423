//! The rules of the house, each a question about one file; what breaks one is said in a sentence.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Named, Names, Source};

/// Bottom up. A room may look below its floor, never at its own neighbours, never up.
const FLOORS: [&[&str]; 7] = [
    &["domain", "keys", "clock"],
    &["config"],
    &["report", "render"],
    &["store"],
    &["exchange", "demo"],
    &["screen", "cli"],
    &["main"],
];

/// What only these rooms may touch.
const TOOLS: [(&str, &[&str]); 7] = [
    ("rusqlite", &["store"]),
    ("ratatui", &["screen"]),
    ("tui_textarea", &["screen"]),
    ("crossterm", &["keys", "screen"]),
    ("clap", &["cli"]),
    ("minijinja", &["render"]),
    ("rust_xlsxwriter", &["render", "exchange"]),
];

/// The folders whose modules are tables of the record: what is made of several is made above them.
const TABLES: [&str; 2] = ["store", "tables"];

/// The folder of what panes and dialogs are made of; they stand on it, and on the files that lie loose beside it.
const WIDGETS: [&str; 2] = ["screen", "widgets"];

/// The folders that hold a room each, or several.
const ROOMS: [&[&str]; 5] = [
    &["screen", "office", "dialogs", "documents"],
    &["screen", "office", "dialogs", "desk"],
    &["screen", "office", "dialogs", "whereabouts"],
    &["screen", "office", "dialogs"],
    &["screen", "office", "panes"],
];

/// The screens beside each other: the app shows the office or the gate, and the guide stands alone.
const SCREENS: [[&str; 2]; 3] = [["screen", "office"], ["screen", "gate"], ["screen", "guide"]];

/// What all panes share.
const PANES: [&str; 3] = ["screen", "office", "panes"];

/// The most entries in a folder: more are two folders.
const ENTRIES_MAX: usize = 25;

/// Who begins a change of the record: everybody else goes by them, and so looks whether the file is still where it was.
const CHANGERS: [&str; 2] = ["src/store/file/change.rs", "src/store/file/schema/mod.rs"];

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
                .or_else(|| sister(file, path))
                .or_else(|| ground(file, path, modules))
                .or_else(|| table(file, path)),
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
    // The root holds the rooms, and the macros that the keys export; it imports nothing itself.
    let Some(here) = file.module.first() else { return Some("the root imports nothing".to_owned()) };
    let there = match path.first().map(String::as_str) {
        Some("actions" | "rooms") => "keys",
        Some(there) => there,
        None => return Some("the root is nobody's to import".to_owned()),
    };
    match (floor_of(here), floor_of(there)) {
        (None, _) => Some(format!("{here} is on no floor")),
        (_, None) => Some(format!("{there} is on no floor")),
        (Some(_), Some(_)) if here == there => None,
        (Some(ours), Some(theirs)) if theirs < ours => None,
        // What writes any report knows reports; they do not know it.
        (Some(_), Some(_)) if (here.as_str(), there) == ("render", "report") => None,
        (Some(ours), Some(theirs)) if theirs == ours => {
            Some("neighbours on one floor do not import each other".to_owned())
        }
        _ => Some("nothing imports upward".to_owned()),
    }
}

/// The pane or dialog that a path lies in; the gate is one room.
fn room_of(path: &[String]) -> Option<&[String]> {
    if path.starts_with(&named(&["screen", "gate"])) {
        return path.get(..2);
    }
    let folder = ROOMS.iter().find(|folder| path.len() > folder.len() && path.starts_with(&named(folder)))?;
    path.get(..=folder.len()).filter(|room| !ROOMS.contains(&&*room.iter().map(String::as_str).collect::<Vec<_>>()))
}

fn named(path: &[&str]) -> Names {
    path.iter().map(|name| (*name).to_owned()).collect()
}

/// The longest beginning of `path` that is a module.
fn module_of<'p>(path: &'p [String], modules: &BTreeSet<Names>) -> &'p [String] {
    (0..=path.len()).rev().map(|end| &path[..end]).find(|part| modules.contains(*part)).unwrap_or_default()
}

/// Whether a module is one of the screen's ground: a widget, or a file that lies loose in its folder.
fn is_ground(module: &[String], modules: &BTreeSet<Names>) -> bool {
    let is_loose = || module.len() == 2 && !modules.iter().any(|one| one.len() > 2 && one.starts_with(module));
    module.first().is_some_and(|room| room == "screen")
        && module.len() > 1
        && (module.starts_with(&named(&WIDGETS)) || is_loose())
}

fn room(file: &Source, path: &Names, modules: &BTreeSet<Names>) -> Option<String> {
    let here = room_of(&file.module)?;
    let module = module_of(path, modules);
    let may = match path.first().map(String::as_str) {
        Some("domain" | "keys" | "report" | "actions" | "rooms") => true,
        Some("screen") => module.starts_with(here) || module == named(&PANES) || is_ground(module, modules),
        _ => false,
    };
    (!may).then(|| "a room stands on the domain, the keys, documents and the screen's ground alone".to_owned())
}

fn sister(file: &Source, path: &Names) -> Option<String> {
    let screen = |path: &Names| SCREENS.iter().position(|screen| path.starts_with(&named(screen)));
    let (here, there) = (screen(&file.module)?, screen(path)?);
    (here != there).then(|| "screens do not import each other".to_owned())
}

fn ground(file: &Source, path: &Names, modules: &BTreeSet<Names>) -> Option<String> {
    // What all panes share is ground to them.
    let stands_below = is_ground(&file.module, modules) || file.module == named(&PANES);
    let may = matches!(path[0].as_str(), "domain" | "report" | "keys" | "actions" | "rooms")
        || is_ground(module_of(path, modules), modules);
    (stands_below && !may).then(|| "the ground knows nobody who stands on it, nor the record".to_owned())
}

fn table(file: &Source, path: &Names) -> Option<String> {
    let table = |path: &Names| path.get(2).filter(|_| path.starts_with(&named(&TABLES))).cloned();
    let (here, there) = (table(&file.module)?, table(path)?);
    (here != there).then(|| "tables do not import each other".to_owned())
}

/// Every circle of imports: modules of one folder that need each other, each with all that lies in its own folder. Tests may look
/// wherever they like.
pub fn circles(files: &[Source]) -> Vec<String> {
    let modules: BTreeSet<Names> = files.iter().map(|file| file.module.clone()).collect();
    let mut needs: BTreeMap<Names, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        for path in file.paths_of_work() {
            let Named::Ours(path) = path else { continue };
            let there = module_of(&path, &modules);
            let shared = file.module.iter().zip(there).take_while(|(one, other)| one == other).count();
            if let (Some(one), Some(other)) = (file.module.get(shared), there.get(shared)) {
                let folder = needs.entry(file.module[..shared].to_vec()).or_default();
                folder.entry(one.clone()).or_default().insert(other.clone());
            }
        }
    }
    let mut found = Vec::new();
    for (folder, needs) in &needs {
        for module in needs.keys().filter(|module| reaches(needs, module, module)) {
            found.push(format!(
                "{} is in a circle of imports",
                [folder.as_slice(), std::slice::from_ref(module)].concat().join("::")
            ));
        }
    }
    found
}

/// Whether `from` needs `to`, directly or through others.
fn reaches(needs: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(module) = open.pop() {
        for next in needs.get(module).into_iter().flatten() {
            if next == to {
                return true;
            }
            if seen.insert(next.as_str()) {
                open.push(next);
            }
        }
    }
    false
}

/// Folders with more entries than a newcomer can look over, and modules written in two ways.
pub fn folders(files: &[Source]) -> Vec<String> {
    let mut entries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in files {
        let mut path = file.file.as_str();
        while let Some((folder, entry)) = path.rsplit_once('/') {
            entries.entry(folder).or_default().insert(entry);
            path = folder;
        }
    }
    let too_many = entries.iter().filter(|(_, entries)| entries.len() > ENTRIES_MAX);
    let mut faults: Vec<String> = too_many
        .map(|(folder, entries)| format!("{folder} has {} entries: {ENTRIES_MAX} are enough", entries.len()))
        .collect();
    let beside =
        files.iter().filter(|file| file.file.strip_suffix(".rs").is_some_and(|folder| entries.contains_key(folder)));
    faults.extend(beside.map(|file| format!("{} lies beside its folder: it is the folder's mod.rs", file.file)));
    faults
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
