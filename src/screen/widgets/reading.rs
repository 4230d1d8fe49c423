//! Text that scrolls, and is searched.

use std::cell::Cell;

use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;

use super::canvas::Canvas;
use super::dialog::{self, Hint, SharedTyping};
use super::field::Field;
use crate::domain::name::fold;
use crate::keys::{Key, Keymap};

crate::actions! {
    /// What keys mean while something is read.
    pub Action in "card" {
        Down "down" "one line down";
        Up "up" "one line up";
        First "first" "to the first line";
        Last "last" "to the last line";
        PageDown "page-down" "a page down";
        PageUp "page-up" "a page up";
        Search "search" "search in what is read";
        NextMatch "next-match" "to the next line that holds it";
        Close "close" "close";
    }
}

/// How far a text is scrolled, and what is searched in it.
#[derive(Debug)]
pub struct Reading {
    keys: Keymap<Action>,
    typing: SharedTyping,
    /// The line at the top; beyond the end until the text is drawn where the end is asked for before.
    top: Cell<usize>,
    /// The height last drawn in, the lines shown there, and the lines there were.
    page: Cell<(usize, usize, usize)>,
    /// What is searched.
    sought: Field,
    is_typing: bool,
    /// The line that was at the top when the search began: what is not found leads back to it.
    origin: usize,
    /// The line that was found.
    found: Cell<Option<usize>>,
    /// How many lines that hold what is searched to go on, from the found one or the top; `None` when there is nothing to look for.
    steps: Cell<Option<usize>>,
}

/// One line of a text: pieces, each with its style.
pub type TextLine = Vec<(String, Style)>;

