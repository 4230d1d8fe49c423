//! What figures are split by, and the parts.

use std::ops::AddAssign;

use chrono::{NaiveDate, Weekday};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::Figures;
use super::cohort::Cohort;
use crate::domain::calendar::half_terms::HalfTerm;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::people::pupil::{GroupId, PupilId};

/// What figures are split by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum By {
    /// Not at all.
    School,
    /// Year group, as the roll has it today.
    Year,
    /// Tutor group, as the roll has it today.
    Group,
    /// House.
    House,
    /// Pupil.
    Pupil,
    /// Cohort: one pupil is in several.
    Cohort,
    /// Weekday.
    Weekday,
    /// Half of the day.
    Session,
    /// Weekday and half of the day.
    HalfDay,
    /// Code.
    Code,
    /// Week.
    Week,
    /// Half-term.
    HalfTerm,
}

impl By {
    /// Every split.
    pub const ALL: &[By] = By::VARIANTS;

    /// The word it is asked for by.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The split of that word.
    pub fn parse(word: &str) -> Option<By> {
        word.parse().ok()
    }
}

/// Which part of a split it is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Key {
    /// All of it.
    School,
    /// A year group; `None` of pupils in none.
    Year(Option<i64>),
    /// A tutor group; `None` of pupils in none.
    Group(Option<GroupId>),
    /// A house; `None` of pupils in none.
    House(Option<String>),
    /// A pupil.
    Pupil(PupilId),
    /// A cohort.
    Cohort(Cohort),
    /// A weekday.
    Weekday(Weekday),
    /// The mornings or the afternoons.
    Session(Session),
    /// The mornings or the afternoons of a weekday.
    HalfDay(Weekday, Session),
    /// A code; `None` of blanks.
    Code(Option<Code>),
    /// The week of this Monday.
    Week(NaiveDate),
    /// A half-term.
    HalfTerm(HalfTerm),
}

/// One part of a split.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Which.
    pub key: Key,
    /// What it adds up to.
    pub figures: Figures,
    /// Every session of it: possible, blank, and marked as not required.
    pub sessions: u32,
    /// Pupils who had a session; `None` of a part that is of dates or a code.
    pub pupils: Option<u32>,
    /// How many of these missed how much; none of a part that is of dates or a code.
    pub missed: Missed,
}

/// How many pupils missed how much.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Missed {
    /// Those who had possible sessions.
    pub of: u32,
    /// Those of them who missed none.
    pub nothing: u32,
    /// Those persistently absent, the severely among them.
    pub persistent: u32,
    /// Those severely absent.
    pub severe: u32,
    /// Weeks of pupils in which a session was missed.
    pub broken_weeks: u32,
}

impl Missed {
    /// Of one pupil.
    pub fn one(figures: &Figures, broken_weeks: u32) -> Missed {
        Missed {
            of: u32::from(figures.possible > 0),
            nothing: u32::from(figures.possible > 0 && figures.absent() == 0),
            persistent: u32::from(figures.is_persistent()),
            severe: u32::from(figures.is_severe()),
            broken_weeks,
        }
    }
}

impl AddAssign for Missed {
    fn add_assign(&mut self, other: Missed) {
        self.of += other.of;
        self.nothing += other.nothing;
        self.persistent += other.persistent;
        self.severe += other.severe;
        self.broken_weeks += other.broken_weeks;
    }
}
