//! What differs between two calendars, a line for each entry.

use std::collections::{BTreeMap, BTreeSet};

use super::Calendar;
use super::session::SessionTimes;

impl Calendar {
    /// Every entry that is another in `to`: "closed 2026-11-30: none → unexpected, Boiler". In the order of their kinds and dates.
    pub fn changes(&self, to: &Calendar) -> Vec<String> {
        let (was, is) = (self.entries(), to.entries());
        let keys: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        let text = |entry: Option<&String>| entry.map_or("none", String::as_str).to_owned();
        let changed = keys.into_iter().filter(|key| was.get(*key) != is.get(*key));
        changed.map(|key| format!("{key}: {} → {}", text(was.get(key)), text(is.get(key)))).collect()
    }

    fn entries(&self) -> BTreeMap<String, String> {
        let terms = self
            .terms
            .iter()
            .map(|one| (format!("term from {}", one.from), format!("{}, until {}", one.name, one.until)));
        let closed = self
            .closed
            .iter()
            .map(|one| (format!("closed {}", one.date), format!("{}, {}", one.kind.as_str(), one.name)));
        let early = self
            .early
            .iter()
            .map(|one| (format!("early end {}", one.date), format!("{}, {}", one.at.format("%H:%M"), one.name)));
        let times = self.other_times.iter().map(|one| {
            let [am, pm] = [one.times.am, one.times.pm].map(of);
            (format!("times from {}", one.from), format!("{}, until {}, AM {am}, PM {pm}", one.name, one.until))
        });
        terms.chain(closed).chain(early).chain(times).collect()
    }
}

/// "08:40 to 09:10, ends 12:30".
fn of(times: SessionTimes) -> String {
    let [opens, closes, ends] = [times.opens, times.closes, times.ends].map(|time| time.format("%H:%M"));
    format!("{opens} to {closes}, ends {ends}")
}

#[cfg(test)]
mod tests {
    use crate::domain::calendar::{Calendar, ClosedDay, Closure, Term};
    use crate::domain::testing::date;

    #[test]
    fn each_entry_that_changed_is_told_with_what_it_was() {
        let term = |until| Term { name: "Autumn 1".to_owned(), from: date(2026, 9, 1), until };
        let boiler = ClosedDay { date: date(2026, 11, 30), kind: Closure::Unexpected, name: "Boiler".to_owned() };
        let was = Calendar { terms: vec![term(date(2026, 10, 22))], ..Calendar::default() };
        let is = Calendar { terms: vec![term(date(2026, 10, 23))], closed: vec![boiler], ..Calendar::default() };
        assert_eq!(was.changes(&was), [""; 0]);
        assert_eq!(
            was.changes(&is),
            [
                "closed 2026-11-30: none → unexpected, Boiler",
                "term from 2026-09-01: Autumn 1, until 2026-10-22 → Autumn 1, until 2026-10-23",
            ]
        );
        assert_eq!(is.changes(&was)[0], "closed 2026-11-30: unexpected, Boiler → none");
    }
}
