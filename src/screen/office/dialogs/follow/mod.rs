//! Following one late through: how it was settled, how often, what the ladder gives, what was done; one key a step.

mod heads;
mod several;
mod steps;
mod view;

use ratatui::layout::{Position, Rect};

use crate::domain::act::Receipt;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::facts::late_step::LateStep;
use crate::domain::late::lateness::{Late, lates, tally};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::sanction::due;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
pub use heads::HeadsCard;
pub use several::FollowSeveral;
use steps::{Pressed, Steps};

crate::actions! {
    /// What keys mean while a late is followed through.
    pub Action in "follow" {
        Met "met" "met on arrival" records;
        Challenged "challenged" "asked why" records;
        Accepted "accepted" "the reason is accepted" records;
        NotAccepted "not-accepted" "the reason is not accepted" records;
        Sanction "sanction" "a sanction is given: the ladder's is offered";
        Reported "reported" "the head of year was told" records;
        Close "close" "close";
    }
}

/// Lines of it: the settling, the reason, how often, the ladder, an empty one, the steps, an empty one, the question.
const LINES: u16 = 13;

/// One late followed through.
pub struct FollowCard {
    steps: Steps,
    pupil: PupilId,
    session: Session,
}

impl FollowCard {
    /// About a late of today.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, pupil: PupilId, session: Session) -> FollowCard {
        FollowCard { steps: Steps::new(keys, typing), pupil, session }
    }

    /// The late, while it is one: an arrival may be taken back, or a mark amended, at any desk.
    fn late(&self, context: &ViewContext) -> Option<Late> {
        lates(&context.day, self.session)
            .into_iter()
            .find(|late| (late.pupil, late.session) == (self.pupil, self.session))
    }

    fn record(&mut self, step: LateStep, words: String, context: &ViewContext) -> Outcome {
        if self.late(context).is_none() {
            return Outcome::Notice("That is no late any more: nothing is recorded.".to_owned());
        }
        let at = SessionDate::new(context.day.date, self.session);
        self.steps.record(vec![self.pupil], at, step, words)
    }

    fn ask_which(&mut self, context: &ViewContext) -> Outcome {
        let nth = tally(&context.day, self.pupil, self.session).half_term;
        let due = due(nth, &context.roll().school.sanctions);
        self.steps.ask_which(due.map(|sanction| sanction.gives.as_str()))
    }
}

impl Dialog for FollowCard {
    fn title(&self, context: &ViewContext) -> String {
        format!("Late {}: {}", self.session, context.roll().name_and_group(self.pupil))
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (72, LINES)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.steps.handle_key(key) {
            Pressed::Step(step, words) => self.record(step, words, context),
            Pressed::WhichSanction => self.ask_which(context),
            Pressed::Other(outcome) => outcome,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.steps.asking.paste(text);
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.steps.is_over()
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        view::draw(self, area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        self.steps.hints("")
    }
}
