//! What a decision of leave makes of its days (reg 11): C where it is granted, G where it is refused; and when the pupil should be back.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::ending::{LeaveDecision, LeaveOutcome};
use super::event::LeaveRequest;
use crate::domain::calendar::Calendar;
use crate::domain::code::Code;

/// Away for so many school days after the leave, the pupil may be missing from education.
pub const NOT_BACK: usize = 10;

impl LeaveRequest {
    /// The school days that it asks for, in order.
    pub fn days(&self, calendar: &Calendar) -> Vec<NaiveDate> {
        let after = self.last.succ_opt().unwrap_or(self.last);
        calendar.school_days(self.first..after).collect()
    }

    /// How many school days it asks for.
    pub fn school_days(&self, calendar: &Calendar) -> usize {
        self.days(calendar).len()
    }

    /// The days of it that are granted: those that are named, else the first so many.
    pub fn granted(&self, decision: &LeaveDecision, calendar: &Calendar) -> BTreeSet<NaiveDate> {
        let days = self.days(calendar);
        let first = usize::try_from(decision.days).unwrap_or(usize::MAX);
        match (decision.outcome, decision.granted.as_slice()) {
            (LeaveOutcome::Refused, _) => BTreeSet::new(),
            (LeaveOutcome::Granted, []) => days.into_iter().take(first).collect(),
            (LeaveOutcome::Granted, named) => days.into_iter().filter(|day| named.contains(day)).collect(),
        }
    }

    /// Its school days from `from` on, each with the code that stands for who is absent then. The days before keep what was found.
    pub fn codes(&self, decision: &LeaveDecision, calendar: &Calendar, from: NaiveDate) -> Vec<(NaiveDate, Code)> {
        let granted = self.granted(decision, calendar);
        let code = |day: &NaiveDate| if granted.contains(day) { Code::C } else { Code::G };
        self.days(calendar).into_iter().filter(|day| *day >= from).map(|day| (day, code(&day))).collect()
    }

    /// Whether the decision fits it, in words where it does not.
    pub fn fault(&self, decision: &LeaveDecision, calendar: &Calendar) -> Option<String> {
        let days = self.days(calendar);
        let most = days.len();
        let granted = usize::try_from(decision.days).unwrap_or(usize::MAX);
        let named = &decision.granted;
        if let Some(other) = named.iter().find(|day| !days.contains(day)) {
            return Some(format!("{} is no school day of the leave", other.format("%a %-d %b %Y")));
        }
        let fits = match decision.outcome {
            LeaveOutcome::Granted => granted > 0 && granted <= most && (named.is_empty() || named.len() == granted),
            LeaveOutcome::Refused => granted == 0 && named.is_empty(),
        };
        (!fits).then(|| format!("the leave has {most} school days: grant some of them, or refuse it"))
    }

    /// The first school day after the last that is granted; `None` where none is, or the calendar ends before.
    pub fn back(&self, decision: &LeaveDecision, calendar: &Calendar) -> Option<NaiveDate> {
        let last = self.granted(decision, calendar).into_iter().next_back()?;
        calendar.school_days_after(last).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cases::event::Party;
    use crate::domain::cases::testing::autumn_2025;
    use crate::domain::testing::date;
    use chrono::Days;
    use proptest::prelude::*;

    fn leave(first: NaiveDate, last: NaiveDate) -> LeaveRequest {
        let by = Party { contact: None, name: "Mrs Khan".to_owned() };
        LeaveRequest { asked: date(2025, 9, 1), by, first, last, reason: "a wedding".to_owned() }
    }

    fn decision(outcome: LeaveOutcome, days: u32, granted: Vec<NaiveDate>) -> LeaveDecision {
        let (by, reason) = ("Mrs Head".to_owned(), "family".to_owned());
        LeaveDecision { on: date(2025, 9, 2), outcome, days, by, reason, granted }
    }

    #[test]
    fn granted_days_are_c_and_the_others_g() {
        use LeaveOutcome::{Granted, Refused};
        // Thursday to Tuesday, and half-term follows on Monday 27 October.
        let (leave, calendar) = (leave(date(2025, 10, 23), date(2025, 11, 4)), autumn_2025());
        let of = |decision: &LeaveDecision, from| {
            let codes = leave.codes(decision, &calendar, from);
            codes.into_iter().map(|(day, code)| format!("{} {code}", day.format("%-d %b"))).collect::<Vec<_>>()
        };
        let all = date(2025, 9, 1);
        let half = decision(Granted, 2, Vec::new());
        assert_eq!(of(&half, all), ["23 Oct C", "24 Oct C", "3 Nov G", "4 Nov G"]);
        assert_eq!(leave.back(&half, &calendar), Some(date(2025, 11, 3)));
        let named = decision(Granted, 1, vec![date(2025, 11, 4)]);
        assert_eq!(of(&named, date(2025, 10, 24)), ["24 Oct G", "3 Nov G", "4 Nov C"]);
        assert_eq!(leave.back(&named, &calendar), Some(date(2025, 11, 5)));
        let refused = decision(Refused, 0, Vec::new());
        assert_eq!(of(&refused, date(2025, 11, 4)), ["4 Nov G"]);
        assert_eq!((leave.back(&refused, &calendar), leave.fault(&refused, &calendar)), (None, None));
        for wrong in [
            decision(Granted, 5, Vec::new()),
            decision(Granted, 0, Vec::new()),
            decision(Refused, 1, Vec::new()),
            decision(Granted, 2, vec![date(2025, 11, 4)]),
        ] {
            let says = "the leave has 4 school days: grant some of them, or refuse it";
            assert_eq!(leave.fault(&wrong, &calendar).as_deref(), Some(says), "{wrong:?}");
        }
        let weekend = decision(Granted, 1, vec![date(2025, 10, 25)]);
        assert_eq!(leave.fault(&weekend, &calendar).as_deref(), Some("Sat 25 Oct 2025 is no school day of the leave"));
    }

    proptest! {
        /// Every school day of the leave has one code, as many C as were granted, and nothing else does.
        #[test]
        fn each_school_day_has_one_code(start in 0_u64..100, length in 0_u64..30, granted in 1_u32..20) {
            let calendar = autumn_2025();
            let first = date(2025, 9, 1) + Days::new(start);
            let leave = leave(first, first + Days::new(length));
            let days = leave.days(&calendar);
            let decision = decision(LeaveOutcome::Granted, granted, Vec::new());
            let codes = leave.codes(&decision, &calendar, first);
            prop_assert_eq!(codes.iter().map(|(day, _)| *day).collect::<Vec<_>>(), days.clone());
            let c = codes.iter().filter(|(_, code)| *code == Code::C).count();
            prop_assert_eq!(c, days.len().min(granted as usize));
            prop_assert_eq!(leave.fault(&decision, &calendar).is_none(), granted as usize <= days.len());
            if let Some(back) = leave.back(&decision, &calendar) {
                prop_assert!(codes.iter().all(|(day, code)| *code == Code::G || *day < back));
            }
        }
    }
}
