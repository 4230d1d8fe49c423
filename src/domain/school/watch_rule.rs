//! The rules of the automatic watch lists: one line each in the school's settings.

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::ladder::LONGEST;
use crate::domain::calendar::dates::parse_weekday;
use crate::domain::code::{Code, no_code};
use crate::domain::name::{clean, fold};
use crate::domain::people::pupil::Tier;

/// The most days of one weekday a rule looks back on: a quarter of a year.
const MOST_DAYS: usize = 13;

/// One rule, as the settings write it. What it says beyond its name is exactly one [`Kind`].
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(description = "One rule, as the settings write it"))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Rule {
    /// What its list is called.
    pub name: String,
    /// Whoever attended so many percent of the school year or less.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<i64>,
    /// Whoever attended less than so many percent of the school year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<i64>,
    /// Whoever had this code, on `weekday`, the `last` so many times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// "mon".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekday: Option<String>,
    /// Days of that weekday.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<i64>,
    /// Whoever was away the whole of the last school day, and is expected back.
    #[serde(skip_serializing_if = "is_false")]
    pub returning: bool,
    /// Whoever is due in a lesson whose class or period has this word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
    /// The unexplained of this tier whose next step falls due within `due-within` minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// Minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_within: Option<i64>,
}

fn is_false(said: &bool) -> bool {
    !said
}

/// What a rule asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind<'r> {
    /// So many percent of the school year or less.
    Below(u32),
    /// Less than so many percent of the school year.
    Under(u32),
    /// One code on the last so many days of a weekday.
    Code {
        /// The code, in either session.
        code: Code,
        /// The weekday.
        weekday: Weekday,
        /// How many of them.
        last: usize,
    },
    /// Back after a whole school day away.
    Returning,
    /// In a lesson whose class or period has this word.
    Lesson(&'r str),
    /// The unexplained of a tier whose next step falls due soon.
    Due {
        /// The tier.
        tier: Tier,
        /// Minutes.
        within: i64,
    },
}

impl Rule {
    /// What it asks; or what cannot be right about it, in a sentence without its place.
    pub fn kind(&self) -> Result<Kind<'_>, String> {
        let asks_code = self.code.is_some() || self.weekday.is_some() || self.last.is_some();
        let asks_due = self.tier.is_some() || self.due_within.is_some();
        let (below, under) = (self.below.is_some(), self.under.is_some());
        let asked = [below, under, asks_code, self.returning, self.lesson.is_some(), asks_due];
        let kinds = "`below`; `under`; `code`, `weekday` and `last`; `returning`; `lesson`; or `tier` and `due-within`";
        match asked.iter().filter(|asked| **asked).count() {
            0 => return Err(format!("it asks nothing: {kinds}")),
            1 => {}
            _ => return Err(format!("it asks several things, and a list answers one: {kinds}")),
        }
        let percent = |of: i64, what: &str| {
            let percent = u32::try_from(of).ok().filter(|percent| (1..=100).contains(percent));
            percent.ok_or_else(|| format!("`{what}` is from 1 to 100 percent"))
        };
        if let Some(below) = self.below {
            return percent(below, "below").map(Kind::Below);
        }
        if let Some(under) = self.under {
            return percent(under, "under").map(Kind::Under);
        }
        if let Some(lesson) = &self.lesson {
            return if fold(lesson).is_empty() {
                Err("`lesson` is a word of a class or a period".to_owned())
            } else {
                Ok(Kind::Lesson(lesson))
            };
        }
        if self.returning {
            return Ok(Kind::Returning);
        }
        if asks_due {
            return match (self.tier, self.due_within) {
                (Some(tier), Some(within)) if (0..=LONGEST).contains(&within) => Ok(Kind::Due { tier, within }),
                (Some(_), Some(_)) => Err(format!("`due-within` is from 0 to {LONGEST} minutes")),
                _ => Err("`tier` and `due-within` belong together".to_owned()),
            };
        }
        let (Some(code), Some(weekday), Some(last)) = (self.code, &self.weekday, self.last) else {
            return Err("`code`, `weekday` and `last` belong together".to_owned());
        };
        if let Some(fault) = no_code(code) {
            return Err(fault);
        }
        let weekday = match parse_weekday(weekday) {
            None => return Err(format!("“{}” is not a day of the week", clean(weekday))),
            Some(Weekday::Sat | Weekday::Sun) => return Err("no school is on a Saturday or a Sunday".to_owned()),
            Some(weekday) => weekday,
        };
        let last = usize::try_from(last).ok().filter(|last| (1..=MOST_DAYS).contains(last));
        let last = last.ok_or_else(|| format!("`last` is from 1 to {MOST_DAYS} days"))?;
        Ok(Kind::Code { code, weekday, last })
    }
}

