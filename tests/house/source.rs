//! A source file as the rules see it: its words, and the paths it names, each made whole from the crate's root.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A module or an item, from the crate's root: `["store", "mark", "standing"]`.
pub type Names = Vec<String>;

/// One file.
pub struct Source {
    /// "src/store/tables/mark.rs".
    pub file: String,
    pub lines: usize,
    pub words: Vec<String>,
    /// The module the file is.
    pub module: Names,
}

/// A path that a file names: from our own root, or from another crate's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Named {
    Ours(Names),
    Theirs(Names),
}

impl Source {
    pub fn new(file: &str, text: &str) -> Source {
        Source { file: file.to_owned(), lines: text.lines().count(), words: words(text), module: module(file) }
    }

    /// Whether it holds nothing but tests.
    pub fn is_test(&self) -> bool {
        self.module.iter().any(|name| name == "tests" || name == "testing")
    }

    /// Every path in it, whether imported or written out.
    pub fn paths(&self) -> BTreeSet<Named> {
        self.found(|_| true)
    }

    /// The same, but for those within its tests.
    pub fn paths_of_work(&self) -> BTreeSet<Named> {
        self.found(|here| !here.iter().any(|name| name == "tests"))
    }

    fn found(&self, counts: impl Fn(&[String]) -> bool) -> BTreeSet<Named> {
        let mut found = BTreeSet::new();
        let mut inside = vec![(0, self.module.clone())];
        let (mut depth, mut at) = (0, 0);
        while at < self.words.len() {
            let word = self.word(at);
            match word {
                "{" => depth += 1,
                "}" => {
                    depth -= 1;
                    inside.retain(|(opened, _)| *opened <= depth);
                }
                "mod" if self.word(at + 2) == "{" => {
                    let module = [inside.last().unwrap().1.clone(), vec![self.word(at + 1).to_owned()]].concat();
                    inside.push((depth + 1, module));
                }
                _ => {}
            }
            let here = inside.last().unwrap().1.clone();
            let begins = at == 0 || self.word(at - 1) != "::";
            if word == "use" && self.word(at + 1) != "<" {
                let mut named = BTreeSet::new();
                at = self.tree(at + 1, &[], &here, &mut named);
                found.extend(named.into_iter().filter(|_| counts(&here)));
                continue;
            } else if begins && is_name(word) && self.word(at + 1) == "::" {
                let (path, next) = self.path(at);
                found.extend(whole(&path, &here).filter(|_| counts(&here)));
                at = next;
                continue;
            }
            at += 1;
        }
        found
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    /// The path that begins at `at`, and where it ends.
    fn path(&self, mut at: usize) -> (Names, usize) {
        let mut path = vec![self.word(at).to_owned()];
        while self.word(at + 1) == "::" && is_name(self.word(at + 2)) {
            path.push(self.word(at + 2).to_owned());
            at += 2;
        }
        (path, at + 1)
    }

    /// A tree of imports: `a::{b, c::{self, d as e}, f::*}`. Says where it ends.
    fn tree(&self, mut at: usize, before: &[String], here: &[String], found: &mut BTreeSet<Named>) -> usize {
        let mut path = before.to_vec();
        loop {
            match self.word(at) {
                "{" => {
                    at += 1;
                    while self.word(at) != "}" && at < self.words.len() {
                        at = self.tree(at, &path, here, found);
                        at += usize::from(self.word(at) == ",");
                    }
                    return at + 1;
                }
                "as" => at += 1,
                "::" => {}
                // A glob, or the module itself within braces, names the module.
                "*" => found.extend(whole(&path, here)),
                "self" if !path.is_empty() => found.extend(whole(&path, here)),
                word if is_name(word) && self.word(at.wrapping_sub(1)) != "as" => {
                    path.push(word.to_owned());
                    if self.word(at + 1) != "::" {
                        found.extend(whole(&path, here));
                    }
                }
                word if is_name(word) => {}
                _ => return at,
            }
            at += 1;
        }
    }
}

/// `path` as written in the module `here`, from a root.
fn whole(path: &[String], here: &[String]) -> Option<Named> {
    let (mut ours, mut rest) = match path.first()?.as_str() {
        "crate" | "firstbell" => (Vec::new(), &path[1..]),
        "self" => (here.to_vec(), &path[1..]),
        "super" => (here.to_vec(), path),
        _ => return Some(Named::Theirs(path.to_vec())),
    };
    while rest.first().is_some_and(|name| name == "super") {
        ours.pop();
        rest = &rest[1..];
    }
    ours.extend_from_slice(rest);
    Some(Named::Ours(ours))
}

/// The module that a file is: `src/store/mod.rs` is `store`, `src/store/tables/mark.rs` is `store::mark`.
pub fn module(file: &str) -> Names {
    let inside = file.trim_start_matches("src/").trim_end_matches(".rs");
    let names = inside.split('/').map(str::to_owned);
    names.filter(|name| name != "mod" && name != "lib").collect()
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The words of a source text: names, numbers, signs; `::` is one. Comments and what stands in quotes are left out.
pub fn words(text: &str) -> Vec<String> {
    let (letters, mut words, mut at): (Vec<char>, _, _) = (text.chars().collect(), Vec::new(), 0);
    let letter = |at: usize| letters.get(at).copied().unwrap_or('\0');
    let is = |at: usize, sign: &str| sign.chars().enumerate().all(|(n, c)| letter(at + n) == c);
    while at < letters.len() {
        let start = at;
        if is(at, "//") {
            at += letters[at..].iter().take_while(|c| **c != '\n').count();
        } else if is(at, "/*") {
            let mut open = 0;
            loop {
                open += i32::from(is(at, "/*")) - i32::from(is(at, "*/"));
                at += if is(at, "/*") || is(at, "*/") { 2 } else { 1 };
                if open == 0 || at >= letters.len() {
                    break;
                }
            }
        } else if let Some(hashes) = raw_quote(&letters[at..]) {
            let end = format!("\"{}", "#".repeat(hashes));
            at += letters[at..].iter().take_while(|c| **c != '"').count() + 1;
            while at < letters.len() && !is(at, &end) {
                at += 1;
            }
            at += end.len();
        } else if letter(at) == '"' {
            at += 1;
            while at < letters.len() && letter(at) != '"' {
                at += if letter(at) == '\\' { 2 } else { 1 };
            }
            at += 1;
        } else if letter(at) == '\'' && (letter(at + 1) == '\\' || letter(at + 2) == '\'') {
            // A letter in quotes; any other apostrophe begins a lifetime.
            at += if letter(at + 1) == '\\' { 3 } else { 2 };
            while at < letters.len() && letter(at) != '\'' {
                at += 1;
            }
            at += 1;
        } else if letter(at).is_alphanumeric() || letter(at) == '_' {
            at += letters[at..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
            words.push(letters[start..at].iter().collect());
        } else {
            at += if is(at, "::") { 2 } else { 1 };
            let sign: String = letters[start..at].iter().collect();
            words.extend((!sign.trim().is_empty()).then_some(sign));
        }
    }
    words
}

/// How many hashes a raw string that begins here has.
fn raw_quote(letters: &[char]) -> Option<usize> {
    let after = match letters {
        ['b', 'r', after @ ..] | ['r', after @ ..] => after,
        _ => return None,
    };
    let hashes = after.iter().take_while(|c| **c == '#').count();
    (after.get(hashes) == Some(&'"')).then_some(hashes)
}

/// Every Rust file under `folder` of the project, by its path from there.
pub fn files(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut found, mut folders) = (Vec::new(), vec![root.join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let file = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.push(Source::new(&file, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort_by(|a, b| a.file.cmp(&b.file));
    found
}
