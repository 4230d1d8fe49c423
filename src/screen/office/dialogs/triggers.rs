//! Triggers: what pupils' marks oblige the school to consider, each with the sessions it rests on. What is typed finds some of them.

use chrono::NaiveDate;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;

use crate::domain::calendar::any_day::named;
use crate::domain::name::fold;
use crate::domain::people::pupil::PupilId;
use crate::domain::triggers::{PupilTrigger, TriggerKind, in_words};
use crate::keys::Key;
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::filtered_list::FilteredList;
use crate::screen::widgets::text::{Line, wrapped};

/// Lines of the screen kept for the chosen row's sessions.
const DETAIL: u16 = 6;
/// Columns of a kind's name, and of a date.
const KIND: u16 = 11;
const DATE: u16 = 11;

/// Which trigger, of whom, met when.
type Row = (PupilId, TriggerKind, NaiveDate);

/// The triggers of the whole school.
pub struct Triggers {
    typing: SharedTyping,
    /// Each, and what it is found by.
    rows: Vec<(Row, String)>,
    found: FilteredList<Row>,
    /// They are not there yet.
    waits: bool,
}

fn row_of(one: &PupilTrigger) -> Row {
    (one.pupil, one.trigger.kind, one.trigger.met)
}

impl Triggers {
    /// As they were last worked out.
    pub fn new(typing: SharedTyping, context: &ViewContext) -> Triggers {
        let mut dialog = Triggers { typing, rows: Vec::new(), found: FilteredList::default(), waits: true };
        dialog.refresh(context);
        dialog
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

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.found.handle_key(key, &self.typing) {
            Entered::Save => match self.found.list.chosen() {
                Some((pupil, ..)) => Outcome::Open(Ask::Card(pupil)),
                None => Outcome::Notice("No trigger is found so.".to_owned()),
            },
            Entered::Close => Outcome::Close,
            Entered::Typed => {
                self.found.show_from_first(self.matching());
                Outcome::Nothing
            }
            Entered::Nothing => Outcome::Nothing,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.found.field.paste(text);
        self.found.show_from_first(self.matching());
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
        let cursor = self.found.draw(none, above, canvas, |mut drawn| {
            if let Some(one) = trigger(drawn.id, context) {
                draw_row(&mut drawn.line, one, context, drawn.style);
            }
        });
        let one = trigger(self.found.list.chosen()?, context)?;
        let rule = if theme.ascii { "-" } else { "─" };
        canvas.line(detail, 0).text(&rule.repeat(detail.width.into()), theme.border);
        let sessions = in_words(&one.trigger.evidence);
        let room = usize::from(below.saturating_sub(1));
        let text = [one.trigger.kind.heading(), one.trigger.besides(), &sessions];
        let lines = text.into_iter().filter(|text| !text.is_empty());
        let lines = lines.flat_map(|text| wrapped(text, detail.width, room)).take(room);
        for (row, text) in lines.enumerate() {
            canvas.line(detail, row + 1).text(&text, if row == 0 { theme.title } else { theme.plain });
        }
        cursor
    }

    fn hints(&self) -> Vec<Hint> {
        let hints = [(Action::Save, "card"), (Action::Next, "next"), (Action::Close, "close")];
        self.typing.dialog.hints(&hints)
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
