//! Takes, ticks, answers or signs back in the pupil that the line names.

use super::line::Meant;
use super::taken::Taken;
use super::{Gate, GateAct, Pending};
use crate::domain::act::LogMovement;
use crate::domain::facts::presence::Way;
use crate::domain::late::gate::{Standing, contradicts_leaving, standing};
use crate::domain::people::pupil::PupilId;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;

impl Gate {
    /// Take whom the line means; `ticks` takes them for a coach.
    pub(super) fn take(&mut self, ticks: bool, context: &ViewContext, pending: &mut dyn Pending) -> Outcome {
        let (pupil, scanned) = match self.line.meant(context, &mut self.match_cache) {
            Meant::Nobody if !ticks && !self.coach.is_empty() => {
                let stamp = self.stamp(context);
                self.taken = Some(Taken::new(self.coach.clone(), stamp, Way::Back, None, false));
                return Outcome::Nothing;
            }
            Meant::Nobody => return Outcome::Nothing,
            Meant::NoNumber(number) => {
                // Half a code and what is scanned next would be one number.
                self.line.clear();
                return self.answer(format!("No pupil has number {number}."));
            }
            Meant::NoName(name) => {
                self.line.offer_again();
                return self.answer(format!("Nobody is called {name}."));
            }
            Meant::Pupil(pupil, scanned) => (pupil, scanned),
        };
        let outcome = self.consider(pupil, (ticks, scanned), context, pending);
        if self.taken.is_none() && !self.line.is_empty() {
            // Answered: what is typed next is the next child's.
            if scanned { self.line.clear() } else { self.line.offer_again() }
        }
        outcome
    }

    /// The pupil at the gate: to be asked for a reason, answered, or signed back in.
    fn consider(
        &mut self,
        id: PupilId,
        (ticks, scanned): (bool, bool),
        context: &ViewContext,
        pending: &mut dyn Pending,
    ) -> Outcome {
        let Some(pupil) = context.pupil(id) else { return Outcome::Nothing };
        let name = context.roll().name_and_group(id);
        if pending.is_about(id) {
            return self.answer(format!("{name} is being saved already."));
        }
        let (stamp, date) = (self.stamp(context), context.day.date);
        let warning = match standing(&context.day, pupil, stamp) {
            Standing::Barred(why) if self.way == Way::Back || !pupil.on_roll(date) => {
                return self.answer(format!("{name}: {why}."));
            }
            Standing::Out(_) => {
                let reason = String::new();
                let back = LogMovement { pupil: id, date, time: stamp, way: Way::Back, reason };
                pending.push(GateAct::Movement(back));
                self.way = Way::Back;
                self.line.clear();
                return Outcome::Nothing;
            }
            Standing::Notice(why) if ticks => {
                return self.answer(format!("{name}: {why}. Not ticked: take them alone."));
            }
            Standing::Notice(why) if self.way == Way::Back => Some(why.to_owned()),
            _ if self.way == Way::Out => contradicts_leaving(&context.day, pupil, stamp).map(str::to_owned),
            Standing::Free | Standing::Notice(_) | Standing::Barred(_) => None,
        };
        if self.way == Way::Back && (ticks || !self.coach.is_empty()) {
            if !self.coach.contains(&id) {
                self.coach.push(id);
            }
            self.coach_stamp = Some(stamp);
            self.line.clear();
        }
        if !ticks {
            let pupils = if self.coach.is_empty() { vec![id] } else { self.coach.clone() };
            self.taken = Some(Taken::new(pupils, stamp, self.way, warning, scanned));
        }
        Outcome::Nothing
    }
}
