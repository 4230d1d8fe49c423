//! Which pupil-sessions a file has had a row for: a bit each, for a file may have two million.

use chrono::{Datelike, NaiveDate};
use hashbrown::{HashMap, HashSet};

use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::incoming::{Marks, Reject};

/// Days that one word of bits holds, two sessions each.
const DAYS: i32 = 8;

/// The sessions of each pupil so far. Pupils go by their numbers in the file.
#[derive(Default)]
pub struct Seen {
    bits: HashMap<(u32, i32), u16>,
    /// Second rows: the place of each among the rejects, and what it marks again.
    doubles: Vec<(usize, u32, SessionDate)>,
}

impl Seen {
    /// Note a row about a pupil; false if there was one about that session.
    pub fn is_first(&mut self, pupil: u32, at: SessionDate) -> bool {
        let (word, bit) = place(at);
        let held = self.bits.entry((pupil, word)).or_default();
        let is_first = *held & bit == 0;
        *held |= bit;
        is_first
    }

    /// Refuse a second row. Which line was the first is found once all are read.
    pub fn refuse(&mut self, rejects: &mut Vec<Reject>, reject: Reject, pupil: u32, at: SessionDate) {
        self.doubles.push((rejects.len(), pupil, at));
        rejects.push(reject);
    }

    /// Name in each refused second row the line of the first. The rows of this file are those of `marks` from `first` on; `pupils` says
    /// who is meant by each way to name one.
    pub fn name_first_lines(self, pupils: &[Option<u32>], marks: &Marks, first: usize, rejects: &mut [Reject]) {
        let wanted: HashSet<(u32, SessionDate)> = self.doubles.iter().map(|(_, pupil, at)| (*pupil, *at)).collect();
        if wanted.is_empty() {
            return;
        }
        let mut lines: HashMap<(u32, SessionDate), u64> = HashMap::new();
        for row in (first..marks.len()).filter_map(|index| marks.get(index)) {
            let Some(pupil) = pupils.get(row.pupil).copied().flatten() else { continue };
            if wanted.contains(&(pupil, row.at)) {
                lines.entry((pupil, row.at)).or_insert(row.line);
            }
        }
        for (index, pupil, at) in self.doubles {
            if let (Some(line), Some(reject)) = (lines.get(&(pupil, at)), rejects.get_mut(index)) {
                reject.reason = twice(Some(*line), at);
            }
        }
    }
}

/// Why a second row is refused.
pub fn twice(line: Option<u64>, at: SessionDate) -> String {
    let first = line.map_or_else(|| "another line".to_owned(), |line| format!("line {line}"));
    format!("{first} already has a mark of this pupil for {at}")
}

fn place(at: SessionDate) -> (i32, u16) {
    let days: i32 = NaiveDate::num_days_from_ce(&at.date);
    let half = i32::from(at.session == Session::Pm);
    (days.div_euclid(DAYS), 1 << (days.rem_euclid(DAYS) * 2 + half))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_session_is_seen_once(rows in prop::collection::vec((0_u32..3, 0_i32..20, any::<bool>()), 0..80)) {
            let (mut seen, mut plain) = (Seen::default(), HashSet::new());
            for (pupil, day, is_pm) in rows {
                let date = NaiveDate::from_num_days_from_ce_opt(739_000 + day).unwrap();
                let at = SessionDate::new(date, if is_pm { Session::Pm } else { Session::Am });
                prop_assert_eq!(seen.is_first(pupil, at), plain.insert((pupil, at)));
            }
        }
    }
}
