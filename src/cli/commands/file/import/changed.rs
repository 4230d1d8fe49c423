//! The marks of the record that an import changed, one by one.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::desk::answer::PupilFacts;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::counted::counted;
use crate::domain::facts::changed_mark::ChangedMark;
use crate::domain::facts::evidence::{Mark, or_blank};
use crate::domain::school::roll::Roll;

/// So many are read out before the rest are only counted.
const LISTED: usize = 20;

/// A mark that was changed: what stood before, and what stands since.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangedMarkFacts {
    #[serde(flatten)]
    pupil: PupilFacts,
    date: NaiveDate,
    session: Session,
    was: Option<Mark>,
    now: Option<Mark>,
}

impl ChangedMarkFacts {
    /// Of each of `changed`.
    pub fn all(roll: &Roll, changed: &[ChangedMark]) -> Vec<ChangedMarkFacts> {
        let facts = |one: &ChangedMark| {
            Some(ChangedMarkFacts {
                pupil: PupilFacts::of(roll, roll.pupil(one.pupil)?),
                date: one.at.date,
                session: one.at.session,
                was: one.was,
                now: one.now,
            })
        };
        changed.iter().filter_map(facts).collect()
    }

    /// "000412 Khan, Amira, 8KM, Tue 24 Nov AM: N → I".
    fn line(&self) -> String {
        let number = self.pupil.admission_no.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
        let (who, at) = (self.pupil.name_before_number(), SessionDate::new(self.date, self.session));
        format!("{number}{who}, {at}: {} → {}", or_blank(self.was), or_blank(self.now))
    }
}

/// A line that says how many there are, and one for each of the first. `is_trial`: they would be changed.
pub fn lines(changed: &[ChangedMarkFacts], is_trial: bool) -> Vec<String> {
    if changed.is_empty() {
        return Vec::new();
    }
    let verb = if is_trial { "would change" } else { "changed" };
    let head = format!("In the record {} {verb}:", counted(changed.len(), "mark"));
    let listed = changed.iter().take(LISTED).map(|one| format!("  {}.", one.line()));
    let more = changed.len().checked_sub(LISTED).filter(|more| *more > 0).map(|more| format!("  and {more} more."));
    std::iter::once(head).chain(listed).chain(more).collect()
}