impl Reading {
    /// From the top.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping) -> Reading {
        Reading {
            keys,
            typing,
            top: Cell::new(0),
            page: Cell::new((1, 1, 0)),
            sought: Field::default(),
            is_typing: false,
            origin: 0,
            found: Cell::new(None),
            steps: Cell::new(None),
        }
    }

    /// Whether what is searched is being typed: every key is a letter of it.
    pub fn is_typing(&self) -> bool {
        self.is_typing
    }

    /// Handle a key: what it meant.
    pub fn handle_key(&mut self, key: Key) -> Option<Action> {
        if self.is_typing {
            self.type_sought(key);
            return Some(Action::Search);
        }
        let action = self.keys.get(key)?;
        let (height, page, lines) = self.page.get();
        let (top, last) = (self.top.get(), lines.saturating_sub(height));
        match action {
            Action::Down => self.top.set(top.saturating_add(1).min(last)),
            Action::Up => self.top.set(top.saturating_sub(1)),
            Action::PageDown => self.top.set(top.saturating_add(page).min(last)),
            Action::PageUp => self.top.set(top.saturating_sub(page)),
            Action::First => self.top.set(0),
            Action::Last => self.top.set(if lines == 0 { usize::MAX } else { last }),
            Action::Search => {
                self.is_typing = true;
                self.origin = top;
                self.forget_sought();
            }
            Action::NextMatch if !self.sought.text().trim().is_empty() => {
                self.steps.set(Some(self.steps.get().unwrap_or(0) + 1));
            }
            Action::NextMatch | Action::Close => {}
        }
        Some(action)
    }

    fn type_sought(&mut self, key: Key) {
        match self.typing.dialog.get(key) {
            Some(dialog::Action::Save) => self.is_typing = false,
            Some(dialog::Action::Close) => {
                self.is_typing = false;
                self.forget_sought();
                self.top.set(self.origin);
            }
            Some(dialog::Action::Next | dialog::Action::Previous) => {}
            None => {
                if self.sought.handle_key(key, &self.typing.field) {
                    self.look_again();
                }
            }
        }
    }

    fn forget_sought(&mut self) {
        self.sought = Field::default();
        self.found.set(None);
        self.steps.set(None);
    }

    /// What is searched has changed: it is looked for anew from where the search began.
    fn look_again(&self) {
        self.top.set(self.origin);
        self.found.set(None);
        self.steps.set(Some(0));
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str) {
        if self.is_typing {
            self.sought.paste(text);
            self.look_again();
        }
    }

    /// Draw the lines that show. When more are below, the last line says how many. Below it stands what is searched; says where the
    /// cursor belongs while that is typed.
    pub fn draw(&self, lines: &[TextLine], area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        if canvas.is_paper {
            draw_on_paper(lines, area, canvas);
            return None;
        }
        let searches = self.is_typing || !self.sought.text().is_empty();
        let [area, below] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(u16::from(searches))]).areas(area);
        let height = usize::from(area.height);
        let matching = self.look(lines);
        let top = self.top.get().min(lines.len().saturating_sub(height));
        self.top.set(top);
        let more = lines.len() > top + height && height > 2;
        let shown = if more { height - 1 } else { height };
        self.page.set((height, shown, lines.len()));
        for (row, pieces) in lines.iter().skip(top).take(shown).enumerate() {
            let mut line = canvas.line(area, row);
            let is_found = self.found.get() == Some(top + row);
            for (text, style) in pieces {
                line.text(text, if is_found { theme.chosen } else { *style });
            }
            if is_found {
                line.style_rest(theme.chosen);
            }
        }
        if more {
            let message = format!("{}{} lines more below", theme.symbols.cut, lines.len() - top - shown);
            canvas.line(area, shown).text(&message, theme.key);
        }
        if !searches {
            return None;
        }
        let count = match (self.sought.text().trim(), matching.len()) {
            ("", _) => String::new(),
            (_, 0) => "not in it".to_owned(),
            (_, 1) => "1 line".to_owned(),
            (_, many) => format!("{many} lines"),
        };
        canvas.line(below, 0).at_right(&count, theme.dim);
        let [field, _] = Layout::horizontal([Constraint::Fill(1), Constraint::Length(COUNT)]).areas(below);
        self.sought.draw_behind(("Search ", theme.dim), 7, field, canvas).filter(|_| self.is_typing)
    }

    /// Find what was asked for since the text was last drawn, and scroll so that it shows; the lines that hold what is searched.
    fn look(&self, lines: &[TextLine]) -> Vec<usize> {
        let sought = fold(self.sought.text());
        if sought.is_empty() {
            return Vec::new();
        }
        let text = |line: &TextLine| fold(&line.iter().map(|(text, _)| text.as_str()).collect::<String>());
        let holding = lines.iter().enumerate().filter(|(_, line)| text(line).contains(&sought));
        let holding: Vec<usize> = holding.map(|(place, _)| place).collect();
        if let Some(steps) = self.steps.take() {
            let from = self.found.get().unwrap_or(self.top.get());
            let first = holding.partition_point(|place| *place < from);
            self.found.set(holding.iter().cycle().nth(first + steps).copied());
        }
        if let Some(found) = self.found.get() {
            self.show(found);
        }
        holding
    }

    /// Scroll no further than is needed.
    fn show(&self, line: usize) {
        let (_, shown, _) = self.page.get();
        if line < self.top.get() || line >= self.top.get() + shown {
            self.top.set(line);
        }
    }

    /// The keys, for the footer.
    pub fn hints(&self) -> Vec<Hint> {
        if self.is_typing {
            let done = self.typing.hint(dialog::Action::Save, "done typing");
            return vec![done, self.typing.hint(dialog::Action::Close, "no search")];
        }
        let key = |action| self.keys.first_key(action).unwrap_or_default();
        let scroll = format!("{} {}", key(Action::Down), key(Action::Up));
        let search = match self.sought.text() {
            "" => self.keys.hint(Action::Search, "search"),
            _ => self.keys.hint(Action::NextMatch, "next"),
        };
        vec![self.keys.hint(Action::Close, "close"), (scroll, "scroll".to_owned()), search]
    }
}

/// Columns of how many lines hold what is searched.
const COUNT: u16 = 10;

/// The text from its first line, as far as the sheet goes.
fn draw_on_paper(lines: &[TextLine], area: Rect, canvas: &mut Canvas<'_>) {
    for (row, pieces) in lines.iter().take(area.height.into()).enumerate() {
        let mut line = canvas.line(area, row);
        for (text, style) in pieces {
            line.text(text, *style);
        }
    }
    canvas.unseen.below = lines.len().saturating_sub(area.height.into());
}
