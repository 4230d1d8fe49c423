//! Who is in an arrangement: ticked from what matches the letters typed, a tutor group at once, or pasted as lines.

use crate::domain::name::fold;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::school::find::lines::{Unmet, read_lines};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::list::List;
use crate::screen::widgets::picker::SharedFinder;

crate::actions! {
    /// What keys mean where pupils are ticked, beside those of every dialog.
    pub Action in "arrangement-pupils" {
        Tick "tick" "tick or untick the chosen pupil, or the whole tutor group";
        Skip "skip" "leave the pasted line out that is asked about";
    }
}

/// A row of what can be ticked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pick {
    /// Everybody of a tutor group.
    Group(GroupId),
    /// One pupil.
    Pupil(PupilId),
}

/// Who is ticked, what is offered, and which pasted lines are still asked about.
pub struct Pupils {
    finder: SharedFinder,
    /// Who is in it, in the order in which they were ticked.
    pub ticked: Vec<PupilId>,
    /// What can be ticked.
    pub list: List<Pick>,
    /// Pasted lines that mean nobody, or several.
    pub unmet: Vec<Unmet>,
}

impl Pupils {
    /// With these ticked.
    pub fn new(finder: SharedFinder, ticked: Vec<PupilId>) -> Pupils {
        Pupils { finder, ticked, list: List::default(), unmet: Vec::new() }
    }

    /// Offer what matches `typed`: with nothing typed who is ticked; of a pasted line that means several, those.
    pub fn offer(&mut self, typed: &str, context: &ViewContext) {
        let roll = context.roll();
        let typed = typed.trim();
        let asked = self.unmet.first().filter(|_| typed.is_empty()).map(|unmet| unmet.found.clone());
        let mut picks = Vec::new();
        let pupils = match asked {
            Some(found) if !found.is_empty() => found,
            Some(_) | None if typed.is_empty() => self.ticked.clone(),
            Some(_) | None => {
                let wanted = fold(typed);
                let group = roll.groups.iter().find(|group| fold(&group.name) == wanted);
                picks.extend(group.map(|group| Pick::Group(group.id)));
                self.finder.find(roll, context.day.date, typed)
            }
        };
        picks.extend(pupils.into_iter().map(Pick::Pupil));
        self.list.refresh(picks, |_| false);
        if self.list.chosen().is_none() {
            self.list.choose(0);
        }
    }

    /// The same, now that something else is typed: the first is chosen.
    pub fn offer_anew(&mut self, typed: &str, context: &ViewContext) {
        self.list.restart(Vec::new());
        self.offer(typed, context);
        self.list.choose(0);
    }

    /// Whether a space goes on with the name: several pupils fit what is typed, and none of them was chosen yet.
    pub fn is_name_unfinished(&self, typed: &str) -> bool {
        let is_group = matches!(self.list.ids(0..1), [Pick::Group(_)]);
        !fold(typed).is_empty() && !typed.ends_with(' ') && !is_group && self.list.place() == 0 && self.list.len() > 1
    }

    /// Everybody a row means.
    pub fn of(pick: Pick, context: &ViewContext) -> Vec<PupilId> {
        match pick {
            Pick::Pupil(id) => vec![id],
            Pick::Group(id) => {
                let roll = context.roll();
                let members = roll.pupils.iter().filter(|one| one.group == Some(id) && one.on_roll(context.day.date));
                members.map(|one| one.id).collect()
            }
        }
    }

    /// Whether everybody a row means is ticked.
    pub fn is_ticked(&self, pick: Pick, context: &ViewContext) -> bool {
        Pupils::of(pick, context).iter().all(|one| self.ticked.contains(one))
    }

    /// Tick or untick the chosen row. A pupil who answers a pasted line settles it.
    pub fn tick(&mut self, context: &ViewContext) -> bool {
        let Some(pick) = self.list.chosen() else { return false };
        let them = Pupils::of(pick, context);
        let is_ticked = self.is_ticked(pick, context);
        let answers = self.unmet.first().is_some_and(|one| match one.found.is_empty() {
            true => !is_ticked,
            false => one.found.iter().any(|id| them.contains(id)),
        });
        if is_ticked && !answers {
            self.ticked.retain(|one| !them.contains(one));
        } else {
            self.ticked.extend(them.iter().filter(|one| !self.ticked.contains(one)).copied().collect::<Vec<_>>());
            if answers {
                self.unmet.remove(0);
            }
        }
        true
    }

    /// Leave out the pasted line that is asked about.
    pub fn skip(&mut self) {
        if !self.unmet.is_empty() {
            self.unmet.remove(0);
        }
    }

    /// Lines were pasted: who is meant is ticked, and the others are asked about one by one.
    pub fn paste(&mut self, text: &str, context: &ViewContext) {
        let (found, unmet) = read_lines(context.roll(), context.day.date, text);
        self.ticked.extend(found.into_iter().filter(|one| !self.ticked.contains(one)).collect::<Vec<_>>());
        self.unmet.extend(unmet);
    }
}
