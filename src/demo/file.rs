//! The made-up school's file: its roll by the ordinary way in, its history, and its morning as far as it has come.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveTime, Utc};

use super::carry::Numbers;
use super::casework;
use super::history::history;
use super::morning::Morning;
use super::planned::Planned;
use super::school::MadeSchool;
use crate::domain::act::{Officer, Refusal};
use crate::domain::code::CodeTable;
use crate::store::demo::DemoClock;
use crate::store::history::DayOfMarks;
use crate::store::{Fault, NotDone, Store};

/// Which school, and how far its morning has come.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The same number makes the same school.
    pub seed: u64,
    /// Pupils on roll.
    pub pupils: usize,
    /// School years of marks, the current one among them.
    pub years: u32,
    /// When its morning starts.
    pub at: NaiveTime,
}

/// Why a school could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Unmade {
    /// The file.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The program's own school is not by its own rules.
    #[error("the demo's own school cannot be made: {0}")]
    Refused(Box<Refusal>),
    /// The program's own ingredients.
    #[error("the demo's own data cannot be read: {0}")]
    Ingredients(#[from] toml::de::Error),
}

impl From<NotDone> for Unmade {
    fn from(not_done: NotDone) -> Unmade {
        match not_done {
            NotDone::Refused(refusal) => Unmade::Refused(refusal),
            NotDone::Fault(fault) | NotDone::Unknown(fault, _) => Unmade::Fault(fault),
        }
    }
}

/// What is still to come of the morning.
pub struct ToCome {
    pub(super) numbers: Numbers,
    pub(super) planned: Vec<Planned>,
}

/// Make the school's file at `path`; `real` is the instant at which its clock starts. What is still to come of the morning
/// is for [`desks`](super::desks) to carry out.
pub fn make(
    path: &Path,
    wanted: &Wanted,
    codes: Arc<CodeTable>,
    real: DateTime<Utc>,
) -> Result<(Store, ToCome), Unmade> {
    let school = MadeSchool::make(wanted.seed, wanted.pupils, wanted.years, MadeSchool::usual_day())?;
    let mut store = Store::create(path, &school.settings, codes)?;
    let starts = school.today.and_time(wanted.at);
    let before = store.roll().school.instant(school.today.and_time(NaiveTime::MIN));
    let maker = Officer::unbound("demo", "made up", "demo");
    store.merge(&maker, before, &school.incoming(), false, &mut |_, _| {})?;
    let numbers = Numbers::of(&school, &store.day(school.today)?);
    let numbered = history(&school).map(|day| DayOfMarks {
        date: day.date,
        marks: day.marks.into_iter().map(|(place, session, mark)| (numbers.pupil(place), session, mark)).collect(),
    });
    store.insert_history(&maker, before, numbered)?;
    casework::put_down(&mut store, &school.calendar, school.today)?;
    let (gone, to_come): (Vec<Planned>, Vec<Planned>) =
        Morning::plan(&school).into_iter().partition(|planned| planned.at <= starts);
    for planned in &gone {
        numbers.carry_out(planned, &mut store)?;
    }
    store.set_demo_clock(DemoClock { starts, began: real })?;
    Ok((store, ToCome { numbers, planned: to_come }))
}
