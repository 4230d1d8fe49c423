//! The fire list, ticked off: who is to be accounted for, by tutor group, in one roll call that every desk joins.

mod group;
mod view;

use chrono::NaiveTime;
use hashbrown::HashMap;
use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, Receipt, Refusal, Sight, Undo};
use crate::domain::act_id::ActId;
use crate::domain::code::OnSite;
use crate::domain::name::fold;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::whereabouts::fire::{FireGroup, FirePupil, on_site_for};
use crate::domain::whereabouts::roll_call::{RollCall, Said};
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::filtered_list::FilteredList;
use crate::screen::widgets::sheet::Sheet;
use group::Taking;

crate::actions! {
    /// What keys mean in the fire list; every other letter finds a name.
    pub Action in "fire" {
        Tick "tick" "seen; again, to take the tick back" records;
        Found "found" "seen: whoever was found by name" records;
        NotSeen "not-seen" "looked for and not seen; again, to take it back" records;
        Group "group" "seen: all of the group of whom nothing is said yet" records;
        NextGroup "next-group" "to the next tutor group";
        PreviousGroup "previous-group" "to the tutor group before";
        OnlyLeft "only-unaccounted" "show only who is not accounted for, or everybody";
        New "new-roll-call" "begin a new roll call";
        Undo "undo" "take back what was ticked here last" records;
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
    /// The group of our last key: once the record has it, the next is chosen that is not gone through.
    taking: Option<Taking>,
    /// Who was ticked first by what was taken back: chosen once the record has it.
    back_to: Option<PupilId>,
    /// What was ticked here and stands, oldest first.
    own: Vec<ActId>,
}

/// One pupil.
struct Row {
    pupil: PupilId,
    /// Their place among the groups; `None` for who is not to be accounted for.
    group: Option<usize>,
    on_site: OnSite,
    why: String,
    /// What this roll call says of them.
    sighting: Option<Ticked>,
    /// What a name is found by.
    found_by: String,
}

/// What a roll call says of a pupil.
#[derive(Clone, Copy)]
struct Ticked {
    seen: bool,
    act: ActId,
    /// Whether the act ticked others as well.
    with_others: bool,
}

/// One tutor group, and what is said of it.
struct Tally {
    group: Option<GroupId>,
    name: String,
    tutor: Option<String>,
    said: Said,
}

impl Row {
    fn is_accounted(&self) -> bool {
        self.sighting.is_some_and(|ticked| ticked.seen)
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
            taking: None,
            back_to: None,
            own: Vec::new(),
        };
        fire.refresh(context);
        fire
    }

    /// To account for, and how many of them are left.
    fn counts(&self) -> (usize, usize) {
        self.groups.iter().fold((0, 0), |(all, left), group| (all + group.said.all(), left + group.said.left()))
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
        let mut acts: HashMap<ActId, usize> = HashMap::new();
        sightings.values().for_each(|one| *acts.entry(one.act).or_default() += 1);
        let ticked = |id: &PupilId| {
            let one = sightings.get(id)?;
            let with_others = acts.get(&one.act).is_some_and(|ticked| *ticked > 1);
            Some(Ticked { seen: one.seen, act: one.act, with_others })
        };
        let row = |group, one: &FirePupil| row(context, ticked(&one.pupil), group, one);
        let listed = list.groups.iter().enumerate();
        self.rows =
            listed.flat_map(|(place, group)| group.pupils.iter().map(move |one| row(Some(place), one))).collect();
        self.over = list.over;
        let tally = |group: &FireGroup| {
            let said = Said::of(group.pupils.iter().map(|one| one.pupil), &sightings);
            Tally { group: group.group, name: group.name.clone(), tutor: group.tutor.clone(), said }
        };
        self.groups = list.groups.iter().map(tally).collect();
        self.rows.extend(list.elsewhere.iter().map(|one| row(None, one)));
    }

    /// The rows that show: everybody to account for, or whoever's name begins as typed, wherever they are said to be.
    fn show(&mut self) {
        let typed = fold(self.found.field.text());
        let fits = |row: &&Row| match typed.as_str() {
            "" => row.group.is_some() && (row.is_left() || !self.only_left),
            typed => typed.split(' ').all(|word| row.found_by.split(' ').any(|part| part.starts_with(word))),
        };
        let shown: Vec<PupilId> = self.rows.iter().filter(fits).map(|row| row.pupil).collect();
        let (passed, takes) = (self.passed, self.taking.is_some());
        self.found.list.refresh(shown, |id| takes || Some(id) == passed);
    }

    /// Whether a space goes on with the name: several pupils fit what is typed, and none of them was chosen yet.
    fn is_name_unfinished(&self) -> bool {
        let typed = self.found.field.text();
        let is_group = self.groups.iter().any(|group| fold(&group.name) == fold(typed));
        let list = &self.found.list;
        !fold(typed).is_empty() && !typed.ends_with(' ') && !is_group && list.place() == 0 && list.len() > 1
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
        let pupil = row.pupil;
        match row.sighting.filter(|ticked| ticked.seen == seen) {
            // To take that back would take back the others too.
            Some(ticked) if ticked.with_others => return Outcome::Notice(self.ticked_with_others(pupil, context)),
            Some(Ticked { act, .. }) => return Outcome::Do(Act::Undo(Undo { act })),
            None => {}
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
        let (call, at) = (self.call.place(), context.now.format("%H:%M"));
        if self.rows.iter().all(|row| row.sighting.is_none()) {
            return format!("Fire list{only}, {call}, as recorded at {at}{over}");
        }
        let through = self.groups.iter().filter(|group| group.said.is_gone_through()).count();
        let (groups, (_, left)) = (self.groups.len(), self.counts());
        format!("Fire list{only}, {call}, at {at}: {through} of {groups} groups, {left} not accounted for{over}")
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (u16::MAX, u16::MAX)
    }

    fn waits_for_nothing(&self) -> bool {
        true
    }

    fn only_looks(&self, key: Key) -> bool {
        let records = [Action::Tick, Action::Found, Action::NotSeen, Action::Group, Action::Undo];
        !self.keys.get(key).is_some_and(|action| records.contains(&action))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.keys.get(key) {
            // "walker h": the space is of the name, and must not tick the first Walker.
            Some(Action::Tick) if self.is_name_unfinished() && self.found.field.handle_key(key, &self.typing.field) => {
                self.show();
                self.found.list.choose(0);
                let several = self.found.list.len();
                return Outcome::Notice(format!(
                    "{several} are called so: type on. The same key again ticks the first."
                ));
            }
            Some(Action::Tick) => return self.mark(true, context),
            // An Enter too many must not tick whoever stands next.
            Some(Action::Found) if self.found.field.text().trim().is_empty() => {
                return Outcome::Notice("Type a name first; the chosen pupil is ticked by another key.".to_owned());
            }
            Some(Action::Found) => return self.mark(true, context),
            Some(Action::NotSeen) => return self.mark(false, context),
            Some(Action::Group) => return self.take_group(context),
            Some(Action::Undo) => return self.take_back(),
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
        self.go_on_from_group();
        if let Some(id) = self.back_to.take() {
            self.found.list.choose_id(id);
        }
    }

    fn refused(&mut self, _: &Refusal, _: &ViewContext) {
        (self.passed, self.taking) = (None, None);
    }

    fn is_over(&mut self, receipt: &Receipt) -> bool {
        match receipt.undid {
            Some(undid) => {
                self.own.retain(|act| *act != undid.act);
                self.back_to = receipt.pupils.first().copied();
            }
            None => self.own.push(receipt.act),
        }
        if let Some(taking) = &mut self.taking {
            taking.is_done = true;
        }
        false
    }

    fn went_on(&self) -> bool {
        self.found.list.went_on()
    }

    fn confirm(&mut self) {
        self.found.list.confirm();
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
        let does = if self.only_left { "everybody" } else { "who is left" };
        let sighting = self.chosen().and_then(|row| row.sighting).map(|ticked| ticked.seen);
        let undo = (!self.own.is_empty()).then_some((Action::Undo, "undo"));
        let shown = [
            (Action::Tick, if sighting == Some(true) { "take the tick back" } else { "seen" }),
            (Action::NotSeen, if sighting == Some(false) { "take it back" } else { "not seen" }),
            (Action::Group, "group"),
        ];
        let moves = [
            (Action::NextGroup, "next group"),
            (Action::OnlyLeft, does),
            (Action::New, "new roll call"),
            (Action::Close, if self.found.field.text().is_empty() { "close" } else { "everybody again" }),
        ];
        self.keys.hints(&shown.into_iter().chain(undo).chain(moves).collect::<Vec<_>>())
    }
}

fn row(context: &ViewContext, sighting: Option<Ticked>, group: Option<usize>, one: &FirePupil) -> Row {
    let found_by = context
        .pupil(one.pupil)
        .map_or_else(String::new, |pupil| format!("{} {}", pupil.folded, fold(context.roll().group_name(pupil))));
    Row { pupil: one.pupil, group, on_site: one.on_site, why: one.why.clone(), sighting, found_by }
}
