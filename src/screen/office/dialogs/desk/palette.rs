//! Everything that can be done here, by name: Enter presses the key for you.

use ratatui::layout::{Position, Rect};

use crate::domain::name::fold;
use crate::keys::{Key, Pressable};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::filtered_list::FilteredList;

/// Everything that can be done here.
pub struct Palette {
    typing: SharedTyping,
    rows: Vec<Pressable>,
    /// Places of the rows that match.
    found: FilteredList<usize>,
    /// A row was chosen by hand: before anything is typed or chosen Enter does nothing, whatever the first row would do.
    moved: bool,
}

/// How well a row fits what is typed, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Called,
    KnownFor,
}

impl Palette {
    /// Of these.
    pub fn new(typing: SharedTyping, rows: Vec<Pressable>) -> Palette {
        let mut palette = Palette { typing, rows, found: FilteredList::default(), moved: false };
        palette.match_again();
        palette
    }

    /// Rows in which every typed word occurs: first those that are called so, then those that other words are known for.
    fn match_again(&mut self) {
        let typed = fold(self.found.field.text());
        let holds = |text: &str| typed.split(' ').all(|word| text.contains(word));
        let fits = |row: &Pressable| match fold(row.help) {
            help if holds(&help) => Some(Fit::Called),
            help => holds(&format!("{help} {}", fold(row.also))).then_some(Fit::KnownFor),
        };
        let mut matching: Vec<(Fit, usize)> =
            self.rows.iter().enumerate().filter_map(|(place, row)| Some((fits(row)?, place))).collect();
        matching.sort_unstable();
        self.found.show_from_first(matching.into_iter().map(|(_, place)| place).collect());
    }

    fn press(&self) -> Outcome {
        if !self.moved && self.found.field.text().trim().is_empty() {
            return Outcome::Notice("Type what you would like to do, or choose it.".to_owned());
        }
        let row = self.found.list.chosen().and_then(|row| self.rows.get(row));
        let key = row.and_then(|row| row.key.parse().ok());
        key.map_or(Outcome::Nothing, Outcome::Press)
    }
}

impl Dialog for Palette {
    fn title(&self, _: &ViewContext) -> String {
        "What would you like to do?".to_owned()
    }

    fn is_of_a_day(&self) -> bool {
        false
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (72, 20)
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.found.handle_key(key, &self.typing) {
            Entered::Save => return self.press(),
            Entered::Close => return Outcome::Close,
            Entered::Typed => self.match_again(),
            Entered::Nothing => self.moved = true,
        }
        Outcome::Nothing
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        self.found.draw("Nothing that can be done here is called that.", area, canvas, |mut row| {
            if let Some(Pressable { key, help, .. }) = self.rows.get(row.id) {
                row.line.column(key, 11, theme.key).text(help, row.style);
            }
        })
    }

    fn hints(&self) -> Vec<Hint> {
        vec![self.typing.hint(Action::Save, "do it"), self.typing.hint(Action::Close, "close")]
    }
}
