//! A whole tutor group ticked by one key: everybody of whom nothing is said yet. Whoever is said not to be seen stays so.

use super::{Action, Fire, Row, Tally};
use crate::domain::act::{Act, SightGroup, Undo};
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::field::Field;

/// A group on its way to the record.
pub struct Taking {
    /// Which: `None` for pupils of no group.
    group: Option<GroupId>,
    /// The record has it.
    pub is_done: bool,
}

impl Fire {
    /// Everybody of the chosen pupil's group of whom nothing is said yet is seen.
    pub fn take_group(&mut self, context: &ViewContext) -> Outcome {
        let group = self.chosen().and_then(|row| row.group).and_then(|place| self.groups.get(place));
        let Some(tally) = group else { return Outcome::Notice("Choose somebody of the group first.".to_owned()) };
        if tally.said.is_gone_through() {
            return Outcome::Notice(self.skip_group());
        }
        let shown = self.found.list.ids(0..self.found.list.len());
        if !tally.said.open.iter().all(|id| shown.contains(id)) {
            return Outcome::Notice(format!("Only a part of {} is shown: nobody is ticked unseen.", tally.name));
        }
        let act = SightGroup {
            group: tally.name.clone(),
            pupils: tally.said.open.clone(),
            but: tally.said.not_seen.clone(),
            date: context.day.date,
            time: context.time(),
            place: self.call.place(),
            since: self.call.began,
        };
        self.taking = Some(Taking { group: tally.group, is_done: false });
        Outcome::Do(Act::SightGroup(act))
    }

    /// On from a group that is gone through; what to say of it.
    fn skip_group(&mut self) -> String {
        let name = |tally: Option<&Tally>| tally.map_or("-", |tally| tally.name.as_str()).to_owned();
        let here = self.chosen().and_then(|row| row.group);
        let through = name(here.and_then(|place| self.groups.get(place)));
        self.go_on_behind(here);
        let next = self.chosen().and_then(|row| row.group).filter(|next| Some(*next) != here);
        match next.and_then(|place| self.groups.get(place)) {
            Some(next) => format!("{through} is gone through: on to {}. Nothing recorded.", next.name),
            None => "Every group is gone through.".to_owned(),
        }
    }

    /// Once the record has a group, on to the next; unless the officer has moved to another meanwhile.
    pub fn go_on_from_group(&mut self) {
        let Some(taken) = self.taking.take_if(|taking| taking.is_done) else { return };
        self.found.field = Field::default();
        self.show();
        let here = self.groups.iter().position(|tally| tally.group == taken.group);
        if self.chosen().is_none_or(|row| row.group == here) {
            self.go_on_behind(here);
        }
    }

    /// To the first of whom nothing is said, in the next group behind `place` that is not gone through.
    fn go_on_behind(&mut self, place: Option<usize>) {
        let is_open = |row: &&Row| row.group.is_some() && row.sighting.is_none();
        let behind = |row: &&Row| row.group > place;
        let next = self.rows.iter().filter(is_open).find(behind).or_else(|| self.rows.iter().find(is_open));
        if let Some(next) = next.map(|row| row.pupil) {
            self.found.list.go_on_to(next);
        }
    }

    /// What was ticked here last is taken back.
    pub fn take_back(&self) -> Outcome {
        let last = self.own.last().map(|act| Outcome::Do(Act::Undo(Undo { act: *act })));
        last.unwrap_or_else(|| Outcome::Notice("Nothing was ticked here that could be taken back.".to_owned()))
    }

    /// That a pupil was ticked with others, and what can be done about it.
    pub fn ticked_with_others(&self, pupil: PupilId, context: &ViewContext) -> String {
        let key = |action| self.keys.first_key(action).unwrap_or_default();
        let name = context.roll().name_and_group(pupil);
        let (not_seen, undo) = (key(Action::NotSeen), key(Action::Undo));
        format!("{name} was ticked with the group: {not_seen} says not seen, {undo} takes back what was ticked last.")
    }
}
