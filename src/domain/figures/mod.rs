//! Attendance figures, counted as in the DfE absence statistics: integers until drawn, always with numerator, denominator and
//! blanks.

use serde::Serialize;

use super::code::{Code, CodeTable, Statistic};

/// Counts of sessions, in the shape `--json` gives. `possible = attended + authorised + unauthorised`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Figures {
    /// Sessions that count in the denominator.
    pub possible: u32,
    /// Present, late before close, or at an approved activity.
    pub attended: u32,
    /// Authorised absences.
    pub authorised: u32,
    /// Unauthorised absences, U and N among them.
    pub unauthorised: u32,
    /// L and U together.
    pub lates: u32,
    /// Sessions without a mark.
    pub blanks: u32,
}

impl Figures {
    /// So many sessions, none of them with a mark yet.
    pub fn blank(sessions: u32) -> Figures {
        Figures { blanks: sessions, ..Figures::default() }
    }

    /// Count one session more: its settled code, or `None` for a blank.
    pub fn count(&mut self, code: Option<Code>, codes: &CodeTable) {
        self.blanks += 1;
        self.fill(code, codes);
    }

    /// Count the settled code of one of the blank sessions; it stays a blank where there is none, or none of the table.
    pub fn fill(&mut self, code: Option<Code>, codes: &CodeTable) {
        let Some((code, statistic)) = code.and_then(|code| Some((code, codes.statistic(code)?))) else { return };
        self.blanks = self.blanks.saturating_sub(1);
        match statistic {
            Statistic::Present | Statistic::Activity => self.attended += 1,
            Statistic::Authorised => self.authorised += 1,
            Statistic::Unauthorised => self.unauthorised += 1,
            Statistic::NotRequired | Statistic::Administrative => return,
        }
        self.possible += 1;
        if code == Code::L || code == Code::U {
            self.lates += 1;
        }
    }

    /// Absences of both kinds.
    pub fn absent(&self) -> u32 {
        self.authorised + self.unauthorised
    }

    /// Attendance in tenths of a percent, rounded half up; `None` when no session was possible.
    pub fn attendance_tenths(&self) -> Option<u32> {
        (self.possible > 0).then(|| (self.attended * 2000 + self.possible) / (self.possible * 2))
    }

    /// Absence in tenths of a percent: what [attendance](Self::attendance_tenths) leaves, so that the two add up.
    pub fn absence_tenths(&self) -> Option<u32> {
        self.attendance_tenths().map(|attendance| 1000_u32.saturating_sub(attendance))
    }

    /// Attended so many percent or less, exactly and not as rounded; never where nothing was possible.
    pub fn is_at_most(&self, percent: u32) -> bool {
        self.possible > 0 && self.attended * 100 <= self.possible * percent
    }

    /// Attended less than so many percent, exactly and not as rounded.
    pub fn is_under(&self, percent: u32) -> bool {
        self.attended * 100 < self.possible * percent
    }

    /// Missed a tenth or more of the possible sessions (exact, not rounded, as in the DfE absence statistics).
    pub fn is_persistent(&self) -> bool {
        self.possible > 0 && self.absent() * 10 >= self.possible
    }

    /// Missed half or more.
    pub fn is_severe(&self) -> bool {
        self.possible > 0 && self.absent() * 2 >= self.possible
    }

    /// Sessions that can still be missed, on end from now, before a pupil who is not [persistently absent](Self::is_persistent) is:
    /// the last of them is one too many. `None` where they are already.
    pub fn to_persistent(&self) -> Option<u32> {
        // (absent + k) * 10 >= possible + k, the least k.
        let short = self.possible.saturating_sub(self.absent() * 10).div_ceil(9);
        (!self.is_persistent()).then_some(short.max(1))
    }

    /// Sessions to be attended on end before a pupil who is persistently absent is so no longer. `None` where they are not.
    pub fn to_clear(&self) -> Option<u32> {
        // absent * 10 < possible + k, the least k.
        self.is_persistent().then(|| (self.absent() * 10 + 1).saturating_sub(self.possible))
    }

    /// The DfE's word for a pupil who misses this much; none below a tenth.
    pub fn absence_word(&self) -> Option<&'static str> {
        match (self.is_severe(), self.is_persistent()) {
            (true, _) => Some("severely absent"),
            (false, true) => Some("persistently absent"),
            (false, false) => None,
        }
    }
}

impl std::ops::Add for Figures {
    type Output = Figures;

    fn add(self, other: Figures) -> Figures {
        Figures {
            possible: self.possible + other.possible,
            attended: self.attended + other.attended,
            authorised: self.authorised + other.authorised,
            unauthorised: self.unauthorised + other.unauthorised,
            lates: self.lates + other.lates,
            blanks: self.blanks + other.blanks,
        }
    }
}

impl std::iter::Sum for Figures {
    fn sum<I: Iterator<Item = Figures>>(all: I) -> Figures {
        all.fold(Figures::default(), |sum, one| sum + one)
    }
}

impl std::fmt::Display for Figures {
    /// "91.2 % (31/34)", or "n/a": never 0 % for a pupil of whom nothing was possible.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.attendance_tenths() {
            Some(tenths) => write!(f, "{}.{} % ({}/{})", tenths / 10, tenths % 10, self.attended, self.possible),
            None => f.write_str("n/a"),
        }
    }
}

#[cfg(test)]
mod tests;
