//! Handles the answer to what was typed: it joins the last five in the gate's wording, or the refusal is shown.

use super::logged::{Entry, What};
use super::{Gate, GateAct};
use crate::domain::act::{LogArrival, LogMovement, Receipt, Refusal, wording};
use crate::domain::calendar::session::Session;
use crate::domain::code::OnSite;
use crate::domain::facts::presence::Way;
use crate::domain::late::gate::shown;
use crate::domain::school::staff::Role;
use crate::report::slip::slip;
use crate::screen::view_context::ViewContext;

/// What the gate makes of its act that is saved.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Saved {
    /// The status in place of the receipt's own words.
    pub status: Option<String>,
    /// A late slip to be printed.
    pub slip: Option<String>,
}

impl Gate {
    /// The record has what was asked for; the day is as it is now.
    pub fn handle_receipt(&mut self, act: GateAct, receipt: &Receipt, context: &ViewContext) -> Saved {
        let name = |pupil| context.roll().name_and_group(pupil);
        match act {
            GateAct::Arrival(LogArrival { pupil, date, time, reason, .. }) => {
                let session = context.day.times.as_ref().map_or(Session::Am, |times| times.arriving(time));
                let stands = context.day.mark(pupil, session);
                let because = reason.as_ref().map(|reason| format!(", {reason}")).unwrap_or_default();
                let tutor = stands.tutor.map(|mark| context.roll().codes.on_site(mark.code));
                let beats = if tutor == Some(OnSite::Yes) { "; the register had them in" } else { "" };
                let text = format!(
                    "{}: {} at {}{because}{beats}",
                    name(pupil),
                    shown(stands.settled, session),
                    time.format("%H:%M")
                );
                let late = stands.settled.filter(|mark| mark.is_late());
                let slip = late
                    .zip(context.pupil(pupil))
                    .map(|(mark, pupil)| slip(context.roll(), pupil, date.and_time(time), mark, reason.as_deref()));
                let what = What::Came(session);
                self.logged.add(Entry { act: receipt.act, pupil, time, what, reason, taken_back: false });
                Saved { status: Some(text), slip }
            }
            GateAct::Movement(LogMovement { pupil, time, way, reason, .. }) => {
                let did = if way == Way::Out { "out" } else { "back" };
                let text = format!("{}: {did} at {}", name(pupil), time.format("%H:%M"));
                let reason = Some(reason).filter(|reason| !reason.is_empty());
                let what = What::Went(way);
                self.logged.add(Entry { act: receipt.act, pupil, time, what, reason, taken_back: false });
                Saved { status: Some(text), slip: None }
            }
            // Which of them it was stands in the receipt, and is noted already.
            GateAct::TakeBack | GateAct::DoAgain => {
                let of = receipt.undid.and_then(|undid| Some((self.logged.entry(undid.act)?, undid.stands)));
                let status = of.map(|(entry, stands)| {
                    let what = if stands { "Done again" } else { "Taken back" };
                    format!("{what}: {}, {}", name(entry.pupil), entry.time.format("%H:%M"))
                });
                Saved { status, slip: None }
            }
        }
    }

    /// The record has not, and this is why.
    pub fn handle_refusal(&mut self, act: &GateAct, refusal: &Refusal, context: &ViewContext) {
        // An open counter reads it, whoever sits here.
        let why = wording::refusal(refusal, Role::Gate).text;
        let name = act.pupil().map(|pupil| context.roll().name_and_group(pupil));
        let text = match name.filter(|name| !why.contains(name.as_str())) {
            Some(name) => format!("Not logged: {name}: {why}."),
            None => format!("Not done: {why}."),
        };
        self.answer(text);
    }
}
