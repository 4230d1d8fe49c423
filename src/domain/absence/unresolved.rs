//! Unresolved N: each may stay until five school days after its own, and is then settled (reg 10(7)-(9) of
//! SI 2024/208). Nothing is settled by itself.

use chrono::NaiveDate;
use hashbrown::HashMap;

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::code::Code;
use crate::domain::day::{Day, NMark};
use crate::domain::people::pupil::PupilId;

/// School days an N may stand after its own.
pub const DAYS: usize = 5;

/// The reason written for a mark that no reason was found for.
pub const NO_REASON: &str = "no reason found within 5 school days";

/// One mark of N that waits for its reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnresolvedN {
    /// The pupil.
    pub pupil: PupilId,
    /// Which session.
    pub at: SessionDate,
    /// The act that last changed it.
    pub revision: ActId,
    /// School days since: 0 on its own day, 5 on the last it may stand.
    pub day: usize,
    /// The last date on which it may stand; `None` where the calendar does not reach so far.
    pub deadline: Option<NaiveDate>,
}

impl UnresolvedN {
    /// School days it may stand yet, today not counted.
    pub fn days_left(&self) -> usize {
        DAYS.saturating_sub(self.day)
    }

    /// Whether it has stood too long.
    pub fn is_overdue(&self) -> bool {
        self.day > DAYS
    }

    /// "day 3 of 5", "today", "2 days over".
    pub fn describe(&self) -> String {
        match self.day.checked_sub(DAYS) {
            _ if self.day == 0 => "today".to_owned(),
            Some(1) => "1 day over".to_owned(),
            Some(over) if over > 0 => format!("{over} days over"),
            _ => format!("day {} of {DAYS}", self.day),
        }
    }
}

