//! The day log: everything that was done today at any desk, the newest first. It follows the record while it is open.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::domain::act::day_log::Entry;
use crate::domain::act::{self, Act, Receipt, Refusal, Undid};
use crate::domain::act_id::ActId;
use crate::domain::name::fold;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action as Typed, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::filtered_list::{FilteredList, split_first};
use crate::screen::widgets::list;
use crate::screen::widgets::sheet::Sheet;
use crate::screen::widgets::text::Line;

crate::actions! {
    /// What keys mean in the day log.
    pub Action in "tape" {
        Filter "filter" "show only what holds the words typed: who, whom, what, when";
        Undo "undo" "take back the chosen act, and on to the one before" records;
        Redo "redo" "do again the chosen act that was taken back, else the last" records;
        Close "close" "close";
    }
}

/// An entry, and what it is searched in.
struct Row {
    entry: Entry,
    folded: String,
}

/// The day log.
pub struct DayLog {
    keys: Keymap<Action>,
    typing: SharedTyping,
    found: FilteredList<ActId>,
    /// Letters go into the field.
    filtering: bool,
    /// The chosen act is being taken back.
    taking_back: bool,
    /// Of today: what was done on another day is only read.
    is_today: bool,
    /// Oldest first, as they are numbered; `None` until the store has answered.
    rows: Option<Vec<Row>>,
}

impl DayLog {
    /// Empty until the store has answered.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> DayLog {
        let (found, is_today) = (FilteredList::default(), context.is_today());
        DayLog { keys, typing, found, filtering: false, taking_back: false, is_today, rows: None }
    }

    fn all(&self) -> &[Row] {
        self.rows.as_deref().unwrap_or_default()
    }

    fn row(&self, act: ActId) -> Option<&Row> {
        let rows = self.all();
        rows.get(rows.binary_search_by_key(&act, |row| row.entry.act).ok()?)
    }

    fn chosen(&self) -> Option<&Entry> {
        self.row(self.found.list.chosen()?).map(|row| &row.entry)
    }

    /// Entries in which every typed word occurs, the newest first.
    fn match_again(&mut self) {
        let typed = fold(self.found.field.text());
        let holds = |row: &&Row| typed.split(' ').all(|word| row.folded.contains(word));
        let matching = self.all().iter().rev().filter(holds).map(|row| row.entry.act).collect();
        self.found.show(matching);
    }

    fn undo(&mut self) -> Outcome {
        match self.chosen() {
            None => Outcome::Notice("Choose an act first.".to_owned()),
            Some(Entry { undone: Some((who, at)), .. }) => {
                Outcome::Notice(format!("That was taken back already at {} by {who}.", at.format("%H:%M")))
            }
            Some(Entry { undid: Some(Undid { stands: false, .. }), .. }) => {
                let redo = self.keys.first_key(Action::Redo).unwrap_or_default();
                Outcome::Notice(format!("That took something back: {redo} does it again."))
            }
            Some(Entry { can_undo: false, .. }) => {
                Outcome::Notice("That is nothing that can be taken back.".to_owned())
            }
            Some(entry) => {
                let act = entry.act;
                self.taking_back = true;
                Outcome::Do(Act::Undo(act::Undo { act }))
            }
        }
    }

    /// Do the chosen act again, where it is taken back; else what this desk took back last.
    fn redo(&self) -> Outcome {
        let chosen = self.chosen();
        let taken_back = chosen.and_then(|entry| match entry.undid {
            Some(undid) if !undid.stands => Some(undid.act),
            _ => entry.undone.as_ref().map(|_| entry.act),
        });
        // The last undo of it is what is taken back in its turn.
        let undo = taken_back.and_then(|act| {
            let of_act = |row: &&Row| row.entry.undid == Some(Undid { act, stands: false });
            self.all().iter().rev().find(of_act).map(|row| row.entry.act)
        });
        undo.map_or(Outcome::DoAgain, |act| Outcome::Do(Act::Undo(act::Undo { act })))
    }

    /// On to the act before the chosen one that still stands and can be taken back.
    fn go_to_one_before(&mut self) {
        let Some(chosen) = self.found.list.chosen() else { return };
        let stands = |act: &&ActId| {
            let entry = self.row(**act).map(|row| &row.entry);
            entry.is_some_and(|entry| entry.undone.is_none() && entry.undid.is_none() && entry.can_undo)
        };
        let shown = self.found.list.ids(0..self.found.list.len());
        let next = shown.iter().skip_while(|act| **act != chosen).skip(1).find(stands).copied();
        if let Some(next) = next {
            self.found.list.choose_id(next);
        }
    }

    fn open(&self) -> Outcome {
        match self.chosen().map(|entry| entry.pupils.first()) {
            Some(Some(pupil)) => Outcome::Open(Ask::Card(*pupil)),
            Some(None) => Outcome::Notice("That names no pupil.".to_owned()),
            None => Outcome::Nothing,
        }
    }

    fn typed(&mut self, key: Key) {
        match self.found.handle_key(key, &self.typing) {
            Entered::Save => self.filtering = false,
            Entered::Close => {
                self.filtering = false;
                self.found.field = Field::default();
                self.match_again();
            }
            Entered::Typed => self.match_again(),
            Entered::Nothing => {}
        }
    }

    /// The field while it is typed into or holds anything, else how to come to it.
    fn draw_filter(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        if !self.filtering && self.found.field.text().is_empty() {
            if canvas.is_paper {
                return None;
            }
            let key = self.keys.first_key(Action::Filter).unwrap_or_default();
            canvas.line(area, 0).text(&key, theme.key).skip(1).text("finds who, whom, what", theme.dim);
            return None;
        }
        self.found.field.draw_behind(("Holds ", theme.dim), 6, area, canvas).filter(|_| self.filtering)
    }
}

