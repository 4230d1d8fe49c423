//! Which dialogs are for whom, and which of them give something out: asked before one opens.

use super::App;
use crate::domain::act::Refusal;
use crate::domain::act::disclosure::{Disclosure, Export, Shown};
use crate::domain::act::permission::{Matter, may, may_record};
use crate::domain::day::Day;
use crate::domain::people::pupil::{PupilId, Tier};
use crate::domain::school::staff::Role;
use crate::screen::event::Request;
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
                format!("; “{}” was open, and what was typed there is not saved", open.dialog.title(&self.context))
            }
            (0, _) => String::new(),
            (1, _) => "; 1 arrival at the gate is not saved: tell the office".to_owned(),
            (more, _) => format!("; {more} arrivals at the gate are not saved: tell the office"),
        };
        requests.push(Request::ShutOut(format!("{refusal}{lost}")));
    }

    /// Whether this dialog is for whoever sits here; if not, the status line says whose it is.
    pub(super) fn allows(&mut self, ask: Ask) -> bool {
        let allowed = is_for(self.context.role, ask);
        if let Err(refusal) = &allowed {
            self.show_refusal(refusal);
        }
        allowed.is_ok()
    }

    /// What must be put down, as this dialog shows what not everybody is shown.
    pub(super) fn gives_out(&self, ask: Ask) -> Option<Disclosure> {
        match wants(ask) {
            Wants::Card(id) => {
                let vulnerable = self.context.pupil(id).is_some_and(|pupil| pupil.tier() == Tier::Vulnerable);
                let what = "opened on the screen".to_owned();
                vulnerable.then_some(Disclosure { shown: Shown::Card, pupil: Some(id), what })
            }
            Wants::Export(export, about) => Some(export.of(about)),
            Wants::Nothing | Wants::Sight(_) | Wants::Record(..) => None,
        }
    }
}

/// What a dialog wants of whoever opens it.
enum Wants {
    /// Nothing: it says nothing of anybody.
    Nothing,
    /// That they may see this.
    Sight(Matter),
    /// That they may open this pupil's card.
    Card(PupilId),
    /// That they may make this text for somebody else, about this pupil if about one.
    Export(Export, Option<PupilId>),
    /// That they may record, being at least this; with what it records: the subject of "... is for an officer".
    Record(Role, &'static str),
}

fn wants(ask: Ask) -> Wants {
    match ask {
        Ask::Help | Ask::Palette => Wants::Nothing,
        Ask::Fire | Ask::People => Wants::Sight(Matter::Names),
        Ask::Card(id) => Wants::Card(id),
        // Its rows say what everybody is marked with.
        Ask::Find => Wants::Sight(Matter::Card),
        Ask::Numbers => Wants::Sight(Matter::Numbers),
        Ask::Ageing | Ask::Register(_) | Ask::Tape | Ask::Checks | Ask::Search(_) | Ask::OffSite => {
            Wants::Sight(Matter::Day)
        }
        Ask::Lists(_) => Wants::Sight(Matter::Export),
        Ask::HandOver => Wants::Export(Export::HandOver, None),
        Ask::Dsl => Wants::Export(Export::Dsl, None),
        Ask::Pastoral => Wants::Export(Export::Pastoral, None),
        Ask::Lates => Wants::Export(Export::Lates, None),
        Ask::Cpoms(pupil) => Wants::Export(Export::Cpoms, Some(pupil)),
        Ask::Late(_) => Wants::Record(Role::Gate, "a late"),
        Ask::Move(_) => Wants::Record(Role::Gate, "going out and coming back"),
        Ask::FollowLate(..) => Wants::Record(Role::Gate, "the following of a late"),
        Ask::ReportLates(_) => Wants::Record(Role::Officer, "a report to a head of year"),
        Ask::Sweep => Wants::Record(Role::Officer, "a sweep"),
        Ask::Call(_) => Wants::Record(Role::Officer, "a call"),
        Ask::Mark(_) => Wants::Record(Role::Officer, "a mark"),
        Ask::Inbound(_) => Wants::Record(Role::Officer, "a message"),
        Ask::Watch(_) => Wants::Record(Role::Officer, "the watch list"),
        Ask::Step(_) => Wants::Record(Role::Officer, "a step of the ladder"),
        Ask::Chase(_) | Ask::Cover(_) => Wants::Record(Role::Officer, "a register"),
    }
}

/// Refuse `role` a dialog that shows what they may not see, or in which they could only record what they may not.
fn is_for(role: Role, ask: Ask) -> Result<(), Refusal> {
    match wants(ask) {
        Wants::Nothing => Ok(()),
        Wants::Sight(matter) => may(role, matter),
        Wants::Card(_) => may(role, Matter::Card),
        Wants::Export(..) => may(role, Matter::Export),
        Wants::Record(least, what) => may_record(role, least, what),
    }
}
