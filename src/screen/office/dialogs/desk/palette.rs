//! Everything that can be done here, by name: Enter presses the key for you.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::name::fold;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::{self, List};
use crate::screen::widgets::picker::split_first;
use crate::screen::widgets::text::Line;

/// Everything that can be done here.
pub struct Palette {
    typing: SharedTyping,
    field: Field,
    rows: Vec<(String, &'static str)>,
    list: List<usize>,
}

impl Palette {
    /// Of these: key, and what it does.
    pub fn new(typing: SharedTyping, rows: Vec<(String, &'static str)>) -> Palette {
        let mut palette = Palette { typing, field: Field::default(), rows, list: List::default() };
        palette.match_again();
        palette
    }

    /// Rows in which every typed word occurs.
    fn match_again(&mut self) {
        let typed = fold(self.field.text());
        let holds = |text: &str| typed.split(' ').all(|word| text.contains(word));
        let matching = self.rows.iter().enumerate().filter(|(_, (_, help))| holds(&fold(help))).map(|(row, _)| row);
        self.list.refresh(matching.collect(), |_| false);
        self.list.choose(0);
    }

    fn press(&self) -> Outcome {
        let row = self.list.chosen().and_then(|row| self.rows.get(row));
        match row.and_then(|(key, _)| key.parse::<Key>().ok()) {
            Some(key) => Outcome::Press(key),
            None => Outcome::Nothing,
        }
    }
}

impl Dialog for Palette {
    fn title(&self, _: &ViewContext) -> String {
        "What would you like to do?".to_owned()
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (56, 20)
    }

    fn heard(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.typing.dialog.get(key) {
            Some(Action::Save) => return self.press(),
            Some(Action::Close) => return Outcome::Close,
            Some(Action::Next) => self.list.go(list::Action::Down),
            Some(Action::Previous) => self.list.go(list::Action::Up),
            None => {
                if self.field.heard(key, &self.typing.field) {
                    self.match_again();
                }
            }
        }
        Outcome::Nothing
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, _: &ViewContext, theme: &Theme) -> Option<Position> {
        let [field, rest] = split_first(area);
        let cursor = self.field.draw(field, buffer, theme);
        if self.list.is_empty() {
            Line::new(buffer, rest, 0, theme).text("Nothing that can be done here is called that.", theme.dim);
        }
        let (shown, more) = self.list.shown(rest.height.into());
        Line::new(buffer, rest, shown.len(), theme).more(more);
        for (line, index) in self.list.ids(shown).iter().enumerate() {
            let Some((key, help)) = self.rows.get(*index) else { continue };
            let style = if self.list.chosen() == Some(*index) { theme.chosen } else { theme.plain };
            Line::new(buffer, rest, line, theme)
                .column(key, 11, style.patch(theme.key))
                .text(help, style)
                .style_rest(style);
        }
        cursor
    }

    fn hints(&self) -> Vec<Hint> {
        vec![self.typing.hint(Action::Save, "do it"), self.typing.hint(Action::Close, "close")]
    }
}
