//! Missing: a parent did not know where the pupil is. It ends when somebody sees or finds the pupil, or somebody explains.

use chrono::NaiveTime;

use crate::domain::act_id::ActId;
use crate::domain::calendar::session::Session;
use crate::domain::code::{Code, OnSite};
use crate::domain::day::{Day, Timelines};
use crate::domain::facts::evidence::Fact;
use crate::domain::people::contact::{Call, CallOutcome, Contact, unaware};
use crate::domain::people::pupil::{Pupil, PupilId};
use crate::domain::timeline::{Event, Presence, What};

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
    /// Seen, found, or explained.
    pub by: EndedBy,
}

/// What a missing pupil is missing no longer by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EndedBy {
    /// Seen: where, or by what.
    Seen(String),
    /// Found, and not in school: where.
    Found(String),
    /// Explained: by whom.
    Explained(String),
}

impl Missing<'_> {
    /// Whether nobody knows yet where the pupil is.
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// "the parent did not know 09:20; seen 09:50, gate".
    pub fn describe(&self) -> String {
        let text = format!("the parent did not know {}", self.call.at.format("%H:%M"));
        self.ended.as_ref().map_or_else(|| text.clone(), |end| format!("{text}; {}", end.describe()))
    }
}

impl End {
    /// "seen 09:50, gate", "found elsewhere 10:00: at home" or "explained 10:05 by Mrs Khan, mother".
    pub fn describe(&self) -> String {
        let at = self.at.format("%H:%M");
        match &self.by {
            EndedBy::Seen(how) => format!("seen {at}, {how}"),
            EndedBy::Found(place) => format!("found elsewhere {at}: {place}"),
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
    let seen = seen_since(day, pupil, (call.at.time(), call.act))
        .or_else(|| in_later(day, pupil.id, call.about.session))
        .or_else(|| came_before(day, pupil, call));
    let ends = [seen, found_since(day, pupil, call), explained_since(day, pupil, call)];
    ends.into_iter().flatten().min_by_key(|end| end.at)
}

/// When and where somebody first saw the pupil after what was recorded then by that act. A mark or an arrival recorded since counts
/// whatever its moment.
pub(super) fn seen_since(day: &Day, pupil: &Pupil, (since, act): (NaiveTime, ActId)) -> Option<End> {
    let line = Timelines::whole(day).of(pupil);
    let is_later = |event: &Event<'_>| match event.what {
        What::Register(_) | What::Arrival(_) | What::Decision(..) => event.at >= since || event.act > act,
        What::Lesson(..)
        | What::Departure(_)
        | What::Return(_)
        | What::Sighting(_)
        | What::Answer(_)
        | What::Reported(..) => event.at >= since,
    };
    let seen = line.events().iter().find(|event| event.presence == Some(Presence::Seen) && is_later(event))?;
    Some(End { at: seen.shown_at(), by: EndedBy::Seen(seen.place_of_sight()) })
}

/// Logged in after the register missed them, and before the call was recorded: the gate and the office work side by side. Whoever
/// is missed since then is missing.
fn came_before(day: &Day, pupil: &Pupil, call: &Call) -> Option<End> {
    let line = Timelines::whole(day).of(pupil);
    let here = line.whereabouts().filter(|found| found.on_site == OnSite::Yes)?.by;
    let is_logged = matches!(here.what, What::Arrival(_) | What::Return(_)) && here.session == call.about.session;
    let was_missed = |event: &Event<'_>| event.presence == Some(Presence::Missed) && event.session == here.session;
    let answers = is_logged && line.events().iter().any(was_missed);
    answers.then(|| End { at: here.at, by: EndedBy::Seen(here.place_of_sight()) })
}

/// In by mark or gate in a session after the one the call was about, whatever was recorded when.
fn in_later(day: &Day, pupil: PupilId, about: Session) -> Option<End> {
    let later = Session::BOTH.into_iter().find(|session| *session > about && day.is_in(pupil, *session))?;
    let at = day.session_times(later).map_or(NaiveTime::MIN, |times| times.opens);
    Some(End { at, by: EndedBy::Seen(format!("{later} register")) })
}

/// When and where a search found the pupil after the call, though not in school.
fn found_since(day: &Day, pupil: &Pupil, call: &Call) -> Option<End> {
    let ends = day.searches.iter().filter(|search| search.pupil == pupil.id).filter_map(|search| search.ended.as_ref());
    let end = ends.filter(|end| end.is_elsewhere()).find(|end| end.at >= call.at)?;
    Some(End { at: end.at.time(), by: EndedBy::Found(end.words.clone()) })
}

/// When and by whom it was first explained after the call: a reason was reported, the office decided on one, or a contact spoke
/// and the mark is N no longer.
fn explained_since(day: &Day, pupil: &Pupil, call: &Call) -> Option<End> {
    let session = call.about.session;
    let evidence = day.evidence.get(&(pupil.id, session)).map_or(&[][..], Vec::as_slice);
    let explained = evidence.iter().filter(|one| one.act > call.act).filter_map(|one| match &one.fact {
        Fact::Report { code, by, .. } if *code != Code::N => Some((one.at.time(), by.clone())),
        Fact::Office { mark, .. } if ![Code::N, Code::O].contains(&mark.code) => {
            Some((one.at.time(), one.who.to_string()))
        }
        Fact::Report { .. } | Fact::Office { .. } | Fact::Tutor(_) | Fact::Gate { .. } | Fact::Plan { .. } => None,
    });
    let stands_at_n = day.mark(pupil.id, session).settled.is_some_and(|mark| mark.code == Code::N);
    let spoke =
        |one: &&Call| one.act > call.act && one.outcome == CallOutcome::Aware && (one.code.is_some() || !stands_at_n);
    let spoke = day.calls_about(pupil.id).filter(spoke).map(|one| (one.at.time(), spoken_to(day, one)));
    explained.chain(spoke).min().map(|(at, who)| End { at, by: EndedBy::Explained(who) })
}

fn spoken_to(day: &Day, call: &Call) -> String {
    let contact = call.contact.and_then(|id| day.roll.contact(call.pupil, id));
    contact.map_or_else(|| "somebody else".to_owned(), Contact::introduced)
}

#[cfg(test)]
mod tests;
