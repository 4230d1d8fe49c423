//! Following one late through: how it was settled, how often, what the ladder gives, what was done; one key a step.

mod heads;
mod several;
mod view;

use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, FollowLate, Receipt};
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
use crate::screen::widgets::field::Field;
use crate::screen::widgets::question::Question;
pub use heads::HeadsCard;
pub use several::FollowSeveral;

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
    keys: Keymap<Action>,
    typing: SharedTyping,
    pupil: PupilId,
    session: Session,
    /// Which sanction?
    asking: Question<()>,
    /// The step on its way to the record.
    asked: Option<LateStep>,
}

impl FollowCard {
    /// About a late of today.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, pupil: PupilId, session: Session) -> FollowCard {
        FollowCard { keys, typing, pupil, session, asking: Question::default(), asked: None }
    }

    /// The late, while it is one: an arrival may be taken back, or a mark amended, at any desk.
    fn late(&self, context: &ViewContext) -> Option<Late> {
        lates(&context.day, self.session)
            .into_iter()
            .find(|late| (late.pupil, late.session) == (self.pupil, self.session))
    }

    fn record(&mut self, step: LateStep, words: &str, context: &ViewContext) -> Outcome {
        if self.late(context).is_none() {
            return Outcome::Notice("That is no late any more: nothing is recorded.".to_owned());
        }
        self.asked = Some(step);
        let at = SessionDate::new(context.day.date, self.session);
        Outcome::Do(Act::FollowLate(FollowLate { pupils: vec![self.pupil], at, step, words: words.to_owned() }))
    }

    fn ask_which(&mut self, context: &ViewContext) -> Outcome {
        let nth = tally(&context.day, self.pupil, self.session).half_term;
        let due = due(nth, &context.roll().school.sanctions);
        let field = due.map_or_else(Field::default, |sanction| Field::offering(&sanction.gives));
        self.asking.ask((), "Which sanction?", "Say which sanction is given.", field);
        Outcome::Nothing
    }

    fn key_of(step: LateStep) -> Action {
        match step {
            LateStep::Met => Action::Met,
            LateStep::Challenged => Action::Challenged,
            LateStep::Accepted => Action::Accepted,
            LateStep::NotAccepted => Action::NotAccepted,
            LateStep::Sanctioned => Action::Sanction,
            LateStep::Reported => Action::Reported,
        }
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
        let typing = self.typing.clone();
        let mut given = None;
        let answered = self.asking.handle_key(key, &typing, |(), words| {
            given = Some(words.to_owned());
            Outcome::Nothing
        });
        if let Some(words) = given {
            return self.record(LateStep::Sanctioned, &words, context);
        }
        if let Some(outcome) = answered {
            return outcome;
        }
        match self.keys.get(key) {
            Some(Action::Met) => self.record(LateStep::Met, "", context),
            Some(Action::Challenged) => self.record(LateStep::Challenged, "", context),
            Some(Action::Accepted) => self.record(LateStep::Accepted, "", context),
            Some(Action::NotAccepted) => self.record(LateStep::NotAccepted, "", context),
            Some(Action::Sanction) => self.ask_which(context),
            Some(Action::Reported) => self.record(LateStep::Reported, "", context),
            Some(Action::Close) => Outcome::Close,
            None => Outcome::Nothing,
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.asking.paste(text);
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.asking.drop_it();
        // The two that usually end it; after any other the next is one key away.
        matches!(self.asked.take(), Some(LateStep::Accepted | LateStep::Reported))
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        view::draw(self, area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        if self.asking.is_open() {
            return self.asking.hints(&self.typing, "record it", "no sanction");
        }
        let step = ("letter".to_owned(), "record that step".to_owned());
        [step, self.keys.hint(Action::Close, "close")].into()
    }
}
