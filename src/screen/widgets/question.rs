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
    put: Option<Put<T>>,
}

struct Put<T> {
    of: T,
    asks: String,
    wants: String,
    field: Field,
}

impl<T> Default for Question<T> {
    fn default() -> Question<T> {
        Question { put: None }
    }
}

impl<T> Question<T> {
    /// Ask `asks` of something; `wants` is told to who answers nothing.
    pub fn put(&mut self, of: T, asks: &str, wants: &str, field: Field) {
        self.put = Some(Put { of, asks: asks.to_owned(), wants: wants.to_owned(), field });
    }

    /// Ask nothing any more.
    pub fn drop_it(&mut self) {
        self.put = None;
    }

    /// Whether something is asked, so that letters are letters.
    pub fn is_put(&self) -> bool {
        self.put.is_some()
    }

    /// What it is asked of.
    pub fn of(&self) -> Option<&T> {
        self.put.as_ref().map(|put| &put.of)
    }

    /// Handle a key while something is asked; `None` while nothing is. `act` is given what was answered, without space at its ends.
    /// The question stays until its act is done, so that a refusal loses nothing typed.
    pub fn handle_key(&mut self, key: Key, typing: &Typing, act: impl FnOnce(&T, &str) -> Outcome) -> Option<Outcome> {
        let put = self.put.as_mut()?;
        match Entered::by(key, &mut put.field, typing) {
            Entered::Save => {
                return Some(match put.field.text().trim() {
                    "" => Outcome::Notice(put.wants.clone()),
                    answer => act(&put.of, answer),
                });
            }
            Entered::Close => self.put = None,
            Entered::Typed | Entered::Nothing => {}
        }
        Some(Outcome::Nothing)
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str) {
        if let Some(put) = &mut self.put {
            put.field.paste(text);
        }
    }

    /// Draw it in one line, the answer at least `behind` columns in; says where the cursor belongs.
    pub fn draw(&self, line: Rect, behind: u16, style: Style, canvas: &mut Canvas<'_>) -> Option<Position> {
        let put = self.put.as_ref()?;
        // However long the question, there is room to answer it.
        let behind = (width(&put.asks) + 1).max(behind).min(line.width.saturating_sub(8));
        put.field.draw_behind((&put.asks, style), behind, line, canvas)
    }

    /// The keys that answer it, or go back.
    pub fn hints(&self, typing: &Typing, save: &str, back: &str) -> Vec<Hint> {
        typing.dialog.hints(&[(Action::Save, save), (Action::Close, back)])
    }
}
