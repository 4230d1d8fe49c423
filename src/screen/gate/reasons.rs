//! A reason is given, or the next child comes first.

use super::line::minute;
use super::taken::{ReasonKey, Taken};
use super::{Action, Gate, GateAct, Pending};
use crate::domain::act::{LogArrival, LogMovement};
use crate::domain::facts::presence::Way;
use crate::domain::late::gate::is_number;
use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::late_reason;

impl Gate {
    /// A key for whoever waits for a reason.
    pub(super) fn handle_reason_key(
        &mut self,
        key: Key,
        mut taken: Taken,
        context: &ViewContext,
        pending: &mut dyn Pending,
    ) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Take) if taken.way == Way::Out => {
                let reason = taken.reason_out();
                if reason.is_empty() || is_number(context.roll(), &reason) {
                    taken.clear_reason();
                    self.taken = Some(taken);
                    return self.answer("Say why they go out.".to_owned());
                }
                if let Some(why) = taken.warning.take() {
                    let text = format!("{}: {why}. Enter again logs it.", self.names(&taken.pupils, context));
                    self.taken = Some(taken);
                    return self.answer(text);
                }
                return self.save(taken, Some(reason), context, pending);
            }
            Some(Action::Take) if taken.begun().is_some() => {
                let letter = taken.drop_begun().unwrap_or_default();
                if let Some(reason) = late_reason::with_key(letter, &context.roll().school.late_reasons) {
                    return self.save(taken, Some(reason.says.clone()), context, pending);
                }
                drop(self.answer(format!("{letter} is no reason's key.")));
            }
            Some(Action::Take) if taken.warning.is_some() => {
                let why = taken.warning.clone().unwrap_or_default();
                let text = format!("{}: {why}. A reason's key still logs it.", self.names(&taken.pupils, context));
                drop(self.answer(text));
            }
            Some(Action::Take) if taken.instead.is_some() => {
                self.taken = Some(taken);
                return self.answer("Counted otherwise than the clock says: give the reason.".to_owned());
            }
            Some(Action::Take) => return self.save(taken, None, context, pending),
            // Behind a letter it is a name's: "t. smith".
            Some(Action::Repeat) if taken.way == Way::Back && taken.begun().is_none() => match self.last_reason.clone()
            {
                Some(reason) => return self.save(taken, Some(reason), context, pending),
                None => drop(self.answer("No reason has been given here yet.".to_owned())),
            },
            Some(Action::CountsAs) => taken.count_otherwise(context),
            // Back to the line as it was typed.
            Some(Action::Close) => return Outcome::Nothing,
            _ => match taken.handle_key(key, &self.typing.field, context, minute(context)) {
                ReasonKey::Nothing => {}
                ReasonKey::Ignored => {
                    self.taken = Some(taken);
                    return Outcome::Ignored;
                }
                ReasonKey::Reason(reason) => return self.save(taken, Some(reason), context, pending),
                ReasonKey::NoReason(letter) => drop(self.answer(format!("{letter} is no reason's key."))),
                ReasonKey::Next(typed, pressed) => {
                    let outcome = self.pass_over(taken, context, pending);
                    self.line.begin(&typed, pressed, context, &mut self.match_cache);
                    return outcome;
                }
                ReasonKey::ReasonAndNext(reason, number, pressed) => {
                    let outcome = self.save(taken, Some(reason), context, pending);
                    self.line.begin(&number, pressed, context, &mut self.match_cache);
                    return outcome;
                }
            },
        }
        self.taken = Some(taken);
        Outcome::Nothing
    }

    /// The next is being scanned or typed: whoever waits is logged without a reason, unless there is something to be read or said first.
    pub(super) fn pass_over(&mut self, taken: Taken, context: &ViewContext, pending: &mut dyn Pending) -> Outcome {
        let names = self.names(&taken.pupils, context);
        match &taken.warning {
            Some(why) => {
                let text = format!("{names} was not logged: {why}.");
                self.forget_line();
                self.answer(text)
            }
            None if taken.instead.is_some() => {
                self.forget_line();
                self.answer(format!("{names} was not logged: counted otherwise, and no reason given."))
            }
            None => self.save(taken, None, context, pending),
        }
    }

    /// "Mori, Yui 9BW", or how many.
    fn names(&self, pupils: &[PupilId], context: &ViewContext) -> String {
        match pupils {
            [one] => context.roll().name_and_group(*one),
            several => format!("{} pupils", several.len()),
        }
    }

    fn save(
        &mut self,
        taken: Taken,
        reason: Option<String>,
        context: &ViewContext,
        pending: &mut dyn Pending,
    ) -> Outcome {
        let (date, time) = (context.day.date, taken.stamp);
        for pupil in taken.pupils {
            let reason = reason.clone();
            pending.push(match taken.way {
                Way::Back => GateAct::Arrival(LogArrival { pupil, date, time, reason, instead: taken.instead }),
                Way::Out => {
                    let reason = reason.unwrap_or_default();
                    GateAct::Movement(LogMovement { pupil, date, time, way: Way::Out, reason })
                }
            });
        }
        if taken.way == Way::Back && reason.is_some() {
            self.last_reason = reason;
        }
        self.forget_line();
        Outcome::Nothing
    }
}
