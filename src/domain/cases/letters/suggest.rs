//! Who should get which letter by the school's rules, and why; and who would, but for something that speaks against it. Only a person
//! makes a letter.

use chrono::{Days, NaiveDate};

use super::least_for_letter;
use crate::domain::calendar::Calendar;
use crate::domain::calendar::dates::monday;
use crate::domain::calendar::half_terms::half_terms;
use crate::domain::counted::counted;
use crate::domain::figures::Figures;
use crate::domain::people::pupil::{Flags, PupilId};
use crate::domain::school::letter_rule::{LetterRule, NotFor};
use crate::domain::school::staff::Role;
use crate::domain::school::stage::Measure;

/// The school weeks over which unauthorised sessions are counted, as for a penalty notice.
const WEEKS: usize = 10;

/// What a pupil's letters go by, on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Who.
    pub pupil: PupilId,
    /// Flags.
    pub flags: Flags,
    /// The school year so far.
    pub year: Figures,
    /// Sessions of the school year missed by illness or for a medical appointment.
    pub ill: u32,
    /// Unauthorised sessions within ten school weeks that no penalty notice has locked.
    pub unauthorised: u32,
    /// Lates this half-term.
    pub lates: u32,
    /// When the last letter of each template was made.
    pub last: Vec<(String, NaiveDate)>,
}

/// A letter that a rule suggests.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// About whom.
    pub pupil: PupilId,
    /// The template.
    pub letter: String,
    /// By what: "attendance 92.0 % (46/50), below 93 %".
    pub why: String,
    /// What speaks against it; `None` of what is suggested.
    pub against: Option<String>,
}

/// The letters that these rules suggest of a pupil on a day of a half-term, the number of it in the school year. Of the rules of one
/// measure that are reached the last counts: it is the gravest.
pub fn suggest(rules: &[LetterRule], one: &Standing, on: NaiveDate, half_term: usize) -> Vec<Suggestion> {
    let reached = |rule: &&LetterRule| {
        let is_now = rule.half_terms.is_empty() || rule.half_terms.contains(&half_term);
        let is_too_early = rule.measure == Measure::Attendance && one.year.possible < rule.sessions;
        is_now && !is_too_early && is_reached(rule, one)
    };
    let of = |measure: Measure| rules.iter().rfind(|rule| rule.measure == measure && reached(rule));
    let found = [Measure::Attendance, Measure::Unauthorised, Measure::Lates].into_iter().filter_map(of);
    let suggestion = |rule: &LetterRule| Suggestion {
        pupil: one.pupil,
        letter: rule.letter.clone(),
        why: why(rule, one),
        against: against(rule, one, on),
    };
    found.map(suggestion).collect()
}

/// The suggestion to begin with: the first that nothing speaks against, of letters that this role makes.
pub fn first_for(suggested: &[Suggestion], role: Role) -> Option<&Suggestion> {
    suggested.iter().find(|one| one.against.is_none() && least_for_letter(&one.letter) <= role)
}

fn is_reached(rule: &LetterRule, one: &Standing) -> bool {
    match (rule.measure, rule.below, rule.from) {
        (Measure::Attendance, Some(below), _) => one.year.is_under(below),
        (Measure::Attendance, None, Some(from)) => one.year.possible > 0 && !one.year.is_under(from),
        (Measure::Unauthorised, _, Some(from)) => one.unauthorised >= from,
        (Measure::Lates, _, Some(from)) => one.lates >= from,
        // What has no value is refused with the settings.
        (Measure::Attendance | Measure::Unauthorised | Measure::Lates, ..) => false,
    }
}

fn why(rule: &LetterRule, one: &Standing) -> String {
    match rule.measure {
        Measure::Attendance => {
            let line = match (rule.below, rule.from) {
                (Some(below), _) => format!(", below {below} %"),
                (None, Some(from)) => format!(", {from} % or more"),
                (None, None) => String::new(),
            };
            format!("attendance {}{line}", one.year)
        }
        Measure::Unauthorised => {
            format!("{} unauthorised within {WEEKS} school weeks", counted(one.unauthorised as usize, "session"))
        }
        Measure::Lates => format!("{} this half-term", counted(one.lates as usize, "late")),
    }
}

