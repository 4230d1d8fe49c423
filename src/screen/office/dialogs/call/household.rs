//! The siblings that one call can cover: which are ticked, which is chosen, and which have an answer of their own.

use super::answer::Answer;
use crate::domain::act::SiblingAnswer;
use crate::domain::people::pupil::PupilId;

/// A sibling who is unexplained too.
#[derive(Debug)]
pub struct Sibling {
    pub pupil: PupilId,
    /// The call speaks for them too.
    pub covered: bool,
    /// What was said of them, where it was something else.
    pub own: Option<Answer>,
}

/// The siblings, and the one whose turn it is; nobody's is the pupil's whom the call is about.
#[derive(Debug, Default)]
pub struct Household {
    pub siblings: Vec<Sibling>,
    turn: Option<usize>,
}

impl Household {
    /// Of these siblings, none of them covered yet.
    pub fn new(siblings: impl Iterator<Item = PupilId>) -> Household {
        let siblings = siblings.map(|pupil| Sibling { pupil, covered: false, own: None }).collect();
        Household { siblings, turn: None }
    }

    /// Where the sibling stands whose turn it is.
    pub fn turn(&self) -> Option<usize> {
        self.turn
    }

    /// The sibling whose turn it is.
    pub fn chosen(&mut self) -> Option<&mut Sibling> {
        self.siblings.get_mut(self.turn?)
    }

    /// What was said of the sibling whose turn it is, where it was something else.
    pub fn own(&self) -> Option<&Answer> {
        self.siblings.get(self.turn?)?.own.as_ref()
    }

    /// To the next sibling, and cover them; behind the last, back to the pupil the call is about.
    pub fn next(&mut self) {
        let next = self.turn.map_or(0, |turn| turn + 1);
        self.turn = (next < self.siblings.len()).then_some(next);
        if let Some(sibling) = self.chosen() {
            sibling.covered = true;
        }
    }

    /// Nobody was spoken to: there are no answers.
    pub fn nothing_said(&mut self) {
        self.siblings.iter_mut().for_each(|sibling| sibling.own = None);
    }

    /// Those the call speaks for.
    pub fn covered(&self) -> impl Iterator<Item = &Sibling> {
        self.siblings.iter().filter(|sibling| sibling.covered)
    }

    /// What was said of those of whom it was something else.
    pub fn sibling_answers(&self) -> Vec<SiblingAnswer> {
        let own = self.covered().filter_map(|sibling| Some((sibling.pupil, sibling.own.as_ref()?)));
        own.filter_map(|(pupil, own)| {
            Some(SiblingAnswer { pupil, outcome: own.outcome?, code: own.code().unwrap_or_default() })
        })
        .collect()
    }
}
