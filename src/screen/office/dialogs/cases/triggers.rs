//! Triggers: what pupils' marks oblige the school to consider, each with the sessions it rests on. What is typed finds some of them.

use chrono::NaiveDate;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;

use crate::domain::calendar::any_day::named;
use crate::domain::name::fold;
use crate::domain::people::pupil::PupilId;
use crate::domain::triggers::{PupilTrigger, TriggerKind, in_words};
use crate::keys::{Key, Keymap};
use crate::screen::casework::CaseEntry;
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action as Typed, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::filtered_list::FilteredList;
use crate::screen::widgets::list;
use crate::screen::widgets::text::{Line, wrapped};

crate::actions! {
    /// What keys mean among the triggers.
    pub Action in "triggers" {
        Case "case" "open a case from the chosen one, or the case that is open";
        Find "find" "show only what is typed: a name, a group, a trigger";
        Close "close" "close";
    }
}

/// Lines of the screen kept for the chosen row's sessions.
const DETAIL: u16 = 6;
/// Columns of a kind's name, and of a date.
const KIND: u16 = 11;
const DATE: u16 = 11;

/// Which trigger, of whom, met when.
type Row = (PupilId, TriggerKind, NaiveDate);

/// The triggers of the whole school.
pub struct Triggers {
    keys: Keymap<Action>,
    typing: SharedTyping,
    /// Each, and what it is found by.
    rows: Vec<(Row, String)>,
    found: FilteredList<Row>,
    /// They are not there yet.
    waits: bool,
    /// Letters go into the field.
    is_typing: bool,
}

fn row_of(one: &PupilTrigger) -> Row {
    (one.pupil, one.trigger.kind, one.trigger.met)
}

impl Triggers {
    /// As they were last worked out.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> Triggers {
        let (rows, found) = (Vec::new(), FilteredList::default());
        let mut dialog = Triggers { keys, typing, rows, found, waits: true, is_typing: false };
        dialog.refresh(context);
        dialog
    }

    fn typed(&mut self, key: Key) -> Outcome {
        match self.found.handle_key(key, &self.typing) {
            Entered::Save => self.is_typing = false,
            Entered::Close => {
                (self.is_typing, self.found.field) = (false, Field::default());
                self.found.show_from_first(self.matching());
            }
            Entered::Typed => self.found.show_from_first(self.matching()),
            Entered::Nothing => {}
        }
        Outcome::Nothing
    }

    /// The case that is open about the chosen pupil, else one is opened from the trigger.
    fn case(&self, context: &ViewContext) -> Outcome {
        let Some((pupil, kind, _)) = self.found.list.chosen() else {
            return Outcome::Notice("Choose a trigger first.".to_owned());
        };
        let file = context.day.case_files.get(&pupil);
        let has_case = file.is_some_and(|file| file.open_case().is_some());
        Outcome::Open(if has_case { Ask::Case(pupil) } else { Ask::CaseEntry(pupil, CaseEntry::Open(Some(kind))) })
    }

    /// Those in which a word begins so for every word typed.
    fn matching(&self) -> Vec<Row> {
        let typed = fold(self.found.field.text());
        let holds = |by: &str| typed.split(' ').all(|word| by.split(' ').any(|one| one.starts_with(word)));
        self.rows.iter().filter(|(_, by)| holds(by)).map(|(row, _)| *row).collect()
    }
}

/// The trigger of a row, as it stands now.
fn trigger(row: Row, context: &ViewContext) -> Option<&PupilTrigger> {
    context.triggers.as_ref()?.iter().find(|one| row_of(one) == row)
}

