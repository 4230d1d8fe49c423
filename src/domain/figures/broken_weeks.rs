//! Broken weeks of a pupil: school weeks in which a session was missed.

use super::Figures;

/// A week of a pupil, as far as it matters whether it is broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Week {
    /// A session was possible.
    possible: bool,
    /// One was missed.
    broken: bool,
    /// One was missed without authority.
    unauthorised: bool,
}

impl Week {
    /// What these figures of the week add to it.
    pub fn add(&mut self, figures: &Figures) {
        self.possible |= figures.possible > 0;
        self.broken |= figures.absent() > 0;
        self.unauthorised |= figures.unauthorised > 0;
    }
}

impl From<&Figures> for Week {
    fn from(figures: &Figures) -> Week {
        let mut week = Week::default();
        week.add(figures);
        week
    }
}

/// What the weeks of a pupil come to. A week in which nothing was possible is none, and parts nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct BrokenWeeks {
    /// Weeks with a possible session.
    pub weeks: u32,
    /// Those with an absence of any kind.
    pub broken: u32,
    /// Those with an unauthorised absence.
    pub unauthorised: u32,
    /// Most whole weeks on end.
    pub whole_on_end: u32,
    /// Most broken weeks on end.
    pub broken_on_end: u32,
}

impl BrokenWeeks {
    /// Those of a pupil's weeks, given in order.
    pub fn of(weeks: impl IntoIterator<Item = impl Into<Week>>) -> BrokenWeeks {
        let (mut it, mut whole, mut broken) = (BrokenWeeks::default(), 0, 0);
        for week in weeks.into_iter().map(Into::into).filter(|week: &Week| week.possible) {
            (whole, broken) = if week.broken { (0, broken + 1) } else { (whole + 1, 0) };
            it.weeks += 1;
            it.broken += u32::from(week.broken);
            it.unauthorised += u32::from(week.unauthorised);
            it.whole_on_end = it.whole_on_end.max(whole);
            it.broken_on_end = it.broken_on_end.max(broken);
        }
        it
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::Code;
    use crate::domain::facts::evidence::Mark;
    use crate::domain::testing::codes;
    use proptest::prelude::*;

    /// A week of these codes; the rest of its ten sessions attended.
    fn week(codes_of_it: &str) -> Figures {
        let mut week = Figures::default();
        let own = codes_of_it.split_whitespace().filter_map(Code::parse);
        for code in own.chain(std::iter::repeat(Code::PRESENT_AM)).take(10) {
            week.count(Some(Mark::plain(code)), &codes());
        }
        week
    }

    #[test]
    fn four_of_twelve_weeks_are_broken() {
        let all = "O ".repeat(10);
        let codes_of_weeks = ["", "I", "", "# #", &all, "", "V V V V", "", "M M", "L L", "U", ""];
        let weeks: Vec<Figures> = codes_of_weeks.into_iter().map(week).collect();
        let found = BrokenWeeks::of(&weeks);
        let expected = BrokenWeeks { weeks: 12, broken: 4, unauthorised: 2, whole_on_end: 3, broken_on_end: 1 };
        assert_eq!(found, expected);

        // A week of nothing but D is none of them, and parts nothing.
        let elsewhere = week(&"D ".repeat(10));
        let mut with_d = weeks.clone();
        with_d[6] = elsewhere;
        assert_eq!(BrokenWeeks::of(&with_d), BrokenWeeks { weeks: 11, whole_on_end: 2, ..expected });
        let both = [week("I"), elsewhere, week("I")];
        assert_eq!(BrokenWeeks::of(&both).broken_on_end, 2);
    }

    proptest! {
        #[test]
        fn whole_and_broken_weeks_are_all_of_them(picks in prop::collection::vec(0_usize..4, 0..30)) {
            let weeks: Vec<Figures> = picks.iter().map(|pick| week(["", "I", "O O", "D D D D D D D D D D"][*pick])).collect();
            let found = BrokenWeeks::of(&weeks);
            prop_assert_eq!(found.weeks as usize, picks.iter().filter(|pick| **pick != 3).count());
            prop_assert!(found.unauthorised <= found.broken && found.broken <= found.weeks);
            prop_assert!(found.broken_on_end <= found.broken && found.whole_on_end + found.broken <= found.weeks);
            prop_assert_eq!(found.broken_on_end == 0, found.broken == 0);
        }
    }
}
