//! The lateness queue: everyone who came late today, the latest first, and how far each late is followed through.

mod keys;
mod row;
mod view;

use ratatui::layout::Rect;

use crate::domain::act::Receipt;
use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap, Pressable};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Hint, SharedTyping};
use crate::screen::widgets::list::{self, List, Several};
use crate::screen::widgets::pane::{Column, Pane, PaneName};
pub use keys::Action;
use row::Row;

/// The pane's state.
#[derive(Debug)]
pub struct Lateness {
    keys: Keymap<Action>,
    typing: SharedTyping,
    list: List<(PupilId, Session)>,
    /// Everybody, whatever the filter.
    all: Vec<Row>,
    /// Those of the year group that is asked for, or everybody.
    rows: Vec<Row>,
    year: Option<i64>,
}

impl Lateness {
    /// The pane, empty until the first day comes.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping) -> Lateness {
        Lateness { keys, typing, list: List::default(), all: Vec::new(), rows: Vec::new(), year: None }
    }

    fn show_year(&mut self, is_own: impl Fn((PupilId, Session)) -> bool) {
        let wanted = |row: &&Row| self.year.is_none() || row.year == self.year;
        self.rows = self.all.iter().filter(wanted).cloned().collect();
        self.list.refresh(self.rows.iter().map(Row::id).collect(), is_own);
    }

    /// Only the next year group that has anybody late; after the last, everybody.
    fn next_year(&mut self) {
        let years = self.all.iter().filter_map(|row| row.year);
        self.year = years.filter(|year| self.year.is_none_or(|here| *year > here)).min();
        // The row at the same place is chosen if the chosen row has gone.
        self.show_year(|_| true);
        if self.list.chosen().is_none() {
            self.list.choose(0);
        }
    }

    /// One key a step for all marked lates: they are of one session, as a step is.
    fn follow_marked(&self) -> Outcome {
        let mut sessions = self.list.marked().into_iter().map(|(_, session)| session);
        let first = sessions.next();
        if sessions.any(|session| Some(session) != first) {
            return Outcome::Notice("A step is about one session: mark lates of AM, or of PM.".to_owned());
        }
        Outcome::Open(Ask::FollowMarked)
    }

    fn chosen_row(&self) -> Option<&Row> {
        self.rows.iter().find(|row| Some(row.id()) == self.list.chosen())
    }

    /// Those about whom nothing has been done.
    fn new_ones(&self) -> usize {
        self.rows.iter().filter(|row| row.is_new).count()
    }
}

impl Pane for Lateness {
    fn name(&self) -> PaneName {
        PaneName { title: "Lateness queue", tab: "Lates", short: "Late" }
    }

    fn column(&self) -> Column {
        Column::Left
    }

    fn refresh(&mut self, context: &ViewContext, own_receipt: Option<&Receipt>) {
        let is_own = |pupil| own_receipt.is_some_and(|receipt| receipt.pupils.contains(&pupil));
        self.all = Row::all(&context.day, context.session());
        self.show_year(|(pupil, _)| is_own(pupil));
        self.list.unmark(|(pupil, _)| is_own(pupil));
    }

    fn handle_key(&mut self, key: Key, _context: &ViewContext, list: &Keymap<list::Action>) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Log) => return Outcome::Open(Ask::Late(None)),
            Some(Action::Follow) if !self.list.marked().is_empty() => return self.follow_marked(),
            Some(Action::Report) if !self.list.marked().is_empty() => return Outcome::Open(Ask::ReportMarked),
            Some(Action::Follow) => {
                return match self.list.chosen() {
                    Some((pupil, session)) => Outcome::Open(Ask::FollowLate(pupil, session)),
                    None => Outcome::Notice("Choose a late first.".to_owned()),
                };
            }
            Some(Action::Report) => return Outcome::Open(Ask::ReportLates(self.year)),
            Some(Action::Year) => {
                self.next_year();
                return Outcome::Nothing;
            }
            None => {}
        }
        if self.list.handle_marking_key(key, &self.typing.several) {
            return Outcome::Nothing;
        }
        self.list.handle_opening_key(key, list, |(pupil, _)| Ask::Card(pupil))
    }

    fn chosen(&self) -> Option<PupilId> {
        self.list.chosen().map(|(pupil, _)| pupil)
    }

    fn chosen_session(&self) -> Option<Session> {
        self.list.chosen().map(|(_, session)| session)
    }

    fn can_mark(&self) -> bool {
        true
    }

    fn marked(&self) -> Vec<(PupilId, Session)> {
        self.list.marked()
    }

    fn went_on(&self) -> bool {
        self.list.went_on()
    }

    fn confirm(&mut self) {
        self.list.confirm();
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn filter(&self) -> Option<String> {
        self.year.map(|year| format!("Y{year}"))
    }

    fn count(&self, between: &str) -> String {
        let marked = self.list.describe_marked("");
        if !marked.is_empty() {
            // The pane is narrow: nothing else of its title is cut for it.
            return marked;
        }
        let new = self.new_ones();
        let new = if new > 0 { format!(" {between} {new} new") } else { String::new() };
        format!("{}{new}", self.rows.len())
    }

    fn tab_mark(&self) -> String {
        let year = self.filter().map(|year| format!(" {year}")).unwrap_or_default();
        format!("{year}{}", self.list.describe_marked(" "))
    }

    fn hints(&self) -> Vec<Hint> {
        if !self.list.marked().is_empty() {
            let mut hints = self.keys.hints(&[(Action::Follow, "follow all"), (Action::Report, "tell HoY of them")]);
            hints.push(self.typing.several.hint(Several::MarkNone, "mark none"));
            return hints;
        }
        let follow = self.chosen().map(|_| (Action::Follow, "follow"));
        let some = (!self.all.is_empty()).then_some([(Action::Report, "tell HoY"), (Action::Year, "year")]);
        let log = [(Action::Log, "log another")];
        self.keys.hints(&follow.into_iter().chain(some.into_iter().flatten()).chain(log).collect::<Vec<_>>())
    }

    fn pressable(&self) -> Vec<Pressable> {
        self.keys.pressable().into_iter().chain(self.typing.several.pressable()).collect()
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        view::draw(self, area, canvas);
    }
}
