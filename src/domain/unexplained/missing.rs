//! Missing: a parent did not know where the pupil is. It ends when somebody sees the pupil, or somebody explains.

use chrono::NaiveTime;

use crate::domain::code::{Code, OnSite};
use crate::domain::contact::{Call, CallOutcome, Contact, unaware};
use crate::domain::day::Day;
use crate::domain::evidence::{Fact, Mark};
use crate::domain::presence::Way;
use crate::domain::pupil::{Pupil, PupilId};
use crate::domain::session::Session;

/// A parent did not know, and what has ended it since.
#[derive(Clone, PartialEq, Debug)]
pub struct Missing<'a> {
    /// The call in which the parent did not know.
    pub call: &'a Call,
    /// What has ended it; `None` while the pupil is missing.
    pub ended: Option<End>,
}

/// What ended it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct End {
    /// When, school-local.
    pub at: NaiveTime,
    /// Seen, or explained.
    pub by: EndedBy,
}

/// What a missing pupil is missing no longer by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EndedBy {
    /// Seen: where, or by what.
    Seen(String),
    /// Explained: by whom.
    Explained(String),
}

impl Missing<'_> {
    /// Whether nobody knows yet where the pupil is.
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// "the parent did not know 09:20; seen 09:50, gate".
    pub fn says(&self) -> String {
        let said = format!("the parent did not know {}", self.call.at.format("%H:%M"));
        self.ended.as_ref().map_or_else(|| said.clone(), |end| format!("{said}; {}", end.says()))
    }
}

impl End {
    /// "seen 09:50, gate" or "explained 10:05 by Mrs Khan, mother".
    pub fn says(&self) -> String {
        let at = self.at.format("%H:%M");
        match &self.by {
            EndedBy::Seen(how) => format!("seen {at}, {how}"),
            EndedBy::Explained(who) => format!("explained {at} by {who}"),
        }
    }
}

/// Whether a parent did not know today, and what has ended it. Of several such calls the first counts that nothing has ended,
/// for what was told of it stays told; else the last.
pub fn missing<'a>(day: &'a Day, pupil: &Pupil) -> Option<Missing<'a>> {
    let mut all =
        unaware(day.calls_about(pupil.id)).into_iter().map(|call| Missing { call, ended: end(day, pupil, call) });
    let first = all.next()?;
    Some(all.fold(first, |found, next| if found.is_open() { found } else { next }))
}

/// What ended it first.
fn end(day: &Day, pupil: &Pupil, call: &Call) -> Option<End> {
    let seen = seen_since(day, pupil, call.at.time()).or_else(|| in_later(day, pupil.id, call.about.session));
    let ends = [seen, explained_since(day, pupil, call)];
    ends.into_iter().flatten().min_by_key(|end| end.at)
}

/// When and where somebody first saw the pupil from `since` on: in the register, at the gate, in a lesson, back in, looked for
/// and seen. An arrival recorded since counts too, whenever it was.
pub(super) fn seen_since(day: &Day, pupil: &Pupil, since: NaiveTime) -> Option<End> {
    let is_here = |mark: Mark| day.roll.codes.on_site(mark.code) == OnSite::Yes;
    let mut recorded_since: Vec<(NaiveTime, String)> = Vec::new();
    for one in Session::BOTH.into_iter().flat_map(|session| day.evidence_of(pupil, session)) {
        let recorded = one.at.time();
        if one.at.date() != day.date || recorded < since {
            continue;
        }
        match one.fact {
            Fact::Gate { time, .. } => recorded_since.push((time, "gate".to_owned())),
            Fact::Tutor(mark) if is_here(mark) => recorded_since.push((recorded, "register".to_owned())),
            Fact::Office { mark, .. } if is_here(mark) => recorded_since.push((recorded, format!("says {}", one.who))),
            Fact::Tutor(_) | Fact::Office { .. } | Fact::Report { .. } | Fact::Plan { .. } => {}
        }
    }
    let lessons = day.lesson_marks_of(pupil.id).iter().filter(|one| one.mark.is_some_and(is_here));
    let lessons = lessons.filter_map(|one| {
        let lesson = day.lesson(one.lesson)?;
        Some((day.period_of(lesson)?.starts, lesson.name()))
    });
    let back = day.movements.iter().filter(|one| one.pupil == pupil.id && one.way == Way::Back);
    let back = back.map(|one| (one.time, "back in".to_owned()));
    let sighted = day.sightings.iter().filter(|one| one.pupil == pupil.id && one.seen);
    let sighted = sighted.map(|one| (one.time, one.place.clone()));
    let happened_since = lessons.chain(back).chain(sighted).filter(|(at, _)| *at >= since);
    recorded_since.into_iter().chain(happened_since).min().map(|(at, how)| End { at, by: EndedBy::Seen(how) })
}

/// In by mark or gate in a session after the one the call was about, whatever was recorded when.
fn in_later(day: &Day, pupil: PupilId, about: Session) -> Option<End> {
    let later = Session::BOTH.into_iter().find(|session| *session > about && day.is_in(pupil, *session))?;
    let at = day.session_times(later).map_or(NaiveTime::MIN, |times| times.opens);
    Some(End { at, by: EndedBy::Seen(format!("{later} register")) })
}

/// When and by whom it was first explained after the call: a reason was reported, the office decided on one, or a contact spoke
/// and the mark is N no longer.
fn explained_since(day: &Day, pupil: &Pupil, call: &Call) -> Option<End> {
    let session = call.about.session;
    let evidence = day.evidence.get(&(pupil.id, session)).map_or(&[][..], Vec::as_slice);
    let told = evidence.iter().filter(|one| one.act > call.act).filter_map(|one| match &one.fact {
        Fact::Report { code, by, .. } if *code != Code::N => Some((one.at.time(), by.clone())),
        Fact::Office { mark, .. } if ![Code::N, Code::O].contains(&mark.code) => Some((one.at.time(), one.who.clone())),
        Fact::Report { .. } | Fact::Office { .. } | Fact::Tutor(_) | Fact::Gate { .. } | Fact::Plan { .. } => None,
    });
    let stands_at_n = day.mark(pupil.id, session).settled.is_some_and(|mark| mark.code == Code::N);
    let spoke =
        |one: &&Call| one.act > call.act && one.outcome == CallOutcome::Aware && (one.code.is_some() || !stands_at_n);
    let spoke = day.calls_about(pupil.id).filter(spoke).map(|one| (one.at.time(), spoken_to(day, one)));
    told.chain(spoke).min().map(|(at, who)| End { at, by: EndedBy::Explained(who) })
}

fn spoken_to(day: &Day, call: &Call) -> String {
    let contact = call.contact.and_then(|id| day.roll.contact(call.pupil, id));
    contact.map_or_else(|| "somebody else".to_owned(), Contact::introduced)
}

#[cfg(test)]
mod tests;