fn against(rule: &LetterRule, one: &Standing, on: NaiveDate) -> Option<String> {
    let last = one.last.iter().find(|(template, _)| *template == rule.letter).map(|(_, last)| *last);
    let days = last.map(|last| (on - last).num_days()).filter(|days| *days < i64::from(rule.cool_down));
    let recent = days.map(|days| match days {
        0 => "the same letter was made that day".to_owned(),
        days => {
            format!("the same letter was made {} before", counted(usize::try_from(days).unwrap_or_default(), "day"))
        }
    });
    recent.or_else(|| {
        let holds = |not: &&NotFor| match not {
            NotFor::Illness => one.year.absent() > 0 && one.ill * 4 >= one.year.absent() * 3,
            NotFor::Tier(tier) => one.flags.tier() == *tier,
            NotFor::Flag(flag) => one.flags.has(*flag),
        };
        rule.not_for.iter().find(holds).map(|not| match not {
            NotFor::Illness => format!("{} of {} absences are illness", one.ill, one.year.absent()),
            NotFor::Tier(_) | NotFor::Flag(_) => format!("not for {not}"),
        })
    })
}

/// The Monday of the first of the ten school weeks that end with the week of a day. A week without a school day is none.
pub fn ten_weeks(calendar: &Calendar, on: NaiveDate) -> NaiveDate {
    let after = on.checked_add_days(Days::new(1)).unwrap_or(on);
    let mut weeks: Vec<NaiveDate> = Vec::new();
    for week in calendar.school_days_before(after).filter_map(monday) {
        if weeks.last() != Some(&week) {
            weeks.push(week);
        }
        if weeks.len() == WEEKS {
            break;
        }
    }
    weeks.last().copied().unwrap_or(on)
}