impl Dialog for DayLog {
    fn title(&self, _: &ViewContext) -> String {
        let (shown, all) = (self.found.list.len(), self.all().len());
        let tape = if self.is_today { "Today's tape" } else { "That day's tape" };
        match self.found.field.text().trim() {
            "" => format!("{tape}: {all}"),
            typed => format!("{tape} “{typed}”: {shown} of {all}"),
        }
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (u16::MAX, u16::MAX)
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        if self.filtering {
            self.typed(key);
            return Outcome::Nothing;
        }
        match self.keys.get(key) {
            Some(Action::Filter) => self.filtering = true,
            Some(Action::Undo | Action::Redo) if !self.is_today => {
                return Outcome::Notice(
                    "What was done on another day is not taken back: put its mark right.".to_owned(),
                );
            }
            Some(Action::Undo) => return self.undo(),
            Some(Action::Redo) => return self.redo(),
            Some(Action::Close) => return Outcome::Close,
            None => {
                return match self.found.list.handle_key(key, &self.typing.list) {
                    Some(list::Action::Open) => self.open(),
                    Some(_) => Outcome::Nothing,
                    None => Outcome::Ignored,
                };
            }
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        if self.filtering {
            self.found.field.paste(text);
            self.match_again();
        }
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        if std::mem::take(&mut self.taking_back) {
            self.go_to_one_before();
        }
        false
    }

    fn refused(&mut self, _: &Refusal, _: &ViewContext) {
        self.taking_back = false;
    }

    fn shows_day_log(&self) -> bool {
        true
    }

    fn set_day_log(&mut self, entries: Vec<Entry>, context: &ViewContext) {
        let row = |entry: Entry| Row { folded: folded(&entry, context.roll()), entry };
        self.rows = Some(entries.into_iter().map(row).collect());
        self.match_again();
    }

    fn pupil(&self) -> Option<PupilId> {
        self.chosen().and_then(|entry| entry.pupils.first().copied())
    }

    fn sheet(&self) -> Option<Sheet> {
        (!self.filtering).then(|| Sheet::of(None, "day's tape"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        let [filter, rest] = split_first(area);
        let cursor = self.draw_filter(filter, canvas);
        let day = if self.is_today { "today" } else { "that day" };
        let text = match &self.rows {
            None => "Reading the record.".to_owned(),
            Some(rows) if rows.is_empty() => format!("Nothing has been done {day}."),
            Some(_) if self.found.list.is_empty() => format!("Nothing that was done {day} holds that."),
            Some(_) => String::new(),
        };
        canvas.line(rest, 0).text(&text, theme.dim);
        self.found.list.draw(rest, canvas, |drawn| {
            if let Some(row) = self.row(drawn.id) {
                draw_entry(&row.entry, drawn.line, drawn.style, drawn.chosen, theme);
            }
        });
        cursor
    }

    fn hints(&self) -> Vec<Hint> {
        if self.filtering {
            let done = self.typing.hint(Typed::Save, "done typing");
            return vec![done, self.typing.hint(Typed::Close, "show all")];
        }
        let mut hints = self.keys.hints(&[(Action::Close, "close"), (Action::Filter, "filter")]);
        if self.is_today {
            hints.extend(self.keys.hints(&[(Action::Undo, "take back"), (Action::Redo, "do again")]));
        }
        hints.push(self.typing.list.hint(list::Action::Open, "open the card"));
        hints
    }
}

/// "09:31 S Marsh        taken back 09:41 by S Marsh: call about Khan, Amira 8KM (no answer)".
fn draw_entry(entry: &Entry, mut line: Line<'_>, style: Style, chosen: bool, theme: &Theme) {
    let weight = if entry.undone.is_some() && !chosen { theme.dim } else { style };
    let who = if line.room() >= 90 { 17 } else { 11 };
    line.column(&entry.at.format("%H:%M").to_string(), 6, weight).column(&entry.who, who, weight).skip(2);
    if let Some((by, at)) = &entry.undone {
        line.text(&format!("taken back {} by {by}: ", at.format("%H:%M")), weight);
    }
    let room = line.room();
    line.column(&crate::domain::name::clean(&entry.text), room, weight);
}

/// Who, when, what, and the names and groups of everybody named.
fn folded(entry: &Entry, roll: &Roll) -> String {
    let mut folded = fold(&format!("{} {} {}", entry.at.format("%H:%M"), entry.who, entry.text));
    for pupil in entry.pupils.iter().filter_map(|id| roll.pupil(*id)) {
        folded.push(' ');
        folded.push_str(&pupil.folded);
        folded.push(' ');
        folded.push_str(&fold(roll.group_name(pupil)));
    }
    if let Some((by, _)) = &entry.undone {
        folded.push_str(&fold(&format!(" taken back {by}")));
    }
    folded
}
