//! The settings as a document, read part by part, so that everything that is wrong with it is told at once.

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::{School, USUAL};
use crate::domain::name::clean;
use crate::domain::toml_document;

/// One thing that is wrong with a document of settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentFault {
    /// The line it stands in, from 1; `None` where it is wrong beside another part of the document.
    pub line: Option<usize>,
    /// Its place and what is wrong there: "reasons: row 3: code: “ILLNESS” is not an attendance code".
    pub text: String,
}

/// So many lines that are no TOML are told; those after them may be wrong only by what stands before.
const MOST_SYNTAX: usize = 5;

impl School {
    /// The settings that a document holds; or all that is wrong with it, in the order of its lines.
    ///
    /// A parser of TOML stops at the first value that is not of its kind. So each part is read in the place of the same part of the
    /// usual settings, the rest of which is known to be right.
    pub fn read(text: &str) -> Result<School, Vec<DocumentFault>> {
        if let Ok(school) = toml_document::read::<School>(text) {
            let school = school.cleaned();
            let faults = school.faults().into_iter().map(|text| DocumentFault { line: None, text });
            let faults: Vec<DocumentFault> = faults.collect();
            return if faults.is_empty() { Ok(school) } else { Err(faults) };
        }
        let (parsed, errors) = DeTable::parse_recoverable(text);
        let mut syntax: Vec<DocumentFault> = errors.iter().map(|error| of_syntax(text, error)).collect();
        // One bracket left open spoils every line after it.
        syntax.sort_by_key(|fault| fault.line);
        syntax.dedup_by_key(|fault| fault.line);
        syntax.truncate(MOST_SYNTAX);
        let usual = toml::from_str::<Table>(USUAL).unwrap_or_default();
        let read = |value: Value| value.try_into::<School>().map_err(|error| error.message().replace('\n', ", "));
        let table = <Table as serde::Deserialize>::deserialize(toml::Deserializer::from(parsed.clone()));
        let whole = Value::Table(table.unwrap_or_default());
        let place = Place { text, path: String::new(), found: Found::Table(parsed.get_ref()), line: 1 };
        let mut faults = Vec::new();
        // What the parser left out of a line is not missing.
        let sees_missing = syntax.is_empty();
        let mended = mend(&whole, Some(&Value::Table(usual)), &place, &read, sees_missing, &mut faults);
        let rows = |value: Option<&Value>, of: &str| Some(value?.get(of)?.as_array()?.len());
        // A row that could not be read, or that lost its place, is not told of beside that.
        let unread = |text: &str| {
            let section = section(text);
            let of_section = |fault: &&DocumentFault| fault.text.split([':', '.']).next() == Some(section);
            let keeps_rows = rows(Some(&whole), section) == rows(mended.as_ref(), section);
            match row(text).filter(|_| keeps_rows) {
                Some(here) => faults.iter().filter(of_section).any(|fault| row(&fault.text) == Some(here)),
                None => faults.iter().any(|fault| of_section(&fault)),
            }
        };
        let read_whole = mended.clone().and_then(|value| read(value).ok()).map(School::cleaned);
        let rest = read_whole.map(|school| school.faults()).unwrap_or_default().into_iter();
        let rest: Vec<String> = rest.filter(|text| sees_missing && !unread(text)).collect();
        if let Some(first) = syntax.first() {
            faults.retain(|fault| fault.line < first.line);
        }
        faults.extend(syntax);
        faults.sort_by_key(|fault| fault.line);
        faults.extend(rest.into_iter().map(|text| DocumentFault { line: None, text }));
        Err(faults)
    }

    /// The same with what is written cleaned of what no screen shows.
    fn cleaned(mut self) -> School {
        self.name = clean(&self.name);
        for reason in &mut self.late_reasons {
            reason.says = clean(&reason.says);
        }
        for reason in &mut self.reasons {
            reason.words.iter_mut().for_each(|word| *word = clean(word));
            reason.says = reason.says.as_deref().map(clean);
        }
        for one in &mut self.staff {
            (one.name, one.post) = (clean(&one.name), clean(&one.post));
        }
        for rule in &mut self.watch_rules {
            rule.name = clean(&rule.name);
        }
        for stage in &mut self.case_stages {
            stage.name = clean(&stage.name);
        }
        for rule in &mut self.letter_rules {
            rule.letter = clean(&rule.letter);
        }
        self.letter_heading.iter_mut().for_each(|line| *line = clean(line));
        for one in &mut self.authority {
            one.name = clean(&one.name);
            one.labels.values_mut().for_each(|label| *label = clean(label));
        }
        for row in &mut self.reports {
            (row.report, row.to) = (clean(&row.report), clean(&row.to));
        }
        self
    }
}

/// "reasons" of "reasons: row 3: ...", "times" of "times.usual PM: ...".
fn section(text: &str) -> &str {
    text.split([':', '.', ' ']).next().unwrap_or_default()
}

