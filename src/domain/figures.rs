//! Attendance figures: integers until drawn, always with numerator, denominator and blanks (domain 4, 18.2).

use super::code::{Code, CodeTable, Statistic};

/// Counts of sessions. `possible = attended + authorised + unauthorised`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
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
    /// Count one session: its settled code, or `None` for a blank. A code not in the table counts as a blank.
    pub fn count(&mut self, code: Option<Code>, codes: &CodeTable) {
        let Some((code, statistic)) = code.and_then(|code| Some((code, codes.statistic(code)?))) else {
            self.blanks += 1;
            return;
        };
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

    /// The figures of these sessions.
    pub fn of(marks: impl IntoIterator<Item = Option<Code>>, codes: &CodeTable) -> Figures {
        let mut figures = Figures::default();
        for code in marks {
            figures.count(code, codes);
        }
        figures
    }

    /// Absences of both kinds.
    pub fn absent(&self) -> u32 {
        self.authorised + self.unauthorised
    }

    /// Attendance in tenths of a percent, rounded half up; `None` when no session was possible.
    pub fn attendance_tenths(&self) -> Option<u32> {
        (self.possible > 0).then(|| (self.attended * 2000 + self.possible) / (self.possible * 2))
    }

    /// Missed a tenth or more of the possible sessions (exact, not rounded: domain 4.9).
    pub fn is_persistent(&self) -> bool {
        self.possible > 0 && self.absent() * 10 >= self.possible
    }

    /// Missed half or more.
    pub fn is_severe(&self) -> bool {
        self.possible > 0 && self.absent() * 2 >= self.possible
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
