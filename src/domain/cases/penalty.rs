//! Penalty notices by the national framework (from 19 August 2024): at most two a parent for a child within three years, and sessions
//! that a notice rests on count towards no other.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::{Months, NaiveDate};

use super::ending::{Ending, PenaltyOutcome};
use super::event::{CaseEvent, Party, PenaltyNotice};
use super::file::CaseFile;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::counted::counted;
use crate::domain::name::fold;

/// The months after which a notice counts no more.
const MONTHS: Months = Months::new(36);

/// What the next notice to a parent would be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NextNotice {
    /// The first: £160 within 28 days, £80 within 21.
    First,
    /// The second within three years: £160, without a discount.
    Second,
    /// None: there were two within three years.
    Blocked {
        /// From this day on there could be another.
        until: NaiveDate,
    },
}

impl NextNotice {
    /// It in words.
    pub fn describe(self) -> String {
        match self {
            NextNotice::First => "the first in three years: £80 within 21 days, £160 within 28".to_owned(),
            NextNotice::Second => "the second in three years: £160 within 28 days".to_owned(),
            NextNotice::Blocked { until } => {
                format!("two notices in three years: no third before {}", until.format("%-d %b %Y"))
            }
        }
    }
}

/// The first day of the national framework: what was issued before does not count.
fn framework() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2024, 8, 19)
}

/// What a notice of `on` would be, after those that were `issued` to the same parent for the same child and [count](counts).
pub fn next_notice(issued: &[NaiveDate], on: NaiveDate) -> NextNotice {
    let ends = |issued: &NaiveDate| issued.checked_add_months(MONTHS).unwrap_or(NaiveDate::MAX);
    let mut within: Vec<NaiveDate> = issued.iter().copied().filter(|one| *one <= on && ends(one) > on).collect();
    within.sort_unstable();
    match within.as_slice() {
        [] => NextNotice::First,
        [_] => NextNotice::Second,
        // The last but one is the one that has to age out.
        [.., first, _] => NextNotice::Blocked { until: ends(first) },
    }
}

/// Whether a notice counts towards the two: not one that was withdrawn, nor one of before the framework.
pub fn counts(issued: NaiveDate, outcome: Option<PenaltyOutcome>) -> bool {
    outcome != Some(PenaltyOutcome::Withdrawn) && framework().is_some_and(|framework| issued >= framework)
}

/// Whether two are the same parent: the same contact, or else of the same name.
pub fn is_same_parent(one: &Party, other: &Party) -> bool {
    let is_same_contact = one.contact.is_some() && one.contact == other.contact;
    is_same_contact || fold(&one.name) == fold(&other.name)
}

impl CaseFile {
    /// The penalty notices that stand, oldest first, each with what became of it.
    pub fn penalties(&self) -> Vec<(&PenaltyNotice, Option<PenaltyOutcome>)> {
        let mut found: Vec<_> = self
            .standing()
            .filter_map(|one| match &one.what {
                CaseEvent::Penalty(notice) => Some((notice, self.penalty_outcome(one.by.act))),
                CaseEvent::Contact(_)
                | CaseEvent::Meeting(_)
                | CaseEvent::Visit(_)
                | CaseEvent::Improvement(_)
                | CaseEvent::Leave(_)
                | CaseEvent::Support(_) => None,
            })
            .collect();
        found.sort_by_key(|(notice, _)| notice.issued);
        found
    }

    fn penalty_outcome(&self, event: ActId) -> Option<PenaltyOutcome> {
        match &self.ending(event, None)?.what.ending {
            Ending::Penalty(end) => Some(end.outcome),
            Ending::Visit(_) | Ending::Improvement(_) | Ending::Leave(_) | Ending::Action(_) => None,
        }
    }

    /// What a notice to this parent would be on this day.
    pub fn next_notice(&self, parent: &Party, on: NaiveDate) -> NextNotice {
        let theirs = self.penalties().into_iter().filter(|(notice, _)| is_same_parent(&notice.parent, parent));
        let issued: Vec<NaiveDate> = theirs
            .filter(|(notice, outcome)| counts(notice.issued, *outcome))
            .map(|(notice, _)| notice.issued)
            .collect();
        next_notice(&issued, on)
    }

    /// The sessions that a notice rests on, to whomever: they never count towards a threshold again, whatever became of the notice.
    pub fn locked_sessions(&self) -> BTreeSet<SessionDate> {
        self.penalties().into_iter().flat_map(|(notice, _)| notice.sessions.iter().copied()).collect()
    }

    /// Those of the `firm` sessions of these dates that a notice to this parent may rest on; refused where there is none, or some are
    /// `unresolved`: an N has still to be settled.
    pub fn free_for_notice(
        &self,
        parent: &Party,
        mut firm: Vec<SessionDate>,
        unresolved: &[SessionDate],
        dates: &RangeInclusive<NaiveDate>,
    ) -> Result<Vec<SessionDate>, String> {
        let (from, until) = (dates.start(), dates.end());
        if !unresolved.is_empty() {
            let many = counted(unresolved.len(), "session");
            return Err(format!("{many} at N from {from} to {until}: settle them first"));
        }
        let locked = self.locked_for(parent);
        firm.retain(|at| !locked.contains(at));
        if firm.is_empty() {
            return Err(format!("no session of G, O or U from {from} to {until} is free for a notice"));
        }
        Ok(firm)
    }

