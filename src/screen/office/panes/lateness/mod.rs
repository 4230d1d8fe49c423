//! The lateness queue: everyone who came late today, the latest first, and how far each late is followed through.

mod keys;
mod row;
mod view;

use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::dialog::Hint;
use crate::screen::widgets::list::{self, List};
pub use keys::Action;
use row::Row;
pub use view::draw;

/// The pane's state.
#[derive(Debug)]
pub struct Lateness {
    keys: Keymap<Action>,
    list: List<(PupilId, Session)>,
    /// Everybody, whatever the filter.
    all: Vec<Row>,
    /// Those of the year group that is asked for, or everybody.
    rows: Vec<Row>,
    year: Option<i64>,
}

impl Lateness {
    /// The pane, empty until the first day comes.
    pub fn new(keys: Keymap<Action>) -> Lateness {
        Lateness { keys, list: List::default(), all: Vec::new(), rows: Vec::new(), year: None }
    }

    /// Take the day as it is now.
    pub fn refresh(&mut self, context: &ViewContext, ours: &dyn Fn(PupilId) -> bool) {
        self.all = Row::all(&context.day, context.session());
        self.filter(|(pupil, _)| ours(pupil));
    }

    fn filter(&mut self, ours: impl Fn((PupilId, Session)) -> bool) {
        let wanted = |row: &&Row| self.year.is_none() || row.year == self.year;
        self.rows = self.all.iter().filter(wanted).cloned().collect();
        self.list.refresh(self.rows.iter().map(Row::id).collect(), ours);
    }

    /// Only the next year group that has anybody late; after the last, everybody.
    fn next_year(&mut self) {
        let years = self.all.iter().filter_map(|row| row.year);
        self.year = years.filter(|year| self.year.is_none_or(|here| *year > here)).min();
        // Whoever stands there now is chosen, if the one chosen is not among them.
        self.filter(|_| true);
        if self.list.chosen().is_none() {
            self.list.choose(0);
        }
    }

    /// The chosen pupil.
    pub fn chosen(&self) -> Option<PupilId> {
        self.list.chosen().map(|(pupil, _)| pupil)
    }

    fn chosen_row(&self) -> Option<&Row> {
        self.rows.iter().find(|row| Some(row.id()) == self.list.chosen())
    }

    /// "43 · 7 new", and of which year group if not of all: "12 · 3 new · Y8".
    pub fn count(&self, between: &str) -> String {
        let new = self.new_ones();
        let new = if new > 0 { format!(" {between} {new} new") } else { String::new() };
        let year = self.year.map(|year| format!(" {between} Y{year}")).unwrap_or_default();
        format!("{}{new}{year}", self.rows.len())
    }

    /// How many there are, of the year group asked for.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The year group asked for, where it is not all: " Y8".
    pub fn year_mark(&self) -> String {
        self.year.map(|year| format!(" Y{year}")).unwrap_or_default()
    }

    /// Those about whom nothing has been done.
    fn new_ones(&self) -> usize {
        self.rows.iter().filter(|row| row.is_new).count()
    }

    /// Hear a key.
    pub fn heard(&mut self, key: Key, list_keys: &Keymap<list::Action>) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Log) => return Outcome::Open(Ask::Late(None)),
            Some(Action::Follow) => {
                return match self.list.chosen() {
                    Some((pupil, session)) => Outcome::Open(Ask::FollowLate(pupil, session)),
                    None => Outcome::Say("Choose a late first.".to_owned()),
                };
            }
            Some(Action::Report) => return Outcome::Open(Ask::ReportLates(self.year)),
            Some(Action::Year) => {
                self.next_year();
                return Outcome::Nothing;
            }
            None => {}
        }
        self.list.heard_opening(key, list_keys, |(pupil, _)| Ask::Card(pupil))
    }

    /// The keys of this pane, for the footer.
    pub fn hints(&self) -> Vec<Hint> {
        let follow = self.chosen().map(|_| (Action::Follow, "follow"));
        let some = (!self.all.is_empty()).then_some([(Action::Report, "tell HoY"), (Action::Year, "year")]);
        let log = [(Action::Log, "log another")];
        self.keys.hints(&follow.into_iter().chain(some.into_iter().flatten()).chain(log).collect::<Vec<_>>())
    }

    /// The keys of this pane.
    pub fn keys(&self) -> &Keymap<Action> {
        &self.keys
    }
}
