//! How many pupils stand with which mark in a session: everybody on roll, each once.

use std::collections::BTreeMap;

use super::Day;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;

/// The marks of a session, counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Count {
    /// Everybody on roll.
    pub on_roll: usize,
    /// Those whose mark says that they are in.
    pub marked_in: usize,
    /// Those of them who came late, before the register closed or after.
    pub late: usize,
    /// The others by their code, the most first, then by the letter.
    pub by_code: Vec<(Code, usize)>,
    /// Those without a mark.
    pub blank: usize,
}

impl Count {
    /// Of one session of the day.
    pub fn of(day: &Day, session: Session) -> Count {
        let mut count = Count::default();
        let mut codes: BTreeMap<Code, usize> = BTreeMap::new();
        for pupil in day.on_roll() {
            count.on_roll += 1;
            match day.mark(pupil.id, session).settled {
                None => count.blank += 1,
                Some(mark) if day.is_marked_in(pupil.id, session) => {
                    count.marked_in += 1;
                    count.late += usize::from(mark.is_late());
                }
                Some(mark) => *codes.entry(mark.code).or_default() += 1,
            }
        }
        count.by_code = codes.into_iter().collect();
        count.by_code.sort_by_key(|(_, pupils)| std::cmp::Reverse(*pupils));
        count
    }

    /// Those with this code who are not in.
    pub fn with(&self, code: Code) -> usize {
        self.by_code.iter().find(|(of, _)| *of == code).map_or(0, |(_, pupils)| *pupils)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::people::pupil::PupilId;
    use crate::domain::testing::*;

    #[test]
    fn each_is_counted_once_by_the_mark_that_stands() {
        let day = day(&[
            (AMIRA, Session::Am, "/"),
            (BILAL, Session::Am, "N"),
            (SIOBHAN, Session::Am, "I"),
            (LOUIS, Session::Am, "U 12"),
            (ZOE, Session::Am, "I"),
            (LUKASZ, Session::Am, "L 5"),
        ]);
        let count = Count::of(&day, Session::Am);
        assert_eq!((count.on_roll, count.marked_in, count.late, count.blank), (8, 3, 2, 2));
        assert_eq!(count.by_code, [(Code::I, 2), (Code::N, 1)]);
        assert_eq!((count.with(Code::I), count.with(code("M"))), (2, 0));
        assert_eq!(Count::of(&day, Session::Pm).blank, 8);
    }

    proptest! {
        #[test]
        fn the_counts_add_up(marks in prop::collection::vec(0_usize..8, 9)) {
            let codes = ["N", "/", "I", "B", "L 9", "U 60", "O"];
            let marks = marks.iter().zip(1..).filter_map(|(code, id)| Some((PupilId(id), Session::Am, *codes.get(*code)?)));
            let count = Count::of(&day(&marks.collect::<Vec<_>>()), Session::Am);
            let others: usize = count.by_code.iter().map(|(_, pupils)| pupils).sum();
            prop_assert_eq!(count.marked_in + others + count.blank, count.on_roll);
        }
    }
}
