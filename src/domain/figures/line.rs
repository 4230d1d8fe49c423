//! The lines that the national figures draw, at a tenth and at half of the possible sessions missed, and how far a pupil is from them.

use super::Figures;

/// A line that is reached by missing so much.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Line {
    /// Persistent absence: a tenth, exactly and not as rounded.
    Persistent,
    /// Severe absence: half.
    Severe,
}

impl Line {
    /// Of how many possible sessions one that is missed reaches it.
    fn one_of(self) -> u32 {
        match self {
            Line::Persistent => 10,
            Line::Severe => 2,
        }
    }
}

impl Figures {
    /// Whether so much was missed; never where nothing was possible.
    pub fn reaches(&self, line: Line) -> bool {
        self.possible > 0 && self.absent().saturating_mul(line.one_of()) >= self.possible
    }

    /// Missed a tenth or more of the possible sessions (exact, not rounded, as in the DfE absence statistics).
    pub fn is_persistent(&self) -> bool {
        self.reaches(Line::Persistent)
    }

    /// Missed half or more.
    pub fn is_severe(&self) -> bool {
        self.reaches(Line::Severe)
    }

    /// Sessions missed on end from now that reach a line: the last of them is one too many. `None` where it is reached.
    pub fn to_reach(&self, line: Line) -> Option<u32> {
        // (absent + k) * n >= possible + k, the least k.
        let n = line.one_of();
        let short = self.possible.saturating_sub(self.absent().saturating_mul(n)).div_ceil(n - 1);
        (!self.reaches(line)).then_some(short.max(1))
    }

    /// Sessions to be attended on end before a line is no longer reached. `None` where it is not.
    pub fn to_leave(&self, line: Line) -> Option<u32> {
        // absent * n < possible + k, the least k.
        let more = self.absent().saturating_mul(line.one_of()).saturating_add(1).saturating_sub(self.possible);
        self.reaches(line).then_some(more)
    }

    /// Sessions that can still be missed, on end from now, before a pupil who is not [persistently absent](Self::is_persistent) is:
    /// the last of them is one too many. `None` where they are already.
    pub fn to_persistent(&self) -> Option<u32> {
        self.to_reach(Line::Persistent)
    }

    /// Sessions to be attended on end before a pupil who is persistently absent is so no longer. `None` where they are not.
    pub fn to_clear(&self) -> Option<u32> {
        self.to_leave(Line::Persistent)
    }

    /// Of a year of so many sessions, how many of those left may be missed without reaching a line at its end; `None` where too many
    /// were.
    pub fn may_still_miss(&self, line: Line, in_year: u32) -> Option<u32> {
        let most = in_year.max(self.possible).checked_sub(1)? / line.one_of();
        most.checked_sub(self.absent()).map(|more| more.min(in_year.saturating_sub(self.possible)))
    }

    /// Whether attending every session left of a year of so many takes the pupil off a line that is reached; `None` where it is not.
    pub fn can_leave(&self, line: Line, in_year: u32) -> Option<bool> {
        self.to_leave(line).map(|sessions| sessions <= in_year.saturating_sub(self.possible))
    }

    /// What a year of so many sessions comes to if every session left of it is attended.
    pub fn at_best(&self, in_year: u32) -> Figures {
        let left = in_year.saturating_sub(self.possible);
        Figures { possible: self.possible + left, attended: self.attended + left, ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn missed(absent: u32, possible: u32) -> Figures {
        Figures { possible, attended: possible - absent, authorised: absent, ..Figures::default() }
    }

    #[test]
    fn so_many_more_missed_or_attended_cross_the_line() {
        for (absent, possible, missed_to, attended_to) in [
            (0, 0, Some(1), None),
            (0, 1, Some(1), None),
            (0, 20, Some(3), None),
            (2, 21, Some(1), None),
            (2, 20, None, Some(1)),
            (7, 100, Some(4), None),
            (9, 100, Some(2), None),
            (10, 100, None, Some(1)),
            // Twenty give exactly a tenth, which is still persistent.
            (12, 100, None, Some(21)),
            (16, 40, None, Some(121)),
            (10, 20, None, Some(81)),
            (37, 380, Some(2), None),
            (38, 380, None, Some(1)),
        ] {
            let figures = missed(absent, possible);
            assert_eq!((figures.to_persistent(), figures.to_clear()), (missed_to, attended_to), "{absent}/{possible}");
        }
    }

    #[test]
    fn half_of_the_sessions_is_a_line_too() {
        for (absent, possible, missed_to, attended_to) in [
            (0, 0, Some(1), None),
            (9, 20, Some(2), None),
            (10, 20, None, Some(1)),
            (15, 20, None, Some(11)),
            (0, 20, Some(20), None),
        ] {
            let figures = missed(absent, possible);
            let both = (figures.to_reach(Line::Severe), figures.to_leave(Line::Severe));
            assert_eq!(both, (missed_to, attended_to), "{absent}/{possible}");
        }
    }

    #[test]
    fn a_year_has_so_many_sessions_to_miss() {
        for (absent, possible, may_miss, can_leave) in [
            (0, 0, Some(37), None),
            // Persistent now, and not at the end of the year if 21 or fewer more are missed: 121 attended clear it.
            (16, 40, Some(21), Some(true)),
            (30, 250, Some(7), Some(true)),
            // 81 are needed, and 80 are left.
            (38, 300, None, Some(false)),
            (37, 380, Some(0), None),
            (38, 380, None, Some(false)),
        ] {
            let figures = missed(absent, possible);
            let both = (figures.may_still_miss(Line::Persistent, 380), figures.can_leave(Line::Persistent, 380));
            assert_eq!(both, (may_miss, can_leave), "{absent}/{possible}");
        }
        let best = missed(16, 40).at_best(380);
        assert_eq!((best.attended, best.possible, best.to_string().as_str()), (364, 380, "95.8 % (364/380)"));
    }

    proptest! {
        /// So many are enough, and one fewer is not.
        #[test]
        fn the_line_is_crossed_by_the_last_of_them(absent in 0_u32..200, attended in 0_u32..400, severe in any::<bool>()) {
            let line = if severe { Line::Severe } else { Line::Persistent };
            let figures = missed(absent, absent + attended);
            let after = |missed_more, attended_more| missed(absent + missed_more, figures.possible + missed_more + attended_more);
            if let Some(more) = figures.to_reach(line) {
                prop_assert!(after(more, 0).reaches(line) && !after(more - 1, 0).reaches(line));
            }
            if let Some(more) = figures.to_leave(line) {
                prop_assert!(!after(0, more).reaches(line) && after(0, more - 1).reaches(line));
            }
            prop_assert_eq!(figures.to_reach(line).is_none(), figures.to_leave(line).is_some());
        }

        /// A year's last session that may be missed is the last.
        #[test]
        fn what_may_be_missed_of_a_year_is_exact(absent in 0_u32..60, attended in 0_u32..300, left in 1_u32..100) {
            let figures = missed(absent, absent + attended);
            let year = figures.possible + left;
            let at_end = |more: u32| missed(absent + more, year.max(absent + more));
            match figures.may_still_miss(Line::Persistent, year) {
                Some(more) => {
                    prop_assert!(!at_end(more).is_persistent());
                    prop_assert!(more == left || at_end(more + 1).is_persistent());
                }
                None => prop_assert!(at_end(0).is_persistent()),
            }
            if let Some(can) = figures.can_leave(Line::Persistent, year) {
                prop_assert_eq!(can, !figures.at_best(year).is_persistent());
            }
        }
    }
}
