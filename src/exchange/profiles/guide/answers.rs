//! Answers out of a file, for scripts: each by the heading it is about.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Guide;
use super::point::{About, Choice, Point, column};
use crate::domain::name::clean;
use crate::exchange::profiles::profile::plain_heading;
use crate::exchange::table::line_ends;

/// What is answered.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Answers {
    /// The name of the profile; without it, that of the file.
    pub name: Option<String>,
    /// What reports call the files.
    pub what: Option<String>,
    /// A profile of that name is replaced.
    #[serde(default)]
    pub replace: bool,
    /// It is saved though nobody whom the file names is on the roll.
    #[serde(default)]
    pub nobody_on_roll: bool,
    /// What the file holds: "marks", "marks day", "pupils".
    pub file: Option<String>,
    /// Which comes first in the dates of the headings: "day-first".
    pub sessions: Option<String>,
    /// Whether the school's own system writes these files.
    pub from_mis: Option<bool>,
    /// By heading what each column is: `admission_no`, "date day-first", "left-out".
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// By mark what it means: a national code, "no-mark" or "wait".
    #[serde(default)]
    pub codes: BTreeMap<String, String>,
    /// By our column what stands in every row, where no column of the file has it: `session = "AM"`.
    #[serde(default)]
    pub given: BTreeMap<String, String>,
}

impl Answers {
    /// The answers in `text`; otherwise what is wrong with it, in a sentence.
    pub fn parse(text: &str) -> Result<Answers, String> {
        toml::from_str(text).map_err(|fault| {
            let line = fault.span().map(|span| 1 + line_ends(text.as_bytes().get(..span.start).unwrap_or_default()));
            let line = line.map(|line| format!("line {line} cannot be read: ")).unwrap_or_default();
            format!("{line}{}", clean(fault.message()))
        })
    }
}

/// Answer `guide` by `answers`: the file first, then the columns, then the marks that are no codes, which follow from them.
pub fn take(guide: &mut Guide, answers: &Answers) -> Result<(), String> {
    let named = |key: &str| format!("“{}”", clean(key));
    if let Some(file) = &answers.file {
        answer(guide, &|point| point.about == About::File, "the file", file)?;
    }
    if let Some(sessions) = &answers.sessions {
        answer(guide, &|point| point.about == About::Sessions, "the headings of sessions", sessions)?;
    }
    for (key, word) in &answers.columns {
        let is_it =
            |point: &Point| matches!(point.about, About::Column(_) | About::Above(_)) && is_key(&point.key, key);
        answer(guide, &is_it, &format!("the column {}", named(key)), word)?;
    }
    for (ours, word) in &answers.given {
        let is_it = |point: &Point| matches!(point.about, About::Given(column) if column == ours);
        answer(guide, &is_it, &format!("what {} is in every row", named(ours)), word)?;
    }
    for (mark, word) in &answers.codes {
        let is_it = |point: &Point| point.about == About::Code(mark.clone());
        answer(guide, &is_it, &format!("the mark {}", named(mark)), word)?;
    }
    if let Some(is) = answers.from_mis {
        answer(guide, &|point| point.about == About::Source, "whose files these are", &format!("from-mis = {is}"))?;
    }
    Ok(())
}

fn is_key(key: &str, said: &str) -> bool {
    key == said || (!key.contains('#') && plain_heading(key) == plain_heading(said))
}

fn answer(guide: &mut Guide, is_it: &dyn Fn(&Point) -> bool, what: &str, word: &str) -> Result<(), String> {
    let points = guide.points();
    let Some(point) = points.iter().find(|point| is_it(point)) else {
        // Columns are asked about only once it is known what the file holds.
        return Err(match points.first().filter(|file| file.is_open()) {
            Some(file) => format!(
                "it is to be said first what {} holds, such as `file = \"marks\"`: {} can be answered",
                guide.file(),
                words(file)
            ),
            None => format!("{what} is answered, and {} has none", guide.file()),
        });
    };
    let found = point.choices.iter().copied().find(|choice| is_word(*choice, word)).or_else(|| one_of(point, word));
    let Some(choice) = found else {
        return Err(format!("{what} cannot be “{}”: {} can be answered", clean(word), words(point)));
    };
    let about = point.about.clone();
    guide.answer(about, choice);
    Ok(())
}

/// What may be answered, in words.
fn words(point: &Point) -> String {
    point.choices.iter().map(|choice| choice.word()).collect::<Vec<_>>().join(", ")
}

/// Whether `word` is the word for `choice`.
fn is_word(choice: Choice, word: &str) -> bool {
    let word = word.trim();
    choice.word() == word || (word.is_empty() && choice == Choice::NoMark)
}

/// The column of ours called `word`. Where its dates can be read in two ways, that has to be said with it.
fn one_of(point: &Point, word: &str) -> Option<Choice> {
    let mut all = point.choices.iter().copied().filter(|choice| column(Some(*choice)) == Some(word.trim()));
    all.next().filter(|_| all.next().is_none())
}
