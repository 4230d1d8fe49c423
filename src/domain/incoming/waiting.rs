//! What files leave for somebody to decide, as far as a role may see it.

use chrono::{NaiveDate, NaiveDateTime};
use hashbrown::HashMap;

use super::imported::LastImport;
use crate::domain::act_id::ActId;
use crate::domain::code::Code;
use crate::domain::facts::handback::{Handback, MarkChange, ToHandBack};
use crate::domain::facts::inbox::InboxMessage;
use crate::domain::facts::waiting_mark::WaitingMark;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::school::reason::offer;
use crate::domain::school::roll::Roll;

/// What files leave for somebody to decide. Files that were refused are in the day itself.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FilesWaiting {
    /// Marks that are no code, by the mark, oldest first.
    pub marks: Vec<WaitingMark>,
    /// Whoever is on roll and was not in the last export of it.
    pub missing: Vec<MissingPupil>,
    /// Messages to be read, oldest first.
    pub messages: Vec<InboxMessage>,
    /// Marks for the school's own system; `None` for whoever makes no exports.
    pub handback: Option<HandbackWaiting>,
    /// The last imports, the newest first; `None` for whoever makes none.
    pub imports: Option<Vec<LastImport>>,
}

/// One on roll whom the last export of the whole roll did not name, of whom nobody has said whether they have left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MissingPupil {
    /// Who.
    pub pupil: PupilId,
    /// The first import that did not name them.
    pub import: ActId,
    /// When that was, school-local.
    pub since: NaiveDateTime,
}

impl MissingPupil {
    /// Whether it is still to be asked on `today`: whoever has a last day has been answered for.
    pub fn is_asked_about(&self, roll: &Roll, today: NaiveDate) -> bool {
        roll.pupil(self.pupil).is_some_and(|pupil| pupil.on_roll(today) && pupil.until.is_none())
    }
}

/// What the school's own system does not hold as the record does, and what was handed back of late.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct HandbackWaiting {
    /// What waits, and what was refused there.
    pub to_hand_back: ToHandBack,
    /// The last hand-backs, the newest first.
    pub made: Vec<Handback>,
}

/// How many marks of a tutor group wait, and since when the longest does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GroupWaits {
    /// The group; `None` for pupils without one.
    pub group: Option<GroupId>,
    /// How many.
    pub marks: usize,
    /// When the first of them was changed, school-local.
    pub since: NaiveDateTime,
}

impl HandbackWaiting {
    /// What waits, by tutor group, in the order of the groups.
    pub fn by_group(&self, roll: &Roll) -> Vec<GroupWaits> {
        let mut groups: HashMap<Option<GroupId>, GroupWaits> = HashMap::new();
        for MarkChange { pupil, changed, .. } in &self.to_hand_back.changes {
            let group = roll.pupil(*pupil).and_then(|pupil| pupil.group);
            let waits = groups.entry(group).or_insert(GroupWaits { group, marks: 0, since: *changed });
            waits.marks += 1;
            waits.since = waits.since.min(*changed);
        }
        let place = |group: Option<GroupId>| roll.groups.iter().position(|one| Some(one.id) == group);
        let mut groups: Vec<GroupWaits> = groups.into_values().collect();
        groups.sort_by_key(|one| place(one.group).unwrap_or(usize::MAX));
        groups
    }
}

/// Whether a message comes from somebody who must not be contacted about the pupil.
pub fn is_from_barred(message: &InboxMessage, roll: &Roll) -> bool {
    message.pupil.is_some_and(|id| roll.is_from_barred(id, &message.by, message.from.as_deref()))
}

/// The code that the school's table of reasons has for the reason that was chosen: a suggestion.
pub fn perhaps(message: &InboxMessage, roll: &Roll) -> Option<Code> {
    offer(&message.reason, &roll.school.reasons).and_then(|offer| offer.code)
}
