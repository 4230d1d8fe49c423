//! The fire list, ticked off: who is to be accounted for, by tutor group, in one roll call that every desk joins.

mod view;

use chrono::NaiveTime;
use hashbrown::HashMap;
use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, Receipt, Refusal, Sight, Undo};
use crate::domain::act_id::ActId;
use crate::domain::code::OnSite;
use crate::domain::facts::presence::Sighting;
use crate::domain::name::fold;
use crate::domain::people::pupil::PupilId;
use crate::domain::whereabouts::fire::{FirePupil, on_site_for};
use crate::domain::whereabouts::roll_call::RollCall;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::filtered_list::FilteredList;
use crate::screen::widgets::sheet::Sheet;

crate::actions! {
    /// What keys mean in the fire list; every other letter finds a name.
    pub Action in "fire" {
        Tick "tick" "seen; again, to take the tick back" records;
        Found "found" "seen: whoever was found by name" records;
        NotSeen "not-seen" "looked for and not seen; again, to take it back" records;
        NextGroup "next-group" "to the next tutor group";
        PreviousGroup "previous-group" "to the tutor group before";
        OnlyLeft "only-unaccounted" "show only who is not accounted for, or everybody";
        New "new-roll-call" "begin a new roll call";
        Close "close" "close";
    }
}

/// The fire list.
pub struct Fire {
    typing: SharedTyping,
    keys: Keymap<Action>,
    call: RollCall,
    /// This desk has asked for a new roll call in which nobody is ticked yet.
    begun: bool,
    found: FilteredList<PupilId>,
    only_left: bool,
    /// Everybody to account for by group, then everybody else.
    rows: Vec<Row>,
    groups: Vec<Tally>,
    /// When the school day ended, once it has.
    over: Option<NaiveTime>,
    /// The pupil of our last key: once the record has it, the next is chosen.
    passed: Option<PupilId>,
}

/// One pupil.
struct Row {
    pupil: PupilId,
    /// Their place among the groups; `None` for who is not to be accounted for.
    group: Option<usize>,
    on_site: OnSite,
    why: String,
    /// What this roll call says of them: seen or not, and by which act.
    sighting: Option<(bool, ActId)>,
    /// What a name is found by.
    found_by: String,
}

/// One tutor group's count.
struct Tally {
    name: String,
    tutor: Option<String>,
    all: usize,
    left: usize,
}

impl Row {
    fn is_accounted(&self) -> bool {
        self.sighting.is_some_and(|(seen, _)| seen)
    }

    fn is_left(&self) -> bool {
        self.group.is_some() && !self.is_accounted()
    }
}

impl Fire {
    /// The list as it is now, in the roll call that is running, or in one that begins with the first tick.
    pub fn new(typing: SharedTyping, keys: Keymap<Action>, context: &ViewContext) -> Fire {
        let mut fire = Fire {
            typing,
            keys,
            call: RollCall::at(context.time()),
            begun: false,
            found: FilteredList::default(),
            only_left: false,
            rows: Vec::new(),
            groups: Vec::new(),
            over: None,
            passed: None,
        };
        fire.refresh(context);
        fire
    }

    /// To account for, and how many of them are left.
    fn counts(&self) -> (usize, usize) {
        self.groups.iter().fold((0, 0), |(all, left), group| (all + group.all, left + group.left))
    }

    fn row(&self, id: PupilId) -> Option<&Row> {
        self.rows.iter().find(|row| row.pupil == id)
    }

    fn chosen(&self) -> Option<&Row> {
        self.row(self.found.list.chosen()?)
    }

