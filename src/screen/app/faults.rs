//! Handles a file that cannot be read or written: the screen shows the fault and keeps what was typed.

use super::flood::MOST_TYPED_AHEAD;
use super::{App, Status};
use crate::domain::calendar::duration::duration;
use crate::keys::Key;
use crate::screen::event::{Request, Ticket};
use crate::screen::global_keys;
use crate::screen::widgets::{dialog, list};

impl App {
    /// The file cannot be read; or, with a ticket, an act not be written: that goes on waiting, and whatever was typed with it.
    pub(super) fn fault(&mut self, text: String, ticket: Option<Ticket>) {
        match ticket {
            Some(_) => self.say(Status::Unwritten(text)),
            None => {
                self.stale.get_or_insert(self.context.time());
                let waits = matches!(self.status, Status::Unwritten(_));
                self.say(if waits { Status::Unwritten(text) } else { Status::Fault(text) });
            }
        }
    }

    /// Whether what is open waits for nothing.
    fn waits_for_nothing(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.dialog.waits_for_nothing())
    }

    /// Whether a key works though an act is on its way: it moves in a pane, opens the fire list, or only looks there.
    pub(super) fn accepts_key_meanwhile(&self, key: Key) -> bool {
        self.typed_ahead.is_empty()
            && match &self.open {
                Some(open) => open.dialog.only_looks(key),
                None => {
                    let moves = self.keymaps.office.typing.list.get(key).is_some_and(|to| to != list::Action::Open);
                    moves || self.keymaps.global.get(key) == Some(global_keys::Action::Fire)
                }
            }
    }

    /// Where nothing is waited for and the act is known to wait, no key is kept: nobody is to be ticked by one of a while ago.
    pub(super) fn drops_key(&mut self, key: Key) -> bool {
        if !matches!(self.status, Status::Unwritten(_)) || !self.waits_for_nothing() {
            return false;
        }
        self.typed_ahead.clear();
        !self.accepts_key_meanwhile(key)
    }

    /// Whether `key` gave up the act that cannot be written: the key that closes a dialog, or the one that leaves where it is no
    /// letter to be typed. Asked for again, leaving waits no longer.
    pub(super) fn gives_up(&mut self, key: Key, requests: &mut Vec<Request>) -> bool {
        // The gate keeps by itself, and in order, what is not saved; and the fire list is closed by the key that closes it.
        if self.is_typing_at_gate() || self.waits_for_nothing() {
            return false;
        }
        let leaves = self.keymaps.global.get(key) == Some(global_keys::Action::Quit)
            && (self.open.is_none() || key.character().is_none());
        let closes = self.keymaps.office.typing.dialog.get(key) == Some(dialog::Action::Close);
        let waits = matches!(self.status, Status::Unwritten(_)) && (closes || leaves);
        let Some(ticket) = self.pending.in_flight().filter(|_| waits) else { return false };
        let again = self.giving_up.replace(ticket) == Some(ticket);
        requests.push(if again && leaves { Request::Quit } else { Request::GiveUp(ticket) });
        true
    }

    /// The act with this ticket is not tried again. What was typed in the dialog stays; what was typed on the belief that the act
    /// would do is dropped, and the status says so.
    pub(super) fn given_up(&mut self, ticket: Ticket, text: String, requests: &mut Vec<Request>) {
        self.pending.given_up(ticket);
        if let Some(open) = self.open.as_mut().filter(|open| open.waits_for == Some(ticket)) {
            open.waits_for = None;
        }
        let dropped = match self.typed_ahead.len() {
            0 => String::new(),
            1 => "; the key typed since is dropped".to_owned(),
            keys => format!("; the {keys} keys typed since are dropped"),
        };
        self.say(Status::Failed(text + &dropped));
        self.typed_ahead.clear();
        self.landed(requests);
    }

    /// "not saved yet; 3 keys wait, esc gives up": shown before the reason why an act cannot be written.
    pub(in super::super) fn waiting_keys(&self) -> String {
        if self.is_at_gate() {
            return "not saved yet; kept, and tried again: ".to_owned();
        }
        if self.waits_for_nothing() {
            return "not saved yet, and nobody can be ticked meanwhile: ".to_owned();
        }
        let close = self.keymaps.office.typing.dialog.first_key(dialog::Action::Close).unwrap_or_default();
        match self.typed_ahead.len() {
            MOST_TYPED_AHEAD.. => {
                format!("not saved yet; {MOST_TYPED_AHEAD} keys wait and no more, {close} gives up: ")
            }
            0 => format!("not saved yet; {close} gives up: "),
            1 => format!("not saved yet; 1 key waits, {close} gives up: "),
            keys => format!("not saved yet; {keys} keys wait, {close} gives up: "),
        }
    }

    /// "as it was at 09:21, 4 min ago": how old what is shown is, when the file can no longer be read.
    pub(in super::super) fn age(&self) -> Option<String> {
        let seen = self.stale?;
        let at = seen.format("%H:%M");
        Some(match (self.context.time() - seen).num_minutes() {
            minutes if minutes > 0 => format!("as it was at {at}, {} ago", duration(minutes, " min")),
            _ => format!("as it was at {at}"),
        })
    }
}
