//! Permission checks before a dialog opens, and which dialogs need a disclosure.

use super::App;
use crate::domain::act::Refusal;
use crate::domain::act::disclosure::{Disclosure, Shown};
use crate::domain::act::permission::{Matter, check_matter, check_record};
use crate::domain::day::Day;
use crate::domain::people::pupil::Tier;
use crate::domain::school::staff::Role;
use crate::screen::event::Request;
use crate::screen::office::dialogs::{Wants, dialog};
use crate::screen::outcome::Ask;

impl App {
    /// The record as somebody has left it. Whoever may do something else by now than when they sat down begins anew.
    pub(super) fn news_of_all(&mut self, day: Day, requests: &mut Vec<Request>) {
        let refusal = match self.officer.role_now(&day.roll.school.staff) {
            Ok(role) if role == self.officer.role => return self.news(day, None),
            Ok(role) => Refusal::OtherRole { role },
            Err(refusal) => refusal,
        };
        let lost = match (self.unsaved_at_gate(), &self.open) {
            (0, Some(open)) if open.dialog.claims().is_some() => {
                format!("; “{}” was open, and what was typed there is not saved", open.dialog.title(self.shown()))
            }
            (0, _) => String::new(),
            (1, _) => "; 1 arrival at the gate is not saved: tell the office".to_owned(),
            (more, _) => format!("; {more} arrivals at the gate are not saved: tell the office"),
        };
        requests.push(Request::ShutOut(format!("{refusal}{lost}")));
    }

    /// Whether this role may open the dialog; if not, the status line shows the refusal.
    pub(super) fn allows(&mut self, ask: Ask) -> bool {
        let allowed = is_for(self.context.role, ask);
        if let Err(refusal) = &allowed {
            self.show_refusal(refusal);
        }
        allowed.is_ok()
    }

    /// What must be recorded, as this dialog shows what not everybody is shown.
    pub(super) fn disclosure_of(&self, ask: Ask) -> Option<Disclosure> {
        match dialog(ask).wants {
            Wants::Card(id) | Wants::Case(id) => {
                let vulnerable = self.context.pupil(id).is_some_and(|pupil| pupil.tier() == Tier::Vulnerable);
                let what = "opened on the screen".to_owned();
                vulnerable.then_some(Disclosure { shown: Shown::Card, pupil: Some(id), what })
            }
            Wants::Document(document, pupil) => Some(document.disclosure(pupil)),
            Wants::Nothing | Wants::Sight(_) | Wants::Record(..) => None,
        }
    }
}

/// Refuse a dialog that shows what the role may not see, or that only records what it may not.
fn is_for(role: Role, ask: Ask) -> Result<(), Refusal> {
    match dialog(ask).wants {
        Wants::Nothing => Ok(()),
        Wants::Sight(matter) => check_matter(role, matter),
        Wants::Card(_) => check_matter(role, Matter::Card),
        Wants::Case(_) => check_matter(role, Matter::Case),
        Wants::Document(..) => check_matter(role, Matter::Export),
        Wants::Record(least, what) => check_record(role, least, what),
    }
}
