//! A key that is held down, or pressed on and on, never comes to record anything about a row that nobody has chosen.

use chrono::TimeDelta;

use super::App;

/// So soon after an act nobody can have rung the next pupil's contact, or looked who is next.
const HASTE: TimeDelta = TimeDelta::seconds(3);

impl App {
    /// Whether the list has gone on to a row that nobody has chosen, so little time ago that a key can hardly be about it.
    pub(super) fn is_in_haste(&self) -> bool {
        let is_soon = self.acted.is_some_and(|acted| self.context.now - acted < HASTE);
        is_soon && self.another.is_none() && self.went_on()
    }

    pub(super) fn went_on(&self) -> bool {
        self.open.as_ref().map_or_else(|| self.office.went_on(), |open| open.dialog.went_on())
    }

    pub(super) fn confirm(&mut self) {
        match &mut self.open {
            Some(open) => open.dialog.confirm(),
            None => self.shown_office_mut().confirm(),
        }
    }

    pub(super) fn next_is_named(&self) -> String {
        let next = self.chosen().map(|pupil| self.context.roll().name_and_group(pupil));
        let next = next.unwrap_or_else(|| "another row".to_owned());
        format!("Nothing recorded: the list has gone on to {next}. Wait three seconds.")
    }
}