    /// Take the rows as the day and the roll call have them.
    fn count(&mut self, context: &ViewContext) {
        let list = on_site_for(&context.day, context.time(), context.role);
        let sightings = self.call.sightings(&context.day);
        let row = |group, one: &FirePupil| row(context, &sightings, group, one);
        let listed = list.groups.iter().enumerate();
        self.rows =
            listed.flat_map(|(place, group)| group.pupils.iter().map(move |one| row(Some(place), one))).collect();
        self.over = list.over;
        self.groups = Vec::new();
        for (place, group) in list.groups.iter().enumerate() {
            let left = self.rows.iter().filter(|row| row.group == Some(place) && row.is_left()).count();
            let (name, tutor) = (group.name.clone(), group.tutor.clone());
            self.groups.push(Tally { name, tutor, all: group.pupils.len(), left });
        }
        self.rows.extend(list.elsewhere.iter().map(|one| row(None, one)));
    }

    /// The rows that show: everybody to account for, or whoever's name begins as typed, wherever they are said to be.
    fn show(&mut self) {
        let typed = fold(self.found.field.text());
        let fits = |row: &&Row| match typed.as_str() {
            "" => row.group.is_some() && (row.is_left() || !self.only_left),
            typed => row.found_by.split(' ').any(|part| part.starts_with(typed)),
        };
        let shown: Vec<PupilId> = self.rows.iter().filter(fits).map(|row| row.pupil).collect();
        let passed = self.passed;
        self.found.list.refresh(shown, |id| Some(id) == passed);
    }

    /// On to the next who is not accounted for, behind `id`; to the first of all behind the last.
    fn pass(&mut self, id: PupilId) {
        let from = self.rows.iter().position(|row| row.pupil == id).unwrap_or(0);
        let is_next = |row: &&Row| row.is_left() && row.pupil != id && row.sighting.is_none();
        let next = self.rows.iter().skip(from).find(is_next).or_else(|| self.rows.iter().find(is_next));
        if let Some(next) = next.map(|row| row.pupil) {
            self.found.list.choose_id(next);
        }
    }

    /// Say of the chosen pupil that they were seen, or were not; if that is said already, take it back.
    fn mark(&mut self, seen: bool, context: &ViewContext) -> Outcome {
        let Some(row) = self.chosen() else { return Outcome::Notice("Choose a pupil first.".to_owned()) };
        let (pupil, sighting) = (row.pupil, row.sighting);
        if let Some((_, act)) = sighting.filter(|(was, _)| *was == seen) {
            return Outcome::Do(Act::Undo(Undo { act }));
        }
        self.passed = Some(pupil);
        Outcome::Do(Act::Sight(Sight {
            pupil,
            date: context.day.date,
            time: context.time(),
            seen,
            place: self.call.place(),
        }))
    }

    /// To the first of the group so many places on.
    fn step_group(&mut self, on: usize) {
        let (groups, here) = (self.groups.len(), self.chosen().and_then(|row| row.group));
        let first = |group: usize| {
            let shown = self.found.list.ids(0..self.found.list.len());
            let of = self.rows.iter().filter(|row| row.group == Some(group) && shown.contains(&row.pupil));
            of.min_by_key(|row| !row.is_left()).map(|row| row.pupil)
        };
        // Groups of which nobody shows are passed over.
        let step = if on == 1 { 1 } else { groups.saturating_sub(1) };
        let next = (1..=groups).find_map(|n| first((here.unwrap_or(0) + n * step) % groups));
        if let Some(next) = next {
            self.found.list.choose_id(next);
        }
    }

    fn new_call(&mut self, context: &ViewContext) -> Outcome {
        let call = RollCall::at(context.time());
        if call == self.call {
            return Outcome::Notice("This roll call has just begun.".to_owned());
        }
        (self.call, self.begun) = (call, true);
        self.refresh(context);
        self.found.list.choose(0);
        Outcome::Notice(format!("A new {} begins with the first tick.", self.call.place()))
    }
}

impl Dialog for Fire {
    fn title(&self, context: &ViewContext) -> String {
        let over = self.over.map_or_else(String::new, |ends| format!("; school ended {}", ends.format("%H:%M")));
        let only = match self.found.field.text().trim() {
            "" if self.only_left => ", only unaccounted".to_owned(),
            "" => String::new(),
            typed => format!(", “{typed}”"),
        };
        format!("Fire list{only}, {}, as recorded at {}{over}", self.call.place(), context.now.format("%H:%M"))
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (u16::MAX, u16::MAX)
    }

