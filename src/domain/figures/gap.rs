//! How cohorts' attendance differs from everybody else's.

use super::Figures;
use super::cohort::Cohort;
use super::split::Part;
use super::trend::{Points, change};

/// How a cohort's attendance differs from that of everybody else asked about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    /// Which.
    pub cohort: Cohort,
    /// Its own figures, of so many pupils.
    pub own: (Figures, u32),
    /// Those of the others.
    pub others: (Figures, u32),
    /// Its attendance less theirs; `None` where either had no possible session.
    pub points: Option<Points>,
}

/// The gap of each cohort that is not only the rest of its kind, from the parts of a split by cohort.
pub fn gaps(parts: &[(Cohort, &Part)]) -> Vec<Gap> {
    let gap = |(cohort, part): &(Cohort, &Part)| {
        let rest = parts.iter().filter(|(other, _)| other.is_kind_of(*cohort) && other != cohort);
        let others = rest.fold((Figures::default(), 0), |(figures, pupils), (_, part)| {
            (figures + part.figures, pupils + part.pupils.unwrap_or_default())
        });
        let points = change(&others.0, &part.figures);
        Gap { cohort: *cohort, own: (part.figures, part.pupils.unwrap_or_default()), others, points }
    };
    parts.iter().filter(|(cohort, _)| !cohort.is_rest()).map(gap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::figures::cohort::Sen;
    use crate::domain::figures::split::{Key, Missed};

    #[test]
    fn a_gap_is_between_a_cohort_and_everybody_else() {
        let part = |cohort, attended, possible, pupils| {
            let figures = Figures { possible, attended, authorised: possible - attended, ..Figures::default() };
            Part {
                key: Key::Cohort(cohort),
                figures,
                sessions: possible,
                pupils: Some(pupils),
                missed: Missed::default(),
            }
        };
        let parts = [
            part(Cohort::FreeMeals(true), 900, 1000, 5),
            part(Cohort::FreeMeals(false), 2844, 3000, 15),
            part(Cohort::Sen(Sen::Plan), 0, 0, 1),
            part(Cohort::Sen(Sen::Support), 80, 100, 2),
            part(Cohort::Sen(Sen::None), 95, 100, 17),
        ];
        let keyed: Vec<(Cohort, &Part)> = parts
            .iter()
            .map(|part| match part.key {
                Key::Cohort(cohort) => (cohort, part),
                _ => panic!("{part:?}"),
            })
            .collect();
        let found: Vec<_> = gaps(&keyed)
            .iter()
            .map(|gap| (gap.cohort.to_string(), gap.points.map(|points| points.to_string()), gap.own.1, gap.others.1))
            .collect();
        let gap =
            |name: &str, points: Option<&str>, own, others| (name.to_owned(), points.map(str::to_owned), own, others);
        assert_eq!(
            found,
            [gap("FSM", Some("-4.8"), 5, 15), gap("SEN E", None, 1, 19), gap("SEN K", Some("-15.0"), 2, 18)]
        );
    }
}
