//! Privacy at an open counter: hides the work, and shows or copies numbers only once that is recorded.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::gate::not_saved;
use super::lock_screen::{LockScreen, Shown};
use super::{App, Status};
use crate::domain::act::disclosure::Disclosure;
use crate::domain::act::permission::check_matter;
use crate::domain::people::contact::dialled;
use crate::keys::Key;
use crate::screen::event::{Event, Request};
use crate::screen::global_keys::Action;

/// How long a copied number may be pasted.
const NUMBER_COPIED: Duration = Duration::from_secs(30);

/// What is shown, and what hiding the work needs to know.
#[derive(Debug)]
pub struct Privacy {
    pub(in crate::screen) shown: Shown,
    /// When the last key was pressed.
    last_key: DateTime<Utc>,
    /// To be copied or printed once that is recorded, and what is said then.
    taking: Option<(Disclosure, (Request, String))>,
    /// Something was to be recorded for what is open now.
    unshown: bool,
    /// Leaving waits for an act in flight.
    pub(super) leaving: bool,
}

impl Privacy {
    /// Nothing hides the work; `now` counts as a key.
    pub(super) fn new(now: DateTime<Utc>) -> Privacy {
        Privacy { shown: Shown::Work, last_key: now, taking: None, unshown: false, leaving: false }
    }
}

impl App {
    /// Handle what concerns the lock screen and the blank screen; gives back what is for the work beneath.
    pub(super) fn before_work(
        &mut self,
        event: Event,
        now: DateTime<Utc>,
        requests: &mut Vec<Request>,
    ) -> Option<Event> {
        let typed = matches!(event, Event::Key(_) | Event::Paste(_) | Event::LongPaste);
        // Whatever comes first after so long locks, be it the key of whoever has come to an empty chair.
        let locks = self.is_idle(now)
            && !matches!(self.privacy.shown, Shown::Locked(_) | Shown::Blank { for_want_of_pin: true });
        if typed || self.privacy.last_key > now {
            self.privacy.last_key = now;
        }
        if locks {
            self.lock(requests);
            return Some(event).filter(|_| !typed);
        }
        match event {
            Event::Key(key) => self.key_before_work(key, now, requests).map(Event::Key),
            Event::Paste(_) | Event::LongPaste if !self.privacy.shown.is_work() => None,
            Event::PinSet(set) => {
                if !set && self.privacy.shown.lock_screen().is_some() {
                    self.privacy.shown = Shown::Blank { for_want_of_pin: true };
                }
                None
            }
            Event::Unlocked(opens) => {
                let lock = self.privacy.shown.lock_screen()?;
                match opens {
                    Some(true) => self.show_work(requests),
                    Some(false) => lock.was_wrong(now, &self.context),
                    None => lock.was_not_checked(),
                }
                None
            }
            other => Some(other),
        }
    }

    fn is_idle(&self, now: DateTime<Utc>) -> bool {
        let after = self.context.roll().school.screen.lock_after;
        TimeDelta::try_minutes(after)
            .is_some_and(|after| after > TimeDelta::zero() && now - self.privacy.last_key >= after)
    }

    fn key_before_work(&mut self, key: Key, now: DateTime<Utc>, requests: &mut Vec<Request>) -> Option<Key> {
        // Even while somebody types; but what types a letter is a letter there.
        let global = self.keymaps.global.get(key).filter(|_| key.character().is_none());
        match (&mut self.privacy.shown, global) {
            (Shown::Work | Shown::Blank { .. }, Some(Action::Lock)) => self.lock(requests),
            (Shown::Work, Some(Action::Blank)) => self.blank(requests),
            (Shown::Work, _) => return Some(key),
            (Shown::Blank { for_want_of_pin }, _) => {
                let wanted = *for_want_of_pin;
                self.show_work(requests);
                if wanted && matches!(self.status, Status::Quiet | Status::Hint(_) | Status::Done(_)) {
                    let text = "No PIN is set, so nothing was locked: “firstbell pin” in a shell sets one.";
                    self.say(Status::Hint(text.to_owned()));
                }
            }
            (Shown::Locked(_), Some(Action::Quit)) => self.leave(requests),
            (Shown::Locked(lock), _) => {
                requests.extend(lock.handle_key(key, &self.keymaps.office.typing, now).map(Request::Unlock));
            }
        }
        None
    }