    fn waits_for_nothing(&self) -> bool {
        true
    }

    fn only_looks(&self, key: Key) -> bool {
        !matches!(self.keys.get(key), Some(Action::Tick | Action::Found | Action::NotSeen))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Tick) => return self.mark(true, context),
            // An Enter too many must not tick whoever stands next.
            Some(Action::Found) if self.found.field.text().trim().is_empty() => {
                return Outcome::Notice("Type a name first; the chosen pupil is ticked by another key.".to_owned());
            }
            Some(Action::Found) => return self.mark(true, context),
            Some(Action::NotSeen) => return self.mark(false, context),
            Some(Action::NextGroup) => self.step_group(1),
            Some(Action::PreviousGroup) => self.step_group(0),
            Some(Action::OnlyLeft) => {
                self.only_left = !self.only_left;
                self.show();
                if self.found.list.chosen().is_none() {
                    self.found.list.choose(0);
                }
            }
            Some(Action::New) => return self.new_call(context),
            Some(Action::Close) if self.found.field.text().is_empty() => return Outcome::Close,
            Some(Action::Close) => {
                self.found.field = Field::default();
                self.show();
            }
            None => {
                if !self.found.type_or_move(key, &self.typing) {
                    return Outcome::Ignored;
                }
                self.show();
                self.found.list.choose(0);
            }
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.found.field.paste(text);
        self.show();
        self.found.list.choose(0);
    }

    fn refresh(&mut self, context: &ViewContext) {
        // The newest roll call is everybody's, but for who has just asked for a newer one.
        if let Some(running) = RollCall::running(&context.day, context.time())
            && (!self.begun || running >= self.call)
        {
            (self.call, self.begun) = (running, false);
        }
        self.count(context);
        self.show();
        let done = self.passed.filter(|id| self.row(*id).is_some_and(|row| row.sighting.is_some()));
        if let Some(id) = done {
            // A name was found and dealt with: the next is typed afresh.
            self.found.field = Field::default();
            self.show();
            self.pass(id);
            self.passed = None;
        }
    }

    fn refused(&mut self, _: &Refusal, _: &ViewContext) {
        self.passed = None;
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        false
    }

    fn pupil(&self) -> Option<PupilId> {
        self.found.list.chosen()
    }

    fn sheet(&self) -> Option<Sheet> {
        Some(Sheet::for_everybody("fire list"))
    }

    /// A page for each group, with a box to tick.
    fn paper(&self, context: &ViewContext) -> Option<String> {
        Some(on_site_for(&context.day, context.time(), context.role).text(context.roll(), None))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        view::draw(self, area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        let does = if self.only_left { "everybody" } else { "only who is left" };
        let sighting = self.chosen().and_then(|row| row.sighting).map(|(seen, _)| seen);
        let shown = [
            (Action::Tick, if sighting == Some(true) { "take the tick back" } else { "seen" }),
            (Action::NotSeen, if sighting == Some(false) { "take it back" } else { "not seen" }),
            (Action::NextGroup, "next group"),
            (Action::OnlyLeft, does),
            (Action::New, "new roll call"),
            (Action::Close, if self.found.field.text().is_empty() { "close" } else { "everybody again" }),
        ];
        self.keys.hints(&shown)
    }
}

fn row(context: &ViewContext, sightings: &HashMap<PupilId, &Sighting>, group: Option<usize>, one: &FirePupil) -> Row {
    let sighting = sightings.get(&one.pupil).map(|one| (one.seen, one.act));
    let found_by = context
        .pupil(one.pupil)
        .map_or_else(String::new, |pupil| format!("{} {}", pupil.folded, fold(context.roll().group_name(pupil))));
    Row { pupil: one.pupil, group, on_site: one.on_site, why: one.why.clone(), sighting, found_by }
}