    /// The sessions that a notice to this parent rests on.
    pub fn locked_for(&self, parent: &Party) -> BTreeSet<SessionDate> {
        let theirs = self.penalties().into_iter().filter(|(notice, _)| is_same_parent(&notice.parent, parent));
        theirs.flat_map(|(notice, _)| notice.sessions.iter().copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::session::Session;
    use crate::domain::cases::ending::{Ended, PenaltyEnd};
    use crate::domain::cases::testing::{held, taken_back};
    use crate::domain::testing::date;
    use chrono::Days;
    use proptest::prelude::*;

    fn parent(name: &str) -> Party {
        Party { contact: None, name: name.to_owned() }
    }

    fn notice(name: &str, issued: NaiveDate, days: u32) -> CaseEvent {
        let sessions = (1..=days).map(|day| SessionDate::new(date(2025, 11, day), Session::Am)).collect();
        CaseEvent::Penalty(PenaltyNotice { parent: parent(name), issued, sessions })
    }

    fn withdrawn(event: i64) -> Ended {
        let end = PenaltyEnd { on: date(2026, 1, 1), outcome: PenaltyOutcome::Withdrawn, words: String::new() };
        Ended { event: ActId(event), ending: Ending::Penalty(end) }
    }

    #[test]
    fn two_notices_a_parent_within_three_years() {
        let (first, second) = (date(2025, 1, 10), date(2026, 3, 5));
        let events = vec![held(1, notice("Mr A", first, 10)), held(2, notice("mr a", second, 10))];
        let mut file = CaseFile { events, ..CaseFile::default() };
        let next = |file: &CaseFile, name: &str, on| file.next_notice(&parent(name), on);
        assert_eq!(next(&file, "Mr A", date(2025, 6, 1)), NextNotice::Second);
        let until = date(2028, 1, 10);
        assert_eq!(next(&file, "Mr A", date(2028, 1, 9)), NextNotice::Blocked { until });
        assert_eq!(next(&file, "Mr A", until), NextNotice::Second);
        assert_eq!(next(&file, "Ms B", date(2028, 1, 9)), NextNotice::First);
        // Had the first been withdrawn, the one of March 2026 would have been a first.
        file.endings = vec![held(3, withdrawn(1))];
        assert_eq!(next(&file, "Mr A", date(2026, 3, 4)), NextNotice::First);
        assert_eq!(next(&file, "Mr A", date(2028, 1, 9)), NextNotice::Second);
        // What was issued before the national framework does not count.
        file.events = vec![held(1, notice("Mr A", date(2024, 8, 18), 10))];
        assert_eq!(next(&file, "Mr A", date(2025, 1, 1)), NextNotice::First);
    }

    #[test]
    fn the_sessions_of_a_notice_are_locked_while_it_stands() {
        let events =
            vec![held(1, notice("Mr A", date(2025, 12, 1), 10)), held(2, notice("Ms B", date(2025, 12, 2), 12))];
        let mut file = CaseFile { events, ..CaseFile::default() };
        assert_eq!(file.locked_sessions().len(), 12);
        assert_eq!(file.locked_for(&parent("Mr A")).len(), 10);
        // A notice that the authority withdrew has used its sessions up; one that was put down in error was none.
        file.endings = vec![held(3, withdrawn(2))];
        assert_eq!(file.locked_sessions().len(), 12);
        file.events[1] = taken_back(2, file.events[1].what.clone(), 4);
        assert_eq!(file.locked_sessions().len(), 10);
    }

    proptest! {
        /// Issued whenever the rule lets one be: never more than two in any three years.
        #[test]
        fn no_three_years_hold_a_third(mut days in prop::collection::vec(0_u64..4000, 0..60)) {
            days.sort_unstable();
            let mut issued: Vec<NaiveDate> = Vec::new();
            for on in days.into_iter().map(|day| date(2024, 8, 19) + Days::new(day)) {
                let within = issued.iter().filter(|one| one.checked_add_months(MONTHS).unwrap() > on).count();
                match next_notice(&issued, on) {
                    NextNotice::First => prop_assert_eq!(within, 0),
                    NextNotice::Second => prop_assert_eq!(within, 1),
                    NextNotice::Blocked { until } => {
                        prop_assert_eq!(within, 2);
                        let at = |on| next_notice(&issued, on);
                        prop_assert_eq!(at(until.pred_opt().unwrap()), NextNotice::Blocked { until });
                        let is_blocked = matches!(at(until), NextNotice::Blocked { .. });
                        prop_assert!(!is_blocked, "{}", until);
                        continue;
                    }
                }
                issued.push(on);
            }
        }
    }
}