/// Everything that cannot be right about the rules, each in a sentence.
pub fn faults(rules: &[Rule]) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, rule) in rules.iter().enumerate() {
        let (row, name) = (place + 1, clean(&rule.name));
        if name.is_empty() {
            faults.push(format!("watch-rules: row {row}: a name is needed, to stand over its list"));
        }
        if rules.iter().take(place).any(|before| !name.is_empty() && clean(&before.name) == name) {
            faults.push(format!("watch-rules: row {row}: there is a list “{name}” already"));
        }
        if let Err(fault) = rule.kind() {
            faults.push(format!("watch-rules: row {row}: {fault}"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(line: &str) -> Rule {
        toml::from_str(&format!("name = \"x\"\n{}", line.replace(", ", "\n"))).unwrap()
    }

    #[test]
    fn a_rule_asks_one_thing() {
        for (line, kind) in [
            ("below = 90", Kind::Below(90)),
            ("under = 90", Kind::Under(90)),
            ("code = \"n\", weekday = \"Mon\", last = 3", Kind::Code { code: Code::N, weekday: Weekday::Mon, last: 3 }),
            ("returning = true", Kind::Returning),
            ("lesson = \"exam\"", Kind::Lesson("exam")),
            ("tier = \"vulnerable\", due-within = 30", Kind::Due { tier: Tier::Vulnerable, within: 30 }),
        ] {
            assert_eq!(rule(line).kind(), Ok(kind), "{line}");
        }
    }

    #[test]
    fn every_fault_is_a_sentence() {
        let kinds = "`below`; `under`; `code`, `weekday` and `last`; `returning`; `lesson`; or `tier` and `due-within`";
        for (line, text) in [
            ("", format!("it asks nothing: {kinds}")),
            ("returning = false", format!("it asks nothing: {kinds}")),
            ("below = 90, returning = true", format!("it asks several things, and a list answers one: {kinds}")),
            ("below = 0", "`below` is from 1 to 100 percent".to_owned()),
            ("below = 101", "`below` is from 1 to 100 percent".to_owned()),
            ("under = 0", "`under` is from 1 to 100 percent".to_owned()),
            ("under = 90, below = 90", format!("it asks several things, and a list answers one: {kinds}")),
            ("lesson = \" - \"", "`lesson` is a word of a class or a period".to_owned()),
            ("code = \"N\", last = 3", "`code`, `weekday` and `last` belong together".to_owned()),
            (
                "code = \"NN\", weekday = \"mon\", last = 3",
                "NN is not an attendance code: write one of the national table, such as I, M or N".to_owned(),
            ),
            ("code = \"N\", weekday = \"moonday\", last = 3", "“moonday” is not a day of the week".to_owned()),
            ("code = \"N\", weekday = \"sat\", last = 3", "no school is on a Saturday or a Sunday".to_owned()),
            ("code = \"N\", weekday = \"mon\", last = 0", "`last` is from 1 to 13 days".to_owned()),
            ("code = \"N\", weekday = \"mon\", last = 14", "`last` is from 1 to 13 days".to_owned()),
            ("tier = \"standard\"", "`tier` and `due-within` belong together".to_owned()),
            ("tier = \"standard\", due-within = -1", "`due-within` is from 0 to 600 minutes".to_owned()),
        ] {
            assert_eq!(rule(line).kind(), Err(text), "{line}");
        }
    }

    #[test]
    fn a_list_has_a_name_of_its_own() {
        let named = |name: &str| Rule { name: name.to_owned(), below: Some(90), ..Rule::default() };
        let rules = [named("Below 90 %"), named(" "), named("Below  90 %"), Rule { below: None, ..named("Empty") }];
        let faults = faults(&rules);
        assert_eq!(
            faults.iter().take(2).map(String::as_str).collect::<Vec<_>>(),
            [
                "watch-rules: row 2: a name is needed, to stand over its list",
                "watch-rules: row 3: there is a list “Below 90 %” already",
            ]
        );
        assert!(faults[2].starts_with("watch-rules: row 4: it asks nothing"), "{faults:?}");
    }
}
