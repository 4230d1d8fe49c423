//! The attendance that the school aims at: of everybody, a year group, a tutor group or a pupil, from a date on.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::name::clean;
use crate::domain::school::roll::Roll;

/// A percentage of one decimal, kept in tenths.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Percent(u32);

impl Percent {
    /// Tenths of a percent.
    pub fn tenths(self) -> u32 {
        self.0
    }
}

impl From<Percent> for f64 {
    fn from(percent: Percent) -> f64 {
        f64::from(percent.0) / 10.0
    }
}

impl TryFrom<f64> for Percent {
    type Error = String;

    fn try_from(percent: f64) -> Result<Percent, String> {
        let is_it = |tenths: &u32| (f64::from(*tenths) - percent * 10.0).abs() < 1e-6;
        (0..=1000).find(is_it).map(Percent).ok_or_else(|| format!("{percent} is no percentage of one decimal"))
    }
}

/// One target.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Target {
    /// Attendance, in percent.
    #[cfg_attr(test, schemars(with = "f64"))]
    pub percent: Percent,
    /// The first date it holds on, until a later one of the same.
    pub from: NaiveDate,
    /// Of this year group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i64>,
    /// Of the tutor group of this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Of the pupil of this admission number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pupil: Option<String>,
}

impl Target {
    /// Whether it is of the same as another.
    fn is_beside(&self, other: &Target) -> bool {
        let name = |name: &Option<String>| name.as_deref().map(clean);
        self.year == other.year && name(&self.group) == name(&other.group) && name(&self.pupil) == name(&other.pupil)
    }
}

/// Everything that cannot be right about the targets, each in a sentence.
pub fn faults(targets: &[Target]) -> Vec<String> {
    let mut faults = Vec::new();
    for (place, target) in targets.iter().enumerate() {
        let mut fault = |text: &str| faults.push(format!("targets: row {}: {text}", place + 1));
        let named = [target.year.is_some(), target.group.is_some(), target.pupil.is_some()];
        if named.iter().filter(|is| **is).count() > 1 {
            fault("a target is of one: a year, a group or a pupil, and without any of them of the school");
        }
        if [&target.group, &target.pupil].into_iter().flatten().any(|name| clean(name).is_empty()) {
            fault("`group` and `pupil` name somebody, or are left out");
        }
        if targets.iter().take(place).any(|before| before.from == target.from && before.is_beside(target)) {
            fault(&format!("there is a target of the same from {} already", target.from));
        }
    }
    faults
}

/// Those of `targets` that name nobody on the roll, each in a sentence; those `held` already are not asked, nor is anything before there
/// is a roll.
pub fn of_nobody(roll: &Roll, targets: &[Target], held: &[Target]) -> Vec<String> {
    if roll.pupils.is_empty() {
        return Vec::new();
    }
    let fault = |(place, target): (usize, &Target)| {
        let is_year = |year| {
            roll.pupils.iter().any(|pupil| roll.year_of(pupil) == Some(year))
                || roll.groups.iter().any(|group| group.year == Some(year))
        };
        let is_group = |name: &String| roll.groups.iter().any(|group| clean(&group.name) == clean(name));
        let is_pupil = |number: &String| roll.pupils.iter().any(|pupil| pupil.admission_no.as_ref() == Some(number));
        let nobody = match (target.year, &target.group, &target.pupil) {
            (Some(year), _, _) if !is_year(year) => format!("there is no Year {year}"),
            (_, Some(group), _) if !is_group(group) => format!("there is no tutor group “{}”", clean(group)),
            (_, _, Some(pupil)) if !is_pupil(pupil) => format!("no pupil has the admission number “{}”", clean(pupil)),
            _ => return None,
        };
        Some(format!("targets: row {}: {nobody}", place + 1))
    };
    targets.iter().enumerate().filter(|(_, target)| !held.contains(target)).filter_map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{roll, roll_of};
    use proptest::prelude::*;

    fn targets(lines: &[&str]) -> Vec<Target> {
        lines.iter().map(|line| toml::from_str(&line.replace(", ", "\n")).unwrap()).collect()
    }

    #[test]
    fn every_fault_is_a_sentence() {
        let school = "percent = 95, from = \"2025-09-01\"";
        for (lines, text) in [
            (vec![school, school], "row 2: there is a target of the same from 2025-09-01 already"),
            (
                vec!["percent = 95, from = \"2025-09-01\", year = 8, group = \"8KM\""],
                "row 1: a target is of one: a year, a group or a pupil, and without any of them of the school",
            ),
            (
                vec!["percent = 95, from = \"2025-09-01\", group = \" \""],
                "row 1: `group` and `pupil` name somebody, or are left out",
            ),
        ] {
            assert_eq!(faults(&targets(&lines)), [format!("targets: {text}")]);
        }
        for wrong in ["101", "-1", "95.55", "nan"] {
            let error = toml::from_str::<Target>(&format!("percent = {wrong}\nfrom = \"2025-09-01\"")).unwrap_err();
            assert!(error.message().ends_with("is no percentage of one decimal"), "{error}");
        }
    }

    #[test]
    fn a_target_names_somebody() {
        let row = |of: &str| format!("percent = 95, from = \"2026-09-01\"{of}");
        let all = [
            ", year = 8",
            ", year = 12",
            ", group = \"8km\"",
            ", group = \"8KM\"",
            ", pupil = \"001201\"",
            ", pupil = \"1\"",
            "",
        ];
        let targets = targets(&all.map(row).each_ref().map(String::as_str));
        let faults = of_nobody(&roll(), &targets, &[]);
        let expected = [
            "targets: row 2: there is no Year 12",
            "targets: row 3: there is no tutor group “8km”",
            "targets: row 6: no pupil has the admission number “1”",
        ];
        assert_eq!(faults, expected);
        // What was held before is not asked again: a year group goes, and its target may stay.
        assert_eq!(of_nobody(&roll(), &targets, &targets), [""; 0]);
        assert_eq!(of_nobody(&roll_of(Vec::new()), &targets, &[]), [""; 0]);
    }

    proptest! {
        #[test]
        fn a_percentage_is_read_as_it_is_written(tenths in 0_u32..=1000) {
            let written = format!("percent = {}.{}\nfrom = \"2025-09-01\"", tenths / 10, tenths % 10);
            let target: Target = toml::from_str(&written).unwrap();
            prop_assert_eq!(target.percent.tenths(), tenths);
            let again: Target = toml::from_str(&toml::to_string(&target).unwrap()).unwrap();
            prop_assert_eq!(again, target);
        }
    }
}
