//! What the record knows of a notice before anything is typed: the sessions that it would rest on, and to which parent it goes.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::domain::calendar::session::SessionDate;
use crate::domain::cases::event::{CaseEvent, Party};
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::penalty::{NextNotice, is_same_parent};
use crate::domain::cases::readiness::parents;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::people::pupil::PupilId;
use crate::domain::triggers::{Trigger, TriggerKind};
use crate::screen::view_context::ViewContext;

/// The threshold that the pupil's marks have met, if they have.
pub fn threshold(pupil: PupilId, context: &ViewContext) -> Option<&Trigger> {
    let all = context.triggers.iter().flat_map(|all| all.iter());
    all.filter(|one| one.pupil == pupil).map(|one| &one.trigger).find(|one| one.kind == TriggerKind::Penalty)
}

fn file(pupil: PupilId, context: &ViewContext) -> Option<&CaseFile> {
    context.day.case_files.get(&pupil)
}

/// The dates that a notice would rest on: of the threshold that is met, else of the last notice to another parent, whose sessions count
/// towards no threshold any more.
pub fn dates(pupil: PupilId, context: &ViewContext) -> Option<RangeInclusive<NaiveDate>> {
    let of = |first: &SessionDate, last: &SessionDate| first.date..=last.date;
    let met = threshold(pupil, context);
    let met = met.and_then(|one| Some(of(&one.evidence.first()?.at, &one.evidence.last()?.at)));
    let of_another = || {
        let (notice, _) = file(pupil, context)?.penalties().pop()?;
        Some(of(notice.sessions.first()?, notice.sessions.last()?))
    };
    met.or_else(of_another)
}

/// The first parent to whom there can be a penalty notice now that rests on sessions of these dates.
pub fn parent_to_penalise(pupil: PupilId, context: &ViewContext) -> Option<String> {
    let (file, dates) = (file(pupil, context), dates(pupil, context));
    let can_be = |parent: &Party| {
        let is_locked = |at: &SessionDate| dates.as_ref().is_some_and(|dates| dates.contains(&at.date));
        file.is_none_or(|file| {
            let next = file.next_notice(parent, context.now.date());
            !matches!(next, NextNotice::Blocked { .. }) && !file.locked_for(parent).iter().any(is_locked)
        })
    };
    parents(context.roll().contacts(pupil)).into_iter().find(can_be).map(|parent| parent.name)
}

/// The first parent to whom no notice to improve runs.
pub fn parent_to_improve(pupil: PupilId, context: &ViewContext) -> Option<String> {
    let running = file(pupil, context).map(|file| file.to_end(EventKind::Improvement, None, None)).unwrap_or_default();
    let runs = |parent: &Party| {
        running.iter().any(|one| match &one.what {
            CaseEvent::Improvement(notice) => is_same_parent(&notice.parent, parent),
            _ => false,
        })
    };
    parents(context.roll().contacts(pupil)).into_iter().find(|parent| !runs(parent)).map(|parent| parent.name)
}
