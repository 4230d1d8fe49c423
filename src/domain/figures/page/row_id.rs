//! Which row of a page of figures it is: as a list remembers it, and as it is opened, for then only what it stands on is counted.

use std::ops::Range;

use chrono::{Days, NaiveDate, Weekday};

use crate::domain::calendar::any_day::named;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::figures::band::Band;
use crate::domain::figures::cohort::Cohort;
use crate::domain::figures::split::Key;
use crate::domain::figures::trend::week;
use crate::domain::people::pupil::{GroupId, Pupil, PupilId};
use crate::domain::school::roll::Roll;

/// A row of a page of figures.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RowId {
    /// A year group; `None` of pupils in none.
    Year(Option<i64>),
    /// A tutor group; `None` of pupils in none.
    Group(Option<GroupId>),
    /// A pupil.
    Pupil(PupilId),
    /// A cohort.
    Cohort(Cohort),
    /// The mornings or the afternoons of a weekday.
    HalfDay(Weekday, Session),
    /// A code; `None` of blanks.
    Code(Option<Code>),
    /// The week of this Monday.
    Week(NaiveDate),
    /// The half-term from its first to its last day of school.
    HalfTerm(NaiveDate, NaiveDate),
    /// A band of absence.
    Band(Band),
}

impl RowId {
    /// The row of a part; `None` of a split that no page has.
    pub fn of(key: &Key) -> Option<RowId> {
        match key {
            Key::Year(year) => Some(RowId::Year(*year)),
            Key::Group(group) => Some(RowId::Group(*group)),
            Key::Pupil(pupil) => Some(RowId::Pupil(*pupil)),
            Key::Cohort(cohort) => Some(RowId::Cohort(*cohort)),
            Key::HalfDay(day, session) => Some(RowId::HalfDay(*day, *session)),
            Key::Code(code) => Some(RowId::Code(*code)),
            Key::Week(monday) => Some(RowId::Week(*monday)),
            Key::HalfTerm(one) => Some(RowId::HalfTerm(one.from, one.until)),
            Key::School | Key::House(_) | Key::Weekday(_) | Key::Session(_) => None,
        }
    }

    /// Whether a pupil of the roll may be counted in it, as the roll has them today.
    pub fn includes(self, roll: &Roll, pupil: &Pupil) -> bool {
        match self {
            RowId::Year(year) => roll.year_of(pupil) == year,
            RowId::Group(group) => pupil.group == group,
            RowId::Pupil(id) => pupil.id == id,
            RowId::Cohort(cohort) => Cohort::of(pupil).contains(&cohort),
            RowId::HalfDay(..) | RowId::Code(_) | RowId::Week(_) | RowId::HalfTerm(..) | RowId::Band(_) => true,
        }
    }

    /// The dates it is of, if it is of some alone.
    pub fn dates(self) -> Option<Range<NaiveDate>> {
        match self {
            RowId::Week(monday) => Some(week(monday)),
            RowId::HalfTerm(from, until) => Some(from..until.checked_add_days(Days::new(1)).unwrap_or(until)),
            RowId::Year(_)
            | RowId::Group(_)
            | RowId::Pupil(_)
            | RowId::Cohort(_)
            | RowId::HalfDay(..)
            | RowId::Code(_)
            | RowId::Band(_) => None,
        }
    }

    /// Whether nothing is told apart by it before everything is counted, so that it opens onto its pupils alone.
    pub fn has_pupils_alone(self) -> bool {
        matches!(self, RowId::Code(_) | RowId::Band(_))
    }

    /// "Year 8", "8KM", "FSM", "Fri PM", "code I", "week of 23 Nov", "10-<15 % absent".
    pub fn describe(self, roll: &Roll, today: NaiveDate) -> String {
        match self {
            RowId::Year(Some(year)) => format!("Year {year}"),
            RowId::Year(None) => "no year group".to_owned(),
            RowId::Group(group) => {
                let group = group.and_then(|id| roll.group(id)).map(|group| group.name.clone());
                group.unwrap_or_else(|| "no tutor group".to_owned())
            }
            RowId::Pupil(pupil) => roll.name_and_group(pupil),
            RowId::Cohort(cohort) => cohort.to_string(),
            RowId::HalfDay(day, session) => format!("{day} {session}"),
            RowId::Code(Some(code)) => format!("code {code}"),
            RowId::Code(None) => "blanks".to_owned(),
            RowId::Week(monday) => format!("week of {}", named(monday, today)),
            RowId::HalfTerm(from, until) => format!("{} to {}", named(from, today), named(until, today)),
            RowId::Band(band) => format!("{band} absent"),
        }
    }
}
