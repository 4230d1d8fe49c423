//! Sends one notice that the watch list has changed while another window is in front.

use super::App;
use crate::domain::school::Notify;
use crate::screen::event::Request;

/// Whether our window is in front, and whether there was a notice since it is not.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Notice {
    away: bool,
    notified: bool,
    /// How often the watch list had moved when it was last looked at or there was a notice.
    moves: u64,
}

impl App {
    /// Whether the terminal is to say when its window comes to the front and goes.
    pub fn wants_focus(&self) -> bool {
        self.context.roll().school.screen.notify != Notify::None
    }

    /// The window came to the front, or is there no longer.
    pub(super) fn focused(&mut self, in_front: bool) {
        self.notice = Notice { away: !in_front, notified: false, moves: self.office.moves() };
    }

    /// Tell of a change, once until the window is in front again.
    pub(super) fn notify(&mut self, requests: &mut Vec<Request>) {
        let moved = std::mem::replace(&mut self.notice.moves, self.office.moves()) != self.notice.moves;
        if moved && self.notice.away && !self.notice.notified && self.wants_focus() {
            self.notice.notified = true;
            requests.push(Request::Notify(self.context.roll().school.screen.notify));
        }
    }
}
