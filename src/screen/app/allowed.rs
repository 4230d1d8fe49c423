//! Which dialogs are for whom, and which of them give something out: asked before one opens.

use super::super::event::Request;
use super::super::outcome::Ask;
use super::App;
use crate::domain::act::Refusal;
use crate::domain::day::Day;
use crate::domain::disclosure::{Disclosure, Export, Shown};
use crate::domain::permission::{Matter, may, may_record};
use crate::domain::pupil::Tier;
use crate::domain::staff::Role;

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
                format!("; “{}” was open, and what was typed there is not saved", open.dialog.title(&self.scene))
            }
            (0, _) => String::new(),
            (1, _) => "; 1 arrival at the gate is not saved: tell the office".to_owned(),
            (more, _) => format!("; {more} arrivals at the gate are not saved: tell the office"),
        };
        requests.push(Request::ShutOut(format!("{refusal}{lost}")));
    }

    /// Whether this dialog is for whoever sits here; if not, the status line says whose it is.
    pub(super) fn allows(&mut self, ask: Ask) -> bool {
        let allowed = is_for(self.scene.role, ask);
        if let Err(refusal) = &allowed {
            self.says_refused(refusal);
        }
        allowed.is_ok()
    }

    /// What must be put down, as this dialog shows what not everybody is shown.
    pub(super) fn gives_out(&self, ask: Ask) -> Option<Disclosure> {
        match ask {
            Ask::Card(id) => {
                let vulnerable = self.scene.pupil(id).is_some_and(|pupil| pupil.tier() == Tier::Vulnerable);
                let what = "opened on the screen".to_owned();
                vulnerable.then_some(Disclosure { shown: Shown::Card, pupil: Some(id), what })
            }
            Ask::Dsl => Some(Export::Dsl.of(None)),
            Ask::Pastoral => Some(Export::Pastoral.of(None)),
            Ask::Lates => Some(Export::Lates.of(None)),
            Ask::HandOver => Some(Export::HandOver.of(None)),
            Ask::Cpoms(pupil) => Some(Export::Cpoms.of(Some(pupil))),
            _ => None,
        }
    }
}

/// Refuse `role` a dialog that shows what they may not see, or in which they could only record what they may not.
fn is_for(role: Role, ask: Ask) -> Result<(), Refusal> {
    let records = |least, what| may_record(role, least, what);
    match ask {
        Ask::Help | Ask::Palette => Ok(()),
        Ask::Fire | Ask::People => may(role, Matter::Names),
        // Its rows say what everybody is marked with.
        Ask::Find | Ask::Card(_) => may(role, Matter::Card),
        Ask::Numbers => may(role, Matter::Numbers),
        Ask::Ageing | Ask::Register(_) | Ask::Tape | Ask::Checks | Ask::Search(_) | Ask::OffSite => {
            may(role, Matter::Day)
        }
        Ask::HandOver | Ask::Lists(_) | Ask::Dsl | Ask::Pastoral | Ask::Lates | Ask::Cpoms(_) => {
            may(role, Matter::Export)
        }
        Ask::Late(_) | Ask::Gate => records(Role::Gate, "a late"),
        Ask::Move(_) => records(Role::Gate, "going out and coming back"),
        Ask::FollowLate(..) => records(Role::Gate, "the following of a late"),
        Ask::ReportLates(_) => records(Role::Officer, "a report to a head of year"),
        Ask::Sweep => records(Role::Officer, "a sweep"),
        Ask::Call(_) => records(Role::Officer, "a call"),
        Ask::Mark(_) => records(Role::Officer, "a mark"),
        Ask::Inbound(_) => records(Role::Officer, "a message"),
        Ask::Watch(_) => records(Role::Officer, "the watch list"),
        Ask::Step(_) => records(Role::Officer, "a step of the ladder"),
        Ask::Chase(_) | Ask::Cover(_) => records(Role::Officer, "a register"),
    }
}
