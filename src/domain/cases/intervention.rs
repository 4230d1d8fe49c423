//! Interventions: what was done of which it can be asked what changed since.

use chrono::NaiveDate;

use super::change::CaseChange;
use super::event::{CaseEvent, ContactWay};
use super::file::CaseFile;
use super::support::SupportKind;
use crate::domain::act_id::ActId;
use crate::domain::facts::case_event_kind::EventKind;

/// What an intervention is.
#[derive(Clone, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum InterventionKind {
    /// An event of the case file.
    Event(EventKind),
    /// The case came to this stage.
    Stage(String),
}

impl InterventionKind {
    /// "home visit", "stage Panel".
    pub fn describe(&self) -> String {
        match self {
            InterventionKind::Event(kind) => kind.describe().to_owned(),
            InterventionKind::Stage(stage) => format!("stage {stage}"),
        }
    }
}

/// One intervention.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Intervention {
    /// Its day.
    pub on: NaiveDate,
    /// What it is.
    pub kind: InterventionKind,
    /// It in words.
    pub what: String,
    /// The act that put it down.
    pub act: ActId,
}

impl CaseFile {
    /// What was done to raise attendance as far as it was known at the end of a day: what it is called, and when it was.
    pub fn done_by(&self, known: NaiveDate) -> Vec<(&'static str, NaiveDate)> {
        let events = self.events.iter().filter(|one| one.stood_on(known));
        let events = events.filter_map(|one| Some((one.what.intervention()?, one.what.on())));
        let letters = self.warnings_sent().filter(|(_, sent)| sent.stood_on(known));
        events.chain(letters.map(|(_, sent)| (ContactWay::Letter.describe(), sent.what.on))).collect()
    }

    /// Everything that was done to change the pupil's attendance, and that a case came to a stage, in order. A call or a text is too
    /// little to be one; leave, data that were checked and papers for a court are none.
    pub fn interventions(&self) -> Vec<Intervention> {
        let events = self.standing().filter(|one| one.what.intervention().is_some()).map(|one| Intervention {
            on: one.what.on(),
            kind: InterventionKind::Event(one.what.kind()),
            what: one.what.describe(),
            act: one.by.act,
        });
        let letters = self.warnings_sent().map(|(letter, sent)| Intervention {
            on: sent.what.on,
            kind: InterventionKind::Event(EventKind::Letter),
            what: sent.what.describe(&letter.what),
            act: letter.by.act,
        });
        let stage = |on, stage: &String, act| Intervention {
            on,
            kind: InterventionKind::Stage(stage.clone()),
            what: format!("case at {stage}"),
            act,
        };
        let openings = self.openings.iter().filter(|one| one.stands());
        let opened = openings.map(|one| stage(one.by.at.date(), &one.what.stage, one.by.act));
        let moved = self.changes.iter().filter(|one| one.stands()).filter_map(|one| match &one.what.change {
            CaseChange::Stage { stage: to, .. } => Some(stage(one.by.at.date(), to, one.by.act)),
            CaseChange::Owner(_) | CaseChange::Next(_) | CaseChange::Target { .. } | CaseChange::Close { .. } => None,
        });
        let mut all: Vec<Intervention> = events.chain(letters).chain(opened).chain(moved).collect();
        // A letter to each parent on one day is one intervention.
        all.sort_by(|one, other| (one.on, &one.kind, one.act).cmp(&(other.on, &other.kind, other.act)));
        all.dedup_by(|one, other| (one.on, &one.kind) == (other.on, &other.kind));
        all.sort_by_key(|one| (one.on, one.act));
        all
    }
}

impl CaseEvent {
    /// What it is called among the things that are done to raise attendance; `None` where it is not one of them.
    pub fn intervention(&self) -> Option<&'static str> {
        match self {
            CaseEvent::Contact(contact) => match contact.way {
                ContactWay::Letter | ContactWay::HandDelivered => Some(ContactWay::Letter.describe()),
                ContactWay::Call | ContactWay::Text | ContactWay::Email | ContactWay::InPerson => None,
            },
            CaseEvent::Meeting(meeting) => Some(meeting.kind.describe()),
            CaseEvent::Visit(_) | CaseEvent::Improvement(_) | CaseEvent::Penalty(_) => Some(self.kind().describe()),
            CaseEvent::Support(support) => match support.kind {
                SupportKind::Contract | SupportKind::EarlyHelp | SupportKind::PartTime | SupportKind::Reintegration => {
                    Some(support.kind.describe())
                }
                SupportKind::Details | SupportKind::Provider | SupportKind::Court => None,
            },
            CaseEvent::Leave(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cases::change::{CaseSource, Changed, Opening};
    use crate::domain::cases::event::{CaseContact, Party};
    use crate::domain::cases::testing::{held, taken_back};
    use crate::domain::testing::today;

    #[test]
    fn letters_and_stages_are_interventions_and_calls_are_not() {
        let contact = |way| {
            let with = Party { contact: None, name: "Mrs Khan".to_owned() };
            CaseEvent::Contact(CaseContact { on: today(), time: None, way, with, words: "below 90 %".to_owned() })
        };
        let opening = Opening {
            stage: "Concern".to_owned(),
            owner: "S Marsh".to_owned(),
            source: CaseSource::Office,
            of: String::new(),
            why: String::new(),
            next: None,
        };
        let to_panel = CaseChange::Stage { stage: "Panel".to_owned(), why: String::new() };
        let file = CaseFile {
            openings: vec![held(1, opening)],
            changes: vec![
                held(4, Changed { case: ActId(1), change: to_panel.clone() }),
                taken_back(5, Changed { case: ActId(1), change: to_panel }, 6),
            ],
            events: vec![
                held(2, contact(ContactWay::Letter)),
                held(3, contact(ContactWay::Call)),
                // To the other parent.
                held(9, contact(ContactWay::HandDelivered)),
                taken_back(7, contact(ContactWay::HandDelivered), 8),
            ],
            endings: Vec::new(),
            ..CaseFile::default()
        };
        let found: Vec<String> = file.interventions().iter().map(|one| one.kind.describe()).collect();
        assert_eq!(found, ["stage Concern", "contact", "stage Panel"]);
    }
}
