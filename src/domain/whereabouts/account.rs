//! The account of a session: everybody on roll is seen, explained, not required, unexplained or blank, and nobody is two of them.

use chrono::NaiveTime;
use hashbrown::HashSet;

use crate::domain::absence::unexplained::unexplained;
use crate::domain::calendar::session::Session;
use crate::domain::code::is_not_required;
use crate::domain::day::Day;
use crate::domain::people::pupil::PupilId;

/// Everybody on roll, each once, by name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Account {
    /// In the building, by mark or by the gate.
    pub seen: Vec<PupilId>,
    /// Away, and it is known why; elsewhere by arrangement, and confirmed or not due yet.
    pub explained: Vec<PupilId>,
    /// Away, as nothing asks them to be here: not timetabled, no transport, school closed to them.
    pub not_required: Vec<PupilId>,
    /// Those of the list of unexplained absences, whatever else is known of them.
    pub unexplained: Vec<PupilId>,
    /// No mark at all.
    pub blank: Vec<PupilId>,
}

impl Account {
    /// How many there are in all.
    pub fn total(&self) -> usize {
        self.parts().into_iter().map(Vec::len).sum()
    }

    /// Its parts, in the order in which they are read.
    fn parts(&self) -> [&Vec<PupilId>; 5] {
        [&self.seen, &self.explained, &self.not_required, &self.unexplained, &self.blank]
    }
}

/// The account of a session at `now`.
pub fn account(day: &Day, session: Session, now: NaiveTime) -> Account {
    let listed: HashSet<PupilId> = unexplained(day, session, now).into_iter().map(|row| row.pupil).collect();
    let mut account = Account::default();
    for pupil in day.on_roll() {
        let place = if listed.contains(&pupil.id) {
            &mut account.unexplained
        } else if day.is_in(pupil.id, session) {
            &mut account.seen
        } else {
            match day.mark(pupil.id, session).settled {
                Some(mark) if is_not_required(&day.roll.codes, mark.code) => &mut account.not_required,
                Some(_) => &mut account.explained,
                None => &mut account.blank,
            }
        };
        place.push(pupil.id);
    }
    account
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::testing::*;

    #[test]
    fn everybody_is_one_of_five_things() {
        let mut day = day(&[
            (AMIRA, Session::Am, "/"),
            (BILAL, Session::Am, "N"),
            (SIOBHAN, Session::Am, "I"),
            (LOUIS, Session::Am, "U 12"),
            (ZOE, Session::Am, "B"),
            (LUKASZ, Session::Am, "O"),
        ]);
        day.evidence.insert((SANNE, Session::Am), vec![gate("09:20")]);
        let at = |now: &str| account(&day, Session::Am, time(now));
        let early = at("09:30");
        assert_eq!(early.seen, [LOUIS, AMIRA, SANNE]);
        assert_eq!(early.explained, [ZOE, SIOBHAN, LUKASZ]);
        assert_eq!((early.unexplained.as_slice(), early.blank.as_slice()), (&[BILAL][..], &[SUKARNO][..]));
        // Nobody has confirmed that Zoë is with the provider.
        let late = at("10:30");
        assert_eq!((late.explained.contains(&ZOE), late.unexplained.as_slice()), (false, &[ZOE, BILAL][..]));
        assert_eq!((early.total(), late.total()), (8, 8), "the leaver is in none");
    }

    #[test]
    fn whoever_need_not_be_here_is_explained_by_nobody() {
        let day = day(&[(AMIRA, Session::Am, "X"), (SIOBHAN, Session::Am, "Y1"), (LUKASZ, Session::Am, "D")]);
        let account = account(&day, Session::Am, time("09:30"));
        assert_eq!(account.not_required, [AMIRA, SIOBHAN]);
        assert_eq!(account.explained, [LUKASZ], "due at the other school, which is asked");
    }

    proptest! {
        #[test]
        fn nobody_is_left_over_and_nobody_is_twice(
            marks in prop::collection::vec(0_usize..13, 18),
            afternoon in any::<bool>(),
            minute in 0_i64..420,
        ) {
            let codes = ["N", "/", "I", "B", "V", "D", "L 9", "U 60", "O", "X", "Y1", "C2"];
            let marks: Vec<_> = marks
                .iter()
                .enumerate()
                .filter_map(|(n, code)| {
                    let session = if n % 2 == 0 { Session::Am } else { Session::Pm };
                    Some((PupilId(n as i64 / 2 + 1), session, *codes.get(*code)?))
                })
                .collect();
            let day = day(&marks);
            let session = if afternoon { Session::Pm } else { Session::Am };
            let now = time("08:30") + chrono::TimeDelta::minutes(minute);
            let account = account(&day, session, now);
            let mut everybody: Vec<PupilId> = account.parts().into_iter().flatten().copied().collect();
            everybody.sort();
            let mut roll: Vec<PupilId> = day.on_roll().map(|pupil| pupil.id).collect();
            roll.sort();
            prop_assert_eq!(everybody, roll);
            let mut listed: Vec<PupilId> = unexplained(&day, session, now).iter().map(|row| row.pupil).collect();
            listed.sort_by_key(|id| day.roll.place(*id));
            prop_assert_eq!(&account.unexplained, &listed);
        }
    }
}