/// 3 of "reasons: row 3 (I) has no words".
fn row(text: &str) -> Option<usize> {
    let rest = text.split_once(": row ")?.1;
    rest.split(|sign: char| !sign.is_ascii_digit()).next()?.parse().ok()
}

fn line_of(text: &str, offset: usize) -> usize {
    text.get(..offset).unwrap_or(text).matches('\n').count() + 1
}

fn of_syntax(text: &str, error: &toml::de::Error) -> DocumentFault {
    let line = error.span().map(|span| line_of(text, span.start));
    DocumentFault { line, text: error.message().replace('\n', ", ") }
}

/// Where a part of the document stands.
struct Place<'a> {
    text: &'a str,
    /// "ladder.vulnerable: row 2: after"; empty for the whole.
    path: String,
    found: Found<'a>,
    line: usize,
}

/// The part as it was parsed, which knows its line.
#[derive(Clone, Copy)]
enum Found<'a> {
    Table(&'a DeTable<'a>),
    Value(&'a DeValue<'a>),
    /// It has no line of its own.
    Nothing,
}

impl<'a> Place<'a> {
    fn at(&self, path: String, found: Option<&'a Spanned<DeValue<'a>>>) -> Place<'a> {
        let line = found.map_or(self.line, |found| line_of(self.text, found.span().start));
        let found = found.map_or(Found::Nothing, |found| Found::Value(found.get_ref()));
        Place { text: self.text, path, found, line }
    }

    fn key(&self, key: &str) -> Place<'a> {
        let table = match self.found {
            Found::Table(table) | Found::Value(DeValue::Table(table)) => Some(table),
            Found::Value(_) | Found::Nothing => None,
        };
        let found = table.and_then(|table| table.iter().find(|(one, _)| one.get_ref() == key));
        let path = match self.path.as_str() {
            "" => key.to_owned(),
            path if path.contains(": ") => format!("{path}: {key}"),
            path => format!("{path}.{key}"),
        };
        self.at(path, found.map(|(_, value)| value))
    }

    fn row(&self, row: usize) -> Place<'a> {
        let found = match self.found {
            Found::Value(DeValue::Array(rows)) => rows.get(row),
            Found::Value(_) | Found::Table(_) | Found::Nothing => None,
        };
        self.at(format!("{}: row {}", self.path, row + 1), found)
    }

    fn fault(&self, text: &str) -> DocumentFault {
        let text = if self.path.is_empty() { text.to_owned() } else { format!("{}: {text}", self.path) };
        DocumentFault { line: Some(self.line), text }
    }
}

/// What is right of `value`, which stands in the place of `usual`; what is wrong is added to `faults`. `read` reads the whole document
/// with a value in that place.
fn mend(
    value: &Value,
    usual: Option<&Value>,
    place: &Place<'_>,
    read: &dyn Fn(Value) -> Result<School, String>,
    sees_missing: bool,
    faults: &mut Vec<DocumentFault>,
) -> Option<Value> {
    let Err(error) = read(value.clone()) else { return Some(value.clone()) };
    let before = faults.len();
    let mended = match (value, usual) {
        (Value::Table(parts), Some(Value::Table(usual))) => {
            let mut mended = parts.clone();
            for (key, part) in parts {
                let beside = |part: Option<Value>| {
                    let mut table = usual.clone();
                    match part {
                        Some(part) => table.insert(key.clone(), part),
                        None => table.remove(key),
                    };
                    Value::Table(table)
                };
                let read = |part: Value| read(beside(Some(part)));
                match mend(part, usual.get(key), &place.key(key), &read, sees_missing, faults) {
                    Some(part) => mended.insert(key.clone(), part),
                    None => mended.remove(key),
                };
            }
            for (key, part) in usual.iter().filter(|(key, _)| !parts.contains_key(*key)) {
                let mut without = usual.clone();
                without.remove(key);
                if read(Value::Table(without)).is_err() {
                    if sees_missing {
                        faults.push(place.fault(&format!("{key} is missing{}", example(key, Some(part)))));
                    }
                    mended.insert(key.clone(), part.clone());
                }
            }
            Some(Value::Table(mended))
        }
        (Value::Array(rows), _) => {
            let first = usual.and_then(Value::as_array).and_then(|usual| usual.first());
            let read = |row: Value| read(Value::Array(vec![row]));
            let mut mended = Vec::new();
            for (at, row) in rows.iter().enumerate() {
                mended.extend(mend(row, first, &place.row(at), &read, sees_missing, faults));
            }
            Some(Value::Array(mended))
        }
        _ => None,
    };
    if faults.len() == before {
        let key = place.path.rsplit([':', '.', ' ']).next().unwrap_or_default();
        faults.push(place.fault(&(error + &example(key, usual))));
    }
    mended.filter(|mended| read(mended.clone()).is_ok()).or_else(|| usual.cloned())
}

