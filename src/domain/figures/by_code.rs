//! Marks counted by pupil, by code and by stretch of dates: what a table with a column a code, or a week, is made of.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;
use hashbrown::HashMap;

use super::Figures;
use super::tally::Tally;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::{Code, CodeTable};
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;

/// Marks by pupil, stretch and code.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ByCode {
    stretches: Vec<Range<NaiveDate>>,
    pupils: HashMap<PupilId, Own>,
}

/// One pupil's.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Own {
    marks: BTreeMap<(usize, Code), u32>,
    /// Sessions of each stretch that count whether or not they have a mark.
    known: Vec<u32>,
}

impl ByCode {
    /// Nothing yet, by these stretches: in order, and none overlaps another.
    pub fn new(stretches: Vec<Range<NaiveDate>>) -> ByCode {
        ByCode { stretches, pupils: HashMap::new() }
    }

    /// The stretches.
    pub fn stretches(&self) -> &[Range<NaiveDate>] {
        &self.stretches
    }

    /// Count a mark; of a date outside the stretches it is none.
    pub fn count(&mut self, pupil: PupilId, at: SessionDate, code: Code) {
        let place = self.stretches.partition_point(|one| one.end <= at.date);
        if self.stretches.get(place).is_some_and(|one| one.contains(&at.date)) {
            *self.pupils.entry(pupil).or_default().marks.entry((place, code)).or_default() += 1;
        }
    }

    /// The same, with the sessions that the pupils of `tally` had: those without a mark are blanks.
    pub fn with_blanks(mut self, tally: &Tally) -> ByCode {
        for (pupil, on_roll) in tally.pupils() {
            let within = |one: &Range<NaiveDate>| one.start.max(on_roll.start)..one.end.min(on_roll.end);
            let known = self.stretches.iter().map(|one| tally.counted().known_within(&within(one)));
            let known = known.collect();
            self.pupils.entry(pupil).or_default().known = known;
        }
        self
    }

    /// The marks of a pupil by code, in one stretch or, of `None`, in all of them.
    pub fn codes(&self, pupil: PupilId, stretch: Option<usize>) -> BTreeMap<Code, u32> {
        let mut codes = BTreeMap::new();
        for ((place, code), count) in self.pupils.get(&pupil).into_iter().flat_map(|own| &own.marks) {
            if stretch.is_none_or(|stretch| stretch == *place) {
                *codes.entry(*code).or_default() += count;
            }
        }
        codes
    }

    /// What they add up to, without minutes.
    pub fn figures(&self, pupil: PupilId, stretch: Option<usize>, codes: &CodeTable) -> Figures {
        let known = self.pupils.get(&pupil).map(|own| own.known.as_slice()).unwrap_or_default();
        let known = match stretch {
            Some(stretch) => known.get(stretch).copied().unwrap_or_default(),
            None => known.iter().sum(),
        };
        let mut figures = Figures::blank(known);
        for (code, count) in self.codes(pupil, stretch) {
            for _ in 0..count {
                figures.fill(Some(Mark::plain(code)), codes);
            }
        }
        figures
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::calendar::session::Session;
    use crate::domain::figures::counted::Counted;
    use crate::domain::figures::split::{By, Key};
    use crate::domain::testing::*;

    /// Two school weeks of spring, one stretch each, and the days between them.
    fn weeks() -> Vec<Range<NaiveDate>> {
        vec![date(2026, 2, 24)..date(2026, 2, 28), date(2026, 3, 2)..date(2026, 3, 5)]
    }

    fn counted(marks: &[(PupilId, SessionDate, &str)]) -> (ByCode, Tally) {
        let roll = Arc::new(roll());
        let dates = Counted::of(&roll, date(2026, 2, 24)..date(2026, 3, 5), at("23:00"));
        let mut tally = Tally::new(roll, dates, |_| true);
        let mut by_code = ByCode::new(weeks());
        for (pupil, at, text) in marks {
            if tally.count(*pupil, *at, mark(text)) {
                by_code.count(*pupil, *at, mark(text).code);
            }
        }
        let by_code = by_code.with_blanks(&tally);
        (by_code, tally)
    }

    #[test]
    fn each_stretch_has_its_codes_and_its_blanks() {
        let on = |day, session| SessionDate::new(date(2026, 3, day), session);
        let tuesday = SessionDate::new(date(2026, 2, 24), Session::Am);
        let marks = [
            (AMIRA, tuesday, "I"),
            (AMIRA, on(2, Session::Am), "O"),
            (AMIRA, on(2, Session::Pm), "O"),
            (AMIRA, on(3, Session::Am), "/"),
            (AMIRA, on(1, Session::Am), "O"),
        ];
        let (by_code, _) = counted(&marks);
        assert_eq!(by_code.codes(AMIRA, Some(0)), BTreeMap::from([(code("I"), 1)]));
        assert_eq!(by_code.codes(AMIRA, Some(1)), BTreeMap::from([(code("/"), 1), (code("O"), 2)]));
        assert_eq!(by_code.codes(AMIRA, None).values().sum::<u32>(), 4, "a Sunday has no session");
        let figures = by_code.figures(AMIRA, Some(1), &codes());
        assert_eq!((figures.possible, figures.attended, figures.unauthorised, figures.blanks), (3, 1, 2, 3));
        assert_eq!(by_code.figures(AMIRA, None, &codes()).blanks, 10, "14 sessions, 4 of them with a mark");
        assert_eq!(by_code.figures(LEAVER, None, &codes()), Figures::default());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]
        /// Codes and stretches add up to what is counted without them.
        #[test]
        fn the_parts_add_up(drawn in prop::collection::vec((0_usize..3, 0_u64..9, any::<bool>(), prop::sample::select(vec!["/", "I", "O", "X", "N"])), 0..40)) {
            let mut marks: BTreeMap<(PupilId, SessionDate), &str> = BTreeMap::new();
            for (pupil, day, is_pm, text) in drawn {
                let session = if is_pm { Session::Pm } else { Session::Am };
                let at = SessionDate::new(date(2026, 2, 24) + chrono::Days::new(day), session);
                marks.insert(([AMIRA, BILAL, ZOE][pupil], at), text);
            }
            let marks: Vec<_> = marks.into_iter().map(|((pupil, at), text)| (pupil, at, text)).collect();
            let (by_code, tally) = counted(&marks);
            for part in tally.parts(By::Pupil) {
                let Key::Pupil(pupil) = part.key else { continue };
                let parts = [0, 1].map(|stretch| by_code.figures(pupil, Some(stretch), &codes()));
                prop_assert_eq!(parts.into_iter().sum::<Figures>(), part.figures);
                prop_assert_eq!(by_code.figures(pupil, None, &codes()), part.figures);
            }
        }
    }
}