    /// Show nothing until any key.
    pub(super) fn blank(&mut self, requests: &mut Vec<Request>) {
        self.hide_work(Shown::Blank { for_want_of_pin: false }, requests);
    }

    /// Show nothing until the PIN. Whether there is one is asked meanwhile.
    pub(super) fn lock(&mut self, requests: &mut Vec<Request>) {
        self.hide_work(Shown::Locked(LockScreen::default()), requests);
        requests.push(Request::HasPin);
    }

    fn hide_work(&mut self, shown: Shown, requests: &mut Vec<Request>) {
        self.privacy.shown = shown;
        self.privacy.taking = None;
        requests.push(Request::Uncopy);
    }

    /// Show the work again; keys typed ahead of an act that has landed meanwhile are handled now.
    fn show_work(&mut self, requests: &mut Vec<Request>) {
        self.privacy.shown = Shown::Work;
        // An officer who comes back stays.
        self.privacy.leaving = false;
        self.catch_up(requests);
    }

    /// Leave a lock screen: what was committed is safe. An act in flight, and whatever the gate has still to save, is waited for,
    /// and the lock screen names it; asked again, it is not.
    fn leave(&mut self, requests: &mut Vec<Request>) {
        let unsaved = self.unsaved_at_gate();
        if self.pending.is_empty() || std::mem::replace(&mut self.privacy.leaving, true) {
            requests.push(Request::Quit);
        } else if let Some(lock) = self.privacy.shown.lock_screen().filter(|_| unsaved > 0) {
            lock.set_text(not_saved(unsaved));
        }
    }

    /// Have a disclosure recorded, then shown.
    pub(super) fn disclose(&mut self, disclosure: Disclosure, requests: &mut Vec<Request>) {
        match check_matter(self.context.role, disclosure.shown.matter()) {
            Ok(()) => self.record_disclosure_first(disclosure, requests),
            Err(refusal) => self.show_refusal(&refusal),
        }
    }

    /// Have a disclosure recorded; what it is of is shown once it is.
    pub(super) fn record_disclosure_first(&mut self, disclosure: Disclosure, requests: &mut Vec<Request>) {
        self.privacy.unshown = true;
        requests.push(Request::Disclose(disclosure));
    }

    /// What showed something is closed: what is not recorded by now is not shown.
    pub(super) fn forget_unshown(&mut self, requests: &mut Vec<Request>) {
        if std::mem::take(&mut self.privacy.unshown) {
            self.privacy.taking = None;
            requests.push(Request::ForgetUnshown);
        }
    }

    /// Have it recorded that a number is copied, then copy it.
    pub(super) fn copy(&mut self, disclosure: Disclosure, number: &str, requests: &mut Vec<Request>) {
        let number = dialled(number);
        if !self.context.roll().school.screen.copy_numbers {
            self.say(Status::Hint("The school's settings switch copying of numbers off.".to_owned()));
        } else if number.is_empty() {
            self.say(Status::Hint("There is nothing to dial in that number.".to_owned()));
        } else {
            let said = "number copied, for 30 s".to_owned();
            self.take_once_recorded(disclosure, (Request::Copy(number, NUMBER_COPIED), said), requests);
        }
    }

    /// Have it recorded that something is taken away, then take it.
    pub(super) fn take_once_recorded(
        &mut self,
        disclosure: Disclosure,
        taking: (Request, String),
        requests: &mut Vec<Request>,
    ) {
        match check_matter(self.context.role, disclosure.shown.matter()) {
            Ok(()) => {
                self.privacy.taking = Some((disclosure.clone(), taking));
                self.record_disclosure_first(disclosure, requests);
            }
            Err(refusal) => self.show_refusal(&refusal),
        }
    }

    /// A disclosure was recorded: if it is of what is to be copied or printed, that is done now.
    pub(super) fn after_disclosure(&mut self, disclosure: &Disclosure, requests: &mut Vec<Request>) {
        if let Some((_, (taking, said))) = self.privacy.taking.take_if(|(asked, _)| asked == disclosure) {
            requests.push(taking);
            self.say(Status::Hint(said));
        }
    }
}
