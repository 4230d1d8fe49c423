//! Every register of the day: what is typed finds it by its group or class, its teacher, its room, or how it stands. It opens to be
//! read.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::domain::calendar::duration::duration;
use crate::domain::calendar::session::{Session, minutes_after};
use crate::domain::facts::register::RegisterState;
use crate::domain::name::fold;
use crate::domain::register::of_day::{DayRegister, registers};
use crate::domain::register::register_ref::RegisterRef;
use crate::keys::Key;
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::filtered_list::FilteredList;
use crate::screen::widgets::text::{Line, width};

/// Columns of a teacher's name, at most: what else there is stays empty at the end.
const WHO: u16 = 26;

/// A register, how it stands in words, and what it is found by.
struct Row {
    of: DayRegister,
    text: String,
    folded: String,
}

/// Every register of the day.
pub struct DayRegisters {
    typing: SharedTyping,
    rows: Vec<Row>,
    found: FilteredList<(RegisterRef, Session)>,
}

impl DayRegisters {
    /// All of them.
    pub fn new(typing: SharedTyping, context: &ViewContext) -> DayRegisters {
        let mut dialog = DayRegisters { typing, rows: Vec::new(), found: FilteredList::default() };
        dialog.refresh(context);
        dialog
    }

    /// Those in which a word begins so for every word typed; those that are called so come first.
    fn matching(&self) -> Vec<(RegisterRef, Session)> {
        let typed = fold(self.found.field.text());
        let begins = |row: &Row, word: &str| row.folded.split(' ').any(|one| one.starts_with(word));
        let holds = |row: &&Row| typed.split(' ').all(|word| begins(row, word));
        let mut rows: Vec<&Row> = self.rows.iter().filter(holds).collect();
        rows.sort_by_key(|row| !typed.split(' ').any(|word| fold(&row.of.name) == word));
        rows.into_iter().map(|row| (row.of.register, row.of.session)).collect()
    }
}

impl Row {
    fn new(of: DayRegister, context: &ViewContext) -> Row {
        let text = describe(&of, context);
        let cover = if of.taker.covers { "cover" } else { "" };
        let [who, room] = [&of.taker.who, &of.taker.room].map(|part| part.as_deref().unwrap_or_default());
        let folded = fold(&format!("{} {} {who} {room} {cover} {text}", of.name, of.session));
        Row { of, text, folded }
    }
}

/// "taken 27/29 at 08:52, 12m late", "not taken, 24m late", "not taken, due 08:50".
fn describe(of: &DayRegister, context: &ViewContext) -> String {
    let (marked, all) = (of.marked, of.of);
    let after = context.roll().school.register_due_after;
    match (of.state, &of.taken) {
        (_, Some(taken)) => {
            let late = of.late.map_or_else(String::new, |late| format!(", {} late", duration(late, "m")));
            format!("taken {marked}/{all} at {}{late}", taken.at.format("%H:%M"))
        }
        (_, None) if all == 0 => "nobody is in it".to_owned(),
        (RegisterState::Overdue { minutes }, None) => format!("not taken, {} late", duration(minutes, "m")),
        (RegisterState::Unmarked, None) => match of.starts.map(|starts| minutes_after(starts, after)) {
            Some(due) => format!("not taken, due {}", due.format("%H:%M")),
            None => "not taken".to_owned(),
        },
        (RegisterState::PartMarked { .. } | RegisterState::Taken, None) => format!("marked {marked}/{all}"),
    }
}

impl Dialog for DayRegisters {
    fn title(&self, _: &ViewContext) -> String {
        let (shown, all) = (self.found.list.len(), self.rows.len());
        match self.found.field.text().trim() {
            "" => {
                let is_late = |row: &&Row| matches!(row.of.state, RegisterState::Overdue { .. });
                let late = self.rows.iter().filter(is_late).count();
                let late = if late > 0 { format!(", {late} overdue") } else { String::new() };
                format!("Registers of today  {all}{late}")
            }
            typed => format!("Registers of today “{typed}”: {shown} of {all}"),
        }
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (96, u16::try_from(self.rows.len() + 1).unwrap_or(u16::MAX).max(4))
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.found.handle_key(key, &self.typing) {
            Entered::Save => match self.found.list.chosen() {
                Some((register, session)) => Outcome::Open(Ask::ReadRegister(register, session)),
                None => Outcome::Notice("No register of today is called so.".to_owned()),
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
        let all = registers(&context.day, context.session(), context.time());
        self.rows = all.into_iter().map(|one| Row::new(one, context)).collect();
        self.found.show(self.matching());
    }

    fn is_returned_to(&self) -> bool {
        true
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        let widest = Widest::of(&self.rows);
        let none = if self.rows.is_empty() { "No registers today." } else { "No register of today is called so." };
        self.found.draw(none, area, canvas, |drawn| {
            let (register, session) = drawn.id;
            let row = self.rows.iter().find(|row| row.of.register == register && row.of.session == session);
            if let Some(row) = row {
                draw_row(row, widest, drawn.line, drawn.style, theme);
            }
        })
    }

    fn hints(&self) -> Vec<Hint> {
        let hints = [(Action::Save, "open"), (Action::Next, "next"), (Action::Close, "close")];
        self.typing.dialog.hints(&hints)
    }
}

/// Columns of the longest name and room, and of how a register stands.
#[derive(Clone, Copy)]
struct Widest {
    name: u16,
    room: u16,
    state: u16,
}

impl Widest {
    fn of(rows: &[Row]) -> Widest {
        let name = rows.iter().map(|row| width(&row.of.name)).max().unwrap_or(0);
        let state = rows.iter().map(|row| width(&row.text)).max().unwrap_or(0);
        let room = rows.iter().filter_map(|row| row.of.taker.room.as_deref()).map(width).max().unwrap_or(0);
        Widest { name, room, state }
    }
}

/// The room goes first when there is little room, then the teacher; name, session and state stay.
fn draw_row(row: &Row, widest: Widest, mut line: Line<'_>, style: Style, theme: &Theme) {
    let name = widest.name.min(if line.room() >= 60 { 20 } else { 14 });
    line.column(&row.of.name, name, style).skip(2).column(row.of.session.as_str(), 4, style);
    let spare = line.room().saturating_sub(widest.state);
    let place = if spare >= 20 { (widest.room + 2).min(12) } else { 0 };
    if spare >= 8 {
        let who = row.of.taker.who.as_deref().unwrap_or_default();
        let who = if row.of.taker.covers { format!("{} {who}", theme.symbols.cover) } else { who.to_owned() };
        line.column(&who, (spare - place - 2).min(WHO), style).skip(2);
    }
    line.column(row.of.taker.room.as_deref().unwrap_or_default(), place, style);
    let is_late = matches!(row.of.state, RegisterState::Overdue { .. });
    line.text(&row.text, if is_late { style.patch(theme.overdue) } else { style });
}