/// Which half-term of the school year a day lies in, from 1; 0 before the first.
pub fn half_term(calendar: &Calendar, on: NaiveDate) -> usize {
    let after = on.checked_add_days(Days::new(1)).unwrap_or(on);
    half_terms(calendar, calendar.school_days(Calendar::year_start(on)..after)).len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::cases::testing::autumn_2025;
    use crate::domain::people::pupil::{Flag, Tier};
    use crate::domain::testing::{AMIRA, date};

    fn rule(letter: &str, measure: Measure, below: Option<u32>, from: Option<u32>) -> LetterRule {
        let (half_terms, not_for) = (vec![], vec![]);
        LetterRule { letter: letter.to_owned(), measure, below, from, half_terms, cool_down: 28, sessions: 20, not_for }
    }

    fn ladder() -> Vec<LetterRule> {
        vec![
            rule("concern-1", Measure::Attendance, Some(95), None),
            rule("concern-2", Measure::Attendance, Some(93), None),
            rule("penalty-warning", Measure::Unauthorised, None, Some(6)),
            rule("late", Measure::Lates, None, Some(5)),
        ]
    }

    fn standing(attended: u32, possible: u32) -> Standing {
        let year = Figures { possible, attended, authorised: possible - attended, ..Figures::default() };
        let (flags, last) = (Flags::default(), vec![]);
        Standing { pupil: AMIRA, flags, year, ill: 0, unauthorised: 0, lates: 0, last }
    }

    fn told(rules: &[LetterRule], one: &Standing) -> Vec<String> {
        let said = |one: Suggestion| match one.against {
            None => format!("{}: {}", one.letter, one.why),
            Some(against) => format!("{}, but {against}", one.letter),
        };
        suggest(rules, one, date(2025, 11, 28), 2).into_iter().map(said).collect()
    }

    #[test]
    fn a_rule_is_reached_exactly_at_its_value() {
        for (attended, possible, letters) in [
            (19, 20, &[][..]),
            (94, 100, &["concern-1: attendance 94.0 % (94/100), below 95 %"]),
            (93, 100, &["concern-1: attendance 93.0 % (93/100), below 95 %"]),
            (92, 100, &["concern-2: attendance 92.0 % (92/100), below 93 %"]),
            (9299, 10000, &["concern-2: attendance 93.0 % (9299/10000), below 93 %"]),
            // Too early in the year.
            (10, 19, &[]),
            (0, 0, &[]),
        ] {
            assert_eq!(told(&ladder(), &standing(attended, possible)), letters, "{attended}/{possible}");
        }
        let counts = |unauthorised, lates| told(&ladder(), &Standing { unauthorised, lates, ..standing(100, 100) });
        assert_eq!(counts(5, 4), [""; 0]);
        let both = ["penalty-warning: 6 sessions unauthorised within 10 school weeks", "late: 5 lates this half-term"];
        assert_eq!(counts(6, 5), both);
        let praise = [rule("praise-full", Measure::Attendance, None, Some(100))];
        assert_eq!(told(&praise, &standing(99, 100)), [""; 0]);
        assert_eq!(told(&praise, &standing(40, 40)), ["praise-full: attendance 100.0 % (40/40), 100 % or more"]);
    }

    #[test]
    fn what_speaks_against_it_is_told() {
        let one = standing(80, 100);
        let with = |not: NotFor| LetterRule { not_for: vec![not], ..ladder().remove(1) };
        let made = |on| Standing { last: vec![("concern-2".to_owned(), on)], ..one.clone() };
        for (rule, one, against) in [
            (ladder().remove(1), made(date(2025, 11, 28)), Some("the same letter was made that day")),
            (ladder().remove(1), made(date(2025, 11, 1)), Some("the same letter was made 27 days before")),
            (ladder().remove(1), made(date(2025, 10, 31)), None),
            (with(NotFor::Illness), Standing { ill: 15, ..one.clone() }, Some("15 of 20 absences are illness")),
            (with(NotFor::Illness), Standing { ill: 14, ..one.clone() }, None),
            (with(NotFor::Flag(Flag::LookedAfter)), one.clone(), None),
            (
                with(NotFor::Flag(Flag::LookedAfter)),
                Standing { flags: Flags::default().with(Flag::LookedAfter), ..one.clone() },
                Some("not for CLA"),
            ),
            (
                with(NotFor::Tier(Tier::Vulnerable)),
                Standing { flags: Flags::default().with(Flag::InNeed), ..one.clone() },
                Some("not for vulnerable"),
            ),
        ] {
            let found = suggest(&[rule], &one, date(2025, 11, 28), 2);
            assert_eq!(found[0].against.as_deref(), against);
        }
    }

    #[test]
    fn a_rule_may_be_for_some_half_terms() {
        let first = LetterRule { half_terms: vec![1], ..ladder().remove(0) };
        assert_eq!(told(&[first], &standing(80, 100)), [""; 0]);
        let second = LetterRule { half_terms: vec![2, 3], ..ladder().remove(0) };
        assert_eq!(told(&[second], &standing(80, 100)).len(), 1);
        let calendar = autumn_2025();
        let numbers = [(2025, 8, 20), (2025, 9, 1), (2025, 10, 24), (2025, 10, 29), (2025, 11, 3)];
        assert_eq!(numbers.map(|(year, month, day)| half_term(&calendar, date(year, month, day))), [0, 1, 1, 1, 2]);
        // Half-term is no school week: ten weeks to W12 begin with W3.
        assert_eq!(ten_weeks(&calendar, date(2025, 11, 27)), date(2025, 9, 15));
        assert_eq!(ten_weeks(&calendar, date(2025, 9, 3)), date(2025, 9, 1));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]
        /// Never two of one measure, and never a lesser one than the attendance is.
        #[test]
        fn the_gravest_rule_of_a_measure_counts(absent in 0_u32..40, possible in 40_u32..200, unauthorised in 0_u32..12) {
            let one = Standing { unauthorised, ..standing(possible - absent.min(possible), possible) };
            let found = suggest(&ladder(), &one, date(2025, 11, 28), 2);
            let of = |letter: &str| found.iter().filter(|one| one.letter == letter).count();
            let (under_93, under_95) = (one.year.is_under(93), one.year.is_under(95));
            prop_assert_eq!(of("concern-2"), usize::from(under_93));
            prop_assert_eq!(of("concern-1"), usize::from(under_95 && !under_93));
            prop_assert_eq!(of("penalty-warning"), usize::from(unauthorised >= 6));
        }
    }
}
