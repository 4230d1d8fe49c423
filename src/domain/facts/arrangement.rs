//! Arrangements entered once, for many: a trip, work experience every Friday, alternative provision, a part-time timetable. Of each
//! pupil's days it says what an arrangement for one says, and settles as that does.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::calendar::week_sessions::WeekSessions;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;

/// The most days from the first to the last: a school year, and the summer before it.
pub const LONGEST: Days = Days::new(430);
/// So many days before its end an arrangement that lasted longer is shown as ending.
const SOON: Days = Days::new(7);

/// The number of an arrangement.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ArrangementId(pub i64);

/// What may be changed of an arrangement while it goes on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    /// With whom or what it is: "Harbour Garage".
    pub title: String,
    /// The provider's number; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The sessions of the week.
    pub days: WeekSessions,
    /// Last day.
    pub until: NaiveDate,
    /// The date it is looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<NaiveDate>,
    /// Anything else; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A pupil in it, from the first day to the last.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Membership {
    /// Who.
    pub pupil: PupilId,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

impl Membership {
    /// These pupils, each once, from the first day to the last.
    pub fn of_all(pupils: &[PupilId], from: NaiveDate, until: NaiveDate) -> Vec<Membership> {
        let once: BTreeSet<PupilId> = pupils.iter().copied().collect();
        once.into_iter().map(|pupil| Membership { pupil, from, until }).collect()
    }
}

/// An arrangement as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arrangement {
    /// Its number.
    pub id: ArrangementId,
    /// The code of its sessions.
    pub code: Code,
    /// First day.
    pub from: NaiveDate,
    /// The rest of it.
    pub terms: Terms,
    /// Who is in it, and who was; a pupil who came back is there twice.
    pub members: Vec<Membership>,
    /// The act that entered or last changed it.
    pub act: ActId,
    /// Who entered it.
    pub who: String,
    /// When, school-local.
    pub at: NaiveDateTime,
}

/// What is to be done about an arrangement.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Due {
    /// Its review date has come.
    Review,
    /// It ends within a week.
    Ends,
}

/// Where an arrangement stands on a date, in the order of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Stage {
    /// Something is to be done about it.
    Due(Due),
    /// It goes on.
    Current,
    /// It has not begun.
    Coming,
    /// It is over.
    Over,
}

/// The sessions that an arrangement covers of one pupil's day, from the first to the last.
pub type Covered = (SessionDate, SessionDate);

