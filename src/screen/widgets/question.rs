//! A question that a list asks before it acts: one line, whose answer becomes an act.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::canvas::Canvas;
use super::dialog::{Action, Hint, Typing};
use super::entered::Entered;
use super::field::Field;
use super::text::width;
use crate::keys::Key;
use crate::screen::outcome::Outcome;

/// What is asked now, if anything, and of what: a mark, some pupils.
pub struct Question<T> {
    open: Option<Open<T>>,
}

struct Open<T> {
    of: T,
    asks: String,
    wants: String,
    field: Field,
}

impl<T> Default for Question<T> {
    fn default() -> Question<T> {
        Question { open: None }
    }
}

impl<T> Question<T> {
    /// Ask `asks` of something; `wants` is told to who answers nothing.
    pub fn ask(&mut self, of: T, asks: &str, wants: &str, field: Field) {
        self.open = Some(Open { of, asks: asks.to_owned(), wants: wants.to_owned(), field });
    }

    /// Ask nothing any more.
    pub fn drop_it(&mut self) {
        self.open = None;
    }

    /// Whether something is asked, so that letters are letters.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// What it is asked of.
    pub fn of(&self) -> Option<&T> {
        self.open.as_ref().map(|open| &open.of)
    }

    /// What is typed so far, without space at its ends.
    pub fn typed(&self) -> &str {
        self.open.as_ref().map_or("", |open| open.field.text().trim())
    }

    /// Handle a key while something is asked; `None` while nothing is. `act` is given what was answered, without space at its ends.
    /// The question stays until its act is done, so that a refusal loses nothing typed.
    pub fn handle_key(&mut self, key: Key, typing: &Typing, act: impl FnOnce(&T, &str) -> Outcome) -> Option<Outcome> {
        let open = self.open.as_mut()?;
        match Entered::by(key, &mut open.field, typing) {
            Entered::Save => {
                return Some(match open.field.text().trim() {
                    "" => Outcome::Notice(open.wants.clone()),
                    answer => act(&open.of, answer),
                });
            }
            Entered::Close => self.open = None,
            Entered::Typed | Entered::Nothing => {}
        }
        Some(Outcome::Nothing)
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            open.field.paste(text);
        }
    }

    /// Draw it in one line, the answer at least `behind` columns in; says where the cursor belongs.
    pub fn draw(&self, line: Rect, behind: u16, style: Style, canvas: &mut Canvas<'_>) -> Option<Position> {
        let open = self.open.as_ref()?;
        // However long the question, there is room to answer it.
        let behind = (width(&open.asks) + 1).max(behind).min(line.width.saturating_sub(8));
        open.field.draw_behind((&open.asks, style), behind, line, canvas)
    }

    /// The keys that answer it, or go back.
    pub fn hints(&self, typing: &Typing, save: &str, back: &str) -> Vec<Hint> {
        typing.dialog.hints(&[(Action::Save, save), (Action::Close, back)])
    }
}
