//! Every key, made from the keymap itself.

use ratatui::layout::{Position, Rect};

use crate::keys::{Key, Keymap, RoomHelp};
use crate::screen::outcome::Outcome;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::reading::{Action, Reading, TextLine};
use crate::screen::widgets::sheet::Sheet;
use crate::screen::widgets::text::width;

/// Every key.
pub struct Help {
    reading: Reading,
    rooms: Vec<RoomHelp>,
}

impl Help {
    /// From the top.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, rooms: Vec<RoomHelp>) -> Help {
        Help { reading: Reading::new(keys, typing), rooms }
    }

    fn lines(&self, theme: &Theme) -> Vec<TextLine> {
        let mut lines: Vec<TextLine> = Vec::new();
        for (room, rows) in &self.rooms {
            if !lines.is_empty() {
                lines.push(Vec::new());
            }
            lines.push(vec![((*room).to_owned(), theme.title)]);
            // As wide as the room's keys are, so that what they do is read whole.
            let keys = rows.iter().map(|row| usize::from(width(&row.keys))).max().unwrap_or_default() + 2;
            for row in rows {
                lines.push(vec![(format!("  {:<keys$}", row.keys), theme.key), (row.help.to_owned(), theme.plain)]);
            }
        }
        lines.push(Vec::new());
        lines.push(vec![("Symbols".to_owned(), theme.title)]);
        let symbols = &theme.symbols;
        for (symbol, means) in [
            (symbols.vulnerable, "vulnerable: followed up first"),
            (symbols.here, "whom to ring next"),
            (symbols.chase, "a register was chased, once for each"),
            (symbols.changed, "changed since the watch list was looked at"),
            (symbols.none, "not rung yet, or nothing recorded"),
            (symbols.marked, "marked with others: the keys of the list are about all of them"),
            ("-", "no mark yet"),
            ("!", "on a tab: something is overdue"),
            ("*", "on a tab: the watch list has changed"),
        ] {
            lines.push(vec![(format!("  {symbol:<4}"), theme.key), (means.to_owned(), theme.plain)]);
        }
        lines
    }
}

impl Dialog for Help {
    fn title(&self, _: &ViewContext) -> String {
        "All keys, and the symbols at the end".to_owned()
    }

    fn is_of_a_day(&self) -> bool {
        false
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (76, u16::MAX)
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.reading.handle_key(key) {
            Some(Action::Close) => Outcome::Close,
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.reading.paste(text);
    }

    fn sheet(&self) -> Option<Sheet> {
        (!self.reading.is_typing()).then(|| Sheet::for_everybody("list of keys"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        self.reading.draw(&self.lines(theme), area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        self.reading.hints()
    }
}
