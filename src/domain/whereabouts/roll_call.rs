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
        let place = self.place();
        day.sightings.iter().filter(|one| one.place == place).map(|one| (one.pupil, one)).collect()
    }
}

#[cfg(test)]
mod tests {
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
}