impl Dialog for Triggers {
    fn title(&self, _: &ViewContext) -> String {
        let (shown, all) = (self.found.list.len(), self.rows.len());
        match self.found.field.text().trim() {
            "" => format!("Triggers  {all}"),
            typed => format!("Triggers “{typed}”: {shown} of {all}"),
        }
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (116, 34)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if self.is_typing {
            return self.typed(key);
        }
        match self.keys.get(key) {
            Some(Action::Case) => self.case(context),
            Some(Action::Find) => {
                self.is_typing = true;
                Outcome::Nothing
            }
            Some(Action::Close) => Outcome::Close,
            None => self.found.list.handle_opening_key(key, &self.typing.list, |(pupil, ..)| Ask::Card(pupil)),
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        if self.is_typing {
            self.found.field.paste(text);
            self.found.show_from_first(self.matching());
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        let found_by = |one: &PupilTrigger| {
            let (kind, name) = (one.trigger.kind, context.roll().name_and_group(one.pupil));
            fold(&format!("{name} {} {} {}", kind.name(), kind.as_str(), one.trigger.describe()))
        };
        let all = context.triggers.iter().flat_map(|all| all.iter());
        self.rows = all.map(|one| (row_of(one), found_by(one))).collect();
        let is_first = std::mem::replace(&mut self.waits, context.triggers.is_none());
        match is_first && !self.waits {
            true => self.found.show_from_first(self.matching()),
            false => self.found.show(self.matching()),
        }
    }

    fn is_returned_to(&self) -> bool {
        true
    }

    fn pupil(&self) -> Option<PupilId> {
        self.found.list.chosen().map(|(pupil, ..)| pupil)
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let none = match (self.waits, self.rows.is_empty()) {
            (true, _) => "They are being worked out.",
            (false, true) => "Nothing is met.",
            (false, false) => "No trigger is found so.",
        };
        let below = DETAIL.min(area.height / 3);
        let [above, detail] = Layout::vertical([Constraint::Fill(1), Constraint::Length(below)]).areas(area);
        let cursor = self.found.draw_while(self.is_typing, none, above, canvas, |mut drawn| {
            if let Some(one) = trigger(drawn.id, context) {
                draw_row(&mut drawn.line, one, context, drawn.style);
            }
        });
        let chosen = self.found.list.chosen().and_then(|row| trigger(row, context));
        let Some(one) = chosen else { return cursor };
        let rule = if theme.ascii { "-" } else { "─" };
        canvas.line(detail, 0).text(&rule.repeat(detail.width.into()), theme.border);
        let sessions = in_words(&one.trigger.evidence);
        let room = usize::from(below.saturating_sub(1));
        // The row above may be too short for it.
        let lacks = one.trigger.lacks();
        let text = [one.trigger.kind.heading(), &lacks, one.trigger.besides(), &sessions];
        let lines = text.into_iter().filter(|text| !text.is_empty());
        let lines = lines.flat_map(|text| wrapped(text, detail.width, room)).take(room);
        for (row, text) in lines.enumerate() {
            canvas.line(detail, row + 1).text(&text, if row == 0 { theme.title } else { theme.plain });
        }
        cursor
    }

    fn accepts_global_keys(&self) -> bool {
        !self.is_typing
    }

    fn hints(&self) -> Vec<Hint> {
        if self.is_typing {
            let done = self.typing.hint(Typed::Save, "done typing");
            return vec![done, self.typing.hint(Typed::Close, "nothing typed")];
        }
        let own = [(Action::Close, "close"), (Action::Case, "open a case"), (Action::Find, "find")];
        self.keys.hints(&own).into_iter().chain([self.typing.list.hint(list::Action::Open, "the card")]).collect()
    }
}

fn draw_row(line: &mut Line<'_>, one: &PupilTrigger, context: &ViewContext, style: Style) {
    let Some(pupil) = context.pupil(one.pupil) else { return };
    let name = if line.room() > 100 { 24 } else { 18 };
    line.name(&context.roll().name_in_group(pupil), name, style).skip(1);
    line.column(context.roll().group_name(pupil), 5, style).skip(1);
    line.column(one.trigger.kind.name(), KIND, style);
    line.column(&named(one.trigger.met, context.day.date), DATE, style).skip(1);
    line.text(&one.trigger.describe(), style);
}
