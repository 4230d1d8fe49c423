//! A reason is given, or the next child comes first.

use super::line::minute;
use super::queue::Job;
use super::taken::{Said, Taken};
use super::{Action, Gate};
use crate::domain::facts::presence::Way;
use crate::domain::late::gate::is_number;
use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;

impl Gate {
    /// A key for whoever waits for a reason.
    pub(super) fn heard_reason(&mut self, key: Key, mut taken: Taken, context: &ViewContext) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Take) if taken.way == Way::Out => {
                let reason = taken.reason_out();
                if reason.is_empty() || is_number(context.roll(), &reason) {
                    taken.clear_reason();
                    self.taken = Some(taken);
                    return self.answer("Say why they go out.".to_owned());
                }
                return self.save(taken, Some(reason), context);
            }
            Some(Action::Take) if taken.instead.is_some() => {
                self.taken = Some(taken);
                return self.answer("Counted otherwise than the clock says: give the reason.".to_owned());
            }
            Some(Action::Take) => return self.save(taken, None, context),
            Some(Action::Repeat) if taken.way == Way::Back => match self.last_reason.clone() {
                Some(reason) => return self.save(taken, Some(reason), context),
                None => drop(self.answer("No reason has been given here yet.".to_owned())),
            },
            Some(Action::CountsAs) => taken.count_otherwise(context),
            // Back to the line as it was typed.
            Some(Action::Close) => return Outcome::Nothing,
            _ => match taken.heard(key, &self.typing.field, context, minute(context)) {
                Said::Nothing => {}
                Said::Unheard => {
                    self.taken = Some(taken);
                    return Outcome::Ignored;
                }
                Said::Reason(reason) => return self.save(taken, Some(reason), context),
                Said::NoReason(letter) => drop(self.answer(format!("{letter} is no reason's key."))),
                Said::Next(number, pressed) => {
                    let outcome = self.pass_over(taken, context);
                    self.line.begin(&number, pressed, context, &mut self.seeker);
                    return outcome;
                }
            },
        }
        self.taken = Some(taken);
        Outcome::Nothing
    }

    /// The next is being scanned: whoever waits is logged without a reason, unless there is something to be read or said first.
    pub(super) fn pass_over(&mut self, taken: Taken, context: &ViewContext) -> Outcome {
        let names = self.names(&taken.pupils, context);
        match &taken.told {
            Some(why) => {
                let says = format!("{names} was not logged: {why}.");
                self.forget_line();
                self.answer(says)
            }
            None if taken.instead.is_some() => {
                self.forget_line();
                self.answer(format!("{names} was not logged: counted otherwise, and no reason given."))
            }
            None => self.save(taken, None, context),
        }
    }

    /// "Mori, Yui 9BW", or how many.
    fn names(&self, pupils: &[PupilId], context: &ViewContext) -> String {
        match pupils {
            [one] => context.roll().name_and_group(*one),
            several => format!("{} pupils", several.len()),
        }
    }

    fn save(&mut self, taken: Taken, reason: Option<String>, context: &ViewContext) -> Outcome {
        let (date, time) = (context.day.date, taken.stamp);
        for pupil in taken.pupils {
            let reason = reason.clone();
            self.queue.push(match taken.way {
                Way::Back => Job::Arrival { pupil, date, time, reason, instead: taken.instead },
                Way::Out => Job::Move { pupil, date, time, way: Way::Out, reason: reason.unwrap_or_default() },
            });
        }
        if taken.way == Way::Back && reason.is_some() {
            self.last_reason = reason;
        }
        self.forget_line();
        Outcome::Nothing
    }
}
