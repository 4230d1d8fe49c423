//! The watch list: pupils the team keeps an eye on, the lists that rules make beside it, and what has changed since they were
//! last looked at.

mod keys;
mod seen;
mod view;

use std::sync::Arc;

use hashbrown::HashSet;
use ratatui::layout::Rect;

use crate::domain::act::{Act, Receipt, Unwatch};
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::watched::Watched;
use crate::domain::people::pupil::PupilId;
use crate::domain::watch::{RuleList, Standing, rule_lists};
use crate::keys::{Key, Keymap, Pressable};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::Hint;
use crate::screen::widgets::list::{self, List};
use crate::screen::widgets::pane::{Column, Pane, PaneName};
pub use keys::Action;
use seen::{Seen, Shown};

/// What a row is: a pupil may stand in several lists.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Id {
    /// On the team's own list.
    Own(PupilId),
    /// The name over the list of a rule, by the rule's place.
    Heading(usize),
    /// On the list of a rule.
    Ruled(usize, PupilId),
}

impl Id {
    fn pupil(self) -> Option<PupilId> {
        match self {
            Id::Own(pupil) | Id::Ruled(_, pupil) => Some(pupil),
            Id::Heading(_) => None,
        }
    }
}

/// The pane's state.
#[derive(Debug)]
pub struct Watch {
    keys: Keymap<Action>,
    list: List<Id>,
    rows: Vec<Row>,
    /// How many the team watches.
    own: usize,
    lists: Vec<RuleList>,
    /// What the rules need of the past, once it has been read.
    standing: Option<Arc<Standing>>,
    /// The lists that are open.
    open: HashSet<usize>,
    /// The officer has moved in the list: what is chosen is their choice.
    moved: bool,
    seen: Seen,
    /// The number of pupils with a change.
    changed: usize,
}

/// One row as it stands now.
#[derive(Clone, Debug)]
struct Row {
    id: Id,
    what: What,
    changed: bool,
}

#[derive(Clone, Debug)]
enum What {
    Own {
        watched: Watched,
        mark: Option<Mark>,
    },
    /// How many there are, if that is known.
    Heading {
        name: String,
        count: Option<usize>,
        open: bool,
    },
    Ruled {
        why: String,
        mark: Option<Mark>,
    },
}

impl Row {
    /// The mark it shows, if there is one.
    fn mark(&self) -> Option<Mark> {
        match self.what {
            What::Own { mark, .. } | What::Ruled { mark, .. } => mark,
            What::Heading { .. } => None,
        }
    }
}

impl Watch {
    /// The pane, empty until the first day comes.
    pub fn new(keys: Keymap<Action>) -> Watch {
        Watch {
            keys,
            list: List::default(),
            rows: Vec::new(),
            own: 0,
            lists: Vec::new(),
            standing: None,
            open: HashSet::new(),
            moved: false,
            seen: Seen::default(),
            changed: 0,
        }
    }

    /// The rows that show: every list's name, and who is on those that are open.
    fn update_lists(&mut self, context: &ViewContext, is_own: &dyn Fn(PupilId) -> bool) {
        let mark = |pupil| context.day.mark(pupil, context.session()).settled;
        let seen = &self.seen;
        let row = |id, what| Row { id, what, changed: seen.is_changed(id) };
        let own = context.day.watched.iter();
        let mut rows: Vec<Row> =
            own.map(|one| row(Id::Own(one.pupil), What::Own { watched: one.clone(), mark: mark(one.pupil) })).collect();
        for (place, list) in self.lists.iter().enumerate() {
            let count = list.rows.as_ref().map(Vec::len);
            let open = self.open.contains(&place) && count.is_some_and(|count| count > 0);
            let heading = What::Heading { name: list.name.clone(), count, open };
            let changed = seen.changed().any(|id| matches!(id, Id::Ruled(of, _) if of == place));
            rows.push(Row { id: Id::Heading(place), what: heading, changed });
            for one in list.rows.iter().flatten().filter(|_| open) {
                let what = What::Ruled { why: one.why.clone(), mark: mark(one.pupil) };
                rows.push(row(Id::Ruled(place, one.pupil), what));
            }
        }
        self.rows = rows;
        // Asked for in every frame: counted once.
        self.changed = self.seen.changed().filter_map(Id::pupil).collect::<HashSet<_>>().len();
        let by_us = |id: Id| id.pupil().is_some_and(is_own);
        self.list.refresh(self.rows.iter().map(|row| row.id).collect(), by_us);
        // A name over a list is chosen only where nobody was watched; whoever is watched now comes before it.
        if !self.moved && matches!(self.list.chosen(), Some(Id::Heading(_))) {
            self.list.choose(0);
        }
    }

