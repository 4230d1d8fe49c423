//! Whom the board shows: a year group, a tutor group, a code, words; alone or together.

use super::BoardRow;
use crate::domain::code::Code;
use crate::domain::day::Day;
use crate::domain::name::fold;
use crate::domain::people::pupil::GroupId;
use crate::domain::school::roll::Roll;

/// Whom the board shows. What is not named admits everybody.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Of this year group.
    pub year: Option<i64>,
    /// Of this tutor group.
    pub group: Option<GroupId>,
    /// With this code in the session.
    pub code: Option<Code>,
    /// In whose name, or the reason told of them, all of this stands; folded.
    pub words: Vec<String>,
}

impl Filter {
    /// What is typed: "8km", "y8", "i" is a code, anything else is looked for in names and reasons.
    pub fn parse(typed: &str, day: &Day) -> Filter {
        typed.split_whitespace().fold(Filter::default(), |filter, word| filter.and(word, day))
    }

    /// With one more word.
    fn and(mut self, word: &str, day: &Day) -> Filter {
        let folded = fold(word);
        let year = folded.strip_prefix("year").or_else(|| folded.strip_prefix('y'));
        let year = year.and_then(|year| year.parse().ok());
        let year = year.filter(|year| day.roll.groups.iter().any(|group| group.year == Some(*year)));
        let group = day.roll.groups.iter().find(|group| fold(&group.name) == folded);
        let code = Code::parse(word).filter(|code| day.roll.codes.row(*code).is_some());
        match (year, group, code) {
            (Some(year), ..) => self.year = Some(year),
            (None, Some(group), _) => self.group = Some(group.id),
            (None, None, Some(code)) => self.code = Some(code),
            (None, None, None) if folded.is_empty() => {}
            (None, None, None) => self.words.push(folded),
        }
        self
    }

    /// What both name.
    #[must_use]
    pub fn with(self, other: Filter) -> Filter {
        Filter {
            year: other.year.or(self.year),
            group: other.group.or(self.group),
            code: other.code.or(self.code),
            words: [self.words, other.words].concat(),
        }
    }

    /// Whether it admits everybody.
    pub fn is_open(&self) -> bool {
        *self == Filter::default()
    }

    /// Whether it admits a row.
    pub fn admits(&self, row: &BoardRow, day: &Day) -> bool {
        let holds = || {
            let Some(pupil) = day.roll.pupil(row.pupil) else { return false };
            let reason = row.out.as_ref().map_or("", |out| &out.reason);
            let text = format!("{} {} {}", pupil.folded, fold(&row.why), fold(reason));
            self.words.iter().all(|word| text.contains(word.as_str()))
        };
        self.year.is_none_or(|year| row.year == Some(year))
            && self.group.is_none_or(|group| row.group == Some(group))
            && self.code.is_none_or(|code| row.code == Some(code))
            && (self.words.is_empty() || holds())
    }

    /// "Y8 8KM I “khan”"; empty where it admits everybody.
    pub fn describe(&self, roll: &Roll) -> String {
        let year = self.year.map(|year| format!("Y{year}"));
        let group = self.group.and_then(|group| roll.group(group)).map(|group| group.name.clone());
        let code = self.code.map(|code| code.to_string());
        let words = Some(self.words.join(" ")).filter(|words| !words.is_empty()).map(|words| format!("“{words}”"));
        [year, group, code, words].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}
