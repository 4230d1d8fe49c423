//! The pattern in a pupil's absence: by weekday, mornings and afternoons apart, and about the holidays.

use chrono::{Datelike, Weekday};
use serde::Serialize;

use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::CodeTable;
use crate::domain::facts::evidence::Mark;
use crate::domain::figures::Figures;

/// The days of a school week.
pub const WEEKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// Absences from which on a weekday can be a pattern: fewer are chance.
const LEAST: u32 = 4;

/// Figures by weekday and session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Weekdays([[Figures; 2]; 5]);

impl Weekdays {
    /// Count one session more, with its mark or as a blank. Nothing is counted on a weekend.
    pub fn count(&mut self, at: SessionDate, mark: Option<Mark>, codes: &CodeTable) {
        let day = self.0.get_mut(at.date.weekday().num_days_from_monday() as usize);
        if let Some(figures) = day.and_then(|day| day.get_mut(usize::from(at.session == Session::Pm))) {
            figures.count(mark, codes);
        }
    }

    /// The figures of one session of a weekday.
    pub fn of(&self, weekday: Weekday, session: Session) -> Figures {
        let day = self.0.get(weekday.num_days_from_monday() as usize);
        day.and_then(|day| day.get(usize::from(session == Session::Pm))).copied().unwrap_or_default()
    }

    /// The figures of a weekday, both sessions together.
    pub fn of_day(&self, weekday: Weekday) -> Figures {
        Session::BOTH.into_iter().map(|session| self.of(weekday, session)).sum()
    }

    /// All of them together.
    pub fn all(&self) -> Figures {
        WEEKDAYS.into_iter().map(|weekday| self.of_day(weekday)).sum()
    }

    /// The weekdays that stand out, the strongest first, each with its figures and its strength in tenths.
    pub fn standing_out(&self) -> Vec<(Weekday, Figures, u32)> {
        let all = self.all();
        let days = WEEKDAYS.into_iter().map(|weekday| (weekday, self.of_day(weekday)));
        let mut found: Vec<_> = days
            .filter(|(_, part)| stands_out(part, &all))
            .filter_map(|(weekday, part)| Some((weekday, part, strength(&part, &all)?)))
            .collect();
        found.sort_by_key(|(weekday, _, strength)| (u32::MAX - strength, weekday.num_days_from_monday()));
        found
    }
}

/// How much of the `part`'s possible sessions was missed, as a multiple of what was missed of all, in tenths, rounded half up: 19 is 1.9
/// times. `None` where nothing was possible or missed.
pub fn strength(part: &Figures, all: &Figures) -> Option<u32> {
    let times = |one: u32, other: u32| u64::from(one) * u64::from(other);
    let over = Some(times(part.possible, all.absent())).filter(|over| *over > 0)?;
    u32::try_from((times(part.absent(), all.possible) * 20 + over) / (over * 2)).ok()
}

/// Whether a part stands out: missed half as often again as all, and not by chance.
pub fn stands_out(part: &Figures, all: &Figures) -> bool {
    let times = |one: u32, other: u32| u64::from(one) * u64::from(other);
    part.absent() >= LEAST && times(part.absent(), all.possible) * 2 >= times(all.absent(), part.possible) * 3
}

/// On how many of the days about holidays something was missed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DaysMissed {
    /// Days on which the pupil could attend.
    pub days: u32,
    /// Those on which a session was missed.
    pub missed: u32,
}

impl DaysMissed {
    /// Count a day with these figures; one on which nothing was possible is none.
    pub fn count(&mut self, figures: &Figures) {
        self.days += u32::from(figures.possible > 0);
        self.missed += u32::from(figures.absent() > 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::Code;
    use crate::domain::testing::*;
    use chrono::Days;
    use proptest::prelude::*;

    fn figures(absent: u32, possible: u32) -> Figures {
        Figures { possible, attended: possible - absent, authorised: absent, ..Figures::default() }
    }

    #[test]
    fn a_part_stands_out_by_rate_and_by_number() {
        for (part, all, tenths, stands) in [
            (figures(7, 24), figures(22, 120), Some(16), true),
            (figures(6, 24), figures(20, 120), Some(15), true),
            (figures(5, 24), figures(20, 120), Some(13), false),
            // Three Fridays are chance, however few the others.
            (figures(3, 24), figures(3, 120), Some(50), false),
            (figures(0, 24), figures(20, 120), Some(0), false),
            (figures(0, 24), figures(0, 120), None, false),
            (figures(0, 0), figures(20, 120), None, false),
        ] {
            assert_eq!((strength(&part, &all), stands_out(&part, &all)), (tenths, stands), "{part} of {all}");
        }
    }

    #[test]
    fn the_strongest_weekday_comes_first() {
        let mut weekdays = Weekdays::default();
        let codes = codes();
        for day in 0..70 {
            let at = date(2026, 1, 5) + Days::new(day);
            let missed = at.weekday() == Weekday::Fri || (at.weekday() == Weekday::Mon && day < 40);
            for session in Session::BOTH {
                let code = if missed { code("I") } else { Code::present(session) };
                weekdays.count(SessionDate::new(at, session), Some(Mark::plain(code)), &codes);
            }
        }
        let found: Vec<_> = weekdays.standing_out().iter().map(|one| (one.0, one.1.absent(), one.2)).collect();
        assert_eq!(found, [(Weekday::Fri, 20, 31), (Weekday::Mon, 12, 19)]);
    }

    proptest! {
        /// The weekdays hold every session counted, and nothing else.
        #[test]
        fn the_weekdays_add_up_to_all(picks in prop::collection::vec((0_u64..300, any::<bool>(), 0_usize..50), 0..80)) {
            let codes = codes();
            let (mut weekdays, mut whole) = (Weekdays::default(), Figures::default());
            for (day, is_pm, row) in picks {
                let date = date(2026, 1, 5) + Days::new(day);
                let at = SessionDate::new(date, if is_pm { Session::Pm } else { Session::Am });
                let mark = codes.rows().get(row).map(|row| Mark::plain(row.code));
                weekdays.count(at, mark, &codes);
                if date.weekday().num_days_from_monday() < 5 {
                    whole.count(mark, &codes);
                }
            }
            prop_assert_eq!(weekdays.all(), whole);
            for (_, part, tenths) in weekdays.standing_out() {
                prop_assert!(part.absent() >= 4 && tenths >= 15);
            }
        }
    }
}
