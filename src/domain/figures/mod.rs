//! Attendance figures, counted as in the DfE absence statistics: integers until drawn, always with numerator, denominator and
//! blanks.

pub mod band;
pub mod broken_weeks;
pub mod by_code;
pub mod cohort;
pub mod counted;
pub mod england;
pub mod gap;
pub mod hand_sheet;
pub mod impact;
mod line;
pub mod page;
pub mod question;
pub mod split;
pub mod tally;
pub mod target;
#[cfg(test)]
mod tests;
pub mod trend;

use serde::{Deserialize, Serialize};

use super::code::{Code, CodeTable, Statistic};
use super::facts::evidence::Mark;
pub use line::Line;

/// Counts of sessions, in the shape `--json` gives. `possible = attended + authorised + unauthorised`, and
/// `lates = late_before_close + late_after_close`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
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
    /// L: attended.
    pub late_before_close: u32,
    /// U: an unauthorised absence.
    pub late_after_close: u32,
    /// Minutes of the lates, as far as these are known.
    pub minutes: u32,
    /// Sessions without a mark.
    pub blanks: u32,
}

impl Figures {
    /// So many sessions, none of them with a mark yet.
    pub fn blank(sessions: u32) -> Figures {
        Figures { blanks: sessions, ..Figures::default() }
    }

    /// Count one session more: its settled mark, or `None` for a blank.
    pub fn count(&mut self, mark: Option<Mark>, codes: &CodeTable) {
        self.blanks += 1;
        self.fill(mark, codes);
    }

    /// Count the settled mark of one of the blank sessions; it stays a blank where there is none, or none of the table.
    pub fn fill(&mut self, mark: Option<Mark>, codes: &CodeTable) {
        let Some((mark, statistic)) = mark.and_then(|mark| Some((mark, codes.statistic(mark.code)?))) else { return };
        self.blanks = self.blanks.saturating_sub(1);
        match statistic {
            Statistic::Present | Statistic::Activity => self.attended += 1,
            Statistic::Authorised => self.authorised += 1,
            Statistic::Unauthorised => self.unauthorised += 1,
            Statistic::NotRequired | Statistic::Administrative => return,
        }
        self.possible += 1;
        if mark.is_late() {
            self.lates += 1;
            self.late_before_close += u32::from(mark.code == Code::L);
            self.late_after_close += u32::from(mark.code == Code::U);
            self.add_minutes(mark);
        }
    }

    /// Add the minutes of a late that was counted without them.
    pub fn add_minutes(&mut self, late: Mark) {
        let minutes = late.minutes.map_or(0, |minutes| u32::try_from(minutes.max(0)).unwrap_or(u32::MAX));
        self.minutes = self.minutes.saturating_add(minutes);
    }

    /// What is left of it without a part of it.
    #[must_use]
    pub fn without(&self, part: &Figures) -> Figures {
        Figures {
            possible: self.possible.saturating_sub(part.possible),
            attended: self.attended.saturating_sub(part.attended),
            authorised: self.authorised.saturating_sub(part.authorised),
            unauthorised: self.unauthorised.saturating_sub(part.unauthorised),
            lates: self.lates.saturating_sub(part.lates),
            late_before_close: self.late_before_close.saturating_sub(part.late_before_close),
            late_after_close: self.late_after_close.saturating_sub(part.late_after_close),
            minutes: self.minutes.saturating_sub(part.minutes),
            blanks: self.blanks.saturating_sub(part.blanks),
        }
    }

    /// Absences of both kinds.
    pub fn absent(&self) -> u32 {
        self.authorised + self.unauthorised
    }

    /// Attendance in tenths of a percent, rounded half up; `None` when no session was possible.
    pub fn attendance_tenths(&self) -> Option<u32> {
        let (attended, possible) = (u64::from(self.attended), u64::from(self.possible));
        let tenths = (attended * 2000 + possible).checked_div(possible * 2)?;
        u32::try_from(tenths).ok()
    }

    /// Absence in tenths of a percent: what [attendance](Self::attendance_tenths) leaves, so that the two add up.
    pub fn absence_tenths(&self) -> Option<u32> {
        self.attendance_tenths().map(|attendance| 1000_u32.saturating_sub(attendance))
    }

    /// Attended so many percent or less, exactly and not as rounded; never where nothing was possible.
    pub fn is_at_most(&self, percent: u32) -> bool {
        self.possible > 0 && u64::from(self.attended) * 100 <= u64::from(self.possible) * u64::from(percent)
    }

    /// Attended less than so many percent, exactly and not as rounded.
    pub fn is_under(&self, percent: u32) -> bool {
        u64::from(self.attended) * 100 < u64::from(self.possible) * u64::from(percent)
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
            late_before_close: self.late_before_close + other.late_before_close,
            late_after_close: self.late_after_close + other.late_after_close,
            minutes: self.minutes.saturating_add(other.minutes),
            blanks: self.blanks + other.blanks,
        }
    }
}

impl std::ops::AddAssign for Figures {
    fn add_assign(&mut self, other: Figures) {
        *self = *self + other;
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