/// "; write it like register-due-after = 10"; nothing where an example would be long.
fn example(key: &str, usual: Option<&Value>) -> String {
    match usual {
        Some(Value::Array(_) | Value::Table(_)) | None => String::new(),
        Some(plain) => format!("; write it like {key} = {plain}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each fault as "line: text", its line where it has one.
    fn faults(text: &str) -> Vec<String> {
        let one = |fault: DocumentFault| match fault.line {
            Some(line) => format!("{line}: {}", fault.text),
            None => fault.text,
        };
        School::read(text).unwrap_err().into_iter().map(one).collect()
    }

    /// The line of the usual settings that `text` stands in.
    fn line(text: &str) -> usize {
        line_of(USUAL, USUAL.find(text).unwrap())
    }

    #[test]
    fn the_usual_settings_are_read_as_they_are() {
        assert_eq!(School::read(USUAL), Ok(School::usual().unwrap()));
    }

    #[test]
    fn faults_of_every_kind_are_told_at_once_each_with_its_line_and_its_cure() {
        let wrong = USUAL
            .replace("register-due-after = 10", "register-due-after = \"ten\"")
            .replace("key = \"b\"", "key = \"bus\"")
            .replace("code = \"M\"", "code = \"MEDICAL\"")
            .replace("code = \"R\"", "code = \"ZZ\"")
            .replace("{ step = \"police\", after = 170 }", "{ step = \"police\", after = 170, who = \"us\" }")
            .replace("opens = \"08:40\", ", "")
            .replace("time-zone = \"Europe/London\"", "time-zone = \"Europe/London\"\nregister-due = 3");
        let told = faults(&wrong);
        let starts = [
            (line("time-zone") + 1, "register-due: unknown field `register-due`, expected one of"),
            (
                line("register-due-after = 10") + 1,
                "register-due-after: invalid type: string \"ten\", expected i64; write it like register-due-after = 10",
            ),
            (
                line("key = \"b\"") + 1,
                "late-reasons: row 1: key: invalid value: string \"bus\", expected a character; write it like key = \"b\"",
            ),
            (
                line("code = \"M\"") + 1,
                "reasons: row 2: code: “MEDICAL” is not an attendance code; write it like code = \"I\"",
            ),
            (
                line("{ step = \"police\", after = 170 }") + 1,
                "ladder.vulnerable: row 6: who: unknown field `who`, expected one of",
            ),
            (line("opens = \"08:40\"") + 1, "times.usual.am: opens is missing; write it like opens = \"08:40\""),
        ];
        for (at, text) in starts {
            assert!(told.iter().any(|one| one.starts_with(&format!("{at}: {text}"))), "{at}: {text}\n{told:#?}");
        }
        assert!(told[starts.len()].starts_with("reasons: row 3 (ZZ): ZZ is not an attendance code"), "{told:#?}");
        assert_eq!(told.len(), starts.len() + 1, "{told:#?}");
    }

    #[test]
    fn what_cannot_be_right_is_told_beside_what_cannot_be_read() {
        let wrong = USUAL
            .replace("off-site-due-after = 80", "off-site-due-after = true")
            .replace("code = \"R\"", "code = \"ZZ\"")
            .replace("code-permissions = {}", "code-permissions = { ZY = \"lead\", QQQQ = \"lead\" }")
            .replace("code = \"N\", weekday", "code = \"NN\", weekday");
        let told = faults(&wrong);
        assert!(told[0].contains("off-site-due-after: invalid type: boolean `true`"), "{told:#?}");
        assert!(told[1].contains("“QQQQ” is not an attendance code"), "{told:#?}");
        assert!(told[2].starts_with("reasons: row 3 (ZZ): ZZ is not an attendance code"), "{told:#?}");
        assert!(told[3].starts_with("watch-rules: row 4: NN is not an attendance code"), "{told:#?}");
        assert_eq!(told.len(), 4, "{told:#?}");
    }

    #[test]
    fn every_fault_of_the_toml_itself_is_told() {
        let wrong = USUAL
            .replace("name = \"New school\"", "name = 3")
            .replace("register-due-after = 10", "register-due-after = = 10")
            .replace("staff = []", "staff = none")
            .replace("off-site-due-after = 80", "off-site-due-after = true");
        let told = faults(&wrong);
        let lines = ["name =", "register-due-after = 10", "staff = []"].map(line);
        assert!(told.iter().zip(lines).all(|(one, line)| one.starts_with(&format!("{line}: "))), "{told:#?}");
        assert_eq!(told.len(), lines.len(), "{told:#?}");
        // An open bracket is told without all that it spoils.
        assert!(faults(&USUAL.replace("staff = []", "staff = [")).len() <= MOST_SYNTAX);
    }

    #[test]
    fn whatever_is_missing_of_an_empty_document_is_told() {
        let told = faults("");
        for key in ["name", "time-zone", "register-due-after", "late-reasons", "ladder", "times"] {
            assert!(told.iter().any(|one| one.starts_with(&format!("1: {key} is missing"))), "{key}\n{told:#?}");
        }
    }
}
