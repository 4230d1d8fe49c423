//! The templates of letters: those that are built in, and a school's own beside its record, which override by name or are added. A
//! template that cannot be right is told with its file, its line and what to do, before anything is made of it.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use sha2::{Digest, Sha256};

use crate::config::{open_file, plain};
use crate::domain::name::{clean, fold};
use crate::report::letter::{FIELDS, Facts};

macro_rules! built_in {
    ($($name:literal)*) => {
        /// The templates that are built in, by name.
        const BUILT_IN: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../../data/letters/", $name, ".txt"))),)*];
    };
}

built_in! {
    "concern-1" "concern-2" "unexplained" "late" "late-closed" "leave-approved" "leave-refused" "suspected-holiday"
    "meeting-invite" "panel-invite" "after-meeting" "notice-to-improve" "penalty-warning" "return-welcome" "praise-full"
    "praise-improved"
}

/// What a template's file is called after its name.
const ENDING: &str = "txt";
/// More templates than a school writes, and more bytes than one has.
const FILES_MAX: usize = 200;
const BYTES_MAX: u64 = 100_000;

/// A template that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{place}{}: {why}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct LetterFault {
    /// The file, or the name of one that is built in.
    pub place: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub why: String,
}

/// One template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    /// "concern-1"; with a language behind it, "concern-1.polish".
    pub name: String,
    /// Whether it is the school's own.
    pub is_own: bool,
    /// What it is, from the comment that it begins with.
    pub says: String,
    /// The SHA-256 of its text, in hexadecimal digits.
    pub sha256: String,
    /// The fields that it uses.
    pub uses: Vec<String>,
    /// The lists that it makes no sense without.
    pub needs: Vec<String>,
    source: String,
    place: String,
}

/// Every template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Templates(Vec<Template>);

impl Templates {
    /// Those of the `folder`, which need not be there, and those that are built in and not overridden.
    pub fn load(folder: &Path) -> Result<Templates, LetterFault> {
        let fault = |why: String| LetterFault { place: folder.display().to_string(), line: None, why };
        let mut paths = Vec::new();
        match fs::read_dir(folder) {
            Ok(entries) => {
                for entry in entries {
                    paths.push(entry.map_err(|error| fault(plain(&error)))?.path());
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(fault(plain(&error))),
        }
        paths.retain(|path| path.extension().is_some_and(|ending| ending == ENDING));
        paths.sort();
        if paths.len() > FILES_MAX {
            return Err(fault(format!("it holds more than {FILES_MAX} templates")));
        }
        let mut all = Vec::new();
        for path in paths {
            let place = path.display().to_string();
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let fault = |why: String| LetterFault { place: place.clone(), line: None, why };
            let mut text = String::new();
            let read = open_file(&path).and_then(|file| file.take(BYTES_MAX + 1).read_to_string(&mut text));
            read.map_err(|error| fault(plain(&error)))?;
            if text.len() as u64 > BYTES_MAX {
                return Err(fault("it is longer than a letter".to_owned()));
            }
            all.push(Template::parse(&name, &text, &place, true)?);
        }
        for (name, text) in BUILT_IN {
            if !all.iter().any(|own: &Template| own.name == *name) {
                all.push(Template::parse(name, text, name, false)?);
            }
        }
        all.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(Templates(all))
    }

    /// The template of that name; where there is one for the language, that.
    pub fn named(&self, name: &str, language: Option<&str>) -> Option<&Template> {
        let called = |name: &str| self.0.iter().find(|one| one.name == name);
        language.and_then(|language| called(&format!("{name}.{}", fold(language)))).or_else(|| called(name))
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Template> {
        self.0.iter()
    }
}

impl Template {
    /// The template of this text, tried with made-up facts.
    pub fn parse(name: &str, source: &str, place: &str, is_own: bool) -> Result<Template, LetterFault> {
        let fault = |line, why: String| LetterFault { place: place.to_owned(), line, why };
        if name.is_empty() || clean(name) != name || name.contains(' ') {
            return Err(fault(None, "a template is called by letters, digits and hyphens: concern-1.txt".to_owned()));
        }
        let of = |error: &minijinja::Error| fault(error.line(), told(error));
        let environment = environment(source).map_err(|error| of(&error))?;
        let template = environment.get_template(FILE).map_err(|error| of(&error))?;
        let mut uses: Vec<String> = template.undeclared_variables(true).into_iter().collect();
        uses.sort();
        let is_known =
            |field: &str| FIELDS.iter().any(|known| *known == field || known.starts_with(&format!("{field}.")));
        let needs = needs(source);
        if let Some(unknown) = uses.iter().chain(&needs).find(|field| !is_known(field)) {
            let line = source.lines().position(|line| line.contains(unknown.as_str())).map(|place| place + 1);
            return Err(fault(line, format!("there is no field “{}”: docs/casework.md lists them", clean(unknown))));
        }
        let made = Template {
            name: name.to_owned(),
            is_own,
            says: says(source),
            sha256: hex(&Sha256::digest(source.as_bytes())),
            uses,
            needs,
            source: source.to_owned(),
            place: place.to_owned(),
        };
        made.filled(&Facts::made_up())?;
        Ok(made)
    }

    /// Its text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The letter that it makes of these facts.
    pub fn filled(&self, facts: &Facts) -> Result<String, LetterFault> {
        let fault =
            |error: &minijinja::Error| LetterFault { place: self.place.clone(), line: error.line(), why: told(error) };
        let environment = environment(&self.source).map_err(|error| fault(&error))?;
        let filled = environment.get_template(FILE).and_then(|template| template.render(Serde(facts)));
        Ok(filled.map_err(|error| fault(&error))?.trim().to_owned())
    }
}

/// Its name ends so that nothing is escaped: the text is, once it becomes a page.
const FILE: &str = "letter.txt";

/// A file of such a template alone: it can read no other, and run nothing for long.
fn environment(source: &str) -> Result<Environment<'_>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_template(FILE, source)?;
    Ok(environment)
}

/// What is wrong, in a sentence.
fn told(error: &minijinja::Error) -> String {
    let detail = error.detail().map(|detail| format!(": {}", clean(detail))).unwrap_or_default();
    format!("{}{detail}; put that line right, or take the file away", error.kind())
}

/// "Letter of concern" of "{# Letter of concern. A draft ... #}".
fn says(source: &str) -> String {
    let comment = source.trim_start().strip_prefix("{#").and_then(|rest| rest.split_once("#}")).map(|(says, _)| says);
    clean(comment.unwrap_or_default().split('.').next().unwrap_or_default())
}

/// The fields of lines such as "{# needs days.late #}".
fn needs(source: &str) -> Vec<String> {
    let of_line = |line: &str| Some(line.trim().strip_prefix("{# needs ")?.strip_suffix("#}")?.trim().to_owned());
    source
        .lines()
        .filter_map(of_line)
        .flat_map(|all| all.split(',').map(|one| one.trim().to_owned()).collect::<Vec<_>>())
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