impl Arrangement {
    /// Who is in it on a date or comes into it later.
    pub fn pupils_from(&self, date: NaiveDate) -> Vec<PupilId> {
        let current = self.members.iter().filter(|one| date <= one.until).map(|one| one.pupil);
        current.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// How many are in it on a date, before its first day on that, after its last on the last.
    pub fn count(&self, today: NaiveDate) -> usize {
        let date = today.clamp(self.from, self.terms.until);
        self.members.iter().filter(|one| one.from <= date && date <= one.until).count()
    }

    /// Who is in it once it is so from a date on that `pupils`, and nobody else, are in it until `until`. The days before stay as
    /// they were; with a last day before `from` it ends.
    pub fn members_from(&self, from: NaiveDate, until: NaiveDate, pupils: &[PupilId]) -> Vec<Membership> {
        let eve = from.pred_opt().unwrap_or(from);
        let mut coming: BTreeSet<PupilId> =
            if until < from { BTreeSet::new() } else { pupils.iter().copied().collect() };
        let mut members = Vec::new();
        for one in &self.members {
            let last = match (one.until < from, coming.remove(&one.pupil)) {
                (true, false) => one.until,
                // Out already, and in again: another row.
                (true, true) => {
                    coming.insert(one.pupil);
                    one.until
                }
                (false, true) => until,
                (false, false) => eve,
            };
            if one.from <= last {
                members.push(Membership { until: last, ..*one });
            }
        }
        let first = from.max(self.from);
        members.extend(coming.into_iter().filter(|_| first <= until).map(|pupil| Membership {
            pupil,
            from: first,
            until,
        }));
        members.sort_unstable();
        members
    }

    /// Where it stands on `today`.
    pub fn stage(&self, today: NaiveDate) -> Stage {
        let until = self.terms.until;
        let is_long = self.from.checked_add_days(SOON).is_some_and(|week| week < until);
        let ends_soon = today.checked_add_days(SOON).is_some_and(|soon| until <= soon);
        match () {
            () if until < today => Stage::Over,
            () if self.terms.review.is_some_and(|review| review <= today) => Stage::Due(Due::Review),
            () if today < self.from => Stage::Coming,
            () if is_long && ends_soon => Stage::Due(Due::Ends),
            () => Stage::Current,
        }
    }

    /// What is to be done about it on `today`, if anything is.
    pub fn due(&self, today: NaiveDate) -> Option<Due> {
        match self.stage(today) {
            Stage::Due(due) => Some(due),
            Stage::Current | Stage::Coming | Stage::Over => None,
        }
    }

    /// "W Harbour Garage, Fri PM".
    pub fn describe(&self) -> String {
        format!("{} {}, {}", self.code, self.terms.title, self.terms.days)
    }

    /// "Mon-Fri", "Fri PM"; of one day "Tue".
    pub fn days(&self) -> String {
        if self.from == self.terms.until { self.from.format("%a").to_string() } else { self.terms.days.to_string() }
    }

    /// "review due 12 Feb", "ends Fri 27 Nov", "until Fri 17 Jul, review 12 Feb", "from Mon 11 Jan", "ended Fri 6 Nov".
    pub fn when(&self, today: NaiveDate) -> String {
        let day = |date: NaiveDate| date.format("%a %-d %b");
        let review =
            self.terms.review.map(|review| format!(", review {}", review.format("%-d %b"))).unwrap_or_default();
        let until = self.terms.until;
        match self.stage(today) {
            Stage::Due(Due::Review) => {
                let review = self.terms.review.map(|review| review.format("%-d %b").to_string()).unwrap_or_default();
                format!("review due {review}, until {}", day(until))
            }
            Stage::Due(Due::Ends) if until == today => "ends today".to_owned(),
            Stage::Due(Due::Ends) => format!("ends {}", day(until)),
            Stage::Current => format!("until {}{review}", day(until)),
            Stage::Coming if self.from == until => format!("on {}", day(until)),
            Stage::Coming => format!("from {} until {}{review}", day(self.from), day(until)),
            Stage::Over => format!("ended {}", day(until)),
        }
    }
}

/// Arrangements in the order of the list: what is due first, then what ends first.
pub fn in_order(all: &[Arrangement], today: NaiveDate) -> Vec<&Arrangement> {
    let mut list: Vec<&Arrangement> = all.iter().collect();
    list.sort_by_cached_key(|one| {
        let stage = one.stage(today);
        // Of what is over the last first.
        let days = (one.terms.until - today).num_days();
        (stage, if stage == Stage::Over { -days } else { days }, one.terms.title.clone(), one.id)
    });
    list
}

/// How many are to be reviewed, and how many end within a week.
pub fn due_counts(all: &[Arrangement], today: NaiveDate) -> (usize, usize) {
    let count = |wanted| all.iter().filter(|one| one.due(today) == Some(wanted)).count();
    (count(Due::Review), count(Due::Ends))
}

/// What these members' days from `from` on are covered by: the sessions of each, whether or not the school meets on them.
pub fn covered(members: &[Membership], days: WeekSessions, from: NaiveDate) -> BTreeMap<(PupilId, NaiveDate), Covered> {
    let of = |one: &Membership| {
        let (pupil, until) = (one.pupil, one.until);
        let dates = one.from.max(from).iter_days().take_while(move |date| *date <= until);
        dates.filter_map(move |date| Some(((pupil, date), days.on(date)?)))
    };
    members.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;
    use proptest::prelude::*;

    fn spring(day: u32) -> NaiveDate {
        date(2026, 3, day)
    }

    fn garage() -> Arrangement {
        let terms = Terms {
            title: "Harbour Garage".to_owned(),
            number: "01632 960123".to_owned(),
            days: WeekSessions::parse("fri pm").unwrap(),
            until: spring(27),
            review: Some(spring(16)),
            note: String::new(),
        };
        let members = Membership::of_all(&[AMIRA, BILAL, AMIRA], spring(2), spring(27));
        let act = crate::domain::act_id::ActId(3);
        let (id, code, from) = (ArrangementId(1), code("W"), spring(2));
        Arrangement { id, code, from, terms, members, act, who: "S Marsh".to_owned(), at: at("08:00") }
    }

    #[test]
    fn where_it_stands_is_said_by_its_dates() {
        let one = garage();
        for (today, says) in [
            (date(2026, 2, 27), "from Mon 2 Mar until Fri 27 Mar, review 16 Mar"),
            (spring(4), "until Fri 27 Mar, review 16 Mar"),
            (spring(16), "review due 16 Mar, until Fri 27 Mar"),
            (spring(28), "ended Fri 27 Mar"),
        ] {
            assert_eq!(one.when(today), says, "{today}");
        }
        let reviewed = Arrangement { terms: Terms { review: None, ..one.terms.clone() }, ..one.clone() };
        assert_eq!(reviewed.when(spring(19)), "until Fri 27 Mar");
        assert_eq!(reviewed.when(spring(20)), "ends Fri 27 Mar");
        assert_eq!(reviewed.when(spring(27)), "ends today");
        let trip = Arrangement { from: spring(27), ..reviewed.clone() };
        assert_eq!((trip.when(spring(26)), trip.due(spring(27))), ("on Fri 27 Mar".to_owned(), None));
        let all = [trip, reviewed, one];
        let order: Vec<_> = in_order(&all, spring(20)).iter().map(|one| one.when(spring(20))).collect();
        assert_eq!(order, ["review due 16 Mar, until Fri 27 Mar", "ends Fri 27 Mar", "on Fri 27 Mar"]);
        assert_eq!(due_counts(&all, spring(20)), (1, 1));
    }

    #[test]
    fn who_is_in_it_changes_from_a_date() {
        let one = garage();
        let spans = |members: &[Membership]| {
            members
                .iter()
                .map(|one| format!("{} {}-{}", one.pupil.0, one.from.format("%-d"), one.until.format("%-d")))
                .collect::<Vec<_>>()
        };
        let out_and_in = one.members_from(spring(9), spring(27), &[BILAL, ZOE]);
        assert_eq!(spans(&out_and_in), ["1 2-8", "2 2-27", "5 9-27"]);
        let longer = one.members_from(spring(9), spring(31), &[AMIRA, BILAL]);
        assert_eq!(spans(&longer), ["1 2-31", "2 2-31"]);
        let ended = one.members_from(spring(9), spring(8), &[]);
        assert_eq!(spans(&ended), ["1 2-8", "2 2-8"]);
        assert_eq!(one.members_from(spring(2), spring(1), &[]), [], "taken back whole");
        let back = Arrangement { members: out_and_in, ..one }.members_from(spring(16), spring(27), &[AMIRA, BILAL]);
        assert_eq!(spans(&back), ["1 2-8", "1 16-27", "2 2-27", "5 9-15"]);
    }

    proptest! {
        /// What a change leaves of the days before it is what they were, and from it on those named are covered and nobody else.
        #[test]
        fn a_change_reaches_no_day_before_it(
            first in prop::collection::btree_set(1_i64..6, 1..5), then in prop::collection::btree_set(1_i64..6, 0..5),
            from in 1_u32..29, until in 1_u32..31,
        ) {
            let pupils = |ids: &BTreeSet<i64>| ids.iter().map(|id| PupilId(*id)).collect::<Vec<_>>();
            let members = Membership::of_all(&pupils(&first), spring(2), spring(27));
            let one = Arrangement { members, ..garage() };
            let days = WeekSessions::parse("weekdays").unwrap();
            let (from, until) = (spring(from), spring(until));
            let after = one.members_from(from, until, &pupils(&then));
            let on = |members: &[Membership], date: NaiveDate| {
                covered(members, days, date).into_keys().filter(|(_, day)| *day == date).map(|(pupil, _)| pupil).collect::<Vec<_>>()
            };
            for date in spring(1).iter_days().take(31) {
                let expected = if date < from {
                    on(&one.members, date)
                } else if date <= until && spring(2) <= date && days.on(date).is_some() {
                    pupils(&then)
                } else {
                    Vec::new()
                };
                prop_assert_eq!(on(&after, date), expected, "{}", date);
            }
        }
    }
}
