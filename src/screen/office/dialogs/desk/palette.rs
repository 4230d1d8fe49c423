//! Everything that can be done here, by name: Enter presses the key for you.

use ratatui::layout::{Position, Rect};

use crate::domain::name::fold;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::filtered_list::FilteredList;

/// Everything that can be done here.
pub struct Palette {
    typing: SharedTyping,
    rows: Vec<(String, &'static str)>,
    /// Places of the rows that match.
    found: FilteredList<usize>,
}

impl Palette {
    /// Of these: key, and what it does.
    pub fn new(typing: SharedTyping, rows: Vec<(String, &'static str)>) -> Palette {
        let mut palette = Palette { typing, rows, found: FilteredList::default() };
        palette.match_again();
        palette
    }

    /// Rows in which every typed word occurs.
    fn match_again(&mut self) {
        let typed = fold(self.found.field.text());
        let holds = |text: &str| typed.split(' ').all(|word| text.contains(word));
        let matching = self.rows.iter().enumerate().filter(|(_, (_, help))| holds(&fold(help))).map(|(row, _)| row);
        self.found.show_from_first(matching.collect());
    }

    fn press(&self) -> Outcome {
        let row = self.found.list.chosen().and_then(|row| self.rows.get(row));
        let key = row.and_then(|(key, _)| key.parse().ok());
        key.map_or(Outcome::Nothing, Outcome::Press)
    }
}

impl Dialog for Palette {
    fn title(&self, _: &ViewContext) -> String {
        "What would you like to do?".to_owned()
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (56, 20)
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.found.handle_key(key, &self.typing) {
            Entered::Save => return self.press(),
            Entered::Close => return Outcome::Close,
            Entered::Typed => self.match_again(),
            Entered::Nothing => {}
        }
        Outcome::Nothing
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        self.found.draw("Nothing that can be done here is called that.", area, canvas, |mut row| {
            if let Some((key, help)) = self.rows.get(row.id) {
                let style = if row.chosen { theme.chosen } else { theme.plain };
                row.line.column(key, 11, style.patch(theme.key)).text(help, style).style_rest(style);
            }
        })
    }

    fn hints(&self) -> Vec<Hint> {
        vec![self.typing.hint(Action::Save, "do it"), self.typing.hint(Action::Close, "close")]
    }
}
