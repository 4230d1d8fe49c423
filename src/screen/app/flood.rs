//! More is typed than can be handled: a paste too long, keys faster than the file answers. It is dropped, and a hint says so; nothing
//! that was accepted is lost by it.

use super::{App, Status};
use crate::keys::Key;
use crate::screen::event::Event;
use crate::screen::global_keys::Action;
use crate::screen::terminal::escape::LONGEST_PASTE;

/// Keys kept while an act is on its way.
pub(super) const MOST_TYPED_AHEAD: usize = 256;

impl App {
    /// Whether so much is asked of the file already that what is typed is to be dropped.
    pub fn falls_behind(&mut self, behind: bool) {
        self.behind = behind;
    }

    /// Whether what came in is dropped. Leaving never is.
    pub(super) fn drops(&mut self, event: &Event) -> bool {
        let leaves = |key: Key| self.keymaps.global.get(key) == Some(Action::Quit) && key.character().is_none();
        let dropped = match event {
            Event::Key(key) => self.behind && !leaves(*key),
            Event::Paste(_) => self.behind,
            _ => false,
        };
        if dropped {
            self.hint_dropped();
        }
        dropped
    }

    /// Keep a key until what it is about is there.
    pub(super) fn type_ahead(&mut self, key: Key) {
        if self.typed_ahead.len() < MOST_TYPED_AHEAD {
            self.typed_ahead.push_back((key, self.context.now));
        } else {
            self.hint_dropped();
        }
    }

    /// What is typed is dropped. Why an act cannot be written stays in sight.
    pub(super) fn hint_dropped(&mut self) {
        if !matches!(self.status, Status::Unwritten(_)) {
            let text = "The file does not keep up: what is typed now is dropped.";
            self.say(Status::Hint(text.to_owned()));
        }
    }

    /// A paste was dropped for its length.
    pub(super) fn hint_too_long(&mut self) {
        let text = format!("Nothing was pasted: it is more than {} KiB.", LONGEST_PASTE >> 10);
        self.say(Status::Hint(text));
    }
}
