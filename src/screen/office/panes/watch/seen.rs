//! What the officer has seen of the lists. Anything that differs from it counts as changed.

use chrono::NaiveDate;
use hashbrown::HashMap;

use super::Id;
use crate::domain::act_id::ActId;
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;

/// What of a row can change: not how long a step has left, which changes by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shown {
    /// The pupil's mark.
    pub mark: Option<Mark>,
    /// The act that put the pupil on the team's list as it says there.
    pub act: ActId,
}

impl Shown {
    /// For a row that a rule made.
    pub fn of(mark: Option<Mark>) -> Shown {
        Shown { mark, act: ActId::default() }
    }
}

/// What was seen, and what stands.
#[derive(Debug, Default)]
pub struct Seen {
    date: Option<NaiveDate>,
    seen: HashMap<Id, Shown>,
    stands: HashMap<Id, Shown>,
    /// Whether each rule's list was known already: a list that is read for the first time has not changed.
    known: Vec<bool>,
    moves: u64,
}

impl Seen {
    /// The school has other rules: the places of the old ones mean nothing any more.
    pub fn forget_rules(&mut self) {
        self.known.clear();
        self.seen.retain(|id, _| matches!(id, Id::Own(_)));
        self.stands.retain(|id, _| matches!(id, Id::Own(_)));
    }

    /// Take the rows as they stand on `date`, and which rules' lists are known. Whoever we put on the team's list ourselves is
    /// seen.
    pub fn refresh(
        &mut self,
        date: NaiveDate,
        stands: Vec<(Id, Shown)>,
        known: Vec<bool>,
        is_own: &dyn Fn(PupilId) -> bool,
    ) {
        // The first day of all, and a new one, are seen as they are.
        if self.date != Some(date) {
            *self = Seen { date: Some(date), moves: self.moves, ..Seen::default() };
            self.seen.extend(stands.iter().copied());
            self.stands = stands.into_iter().collect();
            self.known = known;
            return;
        }
        let was_known = |id: &Id| match id {
            Id::Ruled(place, _) => self.known.get(*place).copied().unwrap_or(false),
            Id::Own(_) | Id::Heading(_) => true,
        };
        let is_known = |id: &Id| match id {
            Id::Ruled(place, _) => known.get(*place).copied().unwrap_or(false),
            Id::Own(_) | Id::Heading(_) => true,
        };
        let stands: HashMap<Id, Shown> = stands.into_iter().collect();
        let comes = stands.iter().any(|(id, stand)| was_known(id) && self.stands.get(id) != Some(stand));
        let leaves = self.stands.keys().any(|id| is_known(id) && !stands.contains_key(id));
        self.moves += u64::from(comes || leaves);
        let mut seen: HashMap<Id, Shown> = HashMap::new();
        for (id, stand) in &stands {
            let before = self.seen.get(id).copied();
            let by_us = matches!(id, Id::Own(pupil) if is_own(*pupil));
            let as_seen = match before {
                _ if !was_known(id) => Some(*stand),
                None => by_us.then_some(*stand),
                Some(before) => Some(Shown { act: if by_us { stand.act } else { before.act }, ..before }),
            };
            seen.extend(as_seen.map(|stand| (*id, stand)));
        }
        (self.seen, self.stands, self.known) = (seen, stands, known);
    }

    /// Everything has been looked at.
    pub fn looked_at(&mut self) {
        self.seen = self.stands.clone();
    }

    /// Whether a row is otherwise than it was seen.
    pub fn is_changed(&self, id: Id) -> bool {
        self.stands.get(&id).is_some_and(|stand| self.seen.get(&id) != Some(stand))
    }

    /// Every row that is.
    pub fn changed(&self) -> impl Iterator<Item = Id> + '_ {
        self.stands.keys().copied().filter(|id| self.is_changed(*id))
    }

    /// Grows with every change.
    pub fn moves(&self) -> u64 {
        self.moves
    }
}