/// Every unresolved N, of today and before, of pupils on roll then, on days that have not been closed since: the oldest
/// first, of one session by name.
pub fn unresolved_ns(day: &Day) -> Vec<UnresolvedN> {
    let calendar = &day.roll.calendar;
    let today = day.on_roll().flat_map(|pupil| {
        Session::BOTH.into_iter().filter_map(|session| {
            let mark = day.mark(pupil.id, session);
            let at = SessionDate::new(day.date, session);
            let stands = mark.settled.is_some_and(|mark| mark.code == Code::N);
            stands.then_some(NMark { pupil: pupil.id, at, revision: mark.revision })
        })
    });
    let oldest = day.unresolved_n.iter().map(|one| one.at.date).min().unwrap_or(day.date);
    let tomorrow = day.date.succ_opt().unwrap_or(day.date);
    let passed: Vec<NaiveDate> = calendar.school_days(oldest..tomorrow).collect();
    let mut counted: HashMap<NaiveDate, (usize, Option<NaiveDate>)> = HashMap::new();
    let mut rows: Vec<UnresolvedN> = day
        .unresolved_n
        .iter()
        .copied()
        .chain(today)
        .filter(|one| passed.binary_search(&one.at.date).is_ok())
        .filter(|one| day.roll.pupil(one.pupil).is_some_and(|pupil| pupil.on_roll(one.at.date)))
        .map(|NMark { pupil, at, revision }| {
            let (since, deadline) = *counted.entry(at.date).or_insert_with(|| {
                let after = passed.get(passed.partition_point(|date| *date <= at.date)..).unwrap_or_default();
                (after.len(), after.get(DAYS - 1).copied().or_else(|| calendar.n_deadline(at.date)))
            });
            UnresolvedN { pupil, at, revision, day: since, deadline }
        })
        .collect();
    rows.sort_by_key(|row| (row.at.date, row.at.session, day.roll.place(row.pupil)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{ClosedDay, Closure, Term};
    use crate::domain::testing::*;

    fn standing(pupil: PupilId, on: NaiveDate) -> NMark {
        NMark { pupil, at: SessionDate::new(on, Session::Am), revision: ActId(3) }
    }

    #[test]
    fn an_n_ages_by_school_days() {
        // Wednesday 4 March; the week before last is half-term, its Monday INSET.
        let mut day = day(&[]);
        for (of, text, left, overdue) in [
            (date(2026, 3, 3), "day 1 of 5", 4, false),
            (date(2026, 2, 27), "day 3 of 5", 2, false),
            (date(2026, 2, 25), "day 5 of 5", 0, false),
            (date(2026, 2, 24), "1 day over", 0, true),
            (date(2026, 2, 13), "2 days over", 0, true),
        ] {
            day.unresolved_n = vec![standing(AMIRA, of)];
            let rows = unresolved_ns(&day);
            assert_eq!((rows[0].describe().as_str(), rows[0].days_left()), (text, left), "{of}");
            assert_eq!(rows[0].is_overdue(), overdue);
            assert_eq!(rows[0].deadline.is_some_and(|deadline| deadline < day.date), overdue, "{of}");
        }
    }

    #[test]
    fn today_s_are_last_and_those_of_pupils_who_had_left_are_not_there() {
        let mut day = day(&[(ZOE, Session::Am, "N"), (AMIRA, Session::Am, "N"), (BILAL, Session::Am, "/")]);
        day.unresolved_n = vec![standing(SANNE, date(2026, 3, 2)), standing(LEAVER, date(2026, 3, 2))];
        let rows: Vec<_> = unresolved_ns(&day).into_iter().map(|row| (row.pupil, row.describe())).collect();
        let row = |pupil, text: &str| (pupil, text.to_owned());
        assert_eq!(rows, [row(SANNE, "day 2 of 5"), row(ZOE, "today"), row(AMIRA, "today")]);
    }

    #[test]
    fn holidays_and_school_years_do_not_end_it() {
        let mut day = day(&[]);
        let roll = std::sync::Arc::make_mut(&mut day.roll);
        let (from, until) = (date(2026, 9, 2), date(2026, 10, 23));
        roll.calendar.terms.push(Term { name: "Autumn 1".to_owned(), from, until });
        roll.pupils.iter_mut().for_each(|pupil| pupil.from = date(2024, 9, 2));
        for (today, of, since, deadline) in [
            // Friday 17 July is the last day of term, Wednesday 2 September the first of the next.
            (date(2026, 9, 3), date(2026, 7, 16), 3, Some(date(2026, 9, 7))),
            (date(2026, 9, 3), date(2026, 7, 17), 2, Some(date(2026, 9, 8))),
            (date(2026, 9, 8), date(2026, 7, 17), 5, Some(date(2026, 9, 8))),
            // The year before, and on the last day the calendar knows of.
            (date(2026, 10, 23), date(2026, 1, 5), 155, Some(date(2026, 1, 12))),
            (date(2026, 10, 23), date(2026, 10, 22), 1, None),
        ] {
            day.date = today;
            day.unresolved_n = vec![standing(AMIRA, of)];
            let rows: Vec<_> = unresolved_ns(&day).iter().map(|row| (row.at.date, row.day, row.deadline)).collect();
            assert_eq!(rows, [(of, since, deadline)], "{of} on {today}");
        }
    }

    #[test]
    fn a_day_that_was_closed_since_has_nothing_to_settle() {
        let mut day = day(&[(ZOE, Session::Am, "N")]);
        day.unresolved_n = vec![standing(AMIRA, date(2026, 3, 2)), standing(SANNE, date(2026, 3, 3))];
        let closed = |date| ClosedDay { date, kind: Closure::Unexpected, name: "Boiler".to_owned() };
        std::sync::Arc::make_mut(&mut day.roll).calendar.closed.extend([date(2026, 3, 2), day.date].map(closed));
        let rows: Vec<_> = unresolved_ns(&day).into_iter().map(|row| (row.pupil, row.describe())).collect();
        assert_eq!(rows, [(SANNE, "today".to_owned())]);
    }
}
