//! Telephone numbers, dates of birth and addresses are masked until they are asked for. The disclosure is recorded first; without a record nothing is shown.

use super::dialog::Hint;
use super::text::masked;
use crate::domain::act::disclosure::{Disclosure, Shown};
use crate::domain::people::contact::Contact;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::theme::Theme;

crate::actions! {
    /// What keys mean where telephone numbers are masked.
    pub Action in "number" {
        Show "show" "show the numbers: who looked is put down";
        Copy "copy" "copy a number to your own machine, for 30 s";
    }
}

/// Whether the numbers of a card or a list are shown.
#[derive(Debug)]
pub struct Reveal {
    keys: Keymap<Action>,
    /// What is recorded when they are.
    asks: Disclosure,
    shown: bool,
}

/// What is recorded when a call card is opened: it shows the number of whichever contact is chosen on it.
pub fn to_ring(pupil: PupilId) -> Disclosure {
    number(Some(pupil), "all contacts, on the call card".to_owned())
}

/// Copy a number of a contact's to the officer's own machine; that is recorded as well.
pub fn copy(contact: &Contact, phone: Option<&str>) -> Outcome {
    match phone {
        Some(phone) => {
            Outcome::Copy(number(Some(contact.pupil), format!("contact {}, copied", contact.order)), phone.to_owned())
        }
        None => Outcome::Notice(format!("No number is held of {}.", contact.name)),
    }
}

fn number(pupil: Option<PupilId>, what: String) -> Disclosure {
    Disclosure { shown: Shown::Number, pupil, what }
}

impl Reveal {
    /// Masked; `what` says of what the numbers are, for whoever reads what was shown.
    pub fn new(keys: Keymap<Action>, pupil: Option<PupilId>, what: &str) -> Reveal {
        Reveal { keys, asks: number(pupil, what.to_owned()), shown: false }
    }

    /// What a key means here, if anything. Nothing is copied that is not shown.
    pub fn handle_key(&self, key: Key) -> Option<Action> {
        self.keys.get(key)
    }

    /// Ask for the numbers, once.
    pub fn ask(&self) -> Outcome {
        if self.shown { Outcome::Nothing } else { Outcome::Disclose(self.asks.clone()) }
    }

    /// A disclosure was recorded: whether it is what was asked for here.
    pub fn disclosed(&mut self, disclosure: &Disclosure) {
        self.shown |= *disclosure == self.asks;
    }

    /// Whether the numbers are shown.
    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// The number, whole or masked.
    pub fn number(&self, phone: &str, theme: &Theme) -> String {
        if self.shown { phone.to_owned() } else { masked(phone, theme) }
    }

    /// A date of birth or an address, whole or masked: no part of it says who it is.
    pub fn private(&self, text: &str, theme: &Theme) -> String {
        if self.shown { text.to_owned() } else { masked("", theme).trim_end().to_owned() }
    }

    /// The key that works now, for the footer.
    pub fn hint(&self) -> Hint {
        if self.shown { self.keys.hint(Action::Copy, "copy") } else { self.keys.hint(Action::Show, "numbers") }
    }

    /// The key that shows the numbers.
    pub fn key(&self) -> Option<String> {
        self.keys.first_key(Action::Show)
    }
}
