//! What the national statistics say of attendance: figures that were published, each with its source. What is not held is not told.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};

use super::cohort::Cohort;
use crate::domain::name::clean;
use crate::domain::school::schools::Schools;
use crate::domain::toml_document;

/// The figures that the program holds.
const HELD: &str = include_str!("../../../data/england.toml");
/// All of it, in tenths of a percent.
const WHOLE: u32 = 1000;

/// Published figures.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct England {
    figures: Vec<National>,
}

/// One published figure.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct National {
    /// What it is a share of.
    pub what: Share,
    /// Of which schools.
    pub schools: Schools,
    /// Of which pupils; `None` is everybody.
    #[serde(default, deserialize_with = "cohort")]
    pub cohort: Option<Cohort>,
    /// "2025/26 up to 10 July".
    pub dates: String,
    /// Tenths of a percent.
    pub tenths: u32,
    /// Who published it, and the page.
    pub source: String,
    /// The last date it is of.
    pub as_of: NaiveDate,
    /// How sure it is.
    pub sure: Sureness,
}

/// What a published figure is a share of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Share {
    /// Sessions missed of those possible.
    Absence,
    /// The same, with authority.
    Authorised,
    /// The same, without.
    Unauthorised,
    /// Pupils who missed a tenth or more.
    Persistent,
    /// Pupils who missed half or more.
    Severe,
}

/// How sure a figure is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sureness {
    /// As its own publisher has it.
    Published,
    /// As somebody else tells it.
    Copied,
}

impl Share {
    /// Every one, in the order in which they are told.
    pub const ALL: [Share; 5] =
        [Share::Absence, Share::Authorised, Share::Unauthorised, Share::Persistent, Share::Severe];

    /// "persistently absent".
    pub fn describe(self) -> &'static str {
        match self {
            Share::Absence => "absence",
            Share::Authorised => "authorised absence",
            Share::Unauthorised => "unauthorised absence",
            Share::Persistent => "persistently absent",
            Share::Severe => "severely absent",
        }
    }
}

impl National {
    /// "secondary schools, 2025/26 up to 10 July".
    pub fn of(&self) -> String {
        let sure = match self.sure {
            Sureness::Published => "",
            Sureness::Copied => ", as told by others",
        };
        format!("{}, {}{sure}", self.schools.describe(), self.dates)
    }
}

impl England {
    /// Those that the program holds. The error is a fault in the program's own data.
    pub fn held() -> Result<England, String> {
        England::read(HELD)
    }

    /// Those of a file, or what is wrong with it, in a sentence.
    pub fn read(text: &str) -> Result<England, String> {
        let england: England = toml_document::read(text).map_err(|error| error.message().replace('\n', ", "))?;
        for (place, one) in england.figures.iter().enumerate() {
            let row = place + 1;
            if one.tenths > WHOLE {
                return Err(format!("figures: row {row}: `tenths` is from 0 to {WHOLE}, tenths of a percent"));
            }
            if clean(&one.source).is_empty() || clean(&one.dates).is_empty() {
                return Err(format!("figures: row {row}: a figure needs its `source` and its `dates`"));
            }
        }
        Ok(england)
    }

    /// The newest figure of these schools and pupils that was there by `date`; of all schools where there is none of their own.
    pub fn figure(&self, what: Share, schools: Schools, cohort: Option<Cohort>, date: NaiveDate) -> Option<&National> {
        let of = |schools: Schools| {
            let fits = |one: &&National| {
                one.what == what && one.schools == schools && one.cohort == cohort && one.as_of <= date
            };
            self.figures.iter().filter(fits).max_by_key(|one| one.as_of)
        };
        of(schools).or_else(|| of(Schools::All))
    }
}

/// A cohort by its name.
fn cohort<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Cohort>, D::Error> {
    let name = String::deserialize(from)?;
    let none = || serde::de::Error::custom(format!("“{}” is no cohort", clean(&name)));
    Cohort::parse(&name).map(Some).ok_or_else(none)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::date;

    fn tenths(what: Share, schools: Schools, cohort: &str, on: NaiveDate) -> Option<u32> {
        England::held().unwrap().figure(what, schools, Cohort::parse(cohort), on).map(|one| one.tenths)
    }

    #[test]
    fn the_newest_of_these_schools_is_told_and_nothing_that_is_not_held() {
        let now = date(2026, 11, 24);
        for (what, schools, cohort, on, told) in [
            (Share::Absence, Schools::Secondary, "", now, Some(85)),
            (Share::Absence, Schools::Secondary, "", date(2025, 1, 10), Some(77)),
            (Share::Persistent, Schools::Special, "", now, Some(361)),
            // Of all schools, where there is none of their own.
            (Share::Severe, Schools::Secondary, "", now, Some(23)),
            (Share::Persistent, Schools::Secondary, "fsm", now, Some(317)),
            (Share::Authorised, Schools::All, "", now, None),
            (Share::Severe, Schools::Secondary, "FSM", now, None),
            (Share::Absence, Schools::Secondary, "", date(2024, 9, 1), None),
        ] {
            assert_eq!(tenths(what, schools, cohort, on), told, "{what:?} {schools:?} {cohort} {on}");
        }
    }

    #[test]
    fn a_file_that_is_wrong_is_refused_in_a_sentence() {
        let row = |with: &str| {
            format!(
                "figures = [{{ what = \"absence\", schools = \"all\", dates = \"2024/25\", tenths = 69, source = \"DfE\", as-of = \
                 \"2025-07-31\", sure = \"published\" {with} }}]"
            )
        };
        assert!(England::read(&row("")).is_ok());
        for (text, told) in [
            (row("").replace("69", "1001"), "figures: row 1: `tenths` is from 0 to 1000, tenths of a percent"),
            (row("").replace("DfE", " "), "figures: row 1: a figure needs its `source` and its `dates`"),
            (row(", cohort = \"tall\""), "“tall” is no cohort"),
            (row("").replace("absence", "truancy"), "unknown variant `truancy`"),
        ] {
            let found = England::read(&text).unwrap_err();
            assert!(found.starts_with(told), "{found}");
        }
    }
}
