//! Marks that an act changed in the record: what stood before it, and what stands since.

use std::collections::BTreeMap;

use crate::domain::calendar::session::SessionDate;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;

/// A mark that was changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChangedMark {
    /// Whose.
    pub pupil: PupilId,
    /// Which session.
    pub at: SessionDate,
    /// What stood before; `None` is blank.
    pub was: Option<Mark>,
    /// What stands since.
    pub now: Option<Mark>,
}

/// What `changes`, in the order in which they were made, come to: each pupil-session once, by session and then by pupil. One that stands
/// in the end as it did before is left out.
pub fn in_all(changes: impl IntoIterator<Item = ChangedMark>) -> Vec<ChangedMark> {
    let mut all: BTreeMap<(SessionDate, PupilId), ChangedMark> = BTreeMap::new();
    for one in changes {
        all.entry((one.at, one.pupil)).and_modify(|held| held.now = one.now).or_insert(one);
    }
    all.into_values().filter(|one| one.was != one.now).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::calendar::session::Session;
    use crate::domain::code::Code;

    #[test]
    fn changes_of_one_session_come_to_one_and_one_that_is_as_it_was_to_none() {
        let at = |day| SessionDate::new(NaiveDate::from_ymd_opt(2026, 11, day).unwrap(), Session::Am);
        let mark = |code| Some(Mark { code, minutes: None });
        let change = |pupil, day, was, now| ChangedMark { pupil: PupilId(pupil), at: at(day), was, now };
        let all = in_all([
            change(2, 24, mark(Code::N), mark(Code::L)),
            change(1, 24, None, mark(Code::N)),
            change(1, 23, mark(Code::N), mark(Code::U)),
            change(2, 24, mark(Code::L), mark(Code::U)),
            change(1, 23, mark(Code::U), mark(Code::N)),
        ]);
        assert_eq!(all, [change(1, 24, None, mark(Code::N)), change(2, 24, mark(Code::N), mark(Code::U))]);
    }
}
