//! Cohorts: groups of pupils that the national figures tell apart, by what the roll holds of them today.

use std::fmt;

use crate::domain::people::details::Sex;
use crate::domain::people::pupil::{Flag, Pupil, Tier};

/// A cohort. Of each kind every pupil is in one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Cohort {
    /// Of a sex; `None` where the roll does not say.
    Sex(Option<Sex>),
    /// With free school meals, or without.
    FreeMeals(bool),
    /// With pupil premium, or without.
    Premium(bool),
    /// By special educational needs.
    Sen(Sen),
    /// With English as an additional language, or not.
    Eal(bool),
    /// Looked after, or not.
    LookedAfter(bool),
    /// With a child protection plan or in need, or neither.
    ProtectedOrInNeed(bool),
    /// By tier.
    Tier(Tier),
}

/// Special educational needs, by the letters of the census.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sen {
    /// K: support.
    Support,
    /// E: an education, health and care plan.
    Plan,
    /// None.
    None,
}

impl Cohort {
    /// Every cohort, in the order in which they are listed.
    pub const ALL: [Cohort; 20] = [
        Cohort::Sex(Some(Sex::Female)),
        Cohort::Sex(Some(Sex::Male)),
        Cohort::Sex(None),
        Cohort::FreeMeals(true),
        Cohort::FreeMeals(false),
        Cohort::Premium(true),
        Cohort::Premium(false),
        Cohort::Sen(Sen::Support),
        Cohort::Sen(Sen::Plan),
        Cohort::Sen(Sen::None),
        Cohort::Eal(true),
        Cohort::Eal(false),
        Cohort::LookedAfter(true),
        Cohort::LookedAfter(false),
        Cohort::ProtectedOrInNeed(true),
        Cohort::ProtectedOrInNeed(false),
        Cohort::Tier(Tier::Vulnerable),
        Cohort::Tier(Tier::Supported),
        Cohort::Tier(Tier::Disadvantaged),
        Cohort::Tier(Tier::Standard),
    ];

    /// Those a pupil is in: one of each kind.
    pub fn of(pupil: &Pupil) -> [Cohort; 8] {
        let has = |flag: Flag| pupil.flags.has(flag);
        let sen = match (has(Flag::EhcPlan), has(Flag::SenSupport)) {
            (true, _) => Sen::Plan,
            (false, true) => Sen::Support,
            (false, false) => Sen::None,
        };
        [
            Cohort::Sex(pupil.sex),
            Cohort::FreeMeals(has(Flag::FreeMeals)),
            Cohort::Premium(has(Flag::PupilPremium)),
            Cohort::Sen(sen),
            Cohort::Eal(has(Flag::Eal)),
            Cohort::LookedAfter(has(Flag::LookedAfter)),
            Cohort::ProtectedOrInNeed(has(Flag::ChildProtection) || has(Flag::InNeed)),
            Cohort::Tier(pupil.tier()),
        ]
    }

    /// The cohort of that name, in either case: "FSM", "not EAL".
    pub fn parse(name: &str) -> Option<Cohort> {
        Cohort::ALL.into_iter().find(|cohort| cohort.to_string().eq_ignore_ascii_case(name.trim()))
    }

    /// Its name, and what it means where that is letters: "FSM (free school meals)".
    pub fn in_full(self) -> String {
        let meaning = match self {
            Cohort::FreeMeals(true) => Flag::FreeMeals.meaning(),
            Cohort::Premium(true) => Flag::PupilPremium.meaning(),
            Cohort::Sen(Sen::Support) => Flag::SenSupport.meaning(),
            Cohort::Sen(Sen::Plan) => Flag::EhcPlan.meaning(),
            Cohort::Eal(true) => Flag::Eal.meaning(),
            Cohort::LookedAfter(true) => Flag::LookedAfter.meaning(),
            Cohort::ProtectedOrInNeed(true) => "child protection plan, or child in need",
            Cohort::FreeMeals(false)
            | Cohort::Premium(false)
            | Cohort::Sen(Sen::None)
            | Cohort::Eal(false)
            | Cohort::LookedAfter(false)
            | Cohort::ProtectedOrInNeed(false)
            | Cohort::Sex(_)
            | Cohort::Tier(_) => return self.to_string(),
        };
        format!("{self} ({meaning})")
    }