    /// Open every list, or fold them all if any is open. Whoever stood on a list that folds, its name is chosen.
    fn fold(&mut self, context: &ViewContext) -> Outcome {
        if self.lists.is_empty() {
            return Outcome::Notice("The school has no rules for lists: `watch-rules` in its settings.".to_owned());
        }
        if self.open.is_empty() {
            self.open.extend(0..self.lists.len());
        } else {
            self.open.clear();
            if let Some(Id::Ruled(place, _)) = self.list.chosen() {
                self.list.choose_id(Id::Heading(place));
            }
        }
        self.update_lists(context, &|_| false);
        Outcome::Nothing
    }

    /// The officer has looked: nothing counts as changed any more.
    fn looked_at(&mut self) {
        self.seen.looked_at();
        self.changed = 0;
        self.rows.iter_mut().for_each(|row| row.changed = false);
    }
}

impl Pane for Watch {
    fn name(&self) -> PaneName {
        PaneName { title: "Watch", tab: "Watch", short: "Wat" }
    }

    fn column(&self) -> Column {
        Column::Right
    }

    fn refresh(&mut self, context: &ViewContext, own_receipt: Option<&Receipt>) {
        let is_own = |pupil| own_receipt.is_some_and(|receipt| receipt.pupils.contains(&pupil));
        let lists = rule_lists(&context.day, self.standing.as_deref(), context.time());
        if lists.iter().map(|list| &list.name).ne(self.lists.iter().map(|list| &list.name)) {
            self.open.clear();
            self.seen.forget_rules();
        }
        self.lists = lists;
        let mark = |pupil| context.day.mark(pupil, context.session()).settled;
        let own = context.day.watched.iter();
        let mut stands: Vec<(Id, Shown)> =
            own.map(|one| (Id::Own(one.pupil), Shown { mark: mark(one.pupil), act: one.act })).collect();
        for (place, list) in self.lists.iter().enumerate() {
            let listed = list.rows.iter().flatten();
            stands.extend(listed.map(|one| (Id::Ruled(place, one.pupil), Shown::of(mark(one.pupil)))));
        }
        let known = self.lists.iter().map(|list| list.rows.is_some()).collect();
        self.seen.refresh(context.day.date, stands, known, &is_own);
        self.own = context.day.watched.len();
        self.update_lists(context, &is_own);
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext, list: &Keymap<list::Action>) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Seen) => {
                self.looked_at();
                return Outcome::Nothing;
            }
            Some(Action::Drop) => {
                return match self.list.chosen() {
                    Some(Id::Own(pupil)) => Outcome::Do(Act::Unwatch(Unwatch { pupil })),
                    Some(Id::Ruled(..)) => {
                        Outcome::Notice("A rule put the pupil there, and takes them off by itself.".to_owned())
                    }
                    Some(Id::Heading(_)) | None => Outcome::Notice("Choose a pupil first.".to_owned()),
                };
            }
            Some(Action::Fold) => return self.fold(context),
            None => {}
        }
        let outcome = self.list.handle_key(key, list);
        self.moved |= outcome.is_some();
        match outcome {
            Some(list::Action::Open) => match self.list.chosen() {
                Some(Id::Own(pupil) | Id::Ruled(_, pupil)) => Outcome::Open(Ask::Card(pupil)),
                Some(Id::Heading(place)) => {
                    if !self.open.remove(&place) {
                        self.open.insert(place);
                    }
                    self.update_lists(context, &|_| false);
                    Outcome::Nothing
                }
                None => Outcome::Nothing,
            },
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    fn chosen(&self) -> Option<PupilId> {
        self.list.chosen().and_then(Id::pupil)
    }

    fn went_on(&self) -> bool {
        self.list.went_on()
    }

    fn confirm(&mut self) {
        self.list.confirm();
    }

    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn len(&self) -> usize {
        self.own
    }

    fn count(&self, between: &str) -> String {
        let changed = self.changed;
        let changed = if changed > 0 { format!(" {between} {changed} changed") } else { String::new() };
        format!("{}{changed}", self.own)
    }

    fn tab_mark(&self) -> String {
        if self.changed > 0 { "*".to_owned() } else { String::new() }
    }

    fn hints(&self) -> Vec<Hint> {
        let drop = matches!(self.list.chosen(), Some(Id::Own(_))).then_some((Action::Drop, "take off"));
        let seen = (self.changed > 0).then_some((Action::Seen, "all seen"));
        let does = if self.open.is_empty() { "open lists" } else { "fold lists" };
        let fold = (!self.lists.is_empty()).then_some((Action::Fold, does));
        self.keys.hints(&drop.into_iter().chain(seen).chain(fold).collect::<Vec<_>>())
    }

    fn pressable(&self) -> Vec<Pressable> {
        self.keys.pressable()
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        view::draw(self, area, canvas);
    }

    fn set_standing(&mut self, standing: &Arc<Standing>, context: &ViewContext) {
        self.standing = Some(Arc::clone(standing));
        self.refresh(context, None);
    }

    fn moves(&self) -> u64 {
        self.seen.moves()
    }

    fn leave(&mut self) {
        self.looked_at();
    }
}
