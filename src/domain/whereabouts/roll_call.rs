//! Roll calls: everybody on the fire list ticked off, at several desks at once. A roll call is the sightings recorded under its name.

use chrono::{NaiveTime, Timelike};
use hashbrown::HashMap;

use crate::domain::calendar::session::{minutes_between, parse_time};
use crate::domain::day::Day;
use crate::domain::facts::presence::Sighting;
use crate::domain::people::pupil::PupilId;

/// What its place begins with.
const CALLED: &str = "roll call ";
/// Minutes after it began during which a desk joins it.
const LASTS: i64 = 60;

/// One roll call, known by the minute it began.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct RollCall {
    /// School-local, to the minute.
    pub began: NaiveTime,
}

impl RollCall {
    /// A new one.
    pub fn at(now: NaiveTime) -> RollCall {
        RollCall { began: now.with_second(0).and_then(|now| now.with_nanosecond(0)).unwrap_or(now) }
    }

    /// The newest roll call of the day, while it can be joined.
    pub fn running(day: &Day, now: NaiveTime) -> Option<RollCall> {
        let called = day.sightings.iter().filter_map(|one| one.place.strip_prefix(CALLED));
        let began = called.filter_map(parse_time).filter(|began| (0..LASTS).contains(&minutes_between(*began, now)));
        began.max().map(|began| RollCall { began })
    }

    /// Where its sightings say that they were made: "roll call 10:42".
    pub fn place(self) -> String {
        format!("{CALLED}{}", self.began.format("%H:%M"))
    }

    /// Each pupil's last sighting in it.
    pub fn sightings(self, day: &Day) -> HashMap<PupilId, &Sighting> {
        said_since(&day.sightings, &self.place(), self.began)
    }
}

/// Each pupil's last sighting in a place at `since` or later; the sightings oldest first.
pub fn said_since<'a>(sightings: &'a [Sighting], place: &str, since: NaiveTime) -> HashMap<PupilId, &'a Sighting> {
    let here = sightings.iter().filter(|one| one.place == place && one.time >= since);
    here.map(|one| (one.pupil, one)).collect()
}

/// A group as one roll call, or one sweep, has it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Said {
    /// Of whom nothing is said yet.
    pub open: Vec<PupilId>,
    /// Who is said not to be seen.
    pub not_seen: Vec<PupilId>,
    /// Who is said to be seen.
    pub seen: Vec<PupilId>,
}

impl Said {
    /// Of `pupils`, by what was said of each last.
    pub fn of(pupils: impl IntoIterator<Item = PupilId>, said: &HashMap<PupilId, &Sighting>) -> Said {
        let mut found = Said::default();
        for pupil in pupils {
            match said.get(&pupil).map(|one| one.seen) {
                None => found.open.push(pupil),
                Some(false) => found.not_seen.push(pupil),
                Some(true) => found.seen.push(pupil),
            }
        }
        found
    }

    /// Who is not accounted for.
    pub fn left(&self) -> usize {
        self.open.len() + self.not_seen.len()
    }

    /// How many there are.
    pub fn all(&self) -> usize {
        self.left() + self.seen.len()
    }

    /// Whether something is said of everybody.
    pub fn is_gone_through(&self) -> bool {
        self.open.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::act_id::ActId;
    use crate::domain::testing::*;

    fn sighting(pupil: PupilId, seen: bool, place: &str) -> Sighting {
        let (act, time, who) = (ActId(1), time("10:43"), "S Marsh".to_owned());
        Sighting { act, pupil, time, seen, place: place.to_owned(), who }
    }

    #[test]
    fn the_newest_is_joined_for_an_hour() {
        let mut day = day(&[]);
        let running = |day: &Day, now: &str| RollCall::running(day, time(now)).map(RollCall::place);
        assert_eq!(running(&day, "10:42"), None);
        day.sightings = vec![sighting(AMIRA, true, "roll call 10:42"), sighting(BILAL, true, "sweep of 9TR")];
        for (now, joined) in
            [("10:41", None), ("10:42", Some("roll call 10:42")), ("11:41:59", Some("roll call 10:42"))]
        {
            assert_eq!(running(&day, now).as_deref(), joined, "{now}");
        }
        assert_eq!(running(&day, "11:42"), None);
        day.sightings.push(sighting(ZOE, true, "roll call 10:50"));
        assert_eq!(running(&day, "11:00").as_deref(), Some("roll call 10:50"));
        assert_eq!(running(&day, "10:45").as_deref(), Some("roll call 10:42"), "not one that is yet to come");
    }

    #[test]
    fn what_was_said_last_counts_and_another_roll_call_s_word_does_not() {
        let mut day = day(&[]);
        let place = RollCall::at(time("10:42:31")).place();
        assert_eq!(place, "roll call 10:42");
        day.sightings =
            vec![sighting(AMIRA, false, &place), sighting(AMIRA, true, &place), sighting(ZOE, true, "roll call 09:00")];
        let said = RollCall::at(time("10:42")).sightings(&day);
        assert_eq!((said.len(), said[&AMIRA].seen), (1, true));
    }

    #[test]
    fn a_group_is_gone_through_once_something_is_said_of_everybody() {
        let mut day = day(&[]);
        let call = RollCall::at(time("10:42"));
        let said = |day: &Day| Said::of([AMIRA, BILAL, ZOE], &call.sightings(day));
        let place = call.place();
        for (one, open, left) in [
            (sighting(AMIRA, true, &place), 2, 2),
            (sighting(BILAL, false, &place), 1, 2),
            (sighting(ZOE, true, "sweep of 9TR"), 1, 2),
            (sighting(ZOE, true, &place), 0, 1),
            (sighting(BILAL, true, &place), 0, 0),
        ] {
            day.sightings.push(one);
            let found = said(&day);
            assert_eq!((found.open.len(), found.left(), found.all()), (open, left, 3), "{found:?}");
            assert_eq!(found.is_gone_through(), open == 0);
        }
    }

    #[test]
    fn what_was_said_in_an_earlier_sweep_of_the_day_does_not_count() {
        let of = |since: &str| said_since(&[sighting(AMIRA, true, "sweep of 8KM")], "sweep of 8KM", time(since)).len();
        assert_eq!((of("10:43"), of("10:44"), of("09:00")), (1, 0, 1));
    }

    proptest! {
        #[test]
        fn everybody_is_in_one_part_and_the_last_word_says_which(said in prop::collection::vec((1_i64..6, any::<bool>()), 0..20)) {
            let mut day = day(&[]);
            let call = RollCall::at(time("10:42"));
            day.sightings = said.iter().map(|(id, seen)| sighting(PupilId(*id), *seen, &call.place())).collect();
            let found = Said::of((1..6).map(PupilId), &call.sightings(&day));
            prop_assert_eq!(found.all(), 5);
            for id in 1..6 {
                let last = said.iter().rfind(|(one, _)| *one == id).map(|(_, seen)| *seen);
                let part = [(None, &found.open), (Some(false), &found.not_seen), (Some(true), &found.seen)];
                for (what, pupils) in part {
                    prop_assert_eq!(pupils.contains(&PupilId(id)), what == last);
                }
            }
        }
    }
}