    /// Whether two are of one kind: a pupil is in one of them, never in both.
    pub fn is_kind_of(self, other: Cohort) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// Whether it is only the rest of its kind: those without.
    pub fn is_rest(self) -> bool {
        match self {
            Cohort::Sex(sex) => sex.is_none(),
            Cohort::FreeMeals(is)
            | Cohort::Premium(is)
            | Cohort::Eal(is)
            | Cohort::LookedAfter(is)
            | Cohort::ProtectedOrInNeed(is) => !is,
            Cohort::Sen(sen) => sen == Sen::None,
            Cohort::Tier(tier) => tier == Tier::Standard,
        }
    }
}

impl fmt::Display for Cohort {
    /// "FSM", "not FSM", "SEN K", "sex F", "tier vulnerable".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (is, name) = match self {
            Cohort::Sex(Some(Sex::Female)) => (true, "sex F"),
            Cohort::Sex(Some(Sex::Male)) => (true, "sex M"),
            Cohort::Sex(None) => (true, "sex not known"),
            Cohort::FreeMeals(is) => (*is, "FSM"),
            Cohort::Premium(is) => (*is, "PP"),
            Cohort::Sen(Sen::Support) => (true, "SEN K"),
            Cohort::Sen(Sen::Plan) => (true, "SEN E"),
            Cohort::Sen(Sen::None) => (true, "no SEN"),
            Cohort::Eal(is) => (*is, "EAL"),
            Cohort::LookedAfter(is) => (*is, "CLA"),
            Cohort::ProtectedOrInNeed(is) => (*is, "CP/CIN"),
            Cohort::Tier(Tier::Vulnerable) => (true, "tier vulnerable"),
            Cohort::Tier(Tier::Supported) => (true, "tier supported"),
            Cohort::Tier(Tier::Disadvantaged) => (true, "tier disadvantaged"),
            Cohort::Tier(Tier::Standard) => (true, "tier standard"),
        };
        f.pad(&if is { name.to_owned() } else { format!("not {name}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::pupil::Flags;
    use crate::domain::testing::{G8KM, pupil};

    #[test]
    fn everybody_is_in_one_cohort_of_each_kind() {
        for flags in 0..1 << Flag::ALL.len() {
            let own = Flag::ALL.iter().enumerate().filter(|(place, _)| flags & 1 << place != 0).map(|(_, flag)| *flag);
            let one = Pupil { flags: own.collect::<Flags>(), ..pupil(1, "Khan", "Amira", G8KM) };
            let cohorts = Cohort::of(&one);
            assert!(cohorts.iter().all(|one| Cohort::ALL.contains(one)));
            for (place, one) in cohorts.iter().enumerate() {
                assert!(cohorts.iter().skip(place + 1).all(|other| !other.is_kind_of(*one)));
            }
        }
        let names: Vec<String> = Cohort::ALL.iter().map(Cohort::to_string).collect();
        assert_eq!(names[..7], ["sex F", "sex M", "sex not known", "FSM", "not FSM", "PP", "not PP"]);
        assert_eq!(names[7..10], ["SEN K", "SEN E", "no SEN"]);
        assert_eq!(names[14..17], ["CP/CIN", "not CP/CIN", "tier vulnerable"]);
        for (cohort, name) in Cohort::ALL.into_iter().zip(names) {
            assert_eq!(Cohort::parse(&format!(" {} ", name.to_lowercase())), Some(cohort));
            assert!(cohort.in_full().starts_with(&name));
        }
        assert_eq!(Cohort::FreeMeals(true).in_full(), "FSM (free school meals)");
        assert_eq!(Cohort::parse("SEN"), None, "support, a plan or none");
    }
}
