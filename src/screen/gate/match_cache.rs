//! The pupils that the gate searches: those on roll, and those who have left or will come, so that they get an answer.

use std::sync::Arc;

use chrono::NaiveTime;

use crate::domain::late::gate::{Standing, standing};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::find::Finder;
use crate::domain::school::roll::Roll;
use crate::screen::view_context::ViewContext;

/// Matches kept: more than any screen shows.
const MOST: usize = 50;

/// Finds them. Built when first asked, and again when the roll has moved.
#[derive(Default)]
pub struct MatchCache {
    built: Option<(Arc<Roll>, Finder)>,
}

impl MatchCache {
    fn finder(&mut self, context: &ViewContext) -> Option<&mut Finder> {
        if !self.built.as_ref().is_some_and(|(roll, _)| Arc::ptr_eq(roll, context.roll())) {
            self.built = Some((context.roll().clone(), Finder::new(context.roll())));
        }
        self.built.as_mut().map(|(_, finder)| finder)
    }

    /// The pupils that match the typed text, best first; among equals, those who can simply be logged at `time`.
    pub fn find(&mut self, context: &ViewContext, typed: &str, time: NaiveTime) -> Vec<PupilId> {
        let stands = |id| context.pupil(id).map(|pupil| standing(&context.day, pupil, time));
        let likely = |id| matches!(stands(id), Some(Standing::Free | Standing::Out(_)));
        let found = self.finder(context).map(|finder| finder.matches_preferring(typed, MOST, |_| true, likely));
        found.unwrap_or_default()
    }

    /// The one who has exactly this number; of several, the one on roll.
    pub fn numbered(&mut self, context: &ViewContext, number: &str) -> Option<PupilId> {
        let held = self.finder(context).map(|finder| finder.numbered(number)).unwrap_or_default();
        let on_roll: Vec<PupilId> = held
            .iter()
            .copied()
            .filter(|id| context.pupil(*id).is_some_and(|pupil| pupil.on_roll(context.day.date)))
            .collect();
        match (on_roll.as_slice(), held.as_slice()) {
            ([one], _) | ([], [one]) => Some(*one),
            _ => None,
        }
    }

    /// Whether the roll has moved since it was last asked.
    pub fn is_stale(&self, context: &ViewContext) -> bool {
        self.built.as_ref().is_some_and(|(roll, _)| !Arc::ptr_eq(roll, context.roll()))
    }
}
