//! Who was not there on a day, or is not expected: by the marks that stand now.

use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::day::Day;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;

/// What is still to be done about a pupil's marks of a day, the most first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Left {
    /// One stands at N.
    AtN,
    /// One is missing.
    Blank,
    /// Nothing: it is known why.
    Nothing,
}

/// A pupil who was away for a session at least, or has no mark in one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Absent {
    /// Who.
    pub pupil: PupilId,
    /// The mark of each session of the day, in order.
    pub marks: Vec<(Session, Option<Mark>)>,
    /// The session that the row is about: the first at N, else without a mark, else the first away.
    pub session: Session,
    /// What is still to be done.
    pub left: Left,
}

/// Everybody who was away on `day`, those first about whom something is still to be done, then by name. `is_over` says that a mark that
/// is missing is missed.
pub fn absent(day: &Day, is_over: bool) -> Vec<Absent> {
    let mut rows: Vec<Absent> = day.on_roll().filter_map(|pupil| absence(day, pupil.id, is_over)).collect();
    // By name already: the order is stable.
    rows.sort_by_key(|row| row.left);
    rows
}

/// The same of one pupil; `None` where nothing was missed.
pub fn absence(day: &Day, pupil: PupilId, is_over: bool) -> Option<Absent> {
    let marks: Vec<(Session, Option<Mark>)> =
        day.sessions().iter().map(|session| (*session, day.mark(pupil, *session).settled)).collect();
    let left = |(session, mark): &(Session, Option<Mark>)| match mark {
        Some(mark) if mark.code == Code::N => Some((Left::AtN, *session)),
        Some(mark) if day.roll.codes.is_away(mark.code) => Some((Left::Nothing, *session)),
        Some(_) => None,
        None => (is_over && day.closed.is_none()).then_some((Left::Blank, *session)),
    };
    let (left, session) = marks.iter().filter_map(left).min()?;
    Some(Absent { pupil, marks, session, left })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::testing::*;

    #[test]
    fn what_is_left_to_do_comes_first_then_the_name() {
        let day = day(&[
            (AMIRA, Session::Am, "/"),
            (AMIRA, Session::Pm, "\\"),
            (BILAL, Session::Am, "I"),
            (BILAL, Session::Pm, "I"),
            (SIOBHAN, Session::Am, "I"),
            (SIOBHAN, Session::Pm, "N"),
            (LOUIS, Session::Am, "L 5"),
            (LOUIS, Session::Pm, "M"),
            (ZOE, Session::Am, "/"),
        ]);
        let told = |is_over| -> Vec<(PupilId, Session, Left)> {
            absent(&day, is_over).into_iter().map(|row| (row.pupil, row.session, row.left)).collect()
        };
        let (am, pm) = (Session::Am, Session::Pm);
        let open = (SIOBHAN, pm, Left::AtN);
        assert_eq!(told(false), [open, (LOUIS, pm, Left::Nothing), (BILAL, am, Left::Nothing)]);
        let over = told(true);
        assert_eq!((over[0], over.last().copied()), (open, Some((BILAL, am, Left::Nothing))));
        assert!(over.contains(&(ZOE, pm, Left::Blank)) && !over.iter().any(|(pupil, ..)| *pupil == AMIRA));
        assert_eq!(over.iter().filter(|(_, _, left)| *left == Left::Blank).count(), 4, "the leaver is not due");
    }

    proptest! {
        #[test]
        fn nobody_is_named_twice_and_everybody_away_is(marks in prop::collection::vec(0_usize..8, 18), is_over in any::<bool>()) {
            let codes = ["N", "/", "I", "B", "L 9", "U 60", "O"];
            let marks: Vec<_> = marks.iter().enumerate().filter_map(|(n, code)| {
                let session = if n % 2 == 0 { Session::Am } else { Session::Pm };
                Some((PupilId(n as i64 / 2 + 1), session, *codes.get(*code)?))
            }).collect();
            let day = day(&marks);
            let rows = absent(&day, is_over);
            let named: std::collections::BTreeSet<PupilId> = rows.iter().map(|row| row.pupil).collect();
            prop_assert_eq!(named.len(), rows.len());
            prop_assert!(rows.windows(2).all(|two| two[0].left <= two[1].left));
            for pupil in day.on_roll() {
                let is_away = |session: &Session| day.mark(pupil.id, *session).settled.map_or(is_over, |mark| day.roll.codes.is_away(mark.code));
                prop_assert_eq!(day.sessions().iter().any(is_away), named.contains(&pupil.id));
            }
        }
    }
}
