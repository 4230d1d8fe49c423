//! Daily lists for others: ready to paste or print, and true at the moment they name.

pub mod cpoms;
pub mod dsl;
pub mod lates;
pub mod pastoral;

use super::document::{Document, Section};
use super::document_kind::DocumentKind;
use crate::domain::day::Day;
use crate::domain::facts::search::{Search, SearchOutcome};
use crate::domain::facts::step_kind::StepKind;
use crate::domain::people::contact::Call;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::ladder::StepTaken;

/// The daily lists, in the order in which they are offered.
pub const LISTS: [&DocumentKind; 3] = [&dsl::KIND, &pastoral::KIND, &lates::KIND];

/// What was told or done about a pupil today beyond calling; that it was written down elsewhere is none of it.
pub fn escalations(day: &Day, pupil: PupilId) -> impl Iterator<Item = &StepTaken> {
    day.steps.iter().filter(move |one| one.pupil == pupil && one.step != StepKind::LoggedOnCpoms)
}

/// The pupil's last search today, unless it found them in school.
pub fn last_search(day: &Day, pupil: PupilId) -> Option<&Search> {
    let last = day.searches.iter().rfind(|search| search.pupil == pupil);
    last.filter(|search| {
        search.ended.as_ref().is_none_or(|end| end.outcome == SearchOutcome::Escalated || end.is_elsewhere())
    })
}

/// "Mrs Khan, mother", as rung.
pub fn caller(day: &Day, call: &Call) -> String {
    let contact = call.contact.and_then(|id| day.roll.contact(call.pupil, id));
    contact.map_or_else(|| "somebody else".to_owned(), |contact| contact.introduced())
}

fn sheet(day: &Day, now: chrono::NaiveTime, title: &str, sections: Vec<Section>) -> Document {
    Document {
        title: format!("{title}, {}", day.date.format("%A %-d %B %Y")),
        sections,
        school: day.roll.school.name.clone(),
        recorded: day.date.and_time(now),
    }
}
