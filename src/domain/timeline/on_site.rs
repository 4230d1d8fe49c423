//! Whether the pupil is in the building: by the last event of the timeline, otherwise by the current mark.

use chrono::NaiveTime;

use super::{Event, Presence, Timeline, What};
use crate::domain::calendar::session::Session;
use crate::domain::code::{Code, OnSite};
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::presence::Movement;

/// Where the pupil is by the timeline's last word.
#[derive(Clone, Copy, Debug)]
pub struct Whereabouts<'t, 'a> {
    /// In the building, gone, or not known: seen, and missed since.
    pub on_site: OnSite,
    /// The sighting or the departure that says so.
    pub by: &'t Event<'a>,
    /// Since when that is so, school-local.
    pub since: NaiveTime,
    /// The first sign of their being missed since.
    pub missed: Option<&'t Event<'a>>,
}

impl<'a> Timeline<'a> {
    /// Where the pupil is by the last sighting or departure; `None` while nobody has seen them come or go. Neither a code nor a closed
    /// day sends anybody home. Whom a provider saw, and sees no longer, is anywhere.
    pub fn whereabouts(&self) -> Option<Whereabouts<'_, 'a>> {
        let text = |event: &&Event<'_>| {
            matches!(event.presence, Some(Presence::Seen | Presence::Gone)) && !self.is_said_of_who_is_here(event)
        };
        let by = self.events.iter().rfind(text)?;
        let is_gone = by.presence == Some(Presence::Gone);
        let missed = if is_gone { self.not_there_since(by) } else { self.missed_since() };
        let on_site = match (is_gone, missed) {
            (_, Some(_)) => OnSite::Unknown,
            (true, None) => OnSite::No,
            (false, None) => OnSite::Yes,
        };
        Some(Whereabouts { on_site, by, since: missed.map_or(by.at, |event| event.at), missed })
    }

    /// A provider's "there" of a pupil who was logged in here before it, in the same session, and did not go out since.
    fn is_said_of_who_is_here(&self, said: &Event<'a>) -> bool {
        let before = self.events.iter().rev().skip_while(|event| !event.is(said));
        let mut moved = before.filter(|event| {
            matches!(event.what, What::Arrival(_) | What::Return(_) | What::Departure(_))
                && event.session == said.session
        });
        matches!(said.what, What::Answer(_)) && moved.next().is_some_and(|event| event.presence == Some(Presence::Seen))
    }

    /// The provider's "not there" after the same provider's `there`: whoever left the building is missed by none.
    fn not_there_since(&self, there: &Event<'a>) -> Option<&Event<'a>> {
        let is_answer = |event: &Event<'_>| matches!(event.what, What::Answer(_));
        let since = self.events.iter().rev().take_while(|event| !event.is(there));
        since.filter(|event| is_answer(there) && is_answer(event)).last()
    }

    /// The departure by which the pupil is gone: the last word of the timeline.
    pub fn departed(&self) -> Option<&'a Movement> {
        self.whereabouts()?.by.what.try_as_departure()
    }

    /// Whether the mark that `stands` says that the pupil is in the building, where nobody has seen them come or go. Of a
    /// register's O, and of a pupil whom a provider has not seen, nobody knows (rules 4 and 12).
    pub fn on_site_by_mark(&self, session: Session, stands: Mark) -> OnSite {
        let is_not_there = self.answer(session).is_some_and(|one| !one.there);
        match self.setting.codes.on_site(stands.code) {
            OnSite::No if is_not_there && crate::domain::code::is_elsewhere(self.setting.codes, stands.code) => {
                OnSite::Unknown
            }
            OnSite::No if self.is_o_from_register(session, stands) => OnSite::Unknown,
            on_site @ (OnSite::Yes | OnSite::No | OnSite::Unknown) => on_site,
        }
    }

    /// Whether the pupil was in the building in a session: seen at its registration, or as the mark that `stands` says.
    pub fn was_on_site(&self, session: Session, stands: Option<Mark>) -> OnSite {
        let at_registration = |event: &Event<'_>| {
            event.session == session && matches!(event.what, What::Register(_) | What::Arrival(_) | What::Decision(..))
        };
        let seen = |event: &&Event<'_>| event.presence == Some(Presence::Seen) && at_registration(event);
        match (self.events.iter().find(seen), stands) {
            (Some(_), _) => OnSite::Yes,
            (None, Some(mark)) => self.on_site_by_mark(session, mark),
            (None, None) => OnSite::Unknown,
        }
    }

    /// Whether the mark that `stands` is an O that nothing but a register says: followed up like N on its own day (rule 12).
    pub fn is_o_from_register(&self, session: Session, stands: Mark) -> bool {
        stands.code == Code::O && self.mark(session).is_from_register()
    }
}
