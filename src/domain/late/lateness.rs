//! The lateness queue: everyone who came late today, and how often each did.

use chrono::NaiveTime;

use crate::domain::calendar::session::{Session, minutes_after};
use crate::domain::day::Day;
use crate::domain::facts::evidence::{Fact, Mark};
use crate::domain::facts::late_step::Tally;
use crate::domain::facts::presence::{Movement, Way};
use crate::domain::people::pupil::PupilId;

/// One late pupil.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Late {
    /// Who.
    pub pupil: PupilId,
    /// Late for which session.
    pub session: Session,
    /// When they came: as logged at the gate, else reckoned from the tutor's minutes.
    pub time: Option<NaiveTime>,
    /// L or U, and the minutes.
    pub mark: Mark,
    /// The reason given.
    pub reason: Option<String>,
    /// Who logged it; `None` when it is the tutor's mark alone.
    pub logged_by: Option<String>,
}

/// Today's lates up to the `current` session, latest arrival first, then by name.
pub fn lates(day: &Day, current: Session) -> Vec<Late> {
    let mut rows: Vec<Late> = Vec::new();
    for session in Session::BOTH.into_iter().filter(|session| *session <= current) {
        for pupil in day.on_roll() {
            let Some(mark) = day.mark(pupil.id, session).settled else { continue };
            if mark.is_late() {
                rows.push(row(day, pupil.id, session, mark));
            }
        }
    }
    rows.sort_by_key(|late| (std::cmp::Reverse((late.session, late.time)), day.roll.place(late.pupil)));
    rows
}

/// How often a pupil has come late with today's lates up to the session `until`, and the minutes this week has cost.
pub fn tally(day: &Day, pupil: PupilId, until: Session) -> Tally {
    let mut tally = day.lates_before.get(&pupil).copied().unwrap_or_default();
    for session in Session::BOTH.into_iter().filter(|session| *session <= until) {
        if let Some(mark) = day.mark(pupil, session).settled.filter(|mark| mark.is_late()) {
            tally.half_term += 1;
            tally.week += 1;
            tally.week_minutes += mark.minutes.unwrap_or(0);
        }
    }
    tally
}

fn row(day: &Day, pupil: PupilId, session: Session, mark: Mark) -> Late {
    let evidence = day.evidence.get(&(pupil, session)).map_or(&[][..], Vec::as_slice);
    // Of two arrivals the first is the one that settled the mark.
    let arrivals = evidence.iter().filter_map(|one| match &one.fact {
        Fact::Gate { time, reason, .. } => Some((*time, reason.clone(), one.who.to_string())),
        Fact::Tutor(_) | Fact::Report { .. } | Fact::Plan { .. } | Fact::Office { .. } => None,
    });
    let gate = arrivals.min_by_key(|(time, ..)| *time);
    match gate {
        Some((time, reason, who)) => Late { pupil, session, time: Some(time), mark, reason, logged_by: Some(who) },
        None => {
            let reckoned = day.session_times(session).zip(mark.minutes);
            let time = reckoned.map(|(times, late)| minutes_after(times.opens, late));
            // A pupil who was out and came back was logged too.
            let is_back = |one: &&Movement| one.pupil == pupil && one.way == Way::Back && Some(one.time) == time;
            let logged_by = day.movements.iter().find(is_back).map(|back| back.who.clone());
            Late { pupil, session, time, mark, reason: None, logged_by }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;

    #[test]
    fn the_latest_arrival_is_on_top_and_a_name_breaks_ties() {
        let (am, pm) = (Session::Am, Session::Pm);
        let mut day = day(&[
            (AMIRA, am, "L 17"),
            (BILAL, am, "L 17"),
            (LOUIS, am, "U 60"),
            (ZOE, am, "L"),
            (SANNE, am, "/"),
            (LUKASZ, am, "N"),
            (SANNE, pm, "L 5"),
        ]);
        day.evidence.insert((AMIRA, am), vec![gate("09:30"), gate("08:57")]);
        let rows = |current| lates(&day, current);
        let who: Vec<PupilId> = rows(pm).iter().map(|late| late.pupil).collect();
        assert_eq!(who, [SANNE, LOUIS, AMIRA, BILAL, ZOE]);
        assert_eq!(rows(am).first().map(|late| late.pupil), Some(LOUIS), "the afternoon has not come");

        let amira = rows(am).into_iter().find(|late| late.pupil == AMIRA).unwrap();
        assert_eq!((amira.time, amira.reason.as_deref()), (Some(time("08:57")), Some("bus")));
        assert_eq!(amira.logged_by.as_deref(), Some("S Marsh"));
        let bilal = rows(am).into_iter().find(|late| late.pupil == BILAL).unwrap();
        assert_eq!((bilal.time, bilal.logged_by), (Some(time("08:57")), None), "reckoned from the tutor's minutes");
        let zoe = rows(am).into_iter().find(|late| late.pupil == ZOE).unwrap();
        assert_eq!(zoe.time, None);
        let (act, code, who) = (crate::domain::act_id::ActId(9), None, "J Ito".to_owned());
        let (time_back, reason) = (time("13:25"), String::new());
        day.movements.push(Movement { act, pupil: SANNE, time: time_back, way: Way::Back, reason, code, who });
        let sanne = lates(&day, pm).into_iter().find(|late| late.pupil == SANNE).unwrap();
        assert_eq!(sanne.logged_by.as_deref(), Some("J Ito"), "out, and late back");
    }

    #[test]
    fn a_tally_counts_what_was_before_today_and_today_up_to_the_session() {
        let (am, pm) = (Session::Am, Session::Pm);
        let mut day = day(&[(AMIRA, am, "L 17"), (AMIRA, pm, "U 30"), (ZOE, am, "L"), (BILAL, am, "N")]);
        let before = Tally { half_term: 4, week: 1, week_minutes: 12 };
        day.lates_before = std::sync::Arc::new(hashbrown::HashMap::from([(AMIRA, before)]));
        for (pupil, until, half_term, week, week_minutes) in
            [(AMIRA, am, 5, 2, 29), (AMIRA, pm, 6, 3, 59), (ZOE, pm, 1, 1, 0), (BILAL, pm, 0, 0, 0)]
        {
            assert_eq!(tally(&day, pupil, until), Tally { half_term, week, week_minutes }, "{pupil:?} {until}");
        }
    }
}
