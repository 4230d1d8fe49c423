//! The day's board: who is absent and why, who is out now, who is expected. What it shows only in part it says in its title, and
//! counts.

mod view;

use ratatui::layout::{Position, Rect};

use crate::domain::code::Code;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::whereabouts::board::{Board, BoardRow, Counts, Filter, Part, Place, board};
use crate::keys::{Key, Keymap};
use crate::report::board::document;
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action as Typed, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::filtered_list::FilteredList;
use crate::screen::widgets::list;
use crate::screen::widgets::sheet::Sheet;

crate::actions! {
    /// What keys mean on the day's board.
    pub Action in "board" {
        Filter "filter" "show only what is typed: y8, 8km, i, a name, a reason";
        Year "year" "show only the next year group; after the last, every year";
        Group "group" "show only the next tutor group; after the last, every group";
        Code "code" "show only the next code; after the last, every code";
        All "all" "show everybody again";
        Close "close" "close";
    }
}

/// The day's board.
pub struct BoardCard {
    keys: Keymap<Action>,
    typing: SharedTyping,
    board: Board,
    counts: Counts,
    /// A pupil who is absent and expected stands in both parts.
    found: FilteredList<(Part, PupilId)>,
    /// What was chosen by keys.
    turned: Filter,
    /// Letters go into the field.
    is_typing: bool,
}

impl BoardCard {
    /// Of the current session, with everybody.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> BoardCard {
        let board = Board { session: context.session(), rows: Vec::new() };
        let (found, turned) = (FilteredList::default(), Filter::default());
        let mut card = BoardCard { keys, typing, board, counts: Counts::default(), found, turned, is_typing: false };
        card.refresh(context);
        card
    }

    /// Whom it shows: what was chosen by keys, and what is typed.
    fn filter(&self, context: &ViewContext) -> Filter {
        self.turned.clone().with(Filter::parse(self.found.field.text(), &context.day))
    }

    fn row(&self, id: PupilId) -> Option<&BoardRow> {
        self.board.rows.iter().find(|row| row.pupil == id)
    }

    /// Those shown, part by part, and their counts.
    fn shown(&mut self, context: &ViewContext) -> Vec<(Part, PupilId)> {
        let filter = self.filter(context);
        self.counts = self.board.counts(&context.day, &filter);
        let admitted: Vec<&BoardRow> = self.board.admitted(&context.day, &filter).collect();
        let of = |part: Part| admitted.iter().filter(move |row| row.is_in(part)).map(move |row| (part, row.pupil));
        Part::LISTED.iter().flat_map(|part| of(*part)).collect()
    }

    /// Show what is asked for now, from its first row.
    fn show(&mut self, context: &ViewContext) -> Outcome {
        let shown = self.shown(context);
        self.found.show_from_first(shown);
        Outcome::Nothing
    }

    fn next_year(&mut self, context: &ViewContext) {
        let years = context.roll().groups.iter().filter_map(|group| group.year);
        self.turned.year = years.filter(|year| self.turned.year.is_none_or(|here| *year > here)).min();
        self.turned.group = None;
    }

    /// The next group, of the year that is shown where one is.
    fn next_group(&mut self, context: &ViewContext) {
        let year = self.turned.year;
        let groups = context.roll().groups.iter().filter(|group| year.is_none() || group.year == year);
        let groups: Vec<GroupId> = groups.map(|group| group.id).collect();
        self.turned.group = next(&groups, self.turned.group);
    }

    /// The next of the codes that stand among those who are away.
    fn next_code(&mut self) {
        let away = self.board.rows.iter().filter(|row| row.place != Place::In);
        let mut codes: Vec<Code> = away.filter_map(|row| row.code).collect();
        codes.sort_unstable();
        codes.dedup();
        self.turned.code = next(&codes, self.turned.code);
    }

    fn typed(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.found.handle_key(key, &self.typing) {
            Entered::Save => self.is_typing = false,
            Entered::Close => {
                (self.is_typing, self.found.field) = (false, Field::default());
                return self.show(context);
            }
            Entered::Typed => return self.show(context),
            Entered::Nothing => {}
        }
        Outcome::Nothing
    }
}

/// The one after `here`; the first where none is chosen, none after the last.
fn next<Id: Copy + PartialEq>(all: &[Id], here: Option<Id>) -> Option<Id> {
    match here {
        None => all.first().copied(),
        Some(here) => all.iter().skip_while(|one| **one != here).nth(1).copied(),
    }
}

impl Dialog for BoardCard {
    fn title(&self, context: &ViewContext) -> String {
        let only = self.filter(context).describe(context.roll());
        let only = if only.is_empty() { String::new() } else { format!("  only {only}") };
        format!("Board {}{only}", self.board.session)
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (u16::MAX, u16::MAX)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if self.is_typing {
            return self.typed(key, context);
        }
        match self.keys.get(key) {
            Some(Action::Filter) => {
                self.is_typing = true;
                return Outcome::Nothing;
            }
            Some(Action::Year) => self.next_year(context),
            Some(Action::Group) => self.next_group(context),
            Some(Action::Code) => self.next_code(),
            Some(Action::All) => (self.turned, self.found.field) = (Filter::default(), Field::default()),
            Some(Action::Close) => return Outcome::Close,
            None => {
                let list = &self.typing.list;
                return self.found.list.handle_opening_key(key, list, |(_, pupil)| Ask::Card(pupil));
            }
        }
        self.show(context)
    }

    fn paste(&mut self, text: &str, context: &ViewContext) {
        if self.is_typing {
            self.found.field.paste(text);
            self.show(context);
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.board = board(&context.day, context.session(), context.time());
        let shown = self.shown(context);
        self.found.show(shown);
    }

    fn is_returned_to(&self) -> bool {
        true
    }

    fn pupil(&self) -> Option<PupilId> {
        self.found.list.chosen().map(|(_, pupil)| pupil)
    }

    fn accepts_global_keys(&self) -> bool {
        !self.is_typing
    }

    fn sheet(&self) -> Option<Sheet> {
        self.accepts_global_keys().then(|| Sheet::of(None, "day's board"))
    }

    fn paper(&self, context: &ViewContext) -> Option<String> {
        Some(document(&self.board, &self.filter(context), &context.day, context.time()).text())
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        view::draw(self, area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        if self.is_typing {
            let done = self.typing.hint(Typed::Save, "done typing");
            return vec![done, self.typing.hint(Typed::Close, "nothing typed")];
        }
        if self.board.rows.is_empty() {
            return self.keys.hints(&[(Action::Close, "close")]);
        }
        let close = self.keys.hints(&[(Action::Close, "close"), (Action::Filter, "filter")]);
        let turns = self.keys.hints(&[(Action::Year, "year"), (Action::Group, "group"), (Action::Code, "code")]);
        let is_filtered = !self.found.field.text().is_empty() || !self.turned.is_open();
        let all = if is_filtered { self.keys.hints(&[(Action::All, "all")]) } else { Vec::new() };
        let open = self.typing.list.hint(list::Action::Open, "the card");
        close.into_iter().chain(turns).chain(all).chain([open]).collect()
    }
}
