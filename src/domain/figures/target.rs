//! Which target a group or a pupil has on a date: their own, or that of whatever they are a part of.

use chrono::NaiveDate;

use crate::domain::name::clean;
use crate::domain::people::pupil::{GroupId, Pupil};
use crate::domain::school::roll::Roll;
use crate::domain::school::target::Target;

/// Whose target is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TargetOf<'r> {
    /// The school's.
    School,
    /// A year group's; the school's where it has none of its own.
    Year(i64),
    /// A tutor group's, or that of its year group.
    Group(GroupId),
    /// A pupil's, or that of their tutor group.
    Pupil(&'r Pupil),
}

/// The target that holds on a date.
pub fn target<'r>(roll: &'r Roll, of: TargetOf<'_>, on: NaiveDate) -> Option<&'r Target> {
    let is_own = |one: &&Target| match of {
        TargetOf::School => one.year.is_none() && one.group.is_none() && one.pupil.is_none(),
        TargetOf::Year(year) => one.year == Some(year),
        TargetOf::Group(group) => {
            let name = roll.group(group).map(|group| clean(&group.name));
            name.is_some() && one.group.as_deref().map(clean) == name
        }
        TargetOf::Pupil(pupil) => pupil.admission_no.is_some() && one.pupil == pupil.admission_no,
    };
    let own = roll.school.targets.iter().filter(is_own).filter(|one| one.from <= on).max_by_key(|one| one.from);
    own.or_else(|| {
        let above = match of {
            TargetOf::School => return None,
            TargetOf::Year(_) => TargetOf::School,
            TargetOf::Group(group) => roll.group(group)?.year.map_or(TargetOf::School, TargetOf::Year),
            TargetOf::Pupil(pupil) => pupil.group.map_or(TargetOf::School, TargetOf::Group),
        };
        target(roll, above, on)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;

    #[test]
    fn the_nearest_target_holds_from_its_date_on() {
        let mut roll = roll();
        roll.school.targets = [
            "percent = 95.5, from = \"2025-09-01\"",
            "percent = 96, from = \"2026-03-01\"",
            "percent = 94, from = \"2025-09-01\", year = 8",
            "percent = 93.1, from = \"2026-01-01\", group = \"8KM\"",
            "percent = 80, from = \"2026-03-04\", pupil = \"001201\"",
        ]
        .map(|line: &str| toml::from_str(&line.replace(", ", "\n")).unwrap())
        .to_vec();
        let amira = roll.pupil(AMIRA).unwrap();
        for (of, on, tenths) in [
            (TargetOf::School, date(2025, 8, 31), None),
            (TargetOf::School, date(2026, 2, 28), Some(955)),
            (TargetOf::School, date(2026, 3, 1), Some(960)),
            (TargetOf::Year(8), today(), Some(940)),
            (TargetOf::Year(9), today(), Some(960)),
            (TargetOf::Group(G8KM), date(2025, 12, 31), Some(940)),
            (TargetOf::Group(G8KM), today(), Some(931)),
            (TargetOf::Group(G9TR), today(), Some(960)),
            (TargetOf::Pupil(amira), date(2026, 3, 3), Some(931)),
            (TargetOf::Pupil(amira), today(), Some(800)),
        ] {
            assert_eq!(target(&roll, of, on).map(|one| one.percent.tenths()), tenths, "{of:?} {on}");
        }
    }
}
