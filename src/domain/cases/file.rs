//! A pupil's case file: everything that was put down, and what of it was taken back.

use super::case::Case;
use super::change::{Changed, Opening};
use super::ending::{Ended, Ending, LeaveDecision};
use super::event::{AgreedAction, CaseContact, CaseEvent, ContactWay};
use super::held::Held;
use super::letter::{Delivery, Letter};
use crate::domain::act_id::ActId;
use crate::domain::facts::case_event_kind::EventKind;

/// Everything that was put down about one pupil, in the order of the acts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CaseFile {
    /// Cases that were opened.
    pub openings: Vec<Held<Opening>>,
    /// What changed of them.
    pub changes: Vec<Held<Changed>>,
    /// What was done.
    pub events: Vec<Held<CaseEvent>>,
    /// What became of it.
    pub endings: Vec<Held<Ended>>,
    /// Letters that were made.
    pub letters: Vec<Held<Letter>>,
    /// What became of them.
    pub deliveries: Vec<Held<Delivery>>,
}

impl CaseFile {
    /// The pupil's cases, oldest first.
    pub fn cases(&self) -> Vec<Case> {
        self.openings.iter().filter(|one| one.stands()).map(|one| Case::of(one, &self.changes)).collect()
    }

    /// The case that is open.
    pub fn open_case(&self) -> Option<Case> {
        self.cases().into_iter().find(|case| case.closed.is_none())
    }

    /// What was done, and was not taken back.
    pub fn standing(&self) -> impl Iterator<Item = &Held<CaseEvent>> {
        self.events.iter().filter(|one| one.stands())
    }

    /// The kinds of what was done: a letter once it went and did not come back, also one that was put down as a contact.
    pub fn done(&self) -> Vec<EventKind> {
        let letters = self.letters_sent().map(|_| EventKind::Letter);
        let is_letter = |contact: &CaseContact| matches!(contact.way, ContactWay::Letter | ContactWay::HandDelivered);
        let kinds = self.standing().flat_map(|one| match &one.what {
            CaseEvent::Contact(contact) if is_letter(contact) => vec![EventKind::Contact, EventKind::Letter],
            CaseEvent::Contact(_)
            | CaseEvent::Meeting(_)
            | CaseEvent::Visit(_)
            | CaseEvent::Improvement(_)
            | CaseEvent::Penalty(_)
            | CaseEvent::Leave(_)
            | CaseEvent::Support(_) => vec![one.what.kind()],
        });
        kinds.chain(letters).collect()
    }

    /// The event that an act put down, and nobody took back.
    pub fn event(&self, act: ActId) -> Option<&Held<CaseEvent>> {
        self.standing().find(|one| one.by.act == act)
    }

    /// What became of an event last, or of its action in that place.
    pub fn ending(&self, event: ActId, place: Option<u32>) -> Option<&Held<Ended>> {
        let is_its = |one: &&Held<Ended>| one.what.event == event && one.what.ending.place() == place;
        self.endings.iter().filter(|one| one.stands()).filter(is_its).max_by_key(|one| one.by.act)
    }

    /// What meetings agreed and is not done: each with the act of its meeting and its place there, from 1.
    pub fn open_actions(&self) -> Vec<(ActId, u32, &AgreedAction)> {
        let agreed = self.standing().filter_map(|one| match &one.what {
            CaseEvent::Meeting(meeting) => Some((one.by.act, &meeting.actions)),
            CaseEvent::Contact(_)
            | CaseEvent::Visit(_)
            | CaseEvent::Improvement(_)
            | CaseEvent::Penalty(_)
            | CaseEvent::Leave(_)
            | CaseEvent::Support(_) => None,
        });
        let all = agreed.flat_map(|(act, actions)| (1..).zip(actions).map(move |(place, one)| (act, place, one)));
        all.filter(|(act, place, _)| self.ending(*act, Some(*place)).is_none()).collect()
    }

    /// What was decided of the leave that an act put down.
    pub fn leave_decision(&self, event: ActId) -> Option<&LeaveDecision> {
        match &self.ending(event, None)?.what.ending {
            Ending::Leave(decision) => Some(decision),
            Ending::Visit(_) | Ending::Improvement(_) | Ending::Penalty(_) | Ending::Action(_) => None,
        }
    }

    /// The events of a kind of which it can be said now what became of them, or of their action in that place: those of which that is not
    /// known yet; of penalty notices, where it is known of all, every one. `act` names one.
    pub fn to_end(&self, kind: EventKind, place: Option<u32>, act: Option<ActId>) -> Vec<&Held<CaseEvent>> {
        let has_place = |one: &&Held<CaseEvent>| place.is_none_or(|place| one.what.actions() >= place);
        let is_meant = |one: &&Held<CaseEvent>| act.is_none_or(|act| one.by.act == act);
        let all = || self.standing().filter(|one| one.what.kind() == kind).filter(has_place).filter(is_meant);
        let open: Vec<&Held<CaseEvent>> = all().filter(|one| self.ending(one.by.act, place).is_none()).collect();
        if open.is_empty() && kind == EventKind::Penalty { all().collect() } else { open }
    }
}
